"""A report as a Word file: real headings, lists and tables, pictures with alternative texts.

Law: what people wrote is text here, never a field, a link or markup, and nothing is cut.
"""

import io
import zipfile
from collections.abc import Sequence

from babel.dates import format_date
from docx import Document

from app.activities.summary import Block, Card, Details, Picture, Section
from app.errors import N_
from app.exports.as_docx_blocks import Pen
from app.exports.as_docx_package import furnish
from app.exports.as_docx_styles import dress
from app.exports.cells import plain
from app.exports.formats import File, Progress, Work
from app.web.templates import DATES, say

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write(work: Work, progress: Progress) -> File:
    """Write a Word file; the tables behind its pictures stand at its end, so that it reads well before."""
    document = Document()
    dress(document, work.language)
    furnish(document, work.report, work.language)
    report = work.report
    drawn = _pictures(report.sections)
    pen = Pen(document, work, len(drawn))
    _begin(pen, work)
    total = len(report.sections) + len(drawn) + 1
    done = 0
    for section in report.sections:
        pen.section(section, 1)
        done += 1 + len(_pictures(section.blocks))
        progress(done, total)
    if drawn:
        pen.behind_pictures(drawn)
    pen.end()
    packed = io.BytesIO()
    document.save(packed)
    progress(total, total)
    return File(undated(packed), "docx", MEDIA)


def undated(packed: io.BytesIO) -> bytes:
    """Pack a file's parts again without their times, which would tell when something was looked at."""
    again = io.BytesIO()
    with zipfile.ZipFile(packed) as parts, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(zipfile.ZipInfo(name), parts.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()


def _begin(pen: Pen, work: Work) -> None:
    """Write whose summary it is, what for and when, and the facts at its head."""
    report = work.report
    pen.text("Title", report.title)
    if report.purpose:
        pen.text("Subtitle", report.purpose)
    facts = list(report.facts)
    told = [(plain(fact.label), plain(fact.value)) for fact in facts]
    if report.day:
        told.insert(0, (say(work.language, N_("Day")), format_date(report.day, "long", locale=DATES[work.language])))
    pen.facts(told)


def _pictures(blocks: Sequence[Block]) -> list[Picture]:
    """Find all pictures, in the order they are read in."""
    found: list[Picture] = []
    for block in blocks:
        if isinstance(block, Picture):
            found.append(block)
        elif isinstance(block, Section | Card | Details):
            found.extend(_pictures(block.blocks))
    return found
