"""The Borda count: the order by mean rank, which is the one shown."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from app.consensus.ballots import Tiers
from app.consensus.profile import Profile


@dataclass(frozen=True, slots=True)
class Borda:
    """What the count gives each of n statements, and the order that follows.

    points    – wins and half the ties, over all ballots
    net       – wins minus losses
    share     – points per comparison, 0 … 1; None for a statement that was never compared
    mean_rank – 1 … n, from complete ballots; None when a ballot leaves a statement out or there is none
    tiers     – best first; statements that are exactly level share a tier
    """

    points: tuple[float, ...]
    net: tuple[float, ...]
    share: tuple[float | None, ...]
    mean_rank: tuple[float, ...] | None
    tiers: Tiers

    @property
    def places(self) -> tuple[int, ...]:
        """Give each statement the number of its tier, 0 for the best."""
        return tier_numbers(self.tiers)


def borda(p: Profile) -> Borda:
    """Count points: one for each statement that a ballot puts below, half for each it ties.

    Statements that a ballot leaves out are averaged, so that each ballot hands out the same total
    (Terzopoulou & Endriss, 2021). When `missing` ballots compare unequal numbers of statements, the
    order goes by share. Points come in weights: under parity an agency hands out what one ballot would.

    >>> borda(Profile.of("abc", "abc", "acb")).mean_rank
    (1.0, 2.3333333333333335, 2.6666666666666665)
    """
    won, lost, level = p.wins.sum(axis=1), p.wins.sum(axis=0), p.ties.sum(axis=1)
    doubled: list[int] = (2 * won + level).tolist()
    compared: list[int] = (won + lost + level).tolist()
    share = [points / (2 * number) if number else None for points, number in zip(doubled, compared, strict=True)]
    complete = p.complete and p.weight > 0
    return Borda(
        points=tuple(points / (2 * p.unit) for points in doubled),
        net=tuple(net / p.unit for net in (won - lost).tolist()),
        share=tuple(share),
        mean_rank=tuple(p.n - points / (2 * p.weight) for points in doubled) if complete else None,
        tiers=tiers_by(doubled) if p.complete else tiers_by(_exact_shares(doubled, compared)),
    )


def _exact_shares(doubled: list[int], compared: list[int]) -> list[Fraction]:
    """Give exact shares to compare by; a statement that was never compared comes last."""
    return [
        Fraction(points, 2 * number) if number else Fraction(-1)
        for points, number in zip(doubled, compared, strict=True)
    ]


def tiers_by(scores: list[int] | list[Fraction]) -> Tiers:
    """Put statements in tiers by their score, highest first; equal scores share a tier.

    >>> tiers_by([3, 5, 3])
    ((1,), (0, 2))
    """
    order = sorted(range(len(scores)), key=lambda item: (-scores[item], item))
    return tuple(tuple(tier) for _, tier in groupby(order, key=lambda item: scores[item]))


def tier_numbers(tiers: Tiers) -> tuple[int, ...]:
    """Give each statement the number of its tier, 0 for the best.

    >>> tier_numbers(((1,), (0, 2)))
    (1, 0, 1)
    """
    found = sorted((item, number) for number, tier in enumerate(tiers) for item in tier)
    return tuple(number for _, number in found)
