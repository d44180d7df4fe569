"""What must hold for any ballots: relabelling, reversing, doubling, discarding, and the reference cases too."""

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.consensus import (
    Ballot,
    Policy,
    Profile,
    agreement,
    borda,
    concordance,
    condorcet,
    kemeny,
    schulze,
    spread,
    tau,
)
from app.consensus.files import read
from tests.consensus.strategies import POLICIES, ballot_lists

CASES = sorted(p for p in (Path(__file__).parent / "cases").glob("*.json") if "ballots" in json.loads(p.read_text()))
FEW = settings(max_examples=50)


def close(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else abs(one - other) < 1e-9


def w_of(p: Profile) -> float | None:
    found = concordance(p)
    return None if found is None else found.w


def relabelled(ballot: Ballot, new: list[int]) -> Ballot:
    tiers = tuple(tuple(new[item] for item in tier) for tier in ballot.tiers)
    return Ballot(tiers, tuple(new[item] for item in ballot.discarded), ballot.agency)


def check_relabelling(ballots: list[Ballot], counts: list[int], n: int, new: list[int], policy: Policy) -> None:
    p = Profile.from_ballots(ballots, n, counts=counts, policy=policy)
    q = Profile.from_ballots([relabelled(ballot, new) for ballot in ballots], n, counts=counts, policy=policy)

    assert {frozenset(new[item] for item in tier) for tier in borda(p).tiers} == set(map(frozenset, borda(q).tiers))
    assert [borda(q).points[new[item]] for item in range(n)] == list(borda(p).points)
    assert close(w_of(p), w_of(q))
    assert close(tau(p).mean_tau_b, tau(q).mean_tau_b)
    assert set(condorcet(q).smith) == {new[item] for item in condorcet(p).smith}
    assert [spread(q).items[new[item]].split for item in range(n)] == [place.split for place in spread(p).items]
    if n <= 10:
        assert (kemeny(p).score, kemeny(p).n_optimal) == (kemeny(q).score, kemeny(q).n_optimal)


@FEW
@given(ballot_lists(), st.randoms(use_true_random=False), POLICIES)
def test_relabelling_statements_relabels_the_results(
    drawn: tuple[list[Ballot], int], random: Random, policy: Policy
) -> None:
    ballots, n = drawn
    new = list(range(n))
    random.shuffle(new)
    check_relabelling(ballots, [1] * len(ballots), n, new, policy)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_relabelling_a_case_relabels_its_results(path: Path) -> None:
    case = read(path)
    new = np.random.default_rng(1).permutation(len(case.items)).tolist()
    check_relabelling(list(case.ballots), list(case.counts), len(case.items), new, case.policy)


def reversed_places(p: Profile) -> Profile:
    """Turn every ballot upside down."""
    tiers = []
    for column in p.places.T.tolist():
        values = sorted({value for value in column if value}, reverse=True)
        tiers.append(tuple(tuple(i for i, mark in enumerate(column) if mark == value) for value in values))
    return Profile.from_ballots(map(Ballot, tiers), p.n, counts=p.counts.tolist(), policy=Policy(unlisted="missing"))


def check_reversal(p: Profile) -> None:
    q = reversed_places(p)

    assert borda(q).tiers == borda(p).tiers[::-1] or not p.complete
    assert close(w_of(p), w_of(q))
    assert close(tau(p).mean_tau_a, tau(q).mean_tau_a)
    assert close(tau(p).mean_tau_b, tau(q).mean_tau_b)
    for one, other in zip(spread(p).items, spread(q).items, strict=True):
        assert close(one.split, other.split)
    assert condorcet(q).winner == condorcet(p).loser
    if p.n <= 10:
        assert (kemeny(p).score, kemeny(p).n_optimal) == (kemeny(q).score, kemeny(q).n_optimal)
        if kemeny(p).complete:
            assert {order[::-1] for order in kemeny(q).rankings} == set(kemeny(p).rankings)


@FEW
@given(ballot_lists())
def test_reversing_all_ballots_reverses_the_orders_and_nothing_else(drawn: tuple[list[Ballot], int]) -> None:
    check_reversal(Profile.from_ballots(*drawn))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_reversing_a_case_reverses_its_orders(path: Path) -> None:
    check_reversal(read(path).profile())


def check_doubling(p: Profile, double: Profile) -> None:
    assert borda(double).tiers == borda(p).tiers
    assert close(w_of(p), w_of(double)) or p.without_flat().m < 2
    assert schulze(double).margins == schulze(p).margins
    if p.n <= 10:
        assert kemeny(double).score == 2 * kemeny(p).score
        assert kemeny(double).rankings == kemeny(p).rankings


@FEW
@given(ballot_lists())
def test_doubling_every_ballot_keeps_w_and_the_orders(drawn: tuple[list[Ballot], int]) -> None:
    ballots, n = drawn
    check_doubling(Profile.from_ballots(ballots, n), Profile.from_ballots(ballots * 2, n))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_doubling_a_case_keeps_w_and_its_orders(path: Path) -> None:
    case = read(path)
    counts = [2 * count for count in case.counts]
    double = Profile.from_ballots(case.ballots, len(case.items), counts=counts, policy=case.policy)
    check_doubling(case.profile(), double)


@FEW
@given(ballot_lists(smallest=1))
def test_flat_ballot_changes_no_order_and_no_agreement(drawn: tuple[list[Ballot], int]) -> None:
    ballots, n = drawn
    p = Profile.from_ballots(ballots, n)
    q = Profile.from_ballots([*ballots, Ballot((tuple(range(n)),))], n)

    assert borda(q).tiers == borda(p).tiers
    assert borda(q).net == borda(p).net
    assert concordance(q) == concordance(p)
    assert agreement(q) == agreement(p)
    assert close(tau(q).mean_tau_b, tau(p).mean_tau_b)
    assert kemeny(q) == kemeny(p)
    assert condorcet(q) == condorcet(p)
    assert q.flat_ballots == p.flat_ballots + 1


@FEW
@given(ballot_lists())
def test_discarded_statement_with_policy_last_equals_a_last_tier(drawn: tuple[list[Ballot], int]) -> None:
    ballots, n = drawn
    plain = []
    for ballot in ballots:
        named = {item for tier in ballot.tiers for item in tier} | set(ballot.discarded)
        unlisted = tuple(item for item in range(n) if item not in named)
        plain.append(Ballot((*ballot.tiers, unlisted, ballot.discarded)))

    assert Profile.from_ballots(ballots, n).places.tolist() == Profile.from_ballots(plain, n).places.tolist()


@FEW
@given(ballot_lists())
def test_order_in_which_ballots_come_is_no_matter(drawn: tuple[list[Ballot], int]) -> None:
    ballots, n = drawn
    p, q = Profile.from_ballots(ballots, n), Profile.from_ballots(ballots[::-1], n)

    assert p.wins.tolist() == q.wins.tolist()
    assert concordance(p) == concordance(q)
    assert agreement(p) == agreement(q)
    assert spread(p) == spread(q)


@FEW
@given(st.integers(2, 6), st.integers(2, 8))
def test_identical_ballots_agree_wholly(m: int, n: int) -> None:
    assert w_of(Profile.from_ballots([Ballot.ranked(range(n))] * m, n)) == 1.0
