"""What all pictures are put together from: words on lines, cells, points, and where they stand."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.activities.pictures import Text
from app.errors import Phrase
from app.web.charts.lines import balanced, broken, length, longest

Say = Callable[[Phrase], str]
"""How a sentence of ours is written in the reader's language."""

LEADING = 1.28
"""How far lines stand apart, in sizes of their letters."""
SMALLEST = 8.5
"""How small letters may be, in CSS pixels: 6.4 points on paper."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words, by its left end, middle or right end, on its base line."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of one size. `kind` is their classes; `turned`: they are read from below."""

    lines: tuple[Line, ...]
    size: float
    kind: str = ""
    turned: bool = False

    @property
    def height(self) -> float:
        """How much height they take."""
        return self.size * LEADING * len(self.lines)

    def moved(self, down: float) -> "Words":
        """Put them further down."""
        return replace(self, lines=tuple(replace(line, y=round(line.y + down, 1)) for line in self.lines))

    def across(self, right: float) -> "Words":
        """Put them further to the right."""
        return replace(self, lines=tuple(replace(line, x=round(line.x + right, 1)) for line in self.lines))


@dataclass(frozen=True, slots=True)
class Cell:
    """A field with words in it; `kind` is its class, `stripes` the path of what it is hatched with."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    kind: str
    words: Words | None = None
    stripes: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a way: a place in a circle; `top`: among the top."""

    x: float
    y: float
    label: str
    size: float
    top: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A line between two ends."""

    path: str
    kind: str = "path"


def block(text: str, x: float, top: float, width: float, size: float, kind: str = "") -> Words:
    """Set a text in lines, from `top` down."""
    return Words(
        tuple(
            Line(round(x, 1), round(top + size * (LEADING * number + 0.98), 1), line)
            for number, line in enumerate(balanced(text, width, size))
        ),
        size,
        kind,
    )


def middle(words: Words, top: float, height: float) -> Words:
    """Put words that begin at 0 in the middle of a row."""
    return words.moved(top + (height - words.height) / 2)


def fitted(text: str, width: float, sizes: tuple[float, ...], lines: int = 2) -> float | None:
    """Choose the largest of the sizes in which a text fits a width without a word divided; None if none does."""
    for size in sizes:
        if longest(text, size) <= width and len(broken(text, width, size)) <= lines:
            return size
    return None


def head(text: str, x: float, bottom: float, width: float) -> Words:
    """Set what heads a column above `bottom`, around `x`; where it is too narrow, upright."""
    size = fitted(text, width, (12, 11, 10, 9, SMALLEST))
    if size is None:
        return Words((Line(round(x + 3.5, 1), round(bottom, 1), text),), 10.5, "strong", turned=True)
    words = block(text, x, 0, width, size, "strong mid")
    return words.moved(bottom - words.height)


def head_height(texts: tuple[str, ...], width: float) -> float:
    """Measure how high a row of heads is."""
    heads = [head(text, 0, 0, width) for text in texts]
    return max((length(one.lines[0].text, one.size) if one.turned else one.height for one in heads), default=0)


def striped(x: float, y: float, width: float, height: float, step: float = 7) -> str:
    """Draw the lines a field is hatched with; no pattern, as not every reader of pictures knows them."""
    left, top, right, low = x + 1.5, y + 1.5, x + width - 1.5, y + height - 1.5
    found, at = [], left + top + step
    while at < right + low:
        one = (left, at - left) if at - left <= low else (at - low, low)
        other = (at - top, top) if at - top <= right else (right, at - right)
        found.append(f"M{one[0]:.1f} {one[1]:.1f}L{other[0]:.1f} {other[1]:.1f}")
        at += step
    return "".join(found)


def keys(said: list[str], x: float, top: float, width: float) -> Words | None:
    """Set what tells how a picture is read beneath it."""
    return block(" ".join(said), x, top, width, 11, "soft") if said else None


def plain(text: Text) -> str:
    """Take a text of a picture in words as it is."""
    return str(text)
