"""Pairwise counts: how many ballots put x above y, and how many tie them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Places = NDArray[np.signedinteger]
"""Doubled midranks, statements down and ballots across; 0 where a ballot says nothing."""

SMALL = 200_000
BLOCK = 1 << 15


def pair_counts(places: Places, weights: Ints | None, *, strict: bool = False) -> tuple[Ints, Ints]:
    """Count wins[x, y] (x strictly above y) and ties[x, y] over all ballots.

    `weights` is one whole number a ballot; None weighs each 1. `strict` vouches for complete ballots without
    ties. The diagonals are 0.
    """
    if places.size * len(places) <= SMALL:
        return _broadcast(places, weights)
    n, rows = places.shape
    wins, ties = np.zeros((n, n), dtype=np.int64), np.zeros((n, n), dtype=np.int64)
    won, above = [[0] * n for _ in range(n)], np.empty((n, min(rows, BLOCK)), dtype=np.bool_)
    for start in range(0, rows, BLOCK):
        part = None if weights is None else weights[start : start + BLOCK]
        block = places[:, start : start + BLOCK]
        if strict:
            add_strict(block, part, won, above)
        else:
            _add_block(block, part, wins, ties)
    if strict:
        wins = both_ways(won, rows if weights is None else int(weights.sum()))
    return wins, ties


def _broadcast(places: Places, weights: Ints | None) -> tuple[Ints, Ints]:
    above = places[:, None, :] < places[None, :, :]
    complete = bool(places.all())
    if not complete:
        above &= (places > 0)[:, None, :]
    wins = _sum(above, weights)
    if complete:
        total = places.shape[1] if weights is None else int(weights.sum())
        ties = total - wins - wins.T
    else:
        ties = _sum((places[:, None, :] == places[None, :, :]) & (places > 0)[:, None, :], weights)
    np.fill_diagonal(ties, 0)
    return wins, ties


def _sum(chosen: NDArray[np.bool_], weights: Ints | None) -> Ints:
    return np.count_nonzero(chosen, axis=2).astype(np.int64) if weights is None else chosen @ weights


def _add_block(places: Places, weights: Ints | None, wins: Ints, ties: Ints) -> None:
    """Add a block that fits the processor's cache, pair by pair, into `wins` and `ties`."""
    said = None if bool(places.all()) else places > 0
    total = places.shape[1] if weights is None else int(weights.sum())
    for x, y in pairs_of(len(places)):
        above, below = places[x] < places[y], places[x] > places[y]
        both = total
        if said is not None:
            above &= said[x]
            below &= said[y]
            both = _weigh(said[x] & said[y], weights)
        won, lost = _weigh(above, weights), _weigh(below, weights)
        wins[x, y] += won
        wins[y, x] += lost
        ties[x, y] += both - won - lost
        ties[y, x] += both - won - lost


def add_strict(places: Places, weights: Ints | None, won: list[list[int]], above: Flags) -> None:
    """Add a block without ties or gaps to won[x][y], for x < y; `above` is memory to work in, (n, rows) or more."""
    n, rows = places.shape
    for x in range(n - 1):
        flags = above[: n - 1 - x, :rows]
        np.less(places[x], places[x + 1 :], out=flags)
        for y, chosen in enumerate(flags, x + 1):
            won[x][y] += _weigh(chosen, weights)


def both_ways(won: list[list[int]], total: int) -> Ints:
    """Fill in the half that is not counted of a total without ties: who does not win loses."""
    upper = np.array(won, dtype=np.int64)
    return upper + np.tril(total - upper.T, -1)


def _weigh(chosen: NDArray[np.bool_], weights: Ints | None) -> int:
    return int(np.count_nonzero(chosen)) if weights is None else int(weights[chosen].sum())


@lru_cache(maxsize=64)
def upper(n: int) -> tuple[Ints, Ints]:
    """Give the indexes of every pair x < y of n statements, to be read only."""
    return np.triu_indices(n, 1)


def pairs_of(n: int) -> Iterator[tuple[int, int]]:
    """Go through every pair x < y of n statements."""
    for x in range(n):
        for y in range(x + 1, n):
            yield x, y
