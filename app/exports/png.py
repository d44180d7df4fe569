"""Pictures as PNG, for what cannot hold SVG, drawn with our two typefaces.

Law: nothing is fetched, and no file is read but fonts; the system's only for signs that ours lack.
"""

import atexit
import io
import re
import shutil
import tempfile
import unicodedata
from base64 import b64encode
from functools import cache
from itertools import groupby
from pathlib import Path

import resvg_py
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

from app.exports.fonts import Face, faces

# Kerning and variants take longest to put together, and pictures hold short lines.
NOT_NEEDED = ("GDEF", "GPOS", "GSUB", "STAT")
STRONG, LIGHT = 700, 400
WEIGHT = re.compile(r"font-weight: ?(\d+)")
SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
STYLED = re.compile("bold|italic|oblique|light|thin|black|medium|condensed|narrow|mono|(?<!sans)serif", re.IGNORECASE)
HIGHEST_PX = 8_000
"""How high a picture may be; a higher one is drawn less wide, so that it fits memory."""


def png(svg: str, width_px: int) -> bytes:
    """Draw an SVG that stands alone on white, so many pixels wide, or less where it is very high."""
    plain = "".join(map(_plainer, svg))
    ours = set(plain) <= _known()
    others = () if ours else _others()
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=WEIGHT.sub(_nearest, plain),
            width=_widest(svg, width_px),
            background="#ffffff",
            font_files=[str(path) for path in (*fonts(), *others)],
            skip_system_fonts=ours or bool(others),
        )
    )


def address(svg: str) -> str:
    """Make an address that holds a whole picture, as paper wants it.

    It stays SVG where our faces have every sign. Where they lack some, it is a PNG: the program that writes paper sets
    the text of pictures sign by sign, which no script that joins letters or runs from right to left would bear.
    """
    if set(svg) <= _known():
        return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
    return "data:image/png;base64," + b64encode(png(svg, 2 * round(size(svg)[0]))).decode()


@cache
def fonts() -> tuple[Path, ...]:
    """Write our faces where the drawing program finds them, once: each in one file, for it looks in no second one."""
    folder = Path(tempfile.mkdtemp(prefix="concord-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    order = sorted(faces(), key=lambda face: (face.family, face.weight))
    return tuple(
        _joined(folder, list(parts)) for _, parts in groupby(order, key=lambda face: (face.family, face.weight))
    )


def _joined(folder: Path, parts: list[Face]) -> Path:
    family, weight = parts[0].family, parts[0].weight
    path = folder / f"{family}-{weight}.ttf"
    files = []
    for number, part in enumerate(parts):
        font = TTFont(io.BytesIO(part.content))
        for table in NOT_NEEDED:
            if table in font:
                del font[table]
        files.append(str(folder / f"{number}-{path.name}"))
        font.save(files[-1])
    font = Merger().merge(files)
    font["name"].setName(family, 1, 3, 1, 0x409)
    font["name"].setName(f"{family} {weight}", 4, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font.save(path)
    return path


@cache
def _known() -> frozenset[str]:
    signs = [set(map(chr, TTFont(path).getBestCmap())) for path in fonts()]
    both = set.intersection(*signs) | set("\n\t ") if signs else set()
    # A mark stands on the letter before it, which takes a program that looks at more than one sign.
    return frozenset(sign for sign in both if not unicodedata.combining(sign))


@cache
def _others() -> tuple[Path, ...]:
    """Find upright, plain fonts for other scripts: of all there are, the program might take a bold and slanted one."""
    found = (path for folder in SYSTEM for path in sorted(folder.rglob("*.[ot]t[fc]")))
    return tuple(path for path in found if not STYLED.search(path.stem))


def _plainer(sign: str) -> str:
    """Write a sign that our faces lack as what it is made of, where they have that, as a ligature's two letters."""
    if sign in _known():
        return sign
    parts = unicodedata.normalize("NFKC", sign)
    return parts if parts.isalnum() and set(parts) <= _known() else sign


def _nearest(found: re.Match[str]) -> str:
    return f"font-weight: {STRONG if int(found[1]) >= 600 else LIGHT}"


def size(svg: str) -> tuple[float, float]:
    """Read how large a picture is, in CSS pixels."""
    width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups()  # type: ignore[union-attr]  # ours has it
    return float(width), float(height)


def _widest(svg: str, width_px: int) -> int:
    width, height = size(svg)
    return max(1, int(HIGHEST_PX * width / height)) if height * width_px > HIGHEST_PX * width else width_px
