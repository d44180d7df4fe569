"""PDF: the report on paper, tagged for screen readers (PDF/UA-1), with bookmarks and page numbers.

Law: nothing is fetched but what is in the document itself, and nothing is embedded but fonts and pictures.
"""

import base64
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial

from markupsafe import Markup
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from app.activities.summary import Picture
from app.errors import N_, Phrase
from app.exports.drawn import Drawn, sections, tables_of_pictures
from app.exports.fonts import faces
from app.exports.formats import File, Paper, Progress, Work
from app.exports.png import address, size
from app.exports.tagged import set_apart
from app.web.charts import on_sheets
from app.web.templates import APP, draw, say

STYLE = APP / "templates" / "exports" / "print.css"
WIDE = {"a4": "A4 landscape", "a3": "A3 landscape"}


def in_itself() -> URLFetcher:
    """Fetch what an address holds itself, and nothing from anywhere else."""
    return URLFetcher(allowed_protocols=("data",), allow_redirects=False)


def write(work: Work, progress: Progress) -> File:
    """Write a workshop as PDF."""
    fonts, style = prepared(work.paper)
    with _telling(progress):
        document = HTML(string=on_paper(work), url_fetcher=in_itself()).render(font_config=fonts, stylesheets=[style])
        content: bytes = document.write_pdf(finisher=set_apart, pdf_variant="pdf/ua-1")
    return File(content, "pdf", "application/pdf")


def on_paper(work: Work) -> str:
    """Draw the whole document, as markup."""
    by = Drawn(work.language, partial(_images, work.language), paper=True)
    return draw(
        work.language,
        "exports/print.html",
        report=work.report,
        sections=sections(work.report, by),
        tables=tables_of_pictures(work.report),
        by=by,
    )


@cache
def prepared(paper: Paper) -> tuple[FontConfiguration, CSS]:
    """Read the style sheet and load the fonts, once for each size of paper."""
    fonts = FontConfiguration()
    rules = [
        f"@font-face {{ font-family: '{face.family}'; font-weight: {face.weight};"
        f" src: url(data:font/ttf;base64,{base64.b64encode(face.content).decode()}) }}"
        for face in faces()
    ]
    rules += [f"@page wide {{ size: {WIDE[paper]} }}", STYLE.read_text(encoding="utf-8")]
    return fonts, CSS(string="\n".join(rules), font_config=fonts, url_fetcher=in_itself())


def _images(language: str, picture: Picture, at: str) -> Markup:
    """Put a picture on paper, in as many parts as pages want; nothing where its table has to do."""
    parts = on_sheets(language, picture, at)
    told = " ".join(str(sentence) for sentence in (picture.title, *picture.alt))
    return Markup().join(
        Markup('<img src="{}" style="width: {}px" alt="{}">').format(
            address(svg), size(svg)[0], told if number == 1 else _part(language, picture, number, len(parts))
        )
        for number, svg in enumerate(parts, 1)
    )


def _part(language: str, picture: Picture, number: int, parts: int) -> str:
    values: dict[str, object] = {"title": picture.title, "n": number, "parts": parts}
    return say(language, Phrase(N_("{title}, part {n} of {parts}"), values))


class _Steps(logging.Handler):
    """Tells how far a document is, from what its maker logs: its steps, and the pages laid out."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        if found := re.match(r"Step (\d)", record.getMessage()):
            self.progress(int(found[1]), 7)


@contextmanager
def _telling(progress: Progress) -> Iterator[None]:
    logger = logging.getLogger("weasyprint.progress")
    steps, level = _Steps(progress), logger.level
    logger.addHandler(steps)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(steps)
        logger.setLevel(level)
