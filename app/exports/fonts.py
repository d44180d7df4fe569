"""The two typefaces of the pages, as files need them: one weight each, without anything that varies."""

import io
import json
import logging
from dataclasses import dataclass
from functools import cache
from typing import Any

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from app.web.assets import DIST

TEXT = "Atkinson Hyperlegible Next"
HEAD = "Bricolage Grotesque"
FILES = {
    TEXT: "atkinson-hyperlegible-next-{}-wght-normal.woff2",
    HEAD: "bricolage-grotesque-{}-opsz-normal.woff2",
}
# By family, how heavy it is drawn, and as which weight it is asked for.
WEIGHTS = {TEXT: ((400, 400), (650, 700)), HEAD: ((750, 700),)}
# Headings of paper are this large, in points.
OPTICAL_SIZE = 20


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of a family, as a TrueType file; `weight` is what it is asked for."""

    family: str
    weight: int
    content: bytes


@cache
def faces() -> tuple[Face, ...]:
    """Cut the faces out of the built front end's variable fonts, once; none where it is not built."""
    manifest = DIST / "manifest.json"
    names: dict[str, str] = json.loads(manifest.read_text()) if manifest.exists() else {}
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    return tuple(
        Face(family, weight, _joined([_cut((DIST / names[part]).read_bytes(), drawn) for part in parts]))
        for family, file in FILES.items()
        if set(parts := (file.format("latin"), file.format("latin-ext"))) <= set(names)
        for drawn, weight in WEIGHTS[family]
    )


def _cut(content: bytes, weight: int) -> io.BytesIO:
    font = TTFont(io.BytesIO(content))
    sizes = {"opsz": OPTICAL_SIZE} if any(axis.axisTag == "opsz" for axis in font["fvar"].axes) else {}
    return _written(instantiateVariableFont(font, {"wght": weight, **sizes}))


def _joined(parts: list[io.BytesIO]) -> bytes:
    # In one file: the program that writes PDF takes two of the same name for one, and mixes up their letters.
    return _written(Merger().merge(parts)).getvalue()


def _written(font: Any) -> io.BytesIO:
    font.flavor = None
    written = io.BytesIO()
    font.save(written)
    written.seek(0)
    return written
