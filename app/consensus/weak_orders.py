"""The median order with ties: the weak orders whose mean tau_x with the ballots is the highest, exactly.

A subset dynamic programme: the best order of a set puts some tier on top of the best order of the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.consensus.ballots import Tiers
from app.consensus.pairs import Ints
from app.consensus.profile import Profile

LIMIT = 10
CAP = 100


@dataclass(frozen=True, slots=True)
class Median:
    """The weak orders nearest to the ballots.

    mean_tau_x – the highest possible, −1 … 1
    n_optimal  – the exact number of weak orders that have it; rankings – the first `cap` of them
    complete   – whether these are all
    """

    mean_tau_x: float
    n_optimal: int
    rankings: tuple[Tiers, ...]
    complete: bool


def median_weak_orders(p: Profile, limit: int = LIMIT, cap: int = CAP) -> Median | None:
    """Find the weak orders with the highest mean tau_x (Emond & Mason, 2002), each ballot weighing 1.

    Two ties agree, a tie and an order neither agree nor disagree by halves: a tied pair gains the ballots that
    tie it, an ordered one the ballots for it less those against. Exact, in O(3ⁿ); None above `limit`
    statements, below two, and without ballots.

    >>> median_weak_orders(Profile.of("abc", "bca", "cab")).n_optimal
    3
    """
    if not 2 <= p.n <= limit or not p.m:
        return None
    heads = p.weighted("head")
    best, number, splits, top = _solve(heads.wins - heads.wins.T, heads.ties)
    return Median(
        mean_tau_x=best / (p.m * (p.n * (p.n - 1) // 2)),
        n_optimal=number,
        rankings=tuple(_first(p.n, splits, top, cap)),
        complete=number <= cap,
    )


@dataclass(frozen=True, slots=True)
class _Splits:
    """Every way of splitting a set into a tier on top and a rest (all as bits), sorted by set.

    start – where the ways of each set begin; sizes – for each size, the sets of it
    """

    tier: Ints
    rest: Ints
    start: Ints
    sizes: tuple[Ints, ...]


@lru_cache(maxsize=LIMIT + 1)
def _splits_of(n: int) -> _Splits:
    digits = np.arange(3**n)[:, None] // 3 ** np.arange(n) % 3
    bits = 1 << np.arange(n)
    tier, rest = (digits == 1) @ bits, (digits == 2) @ bits
    order = np.argsort(tier | rest, kind="stable")
    order = order[tier[order] > 0]
    every = np.arange(1 << n)
    size = ((every[:, None] & bits) > 0).sum(axis=1)
    start = np.concatenate([[0], np.cumsum(2**size - 1)])
    return _Splits(tier[order], rest[order], start, tuple(every[size == k] for k in range(n + 1)))


def _solve(margin: Ints, ties: Ints) -> tuple[int, int, _Splits, NDArray[np.bool_]]:
    """Give the best score, the number of orders that have it, and which splits are best for their set."""
    n = len(margin)
    splits = _splits_of(n)
    gain = np.zeros(len(splits.tier), dtype=np.int64)
    for item, (over, level) in enumerate(zip(_over_sets(margin), _over_sets(ties), strict=True)):
        # what a tie gains is met from both of its sides
        gain += (splits.tier >> item & 1) * (2 * over[splits.rest] + level[splits.tier])
    gain //= 2
    best, number = np.zeros(1 << n, dtype=np.int64), np.ones(1 << n, dtype=np.int64)
    top = np.zeros(len(gain), dtype=np.bool_)
    for k, sets in enumerate(splits.sizes[1:], 1):
        ways = splits.start[sets][:, None] + np.arange(2**k - 1)
        score = gain[ways] + best[splits.rest[ways]]
        best[sets] = score.max(axis=1)
        top[ways] = score == best[sets][:, None]
        number[sets] = (number[splits.rest[ways]] * top[ways]).sum(axis=1)
    return int(best[-1]), int(number[-1]), splits, top


def _over_sets(matrix: Ints) -> Ints:
    """Sum each row over every set of columns."""
    n = len(matrix)
    total = np.zeros((n, 1 << n), dtype=np.int64)
    for column in range(n):
        half = 1 << column
        total[:, half : 2 * half] = total[:, :half] + matrix[:, column, None]
    return total


def _first(n: int, splits: _Splits, top: NDArray[np.bool_], cap: int) -> list[Tiers]:
    """List the first `cap` orders that the best splits allow, in numerical order."""
    found: list[Tiers] = []

    def descend(chosen: int, above: Tiers) -> None:
        if not chosen:
            found.append(above)
            return
        ways = np.arange(splits.start[chosen], splits.start[chosen + 1])
        for tier in sorted(_members(n, int(bits)) for bits in splits.tier[ways[top[ways]]]):
            if len(found) < cap:
                descend(chosen & ~sum(1 << item for item in tier), (*above, tier))

    descend((1 << n) - 1, ())
    return found


def _members(n: int, bits: int) -> tuple[int, ...]:
    return tuple(item for item in range(n) if bits >> item & 1)
