import pytest
from hypothesis import given

from app.consensus import Ballot, Profile, agencies, borda, concordance
from tests.consensus.strategies import ballot_lists


def of(*orders: tuple[str | None, str]) -> Profile:
    ballots = [Ballot.ranked([ord(item) - ord("a") for item in order], agency=name) for name, order in orders]
    return Profile.from_ballots(ballots, len(orders[0][1]))


@given(ballot_lists(smallest=1))
def test_parity_with_one_agency_equals_the_head_count(drawn: tuple[list[Ballot], int]) -> None:
    ballots, n = drawn
    alone = [Ballot(ballot.tiers, ballot.discarded, "health") for ballot in ballots]
    p = Profile.from_ballots(alone, n)
    found = agencies(p)

    assert found.parity.tiers == borda(p).tiers
    assert found.same_order
    measured = concordance(p)
    assert (found.agreement is None) == (measured is None)
    if found.agreement is not None and measured is not None:
        assert found.agreement.w == pytest.approx(measured.w)
        assert found.agreement.m_eff == pytest.approx(measured.m_eff)


def test_small_agency_weighs_as_much_as_a_large_one() -> None:
    found = agencies(of(*[("health", "abc")] * 5, ("police", "cab"), ("education", "cba")))

    assert found.parity.tiers == ((2,), (0,), (1,))
    assert not found.same_top
    assert [(one.name, one.ballots) for one in found.each] == [("education", 1), ("health", 5), ("police", 1)]


def test_agreement_within_and_between_is_told_apart() -> None:
    found = agencies(of(*[("health", "abc")] * 3, *[("police", "cba")] * 2))

    assert (found.within, found.between) == (1.0, -1.0)
    assert [one.tau for one in found.each] == [1.0, 1.0]


def test_agencies_of_one_have_nobody_to_agree_with_inside() -> None:
    found = agencies(of(("health", "abc"), ("police", "acb")))

    assert found.within is None
    assert found.between == pytest.approx(1 / 3)
    assert [one.tau for one in found.each] == [None, None]


def test_those_who_named_no_agency_are_one_group_and_come_last() -> None:
    found = agencies(of((None, "ab"), (None, "ab"), ("police", "ba")))

    assert [one.name for one in found.each] == ["police", None]
    assert found.parity.tiers == ((0, 1),)
