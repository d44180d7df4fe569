"""What chance alone would give: the spread of Kendall's W when everybody's order is shuffled.

Law: no global random state; the same ballots always get the same p.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from math import factorial, prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.consensus.pairs import Ints
from app.consensus.profile import Profile

DRAWS = 9_999
SEED = 20_261_122
MOST_CELLS = 6_000_000
"""Shuffled ranks drawn for one distribution at most; with more ballots the F distribution is as good."""

MOST_WAYS = 2_000_000
"""Exact where there are at most this many ways of shuffling, or for a table that orders four statements."""

MOST_SUMS = 3_000_000
"""Numbers added up for one exact distribution at most."""

Pattern = tuple[int, ...]
Column = tuple[Pattern, int]
"""A ballot's places sorted, which is all that shuffling keeps of it, and its weight."""


@dataclass(frozen=True, slots=True)
class Chance:
    """The p of a concordance: how often shuffled ballots agree at least as well.

    Exact ones carry `hits` of `total`; drawn ones (1 + hits) / (1 + draws) and a standard error.
    """

    p: float
    method: Literal["exact", "monte_carlo"]
    hits: int
    total: int
    error: float = 0.0


def chance(p: Profile, draws: int = DRAWS, most_cells: int = MOST_CELLS) -> Chance | None:
    """Say how often chance alone would give at least this W, shuffling the midranks inside each ballot.

    Exact where that is cheap, drawn elsewhere, None where there are too many ballots to draw (or none
    that say anything, or some that leave statements out).

    >>> chance(Profile.of("abc", "abc", "abc")).p
    0.027777777777777776
    """
    told = p.without_flat()
    if told.m < 2 or not told.complete:
        return None
    if p.n * told.m > MOST_CELLS // 1_000:
        return None
    weights = _weights(told)
    columns = _columns(told, weights)
    reached = _spread(told.places.astype(np.int64) @ (told.counts * weights))
    exact = exact_null(columns)
    if exact is not None:
        values, ways = exact
        hits, total = sum(ways[int(np.searchsorted(values, reached)) :]), sum(ways)
        return Chance(hits / total, "exact", hits, total)
    if p.n * told.m * draws > most_cells:
        return None
    null = drawn_null(columns, draws)
    hits = len(null) - int(np.searchsorted(null, reached))
    share = (1 + hits) / (1 + draws)
    return Chance(share, "monte_carlo", hits, draws, float(np.sqrt(share * (1 - share) / draws)))


def _weights(p: Profile) -> Ints:
    """Give the weight of a ballot in each row, made small enough that squares of rank sums fit 64 bits."""
    shrink = (p.weight * 2 * p.n >> 28) + 1
    return p.weights if shrink == 1 else np.maximum(1, p.weights // shrink)


def _columns(p: Profile, weights: Ints) -> tuple[Column, ...]:
    """List the ballots' patterns and weights, sorted, so that tables alike share a distribution."""
    ranks = np.sort(p.places, axis=0).T.tolist()
    rows = zip(ranks, weights.tolist(), p.counts.tolist(), strict=True)
    return tuple(sorted((tuple(row), weight) for row, weight, count in rows for _ in range(count)))


def _spread(sums: Ints) -> int:
    """Measure how far rank sums spread; grows with W when only the order within ballots changes."""
    return int((sums * sums).sum())


@lru_cache(maxsize=256)
def drawn_null(columns: tuple[Column, ...], draws: int) -> Ints:
    """Draw the spread of the rank sums of shuffled ballots, sorted; the same for the same ballots."""
    random = np.random.default_rng([SEED, len(columns), len(columns[0][0])])
    sums = np.zeros((draws, len(columns[0][0])), dtype=np.int64)
    for pattern, weight in columns:
        shuffled = np.tile(np.array(pattern, dtype=np.int16), (draws, 1))
        random.permuted(shuffled, axis=1, out=shuffled)
        sums += shuffled if weight == 1 else shuffled.astype(np.int64) * weight
    return np.sort(np.einsum("ij,ij->i", sums, sums))


@lru_cache(maxsize=256)
def exact_null(columns: tuple[Column, ...]) -> tuple[Ints, Sequence[int]] | None:
    """Count, for every spread that shuffling can give, in how many ways; None where that is dear.

    Rank sums that are the same set of numbers have the same future, so they are followed as one.
    """
    n = len(columns[0][0])
    if len(columns) == 2 and n <= 11:
        return _exact_pair(columns)
    if prod(_arrangements(pattern) for pattern, _ in columns[1:]) > MOST_WAYS and (n > 4 or len(columns) > 12):
        return None
    looked_at = 0
    states: dict[Pattern, int] = {tuple(rank * columns[0][1] for rank in columns[0][0]): 1}
    for pattern, weight in columns[1:]:
        looked_at += len(states) * _arrangements(pattern) * n
        if looked_at > MOST_SUMS:
            return None
        states = _step(states, _orders(pattern), weight)
    ways: dict[int, int] = {}
    for sums, number in states.items():
        spread = sum(value * value for value in sums)
        ways[spread] = ways.get(spread, 0) + number
    values = sorted(ways)
    return np.array(values), [ways[value] for value in values]


def _step(states: dict[Pattern, int], orders: NDArray[np.int64], weight: int) -> dict[Pattern, int]:
    """Add one shuffled ballot to every set of rank sums reached so far."""
    sums = np.array(list(states), dtype=np.int64)
    reached = np.sort((sums[:, None, :] + weight * orders[None, :, :]).reshape(-1, sums.shape[1]), axis=1)
    distinct, inverse = np.unique(reached, axis=0, return_inverse=True)
    ways = list(states.values())
    found = [0] * len(distinct)
    numbers, starts = np.unique(
        inverse.ravel() * np.int64(len(ways)) + np.repeat(np.arange(len(ways)), len(orders)), return_counts=True
    )
    for number, times in zip(numbers.tolist(), starts.tolist(), strict=True):
        target, source = divmod(number, len(ways))
        found[target] += ways[source] * times
    return {tuple(row): number for row, number in zip(distinct.tolist(), found, strict=True)}


def _arrangements(pattern: Pattern) -> int:
    return factorial(len(pattern)) // prod(factorial(pattern.count(value)) for value in set(pattern))


@lru_cache(maxsize=64)
def _orders(pattern: Pattern) -> NDArray[np.int64]:
    """List the different orders of a pattern; equally likely, as each comes from as many shuffles.

    Only the different ones are made: a long pattern with few of them has far too many shuffles.
    """
    left = Counter(pattern)
    found: list[Pattern] = []

    def extend(begun: Pattern) -> None:
        if len(begun) == len(pattern):
            found.append(begun)
            return
        for value in left:
            if left[value]:
                left[value] -= 1
                extend((*begun, value))
                left[value] += 1

    if len(left) == len(pattern):
        found = list(permutations(pattern))
    else:
        extend(())
    return np.array(found, dtype=np.int64)


def _exact_pair(columns: tuple[Column, ...]) -> tuple[Ints, Sequence[int]]:
    """Count the ways of matching two ballots by the sum of products, over sets of used places.

    The spread of two is a constant plus twice that sum; up to 11 statements the ways fit 64 bits.
    """
    (first, w1), (second, w2) = columns
    n = len(first)
    top = sum(a * b for a, b in zip(first, second, strict=True))
    ways = np.zeros((1 << n, top + 1), dtype=np.int64)
    ways[0, 0] = 1
    for used in range((1 << n) - 1):
        rank = first[used.bit_count()]
        row = ways[used]
        for place in range(n):
            if not used >> place & 1:
                step = rank * second[place]
                ways[used | 1 << place, step:] += row[: top + 1 - step]
    sums = np.nonzero(ways[-1])[0]
    fixed = sum((w1 * a) ** 2 for a in first) + sum((w2 * b) ** 2 for b in second)
    return fixed + 2 * w1 * w2 * sums, ways[-1][sums].tolist()
