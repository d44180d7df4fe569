"""Agencies: how alike the orders are within one and between them, and the order when each counts the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.consensus.borda import Borda, borda
from app.consensus.concordance import Concordance, concordance
from app.consensus.profile import Profile
from app.consensus.tau import tau


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency's ballots: how many, their order, and their mean tau_b (None where two cannot be compared)."""

    name: str | None
    ballots: int
    order: Borda
    tau: float | None


@dataclass(frozen=True, slots=True)
class Agencies:
    """All agencies of a profile, and what weighing them alike changes.

    each    – in alphabetical order, those who named none last
    within  – mean tau_a of two ballots of one agency; between – of two agencies; None without such pairs
    parity  – the Borda count with each agency weighing 1
    agreement      – W under parity, with m_eff
    same_top, same_order – whether parity keeps the first tier, and all tiers
    """

    each: tuple[Agency, ...]
    within: float | None
    between: float | None
    parity: Borda
    agreement: Concordance | None
    same_top: bool
    same_order: bool


def agencies(p: Profile) -> Agencies:
    """Compare the agencies of a profile; those who named none are one group. What may be shown is not decided here.

    >>> from app.consensus.ballots import Ballot
    >>> orders = [("health", (0, 1)), ("health", (0, 1)), ("health", (0, 1)), ("police", (1, 0))]
    >>> p = Profile.from_ballots([Ballot.ranked(order, agency=name) for name, order in orders], 2)
    >>> agencies(p).parity.tiers
    ((0, 1),)
    """
    parts = {name: _part(p, index) for index, name in enumerate(p.agency_names) if name in p.agency_sizes}
    equal, head = p.weighted("parity"), borda(p.weighted("head"))
    count = borda(equal)
    within, between = _pair_taus(p, list(parts.values()))
    return Agencies(
        each=tuple(Agency(name, part.m, borda(part), tau(part).mean_tau_b) for name, part in parts.items()),
        within=within,
        between=between,
        parity=count,
        agreement=concordance(equal),
        same_top=count.tiers[0] == head.tiers[0],
        same_order=count.tiers == head.tiers,
    )


def _part(p: Profile, index: int) -> Profile:
    return p.weighted("head").rows(p.agencies == index)


def _pair_taus(p: Profile, parts: list[Profile]) -> tuple[float | None, float | None]:
    """Split all pairs of ballots into those of one agency and the others, from pair counts."""
    agree_in, compared_in = (sum(values) for values in zip((0, 0), *map(_pair_counts, parts), strict=True))
    agree, compared = _pair_counts(p.weighted("head"))
    within = agree_in / compared_in if compared_in else None
    across = compared - compared_in
    return within, (agree - agree_in) / across if across else None


def _pair_counts(p: Profile) -> tuple[int, int]:
    """Count agreeing minus disagreeing comparisons of two ballots, and all comparisons."""
    x, y = np.triu_indices(p.n, 1)
    above, below, level = p.wins[x, y], p.wins[y, x], p.ties[x, y]
    every = above + below + level
    net = (above * (above - 1) + below * (below - 1)) // 2 - above * below
    return int(net.sum()), int((every * (every - 1) // 2).sum())
