"""What pictures are drawn from: plain values, so that page, wall, PDF and Word draw the same.

Law: nothing is in a picture that is not in the table that stands beside it.
"""

from dataclasses import dataclass

from app.errors import Phrase

Text = Phrase | str
"""A str is somebody's own words, or a name, and is never translated; a Phrase is ours."""


@dataclass(frozen=True, slots=True)
class Meter:
    """How far first answers agreed: the words, and how many of five steps are full (0: none of them, words only)."""

    words: Text
    level: int


@dataclass(frozen=True, slots=True)
class Diamond:
    """Statements on their places, best first; nine stand as a diamond (1-2-3-2-1), others in rows.

    The first `top` are those that all stand behind.
    """

    statements: tuple[str, ...]
    top: int


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A statement, and how many tables have it on each place; None where a count may not be told."""

    text: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Statements × places; `columns` head the places, `most` is what the deepest colour stands for."""

    columns: tuple[Text, ...]
    rows: tuple[HeatRow, ...]
    most: int


@dataclass(frozen=True, slots=True)
class SideCell:
    """A statement at one table: what to print, and how deep (1 … 5 among the top, 0 below them). `gone`: discarded."""

    label: Text
    depth: int = 0
    gone: bool = False


@dataclass(frozen=True, slots=True)
class SideRow:
    """A statement at all tables, and what is said of it at the end of the row."""

    text: str
    cells: tuple[SideCell, ...]
    told: Text = ""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Statements × tables: the places that tables gave them. `last` heads what is said at the end of a row."""

    columns: tuple[Text, ...]
    rows: tuple[SideRow, ...]
    last: Text


@dataclass(frozen=True, slots=True)
class End:
    """One end of a journey: the places from `first` to `last` that level statements share; `top`: among the top."""

    first: int
    last: int
    top: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    """A statement's way from the first answers to now; None where it had, or has, no place. `gone`: discarded."""

    text: str
    before: End | None
    now: End | None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Journeys:
    """Each statement's line from the first answers (`before`) to what was agreed (`after`)."""

    before: Text
    after: Text
    ways: tuple[Journey, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer of a histogram: its value, what it means, and its count as told; `height` draws a masked one."""

    value: int
    words: Text
    told: Text
    height: float
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many gave each answer; from `line` on they can stand behind it."""

    bars: tuple[Bar, ...]
    line: int


Drawing = Meter | Diamond | Heat | SideBySide | Journeys | Histogram
