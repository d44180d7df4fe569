"""Two camps: whether a table's orders fall into two groups that pull against each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.consensus.profile import Profile
from app.consensus.tau import sign_vectors

MOST_MEMBERS = 12
SILHOUETTE = 0.45
"""Orders drawn by lot reach .33 to .43 one time in twenty, two real camps pass .45 nearly always."""

SMALLEST = 3
"""A camp of fewer would point at people."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Camps:
    """The best two-way split of the ballots, and whether it deserves the name.

    silhouette – mean over members, −1 … 1, on Kendall distance; tau_between – mean tau across the split
    tau_within – mean tau inside the camps; sizes – smaller first; distance – mean Kendall distance across
    found      – both camps have three, the silhouette is at least .45, and tau across is negative
    side       – 0 or 1 for each ballot in the profile's order (for the expert's view; never in a report)
    """

    silhouette: float
    tau_between: float
    tau_within: float | None
    sizes: tuple[int, int]
    found: bool
    side: tuple[int, ...]


def camps(p: Profile) -> Camps | None:
    """Split the ballots in two so that the orders inside each part are as near as can be, by trying every split.

    Kendall distance is (1 − tau_b)/2; camps of one are not tried. None for fewer than four ballots that
    say something, for more than twelve, and for ballots with gaps.

    >>> camps(Profile.of(*["abcdef"] * 3, *["fedcba"] * 3)).found
    True
    """
    told = p.without_flat()
    if not 4 <= told.m <= MOST_MEMBERS or not told.complete:
        return None
    tau = _taus(told)
    split, silhouette = best_split((1 - tau) / 2)
    across = split[:, None] != split[None, :]
    within = ~across & ~np.eye(len(split), dtype=np.bool_)
    sizes = tuple(sorted((int(split.sum()), int((~split).sum()))))
    between = float(tau[across].mean())
    return Camps(
        silhouette=silhouette,
        tau_between=between,
        tau_within=float(tau[within].mean()) if within.any() else None,
        sizes=(sizes[0], sizes[1]),
        found=sizes[0] >= SMALLEST and silhouette >= SILHOUETTE and between < 0,
        side=tuple(split.astype(int).tolist()),
    )


def parting(p: Profile, split: Camps) -> tuple[int, ...]:
    """Find the statements whose mean ranks the two camps put furthest apart."""
    told = p.without_flat()
    ballots = np.repeat(told.places.astype(np.int64), told.counts, axis=1)
    side = np.array(split.side, dtype=np.bool_)
    apart = np.abs(ballots[:, side].mean(axis=1) - ballots[:, ~side].mean(axis=1))
    return tuple(np.nonzero(apart >= apart.max() - 1e-9)[0].tolist())


def _taus(p: Profile) -> Floats:
    """Give tau_b between each two ballots."""
    signs = sign_vectors(p)[:, np.repeat(np.arange(p.places.shape[1]), p.counts)].T
    length = np.sqrt((signs * signs).sum(axis=1))
    # rounded, so that equal orders are at no distance at all
    return np.asarray(np.round((signs @ signs.T) / (length[:, None] * length[None, :]), 12))


def best_split(distance: Floats) -> tuple[NDArray[np.bool_], float]:
    """Find the split of m into two parts of at least two that leaves the least distance inside them.

    `distance` is (m, m); inside counts each part's sum over its size, as k-means does. Gives the side of
    each member (the first is on side 0; among equals the first split wins) and the mean silhouette.
    """
    m = len(distance)
    splits = _splits(m)
    side = splits.astype(np.float64)
    to_one, to_zero = side @ distance, (1 - side) @ distance
    ones = side.sum(axis=1)
    inside = (side * to_one).sum(axis=1) / ones + ((1 - side) * to_zero).sum(axis=1) / (m - ones)
    best = splits[int(np.argmin(np.round(inside, 12)))]
    return best, _silhouette(distance, best)


def _silhouette(distance: Floats, side: NDArray[np.bool_]) -> float:
    """Average how much nearer each member is to its own part than to the other (Rousseeuw, 1987)."""
    same = side[:, None] == side[None, :]
    own = (distance * same).sum(axis=1) / (same.sum(axis=1) - 1)
    other = (distance * ~same).sum(axis=1) / (~same).sum(axis=1)
    widest = np.maximum(own, other)
    return float(np.divide(other - own, widest, out=np.zeros_like(own), where=widest > 0).mean())


@lru_cache(maxsize=MOST_MEMBERS)
def _splits(m: int) -> NDArray[np.bool_]:
    every = (np.arange(1 << (m - 1))[:, None] >> np.arange(m - 1)) & 1
    splits = np.hstack([np.zeros((len(every), 1), dtype=np.int64), every]).astype(np.bool_)
    size = splits.sum(axis=1)
    return np.asarray(splits[(size >= 2) & (m - size >= 2)])
