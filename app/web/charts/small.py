"""The small pictures: the agreement meter, and the histogram of a check."""

from dataclasses import dataclass

from app.activities.pictures import Bar, Histogram, Meter
from app.errors import N_, Phrase
from app.web.charts.parts import Cell, Line, Say, Words, block, fitted, plain, striped

STEPS = 5
METER, HISTOGRAM = 320.0, 340.0
TALLEST = 112.0
BAR, PITCH = 44.0, 53.4


@dataclass(frozen=True, slots=True)
class MeterLayout:
    """A meter, measured; without steps where there are words alone."""

    width: float
    height: float
    words: Words
    steps: tuple[Cell, ...]
    ends: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class HistogramLayout:
    """A histogram, measured: its bars of blocks, and where those who can stand behind it begin."""

    width: float
    height: float
    blocks: tuple[Cell, ...]
    told: tuple[Words, ...]
    values: tuple[Words, ...]
    axis: float
    border: float
    sides: tuple[Words, ...]


def meter(drawing: Meter, say: Say) -> MeterLayout:
    """Measure an agreement meter."""
    words = block(plain(drawing.words), 0, 0, METER, 22, "head")
    if not drawing.level:
        return MeterLayout(METER, round(words.height + 4, 1), words, (), ())
    top, step = round(words.height + 8, 1), METER / STEPS
    steps = tuple(
        Cell(round(at * step + 1, 1), top, round(step - 5, 1), 12, 4, "full" if at < drawing.level else "empty")
        for at in range(STEPS)
    )
    low, high = say(Phrase(N_("a little in common"))), say(Phrase(N_("unusually strong")))
    ends = (
        Words((Line(1, top + 29, low),), 13, "soft"),
        Words((Line(METER - 4, top + 29, high),), 13, "soft end"),
    )
    return MeterLayout(METER, top + 34, words, steps, ends)


def histogram(drawing: Histogram, say: Say) -> HistogramLayout:
    """Measure a histogram: a block for each answer, one striped bar for a count that is not told exactly."""
    tallest = max([bar.height for bar in drawing.bars] + [1.0])
    each = min(28.0, TALLEST / tallest)
    above = [bar.height * each + 6 + _count(bar, 0).height for bar in drawing.bars if bar.height]
    axis = round(max([each * tallest + 26, *above]), 1)
    blocks = tuple(cell for at, bar in enumerate(drawing.bars) for cell in _blocks(bar, at, axis, each, drawing.line))
    told = tuple(_told(bar, at, axis, each) for at, bar in enumerate(drawing.bars) if bar.height)
    values = tuple(
        Words((Line(_x(at) + BAR / 2, axis + 20, str(bar.value)),), 17, "head mid")
        for at, bar in enumerate(drawing.bars)
    )
    border = round(10 + PITCH * drawing.line - 4.4)
    low, high = _sides(drawing.line, say)
    sides = (
        *_side(low, border - 8, axis + 44, " end", border - 10),
        *_side(high, border + 8, axis + 44, "", HISTOGRAM - border - 10),
    )
    height = max((line.y for words in sides for line in words.lines), default=axis + 44) + 10
    return HistogramLayout(HISTOGRAM, round(height, 1), blocks, told, values, axis, border, sides)


def _x(at: int) -> float:
    return round(10 + PITCH * at, 1)


def _blocks(bar: Bar, at: int, axis: float, each: float, line: int) -> list[Cell]:
    kind = "above" if bar.value >= line else "below"
    high = round(bar.height * each - (4 if each > 9 else 1), 1)
    if not bar.height:
        return []
    if bar.masked:
        y = round(axis - 2 - high, 1)
        return [Cell(_x(at), y, BAR, high, 3, f"{kind} masked", stripes=striped(_x(at), y, BAR, high))]
    gap = 4.0 if each > 9 else max(1.0, each / 4)
    if each < 4:
        return [Cell(_x(at), round(axis - 1 - bar.height * each, 1), BAR, high, 2, kind)]
    return [
        Cell(_x(at), round(axis - 1 - each * level, 1), BAR, round(each - gap, 1), 3 if each > 9 else 1.5, kind)
        for level in range(1, round(bar.height) + 1)
    ]


def _count(bar: Bar, at: int) -> Words:
    told = str(bar.told)
    size = fitted(told, PITCH - 2, (13, 12, 11, 10), 2) or 10
    return block(told, _x(at) + BAR / 2, 0, PITCH - 2, size, "strong mid")


def _told(bar: Bar, at: int, axis: float, each: float) -> Words:
    words = _count(bar, at)
    return words.moved(axis - bar.height * each - 4 - words.height)


def _sides(line: int, say: Say) -> tuple[str, str]:
    if line == 1:
        return say(Phrase(N_("no"))), say(Phrase(N_("everything but a no")))
    return say(Phrase(N_("would need a change"))), say(Phrase(N_("can stand behind it")))


def _side(text: str, x: float, y: float, end: str, width: float) -> tuple[Words, ...]:
    if width < 20:
        return ()
    return (block(text, x, y - 13.5, width, 13.5 if fitted(text, width, (13.5,), 1) else 12, f"soft{end}"),)
