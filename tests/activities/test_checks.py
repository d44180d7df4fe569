"""The check: when a rule holds, what small numbers hide, and that an answer counts for the check it was given to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities import checks
from app.activities.base import Given
from app.activities.checks import AnswerCheck, Check, CheckAnswer
from app.errors import Closed, Refusal, Stale, Unclear
from tests.activities.sitting import listed

VALUES = st.lists(st.integers(0, 5), min_size=1, max_size=12)
Pairs = list[tuple[Given, CheckAnswer | None]]


def opened(rule: str = "all-at-3") -> tuple[Check, ...]:
    return checks.open_one((), "top", rule, 0)


def answered(*values: int | None, check: int = 1, note: str = "", away: int = 0) -> Pairs:
    """Let seats 1 and on answer; None has not, and the last `away` of them are away."""
    told = [None if value is None else CheckAnswer(check=check, value=value, note=note) for value in values]
    return [(Given(seat, None, None, seat <= len(values) - away), one) for seat, one in enumerate(told, 1)]


@given(VALUES)
def test_rules_hold_as_they_are_worded(values: list[int]) -> None:
    assert checks.holds("all-at-3", values) is (min(values) >= 3)
    assert checks.holds("none-at-0", values) is (0 not in values)
    share = len([value for value in values if value >= 3]) * 100
    assert checks.holds("most-at-3", values) is (share >= 80 * len(values))


@pytest.mark.parametrize("rule", list(checks.RULES))
def test_no_answers_hold_no_rule(rule: str) -> None:
    assert not checks.holds(rule, [])


@pytest.mark.parametrize(("people", "below"), [(1, 0), (4, 0), (5, 1), (9, 1), (10, 2), (12, 2)])
def test_eighty_per_cent_are_counted_in_people(people: int, below: int) -> None:
    assert checks.holds("most-at-3", [3] * (people - below) + [2] * below)
    assert not checks.holds("most-at-3", [3] * (people - below - 1) + [2] * (below + 1))


@given(VALUES)
def test_counts_are_told_from_five_answers_on(values: list[int]) -> None:
    outcome = checks.close(opened(), answered(*values))[-1].outcome
    assert outcome is not None
    assert outcome.answered == len(values)
    assert outcome.counts == (tuple(map(values.count, range(6))) if len(values) >= 5 else None)


@given(st.permutations([(0, "unclear"), (2, "too long"), (1, "not ours"), (2, "too short"), (5, "fine")]))
def test_reasons_stand_in_an_order_that_does_not_depend_on_who_said_them(said: list[tuple[int, str]]) -> None:
    def close(order: list[tuple[int, str]]) -> tuple[checks.Reason, ...]:
        pairs = [
            (Given(seat, None, None), CheckAnswer(check=1, value=value, note=note))
            for seat, (value, note) in enumerate(order)
        ]
        outcome = checks.close(opened(), pairs)[-1].outcome
        assert outcome is not None
        return outcome.reasons

    assert close(said) == close(sorted(said))
    assert [one.id for one in close(said)] == [f"c1r{place}" for place in range(1, 6)]


def test_one_check_is_open_at_a_time() -> None:
    with pytest.raises(Closed):
        checks.open_one(opened(), "top", "all-at-3", 0)


def test_a_check_that_was_put_away_keeps_its_number_for_itself() -> None:
    again = checks.open_one(checks.put_away(opened()), "top", "all-at-3", 0)
    assert [one.id for one in again] == [1, 2]
    assert checks.put_away(checks.put_away(again)) == checks.put_away(again)
    with pytest.raises(Stale):
        checks.answer(again, AnswerCheck(value=5, check=1))
    assert checks.answer(again, AnswerCheck(value=5)).check == 2


def test_answers_to_an_earlier_check_are_not_counted_for_this_one() -> None:
    again = checks.open_one(checks.put_away(opened()), "top", "all-at-3", 0)
    assert not checks.all_answered(again[-1], answered(5, 5, check=1))
    with pytest.raises(Unclear):
        checks.close(again, answered(5, 5, check=1))


def test_everybody_present_is_waited_for_and_who_is_away_is_not() -> None:
    check = opened()[-1]
    assert not checks.all_answered(check, answered(5, None))
    assert checks.all_answered(check, answered(5, None, away=1))
    assert not checks.all_answered(check, answered(None, None, away=2))


def test_a_table_that_is_away_as_a_whole_is_waited_for() -> None:
    check = opened()[-1]
    assert not checks.all_answered(check, answered(5, None, away=2))
    assert checks.all_answered(check, answered(5, 5, away=2))
    assert not checks.all_answered(check, ())


def test_who_answered_and_went_away_is_counted() -> None:
    outcome = checks.close(opened(), answered(5, 5, 0, away=1))[-1].outcome
    assert outcome is not None
    assert (outcome.answered, outcome.passed) == (3, False)


def test_what_is_not_open_is_neither_answered_nor_closed() -> None:
    for closed in ((), checks.close(opened(), answered(5)), checks.put_away(opened())):
        with pytest.raises(Closed):
            checks.answer(closed, AnswerCheck(value=5))
        with pytest.raises(Closed):
            checks.close(closed, answered(5))


def test_only_a_low_answer_is_about_a_place() -> None:
    assert checks.answer(opened(), AnswerCheck(value=2, about="s1")).about == "s1"
    assert checks.answer(opened(), AnswerCheck(value=3, about="s1")).about == ""


def test_failures_are_those_on_the_same_subject_since_the_last_reopening() -> None:
    failed = checks.close(opened(), answered(0))
    later = checks.close(checks.open_one(failed, "top", "all-at-3", 1), answered(0, check=2))
    assert [checks.failed(later, "top", round_) for round_ in (0, 1, 2)] == [1, 1, 0]
    assert checks.failed(later, "p1", 0) == 0
    last = checks.last_on(later, "top", 0)
    assert last is not None
    assert last.id == 1


@pytest.mark.parametrize("values", [(5, 5, 5), (3, 3, 3)])
def test_a_list_that_has_passed_is_not_checked_again_nor_changed_nor_ended(values: tuple[int, ...]) -> None:
    table = listed()
    table.check(*values)
    for name, fields in (
        ("check_again", {}),
        ("place_top", {"statement": "s1"}),
        ("choose_ending", {"ending": "not_agreed"}),
    ):
        with pytest.raises(Refusal) as refusal:
            table.make(1, name, **fields)
        assert refusal.value.status == 409
