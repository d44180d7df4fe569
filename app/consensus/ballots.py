"""Ballots, and the policy that says what a statement means which a ballot leaves out or discards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.consensus.errors import DuplicateItem, EmptyItems, UnknownItem

Tiers = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    """One member's order: tiers best first, statements in one tier tied; what they discarded."""

    tiers: Tiers
    discarded: tuple[int, ...] = ()
    agency: str | None = None

    @classmethod
    def ranked(cls, order: Iterable[int], *, discarded: Iterable[int] = (), agency: str | None = None) -> Ballot:
        """Make the ballot of somebody who put statements in order one below the other.

        >>> Ballot.ranked([2, 0], discarded=[1]).tiers
        ((2,), (0,))
        """
        return cls(tuple((item,) for item in order), tuple(discarded), agency)


@dataclass(frozen=True, slots=True)
class Policy:
    """What silence means, and how much each ballot weighs.

    unlisted  – `below`: seen and not listed, so all of them share one tier beneath the listed;
                `missing`: no information, they are compared with nothing.
    discarded – `last`: one tier beneath everything; `missing`: as if never seen.
    weighting – `head`: each ballot weighs 1; `parity`: each agency present weighs 1 and its members
                share it (those who named no agency are one group together).
    """

    unlisted: Literal["below", "missing"] = "below"
    discarded: Literal["last", "missing"] = "last"
    weighting: Literal["head", "parity"] = "head"


HEAD_COUNT = Policy()
DISCARDED = -1


def places(ballot: Ballot, n: int, policy: Policy) -> list[int]:
    """Work out the doubled midrank of each of n statements on a ballot; 0 where it says nothing.

    Doubled, because a tier of even size shares a half rank and whole numbers stay exact.

    >>> places(Ballot(((1,), (0, 2))), 4, Policy())
    [5, 2, 5, 8]
    """
    if n < 1:
        raise EmptyItems("There are no statements to put in order.")
    ranks, above = [0] * n, 0
    for tier in ballot.tiers:
        _place(tier, 2 * above + len(tier) + 1, ranks)
        above += len(tier)
    _place(ballot.discarded, DISCARDED, ranks)
    left = n - above - len(ballot.discarded)
    below = 2 * above + left + 1 if policy.unlisted == "below" else 0
    last = 2 * (above + (left if below else 0)) + len(ballot.discarded) + 1 if policy.discarded == "last" else 0
    if left or ballot.discarded:
        return [rank if rank > 0 else last if rank else below for rank in ranks]
    return ranks


def _place(items: tuple[int, ...], rank: int, ranks: list[int]) -> None:
    """Give statements a rank; refuse one that is not among 0 … n−1 and one that has a rank already."""
    for item in items:
        if type(item) is not int or not 0 <= item < len(ranks):
            raise UnknownItem(f"Statement {item!r} is not among 0 to {len(ranks) - 1}.")
        if ranks[item]:
            raise DuplicateItem(f"Statement {item} is named twice on one ballot.")
        ranks[item] = rank


def is_incomplete(ballot: Ballot, n: int) -> bool:
    """Say whether a ballot leaves any of the n statements neither placed nor discarded."""
    return sum(map(len, ballot.tiers)) + len(ballot.discarded) < n
