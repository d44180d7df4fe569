"""The board: nine statements as a diamond, others one under the other."""

from dataclasses import dataclass

from app.activities.pictures import Diamond
from app.errors import N_, Phrase
from app.web.charts.parts import Cell, Say, Words, block, keys, middle

SHAPE = (1, 2, 3, 2, 1)
GAP = 8
TILE = 24
PAD = 10


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


def board(drawing: Diamond, width: float, say: Say) -> BoardLayout:
    """Measure a board."""
    many = len(drawing.statements)
    nine = many == sum(SHAPE)
    size = 13.0 if many <= 12 else 12.0
    across = (width - 2 * GAP) / 3 if nine else width
    texts = [block(text, 0, 0, across - TILE - 3 * PAD, size, "said") for text in drawing.statements]
    if nine:
        corners, high = _diamond(width, across, texts)
        heights = [high] * many
    else:
        heights = [max(TILE, text.height) + 2 * PAD - 4 for text in texts]
        corners = [(0.0, sum(heights[:at]) + at * (GAP - 2)) for at in range(many)]
    spots = tuple(
        _spot(drawing, at, text.lines, size, (*corner, across, heights[at]))
        for at, (text, corner) in enumerate(zip(texts, corners, strict=True))
    )
    bottom = max((spot.frame.y + spot.frame.height for spot in spots), default=0.0)
    some = 0 < drawing.top < many
    foot = keys([say(Phrase(N_("Filled numbers: what all stand behind.")))] if some else [], 0, bottom + 8, width)
    return BoardLayout(width, round(bottom + (foot.height + 10 if foot else 2), 1), spots, foot)


def _diamond(width: float, across: float, texts: list[Words]) -> tuple[list[tuple[float, float]], float]:
    high = max(76.0, max(text.height for text in texts) + 2 * PAD)
    corners = [
        ((width - row * across - (row - 1) * GAP) / 2 + at * (across + GAP), line * (high + GAP) + 1)
        for line, row in enumerate(SHAPE)
        for at in range(row)
    ]
    return corners, high


def _spot(
    drawing: Diamond, at: int, lines: tuple[object, ...], size: float, frame: tuple[float, float, float, float]
) -> Spot:
    x, y, width, height = frame
    top = at < drawing.top
    tile = (x + PAD, y + (height - TILE) / 2)
    number = block(str(at + 1), tile[0] + TILE / 2, 0, TILE * 2, 14, f"head mid {'on-in' if top else ''}")
    words = block(drawing.statements[at], x + TILE + 2 * PAD, 0, width - TILE - 3 * PAD, size, "said")
    return Spot(
        Cell(
            round(x + 1, 1), round(y, 1), round(width - 2, 1), round(height, 1), 10, "spot spot--in" if top else "spot"
        ),
        Cell(
            round(tile[0], 1),
            round(tile[1], 1),
            TILE,
            TILE,
            6,
            "tile tile--in" if top else "tile",
            middle(number, tile[1], TILE),
        ),
        middle(words, y, height),
    )
