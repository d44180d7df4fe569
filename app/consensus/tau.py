"""Kendall's tau between the members of a table: take two people and two statements at random."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.consensus.pairs import Ints, pairs_of
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
    agree = disagree = tied = compared = 0
    for x, y in pairs_of(p.n):
        above, below, level = int(heads.wins[x, y]), int(heads.wins[y, x]), int(heads.ties[x, y])
        agree += _choose(above) + _choose(below)
        disagree += above * below
        tied += _choose(level)
        compared += _choose(above + below + level)
    everything = _choose(p.m) * _choose(p.n)
    mean_b, number = _tau_b(heads)
    return Tau(
        mean_tau_a=_ratio(agree - disagree, compared),
        mean_tau_b=mean_b,
        mean_tau_x=_ratio(agree + tied - disagree, everything),
        agree=_ratio(agree, compared),
        disagree=_ratio(disagree, compared),
        tau_b_pairs=number,
    )


def _choose(number: int) -> int:
    return number * (number - 1) // 2


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
    strict = np.zeros(p.places.shape[1], dtype=np.int64)
    for x, y in pairs_of(p.n):
        strict += p.places[x] != p.places[y]
    scale = p.counts / np.sqrt(strict)
    total = 0.0
    for x, y in pairs_of(p.n):
        signs = np.sign(p.places[y] - p.places[x])
        total += float(signs @ scale) ** 2
    return min(1.0, max(-1.0, (total - p.m) / (2 * number))), number


def _tau_b_gaps(p: Profile) -> tuple[float | None, int]:
    """Compare ballots two by two on what both place."""
    if p.places.shape[1] > MOST_ROWS:
        return None, 0
    both, signs = _signs(p)
    products = signs @ signs.T
    own = (signs * signs) @ both.T
    size = np.sqrt(own * own.T)
    pairs = p.counts[:, None] * p.counts[None, :] - np.diag(p.counts)
    pairs = np.where(size > 0, pairs, 0)
    number = int(pairs.sum()) // 2
    if not number:
        return None, 0
    ratio = np.divide(products, size, out=np.zeros_like(size), where=size > 0)
    return float((ratio * pairs).sum()) / (2 * number), number


def _signs(p: Profile) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each row and pair of statements: whether it places both, and which way round (1, 0, −1)."""
    first, second = np.triu_indices(p.n, 1)
    x, y = p.places[first].astype(np.int64), p.places[second].astype(np.int64)
    both: Ints = ((x > 0) & (y > 0)).astype(np.int64)
    return both.T.astype(np.float64), (np.sign(y - x) * both).T.astype(np.float64)
