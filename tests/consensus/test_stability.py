import pytest
from hypothesis import given, settings

from app.consensus import Ballot, Policy, Profile, borda, stability
from app.consensus.stability import first_shares
from tests.consensus import brute
from tests.consensus.strategies import ballot_lists, profiles


@given(ballot_lists(smallest=2))
def test_leaving_one_out_equals_counting_the_others(drawn: tuple[list[Ballot], int]) -> None:
    ballots, n = drawn
    for policy in (Policy(), Policy(unlisted="missing"), Policy(weighting="parity")):
        tiers = borda(Profile.from_ballots(ballots, n, policy=policy)).tiers
        others = [
            borda(Profile.from_ballots(ballots[:i] + ballots[i + 1 :], n, policy=policy)).tiers
            for i in range(len(ballots))
        ]
        found = stability(Profile.from_ballots(ballots, n, policy=policy))

        assert found.same_top == sum(left[0] == tiers[0] for left in others)
        assert found.same_order == sum(left == tiers for left in others)


@settings(max_examples=20)
@given(profiles(complete=True, smallest=1, most=4, statements=(2, 4)))
def test_bootstrap_is_the_share_of_all_ways_of_drawing_again(p: Profile) -> None:
    found = stability(p).positions
    first = first_shares(p)

    assert found is not None
    assert first is not None
    for row, expected in zip(found, brute.bootstrap(p), strict=True):
        assert row == pytest.approx(expected, abs=1e-9)
    assert first == pytest.approx([row[0] for row in found], abs=1e-9)


def test_counts_stand_for_as_many_ballots() -> None:
    ballots = [Ballot.ranked((0, 1, 2)), Ballot.ranked((2, 1, 0))]
    twice = Profile.from_ballots(ballots, 3, counts=[3, 2])
    one_by_one = Profile.from_ballots([ballots[0]] * 3 + [ballots[1]] * 2, 3)

    assert stability(twice) == stability(one_by_one)


def test_bootstrap_goes_up_to_eight_complete_ballots() -> None:
    assert stability(Profile.of(*["abc"] * 8)).first == (1.0, 0.0, 0.0)
    assert stability(Profile.of(*["abc"] * 9)).first is None
    assert stability(Profile.from_ballots([], 3)).first is None
    gaps = Profile.from_ballots([Ballot.ranked((0, 1))] * 3, 3, policy=Policy(unlisted="missing"))
    assert stability(gaps).positions is None
    assert first_shares(gaps) is None


def test_bootstrap_of_very_many_statements_fits_memory() -> None:
    found = stability(Profile.of(*[range(200)] * 5)).positions

    assert found is not None
    assert [row[place] for place, row in enumerate(found)] == pytest.approx([1.0] * 200)


def test_one_ballot_cannot_be_left_out() -> None:
    assert stability(Profile.of("abc")).same_top is None


def test_very_many_different_ballots_with_gaps_are_not_left_out_one_by_one() -> None:
    ballots = [Ballot.ranked((0, 1))] * 201
    assert stability(Profile.from_ballots(ballots, 3, policy=Policy(unlisted="missing"))).same_top is None
