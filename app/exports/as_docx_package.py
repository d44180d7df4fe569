"""What stands around the text of a Word file: its typefaces, its settings, and what is said of it.

Our two typefaces travel in the file, so that it looks the same where nobody has them.
"""

import io
import uuid
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont

from app.exports.as_docx_parts import node
from app.exports.as_docx_styles import HEAD, SPELLING, TEXT
from app.exports.png import fonts
from app.exports.report import Report

R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# What is drawn where a face cannot be used.
INSTEAD = {TEXT: "Verdana", HEAD: "Arial"}
# Of the file that new documents are made from: its picture, its own styles twice, and what nobody reads.
NOT_OURS = ("thumbnail", "stylesWithEffects", "customXml", "webSettings")
# Marks of a TrueType file: bold, and the letters of its style.
BOLD, REGULAR = 0x20, 0x40


def furnish(document: Document, report: Report, language: str) -> None:
    """Set what a document says of itself, and put our typefaces in."""
    _strip(document)
    _describe(document, report, SPELLING.get(language, language))
    _settle(document, SPELLING.get(language, language))
    _embed(document)


def _strip(document: Document) -> None:
    for rels in (document.part.rels, document.part.package.rels):
        for name in [name for name, one in rels.items() if one.reltype.rsplit("/", 1)[-1] in NOT_OURS]:
            del rels[name]


def _describe(document: Document, report: Report, spelling: str) -> None:
    about = document.core_properties
    # The day of the workshop: a file's own time would tell when something was looked at.
    made = datetime.combine(report.day, time(), UTC) if report.day else datetime(2000, 1, 1, tzinfo=UTC)
    # A longer title stands in full on the first page; the standard has no more here.
    about.title = report.title[:250]
    about.subject = str(report.audience)[:250]
    about.author = about.last_modified_by = "Concord"
    about.comments = about.keywords = ""
    about.language = spelling
    about.created = about.modified = made


def _settle(document: Document, spelling: str) -> None:
    settings = document.settings.element
    for name in ("proofState", "savePreviewPicture", "rsids"):
        for one in settings.findall(qn(f"w:{name}")):
            settings.remove(one)
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")
    zoom = settings.find(qn("w:zoom"))
    zoom.set(qn("w:percent"), "100")
    zoom.addnext(node("embedTrueTypeFonts"))
    theme = settings.find(qn("w:themeFontLang"))
    theme.set(qn("w:val"), spelling)


def _embed(document: Document) -> None:
    table = next(one.target_part for one in document.part.rels.values() if one.reltype.endswith("/fontTable"))
    held: dict[str, str] = {TEXT: "", HEAD: ""}
    for number, (family, style, content, key) in enumerate(_faces(), 1):
        name = PackURI(f"/word/fonts/font{number}.odttf")
        part = Part(
            name, "application/vnd.openxmlformats-officedocument.obfuscatedFont", content, document.part.package
        )
        held[family] += f'<w:embed{style} r:id="{table.relate_to(part, RELATIONSHIP_TYPE.FONT)}" w:fontKey="{key}"/>'
    known = "".join(
        f'<w:font w:name="{family}"><w:altName w:val="{INSTEAD[family]}"/><w:charset w:val="00"/>'
        f'<w:family w:val="swiss"/><w:pitch w:val="variable"/>{faces}</w:font>'
        for family, faces in held.items()
    )
    # The part was read as bytes, and is written as such.
    table._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {W} {R}>{known}</w:fonts>'.encode()


@cache
def _faces() -> tuple[tuple[str, str, bytes, str], ...]:
    """Read our faces as Word keeps them: by family and style, with the key that each is hidden with."""
    return tuple(_face(path) for path in fonts())


def _face(path: Path) -> tuple[str, str, bytes, str]:
    font = TTFont(path)
    family = str(font["name"].getDebugName(1))
    heavy = font["OS/2"].usWeightClass >= 600
    style = "Bold" if heavy else "Regular"
    for number, words in ((2, style), (4, f"{family} {style}"), (6, f"{family}-{style}".replace(" ", ""))):
        font["name"].setName(words, number, 3, 1, 0x409)
    font["OS/2"].fsSelection = BOLD if heavy else REGULAR
    font["head"].macStyle = int(heavy)
    written = io.BytesIO()
    font.save(written)
    key = uuid.uuid5(uuid.NAMESPACE_URL, path.name)
    return family, style, _hidden(written.getvalue(), key), f"{{{str(key).upper()}}}"


def _hidden(content: bytes, key: uuid.UUID) -> bytes:
    """Hide a font's first 32 bytes as the standard has it (ECMA-376, 17.8.1): by its key, last byte first."""
    mask = (key.bytes[::-1]) * 2
    return bytes(one ^ other for one, other in zip(content[:32], mask, strict=True)) + content[32:]
