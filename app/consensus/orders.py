"""Large rooms: complete untied orders in an array, ranked and counted together while a block is in the cache."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.consensus.errors import DuplicateItem, UnknownItem
from app.consensus.pairs import Flags, Ints, Places, add_strict, both_ways, pair_counts

BLOCK = 25_600
"""Ballots at a time: ranks and scratch of ten statements fit the second cache, and calls cost little beside them."""

WIDE = 32
FEW = 1_000
"""With more statements, or fewer ballots, scattering ranks beats comparing each place with each statement."""

Orders = NDArray[np.integer]


@lru_cache(maxsize=64)
def place_type(n: int) -> np.dtype[np.signedinteger]:
    """Give the smallest type that holds the doubled rank of the last of n statements."""
    return np.dtype(np.int8) if 2 * n <= np.iinfo(np.int8).max else np.dtype(np.int16)


def rank_and_count(orders: Orders) -> tuple[Places, Ints]:
    """Turn an (m, n) array of statement numbers, best first, into doubled ranks (n, m) and N[x, y].

    Refuses a row that is not a permutation of 0 … n−1.
    """
    m, n = orders.shape
    places = np.empty((n, m), dtype=place_type(n))
    in_blocks = n <= WIDE and m > FEW
    spare = _Spare(n, min(m, BLOCK)) if in_blocks else None
    won = [[0] * n for _ in range(n)]
    for start in range(0, m, BLOCK):
        block = _narrow(orders[start : start + BLOCK], n, places.dtype)
        into = places[:, start : start + BLOCK]
        if spare is None:
            _scatter(block, into)
        else:
            spare.rank(block, into)
        if not into.min():
            raise DuplicateItem("A ballot names a statement twice.")
        if spare is not None:
            add_strict(into, None, won, spare.flags)
    return places, both_ways(won, m) if in_blocks else pair_counts(places, None, strict=True)[0]


def _narrow(block: Orders, n: int, kind: np.dtype[np.signedinteger]) -> Orders:
    # a negative number is a huge one when read without its sign
    if block.view(f"u{block.dtype.itemsize}").max() >= n:
        raise UnknownItem(f"A ballot names a statement that is not among 0 to {n - 1}.")
    return block.astype(kind, copy=False)


def _scatter(block: Orders, into: Places) -> None:
    """Write the doubled rank of each statement on each ballot; 0 for one that the ballot forgets."""
    n, m = into.shape
    into[:] = 0
    into[block.T, np.arange(m)] = np.arange(2, 2 * n + 2, 2, dtype=into.dtype)[:, None]


class _Spare:
    """Memory that every block uses again: fresh memory costs as much as what is done in it."""

    def __init__(self, n: int, m: int) -> None:
        self.by_place, self.product = np.empty((2, n, m), dtype=np.int8)
        self.flags: Flags = np.empty((n, m), dtype=np.bool_)
        self.items = np.arange(n, dtype=np.int8)[:, None]

    def rank(self, block: Orders, into: Places) -> None:
        """Do what `_scatter` does by comparing each place with each statement, many ballots in one step."""
        m = len(block)
        here, product = self.flags[:, :m], self.product[:, :m]
        np.copyto(self.by_place[:, :m], block.T)
        for place, there in enumerate(self.by_place[:, :m]):
            np.equal(there, self.items, out=here)
            np.multiply(here.view(np.int8), np.int8(2 * place + 2), out=product if place else into)
            if place:
                np.add(into, product, out=into)
