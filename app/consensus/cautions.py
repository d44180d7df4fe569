"""What to keep in mind about an order, and what a trainer could ask because of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app import disclosure
from app.consensus.ballots import Tiers
from app.consensus.borda import Borda, borda
from app.consensus.condorcet import has_cycle
from app.consensus.kemeny import LIMIT, Kemeny, kemeny
from app.consensus.profile import Profile
from app.consensus.words import (
    ASK_CONTESTED,
    ASK_CYCLE,
    ASK_FEW,
    ASK_LEVEL,
    ASK_PARITY,
    CYCLE,
    DIFFER,
    FEW,
    INCOMPLETE,
    INCOMPLETE_UNKNOWN,
    LEVEL_AT_CUT,
    MANY_TIES,
    PARITY,
    SEVERAL,
    Phrase,
)

MANY = 0.25
"""Ties are worth a warning when more than this share of all comparisons is tied."""

FEW_PEOPLE = 4
"""Up to this many people one of them can turn the order."""


@dataclass(frozen=True)
class Findings:
    """What several ways of counting make of the same ballots."""

    profile: Profile
    k: int
    count: Borda
    exact: Kemeny | None
    parity: Borda | None
    cycle: bool

    @cached_property
    def contested(self) -> tuple[int, ...]:
        """List the statements of all pairs that Borda orders and not all Kemeny optima order alike."""
        if self.exact is None:
            return ()
        place, backbone = self.count.places, self.exact.backbone
        items = range(self.profile.n)
        found = [(x, y) for x in items for y in items if place[x] < place[y] and not backbone[x][y]]
        return tuple(sorted({item for pair in found for item in pair}))

    @property
    def level_at_cut(self) -> tuple[int, ...]:
        """List the statements that are level with each other across place k."""
        return cut(self.count.tiers, self.k)[1]

    @property
    def parity_changes_top(self) -> bool:
        """Say whether first place, or who is surely among the first k, depends on how agencies weigh."""
        if self.parity is None:
            return False
        head, equal = self.count.tiers, self.parity.tiers
        return set(head[0]) != set(equal[0]) or set(cut(head, self.k)[0]) != set(cut(equal, self.k)[0])


def find(p: Profile, k: int) -> Findings:
    """Count the ballots every way that the warnings need."""
    alone = p.policy.weighting == "parity" or not disclosure.may_show_parity(p.agency_sizes)
    count = borda(p)
    return Findings(
        profile=p,
        k=k,
        count=count,
        exact=kemeny(p, cap=1, count=count) if p.n <= LIMIT else None,
        parity=None if alone else borda(p.weighted("parity")),
        cycle=has_cycle(p),
    )


def cut(tiers: Tiers, k: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Split off the first k: who is surely among them, best first, and who ties across place k.

    >>> cut(((2,), (0, 1)), 2)
    ((2,), (0, 1))
    """
    inside: list[int] = []
    for tier in tiers:
        if len(inside) == k:
            break
        if len(inside) + len(tier) > k:
            return tuple(inside), tier
        inside += tier
    return tuple(inside), ()


def warnings(found: Findings) -> Iterator[Phrase]:
    """Say what to keep in mind, the most general first."""
    yield from _about_ballots(found.profile)
    if found.level_at_cut:
        yield Phrase(LEVEL_AT_CUT, (("place", found.k),))
    if found.exact is not None and found.exact.borda_gap:
        yield Phrase(DIFFER)
    if found.exact is not None and found.exact.n_optimal > 1:
        yield Phrase(SEVERAL)
    if found.cycle:
        yield Phrase(CYCLE)
    if found.parity_changes_top:
        yield Phrase(PARITY)


def _about_ballots(p: Profile) -> Iterator[Phrase]:
    if p.m <= FEW_PEOPLE:
        yield Phrase(FEW)
    if p.incomplete_ballots:
        yield Phrase(INCOMPLETE if p.policy.unlisted == "below" else INCOMPLETE_UNKNOWN)
    tied, strict = int(p.ties.sum()) // 2, int(p.wins.sum())
    if tied > MANY * (tied + strict):
        yield Phrase(MANY_TIES)


def prompts(found: Findings) -> Iterator[Phrase]:
    """Offer one sentence for each thing that a table can talk about."""
    if found.level_at_cut:
        yield Phrase(ASK_LEVEL)
    if found.contested:
        yield Phrase(ASK_CONTESTED)
    if found.cycle:
        yield Phrase(ASK_CYCLE)
    if found.parity_changes_top:
        yield Phrase(ASK_PARITY)
    if found.profile.m <= FEW_PEOPLE:
        yield Phrase(ASK_FEW)
