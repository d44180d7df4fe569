"""Workshops as Excel workbooks: what is read first, then every table, typed and never a formula."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.activities.summary import Paragraph, Section, Table
from app.exports.as_xlsx import height, write
from app.exports.formats import Work
from tests.exports.sample import sample, work


def content(made: Work | None = None) -> bytes:
    return write(made or work(), lambda done, of: None).content


def book(made: Work | None = None) -> Workbook:
    return load_workbook(io.BytesIO(content(made)))


def sheet(name: str, made: Work | None = None) -> Worksheet:
    found = book(made)[name]
    assert isinstance(found, Worksheet)
    return found


def rows(one: Worksheet) -> list[tuple[Any, ...]]:
    return list(one.iter_rows(values_only=True))


def holding(table: Table) -> Work:
    return work(replace(sample(), sections=(), sheets=(table,), orders=()))


def test_summary_is_first_and_every_table_has_a_sheet() -> None:
    assert book().sheetnames == [
        "Summary",
        "Results",
        "Checks",
        "Agreement",
        "Tables side by side",
        "Places",
        "Board",
        "Journeys",
        "Last check",
        "Figures",
        "Grid",
        "Orders",
    ]


def test_summary_says_whose_it_is_and_then_all_that_is_read() -> None:
    found = rows(sheet("Summary"))
    assert [row[0] for row in found[:3]] == ["Joint training, half a day", "For the commissioner", None]
    assert found[3] == ("Part", "Heading", "About", "Text", "Notes", "Figures are in")
    assert found[4] == ("This workshop", None, "Title", "Joint training, half a day", None, None)
    part = "What good multi-agency work leads to"
    text = "The people we support are happier with the joined-up help they get."
    assert (part, "The room’s five, in order", 3, text, None, None) in found


def test_summary_leads_to_the_sheets_with_the_figures() -> None:
    links = {
        cell.value: cell.hyperlink.location for row in sheet("Summary").iter_rows() for cell in row if cell.hyperlink
    }
    assert links["Tables side by side"] == "'Tables side by side'!A1"
    assert sorted(map(str, links)) == sorted(book().sheetnames[3:11])


def test_numbers_are_numbers_and_words_are_words() -> None:
    found = rows(sheet("Checks"))
    assert found == [("Table", "Check", "Ended", "Share"), (1, 1, "agreed", 0.5), (2, 2, "not agreed", None)]
    assert [type(cell) for cell in found[1]] == [int, int, str, float]


def test_headers_stay_and_can_be_sifted() -> None:
    found = book()
    assert [(one.freeze_panes, one.auto_filter.ref) for one in (found["Summary"], found["Checks"])] == [
        ("A5", f"A4:F{found['Summary'].max_row}"),
        ("B2", "A1:D3"),
    ]
    assert found["Checks"].print_title_rows == "$1:$1"


@pytest.mark.parametrize(
    "text", ["=1+1", "{=1}", "https://canary.invalid", "mailto:a@b.example", "internal:x", "12", "007"]
)
def test_what_looks_like_something_else_stays_text(text: str) -> None:
    table = Table("t", "T", ("A", "B"), ((text, 1),))
    cell = sheet("T", holding(table))["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    with zipfile.ZipFile(io.BytesIO(content(holding(table)))) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    assert [name for name, xml in inside.items() if b"<f>" in xml or b'TargetMode="External"' in xml] == []


def test_numbers_that_a_sheet_cannot_hold_are_told_as_text() -> None:
    table = Table("t", "T", ("A", "B", "C"), ((float("nan"), float("-inf"), 10**400),))
    assert rows(sheet("T", holding(table)))[1] == ("nan", "-inf", "1" + "0" * 400)


@pytest.mark.parametrize("text", ["word " * 8_000, "x" * 40_000, "👩‍👩‍👧‍👦" * 6_000, "e\u0301" * 20_000])
def test_long_texts_go_on_in_the_next_row_and_lose_nothing(text: str) -> None:
    table = Table("t", "T", ("A", "B"), ((text, 1), ("end", 2)))
    found = rows(sheet("T", holding(table)))
    assert "".join(str(row[0]) for row in found[1:-1]) == text
    assert [row[1] for row in found[1:]] == [1, *[None] * (len(found) - 3), 2]
    assert {row[2] for row in found[2:-1]} == {"(continues the row above)"}
    assert [row for row in found if len(str(row[0]).encode("utf-16-le")) > 2 * 32_767] == []


def test_long_headers_go_on_too_and_stay() -> None:
    one = sheet("T", holding(Table("t", "T", ("A" * 40_000, "B"), ((1, 2),))))
    found = rows(one)
    assert str(found[0][0]) + str(found[1][0]) == "A" * 40_000
    assert (one.freeze_panes, one.auto_filter.ref) == ("B3", "A2:B3")


def test_long_titles_stand_in_full_in_their_row() -> None:
    title = "Title " * 100
    found = rows(sheet("Summary", work(replace(sample(), title=title.strip()))))
    assert len(str(found[0][0])) <= 200
    assert found[4][3] == title.strip()


def test_sheets_with_the_same_title_are_told_apart() -> None:
    tables = tuple(Table("t", "History", ("A",), ((number,),)) for number in (1, 2))
    found = book(work(replace(sample(), sections=(), sheets=tables, orders=())))
    assert found.sheetnames == ["Summary", "History (2)", "History (3)"]


def test_a_report_without_tables_is_a_summary_alone() -> None:
    told = work(replace(sample(), sections=(Section("Part", (Paragraph("Nothing yet."),)),), sheets=(), orders=()))
    assert book(told).sheetnames == ["Summary"]


def test_rows_are_high_enough_for_their_longest_text_and_no_higher_than_a_row_can_be() -> None:
    assert [height(("a", "b"), (9, 9)), height(("word " * 10, None), (10, 9)), height(("x" * 90_000,), (9,))] == [
        15,
        75,
        409,
    ]


def test_workbook_says_whose_it_is_and_not_when_it_was_made() -> None:
    about = book().properties
    assert (about.title, about.creator) == ("Joint training, half a day", "Concord")
    assert str(about.created) == "2026-11-20 00:00:00"
    assert content() == content()
