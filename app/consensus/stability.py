"""Whether the order would hold if one person left, or if the same people were drawn again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations_with_replacement
from math import factorial

import numpy as np
from numpy.typing import NDArray

from app.consensus.borda import borda
from app.consensus.pairs import Ints
from app.consensus.profile import Profile

MOST_DRAWN = 8
"""Up to this many ballots every way of drawing them again is looked at: 6,435 at eight."""

MOST_CELLS = 4_000_000
"""Comparisons held in memory at a time."""

MOST_ROWS = 200
"""Leaving out one ballot needs a new count with gaps or parity, so only up to this many different ballots."""


@dataclass(frozen=True, slots=True)
class Stability:
    """What leaving out one ballot, and drawing the ballots again, does to the Borda order.

    same_top, same_order – how many of the m ballots can leave without changing the first tier, or any tier;
                           None when there are too many to try
    positions – positions[x][i]: the chance that statement x comes in place i when m ballots are drawn anew
                from these, level statements sharing their places; None above eight ballots
    """

    m: int
    same_top: int | None
    same_order: int | None
    positions: tuple[tuple[float, ...], ...] | None

    @property
    def first(self) -> tuple[float, ...] | None:
        """Give each statement's chance of first place when the ballots are drawn anew."""
        return None if self.positions is None else tuple(row[0] for row in self.positions)


def stability(p: Profile) -> Stability:
    """Try the order without each ballot, and with every multiset of m ballots (exact bootstrap, Efron 1979).

    The bootstrap is for complete ballots by head, 1 … 8 of them.

    >>> stability(Profile.of("abcd", "dcba")).first
    (0.375, 0.125, 0.125, 0.375)
    """
    same_top, same_order = without_one(p) or (None, None)
    return Stability(p.m, same_top, same_order, bootstrap(p))


def without_one(p: Profile) -> tuple[int, int] | None:
    """Count the ballots that can leave without changing the first tier, and without changing any.

    None below two ballots, and when there are too many different ones with gaps or under parity.
    """
    if p.m < 2:
        return None
    if p.complete and p.policy.weighting == "head":
        return _without_one_complete(p)
    if len(p.counts) > MOST_ROWS:
        return None
    tiers, top, order = borda(p).tiers, 0, 0
    for row, count in enumerate(p.counts.tolist()):
        left = borda(_one_less(p, row)).tiers
        top += count * (left[0] == tiers[0])
        order += count * (left == tiers)
    return top, order


def _one_less(p: Profile, row: int) -> Profile:
    counts = p.counts.copy()
    counts[row] -= 1
    return replace(p, counts=counts).rows(counts > 0)


def _without_one_complete(p: Profile) -> tuple[int, int]:
    """Take each row's ranks off the sums and see which neighbours in the order change sides."""
    sums = p.places.astype(np.int64) @ p.counts
    order = np.argsort(sums, kind="stable")
    step = np.sign(np.diff(sums[order]))
    left = sums[order][:, None] - p.places[order]
    kept = np.sign(np.diff(left, axis=0)) == step[:, None]
    width = int((sums == sums.min()).sum())
    lowest = left == left.min(axis=0)
    top = lowest[:width].all(axis=0) & ~lowest[width:].any(axis=0)
    return int(p.counts[top].sum()), int(p.counts[kept.all(axis=0)].sum())


def bootstrap(p: Profile) -> tuple[tuple[float, ...], ...] | None:
    """Work out each statement's chance of each place over all mᵐ ways of drawing m ballots from these.

    Shape (n, n). None without ballots, above eight, and for ballots with gaps or under parity.
    """
    drawn = _drawn_sums(p)
    if drawn is None:
        return None
    sums, ways = drawn
    steps = np.zeros((p.n, p.n + 1))
    some = max(1, MOST_CELLS // p.n**2)
    for start in range(0, len(sums), some):
        part = sums[start : start + some]
        above = (part[:, :, None] > part[:, None, :]).sum(axis=2)
        level = (part[:, :, None] == part[:, None, :]).sum(axis=2)
        share = ways[start : start + some, None] / level
        items = np.broadcast_to(np.arange(p.n), above.shape)
        np.add.at(steps, (items, above), share)
        np.add.at(steps, (items, above + level), -share)
    return tuple(tuple(row) for row in steps.cumsum(axis=1)[:, :-1].clip(0.0, 1.0).tolist())


def first_shares(p: Profile) -> tuple[float, ...] | None:
    """Give the first column of `bootstrap`, for a fraction of its work."""
    drawn = _drawn_sums(p)
    if drawn is None:
        return None
    sums, ways = drawn
    first = sums == sums.min(axis=1)[:, None]
    return tuple(((ways / first.sum(axis=1)) @ first).tolist())


def _drawn_sums(p: Profile) -> tuple[Ints, NDArray[np.float64]] | None:
    """Give the rank sums of every multiset of m ballots, and how likely each multiset is."""
    if not 1 <= p.m <= MOST_DRAWN or not p.complete or p.policy.weighting != "head":
        return None
    times, ways = _multisets(p.m)
    ballots = np.repeat(p.places.astype(np.int64), p.counts, axis=1)
    return times @ ballots.T, ways


@lru_cache(maxsize=MOST_DRAWN)
def _multisets(m: int) -> tuple[Ints, NDArray[np.float64]]:
    """List every multiset of m out of m as how often each is drawn, with its probability."""
    chosen = np.array(list(combinations_with_replacement(range(m), m)))
    times = (chosen[:, :, None] == np.arange(m)).sum(axis=1)
    orders = np.array([factorial(number) for number in range(m + 1)])[times].prod(axis=1)
    return times, factorial(m) / orders / float(m) ** m
