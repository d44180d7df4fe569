"""The Kemeny–Young order: the one that contradicts the ballots least, exactly, with every equal.

A subset dynamic programme: the best order of a set puts some member on top of the best order of the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.consensus.borda import Borda, borda
from app.consensus.errors import TooManyItems
from app.consensus.pairs import Ints, upper
from app.consensus.profile import Profile

LIMIT = 15
CAP = 50

Choices = tuple[NDArray[np.bool_], ...]
"""For each size of set, each set and each member: whether it may stand on top."""


@dataclass(frozen=True, slots=True)
class Kemeny:
    """The optimal orders of n statements.

    score         – how often ballots put a lower statement above a higher one: the least possible
    max_agreement – how often they agree with it
    n_optimal     – the exact number of orders with that score
    rankings      – the first `cap` of them in numerical order
    complete      – whether these are all
    backbone      – backbone[x][y]: every optimum puts x above y
    shown         – the optimum nearest to the Borda order (among equals the first in numerical order)
    borda_gap     – how many pairs `shown` puts against the strict Borda order; 0 where the two agree
    """

    score: float
    max_agreement: float
    n_optimal: int
    rankings: tuple[tuple[int, ...], ...]
    complete: bool
    backbone: tuple[tuple[bool, ...], ...]
    shown: tuple[int, ...]
    borda_gap: int


def kemeny(p: Profile, limit: int = LIMIT, cap: int = CAP, *, count: Borda | None = None) -> Kemeny:
    """Find the orders that minimise Σ N[y, x] over x above y (Kemeny, 1959; Young & Levenglick, 1978).

    Exact, in O(2ⁿ n); refuses more than `limit` statements (`TooManyItems`). Ties on a ballot cost nothing
    either way. Without ballots every order is optimal. `count` is `borda(p)` where that is known already.

    >>> found = kemeny(Profile.of("abc", "bca", "cab"))
    >>> found.score, found.n_optimal, found.rankings[0]
    (4.0, 3, (0, 1, 2))
    """
    if p.n > limit:
        raise TooManyItems(f"An exact order of {p.n} statements would take too long; the limit is {limit}.")
    against = _against((count or borda(p)).places)
    best = _solve(p.wins, against)
    shown = _first(best.n, best.nearest, 1)[0]
    strict = int(p.wins.sum())
    return Kemeny(
        score=best.score / p.unit,
        max_agreement=(strict - best.score) / p.unit,
        n_optimal=best.number,
        rankings=tuple(_first(best.n, best.tops, cap)),
        complete=best.number <= cap,
        backbone=_backbone(best),
        shown=shown,
        borda_gap=int(against[np.array(shown)[:, None], shown][upper(p.n)[::-1]].sum()),
    )


@dataclass(frozen=True, slots=True)
class _Layer:
    """The sets of k statements (as bits), their members, each set without each member, and where its cost stands."""

    sets: Ints
    members: Ints
    rest: Ints
    cell: Ints


@lru_cache(maxsize=LIMIT + 1)
def _layers(n: int) -> tuple[_Layer, ...]:
    every = np.arange(1 << n)
    bits = (every[:, None] >> np.arange(n)) & 1
    size = bits.sum(axis=1)
    layers = []
    for k in range(1, n + 1):
        sets = every[size == k]
        members = np.nonzero(bits[sets])[1].reshape(len(sets), k)
        rest = sets[:, None] ^ (1 << members)
        layers.append(_Layer(sets, members, rest, (members << n) + rest))
    return tuple(layers)


@dataclass(frozen=True, slots=True)
class _Best:
    """The least cost, the number of orders that have it, and in layers of sets which members may stand on top.

    `tops` keep every optimum; `nearest` those with the fewest pairs against the Borda order.
    """

    n: int
    score: int
    number: int
    tops: Choices
    nearest: Choices


def _solve(wins: Ints, against: Ints) -> _Best:
    """Order every set of statements from the small to the large.

    Putting x on top of a rest costs Σ N[y, x] over the rest: the ballots that contradict it. Pairs against
    the Borda order are counted in the low bits, where they only break ties.
    """
    n = len(wins)
    low = (1 << (n * n // 2).bit_length()) - 1
    cost = _cost_on_top(wins * (low + 1) + against, n)
    least = np.zeros(1 << n, dtype=np.int64)
    orders = np.zeros(1 << n, dtype=np.int64)
    orders[0] = 1
    tops, nearest = [], []
    for layer in _layers(n):
        price = least.take(layer.rest)
        price += cost.take(layer.cell)
        cheapest = price.min(axis=1)
        top = price <= (cheapest | low)[:, None]
        least[layer.sets] = cheapest
        orders[layer.sets] = np.einsum("ij,ij->i", orders.take(layer.rest), top)
        tops.append(top)
        nearest.append(price == cheapest[:, None])
    return _Best(n, int(least[-1]) >> low.bit_length(), int(orders[-1]), tuple(tops), tuple(nearest))


def _cost_on_top(wins: Ints, n: int) -> Ints:
    """Give cost[x, set]: the weight of ballots that put a member of the set above x."""
    cost = np.zeros((n, 1 << n), dtype=np.int64)
    for y in range(n):
        half = 1 << y
        cost[:, half : 2 * half] = cost[:, :half] + wins[y][:, None]
    return cost


def _first(n: int, tops: Choices, cap: int) -> list[tuple[int, ...]]:
    """List the first `cap` orders that the choices allow, in numerical order."""
    layers = _layers(n)
    found: list[tuple[int, ...]] = []

    def descend(chosen: int, above: tuple[int, ...]) -> None:
        if not chosen:
            found.append(above)
            return
        k = chosen.bit_count() - 1
        row = int(layers[k].sets.searchsorted(chosen))
        for column in tops[k][row].nonzero()[0].tolist():
            if len(found) >= cap:
                return
            descend(int(layers[k].rest[row, column]), (*above, int(layers[k].members[row, column])))

    descend((1 << n) - 1, ())
    return found


def _backbone(best: _Best) -> tuple[tuple[bool, ...], ...]:
    """Find the pairs that all optima order alike, by walking down every optimal choice at once."""
    reached = np.zeros(1 << best.n, dtype=np.bool_)
    reached[-1] = True
    above = np.zeros(best.n, dtype=np.int64)
    for layer, top in zip(reversed(_layers(best.n)), reversed(best.tops), strict=True):
        used = top & reached[layer.sets][:, None]
        reached[layer.rest[used]] = True
        np.bitwise_or.at(above, layer.members[used], layer.rest[used])
    seen = (above[:, None] >> np.arange(best.n)) & 1 == 1
    return tuple(tuple(row) for row in (seen & ~seen.T).tolist())


def _against(places: tuple[int, ...]) -> Ints:
    """Give against[y, x]: 1 where y stands strictly above x."""
    tiers = np.array(places)
    return (tiers[:, None] < tiers[None, :]).astype(np.int64)
