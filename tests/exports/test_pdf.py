"""The report as PDF: tagged and whole, on the paper that was asked for, and made of nothing from outside."""

import io
import re
import socket
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject
from weasyprint import HTML

from app.activities.summary import Bullets, Place, Places, Quote, Quotes, Section, Table
from app.exports.as_pdf import in_itself, on_paper, write
from app.exports.formats import Work
from app.exports.wording import clean
from tests.exports.sample import HOSTILE, STATEMENTS, ranking, sample, work

LATIN = {*map(chr, range(32, 127)), *"\tŵŷŴé–…“”ﬁ"}
A4, A4_LYING, A3_LYING = (595, 842), (842, 595), (1191, 842)


def made(wish: Work | None = None) -> PdfReader:
    """Write a PDF and open it."""
    file = write(wish or work(), lambda done, of: None)
    assert (file.ending, file.media_type) == ("pdf", "application/pdf")
    return PdfReader(io.BytesIO(file.content))


@pytest.fixture(scope="module")
def paper() -> PdfReader:
    """Write the sample once for all tests that only read it."""
    return made()


def texts(value: Any) -> Iterator[str]:
    """Read everything that a report says; what pictures say stands in their tables, and in their own tests."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in NOT_SAID:
                yield from texts(getattr(value, field.name))


NOT_SAID = {"alt", "drawing", "name", "orders", "page", "sheets", "tone", "version", "withheld"}
"""Fields that hold words of ours, or what is for programs."""


def read(paper: PdfReader) -> str:
    """Read the text of all pages, as it is copied, without spaces."""
    # The reader puts a zero between signs where a font has some beyond the first 65,536.
    return tight("".join(page.extract_text() for page in paper.pages).replace("\x00", ""))


def tight(text: str) -> str:
    """Take out spaces and new lines, which are where lines happen to end."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def root(paper: PdfReader) -> Any:
    """Open a PDF's catalogue; what is in it has no types."""
    return paper.trailer["/Root"]


def elements(paper: PdfReader) -> Iterator[Any]:
    """Walk through the tree of tags."""
    waiting: list[Any] = [root(paper)["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop(0)
        one = one.get_object() if isinstance(one, IndirectObject) else one
        if isinstance(one, DictionaryObject):
            if "/S" in one:
                yield one
            kids = one.get("/K", [])
            waiting[:0] = kids if isinstance(kids, list) else [kids]


def size(page: Any) -> tuple[int, int]:
    """Measure a page, in points."""
    return round(float(page.mediabox.width)), round(float(page.mediabox.height))


def holding(wish: Work, *blocks: Any) -> Work:
    """Put blocks into a report in place of its own."""
    return replace(wish, report=replace(wish.report, sections=(Section("Part", blocks),)))


def test_a_pdf_says_that_it_is_tagged_and_in_which_language_it_is(paper: PdfReader) -> None:
    assert str(root(paper)["/MarkInfo"]) == "{'/Marked': True}"
    assert root(paper)["/Lang"] == "en"
    assert str(root(paper)["/ViewerPreferences"]) == "{'/DisplayDocTitle': True}"
    assert paper.metadata is not None
    assert (paper.metadata.title, paper.metadata.creator) == ("Joint training, half a day", "Concord")
    assert root(made(work(language="cy")))["/Lang"] == "cy"


def test_a_pdf_says_in_its_metadata_that_it_is_accessible(paper: PdfReader) -> None:
    metadata = root(paper)["/Metadata"].get_object().get_data().decode()
    assert re.findall(r'<rdf:Description[^>]*pdfuaid:part="(\d)"', metadata) == ["1"]


def test_headings_are_tagged_in_order_and_none_is_left_out(paper: PdfReader) -> None:
    levels = [int(str(one["/S"])[2]) for one in elements(paper) if re.fullmatch(r"/H\d", str(one["/S"]))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [after - before for before, after in pairwise(levels) if after - before > 1] == []


def test_every_picture_has_its_words(paper: PdfReader) -> None:
    told = [str(one["/Alt"]) for one in elements(paper) if str(one["/S"]) == "/Figure"]
    assert told == [
        "Agreement before the talk Clear agreement, 3 of 5 steps.",
        "Tables side by side Each statement’s place at each of three tables. Two statements are in every five.",
        "How many tables have each statement on each place "
        "The first two statements stand on places 1 and 2 at every table.",
        "The table’s board Nine statements as a diamond, the most important at the top.",
        "From the first answers to the result Owning decisions together rose from place 4 to place 2.",
        "The last check 1–2 at 2, 9 at 3, 3 or more at 4, 5 at 5.",
    ]


def test_cells_of_tables_know_what_heads_them(paper: PdfReader) -> None:
    heads = {str(one["/ID"]) for one in elements(paper) if str(one["/S"]) == "/TH"}
    cells = [one["/A"]["/Headers"] for one in elements(paper) if str(one["/S"]) == "/TD"]
    assert len(cells) > 100
    assert {len(named) for named in cells} == {2}
    assert {str(name) for named in cells for name in named} - heads == set()


def test_what_stands_on_every_page_is_no_part_of_the_text(paper: PdfReader) -> None:
    owners = root(paper)["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    tagged = {one.indirect_reference for one in elements(paper)}
    pages: list[Any] = list(paper.pages)
    for number, page in enumerate(pages):
        drawn = page.get_contents().get_data().decode("latin-1")
        assert drawn.count("/Artifact\n<</Type /Pagination>>\nBDC") >= 3
        marks = [int(mark) for mark in re.findall(r"/MCID (\d+)", drawn)]
        owned = [owners[2 * number + 1][mark].get_object().indirect_reference for mark in marks]
        assert [owner for owner in owned if owner not in tagged] == []


def test_bookmarks_lead_to_the_parts(paper: PdfReader) -> None:
    def titles(outline: Any, depth: int = 0) -> Iterator[tuple[int, str]]:
        for one in outline:
            if isinstance(one, list):
                yield from titles(one, depth + 1)
            else:
                yield depth, str(one.title)

    found = list(titles(paper.outline))
    assert found[:5] == [
        (0, "Joint training, half a day"),
        (1, "What good multi-agency work leads to"),
        (2, "The room’s five, in order"),
        (2, "Agreement before the talk"),
        (2, "What changed in the talk"),
    ]
    assert [title for depth, title in found if depth == 1] == [
        "What good multi-agency work leads to",
        "Our joint vision",
        "What was left out, and why",
        "The pictures as tables",
    ]


def test_everything_that_a_report_says_is_in_the_pdf(paper: PdfReader) -> None:
    text = read(paper)
    told = list(texts(sample()))
    assert len(told) > 150
    assert [one for one in told if tight(one) not in text] == []


def test_every_page_has_the_title_whom_it_is_for_and_its_number(paper: PdfReader) -> None:
    for number, page in enumerate(paper.pages, 1):
        text = tight(page.extract_text())
        assert tight("Joint training, half a day") in text
        assert tight("For the commissioner") in text
        assert tight(f"Page {number} of {len(paper.pages)}") in text


def test_wide_parts_lie_on_their_side_and_the_rest_stands(paper: PdfReader) -> None:
    sizes = [size(page) for page in paper.pages]
    lying = [tight(page.extract_text()) for page, its in zip(paper.pages, sizes, strict=True) if its != A4]
    assert set(sizes) == {A4, A4_LYING}
    assert len(lying) == 1
    assert "Thewholegrid" in lying[0]


def test_a_grid_may_have_larger_paper() -> None:
    assert {size(page) for page in made(work(paper="a3")).pages} == {A4, A3_LYING}


def test_fonts_are_ours_and_in_the_file(paper: PdfReader) -> None:
    pages: list[Any] = list(paper.pages)
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    names = {str(font["/BaseFont"]).partition("+")[2] for font in fonts}
    assert names == {"Bricolage-Grotesque-Bold", "Atkinson-Hyperlegible-Next", "Atkinson-Hyperlegible-Next-Bold"}
    files = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert [one for one in files if not {"/FontFile2", "/FontFile3"} & set(one)] == []


def test_nothing_is_embedded_linked_or_run(paper: PdfReader) -> None:
    assert set(root(paper)) & {"/AcroForm", "/OpenAction", "/AA", "/AF"} == set()
    assert set(root(paper)["/Names"]) == {"/Dests"}
    assert dict(paper.attachments) == {}
    assert [page for page in paper.pages if "/Annots" in page or "/AA" in page] == []


@pytest.fixture
def canary() -> Iterator[tuple[int, list[bytes]]]:
    """Listen on loopback, and keep what is said."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    caller, _ = listening.accept()
                except TimeoutError:
                    continue
                heard.append(caller.recv(1_000))
                caller.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield listening.getsockname()[1], heard
        over.set()
        thread.join()


def test_nothing_is_fetched_though_the_words_ask_for_it(canary: tuple[int, list[bytes]], tmp_path: Path) -> None:
    port, heard = canary
    (secret := tmp_path / "secret.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>SECRET</text></svg>")
    addresses = (
        f"http://127.0.0.1:{port}/a",
        secret.as_uri(),
        str(secret),
        f"//127.0.0.1:{port}/b",
        "ftp://127.0.0.1/c",
    )
    asking = [
        form.format(address)
        for address in addresses
        for form in (
            '<img src="{}">',
            '"><link rel="stylesheet" href="{0}"><link rel="attachment" href="{0}">',
            "</style><style>@import '{0}'; body {{ background: url({0}) }}</style>",
            "</svg><image href='{}'/><svg>",
        )
    ]
    paper = made(
        holding(work(sample(tuple(asking[:9]), asking[0])), Bullets(tuple(asking)), ranking(tuple(asking[:9])))
    )
    assert heard == []
    assert "SECRET" not in read(paper)
    assert dict(paper.attachments) == {}


def test_even_markup_of_our_own_could_fetch_nothing(canary: tuple[int, list[bytes]], tmp_path: Path) -> None:
    """The addresses stand in the document itself, as if a template had forgotten to escape."""
    port, heard = canary
    (secret := tmp_path / "secret.css").write_text("p::before { content: 'SECRET' }")
    opened = HTML(
        string=f"<html lang=en><link rel=stylesheet href='{secret.as_uri()}'>"
        f"<link rel=attachment href='{secret.as_uri()}'>"
        f"<img alt='' src='http://127.0.0.1:{port}/a'><p style='background: url(http://127.0.0.1:{port}/b)'>text",
        url_fetcher=in_itself(),
    )
    paper = PdfReader(io.BytesIO(opened.write_pdf()))
    assert heard == []
    assert (read(paper), dict(paper.attachments)) == ("text", {})


def test_progress_is_told_step_by_step_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    write(work(), lambda done, of: told.append((done, of)))
    shares = [done / of for done, of in told]
    assert shares == sorted(shares)
    assert len(set(shares)) > 5
    assert shares[-1] == 1


def test_a_title_may_be_as_long_as_a_workshop_takes_it() -> None:
    title = (
        "What we agreed on, and how we came to agree on it, for all who could not be with us on the day "
        + "itself " * 3
    )
    paper = made(work(sample(title=title)))
    assert [page for page in paper.pages if tight(title) not in tight(page.extract_text())] == []


def test_a_statement_that_fills_pages_is_cut_nowhere() -> None:
    words = [f"word{number};" for number in range(4_000)]
    paper = made(holding(work(), Bullets((" ".join(words),)), Table("t", "T", ("A", "B"), (("row", " ".join(words)),))))
    text = read(paper)
    assert [word for word in words if text.count(word) != 2] == []


PLAIN = tuple(text for text in map(clean, HOSTILE) if set(text) <= LATIN)
OTHERS = tuple(text for text in map(clean, HOSTILE) if not set(text) <= LATIN)


@pytest.mark.parametrize("told", [PLAIN, OTHERS], ids=["in our letters", "in others"])
def test_what_people_type_stays_text(told: tuple[str, ...]) -> None:
    blocks = (
        Bullets(told),
        Quotes(told[0], tuple(Quote(text, text) for text in told)),
        Table("t", told[1], ("Column", *told[:3]), tuple((text, text, 1, text) for text in told)),
        Places(tuple(Place(number, text, (text,)) for number, text in enumerate(told, 1))),
        ranking((*told[:9], *STATEMENTS)[:9]),
    )
    wish = holding(work(sample(title=told[0])), *blocks)
    markup = on_paper(wish)
    assert re.findall(r"<(?:script|w:|style|link|iframe|object|base)", markup) == []
    assert set(re.findall(r'(?:src|href)="(\w+:)', markup)) == {"data:"}
    paper = made(wish)
    assert (dict(paper.attachments), [page for page in paper.pages if "/Annots" in page]) == ({}, [])
    text = read(paper)
    assert [one for one in PLAIN if (tight(one) in text) != (one in told)] == []
