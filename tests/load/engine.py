"""The engine beside its peers (P5), as ratios: five interleaved repetitions of each, medians.

The peers are the extra `bench` and not needed for anything else; without them their rows say so. Run it with
`python -m tests.load.engine`; `--brief` leaves out the peer that needs a minute.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from app.consensus import Ballot, Profile, Tally, kemeny, report

REPETITIONS = 5
Work = Callable[[], object]
Orders = np.typing.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Figure:
    """One promise: ours over the anchor must be at most the limit. Times in seconds; None where a peer is missing."""

    promise: str
    anchor: str
    ours: float
    theirs: float | None
    limit: float

    @property
    def ratio(self) -> float | None:
        """Give ours over theirs."""
        return None if self.theirs is None else self.ours / self.theirs

    @property
    def kept(self) -> bool | None:
        """Say whether the promise was kept; None where it could not be measured."""
        return None if self.ratio is None else self.ratio <= self.limit


def timed(work: Work, least: float = 0.2) -> float:
    """Give how long something takes: once, or in the middle of as many times as fill `least` seconds.

    The middle, because something quick that was put aside for others once would count for a hundred.
    """
    taken: list[float] = []
    while not taken or sum(taken) < least:
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def side_by_side(ours: Work, theirs: Work | None, repetitions: int = REPETITIONS) -> tuple[float, float | None]:
    """Run both in turns after one warm-up each, and give the medians."""
    ours()
    if theirs is None:
        return median(timed(ours) for _ in range(repetitions)), None
    theirs()
    pairs = [(timed(ours), timed(theirs)) for _ in range(repetitions)]
    return median(a for a, _ in pairs), median(b for _, b in pairs)


def orders(m: int, n: int) -> Orders:
    """Draw m untied orders of n statements, the same ones in every run."""
    return np.random.default_rng(m * n).permuted(np.tile(np.arange(n), (m, 1)), axis=1)


def corankco_of(table: Orders) -> Work | None:
    """Find the exact consensus with corankco, by its own integer programme."""
    try:
        from corankco.algorithms.exact.exactalgorithmpulp import ExactAlgorithmPulp
        from corankco.dataset import Dataset
        from corankco.scoringscheme import ScoringScheme
    except ImportError:
        return None
    data = Dataset.from_raw_list([[{item} for item in order] for order in table.tolist()])
    scheme = ScoringScheme.get_unifying_scoring_scheme()
    return lambda: ExactAlgorithmPulp().compute_consensus_rankings(data, scheme, True)


def pref_voting() -> Any:
    """Give pref_voting's profile class and Kemeny search; None where it is not installed."""
    try:
        from pref_voting.other_methods import kemeny_young
        from pref_voting.profiles import Profile as PrefVotingProfile
    except ImportError:
        return None
    return PrefVotingProfile, kemeny_young


def of_report() -> Figure:
    """Measure a report of 30 × 10 from its ballots."""
    table = orders(30, 10)
    ballots = [Ballot.ranked(order) for order in table.tolist()]
    ours, theirs = side_by_side(lambda: report(Profile.from_ballots(ballots, 10), k=5), corankco_of(table))
    return Figure("report of 30 × 10, untied", "corankco, exact consensus", ours, theirs, 0.03)


def of_kemeny_at_fifteen() -> Figure:
    """Measure exact Kemeny with its count of optima at the limit."""
    table = orders(30, 15)
    ours, theirs = side_by_side(lambda: kemeny(Profile.from_orders(table)), corankco_of(table))
    return Figure("exact Kemeny and its count of optima, n = 15", "corankco, exact consensus", ours, theirs, 1 / 5)


def of_kemeny_at_ten(*, brief: bool) -> Figure:
    """Measure exact Kemeny at ten; the peer tries every order and runs once."""
    table = orders(30, 10)
    peer = None if brief else pref_voting()
    ours, _ = side_by_side(lambda: kemeny(Profile.from_orders(table)), None)
    theirs = None
    if peer is not None:
        build, search = peer
        made = build(table.tolist())
        theirs = timed(lambda: search(made))
    return Figure("exact Kemeny and its count of optima, n = 10", "pref_voting, once", ours, theirs, 1 / 1_000)


def counted(table: Orders) -> Work:
    """Tally an array of orders, a byte a statement: ranks and the pairwise matrix."""
    compact = table.astype(np.int8)
    return lambda: Profile.from_orders(compact).wins


def of_tally() -> Figure:
    """Measure the tally of a large room."""
    table, peer = orders(100_000, 10), pref_voting()
    lists = table.tolist()
    ours, theirs = side_by_side(counted(table), None if peer is None else lambda: peer[0](lists))
    return Figure("tally of 100,000 × 10 from an array", "pref_voting, building its profile", ours, theirs, 1 / 500)


def of_larger_tally() -> Figure:
    """Measure that ten times as many ballots take about ten times as long."""
    ours, theirs = side_by_side(counted(orders(1_000_000, 10)), counted(orders(100_000, 10)))
    return Figure("tally of 1,000,000 × 10", "100,000 × 10", ours, theirs, 12)


def putting(members: int, n: int) -> Work:
    """Change one member's ballot a hundred times in a tally of many."""
    tally = Tally(n)
    ballots = [Ballot.ranked(order) for order in orders(members, n).tolist()]
    for member, ballot in enumerate(ballots):
        tally.put(member, ballot)

    def change() -> None:
        for member in range(100):
            tally.put(member, ballots[(member + 1) % members])

    return change


def of_putting() -> list[Figure]:
    """Measure that a put costs the same in a large room, and grows no faster than n²."""
    room = side_by_side(putting(5_000, 10), putting(100, 10))
    wide = side_by_side(putting(100, 80), putting(100, 40))
    return [
        Figure("100 changes among 5,000 members", "among 100", *room, 1.5),
        Figure("100 changes over 80 statements", "over 40", *wide, 4 * 1.25),
    ]


def figures(*, brief: bool = False) -> list[Figure]:
    """Measure every promise of P5."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the peers' own
        return [
            of_report(),
            of_kemeny_at_ten(brief=brief),
            of_kemeny_at_fifteen(),
            of_tally(),
            of_larger_tally(),
            *of_putting(),
        ]


def shown(seconds: float | None) -> str:
    """Write a time as people read it."""
    if seconds is None:
        return "not measured"
    return f"{seconds * 1e3:,.2f} ms" if seconds < 1 else f"{seconds:,.2f} s"


def main() -> int:
    """Print the table and give 1 when a promise was not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--brief", action="store_true", help="leave out the peer that needs a minute")
    found = figures(brief=parser.parse_args().brief)
    table = Table("figure", "ours", "beside", "theirs", "ratio", "limit", "kept", title="P5: the engine")
    for row in found:
        ratio = "–" if row.ratio is None else f"{row.ratio:.5f}"
        kept = "–" if row.kept is None else "yes" if row.kept else "no"
        table.add_row(row.promise, shown(row.ours), row.anchor, shown(row.theirs), ratio, f"{row.limit:.5g}", kept)
    Console(width=160).print(table)
    return int(any(row.kept is False for row in found))


if __name__ == "__main__":
    raise SystemExit(main())
