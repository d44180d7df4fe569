import numpy as np
import pytest
from scipy import stats

from app.consensus import Ballot, Policy, Profile
from app.consensus.gaps import skillings_mack

MISSING = Policy(unlisted="missing")


def test_complete_ballots_give_friedmans_test() -> None:
    orders = np.random.default_rng(6).permuted(np.tile(np.arange(5), (9, 1)), axis=1)
    ranks = orders.argsort(axis=1)
    found = skillings_mack(Profile.from_orders(orders))
    expected = stats.friedmanchisquare(*ranks.T)

    assert found is not None
    assert (found.statistic, found.p) == pytest.approx((expected.statistic, expected.pvalue))
    assert (found.df, found.judges_used) == (4, 9)


def test_ballots_with_one_statement_are_not_used() -> None:
    ballots = [Ballot.ranked((0, 1)), Ballot.ranked((1,)), Ballot.ranked((1, 2))]
    found = skillings_mack(Profile.from_ballots(ballots, 3, policy=MISSING))

    assert found is not None
    assert found.judges_used == 2


def test_counts_stand_for_as_many_ballots() -> None:
    ballots = [Ballot.ranked((0, 1)), Ballot.ranked((2, 1))]
    counted = Profile.from_ballots(ballots, 3, counts=[2, 1], policy=MISSING)
    listed = Profile.from_ballots([ballots[0], ballots[0], ballots[1]], 3, policy=MISSING)
    one, other = skillings_mack(counted), skillings_mack(listed)

    assert one is not None
    assert other is not None
    assert one.statistic == pytest.approx(other.statistic)


def test_nothing_to_compare_gives_none() -> None:
    assert skillings_mack(Profile.from_ballots([Ballot.ranked((0,))], 3, policy=MISSING)) is None
    assert skillings_mack(Profile.from_ballots([], 3, policy=MISSING)) is None
