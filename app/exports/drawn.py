"""Blocks as markup: what the macros of `exports/blocks.html` ask of Python, for pages and for paper.

Law: a block is drawn by what it is, never by which kind told it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from babel.numbers import format_decimal
from markupsafe import Markup

from app.activities.summary import Block, Card, Cell, Details, Picture, Place, Section, Sentence, Table
from app.exports.report import Report
from app.web.charts import draw_chart, is_wide
from app.web.templates import DATES, environment

Draw = Callable[[Picture, str], Markup]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that stand together; `first` is how many blocks were before them."""

    blocks: tuple[Block, ...]
    first: int
    side_by_side: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """How blocks are drawn: in which language, for paper or for a page, and their pictures by what."""

    language: str
    draw: Draw
    paper: bool = False

    def name(self, block: Block) -> str:
        """Say what a block is."""
        return type(block).__name__

    def groups(self, blocks: tuple[Block, ...]) -> Iterator[Group]:
        """Put cards that follow each other side by side, and small tables, too."""
        first = 0
        for sort, found in groupby(blocks, self._beside):
            together = tuple(found)
            yield Group(together, first, sort != "" and len(together) > 1)
            first += len(together)

    def _beside(self, block: Block) -> str:
        if isinstance(block, Table) and self.is_small(block):
            return "table"
        return "card" if isinstance(block, Card) else ""

    def is_small(self, table: Table) -> bool:
        """Say whether a table is a label and a figure on each of a few lines, which half a page's width holds."""
        labels = [self.cell(row[0]) for row in table.rows if row]
        return len(table.columns) == 2 and len(labels) <= FEW and max(map(len, labels), default=0) <= LABEL

    def are_small(self, tables: tuple[Table, ...]) -> bool:
        """Say whether half a page's width holds all of some tables."""
        return len(tables) == 1 and self.is_small(tables[0])

    def stays_whole(self, section: Section) -> bool:
        """Say whether a section is short, so that no page should end within it."""
        return len(section.blocks) <= FEW_BLOCKS and not any(
            isinstance(block, Section | Details | Card)
            or (isinstance(block, Table) and len(block.rows) > FEW)
            or (isinstance(block, Picture) and self.is_wide(block))
            for block in section.blocks
        )

    def page(self, section: Section) -> str:
        """Say which paper a section wants: that of its first part, where nothing of its own stands before it."""
        first = section.blocks[0] if section.blocks else None
        return self.page(first) if section.page == "flow" and isinstance(first, Section) else section.page

    def is_wide(self, picture: Picture) -> bool:
        """Say whether a phone is too narrow for a picture."""
        return is_wide(picture.drawing)

    def is_figures(self, table: Table, column: int) -> bool:
        """Say whether a column holds figures, which stand under each other by their last digit."""
        cells = [row[column] for row in table.rows if column < len(row)]
        return any(isinstance(cell, int | float) for cell in cells) and not any(
            isinstance(cell, str) and len(cell) > SHORT for cell in cells
        )

    def fit(self, table: Table, column: int) -> str:
        """Say, as a class, that a column's cells stay on one line, or that its words stay whole."""
        cells = [self.cell(row[column]) for row in table.rows if column < len(row)]
        if max(map(len, cells), default=0) <= ONE_LINE:
            return " short"
        return " whole" if max((len(word) for cell in cells for word in cell.split()), default=0) <= SHORT else ""

    def widths(self, table: Table) -> list[int]:
        """Share a table's width among its columns, in per cent, by how much stands in them."""
        weights = [_weight(column, [row[at] for row in table.rows]) for at, column in enumerate(table.columns)]
        return [round(100 * weight / sum(weights)) for weight in weights]

    def notes(self, place: Place, is_open: str, is_shared: str) -> tuple[str, ...]:
        """List what is to be known of a place; one that is open or shared says so in words, too."""
        notes = tuple(str(note) for note in place.notes)
        return notes or ((is_open,) if place.open else ()) or ((is_shared,) if place.shared else ())

    def cell(self, value: Cell | Sentence) -> str:
        """Write a cell; an empty one shows that it is."""
        if value is None or value == "":
            return "–"
        if isinstance(value, int | float):
            return str(format_decimal(value, format="#,##0.###", locale=DATES[self.language]))
        return str(value)


def _weight(column: object, cells: list[Any]) -> float:
    """Say how much room a column wants, beside others: between a figure's and a few lines of words."""
    words = [str(column), *("" if isinstance(cell, float) else str(cell) for cell in cells)]
    longest_word = max(len(word) for text in words for word in text.split() or [""])
    longest = max(map(len, words))
    return min(max(longest_word, 5.0, float(longest**0.8)), 50.0)


ONE_LINE = 9
"""How many signs stay together on one line, as "Table 12"."""

FEW, FEW_BLOCKS, LABEL = 12, 3, 48
"""How many lines a small table may have, how many blocks a short section, how many signs a small table's label."""

SHORT = 14
"""How many signs a word among figures may have, as "discarded"."""


def on_page(language: str, report: Report) -> Markup:
    """Draw a report's sections for a page; its texts are already in the reader's language."""
    return sections(report, Drawn(language, partial(_inline, language)))


def sections(report: Report, by: Drawn) -> Markup:
    """Draw a report's sections."""
    module: Any = environment(by.language).get_template("exports/blocks.html").module
    drawn: Markup = module.sections(report, by)
    return drawn


def facts(report: Report, language: str) -> Markup:
    """Draw the facts at a report's head."""
    module: Any = environment(language).get_template("exports/blocks.html").module
    drawn: Markup = module.facts(report.facts)
    return drawn


@dataclass(frozen=True, slots=True)
class Figures:
    """The tables of the pictures under a heading; `path` is the headings down to it."""

    path: tuple[str, ...]
    tables: tuple[Table, ...]


def tables_of_pictures(report: Report) -> tuple[Figures, ...]:
    """Collect the tables that have the same values as the pictures, in order, for the end of a paper."""
    found = [one for section in report.sections for one in _pictures(section, ())]
    return tuple(
        Figures(path, tuple(picture.table for _, picture in together))
        for path, together in groupby(found, lambda one: one[0])
    )


def _pictures(block: Block, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Picture]]:
    if isinstance(block, Picture):
        yield path, block
    elif isinstance(block, Section | Card | Details):
        under = (*path, str(block.title)) if isinstance(block, Section) else path
        for inner in block.blocks:
            yield from _pictures(inner, under)


def _inline(language: str, picture: Picture, at: str) -> Markup:
    return draw_chart(language, picture, f"{at}-picture")
