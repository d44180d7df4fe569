"""Tideman's ranked pairs: majorities are settled from the largest down; one that would close a circle is dropped."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from app.consensus.profile import Profile

MOST_STEPS = 5_000
"""Ways of settling level majorities that are followed at most: about a tenth of a second."""

Reach = tuple[int, ...]
"""For each statement, as bits, those it stands above by what is settled so far."""

Edge = tuple[int, int]


def ranked_pairs_winners(p: Profile, most_steps: int = MOST_STEPS) -> tuple[int, ...] | None:
    """List the statements that win by some order of settling level majorities (Tideman, 1987).

    Majorities are measured by their margin; exact halves settle nothing. None where there are too many
    ways to follow.

    >>> ranked_pairs_winners(Profile.of("abc", "bca", "cab"))
    (0, 1, 2)
    """
    margin = p.wins - p.wins.T
    reach = _closed([_bits(row) for row in margin > 0])
    found: list[int] = []
    for circle in _leading(reach):
        winners = _winners(circle, _tiers(circle, margin.tolist()), most_steps)
        if winners is None:
            return None
        found += winners
    return tuple(sorted(found))


def _bits(chosen: np.typing.NDArray[np.bool_]) -> int:
    return sum(1 << int(item) for item in chosen.nonzero()[0])


def _closed(above: list[int]) -> list[int]:
    """Join who stands above whom to all that is reached through others."""
    reach = list(above)
    for middle in range(len(reach)):
        for item in range(len(reach)):
            if reach[item] >> middle & 1:
                reach[item] |= reach[middle]
    return reach


def _leading(reach: list[int]) -> list[list[int]]:
    """Group the statements whom only their own circle beats; circles never meet, so each is settled alone."""
    items = range(len(reach))
    led = [[other for other in items if reach[other] >> item & 1] for item in items]
    groups = {
        tuple(sorted({item, *led[item]})) for item in items if all(reach[item] >> other & 1 for other in led[item])
    }
    return [list(group) for group in sorted(groups)]


def _tiers(circle: list[int], margin: list[list[int]]) -> list[list[Edge]]:
    """Sort the majorities inside a circle, the largest first; level ones share a tier."""
    edges = [(x, y) for x in circle for y in circle if margin[x][y] > 0]
    edges.sort(key=lambda edge: -margin[edge[0]][edge[1]])
    return [list(tier) for _, tier in groupby(edges, key=lambda edge: margin[edge[0]][edge[1]])]


def _winners(circle: list[int], tiers: list[list[Edge]], most_steps: int) -> set[int] | None:
    """Follow every way of settling the tiers; ways that lead to the same place, or to no new winner, are left."""
    found: set[int] = set()
    begun: tuple[int, Reach] = (0, (0,) * (1 + max(circle)))
    seen, waiting = {begun}, [begun]
    while waiting:
        level, reach = waiting.pop()
        leading = _unbeaten(circle, reach)
        if leading <= found:
            continue
        if level == len(tiers):
            found |= leading
            continue
        ways = _ways(reach, tiers[level])
        following = [(level, way) for way in ways] or [(level + 1, reach)]
        waiting += [step for step in following if step not in seen]
        seen.update(following)
        if len(seen) > most_steps:
            return None
    return found


def _unbeaten(circle: list[int], reach: Reach) -> set[int]:
    beaten = 0
    for below in reach:
        beaten |= below
    return {item for item in circle if not beaten >> item & 1}


def _ways(reach: Reach, tier: list[Edge]) -> list[Reach]:
    """Give what one more step can settle: all that is in no circle at once, else each majority by itself."""
    left = [(x, y) for x, y in tier if not reach[x] >> y & 1 and not reach[y] >> x & 1]
    if len(left) > 1:
        above = list(reach)
        for x, y in left:
            above[x] |= 1 << y
        joined = _closed(above)
        free = [(x, y) for x, y in left if not joined[y] >> x & 1]
        if free:
            for edge in free:
                reach = _settle(reach, edge)
            return [reach]
    return [_settle(reach, edge) for edge in left]


def _settle(reach: Reach, edge: Edge) -> Reach:
    x, y = edge
    gained = reach[y] | 1 << y
    return tuple(below | gained if item == x or below >> x & 1 else below for item, below in enumerate(reach))
