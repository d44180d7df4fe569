"""A private either/or where two are level: nobody's choice is told, an even one is never broken silently."""

import pytest

from app.activities.ranking.shapes import EitherOutcome
from app.errors import Closed, Stale, Unclear
from tests.activities.sitting import LIKE, Sitting, ranked


def discarding(people: int = 4) -> Sitting:
    at = Sitting(people=people)
    at.solo(*[LIKE] * people)
    return at


def outcome(at: Sitting) -> EitherOutcome:
    found = at.board.eithers[-1].outcome
    assert found is not None
    return found


@pytest.mark.parametrize(("people", "counts"), [(3, None), (4, None), (5, (4, 1)), (6, (5, 1))])
def test_counts_are_told_from_five_answers_on(people: int, counts: tuple[int, int] | None) -> None:
    at = discarding(people)
    at.make(1, "ask_either", a="s4", b="s5")
    at.all("answer_either", *["s4"] * (people - 1), "s5", of="choice")
    assert (outcome(at).winner, outcome(at).answered, outcome(at).counts) == ("s4", people, counts)


def test_what_is_chosen_to_discard_is_put_to_the_check() -> None:
    at = discarding(3)
    at.make(1, "ask_either", a="s4", b="s5")
    at.all("answer_either", "s5", "s5", "s4", of="choice")
    assert [(one.statement, one.how, one.seat) for one in at.board.proposals] == [("s5", "either", None)]
    at.check(3, 3, 3)
    assert [(one.statement, one.how) for one in at.board.discarded] == [("s5", "either")]


def test_an_even_one_waits_for_talk_or_lots() -> None:
    at = discarding()
    at.make(1, "ask_either", a="s4", b="s5")
    at.all("answer_either", "s5", "s5", "s4", "s4", of="choice")
    assert outcome(at).winner is None
    assert (at.board.proposals, at.board.check) == ((), None)
    at.lot = 1
    at.make(2, "draw_lots")
    assert [(one.statement, one.how) for one in at.board.proposals] == [("s5", "lots")]
    with pytest.raises(Closed):
        at.make(2, "draw_lots")


def test_what_was_proposed_while_it_was_open_has_its_turn_when_it_came_out_even() -> None:
    at = discarding(2)
    at.make(1, "ask_either", a="s4", b="s5")
    assert at.propose(2, "s3").check is None
    at.all("answer_either", "s4", "s5", of="choice")
    check = at.board.check
    assert check is not None
    assert check.subject == "p1"


def test_lots_need_an_even_one() -> None:
    at = discarding(3)
    with pytest.raises(Closed):
        at.make(1, "draw_lots")
    at.make(1, "ask_either", a="s4", b="s5")
    with pytest.raises(Closed):
        at.make(1, "draw_lots")
    at.all("answer_either", "s5", "s5", "s4", of="choice")
    with pytest.raises(Closed):
        at.make(1, "draw_lots")


def test_one_that_is_put_away_is_not_even_and_keeps_its_number() -> None:
    at = discarding()
    at.make(1, "ask_either", a="s4", b="s5")
    at.go("rank", "discard")
    assert (outcome(at).winner, outcome(at).answered) == (None, 0)
    with pytest.raises(Closed):
        at.make(1, "draw_lots")
    at.make(1, "ask_either", a="s4", b="s5")
    assert [one.id for one in at.board.eithers] == [1, 2]
    with pytest.raises(Stale):
        at.make(1, "answer_either", choice="s4", either=1)


def test_two_different_statements_that_are_still_in_are_asked_about_one_pair_at_a_time() -> None:
    at = discarding()
    for a, b in (("s4", "s4"), ("s4", "s9")):
        with pytest.raises(Unclear):
            at.make(1, "ask_either", a=a, b=b)
    at.make(1, "ask_either", a="s4", b="s5")
    with pytest.raises(Closed):
        at.make(2, "ask_either", a="s1", b="s2")
    with pytest.raises(Unclear):
        at.make(2, "answer_either", choice="s1")


def test_a_choice_can_be_changed_until_all_have_chosen() -> None:
    at = discarding(3)
    at.make(1, "ask_either", a="s4", b="s5")
    for choice in ("s4", "s5"):
        at.make(1, "answer_either", choice=choice)
    at.make(2, "answer_either", choice="s5")
    at.make(3, "answer_either", choice="s4")
    assert outcome(at).winner == "s5"
    with pytest.raises(Closed):
        at.make(1, "answer_either", choice="s4")


def test_the_trainer_closes_it_with_the_choices_there_are() -> None:
    at = discarding()
    at.make(1, "ask_either", a="s4", b="s5")
    with pytest.raises(Unclear):
        at.make(None, "close_check")
    at.make(1, "answer_either", choice="s5")
    # How it came out would be what one has chosen.
    with pytest.raises(Closed):
        at.make(None, "close_check")
    at.make(2, "answer_either", choice="s5")
    at.make(None, "close_check")
    assert (outcome(at).winner, outcome(at).answered) == ("s5", 2)


@pytest.mark.parametrize("lots", [False, True])
def test_the_one_chosen_takes_the_first_open_place_and_the_record_says_how(lots: bool) -> None:
    at = ranked(4)
    at.go("top")
    at.make(1, "place_top", statement="s1", position=1)
    at.make(1, "ask_either", a="s3", b="s4")
    at.all("answer_either", *(("s3", "s3", "s4", "s4") if lots else ("s3",) * 4), of="choice")
    if lots:
        at.make(1, "draw_lots")
    assert at.board.top == (("s1",), ("s3",))
    assert at.board.settled == {"s3": "lots" if lots else "either"}


def test_lots_are_not_drawn_between_what_is_discarded_by_now() -> None:
    at = ranked(2)
    at.go("top")
    at.make(1, "ask_either", a="s3", b="s4")
    at.all("answer_either", "s3", "s4", of="choice")
    at.reopen("discard")
    at.propose(1, "s3")
    at.check(5, 5)
    at.go("rank", "top")
    with pytest.raises(Unclear):
        at.make(1, "draw_lots")
    assert at.board.top == ()


def test_a_discard_does_not_end_beside_an_either_or_that_nobody_could_answer_any_more() -> None:
    table = discarding(5)
    for statement in ("s5", "s4"):
        table.propose(1, statement)
        table.check(5, 5, 5, 5, 0)
    table.make(1, "ask_either", a="s1", b="s2")
    with pytest.raises(Closed):
        table.make(1, "choose_ending", ending="not_agreed")
    table.all("answer_either", "s1", "s1", "s2", "s2", "s2", of="choice")
    table.check(5, 5, 5, 5, 0)
    assert table.make(1, "choose_ending", ending="not_agreed").nothing_discarded
