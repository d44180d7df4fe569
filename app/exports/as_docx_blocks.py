"""A report's blocks, written into a Word file one after the other."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from babel.numbers import format_decimal
from docx.document import Document
from docx.shared import Twips

from app.activities.pictures import Text
from app.activities.summary import (
    Block,
    Bullets,
    Card,
    Cell,
    Details,
    Facts,
    Paragraph,
    Picture,
    Places,
    Quotes,
    Section,
    Sentence,
    Statements,
    Table,
)
from app.errors import N_, Phrase
from app.exports.as_docx_pages import Pages, flush
from app.exports.as_docx_parts import (
    CONTESTED,
    SOFT,
    Element,
    Grid,
    bookmarked,
    link,
    node,
    numbered,
    paragraph,
    run,
    shares,
    stretched,
    table,
    twips,
)
from app.exports.as_docx_styles import BULLETS, DEEPEST, begin_places
from app.exports.cells import plain, value
from app.exports.formats import Work
from app.exports.png import png, size
from app.web import charts
from app.web.templates import DATES, say

TONES = {"plain": "Normal", "lead": "Lead", "note": "Note"}
# The styles of facts: of their table, their labels, and what they say.
FACTS = ("ConcordFacts", "FactLabel", "FactValue")
# CSS pixels are 96 to an inch.
PX_PER_MM = 96 / 25.4
# How high a picture may be, in CSS pixels, on pages that are upright and on those that lie on their side.
HIGH = {False: 840, True: 500}
# Dots for each CSS pixel, by how many pictures there are at most: many of them are drawn coarser, to be done in time.
DOTS = ((40, 2.0), (120, 1.5), (10**9, 1.0))
# How many columns stand on a page that is upright, and on one that lies on its side; a table of more is divided.
UPRIGHT, LYING = 12, 18


@dataclass(slots=True)
class Pen:
    """What writes: it knows the page it is on, and which pictures' tables are still to come."""

    document: Document
    work: Work
    pictures: int
    pages: Pages = field(init=False)
    drawn: int = 0
    marks: int = 0

    def __post_init__(self) -> None:
        self.pages = Pages(self.document, self.work)

    def say(self, sentence: Phrase | str) -> str:
        """Say something of our own."""
        return say(self.work.language, sentence)

    def text(self, style: str, words: Text | Sentence, *runs: Element, **more: Element) -> None:
        """Write a paragraph."""
        self.pages.add(paragraph(style, *runs, text=plain(words), **more))

    def heading(self, title: Text | Sentence, depth: int, new_page: bool = False) -> None:
        """Write a heading."""
        more = {"pageBreakBefore": node("pageBreakBefore")} if new_page and not self.pages.fresh else {}
        self.text(f"Heading{min(depth, DEEPEST)}", title, **more)

    def section(self, section: Section, depth: int) -> None:
        """Write a heading and what stands under it, on the paper it wants."""
        self.pages.turn(section.page == "wide" or (section.page == "flow" and _begins_wide(section)))
        self.heading(section.title, depth, section.page == "new")
        self.blocks(section.blocks, depth + 1, plain(section.title))

    def blocks(self, blocks: Sequence[Block], depth: int, under: str) -> None:
        """Write what stands under a heading."""
        lying = self.pages.lying
        for block in blocks:
            if not isinstance(block, Section):
                self.pages.turn(lying)
            WRITE[type(block)](self, block, depth, under)

    def facts(self, told: Sequence[tuple[str, str]]) -> None:
        """Write labels and what they say, side by side, a few in a row."""
        for start in range(0, len(told), 4):
            some = told[start : start + 4]
            labels, values = [label for label, _value in some], [[value for _label, value in some]]
            widths = stretched(shares(labels, values, self.pages.width, 120), self.pages.width)
            self.pages.add(table(Grid(self.say(N_("Facts")), labels, values, widths, looks=FACTS)))
            self.pages.add(paragraph("Gap"))

    def table(self, one: Table, under: str = "", style: str = "TableTitle", mark: str = "") -> None:
        """Write a table under its title, in parts where it has more columns than a page."""
        self.pages.turn(self.pages.lying or self._is_wide(one))
        title = plain(one.title)
        if mark or title != under:
            self.pages.add(self._marked(paragraph(style, text=title), mark))
        columns = [plain(column) for column in one.columns]
        rows = [[self._cell(cell) for cell in row] for row in one.rows]
        figures = frozenset(place for place in range(len(columns)) if _are_figures(one, place))
        for places in _divided(len(columns), LYING if self.pages.lying else UPRIGHT):
            heads = [columns[place] for place in places]
            some = [[row[place] for place in places] for row in rows]
            widths = shares(heads, some, self.pages.width)
            own = frozenset(number for number, place in enumerate(places) if place in figures)
            self.pages.add(table(Grid(title, heads, some, widths, own)))
            self.pages.add(paragraph("Gap"))

    def picture(self, one: Picture, under: str) -> None:
        """Draw a picture, with its title and a link to its table at the end."""
        self.drawn += 1
        words = " ".join(plain(sentence) for sentence in one.alt)
        for part in charts.on_sheets(self.work.language, one, f"picture{self.drawn}", height=HIGH[self.pages.lying]):
            self.pages.add(self._drawing(part, plain(one.title), words))
        title = plain(one.title)
        begun = [] if title == under else [run(title, bold=True), run(" · ")]
        self.text("Caption", "", *begun, link(self.say(N_("As a table")), f"picture{self.drawn}"))

    def behind_pictures(self, pictures: Sequence[Picture]) -> None:
        """Write the tables behind the pictures, in their order."""
        self.pages.turn(False)
        self.heading(self.say(N_("The pictures as tables")), 1, new_page=True)
        for number, one in enumerate(pictures, 1):
            self.pages.turn(self._is_wide(one.table))
            self.table(one.table, mark=f"picture{number}")

    def end(self) -> None:
        """Finish the last page."""
        self.pages.end()

    def _drawing(self, svg: str, title: str, words: str) -> Element:
        wide, _high = size(svg)
        dots = next(each for most, each in DOTS if self.pictures <= most)
        image = png(svg, round(wide * dots))
        inline = flush(self.document.part.new_pic_inline(io.BytesIO(image), width=self._width(wide)))
        inline.docPr.set("descr", words)
        inline.docPr.set("title", title[:250])
        inline.docPr.set("name", f"Picture {inline.docPr.id}")
        drawing: Any = node("drawing")
        drawing.append(inline)
        return paragraph("Picture", node("r", drawing))

    def _width(self, wide: float) -> Twips:
        """Give a picture the room it wants, or all that there is."""
        return Twips(min(twips(wide / PX_PER_MM), self.pages.width))

    def _marked(self, made: Element, name: str) -> Element:
        if not name:
            return made
        self.marks += 1
        return bookmarked(made, self.marks, name)

    def _is_wide(self, one: Table) -> bool:
        return one.wide or len(one.columns) > UPRIGHT

    def _cell(self, cell: Cell | Sentence) -> str:
        found = value(cell)
        if isinstance(found, int | float):
            return str(format_decimal(found, format="#,##0.###", locale=DATES[self.work.language]))
        return found or "–"


def _begins_wide(section: Section) -> bool:
    first = section.blocks[0] if section.blocks else None
    return isinstance(first, Section) and first.page == "wide"


def _divided(columns: int, most: int) -> list[list[int]]:
    """Divide columns into parts that fit, each with the first, which says what a row is about."""
    if columns <= most:
        return [list(range(columns))]
    return [[0, *range(start, min(start + most - 1, columns))] for start in range(1, columns, most - 1)]


def _are_figures(one: Table, column: int) -> bool:
    cells = [row[column] for row in one.rows if column < len(row)]
    return column > 0 and sum(isinstance(cell, int | float) for cell in cells) * 2 > len(cells)


def _paragraph(pen: Pen, block: Paragraph, depth: int, under: str) -> None:
    pen.text(TONES[block.tone], block.text)


def _bullets(pen: Pen, block: Bullets, depth: int, under: str) -> None:
    for item in block.items:
        pen.text("ListBullet", item, numPr=numbered(BULLETS))


def _facts(pen: Pen, block: Facts, depth: int, under: str) -> None:
    pen.facts([(plain(fact.label), plain(fact.value)) for fact in block.facts])


def _quotes(pen: Pen, block: Quotes, depth: int, under: str) -> None:
    pen.text("Label", block.label)
    for quote in block.quotes:
        about = [run("\n"), run(plain(quote.about), color=SOFT)] if quote.about else []
        pen.text("Quote", quote.text, *about)


def _places(pen: Pen, block: Places, depth: int, under: str) -> None:
    number, next_place = 0, 0
    for one in block.places:
        if one.place != next_place:
            number = begin_places(pen.document, one.place)
        next_place = one.place + 1
        own = [pen.say(N_("not agreed"))] * one.open + [pen.say(N_("shared place"))] * one.shared
        colour = CONTESTED if one.open else SOFT
        notes = [
            piece
            for note in [plain(note) for note in one.notes] or own
            for piece in (run("\n"), run(note, bold=True, color=colour))
        ]
        pen.text("Place", one.text, *notes, numPr=numbered(number))


def _statements(pen: Pen, block: Statements, depth: int, under: str) -> None:
    for one in block.statements:
        pen.text("Opening", one.opening)
        for text in filter(None, (one.text, one.other)):
            pen.text("Open" if one.other else "Agreed", text)
        for note in one.notes:
            pen.text("Note", note)


def _table(pen: Pen, block: Table, depth: int, under: str) -> None:
    pen.table(block, under)


def _picture(pen: Pen, block: Picture, depth: int, under: str) -> None:
    pen.picture(block, under)


def _section(pen: Pen, block: Section, depth: int, under: str) -> None:
    pen.section(block, depth)


def _titled(pen: Pen, block: Details | Card, depth: int, under: str) -> None:
    pen.heading(block.title, depth)
    pen.blocks(block.blocks, depth + 1, plain(block.title))


WRITE: Mapping[type, Callable[..., None]] = {
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: _facts,
    Quotes: _quotes,
    Places: _places,
    Statements: _statements,
    Table: _table,
    Picture: _picture,
    Details: _titled,
    Card: _titled,
    Section: _section,
}
