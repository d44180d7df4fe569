"""The two typefaces of the pages, as files need them: one weight each, without anything that varies.

They are cut as the front end is built (hatch_build.py).
"""

from dataclasses import dataclass
from functools import cache

from app.web.assets import DIST

TEXT = "Atkinson Hyperlegible Next"
HEAD = "Bricolage Grotesque"
FILES = {(TEXT, 400): "text-400.ttf", (TEXT, 700): "text-700.ttf", (HEAD, 700): "head-700.ttf"}


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of a family, as a TrueType file; `weight` is what it is asked for."""

    family: str
    weight: int
    content: bytes


@cache
def faces() -> tuple[Face, ...]:
    """Read the faces, once; none where the front end is not built."""
    cut = {key: DIST / "faces" / name for key, name in FILES.items()}
    return tuple(Face(*key, path.read_bytes()) for key, path in cut.items() if path.exists())
