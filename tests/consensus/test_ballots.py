import pytest

from app.consensus import Ballot, DuplicateItem, EmptyItems, Policy, Profile, Tally, UnknownItem, WeightError
from app.consensus.ballots import places


def test_unlisted_statements_share_the_tier_below_the_listed() -> None:
    assert places(Ballot(((2,),)), 4, Policy()) == [6, 6, 2, 6]


def test_missing_statements_have_no_rank() -> None:
    assert places(Ballot(((2,), (0,))), 4, Policy(unlisted="missing")) == [4, 0, 2, 0]


def test_discarded_statement_ranks_beneath_the_unlisted() -> None:
    assert places(Ballot(((2,),), discarded=(0,)), 4, Policy()) == [8, 5, 2, 5]


def test_discarded_statement_can_be_as_if_never_seen() -> None:
    assert places(Ballot(((2,),), discarded=(0,)), 4, Policy(discarded="missing")) == [0, 5, 2, 5]


def test_empty_tiers_are_passed_over() -> None:
    assert places(Ballot(((), (1,), (), (0,))), 2, Policy()) == [4, 2]


@pytest.mark.parametrize("item", [-1, 3, True, "a", 1.0])
def test_statement_that_is_not_there_is_refused(item: int) -> None:
    with pytest.raises(UnknownItem, match="is not among 0 to 2"):
        Profile.from_ballots([Ballot(((item,),))], 3)


@pytest.mark.parametrize("ballot", [Ballot(((0,), (0,))), Ballot(((0, 0),)), Ballot(((0,),), discarded=(0,))])
def test_statement_named_twice_is_refused(ballot: Ballot) -> None:
    with pytest.raises(DuplicateItem, match="Statement 0 is named twice"):
        Profile.from_ballots([ballot], 3)


def test_no_statements_are_refused() -> None:
    with pytest.raises(EmptyItems):
        Profile.from_ballots([], 0)
    with pytest.raises(EmptyItems):
        Tally(0)


@pytest.mark.parametrize("count", [0, -1, 1.5, True])
def test_count_that_is_no_whole_number_above_zero_is_refused(count: int) -> None:
    with pytest.raises(WeightError, match="whole number above 0"):
        Profile.from_ballots([Ballot(((0,),))], 1, counts=[count])


def test_as_many_counts_as_ballots_are_wanted() -> None:
    with pytest.raises(WeightError, match="1 ballots and 2 counts"):
        Profile.from_ballots([Ballot(((0,),))], 1, counts=[1, 1])
