"""The parts of a Word file, as elements: texts, paragraphs, tables, pictures.

Law: what people wrote becomes the text of an element and nothing else.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

Element = Any
"""An element of lxml's, which ships no types."""

INK, SOFT, ACTION, CONTESTED = "1E1433", "554A69", "4A1F8F", "9C2F1A"
RULE, OUTLINE, TINT, CARD = "DDD0B8", "766A8A", "ECE3FA", "FFFDF9"

TWIPS_PER_MM = 1440 / 25.4
# A row with more text than this may be torn between pages: it might not fit on one.
TALL = 1_200
DIVIDED = re.compile("[\n\t]|[^\n\t]+")


def node(tag: str, *children: Element, **attributes: object) -> Element:
    """Make an element of WordprocessingML; attributes that are None are left out."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        if value is not None:
            made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def twips(mm: float) -> int:
    """Convert to Word's unit of length.

    >>> twips(25.4)
    1440
    """
    return round(mm * TWIPS_PER_MM)


def runs_right(text: str) -> bool:
    """Say whether a text is written from right to left: whether its first letter is.

    >>> runs_right("1. שלום"), runs_right("a ש")
    (True, False)
    """
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
    return next(strong, "L") != "L"


def run(text: str, **look: str | bool) -> Element:
    """Make a run of text; `look`: face, bold and color."""
    marks = [node("rFonts", ascii=look["face"], hAnsi=look["face"])] if "face" in look else []
    if look.get("bold"):
        marks.append(node("b"))
    if "color" in look:
        marks.append(node("color", val=look["color"]))
    if runs_right(text):
        marks.append(node("rtl"))
    made = node("r", *([node("rPr", *marks)] if marks else []))
    for piece in DIVIDED.findall(text):
        if piece in "\n\t":
            made.append(node("br") if piece == "\n" else node("tab"))
            continue
        words = node("t")
        words.text = piece
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(words)
    return made


def paragraph(style: str, *runs: Element, text: str = "", **more: Element) -> Element:
    """Make a paragraph of a style, by the style's id; `more` are its own properties, in the order that Word has."""
    own = dict(more)
    if runs_right(text):
        own["bidi"] = node("bidi")
    ordered = [own[name] for name in PROPERTIES if name in own]
    made = node("p", node("pPr", node("pStyle", val=style), *ordered), *([run(text)] if text else []))
    made.extend(runs)
    return made


PROPERTIES = ("keepNext", "keepLines", "pageBreakBefore", "numPr", "bidi", "jc")
"""The properties of a paragraph that are used here, in the order of the standard."""


def numbered(number: int) -> Element:
    """Say of which list a paragraph is a piece."""
    return node("numPr", node("ilvl", val=0), node("numId", val=number))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to be drawn: texts under a header, how wide the columns are, which of them hold figures.

    `looks` are the styles of the table, of its header and of its texts.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    figures: frozenset[int] = frozenset()
    looks: tuple[str, str, str] = ("ConcordTable", "TableHead", "TableText")


def table(grid: Grid) -> Element:
    """Draw a table whose header is repeated on every page, and whose rows stay whole if they fit on one."""
    look = node("tblLook", val="04A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=0, noVBand=1)
    made = node(
        "tbl",
        node(
            "tblPr",
            node("tblStyle", val=grid.looks[0]),
            node("tblW", w=sum(grid.widths), type="dxa"),
            node("tblLayout", type="fixed"),
            look,
            node("tblCaption", val=grid.title[:250]),
        ),
        node("tblGrid", *(node("gridCol", w=width) for width in grid.widths)),
    )
    if any(grid.columns):
        made.append(_row(grid, grid.columns, grid.looks[1], node("cantSplit"), node("tblHeader")))
    for row in grid.rows:
        whole = max(map(len, row), default=0) <= TALL
        made.append(_row(grid, row, grid.looks[2], *([node("cantSplit")] if whole else [])))
    return made


def _row(grid: Grid, texts: Sequence[str], style: str, *marks: Element) -> Element:
    made = node("tr", *([node("trPr", *marks)] if marks else []))
    for column, (text, width) in enumerate(zip(texts, grid.widths, strict=True)):
        more = {"jc": node("jc", val="right")} if column in grid.figures else {}
        cell = paragraph(style, text=text, **more)
        made.append(node("tc", node("tcPr", node("tcW", w=width, type="dxa")), cell))
    return made


def shares(columns: Sequence[str], rows: Sequence[Sequence[str]], total: int, sign: int = 96) -> list[int]:
    """Divide a width among columns by what stands in them; `sign` is about how wide a letter is.

    A column gets room for its longest word first, then as much as its texts could use.
    """
    least, wished = [], []
    for place, column in enumerate(columns):
        texts = [column, *(row[place] for row in rows)]
        words = max((len(word) for text in texts for word in text.split()), default=1)
        lengths = sorted(len(text) for text in texts)
        least.append(min(words, 16) * sign + 240)
        most = lengths[int(len(lengths) * 0.9)] if len(lengths) > 9 else lengths[-1]
        wished.append(max(least[-1], min(most, 70) * sign + 240))
    if sum(least) >= total:
        return [round(width * total / sum(least)) for width in least]
    if sum(wished) <= total:
        return wished
    rest = (total - sum(least)) / (sum(wished) - sum(least))
    return [round(low + (high - low) * rest) for low, high in zip(least, wished, strict=True)]


def stretched(widths: Sequence[int], total: int) -> list[int]:
    """Widen columns, each in its measure, to fill a width."""
    return [width * total // sum(widths) for width in widths]


def bookmarked(made: Element, number: int, name: str) -> Element:
    """Make a paragraph a place that links lead to."""
    made.insert(1, node("bookmarkStart", id=number, name=name))
    made.append(node("bookmarkEnd", id=number))
    return made


def link(text: str, name: str) -> Element:
    """Make a link to a bookmark."""
    return node("hyperlink", run(text, color=ACTION), anchor=name, history=1)


def field(instruction: str, shown: str) -> Iterable[Element]:
    """Make a field of our own, such as the page's number; `shown` stands there until it is worked out."""
    code = node("instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    yield node("r", node("fldChar", fldCharType="begin"))
    yield node("r", code)
    yield node("r", node("fldChar", fldCharType="separate"))
    yield run(shown)
    yield node("r", node("fldChar", fldCharType="end"))
