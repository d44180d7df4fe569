"""Pictures too high for a page, in parts that each fit one."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from app.activities.pictures import Diamond, Drawing, Heat, Histogram, Journeys, Meter, SideBySide
from app.web.charts.journeys import in_order
from app.web.charts.places import Rows

Height = Callable[[Drawing | Rows], float]
"""How high a picture is once it is laid out."""


def divided(drawing: Drawing, height: float, high: Height) -> tuple[Drawing | Rows, ...]:
    """Divide a picture into parts of a page's height, in order; none where even one statement is higher than a page."""
    if high(drawing) <= height:
        return (drawing,)
    if isinstance(drawing, Meter | Histogram):
        return ()
    many = _many(drawing)
    for parts in range(1, many + 1):
        found = tuple(_part(drawing, *share) for share in shares(many, parts))
        if all(high(one) <= height for one in found):
            return found
    return ()


def shares(many: int, parts: int) -> list[tuple[int, int]]:
    """Share so many statements among parts, each from one to before another.

    >>> shares(10, 3)
    [(0, 4), (4, 7), (7, 10)]
    """
    ends = [-(-many * part // parts) for part in range(parts + 1)]
    return list(pairwise(ends))


def _many(drawing: Diamond | Heat | SideBySide | Journeys) -> int:
    match drawing:
        case Diamond():
            return len(drawing.statements)
        case Journeys():
            return len(drawing.ways)
        case _:
            return len(drawing.rows)


def _part(drawing: Diamond | Heat | SideBySide | Journeys, first: int, end: int) -> Drawing | Rows:
    match drawing:
        case Diamond():
            return Rows(drawing.statements[first:end], first, drawing.top)
        case Journeys():
            return replace(drawing, ways=in_order(drawing.ways)[first:end])
        case Heat():
            return replace(drawing, rows=drawing.rows[first:end])
        case SideBySide():
            return replace(drawing, rows=drawing.rows[first:end])
