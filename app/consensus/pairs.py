"""Pairwise counts: how many ballots put x above y, and how many tie them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Places = NDArray[np.signedinteger]
"""Doubled midranks, statements down and ballots across; 0 where a ballot says nothing."""

SMALL = 200_000
BLOCK = 1 << 16


def pair_counts(places: Places, weights: Ints | None) -> tuple[Ints, Ints]:
    """Count wins[x, y] (x strictly above y) and ties[x, y] over all ballots.

    `weights` is one whole number a ballot; None weighs each 1. The diagonals are 0.
    """
    if places.size * len(places) <= SMALL:
        return _broadcast(places, weights)
    wins = np.zeros((len(places), len(places)), dtype=np.int64)
    ties = wins.copy()
    for start in range(0, places.shape[1], BLOCK):
        stop = start + BLOCK
        part = None if weights is None else weights[start:stop]
        _add_block(np.ascontiguousarray(places[:, start:stop]), part, wins, ties)
    return wins, ties


def _broadcast(places: Places, weights: Ints | None) -> tuple[Ints, Ints]:
    said = places > 0
    above = (places[:, None, :] < places[None, :, :]) & said[:, None, :]
    level = (places[:, None, :] == places[None, :, :]) & said[:, None, :]
    if weights is None:
        wins, ties = above.sum(axis=2, dtype=np.int64), level.sum(axis=2, dtype=np.int64)
    else:
        wins, ties = above @ weights, level @ weights
    np.fill_diagonal(ties, 0)
    return wins, ties


def _add_block(places: Places, weights: Ints | None, wins: Ints, ties: Ints) -> None:
    """Add a block that fits the processor's cache, pair by pair, into `wins` and `ties`."""
    complete = bool(places.all())
    total = places.shape[1] if weights is None else int(weights.sum())
    for x, y in pairs_of(len(places)):
        above, below = places[x] < places[y], places[x] > places[y]
        if not complete:
            above &= places[x] > 0
            below &= places[y] > 0
        won, lost = _weigh(above, weights), _weigh(below, weights)
        wins[x, y] += won
        wins[y, x] += lost
        both = total if complete else _weigh((places[x] > 0) & (places[y] > 0), weights)
        ties[x, y] += both - won - lost
        ties[y, x] += both - won - lost


def _weigh(chosen: NDArray[np.bool_], weights: Ints | None) -> int:
    return int(np.count_nonzero(chosen)) if weights is None else int(weights[chosen].sum())


def pairs_of(n: int) -> Iterator[tuple[int, int]]:
    """Go through every pair x < y of n statements."""
    for x in range(n):
        for y in range(x + 1, n):
            yield x, y
