"""Kendall's tau between the members of a table: take two people and two statements at random."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.consensus.pairs import BLOCK, Ints, upper
from app.consensus.profile import Profile

MOST_ROWS = 2_000
"""Ballots with gaps are compared two by two, and only up to this many different ones."""


@dataclass(frozen=True, slots=True)
class Tau:
    """How alike two ballots of a profile are on average; None where no two can be compared.

    mean_tau_a  – agreeing minus disagreeing pairs over all, −1 … 1; ties count for neither
    mean_tau_b  – the same with each ballot's own ties taken out of its denominator
    mean_tau_x  – Emond & Mason (2002): two ties agree; a missing comparison counts 0
    agree       – share of comparisons that two ballots order the same way, 0 … 1
    disagree    – share that they order the opposite way
    tau_b_pairs – how many pairs of ballots have a tau_b
    """

    mean_tau_a: float | None
    mean_tau_b: float | None
    mean_tau_x: float | None
    agree: float | None
    disagree: float | None
    tau_b_pairs: int


def tau(p: Profile) -> Tau:
    """Measure the mean pairwise tau of the ballots, each weighing 1 whatever the policy.

    Pairs of ballots are counted from the pairwise matrix, so that thousands cost no more than ten.

    Kendall (1970): two orders of ten with ties.

    >>> from app.consensus.ballots import Ballot
    >>> one = Ballot(((0,), (1, 2), (3, 4), (5, 6), (7,), (8, 9)))
    >>> two = Ballot(((0,), (1,), (2, 3, 4, 5), (6, 7, 8), (9,)))
    >>> round(tau(Profile.from_ballots([one, two], 10)).mean_tau_b, 6)
    0.858956
    """
    heads = p.weighted("head")
    first, second = upper(p.n)
    above, below, level = heads.wins[first, second], heads.wins[second, first], heads.ties[first, second]
    agree = _choose(above) + _choose(below)
    disagree = int((above * below).sum())
    compared = _choose(above + below + level)
    everything = _choose(p.m) * _choose(p.n)
    untied = p.strict or (p.complete and not level.any())
    plain = _ratio(agree - disagree, compared)
    mean_b, number = (plain, compared // _choose(p.n)) if untied and compared else _tau_b(heads)
    return Tau(
        mean_tau_a=plain,
        mean_tau_b=mean_b,
        mean_tau_x=_ratio(agree + _choose(level) - disagree, everything),
        agree=_ratio(agree, compared),
        disagree=_ratio(disagree, compared),
        tau_b_pairs=number,
    )


def _choose(numbers: Ints | int) -> int:
    """Count the ways to choose two, of each number, together."""
    twice = numbers * (numbers - 1)
    return (twice if isinstance(twice, int) else int(twice.sum())) // 2


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _tau_b(p: Profile) -> tuple[float | None, int]:
    if p.n < 2:
        return None, 0
    return _tau_b_complete(p.without_flat()) if p.complete else _tau_b_gaps(p)


def _tau_b_complete(p: Profile) -> tuple[float | None, int]:
    """Sum unit vectors: the mean of all products is the square of their sum without the squares."""
    number = _choose(p.m)
    if not number:
        return None, 0
    strict, total = np.zeros(p.places.shape[1]), 0.0
    for signs in _blocks(p):
        strict += np.count_nonzero(signs, axis=0)
    scale = p.counts / np.sqrt(strict)
    for signs in _blocks(p):
        total += float(((signs @ scale) ** 2).sum())
    return min(1.0, max(-1.0, (total - p.m) / (2 * number))), number


def _blocks(p: Profile) -> Iterator[NDArray[np.int8]]:
    """Give the signs of all pairs of statements, a few pairs at a time when there are many ballots."""
    first, second = upper(p.n)
    step = max(1, BLOCK // max(1, p.places.shape[1]))
    for start in range(0, len(first), step):
        x, y = first[start : start + step], second[start : start + step]
        yield (p.places[x] < p.places[y]).astype(np.int8) - (p.places[x] > p.places[y])


def sign_vectors(p: Profile) -> NDArray[np.float64]:
    """Give each ballot as a column of 1, 0 or −1 for every pair x < y: x above y, level, below.

    Shape (n(n−1)/2, rows); a pair that the ballot does not place both of is 0.
    """
    first, second = upper(p.n)
    x, y = p.places[first].astype(np.int64), p.places[second].astype(np.int64)
    return np.asarray(np.sign(y - x) * ((x > 0) & (y > 0)), dtype=np.float64)


def _tau_b_gaps(p: Profile) -> tuple[float | None, int]:
    """Compare ballots two by two on what both place."""
    if p.places.shape[1] > MOST_ROWS:
        return None, 0
    first, second = upper(p.n)
    both = ((p.places[first] > 0) & (p.places[second] > 0)).astype(np.float64)
    signs = sign_vectors(p)
    own = (signs * signs).T @ both
    size = np.sqrt(own * own.T)
    pairs = np.where(size > 0, p.counts[:, None] * p.counts[None, :] - np.diag(p.counts), 0)
    number = int(pairs.sum()) // 2
    if not number:
        return None, 0
    ratio = np.divide(signs.T @ signs, size, out=np.zeros_like(size), where=size > 0)
    return float((ratio * pairs).sum()) / (2 * number), number
