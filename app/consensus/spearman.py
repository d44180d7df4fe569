"""Spearman's correlation between the members of a table, each pair with its own ties."""

from __future__ import annotations

import numpy as np

from app.consensus.profile import Profile
from app.consensus.tau import MOST_ROWS


def mean_spearman(p: Profile) -> float | None:
    """Average Spearman's rho over all pairs of ballots that say something; each ballot weighs 1.

    Without ties it equals (mW − 1)/(m − 1). Ballots with gaps are compared on what both place. None below
    two ballots, where no two can be compared, or with gaps on too many different ballots.

    >>> round(mean_spearman(Profile.of("degfabch", "adegfcbh", "cedabgfh")), 6)
    0.484127
    """
    told = p.without_flat()
    pairs = told.m * (told.m - 1) // 2
    if not pairs:
        return None
    if not told.complete:
        return _with_gaps(told)
    middle = told.places - (p.n + 1.0)
    scale = told.counts / np.sqrt((middle * middle).sum(axis=0))
    total = float(((middle @ scale) ** 2).sum())
    return min(1.0, max(-1.0, (total - told.m) / (2 * pairs)))


def _with_gaps(p: Profile) -> float | None:
    """Correlate ballots two by two over the statements that both place, ranked anew among them."""
    rows = p.places.shape[1]
    if rows > MOST_ROWS // 10:
        return None
    total, number = 0.0, 0
    for i in range(rows):
        for j in range(i, rows):
            count = int(p.counts[i] * p.counts[j]) if i != j else int(p.counts[i] * (p.counts[i] - 1)) // 2
            both = (p.places[:, i] > 0) & (p.places[:, j] > 0)
            x, y = _midranks(p.places[both, i]), _midranks(p.places[both, j])
            size = float(np.sqrt((x * x).sum() * (y * y).sum()))
            if count and size:
                total, number = total + count * float((x * y).sum()) / size, number + count
    return total / number if number else None


def _midranks(places: np.typing.NDArray[np.signedinteger]) -> np.typing.NDArray[np.float64]:
    """Rank some statements among themselves, around 0."""
    below = (places[:, None] > places[None, :]).sum(axis=1)
    level = (places[:, None] == places[None, :]).sum(axis=1)
    return np.asarray(below + (level - 1) / 2 - (len(places) - 1) / 2)
