"""The pages of a Word file: upright and lying ones, with what stands at their top and bottom."""

import io
import re
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm

from app.errors import N_, Phrase
from app.exports.as_docx_parts import INK, Element, node, paragraph, run, twips
from app.exports.as_docx_parts import field as word_field
from app.exports.as_docx_styles import HEAD
from app.exports.cells import pieces, plain
from app.exports.formats import Work
from app.exports.png import png
from app.web.templates import say

# Millimetres: a page's two sides, and the room around its text.
A4, A3 = (210, 297), (297, 420)
MARGIN, TOP, BOTTOM, EDGE = 18, 27, 22, 11
BRAND = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><path fill="#4a1f8f" d="'
    "M12 1l4.2 4.2L12 9.4 7.8 5.2zM5.2 7.8l4.2 4.2-4.2 4.2L1 12zM18.8 7.8L23 12l-4.2 4.2-4.2-4.2z"
    'M12 14.6l4.2 4.2L12 23l-4.2-4.2z"/></svg>'
)
# What marks a picture as saying nothing that its text does not.
DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
OWN = "http://schemas.microsoft.com/office/drawing/2017/decorative"
# A title longer than this is not repeated in full on every page.
TITLE = 90


@dataclass(slots=True)
class Pages:
    """Where a file's text goes: whether its page lies on its side, and whether nothing stands on it yet."""

    document: Document
    work: Work
    lying: bool = False
    fresh: bool = True
    bars: dict[bool, tuple[str, str]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How wide a line is, in Word's unit."""
        return twips(self._sides()[0] - 2 * MARGIN)

    def add(self, made: Element) -> None:
        """Put something at the end."""
        body = self.document.element.body
        body.insert(len(body) - 1, made)
        self.fresh = False

    def turn(self, lying: bool) -> None:
        """Go on on a page that lies on its side, or on one that does not."""
        if lying == self.lying:
            return
        if not self.fresh:
            self._last().find(qn("w:pPr")).append(self._page())
        self.lying, self.fresh = lying, True

    def end(self) -> None:
        """Say how the last pages are."""
        body = self.document.element.body
        body.replace(body[-1], self._page())

    def _last(self) -> Element:
        """Give the last paragraph; after a table there must be one."""
        last = self.document.element.body[-2]
        if last.tag != qn("w:p"):
            last = paragraph("Gap")
            self.add(last)
        return last

    def _sides(self) -> tuple[int, int]:
        if not self.lying:
            return A4
        short, long = A3 if self.work.paper == "a3" else A4
        return long, short

    def _page(self) -> Element:
        width, height = self._sides()
        top, bottom = self._bars()
        side = twips(MARGIN)
        return node(
            "sectPr",
            _reference("headerReference", top),
            _reference("footerReference", bottom),
            node("pgSz", w=twips(width), h=twips(height), orient="landscape" if self.lying else None),
            node(
                "pgMar",
                top=twips(TOP),
                right=side,
                bottom=twips(BOTTOM),
                left=side,
                header=twips(EDGE),
                footer=twips(EDGE),
                gutter=0,
            ),
        )

    def _bars(self) -> tuple[str, str]:
        """Write what stands at the top and the bottom of pages as wide as these, once."""
        if self.lying not in self.bars:
            document: Any = self.document.part
            header, top = document.add_header_part()
            footer, bottom = document.add_footer_part()
            self.bars[self.lying] = top, bottom
            for part, made in ((header, self._top(header)), (footer, self._bottom())):
                for child in list(part.element):
                    part.element.remove(child)
                part.element.append(self._tabbed(made))
        return self.bars[self.lying]

    def _tabbed(self, made: Element) -> Element:
        tabs = node("tabs", node("tab", val="right", pos=self.width))
        made.find(qn("w:pPr")).insert(1, tabs)
        return made

    def _top(self, part: Any) -> Element:
        inline = flush(part.new_pic_inline(io.BytesIO(png(BRAND, 96)), width=Mm(4.4)))
        _decorate(inline)
        drawing: Any = node("drawing")
        drawing.append(inline)
        mark = node("r", node("rPr", node("position", val=-5)), drawing)
        audience = plain(self.work.report.audience)
        return paragraph("Header", mark, run("  Concord", face=HEAD, color=INK), run(f"\t{audience}"))

    def _bottom(self) -> Element:
        title = pieces(self.work.report.title, TITLE)
        shown = title[0] if len(title) == 1 else f"{title[0].strip()} …"
        page, pages = list(word_field("PAGE", "1")), list(word_field("NUMPAGES", "1"))
        sentence = Phrase(N_("Page {page} of {pages}"), {"page": "\x00", "pages": "\x01"})
        runs: list[Element] = [run("\t")]
        fields = {"\x00": page, "\x01": pages}
        for piece in re.split("([\x00\x01])", say(self.work.language, sentence)):
            runs.extend(fields.get(piece) or [run(piece)])
        return paragraph("Footer", *runs, text=" ".join(shown.split()))


def flush(inline: Any) -> Any:
    """Let a picture stand where its line begins; programs differ in what they leave beside it otherwise."""
    for side in "TBLR":
        inline.set(f"dist{side}", "0")
    return inline


def _reference(what: str, part: str) -> Element:
    made = node(what, type="default")
    made.set(qn("r:id"), part)
    return made


def _decorate(inline: Any) -> None:
    """Tell reading programs to pass a picture by."""
    inline.docPr.append(
        parse_xml(
            f'<a:extLst xmlns:a="{DRAWING}"><a:ext uri="{DECORATIVE}"><d:decorative xmlns:d="{OWN}" val="1"/></a:ext>'
            "</a:extLst>"
        )
    )
