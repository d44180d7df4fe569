"""A profile: the ballots of one table or room, resolved to ranks and frozen for counting.

Law: a profile knows no member ids, and everything computed from it is computed from whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from math import lcm
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from app.consensus.ballots import HEAD_COUNT, Ballot, Policy, is_incomplete, places
from app.consensus.errors import EmptyItems, UnknownItem, WeightError
from app.consensus.orders import place_type, rank_and_count
from app.consensus.pairs import Flags, Ints, Places, pair_counts

LARGEST_UNIT = 1 << 30
"""Parity shares are whole numbers of 1/unit; sizes with a larger common multiple are rounded to it."""


@dataclass(frozen=True, eq=False)
class Profile:
    """m ballots on n statements.

    places    – (n, rows) doubled midranks; 0 where a row says nothing
    counts    – (rows,) how many ballots are alike in each row
    agencies  – (rows,) index into `agency_names`
    partial   – (rows,) whether the row's ballots left a statement unlisted
    strict    – known to be complete and without ties, which is cheaper to count
    counted   – N[x, y] where it is known already: of strict ballots that weigh 1 each
    """

    n: int
    places: Places
    counts: Ints
    agencies: Ints
    agency_names: tuple[str | None, ...]
    partial: Flags
    policy: Policy = HEAD_COUNT
    strict: bool = False
    counted: Ints | None = None

    @classmethod
    def of(cls, *orders: str | Sequence[int], policy: Policy = HEAD_COUNT) -> Profile:
        """Make a profile from orders, best first; letters stand for statements (a = 0).

        n is one more than the largest statement named.

        >>> Profile.of("abc", "acb").n
        3
        """
        numbers = [
            [ord(item) - ord("a") for item in order] if isinstance(order, str) else list(order) for order in orders
        ]
        n = 1 + max((item for order in numbers for item in order), default=-1)
        return cls.from_ballots([Ballot.ranked(order) for order in numbers], n, policy=policy)

    @classmethod
    def from_ballots(
        cls,
        ballots: Iterable[Ballot],
        n: int,
        *,
        counts: Iterable[int] | None = None,
        policy: Policy = HEAD_COUNT,
    ) -> Profile:
        """Resolve ballots on statements 0 … n−1 under a policy.

        `counts` says how many members handed in each ballot (1 each when left out). Refuses n < 1
        (`EmptyItems`), a statement out of range or named twice (`UnknownItem`, `DuplicateItem`), and
        a count that is not a whole number above 0 (`WeightError`). No ballots at all is a profile.
        """
        if n < 1:
            raise EmptyItems("There are no statements to put in order.")
        listed = list(ballots)
        sizes = [1] * len(listed) if counts is None else [_checked_count(c) for c in counts]
        if len(sizes) != len(listed):
            raise WeightError(f"There are {len(listed)} ballots and {len(sizes)} counts.")
        strict = _strict_places(listed, n)
        if strict is None:
            rows = [places(ballot, n, policy) for ballot in listed]
            resolved = _columns(np.array(rows, dtype=place_type(n)).reshape(len(rows), n))
            partial = np.array([is_incomplete(ballot, n) for ballot in listed], dtype=np.bool_)
        else:
            resolved, partial = strict, np.zeros(len(listed), dtype=np.bool_)
        names, index = _number_agencies(ballot.agency for ballot in listed)
        return cls(
            n=n,
            places=resolved,
            counts=np.array(sizes, dtype=np.int64),
            agencies=index,
            agency_names=names,
            partial=partial,
            policy=policy,
            strict=strict is not None,
        )

    @classmethod
    def from_orders(cls, orders: ArrayLike, *, policy: Policy = HEAD_COUNT) -> Profile:
        """Tally complete untied orders from an (m, n) array: statement numbers, best first.

        Meant for rooms of thousands: no Python object is made for a ballot, and a byte a statement is the
        quickest to read. Refuses a row that is not a permutation of 0 … n−1.
        """
        table = np.asarray(orders)
        if table.ndim != 2 or table.shape[1] < 1:
            raise EmptyItems("There are no statements to put in order.")
        if table.dtype.kind not in "iu":
            raise UnknownItem("An array of orders holds whole numbers.")
        m, n = table.shape
        places, wins = rank_and_count(table)
        # one number stands for all m: filling memory with ones would cost as much as counting
        return cls(
            n=n,
            places=places,
            counts=np.broadcast_to(np.int64(1), m),
            agencies=np.broadcast_to(np.int64(0), m),
            agency_names=(None,) if m else (),
            partial=np.broadcast_to(np.False_, m),
            policy=policy,
            strict=True,
            counted=wins,
        )

    @cached_property
    def m(self) -> int:
        """Count the ballots, flat ones too."""
        return int(self.counts.sum())

    @cached_property
    def complete(self) -> bool:
        """Say whether every ballot places every statement once the policy is applied."""
        return self.strict or bool(self.places.all())

    @cached_property
    def unit(self) -> int:
        """Give the whole number that stands for the weight 1: 1 by head, a common multiple by parity."""
        if self.policy.weighting == "head" or not self.m:
            return 1
        return min(lcm(*self.agency_sizes.values()), LARGEST_UNIT)

    @cached_property
    def agency_sizes(self) -> dict[str | None, int]:
        """Count the ballots of each agency present."""
        sizes = np.bincount(self.agencies, weights=self.counts, minlength=len(self.agency_names))
        return {name: int(size) for name, size in zip(self.agency_names, sizes, strict=True) if size}

    @cached_property
    def weights(self) -> Ints:
        """Give the weight of one ballot in each row, in whole numbers of 1/unit."""
        if self.policy.weighting == "head":
            return np.ones_like(self.counts)
        share = [round(self.unit / self.agency_sizes.get(name, 1)) for name in self.agency_names]
        return np.array(share, dtype=np.int64)[self.agencies]

    @cached_property
    def row_weights(self) -> Ints:
        """Give the weight of each row: its count times the weight of one of its ballots."""
        return self.counts * self.weights

    @cached_property
    def weight(self) -> int:
        """Give the weight of all ballots together, in whole numbers of 1/unit."""
        return int(self.row_weights.sum())

    @cached_property
    def wins(self) -> Ints:
        """Give N[x, y]: the weight of ballots with x strictly above y."""
        return self._pairs[0]

    @cached_property
    def ties(self) -> Ints:
        """Give T[x, y]: the weight of ballots that tie x and y; 0 on the diagonal."""
        return self._pairs[1]

    @cached_property
    def _pairs(self) -> tuple[Ints, Ints]:
        if self.counted is not None:
            return self.counted, np.zeros_like(self.counted)
        weights = self.row_weights
        return pair_counts(self.places, None if bool((weights == 1).all()) else weights, strict=self.strict)

    @cached_property
    def tie_terms(self) -> Ints:
        """Give Σ(t³−t) over the tiers of each row; n³−n for a row that ties everything.

        Meaningful for rows that place every statement.
        """
        squares: Ints = np.einsum("ij,ij->j", self.places, self.places, dtype=np.int64)
        return 2 * self.n * (self.n + 1) * (2 * self.n + 1) - 3 * squares

    @cached_property
    def flat(self) -> Flags:
        """Mark the rows that put nothing above anything."""
        if self.strict:
            return np.full(len(self.counts), self.n == 1)
        highest = self.places.max(axis=0)
        lowest = np.where(self.places == 0, highest, self.places).min(axis=0)
        return np.asarray(lowest == highest)

    @cached_property
    def incomplete_ballots(self) -> int:
        """Count the ballots that left a statement neither placed nor discarded."""
        return int(self.counts[self.partial].sum())

    @cached_property
    def flat_ballots(self) -> int:
        """Count the ballots that put nothing above anything."""
        return int(self.counts[self.flat].sum())

    def without_flat(self) -> Profile:
        """Leave out the ballots that put nothing above anything."""
        return self if not self.flat.any() else self.rows(~self.flat)

    def rows(self, chosen: Flags | Ints) -> Profile:
        """Take some of the rows into a profile of their own."""
        return replace(
            self,
            places=self.places[:, chosen],
            counts=self.counts[chosen],
            agencies=self.agencies[chosen],
            partial=self.partial[chosen],
            counted=None,
        )

    def weighted(self, weighting: Literal["head", "parity"]) -> Profile:
        """Weigh the same ballots otherwise; what silence means is settled already."""
        return (
            self
            if weighting == self.policy.weighting
            else replace(self, policy=replace(self.policy, weighting=weighting), counted=None)
        )


def _checked_count(count: object) -> int:
    if isinstance(count, bool) or not isinstance(count, int | np.integer) or count < 1:
        raise WeightError(f"A ballot's count must be a whole number above 0, not {count!r}.")
    return int(count)


def _number_agencies(agencies: Iterable[str | None]) -> tuple[tuple[str | None, ...], Ints]:
    """Number agencies in alphabetical order (None last), so that the order of ballots is no matter."""
    listed = list(agencies)
    names = sorted(set(listed), key=lambda name: (name is None, name or ""))
    index = {name: number for number, name in enumerate(names)}
    return tuple(names), np.array([index[name] for name in listed], dtype=np.int64)


def _strict_places(ballots: list[Ballot], n: int) -> Places | None:
    """Rank ballots that all order all statements one below the other at once; None for any others, wrong ones too."""
    try:
        orders = [[item for (item,) in ballot.tiers] for ballot in ballots]
    except ValueError:
        return None
    if set(map(len, orders)) != {n} or set(map(type, chain.from_iterable(orders))) != {int}:
        return None
    if any(ballot.discarded for ballot in ballots) or set(chain.from_iterable(orders)) != set(range(n)):
        return None
    ranks = np.zeros((n, len(orders)), dtype=place_type(n))
    ranks[np.array(orders).T, np.arange(len(orders))] = np.arange(2, 2 * n + 2, 2, dtype=ranks.dtype)[:, None]
    return ranks if ranks.all() else None


def _columns(rows: Places) -> Places:
    return np.ascontiguousarray(rows.T)
