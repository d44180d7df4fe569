import pytest

from app.consensus import Ballot, ConsensusError, Policy, Profile, compare, tau_between


def test_answers_that_came_closer_have_a_higher_r() -> None:
    found = compare(Profile.of("abcd", "dcba", "bacd"), Profile.of("abcd", "abdc", "bacd"))

    assert found.r_before is not None
    assert found.r_after is not None
    assert found.r_after > found.r_before


def test_own_tau_pairs_each_seat_with_its_earlier_answer() -> None:
    same = compare(Profile.of("abc", "cba"), Profile.of("abc", "cba"))
    swapped = compare(Profile.of("abc", "cba"), Profile.of("cba", "abc"))

    assert (same.tau_own, swapped.tau_own) == (1.0, -1.0)
    assert (same.r_before, swapped.r_after) == (-1.0, -1.0)


def test_statements_say_how_far_they_moved() -> None:
    found = compare(Profile.of("abc", "abc"), Profile.of("cab", "cab"))

    assert found.moved == (-1, -1, 2)
    assert found.tau_orders == pytest.approx(-1 / 3)


def test_different_seats_are_not_paired() -> None:
    assert compare(Profile.of("abc", "cba"), Profile.of("abc")).tau_own is None
    counted = Profile.from_ballots([Ballot.ranked((0, 1, 2))], 3, counts=[2])
    assert compare(counted, counted).tau_own is None


def test_own_tau_goes_by_what_both_answers_place() -> None:
    missing = Policy(unlisted="missing")
    before = Profile.from_ballots([Ballot.ranked((0, 1))], 3, policy=missing)
    after = Profile.from_ballots([Ballot.ranked((0, 2, 1))], 3, policy=missing)

    assert compare(before, after).tau_own == 1.0


def test_rounds_over_different_statements_are_refused() -> None:
    with pytest.raises(ConsensusError, match="2 and 3 statements"):
        compare(Profile.of("ab"), Profile.of("abc"))


def test_order_that_is_all_level_has_no_tau() -> None:
    assert tau_between((0, 0, 0), (0, 1, 2)) is None
    assert tau_between((0, 1, 2), (2, 1, 0)) == -1.0
    assert tau_between((0,), (0,)) is None
