"""What people could type to break a file, in every format: it opens, does nothing, asks nobody, and is all there."""

import csv
import io
import json
import re
import socket
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.activities.summary import (
    Orders,
    Paragraph,
    Place,
    Places,
    Section,
    Table,
)
from app.consensus.files import read
from app.exports.as_csv import cell
from app.exports.formats import FORMATS, Work, write
from app.exports.record import Agency, Outline, Record
from app.exports.report import Report
from app.exports.wording import clean, in_words
from tests.exports.sample import HOSTILE, diamond, heat, histogram, journeys, meter, sample, side_by_side

LONG = " ".join(f"w{number:05}" for number in range(5_750))
# Words of ours, by which a report is laid out: nobody types them.
OURS = ("tone", "page", "version")
KINDS = sorted(set(FORMATS) - {"all"})
DOING = ("/URI", "/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA", "/EmbeddedFiles", "/GoToR", "/SubmitForm")


def typed(value: Any, texts: Iterator[str]) -> Any:
    """Put what was typed in place of every text."""
    if isinstance(value, str):
        return next(texts)
    if isinstance(value, tuple):
        return tuple(typed(one, texts) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        found = {one.name: getattr(value, one.name) for one in fields(value)}
        return replace(value, **{name: typed(one, texts) for name, one in found.items() if name not in OURS})
    return value


def everywhere(texts: tuple[str, ...]) -> Work:
    """Make a workshop in which every text is one of these."""
    report: Report = in_words(typed(sample(), cycle(texts)), "en")
    return Work(record(texts), report)


def record(texts: tuple[str, ...]) -> Record:
    # No database holds half a sign, so no record does.
    whole = [text.encode(errors="ignore").decode() for text in texts]
    agencies = tuple(Agency(id=f"a{place}", label=text) for place, text in enumerate(whole))
    outline = Outline(title=whole[0], purpose=whole[-1], disclosure="confidential", people="5", agencies=agencies)
    return Record(version="commissioner", workshop=outline)


def long() -> Work:
    """Make a workshop with 40,000 signs in one piece wherever something is typed."""
    blocks = (
        Paragraph(LONG),
        Places((Place(1, LONG),)),
        Table("long", "Long", ("Statement", "Text"), (("A", LONG),)),
    )
    orders = (Orders("tables", "What matters", (LONG, "B"), ((1, ((0,), (1,))),)),)
    report = replace(
        sample(), title="Long", purpose=LONG, sections=(Section("Part", blocks),), sheets=(), orders=orders
    )
    return Work(record(("Long", LONG)), in_words(report, "en"))


def written(name: str, made: Work) -> bytes:
    return write(name, made, lambda done, of: None).content


@cache
def hostile(name: str) -> bytes:
    """Write a file in which everything is hostile, once for each format."""
    return written(name, everywhere(HOSTILE))


@cache
def too_long(name: str) -> bytes:
    """Write a file in which everything is long, once for each format."""
    return written(name, long())


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word_texts(content: bytes) -> list[str]:
    body = Document(io.BytesIO(content)).element.body
    return ["".join(_signs(one)) for one in body.iter(qn("w:p"))]


def _signs(one: Any) -> Iterator[str]:
    for piece in one.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
        yield piece.text or "" if piece.tag == qn("w:t") else "\n" if piece.tag == qn("w:br") else "\t"


def excel_texts(content: bytes) -> list[str]:
    book = load_workbook(io.BytesIO(content))
    return [str(one) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for one in row]


def csv_texts(content: bytes) -> list[str]:
    sheets = [text.decode("utf-8-sig") for text in unpacked(content).values()]
    return [one for text in sheets for row in csv.reader(io.StringIO(text, newline="")) for one in row]


def paper_text(content: bytes) -> str:
    """Read a PDF without any blank: where lines end is its own matter."""
    told = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    # The reader puts a zero before signs, and a one before its guess at a blank, where a font has signs beyond 65,536.
    return "".join(re.sub("\x01.", "", told).replace("\x00", "").split())


def order_files(content: bytes) -> list[str]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        return [text.decode() for text in unpacked(content).values()]
    return [content.decode()]


def everything_in(content: bytes) -> Iterator[DictionaryObject]:
    reader = PdfReader(io.BytesIO(content))
    for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1):
        found = reader.get_object(number)
        if isinstance(found, DictionaryObject):
            yield found


def test_word_shows_every_text_as_it_was_typed() -> None:
    found = word_texts(hostile("docx"))
    told = "\n".join(found)
    assert [text for text in HOSTILE if clean(text) not in told] == []


def test_word_has_no_field_but_page_numbers_and_leads_nowhere() -> None:
    parts = unpacked(hostile("docx"))
    codes = [
        one.text
        for name, xml in parts.items()
        if name.startswith(("word/document", "word/header", "word/footer"))
        for one in Document(io.BytesIO(hostile("docx"))).part.element.iter(qn("w:instrText"))
    ]
    assert codes == []
    assert [name for name, xml in parts.items() if b'TargetMode="External"' in xml] == []
    assert [name for name, xml in parts.items() if name.startswith("word/") and b"<w:instrText>INCLUDE" in xml] == []


def test_excel_shows_every_text_and_evaluates_none() -> None:
    found = set(excel_texts(hostile("xlsx")))
    # Blanks at both ends of a sheet's own name are not a text's.
    assert [text for text in HOSTILE if clean(text) not in found] == []
    sheets = {name: xml for name, xml in unpacked(hostile("xlsx")).items() if name.startswith("xl/")}
    assert [name for name, xml in sheets.items() if b"<f>" in xml or b"<f " in xml or b"External" in xml] == []


def test_csv_shows_every_text_guarded() -> None:
    found = set(csv_texts(hostile("csv")))
    assert [text for text in HOSTILE if cell(clean(text)) not in found] == []
    assert [one for one in found if one.strip() and one.lstrip()[0] in "=+-@＝＋－＠"] == []


def test_paper_shows_every_text_that_it_has_letters_for() -> None:
    told = paper_text(hostile("pdf"))
    plain = [text for text in HOSTILE if clean(text).isascii()]
    assert len(plain) > 10
    assert [text for text in plain if "".join(clean(text).split()) not in told] == []


def test_paper_does_nothing_when_it_is_opened() -> None:
    found = {name for one in everything_in(hostile("pdf")) for name in one if name in DOING}
    assert found == set()


def test_json_holds_every_text() -> None:
    found = json.loads(hostile("json"))["workshop"]
    labels = [agency["label"] for agency in found["agencies"]]
    assert labels == [text.encode(errors="ignore").decode() for text in HOSTILE]


def test_orders_can_be_read_back_whatever_statements_say(tmp_path: Path) -> None:
    file = tmp_path / "orders.soc"
    file.write_text(order_files(hostile("preflib"))[0], encoding="utf-8")
    assert sum(read(file).counts) == 3


@pytest.mark.parametrize("name", ["docx", "pdf", "xlsx", "csv", "preflib", "json"])
def test_archives_hold_no_way_out_of_their_folder(name: str) -> None:
    if zipfile.is_zipfile(io.BytesIO(hostile(name))):
        names = list(unpacked(hostile(name)))
        assert [one for one in names if one.startswith(("/", "\\")) or ".." in one or ":" in one] == []


def test_forty_thousand_signs_are_all_in_word() -> None:
    assert sum(LONG in text for text in word_texts(too_long("docx"))) == 4


def test_forty_thousand_signs_are_all_in_excel_in_pieces() -> None:
    book = load_workbook(io.BytesIO(too_long("xlsx")))
    said = "".join(str(row[3]) for row in book["Summary"].iter_rows(min_row=5, values_only=True) if row[3])
    assert said.count(LONG) == 3
    assert "".join(str(row[1]) for row in book["Long"].iter_rows(min_row=2, values_only=True)) == LONG


def test_forty_thousand_signs_are_all_in_csv() -> None:
    assert csv_texts(too_long("csv")).count(LONG) == 5


def test_forty_thousand_signs_are_all_on_paper() -> None:
    told = paper_text(too_long("pdf"))
    assert [number for number in range(5_750) if told.count(f"w{number:05}") < 4] == []


def test_forty_thousand_signs_are_all_in_json_and_orders() -> None:
    assert json.loads(too_long("json"))["workshop"]["purpose"] == LONG
    assert [LONG in text for text in order_files(too_long("preflib"))] == [True]


@pytest.mark.parametrize("name", KINDS)
def test_nothing_is_asked_of_the_network_and_no_file_is_read_for_a_text(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY of this machine")
    with socket.create_server(("127.0.0.1", 0)) as canary:
        here = f"http://127.0.0.1:{canary.getsockname()[1]}/canary.png"
        texts = (
            f'<img src="{here}"><link rel="stylesheet" href="{here}"><script src="{here}"></script>',
            f"<image href='{here}'/><use href='{secret.as_uri()}'/><style>@import '{here}';</style>",
            f"url({here}) }} * {{ background: url({secret.as_uri()}) }}",
            f'=WEBSERVICE("{here}") INCLUDETEXT "{secret}"',
            f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]>&e;',
            here,
        )
        content = written(name, everywhere(texts))
        canary.setblocking(False)
        with pytest.raises(BlockingIOError):
            canary.accept()
    assert b"CANARY" not in content
    if zipfile.is_zipfile(io.BytesIO(content)):
        assert [part for part, text in unpacked(content).items() if b"CANARY" in text] == []


@pytest.mark.parametrize("first", range(0, len(HOSTILE), 9))
def test_pictures_can_be_drawn_of_any_text(first: int) -> None:
    statements = tuple(islice(cycle(HOSTILE), first, first + 9))
    pictures = (
        meter(statements),
        side_by_side(statements),
        heat(statements),
        journeys(statements),
        diamond(statements),
    )
    report = in_words(replace(sample(), sections=(Section(statements[0], (*pictures, histogram())),)), "en")
    made = Document(io.BytesIO(written("docx", Work(record(statements), report))))
    # One that is higher than a page is drawn in parts, with the same words instead of it.
    told = {one.get("descr") for one in made.element.body.iter(qn("wp:docPr"))}
    assert len(told) == 6
