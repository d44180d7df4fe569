"""A running tally of ballots that come, change and go.

Law: only whole numbers, so that putting and removing in any order gives what counting anew would.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np

from app.consensus.ballots import HEAD_COUNT, Ballot, Policy, places
from app.consensus.errors import EmptyItems
from app.consensus.pairs import Ints
from app.consensus.profile import Profile


@dataclass(slots=True)
class Counts:
    """The pairwise counts of one agency: wins[x, y], ties[x, y] and how many ballots there are."""

    wins: Ints
    ties: Ints
    ballots: int = 0


@dataclass(slots=True)
class Tally:
    """The ballots of n statements as they stand now; the only thing here that changes.

    >>> tally = Tally(3)
    >>> tally.put("seat 1", Ballot(((0,), (1,), (2,))))
    >>> tally.put("seat 2", Ballot(((2,), (0,), (1,))))
    >>> tally.remove("seat 1")
    >>> tally.profile().wins.tolist()
    [[0, 1, 0], [0, 0, 0], [1, 1, 0]]
    """

    n: int
    policy: Policy = HEAD_COUNT
    counts: dict[str | None, Counts] = field(default_factory=dict)
    _ballots: dict[Hashable, Ballot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.n < 1:
            raise EmptyItems("There are no statements to put in order.")

    def __len__(self) -> int:
        return len(self._ballots)

    def put(self, member: Hashable, ballot: Ballot) -> None:
        """Count a member's ballot in place of the one they had, in O(n²).

        Refuses an unknown or doubled statement and then keeps what it had.
        """
        ranks = np.array(places(ballot, self.n, self.policy))
        self.remove(member)
        if ballot.agency not in self.counts:
            empty = np.zeros((self.n, self.n), dtype=np.int64)
            self.counts[ballot.agency] = Counts(empty, empty.copy())
        self._add(ballot.agency, ranks, 1)
        self._ballots[member] = ballot

    def remove(self, member: Hashable) -> None:
        """Take a member's ballot out again, in O(n²); one who has none changes nothing."""
        ballot = self._ballots.pop(member, None)
        if ballot is None:
            return
        self._add(ballot.agency, np.array(places(ballot, self.n, self.policy)), -1)
        if not self.counts[ballot.agency].ballots:
            del self.counts[ballot.agency]

    def _add(self, agency: str | None, ranks: Ints, sign: int) -> None:
        above = (ranks[:, None] < ranks[None, :]) & (ranks > 0)[:, None]
        level = (ranks[:, None] == ranks[None, :]) & (ranks > 0)[:, None]
        np.fill_diagonal(level, val=False)
        counts = self.counts[agency]
        counts.wins += sign * above
        counts.ties += sign * level
        counts.ballots += sign

    def profile(self) -> Profile:
        """Freeze the ballots as they stand; nobody's name is in it."""
        made = Profile.from_ballots(self._ballots.values(), self.n, policy=self.policy)
        if self.policy.weighting == "head" and self.counts:
            pairs = (sum(c.wins for c in self.counts.values()), sum(c.ties for c in self.counts.values()))
            made.__dict__["_pairs"] = pairs
        return made
