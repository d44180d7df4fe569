"""The journey: a line for each statement from the first answers to what was agreed."""

from dataclasses import dataclass

from app.activities.pictures import End, Journey, Journeys
from app.errors import N_, Phrase
from app.web.charts.parts import Line, Point, Say, Way, Words, block, fitted, keys, middle, plain

LEFT, RIGHT, TEXT = 15, 165, 188
NOWHERE = 1000
CROSS = "×"


@dataclass(frozen=True, slots=True)
class JourneysLayout:
    """All ways, measured."""

    width: float
    height: float
    heads: tuple[Words, ...]
    ways: tuple[Way, ...]
    points: tuple[Point, ...]
    marks: tuple[Words, ...]
    words: tuple[Words, ...]
    radius: float
    keys: Words | None


def journeys(drawing: Journeys, width: float, say: Say) -> JourneysLayout:
    """Measure the ways: statements in the order they have come to, those without a place last."""
    ways = in_order(drawing.ways)
    many = len(ways)
    size, least, radius = (13.0, 32.0, 12.0) if many <= 16 else (11.5, 25.0, 10.5)
    heads, top = _heads(drawing, width)
    words, middles = [], []
    for way in ways:
        text = block(way.text, TEXT, 0, width - TEXT, size, "said strong" if _is_top(way.now) else "said")
        high = max(least, text.height + 8)
        words.append(middle(text, top, high))
        middles.append(round(top + high / 2, 1))
        top += high
    started = sorted((at for at in range(many) if ways[at].before), key=lambda at: _first(ways[at].before))
    left = dict(zip(started, middles, strict=False))
    drawn = [(_way(way, left.get(at), middles[at])) for at, way in enumerate(ways)]
    foot = keys(_said(ways, say), 0, top + 6, width)
    return JourneysLayout(
        width=width,
        height=round(top + (foot.height + 8 if foot else 0), 1),
        heads=heads,
        ways=tuple(sorted((way for way in drawn if way), key=lambda way: way.kind)),
        points=(
            *(_point(LEFT, y, ways[at].before, radius) for at, y in left.items()),
            *(_point(RIGHT, middles[at], way.now, radius) for at, way in enumerate(ways) if way.now),
        ),
        marks=tuple(
            Words((Line(RIGHT, round(middles[at] + 6, 1), CROSS if way.gone else "–"),), 18, "head mid")
            for at, way in enumerate(ways)
            if not way.now
        ),
        words=tuple(words),
        radius=radius,
        keys=foot,
    )


def in_order(ways: tuple[Journey, ...]) -> tuple[Journey, ...]:
    """Put statements in the order they have come to, those without a place last."""
    return tuple(sorted(ways, key=lambda way: way.now.first if way.now else NOWHERE))


def _heads(drawing: Journeys, width: float) -> tuple[tuple[Words, ...], float]:
    before, after = plain(drawing.before), plain(drawing.after)
    size = fitted(before, 130, (12, 11, 10), 2) or 10
    left = block(before, 2, 0, 130, size, "soft")
    right = block(after, RIGHT - 13, 0, width - RIGHT, size, "soft")
    bottom = max(left.height, right.height)
    return (left.moved(bottom - left.height), right.moved(bottom - right.height)), bottom + 8


def _way(way: Journey, left: float | None, right: float) -> Way | None:
    if left is None or not (way.now or way.gone):
        return None
    kind = "path path--in" if _is_top(way.now) else "path path--out" if way.gone else "path"
    return Way(curve(LEFT, left, RIGHT - (8 if way.gone else 0), right), kind)


def curve(left: float, start: float, right: float, end: float) -> str:
    """Draw a soft line from one height to another."""
    third = (right - left) * 0.48
    return f"M{left} {start}C{left + third:.1f} {start} {right - third:.1f} {end} {right} {end}"


def _point(x: float, y: float, end: End | None, radius: float) -> Point:
    first, last, top = (end.first, end.last, end.top) if end else (0, 0, False)
    label = f"{first}=" if last != first else str(first)
    return Point(x, y, label, round(radius * (1.15 if len(label) < 3 else 0.95), 1), top)


def _first(end: End | None) -> int:
    return end.first if end else 0


def _is_top(end: End | None) -> bool:
    return end is not None and end.top


def _said(ways: tuple[Journey, ...], say: Say) -> list[str]:
    ends = [end for way in ways for end in (way.before, way.now) if end]
    told = []
    if len({end.top for end in ends}) > 1:
        told.append(say(Phrase(N_("Filled circles: among the top."))))
    if any(end.first != end.last for end in ends):
        told.append(say(Phrase(N_("An equals sign: a place that level statements share."))))
    if any(way.gone for way in ways):
        told.append(f"{CROSS} " + say(Phrase(N_("Discarded."))))
    return told
