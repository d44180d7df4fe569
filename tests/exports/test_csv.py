"""Workshops as CSV: everything that is read and every table, and no cell that does anything."""

import csv
import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.summary import Fact, Section, Statement, Statements, Table
from app.exports.as_csv import cell, write, written
from app.exports.cells import file_names, pieces, sheet_names
from app.exports.formats import Work
from app.exports.sheets import Sheet
from app.exports.wording import in_words
from tests.exports.sample import HOSTILE, sample, work


def files(made: Work) -> dict[str, list[list[str]]]:
    content = write(made, lambda done, of: None).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        read = {name: archive.read(name) for name in archive.namelist()}
    assert [name for name, text in read.items() if not text.startswith(b"\xef\xbb\xbf")] == []
    return {name: list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""))) for name, text in read.items()}


def test_zip_holds_what_is_read_first_then_every_table_once() -> None:
    assert list(files(work())) == [
        "summary.csv",
        "results.csv",
        "checks.csv",
        "agreement.csv",
        "tables-side-by-side.csv",
        "places.csv",
        "board.csv",
        "journeys.csv",
        "last-check.csv",
        "figures.csv",
        "grid.csv",
        "all-orders.csv",
    ]


def test_summary_says_where_each_line_stands_and_where_its_figures_are() -> None:
    rows = files(work())["summary.csv"]
    part = "What good multi-agency work leads to"
    statement = "Children and young people do better on the Every Child Matters outcomes."
    assert rows[0] == ["Part", "Heading", "About", "Text", "Notes", "Figures are in"]
    assert ["This workshop", "", "People", "15, four agencies", "", ""] in rows
    assert [part, "The room’s five, in order", "1", statement, "in 3 fives", ""] in rows
    assert [part, "Table 1 – Kept beside the list", "", "It follows from the others.", "", ""] in rows
    checked = "1–2 at 2, 9 at 3, 3 or more at 4, 5 at 5."
    assert [part, "Table 1", "The last check", checked, "", "last-check.csv"] in rows


def test_two_sentences_without_agreement_are_both_told() -> None:
    rows = [row[2:5] for row in files(work())["summary.csv"] if row[2].startswith("Information is shared")]
    assert rows == [
        [
            "Information is shared between us when …",
            "It keeps somebody safe.",
            "the first of two sentences\nnot agreed",
        ],
        [
            "Information is shared between us when …",
            "It keeps somebody safe and they have agreed.",
            "the second of two sentences\nnot agreed",
        ],
    ]


def test_tables_keep_their_rows_and_empty_cells() -> None:
    found = files(work())
    assert found["checks.csv"] == [
        ["Table", "Check", "Ended", "Share"],
        ["1", "1", "agreed", "0.5"],
        ["2", "2", "not agreed", ""],
    ]
    assert found["all-orders.csv"][1] == [
        "What good multi-agency work leads to",
        "1",
        "1",
        "1",
        "Children and young people do better on the Every Child Matters outcomes.",
    ]


def test_tables_that_are_alike_are_one_file_that_says_where_they_stand() -> None:
    def told(number: int) -> Section:
        rows = ((f"Statement {number}", number),)
        return Section(f"Table {number}", (Table(f"t{number}", "Places", ("Statement", "Place"), rows),))

    found = files(work(replace(sample(), sections=(told(1), told(2)), sheets=(), orders=())))
    assert found["t1.csv"] == [
        ["Where", "Statement", "Place"],
        ["Table 1", "Statement 1", "1"],
        ["Table 2", "Statement 2", "2"],
    ]
    assert list(found) == ["summary.csv", "t1.csv"]


def test_what_is_read_is_in_the_language_that_was_wished_for() -> None:
    rows = files(work(language="cy"))["summary.csv"]
    assert len(rows) == len(files(work())["summary.csv"])


def test_files_end_their_lines_as_the_standard_has_it_and_are_the_same_each_time() -> None:
    first = write(work(), lambda done, of: None).content
    assert first == write(work(), lambda done, of: None).content
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        text = archive.read("checks.csv").decode("utf-8-sig")
    assert text == "Table,Check,Ended,Share\r\n1,1,agreed,0.5\r\n2,2,not agreed,\r\n"


def test_progress_ends_where_it_said_it_would() -> None:
    told: list[tuple[int, int]] = []
    write(work(), lambda done, of: told.append((done, of)))
    assert told == [(place, 12) for place in range(1, 13)]


@given(st.text())
def test_cell_is_never_a_formula(text: str) -> None:
    made = str(cell(text))
    assert made.lstrip()[:1] not in tuple("=+-@＝＋－＠")


@pytest.mark.parametrize("between", ["\n", ";", "\t", "\n \n"])
@pytest.mark.parametrize("sign", "=+-@＝")
def test_cell_is_no_formula_where_a_program_ends_it_sooner(between: str, sign: str) -> None:
    assert cell(f"a{between}{sign}1") == f"a{between}'{sign}1".replace("\n \n", "\n \n")


def test_cell_keeps_what_only_looks_like_a_formula_within_a_sentence() -> None:
    for text in ("a - b", "1 + 1 = 2", "we+they", "50 % of us", "a@b.example"):
        assert cell(text) == text


def test_guarding_long_texts_takes_no_long_time() -> None:
    assert cell("a" + "\n" * 40_000 + "=1") == "a" + "\n" * 40_000 + "'=1"


@given(st.lists(st.tuples(st.text(), st.integers() | st.none(), st.text()), min_size=1))
def test_sheet_reads_back_row_for_row(rows: list[tuple[str | int | None, ...]]) -> None:
    made = written(Sheet("a", "A", ("one", "two", "three"), tuple(rows)))
    read = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert read[0] == ["one", "two", "three"]
    assert read[1:] == [[str(cell(one)) for one in row] for row in rows]


@given(st.lists(st.text()))
def test_names_of_files_and_sheets_are_legal_and_no_two_alike(names: list[str]) -> None:
    called = file_names(names)
    assert len({name.casefold() for name in called}) == len(names)
    assert [name for name in called if not name.replace("-", "").isalnum() or not name.isascii()] == []
    sheets = sheet_names(names)
    assert len({name.casefold() for name in sheets}) == len(names)
    bad = [name for name in sheets if not 0 < len(name) <= 31 or set(name) & set("[]:*?/\\") or name.strip("'") != name]
    assert bad == []


@given(st.text(), st.integers(8, 40))
def test_pieces_of_a_text_are_all_of_it(text: str, most: int) -> None:
    made = pieces(text, most)
    assert "".join(made) == text
    assert [piece for piece in made if len(piece.encode("utf-16-le", "surrogatepass")) > 2 * most] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_place(text: str) -> None:
    report = replace(
        sample((text,) * 9, title=text),
        facts=(Fact(text, text),),
        sheets=(Table(text, text, (text, text), ((text, 1),)),),
        sections=(Section(text, (Statements((Statement(text, text, text, (text,)),)),)),),
    )
    found = files(work(in_words(report, "en")))
    cells = [one for rows in found.values() for row in rows for one in row]
    assert [one for one in cells if one.lstrip()[:1] in tuple("=+-@＝＋－＠") and one.strip()] == []
    assert [name for name in found if not name.removesuffix(".csv").replace("-", "").isalnum()] == []
