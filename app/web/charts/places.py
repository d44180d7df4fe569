"""The board: nine statements as a diamond, others one under the other."""

from dataclasses import dataclass

from app.activities.pictures import Diamond
from app.errors import N_, Phrase
from app.web.charts.parts import Cell, Say, Words, block, keys, middle

SHAPE = (1, 2, 3, 2, 1)
GAP = 8
TILE = 24
PAD = 10
LEAST = 76
"""How high a place of the diamond is at least."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Statements on their places one under the other, after the first ones, `before`; of all, `top` are top."""

    statements: tuple[str, ...]
    before: int
    top: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its frame, its number and its statement."""

    frame: Cell
    number: Cell
    words: Words


@dataclass(frozen=True, slots=True)
class BoardLayout:
    """A board, measured."""

    width: float
    height: float
    spots: tuple[Spot, ...]
    keys: Words | None


def board(drawing: Diamond | Rows, width: float, say: Say) -> BoardLayout:
    """Measure a board."""
    if isinstance(drawing, Diamond) and len(drawing.statements) == sum(SHAPE):
        spots = _diamond(drawing, width)
    else:
        rows = drawing if isinstance(drawing, Rows) else Rows(drawing.statements, 0, drawing.top)
        spots = _rows(rows, width)
    bottom = max((spot.frame.y + spot.frame.height for spot in spots), default=0.0)
    some = 0 < drawing.top < len(drawing.statements)
    foot = keys([say(Phrase(N_("Filled numbers: what all stand behind.")))] if some else [], 0, bottom + 8, width)
    return BoardLayout(width, round(bottom + (foot.height + 10 if foot else 2), 1), spots, foot)


def _diamond(drawing: Diamond, width: float) -> tuple[Spot, ...]:
    across = (width - 2 * GAP) / 3
    texts = [block(text, 0, 0, across - TILE - 3 * PAD, 13, "said") for text in drawing.statements]
    high = max(LEAST, max(text.height for text in texts) + 2 * PAD)
    corners = [
        ((width - row * across - (row - 1) * GAP) / 2 + at * (across + GAP), line * (high + GAP) + 1)
        for line, row in enumerate(SHAPE)
        for at in range(row)
    ]
    return tuple(
        _spot(text, at + 1, at < drawing.top, (*corner, across, high))
        for at, (text, corner) in enumerate(zip(texts, corners, strict=True))
    )


def _rows(drawing: Rows, width: float) -> tuple[Spot, ...]:
    spots, top = [], 1.0
    for place, statement in enumerate(drawing.statements, drawing.before + 1):
        text = block(statement, 0, 0, width - TILE - 3 * PAD, 13, "said")
        high = max(TILE, text.height) + PAD
        spots.append(_spot(text, place, place <= drawing.top, (0, top, width, high)))
        top += high + GAP - 3
    return tuple(spots)


def _spot(text: Words, place: int, is_top: bool, frame: tuple[float, float, float, float]) -> Spot:
    x, y, width, height = frame
    left, top = round(x + PAD, 1), round(y + (height - TILE) / 2, 1)
    size = 14 if place < 10 else 13
    number = block(str(place), left + TILE / 2, 0, TILE * 2, size, "head mid on-in" if is_top else "head mid")
    return Spot(
        Cell(round(x + 1.5, 1), round(y, 1), round(width - 3, 1), round(height, 1), 10, _kind("spot", is_top)),
        Cell(left, top, TILE, TILE, 6, _kind("tile", is_top), middle(number, top, TILE)),
        middle(text.across(x + TILE + 2 * PAD), y, height),
    )


def _kind(name: str, is_top: bool) -> str:
    return f"{name} {name}--in" if is_top else name
