from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import stats

from app.consensus import Ballot, Policy, Profile, tau
from app.consensus.spearman import mean_spearman
from tests.consensus import brute
from tests.consensus.strategies import profiles


@given(profiles())
def test_shares_and_taus_are_those_of_all_pairs_of_ballots(p: Profile) -> None:
    found = tau(p)
    agree, disagree, every = brute.agreeing(p)

    assert found.agree == (pytest.approx(agree / every) if every else None)
    assert found.disagree == (pytest.approx(disagree / every) if every else None)
    assert found.mean_tau_a == (pytest.approx((agree - disagree) / every) if every else None)
    expected = brute.mean_tau_b(p)
    assert found.mean_tau_b == (None if expected is None else pytest.approx(expected, abs=1e-9))


@settings(max_examples=30)
@given(profiles(complete=True, smallest=2))
def test_tau_b_is_scipys(p: Profile) -> None:
    rows = np.array(brute.ranks(p.without_flat()), dtype=float)
    expected = [stats.kendalltau(one, other).statistic for one, other in combinations(rows, 2)]
    found = tau(p)

    assert found.tau_b_pairs == len(expected)
    assert found.mean_tau_b == (pytest.approx(np.mean(expected), abs=1e-9) if expected else None)


@settings(max_examples=30)
@given(profiles(complete=True, smallest=2))
def test_mean_spearman_is_scipys(p: Profile) -> None:
    rows = np.array(brute.ranks(p.without_flat()), dtype=float)
    expected = [stats.spearmanr(one, other).statistic for one, other in combinations(rows, 2)]

    assert mean_spearman(p) == (pytest.approx(np.mean(expected), abs=1e-9) if expected else None)


@settings(max_examples=30)
@given(profiles(smallest=2))
def test_mean_spearman_with_gaps_correlates_what_both_place(p: Profile) -> None:
    expected = []
    for one, other in combinations(np.array(brute.ranks(p.without_flat()), dtype=float), 2):
        both = ~np.isnan(one) & ~np.isnan(other)
        if len(set(one[both])) > 1 and len(set(other[both])) > 1:
            expected.append(stats.spearmanr(one[both], other[both]).statistic)

    assert mean_spearman(p) == (pytest.approx(np.mean(expected), abs=1e-9) if expected else None)


def test_nobody_to_compare_with_has_no_tau() -> None:
    for p in (Profile.from_ballots([], 3), Profile.of("abc")):
        found = tau(p)
        assert (found.mean_tau_a, found.mean_tau_b, found.agree, found.tau_b_pairs) == (None, None, None, 0)
        assert mean_spearman(p) is None


def test_ballots_that_share_no_pair_have_no_tau() -> None:
    ballots = [Ballot.ranked((0, 1)), Ballot.ranked((2, 3))]
    found = tau(Profile.from_ballots(ballots, 4, policy=Policy(unlisted="missing")))

    assert (found.mean_tau_a, found.mean_tau_b, found.agree, found.mean_tau_x) == (None, None, None, 0.0)


def test_flat_ballots_have_no_tau_b() -> None:
    found = tau(Profile.from_ballots([Ballot(((0, 1, 2),))] * 3, 3))

    assert (found.mean_tau_b, found.tau_b_pairs, found.mean_tau_a, found.mean_tau_x) == (None, 0, 0.0, 1.0)


def test_thousands_of_ballots_with_ties_are_counted() -> None:
    random = np.random.default_rng(4)
    ballots = [Ballot(((0,), (1, 2), tuple(random.permutation([3, 4]).tolist()))) for _ in range(1_500)]
    found = tau(Profile.from_ballots(ballots, 5))

    assert found.mean_tau_b == pytest.approx(1.0)
    assert found.tau_b_pairs == 1_500 * 1_499 // 2


def test_many_different_ballots_with_gaps_are_not_compared_two_by_two() -> None:
    ballots = [Ballot.ranked((0, 1))] * 2_001
    found = tau(Profile.from_ballots(ballots, 3, policy=Policy(unlisted="missing")))

    assert (found.mean_tau_a, found.mean_tau_b) == (1.0, None)
