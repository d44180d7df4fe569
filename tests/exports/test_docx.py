"""Workshops as Word files: headings, lists, tables and pictures that are what they look like."""

import io
import struct
import zipfile
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn

from app.activities.summary import Place, Places, Section, Table
from app.exports.as_docx import write
from app.exports.formats import Work
from tests.exports.sample import sample, work

XML = "{http://www.w3.org/XML/1998/namespace}"
# The order in which the standard has the properties that are used (ECMA-376, 17.3.1.26, 17.3.2.28, 17.4.59, 17.6.17).
ORDERS = {
    "pPr": (
        *(
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "numPr",
            "pBdr",
            "tabs",
            "bidi",
            "spacing",
            "ind",
            "jc",
        ),
        *("outlineLvl", "sectPr"),
    ),
    "rPr": ("rFonts", "b", "bCs", "color", "position", "sz", "szCs", "shd", "rtl", "lang"),
    "tblPr": ("tblStyle", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption"),
    "trPr": ("cantSplit", "tblHeader"),
    "sectPr": ("headerReference", "footerReference", "pgSz", "pgMar"),
}


def content(made: Work | None = None) -> bytes:
    return write(made or work(), lambda done, of: None).content


@cache
def written() -> bytes:
    """Write the sample, once."""
    return content()


def paper(made: Work | None = None) -> Paper:
    return Document(io.BytesIO(written() if made is None else content(made)))


def parts(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def headings(document: Paper) -> list[tuple[int, str]]:
    styled = [(str(one.style.name), one.text) for one in document.paragraphs if one.style is not None]
    return [(int(name.split()[1]), text) for name, text in styled if name.startswith("Heading ")]


def placed(made: Work) -> list[tuple[str, str]]:
    """Read every place of a list: the number it begins with, where it begins anew, and its text."""
    document = paper(made)
    numbering = document.part.numbering_part.element
    starts = {
        one.get(qn("w:numId")): override.get(qn("w:val"))
        for one in numbering.findall(qn("w:num"))
        for override in one.iter(qn("w:startOverride"))
    }
    found = []
    for one in document.paragraphs:
        if one.style is not None and one.style.name == "Concord place":
            number = one._p.pPr.numPr.numId.val  # type: ignore[union-attr]  # every place is a piece of a list
            found.append((starts.get(str(number), ""), one.text))
    return found


def sections(made: Work) -> list[tuple[int, int]]:
    """Read the pages' sizes, in millimetres."""
    return [(round(one.page_width.mm), round(one.page_height.mm)) for one in paper(made).sections]  # type: ignore[union-attr]  # all have one


def test_headings_are_real_and_leave_no_level_out() -> None:
    found = headings(paper())
    assert found[:3] == [
        (1, "What good multi-agency work leads to"),
        (2, "The room’s five, in order"),
        (2, "Agreement before the talk"),
    ]
    assert [text for (before, _), (level, text) in pairwise(found) if level > before + 1] == []


def test_title_language_and_author_are_set() -> None:
    document = paper()
    about = document.core_properties
    assert (about.title, about.author, about.language) == ("Joint training, half a day", "Concord", "en-GB")
    assert document.paragraphs[0].style is not None
    assert (document.paragraphs[0].style.name, document.paragraphs[0].text) == ("Title", "Joint training, half a day")
    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_welsh_is_spelt_as_welsh() -> None:
    document = paper(work(language="cy"))
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {"cy-GB"}


def test_facts_stand_at_the_head_with_the_day() -> None:
    rows = [[cell.text for cell in row.cells] for row in paper().tables[0].rows]
    assert rows == [
        ["Day", "People", "Tables", "How it ended"],
        ["20 November 2026", "15, four agencies", "3", "2 agreed, 1 with reservations"],
    ]


def test_every_picture_has_an_alternative_text_and_its_table_at_the_end() -> None:
    document = paper()
    told = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    assert len(told) == 6
    assert told[0] == "Clear agreement, 3 of 5 steps."
    assert "" not in told
    links = [one.get(qn("w:anchor")) for one in document.element.body.iter(qn("w:hyperlink"))]
    marks = [one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))]
    assert links == marks == [f"picture{number}" for number in range(1, 7)]
    assert headings(document)[-1] == (1, "The pictures as tables")


def test_pictures_have_names_and_numbers_of_their_own_and_fit_their_pages() -> None:
    document = paper()
    ids = [one.get("id") for one in document.element.body.iter(qn("wp:docPr"))]
    assert len(set(ids)) == len(ids)
    room = document.sections[0]
    widest = (room.page_width or 0) - (room.left_margin or 0) - (room.right_margin or 0)
    assert [shape for shape in document.inline_shapes if shape.width > widest] == []


def test_pictures_are_png_that_say_their_size() -> None:
    images = [text for name, text in parts(written()).items() if name.endswith(".png")]
    assert len(images) == 7
    assert [image[:8] for image in images] == [b"\x89PNG\r\n\x1a\n"] * 7
    assert min(struct.unpack(">II", image[16:24]) for image in images) > (0, 0)


def test_tables_repeat_their_headers_and_keep_rows_whole() -> None:
    tables = paper().tables
    assert [one for one in tables if one._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is None] == []
    loose = [row for one in tables for row in one._tbl.tr_lst if row.find(f".//{qn('w:cantSplit')}") is None]
    assert loose == []


def test_a_row_that_may_not_fit_a_page_may_be_torn() -> None:
    one = Table("long", "Long", ("Opening", "Text"), (("a", "b" * 5_000),))
    tables = paper(work(replace(sample(), sections=(Section("Part", (one,)),)))).tables
    assert [row.find(f".//{qn('w:cantSplit')}") is None for row in tables[-1]._tbl.tr_lst] == [False, True]


def test_tables_say_their_titles_and_keep_their_columns() -> None:
    named = {str(one._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))): one for one in paper().tables}
    rows = [[cell.text for cell in row.cells] for row in named["Figures"].rows]
    assert rows == [["Figure", "Value"], ["Kendall’s W", "0.71"], ["Mean rank correlation r", "0.66"]]


def test_places_are_a_list_that_begins_again_where_a_place_is_shared() -> None:
    places = (
        Place(1, "First"),
        Place(2, "Second", shared=True),
        Place(2, "Also second", ("by lot",), shared=True),
        Place(4, "Fourth", open=True),
    )
    found = placed(work(replace(sample(), sections=(Section("Part", (Places(places),)),))))
    assert found == [
        ("1", "First"),
        ("1", "Second\nshared place"),
        ("2", "Also second\nby lot"),
        ("4", "Fourth\nnot agreed"),
    ]


@pytest.mark.parametrize(("size", "wide"), [("a4", (297, 210)), ("a3", (420, 297))])
def test_a_wide_section_lies_on_its_side_and_what_follows_stands_again(size: Any, wide: tuple[int, int]) -> None:
    assert sections(work(paper=size)) == [(210, 297), wide, (210, 297)]


def test_a_report_without_wide_sections_stands() -> None:
    assert sections(work(replace(sample(), sections=sample().sections[:1]))) == [(210, 297)]


def test_a_table_of_very_many_columns_is_told_in_parts_with_its_first_column_in_each() -> None:
    columns = ("Statement", *(f"Place {place}" for place in range(1, 31)))
    one = Table("heat", "Heat", columns, (("Statement 1", *range(1, 31)),))
    tables = paper(work(replace(sample(), sections=(Section("Part", (one,)),)))).tables[1:]
    assert [one.rows[0].cells[0].text for one in tables] == ["Statement", "Statement"]
    told = [cell.text for one in tables for cell in one.rows[1].cells[1:]]
    assert told == [str(place) for place in range(1, 31)]


def test_pages_have_a_header_a_footer_and_numbers() -> None:
    section = paper().sections[0]
    assert section.header.paragraphs[0].text == "  Concord\tFor the commissioner"
    assert section.footer.paragraphs[0].text == "Joint training, half a day\tPage 1 of 1"
    fields = [one.text for one in section.footer._element.iter(qn("w:instrText"))]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_text_from_right_to_left_runs_so() -> None:
    places = Places((Place(1, "شراكة من أجل الأطفال"), Place(2, "Left to right")))
    found = paper(work(replace(sample(), sections=(Section("Part", (places,)),)))).element.body.iter(qn("w:pPr"))
    shapes = [one for one in found if one.find(qn("w:pStyle")).get(qn("w:val")) == "Place"]
    marks = [one.find(qn("w:bidi")) is not None for one in shapes]
    assert marks == [True, False]


def test_properties_stand_in_the_order_of_the_standard() -> None:
    document = paper()
    trees = [document.element, document.styles.element, document.part.numbering_part.element]
    trees += [part._element for section in document.sections for part in (section.header, section.footer)]
    wrong = []
    for tree in trees:
        for name, order in ORDERS.items():
            for one in tree.iter(qn(f"w:{name}")):
                found = [child.tag.rsplit("}", 1)[-1] for child in one]
                if found != sorted(found, key=order.index):
                    wrong.append((name, found))
    assert wrong == []


def test_file_leads_nowhere_and_holds_nothing_of_its_maker_s_template() -> None:
    found = parts(written())
    outside = [name for name, text in found.items() if name.endswith(".rels") and b'TargetMode="External"' in text]
    assert outside == []
    known = ("[Content_Types].xml", "_rels/", "docProps/app.xml", "docProps/core.xml", "word/")
    assert [name for name in found if not name.startswith(known)] == []
    assert [name for name in found if "thumbnail" in name or "Effects" in name] == []


def test_our_typefaces_travel_hidden_by_their_keys() -> None:
    found = parts(written())
    fonts = {name: text for name, text in found.items() if name.endswith(".odttf")}
    assert len(fonts) == 3
    table = found["word/fontTable.xml"].decode()
    keys = [piece.split("}")[0] for piece in table.split('fontKey="{')[1:]]
    for key, text in zip(keys, [fonts[name] for name in sorted(fonts)], strict=True):
        mask = bytes.fromhex(key.replace("-", ""))[::-1]
        assert bytes(one ^ other for one, other in zip(text[:4], mask, strict=False)) == b"\x00\x01\x00\x00"


def test_file_does_not_say_when_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_file_is_the_same_each_time_and_progress_ends_where_it_said() -> None:
    told: list[tuple[int, int]] = []
    again = write(work(), lambda done, of: told.append((done, of))).content
    assert parts(again) == parts(written())
    assert told[-1] == (10, 10)
    assert told == sorted(told)
