"""Agreeing on what to discard: one proposal after another, its check, its endings."""

import pytest

from app.activities.ranking import discard
from app.activities.ranking.shapes import Proposal
from app.errors import Closed, Forbidden, Stale, Unclear
from tests.activities.sitting import LIKE, Sitting, setup_of

SIX = "s1 s2 s3 s4 s5/s6"


def table(people: int = 3, *, discards: int = 1) -> Sitting:
    """Sit down to discard."""
    found = Sitting(people=people, setup=setup_of(6, discards, 2))
    found.solo(*[SIX] * people)
    return found


def gone(at: Sitting) -> list[tuple[str, str]]:
    return [(one.statement, one.ending) for one in at.board.discarded]


def test_the_check_on_the_first_proposal_opens_at_once_and_others_wait_in_order() -> None:
    at = table()
    for seat, statement in enumerate(("s6", "s5", "s4"), 1):
        at.propose(seat, statement)
    assert [one.subject for one in at.board.checks] == ["p1"]
    at.check(5, 5, 0)
    assert at.board.check is not None
    assert at.board.check.subject == "p2"
    assert [one.statement for one in discard.waiting(at.board)] == ["s4"]


def test_a_proposal_that_is_carried_is_discarded_with_its_reason_and_ends_the_phase() -> None:
    at = table()
    at.propose(2, "s6", "It follows from the others.")
    at.propose(1, "s5")
    at.check(3, 3, 3)
    assert [(one.statement, one.reason, one.reason_id, one.check) for one in at.board.discarded] == [
        ("s6", "It follows from the others.", "p1", 1)
    ]
    assert at.board.check is None
    with pytest.raises(Closed):
        at.propose(1, "s4")


def test_where_two_are_discarded_the_second_is_agreed_after_the_first() -> None:
    at = table(discards=2)
    at.propose(1, "s6")
    at.propose(2, "s5")
    at.check(4, 4, 4)
    assert not discard.is_settled(at.setup, at.board)
    at.check(4, 4, 4)
    assert gone(at) == [("s6", "agreed"), ("s5", "agreed")]
    assert discard.is_settled(at.setup, at.board)
    assert len(at.go("rank").places) == 4


def test_failures_are_counted_anew_for_the_second_to_discard() -> None:
    at = table(discards=2)
    at.propose(1, "s6")
    at.check(5, 5, 0)
    at.propose(1, "s5")
    at.check(4, 4, 4)
    at.propose(1, "s6")
    at.check(5, 5, 0)
    assert discard.failures(at.board) == 1
    with pytest.raises(Closed):
        at.make(1, "choose_ending", ending="not_agreed")


def test_nothing_to_discard_skips_the_phase_and_refuses_a_choice() -> None:
    at = Sitting(setup=setup_of(5, 0, 2))
    at.go("solo")
    with pytest.raises(Unclear):
        at.make(1, "put_ballot", order=["s1", "s2", "s3", "s4"], discard="s5")
    assert discard.is_settled(at.setup, at.board)


def test_a_statement_is_proposed_once_at_a_time_and_may_come_back_after_it_failed() -> None:
    at = table()
    at.propose(1, "s6")
    at.propose(2, "s5")
    for statement in ("s6", "s5"):
        with pytest.raises(Unclear):
            at.propose(3, statement)
    at.check(5, 5, 0)
    at.propose(3, "s6", "A better reason.")
    assert [one.statement for one in discard.waiting(at.board)] == ["s6"]


def test_only_its_maker_takes_a_proposal_back_and_only_before_an_answer() -> None:
    at = table()
    at.propose(1, "s6")
    with pytest.raises(Forbidden):
        at.make(2, "withdraw", proposal="p1")
    at.make(3, "answer_check", value=5)
    with pytest.raises(Closed):
        at.make(1, "withdraw", proposal="p1")
    with pytest.raises(Stale):
        at.make(1, "withdraw", proposal="p7")


def test_a_proposal_that_is_taken_back_leaves_its_turn_to_the_next() -> None:
    at = table()
    at.propose(1, "s6")
    at.propose(2, "s5")
    at.make(1, "withdraw", proposal="p1")
    check = at.board.check
    assert check is not None
    assert (check.id, check.subject) == (2, "p2")
    at.propose(1, "s4")
    assert at.board.proposals[-1].id == "p3"


def test_a_hidden_proposal_that_is_taken_back_hides_no_other() -> None:
    at = table()
    at.propose(1, "s6")
    at.propose(2, "s5", "A name that should not be here.")
    at.make(None, "hide", entry="p2")
    at.make(2, "withdraw", proposal="p2")
    at.propose(3, "s4", "Fine.")
    assert at.board.proposals[-1].id not in at.board.hidden


def test_no_more_than_twelve_proposals_wait() -> None:
    at = Sitting(setup=setup_of(20, 1, 5))
    order = " ".join(f"s{n}" for n in range(1, 20))
    at.solo(*[f"{order}/s20"] * 3)
    for number in range(1, 14):
        at.propose(1, f"s{number}")
    with pytest.raises(Unclear):
        at.propose(1, "s14")


@pytest.mark.parametrize("ending", ["with_reservations", "not_agreed"])
def test_two_failures_allow_an_ending_and_one_does_not(ending: str) -> None:
    at = table()
    for statement in ("s6", "s5"):
        with pytest.raises(Closed):
            at.make(1, "choose_ending", ending=ending)
        at.propose(1, statement)
        with pytest.raises(Closed):
            at.make(1, "choose_ending", ending=ending)
        at.check(5, 5, 0)
    at.make(1, "choose_ending", ending=ending)
    assert gone(at) == ([("s5", "with_reservations")] if ending == "with_reservations" else [])
    assert at.board.nothing_discarded is (ending == "not_agreed")
    assert discard.is_settled(at.setup, at.board)
    with pytest.raises(Closed):
        at.make(1, "choose_ending", ending=ending)


def test_a_discard_has_no_place_to_leave_open() -> None:
    at = table()
    for statement in ("s6", "s5"):
        at.propose(1, statement)
        at.check(5, 5, 0)
    with pytest.raises(Unclear):
        at.make(1, "choose_ending", ending="all_but_one")


def test_a_table_that_discards_nothing_ranks_all() -> None:
    at = table()
    for statement in ("s6", "s5"):
        at.propose(1, statement)
        at.check(5, 5, 0)
    at.make(None, "end", ending="not_agreed")
    assert len(at.go("rank").places) == 6


def test_the_trainer_puts_a_statement_to_the_check_and_names_it_or_takes_what_waits() -> None:
    at = table()
    with pytest.raises(Unclear):
        at.make(None, "open_check")
    at.make(None, "open_check", subject="s6")
    assert at.board.proposals == (Proposal(id="p1", statement="s6", reason="", seat=None),)
    with pytest.raises(Unclear):
        at.make(None, "open_check", subject="s6")
    with pytest.raises(Unclear):
        at.make(None, "open_check", subject="s99")


def test_a_phase_left_and_entered_again_has_its_open_check_put_away() -> None:
    at = table()
    at.propose(1, "s6")
    at.go("rank", "discard")
    assert (at.board.check, at.board.checks[-1].withdrawn) == (None, True)
    at.propose(1, "s6")
    check = at.board.check
    assert check is not None
    assert (check.id, check.subject) == (2, "p2")


def test_everybody_who_is_here_answers_whether_they_ranked_or_not() -> None:
    at = Sitting(people=4)
    at.solo(LIKE, LIKE)
    at.propose(1, "s5")
    at.check(5, 5, 5)
    assert at.board.check is not None
    at.away.add(4)
    at.settle()
    assert gone(at) == [("s5", "agreed")]


def test_what_ended_with_reservations_does_not_end_the_second_discard_too() -> None:
    at = table(discards=2)
    for statement in ("s6", "s5"):
        at.propose(1, statement)
        at.check(5, 5, 0)
    at.make(1, "choose_ending", ending="with_reservations")
    with pytest.raises(Closed):
        at.make(1, "choose_ending", ending="with_reservations")
    assert gone(at) == [("s5", "with_reservations")]


def test_what_waits_is_not_checked_once_the_discard_is_settled() -> None:
    at = table()
    at.propose(1, "s6")
    at.propose(2, "s5")
    at.check(4, 4, 4)
    for subject in ("", "s5"):
        with pytest.raises(Closed):
            at.make(None, "open_check", subject=subject)
