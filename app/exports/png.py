"""Pictures as PNG, for what cannot hold SVG, drawn with our two typefaces.

Law: nothing is fetched, and no file is read but fonts.
"""

import atexit
import shutil
import tempfile
from base64 import b64encode
from functools import cache
from pathlib import Path

import resvg_py
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from app.web.assets import DIST

FACES = (("atkinson", 400), ("atkinson", 500), ("atkinson", 650), ("bricolage", 750))
"""Which weights of which face pictures are written in."""
HIGHEST = 12_000
"""How high a picture may be in pixels; a higher one is drawn smaller."""


def png(svg: str, width_px: int) -> bytes:
    """Draw an SVG that stands alone, so many pixels wide, on white."""
    fonts = _fonts()
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width_px,
            background="#ffffff",
            font_files=[str(path) for path in fonts],
            skip_system_fonts=set(svg) <= _known(),
        )
    )


def uri(svg: str) -> str:
    """Give an SVG that stands alone as an address that holds it all."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


@cache
def _fonts() -> tuple[Path, ...]:
    folder = Path(tempfile.mkdtemp(prefix="concord-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return tuple(
        _instance(source, weight, folder) for name, weight in FACES for source in sorted(DIST.glob(f"{name}*.woff2"))
    )


def _instance(source: Path, weight: int, folder: Path) -> Path:
    font = TTFont(source)
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    fixed = instantiateVariableFont(font, axes | {"wght": weight} | ({"opsz": 14} if "opsz" in axes else {}))
    fixed.flavor = None
    fixed["OS/2"].usWeightClass = weight
    for record in list(fixed["name"].names):
        if record.nameID in (16, 17, 21, 22, 25):
            fixed["name"].removeNames(nameID=record.nameID)
    family = "Bricolage Grotesque" if "bricolage" in source.name else "Atkinson Hyperlegible Next"
    fixed["name"].setName(family, 1, 3, 1, 0x409)
    path = folder / f"{source.stem}-{weight}.ttf"
    fixed.save(path)
    return path


@cache
def _known() -> frozenset[str]:
    return frozenset(chr(sign) for path in _fonts() for sign in TTFont(path).getBestCmap()) | {"\n"}
