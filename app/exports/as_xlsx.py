"""A report as an Excel workbook: what is read on the first sheet, then a sheet for every table.

Law: nothing that people wrote is a formula, a link or a number here, and no cell is cut.
"""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import zip_longest
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.errors import N_
from app.exports.cells import Value, pieces, plain, sheet_names
from app.exports.formats import File, Progress, Work
from app.exports.report import Report
from app.exports.sheets import Book, Sheet, book, summary
from app.web.templates import say

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel holds 32,767 signs in a cell.
MOST = 32_000
# Nothing is read from a text but the text.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# Excel's numbers for paper.
PAPER = {"a4": 9, "a3": 8}
# Which column of what is read names the sheet that has the figures.
LINKED = 5
# Widths of columns, in signs: of what is read, and the least and the most of any other.
WIDTHS = (30, 30, 30, 70, 26, 24)
NARROW, WIDE = 9, 58
# Points: of a line, and the highest row that there is.
LINE, HIGHEST = 15, 409
INK, SOFT, ACTION, TINT, RULE = "#1e1433", "#554a69", "#4a1f8f", "#ece3fa", "#ddd0b8"
Line = tuple[Value, ...]
FONT = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}


@dataclass(frozen=True, slots=True)
class Look:
    """The formats of cells: of a header, of what was written, of what repeats the row above, of links and titles."""

    head: Format
    text: Format
    number: Format
    right: Format
    part: Format
    again: Format
    link: Format
    title: Format
    note: Format

    @classmethod
    def of(cls, workbook: xlsxwriter.Workbook) -> "Look":
        """Make them for a workbook."""
        ruled = FONT | {"text_wrap": True, "bottom": 1, "bottom_color": RULE}
        head = ruled | {"bold": True, "bg_color": ACTION, "font_color": "white"}
        return cls(
            head=workbook.add_format(head),
            right=workbook.add_format(head | {"align": "right"}),
            # A place before its text stands as texts do.
            text=workbook.add_format(ruled | {"align": "left"}),
            number=workbook.add_format(ruled | {"align": "right"}),
            part=workbook.add_format(ruled | {"bold": True}),
            again=workbook.add_format(ruled | {"font_color": SOFT, "text_wrap": False}),
            link=workbook.add_format(ruled | {"font_color": ACTION, "underline": 1}),
            title=workbook.add_format(FONT | {"bold": True, "font_size": 18}),
            note=workbook.add_format(FONT | {"font_color": SOFT}),
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """How wide a sheet's columns are, and which of them hold figures."""

    widths: Sequence[float]
    figures: frozenset[int] = frozenset()

    @classmethod
    def of(cls, made: Sheet) -> "Columns":
        """Choose room for most texts, none wider than is good to read."""
        rows = [row for row in made.rows if len(row) == len(made.columns)]
        columns = list(zip(*rows, strict=True)) or [() for _column in made.columns]
        widths = [_width(title, values) for title, values in zip(made.columns, columns, strict=True)]
        figures = (place for place, values in enumerate(columns) if _are_figures(values))
        return cls(widths, frozenset(figures))


def _width(title: str, values: Line) -> float:
    lengths = sorted(len(str(value or "")) for value in values) or [0]
    most = lengths[int(len(lengths) * 0.9)] if len(lengths) > 9 else lengths[-1]
    return float(min(WIDE, max(NARROW, min(len(title) + 4, 24), most + 2)))


def _are_figures(values: Line) -> bool:
    return sum(isinstance(value, int | float) for value in values) * 2 > len(values)


def write(work: Work, progress: Progress) -> File:
    """Write a workbook."""
    packed = io.BytesIO()
    made = book(work.report, work.language)
    names = sheet_names([say(work.language, N_("Summary")), *(one.title for one in made.sheets)])
    with xlsxwriter.Workbook(packed, OPTIONS) as workbook:
        workbook.set_properties(_properties(work.report))
        desk = _Desk(workbook, Look.of(workbook), work)
        desk.summary(made, names)
        for place, (name, one) in enumerate(zip(names[1:], made.sheets, strict=True), 1):
            progress(place, len(names))
            desk.sheet(name, one)
    progress(len(names), len(names))
    return File(packed.getvalue(), "xlsx", MEDIA)


def _properties(report: Report) -> dict[str, object]:
    # The day of the workshop: a file's own time would tell when something was looked at.
    made = datetime.combine(report.day, time(), UTC) if report.day else datetime(2000, 1, 1, tzinfo=UTC)
    return {"title": report.title[:250], "author": "Concord", "created": made.replace(tzinfo=None)}


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where sheets are written."""

    workbook: xlsxwriter.Workbook
    look: Look
    work: Work

    def summary(self, made: Book, names: Sequence[str]) -> None:
        """Write what is read, with links to the sheets that have its figures."""
        page = self._page(names[0], WIDTHS)
        # A long title stands in full in its row below.
        page.write_string(0, 0, pieces(self.work.report.title, 200)[0], self.look.title)
        page.set_row(0, 30)
        page.write_string(1, 0, plain(self.work.report.audience), self.look.note)
        lines = list(_lines(summary(made, names[1:], self.work.language), self._note()))
        top = self._heads(page, lines, 3, Columns(WIDTHS))
        above: Line = ()
        for row, (_first, cells) in enumerate(lines[top - 3 :], top):
            again = next((place for place in range(2) if cells[place : place + 1] != above[place : place + 1]), 2)
            page.set_row(row, height(cells[again:], WIDTHS[again:]))
            for column, value in enumerate(cells):
                if column == LINKED and value:
                    page.write_url(row, column, f"internal:'{value}'!A1", self.look.link, str(value))
                else:
                    self._cell(page, row, column, value, self._look(column, again))
            above = cells

    def sheet(self, name: str, made: Sheet) -> None:
        """Write a table; its first column stays when it is moved sideways."""
        columns = Columns.of(made)
        page = self._page(name, columns.widths)
        lines = list(_lines(made, self._note()))
        top = self._heads(page, lines, 0, columns)
        for row, (_first, cells) in enumerate(lines[top:], top):
            page.set_row(row, height(cells, columns.widths))
            for column, value in enumerate(cells):
                self._cell(page, row, column, value, self.look.number if column in columns.figures else self.look.text)

    def _look(self, column: int, again: int) -> Format:
        """Choose how a cell of what is read looks: `again` of its columns repeat the row above."""
        if column < again:
            return self.look.again
        return self.look.part if column == 0 else self.look.text

    def _page(self, name: str, widths: Sequence[float]) -> Worksheet:
        page = self.workbook.add_worksheet(name)
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(PAPER[self.work.paper])
        page.fit_to_pages(1, 0)
        page.set_footer("&LConcord&C&A&R&P / &N")
        return page

    def _heads(self, page: Worksheet, lines: Sequence[tuple[bool, Line]], top: int, columns: "Columns") -> int:
        """Write a header that stays, with filters; give the first row under it."""
        last = next((place for place, (first, _cells) in enumerate(lines) if first and place), len(lines))
        for row, (_first, cells) in enumerate(lines[:last], top):
            page.set_row(row, height(cells, columns.widths))
            for column, value in enumerate(cells):
                self._cell(page, row, column, value, self.look.right if column in columns.figures else self.look.head)
        under = top + last
        page.freeze_panes(under, 0 if top else 1)
        page.repeat_rows(top, under - 1)
        page.autofilter(under - 1, 0, max(top + len(lines) - 1, under), len(lines[0][1]) - 1)
        return under

    def _cell(self, page: Worksheet, row: int, column: int, value: Value, look: Format) -> None:
        if value is None or value == "":
            page.write_blank(row, column, None, look)
        elif isinstance(value, str):
            page.write_string(row, column, value, look)
        else:
            page.write_number(row, column, value, look)

    def _note(self) -> str:
        return say(self.work.language, N_("(continues the row above)"))


def height(cells: Line, widths: Sequence[float]) -> float:
    """Reckon how high a row must be: not every program does it when it opens a file."""
    lines = [_wrapped(str(value), width) for value, width in zip(cells, widths, strict=False)]
    return float(min(HIGHEST, LINE * max(lines, default=1)))


def _wrapped(text: str, width: float) -> int:
    """Reckon how many lines a text takes; signs of some scripts are twice as wide."""
    if text.isascii():
        return sum(ceil(len(line) * 0.95 / width) or 1 for line in text.split("\n"))
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return ceil(wide * 0.95 / width) + sum(ceil(len(line) * 0.95 / width) or 1 for line in text.split("\n"))


def _lines(made: Sheet, note: str) -> Iterator[tuple[bool, Line]]:
    """Divide rows whose texts are too long for one cell; say of each line whether a row begins with it."""
    for row in (made.columns, *made.rows):
        divided = [pieces(value, MOST) if isinstance(value, str) else [value] for value in row]
        for place, cells in enumerate(zip_longest(*divided)):
            yield place == 0, (*cells, note) if place else cells
