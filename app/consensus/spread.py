"""Where each statement stands on the ballots, and which statement and which pair divide them most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.consensus.borda import borda
from app.consensus.pairs import Ints, pairs_of
from app.consensus.profile import Profile

QUARTERS = np.array([0.0, 0.25, 0.5, 0.75, 1.0])

SAME = 1e-9
"""Splits this close are equal."""


@dataclass(frozen=True, slots=True)
class Place:
    """The ranks of one statement, 1 … n on complete ballots; None when no ballot places it.

    k     – ballots that place it
    sd    – population standard deviation; iqr – between the type 7 quartiles
    split – 4·variance/(n−1)²: 0 when all put it in one place, 1 when half put it first and half
            last; None when a ballot leaves a statement out, or below two statements
    """

    k: int
    mean: float | None
    median: float | None
    sd: float | None
    iqr: float | None
    lowest: float | None
    highest: float | None
    split: float | None


NOWHERE = Place(0, None, None, None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class Spread:
    """The places of all statements.

    most_shared – the statements with the smallest split; most_split – with the largest
    """

    items: tuple[Place, ...]
    most_shared: tuple[int, ...]
    most_split: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Splits:
    """What a report needs of the places: how far apart each statement is placed, and which the least and most.

    reach – the highest rank of each statement minus the lowest; () when a ballot leaves a statement out
    """

    reach: tuple[float, ...]
    most_shared: tuple[int, ...]
    most_split: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """Two statements that ballots put both ways round: `above` before `below` or the reverse."""

    above: int
    below: int
    in_favour: float
    against: float


def spread(p: Profile) -> Spread:
    """Describe the ranks of each statement, each ballot weighing 1 whatever the policy.

    >>> spread(Profile.of("abcd", "dcba")).items[0].split
    1.0
    """
    histogram = _histogram(p)
    number = histogram.sum(axis=1)
    ranks = np.arange(histogram.shape[1]) / 2
    some = np.maximum(number, 1)
    mean = histogram @ ranks / some
    variance = ((ranks - mean[:, None]) ** 2 * histogram).sum(axis=1) / some
    lowest, lower, median, upper, highest = _quantiles(histogram, number).T
    split = 4 * variance / (p.n - 1) ** 2 if p.complete and p.n > 1 and p.m else None
    splits = [None] * p.n if split is None else split.tolist()
    columns = (mean, median, np.sqrt(variance), upper - lower, lowest, highest)
    rows = zip(number.tolist(), *(column.tolist() for column in columns), splits, strict=True)
    items = tuple(Place(*row) if row[0] else NOWHERE for row in rows)
    if split is None:
        return Spread(items, (), ())
    return Spread(items, _where(split, split.min()), _where(split, split.max()))


def splits(p: Profile) -> Splits:
    """Find what `spread` says of complete ballots without going through every rank.

    >>> splits(Profile.of("abcd", "acbd", "abcd"))
    Splits(reach=(0.0, 1.0, 1.0, 0.0), most_shared=(0, 3), most_split=(1, 2))
    """
    if not p.complete or p.n < 2 or not p.m:
        return Splits((), (), ())
    ranks = p.places.astype(np.int64)
    # m²·variance, in whole numbers: equal ones are exactly equal
    sums, squares = (ranks @ p.counts).tolist(), ((ranks * ranks) @ p.counts).tolist()
    split = [p.m * square - total * total for total, square in zip(sums, squares, strict=True)]
    least, most = (tuple(x for x in range(p.n) if split[x] == bound) for bound in (min(split), max(split)))
    return Splits(tuple(((ranks.max(axis=1) - ranks.min(axis=1)) / 2).tolist()), least, most)


def _histogram(p: Profile) -> Ints:
    """Count how many ballots give each statement each doubled midrank."""
    width = 2 * p.n + 1
    cells = p.places + np.arange(p.n)[:, None] * width
    counts = np.broadcast_to(p.counts, p.places.shape)
    found = np.bincount(cells.ravel(), weights=counts.ravel(), minlength=p.n * width)
    histogram = found.astype(np.int64).reshape(p.n, width)
    histogram[:, 0] = 0
    return histogram


def _quantiles(histogram: Ints, number: Ints) -> NDArray[np.float64]:
    """Read the type 7 quartiles, 0 to 4, of each statement: between the two ranks that the share falls between."""
    runs = histogram.cumsum(axis=1)[:, :, None]
    last = np.maximum(number - 1, 0)[:, None]
    position = last * QUARTERS
    low = position.astype(np.int64)
    first = (runs <= low[:, None, :]).sum(axis=1) / 2
    second = (runs <= np.minimum(low + 1, last)[:, None, :]).sum(axis=1) / 2
    return np.asarray(first + (position - low) * (second - first))


def _where(split: NDArray[np.float64], value: float) -> tuple[int, ...]:
    return tuple(np.nonzero(np.abs(split - value) <= SAME)[0].tolist())


def contested_pair(p: Profile) -> Contest | None:
    """Find the pair with the smallest |N[x, y] − N[y, x]| among those that ballots put both ways round.

    Among equals the one that more ballots decide, then the one highest in the order. None when nobody
    contradicts anybody.

    >>> contested_pair(Profile.of("abc", "abc", "acb"))
    Contest(above=1, below=2, in_favour=2.0, against=1.0)
    """
    return closest(p, borda(p).places)


def closest(p: Profile, place: tuple[int, ...]) -> Contest | None:
    """Find the contested pair by the place of each statement in the order."""
    wins = p.wins.tolist()
    best: tuple[int, int, int, int, int] | None = None
    for x, y in pairs_of(p.n):
        one, other = wins[x][y], wins[y][x]
        if not one or not other or (best is not None and abs(one - other) > best[0]):
            continue
        top, bottom = (x, y) if (-one, place[x], x) < (-other, place[y], y) else (y, x)
        found = (abs(one - other), -one - other, place[top] + place[bottom], top, bottom)
        best = found if best is None else min(best, found)
    if best is None:
        return None
    top, bottom = best[3:]
    return Contest(top, bottom, wins[top][bottom] / p.unit, wins[bottom][top] / p.unit)
