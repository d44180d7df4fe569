"""Two rounds at one table: whether answers came closer, and how far the order and each seat moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.consensus.borda import borda
from app.consensus.concordance import concordance
from app.consensus.errors import ConsensusError
from app.consensus.profile import Profile


@dataclass(frozen=True, slots=True)
class Rounds:
    """What changed from one round to the next.

    r_before, r_after – the mean Spearman correlation of each round; None where it has none
    tau_orders        – tau_b between the two Borda orders; None where one of them is all level
    tau_own           – mean tau_b of each ballot with the same seat's earlier one; None unless both
                        profiles hold the same seats in the same order
    moved             – for each statement, how many tiers it rose (fell, if negative) in the Borda order
    """

    r_before: float | None
    r_after: float | None
    tau_orders: float | None
    tau_own: float | None
    moved: tuple[int, ...]


def compare(before: Profile, after: Profile) -> Rounds:
    """Compare two rounds over the same statements; refuses profiles of different n.

    Ballots are paired by their place in the two profiles, so pass the same seats in the same order, one
    ballot to a row; otherwise the figure for seats is None.

    >>> compare(Profile.of("abc", "cba"), Profile.of("abc", "abc")).r_after
    1.0
    """
    if before.n != after.n:
        raise ConsensusError(f"The rounds have {before.n} and {after.n} statements.")
    first, second = concordance(before), concordance(after)
    old, new = borda(before).places, borda(after).places
    return Rounds(
        r_before=None if first is None else first.r,
        r_after=None if second is None else second.r,
        tau_orders=tau_between(old, new),
        tau_own=_own(before, after),
        moved=tuple(was - now for was, now in zip(old, new, strict=True)),
    )


def tau_between(one: tuple[int, ...], other: tuple[int, ...]) -> float | None:
    """Give tau_b between two orders, each as the place of every statement; for tables beside tables, too.

    None when an order puts nothing above anything.

    >>> round(tau_between((0, 1, 2), (0, 2, 1)), 3)
    0.333
    """
    x, y = np.triu_indices(len(one), 1)
    first, second = np.array(one), np.array(other)
    a, b = np.sign(first[y] - first[x]), np.sign(second[y] - second[x])
    size = float(np.sqrt(float((a * a).sum()) * float((b * b).sum())))
    return float((a * b).sum()) / size if size else None


def _own(before: Profile, after: Profile) -> float | None:
    if before.places.shape != after.places.shape or (before.counts != 1).any() or (after.counts != 1).any():
        return None
    pairs = zip(before.places.T.tolist(), after.places.T.tolist(), strict=True)
    found = [tau_between(*_both(old, new)) for old, new in pairs]
    told = [value for value in found if value is not None]
    return sum(told) / len(told) if told else None


def _both(old: list[int], new: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Keep the statements that both ballots place."""
    kept = [(a, b) for a, b in zip(old, new, strict=True) if a and b]
    return tuple(a for a, _ in kept), tuple(b for _, b in kept)
