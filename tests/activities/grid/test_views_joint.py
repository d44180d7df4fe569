"""A seat's page while the table writes its joint statements."""

import re
from typing import Any

from app.activities.base import Region
from app.activities.checks import Check, Outcome
from app.activities.grid import views
from app.activities.grid.shapes import Asked, Board, Guess, Heat, Joint, Reply
from tests.activities.grid.test_grid_frame import PEOPLE, html, scene
from tests.activities.grid.test_views_cells import ASKED, CELLS, ids

WORDS = "Sentence opening 1 is <ours>."
OPEN = Check(id=1, subject="r1", rule="all-at-3")


def board(joint: Joint | None = None, **more: Any) -> Board:
    """Make a board whose first sentence has this joint statement."""
    return Board.model_validate({"cells": CELLS, "joints": {"r1": joint} if joint else {}, **more})


def page(held: Board, **more: Any) -> tuple[Region, ...]:
    """Draw seat 2's page, who speaks for Health."""
    return views.seat(scene("joint", held, **more))


def first(held: Board, **more: Any) -> str:
    """Draw the first sentence."""
    return html(page(held, **more), "row-r1")


def said(held: Board, row: str = "r1") -> str:
    """Read what the foot says of a sentence's joint words."""
    found = re.search(rf'data-testid="said-{row}">(.*?)</p>', html(page(held), "open-check"), re.DOTALL)
    assert found is not None
    return found[1].strip()


def closed(number: int, passed: bool, round_: int = 0) -> Check:
    """Make a closed check on the first sentence."""
    outcome = Outcome(passed=passed, answered=4, counts=None, reasons=())
    return Check(id=number, subject="r1", rule="all-at-3", round=round_, outcome=outcome)


def test_a_joint_statement_is_written_by_all_at_the_table() -> None:
    shown = first(board())
    assert 'data-text="/w/abcd/texts/1/2/joint-r1" data-may="write"' in shown
    assert 'id="joint-text-r1"' in shown
    assert "Everyone at the table can write here at once." in shown
    assert all(f'data-writer="2:{place}"' in shown for place in (1, 2, 3, 4))
    assert "words-r1" not in re.findall(r'id="([\w-]+)"', shown)


def test_each_cell_says_whether_the_joint_words_draw_on_it_and_can_be_turned() -> None:
    shown = first(board(Joint(draws=("health",))))
    assert re.search(r'data-testid="draw-r1-health" name="drawn" value="false" aria-pressed="true"', shown)
    assert re.search(r'data-testid="draw-r1-education" name="drawn" value="true" aria-pressed="false"', shown)
    assert "in the joint words" in shown.split(' id="cell-r1-health"')[1].split("</li>")[0]
    assert "not in yet" in shown.split(' id="cell-r1-education"')[1].split("</li>")[0]
    assert "draw-r1-police" not in shown


def test_a_guess_can_be_drawn_on() -> None:
    guess = {"r1": {"police": (Guess(id="g1", seat=1, text="One number."),)}}
    assert 'data-testid="draw-r1-police"' in first(board(guesses=guess))


def test_the_picture_of_what_is_drawn_on_has_a_part_with_words_for_each_column() -> None:
    shown = first(board(Joint(draws=("health",)))).split('data-testid="coverage-r1"')[1]
    parts = re.findall(r'<span class="coverage__(\w+)"><span class="visually-hidden">(.*?)</span>', shown)
    assert parts == [
        ("out", "Education: not in yet."),
        ("in", "Health: in the joint words."),
        ("none", "Police: nothing written."),
    ]


def test_the_foot_says_in_words_how_many_services_are_in() -> None:
    assert said(board()) == "None of two services is in the joint words"
    assert said(board(Joint(draws=("health",)))) == "One of two services is in the joint words"
    assert said(board(Joint(draws=("education", "health")))) == "All who wrote are in the joint words"
    assert said(board(), "r3") == "No service has written to this sentence"
    four = board(cells={"r1": {"education": "a", "health": "b", "police": "c"}}).model_copy(
        update={"joints": {"r1": Joint(draws=("education", "health"))}}
    )
    assert said(four) == "Two of three services are in the joint words"


def test_the_notes_state_who_is_not_in_and_which_questions_are_open() -> None:
    asked = {"r1": ASKED["r1"] | {"education": (Asked(id="q3", seat=4, text="Which plan?"),)}}
    held = board(Joint(draws=("health",)), asked=asked, replies={"r1": {"health": Reply(text="Of term.", seat=3)}})
    notes = first(held).split('id="notes-r1"')[1]
    assert re.search(r"Education</p><p>not in yet</p>", notes)
    assert "Seat 4 asked: “Which plan?”" in notes
    assert "At the start of what?" not in notes
    assert "Health" not in notes


def test_a_cell_counts_its_marks_and_holds_its_questions_and_replies() -> None:
    heat = {"r1": {"education": Heat(shared=3), "health": Heat(question=2, tension=1)}}
    held = board(heat=heat, asked=ASKED, replies={"r1": {"health": Reply(text="Of term.", seat=3)}})
    shown = first(held)
    assert "3 say shared" in shown
    assert "1 sees a tension" in shown
    assert "2 questions, answered" in re.sub(r"\s+", " ", shown)
    assert "Health: “Of term.”" in shown


def test_a_question_can_still_be_answered_by_its_people() -> None:
    assert "reply-r1" in ids(page(board(asked=ASKED)))
    assert "<details" in html(page(board(asked=ASKED)), "reply-r1")
    assert "reply-r1" not in ids(page(board(asked=ASKED), agency="education", seat=1))
    assert "reply-r1" not in ids(page(board(Joint(text=WORDS, frozen=True), asked=ASKED, checks=(OPEN,))))


def test_a_sentence_is_checked_once_somebody_has_written_it() -> None:
    foot = html(page(board(begun=("joint-r1",))), "open-check")
    assert re.search(r'data-testid="open-check-r1">', foot)
    assert re.search(r'data-testid="open-check-r2" disabled', foot)
    assert [part.split('"')[0] for part in foot.split('data-row="')[1:]] == ["r1", "r2", "r3"]


def test_while_a_check_is_open_its_words_stand_fixed_and_no_other_is_offered() -> None:
    held = board(
        Joint(text=WORDS, frozen=True),
        begun=("joint-r1", "joint-r2"),
        checks=(OPEN,),
    )
    shown = first(held)
    assert "Sentence opening 1 is &lt;ours&gt;." in shown
    assert 'data-testid="words-r1"' in shown
    assert 'data-may="write"' not in shown
    foot = html(page(held), "open-check")
    assert "<button" not in foot
    assert "Go to the check on sentence 1" in foot


def test_the_notes_step_back_while_a_check_is_open() -> None:
    held = board(Joint(text=WORDS, frozen=True, draws=("health",)), asked=ASKED, checks=(OPEN,))
    notes = first(held).split('id="notes-r1"')[1]
    assert "One of two services is in the joint words" in notes
    assert "not in yet" not in notes
    assert "asked" not in notes


def test_words_that_were_not_taken_as_a_text_closes_can_still_be_told() -> None:
    held = board(Joint(text=WORDS, frozen=True), checks=(OPEN,))
    assert 'data-left-over-of="joint-text-r1"' in first(held)


def test_after_three_checks_no_other_is_offered() -> None:
    held = board(begun=("joint-r1",), checks=tuple(closed(number, passed=False) for number in (1, 2, 3)))
    assert "open-check-r1" not in re.findall(r'data-testid="([\w-]+)"', html(page(held), "open-check"))


def test_words_that_a_check_has_carried_stand_fixed_until_they_are_locked() -> None:
    shown = first(board(Joint(text=WORDS, frozen=True), checks=(closed(1, passed=True),)))
    assert "The check has passed" in shown
    assert 'data-may="write"' not in shown


def test_a_locked_sentence_shows_its_words_with_how_they_were_agreed() -> None:
    held = board(
        Joint(text=WORDS, locked=True, frozen=True, ending="agreed", draws=("health",)),
        checks=(closed(1, passed=True),),
    )
    shown = first(held)
    assert "Agreed: all at 3 or more" in shown
    assert "Sentence opening 1 is &lt;ours&gt;." in shown
    assert "<textarea" not in shown
    assert "draw_on" not in shown
    assert "open-check-r1" not in html(page(held), "open-check")


def test_a_sentence_not_agreed_keeps_both_side_by_side() -> None:
    shown = first(board(Joint(text=WORDS, other="Or <theirs>.", locked=True, ending="not_agreed")))
    assert "Not agreed: both sentences are kept" in shown
    assert "Or &lt;theirs&gt;." in shown
    assert shown.index("One sentence") < shown.index("The other sentence")


def test_reservations_stand_beside_a_sentence() -> None:
    shown = first(board(Joint(text=WORDS, note="Not for <under fives>.", locked=True, ending="with_reservations")))
    assert "Agreed with reservations" in shown
    assert "“Not for &lt;under fives&gt;.”" in shown


def test_hidden_joint_words_are_on_no_screen() -> None:
    joint = Joint(text="Bad words", other="Bad other", note="Bad note", locked=True, ending="not_agreed")
    shown = first(board(joint, hidden=("joint-r1", "other-r1", "note-r1")))
    assert "Bad" not in shown
    assert shown.count("hidden by the trainer") == 3


def test_what_a_push_draws_is_what_a_reload_draws_for_everybody_alike() -> None:
    held = board(Joint(draws=("health",)), asked=ASKED)
    rows = [
        next(one for one in page(held, seat=seat, agency=agency) if one.id == "row-r2")
        for seat, agency in ((2, "health"), (3, "health"))
    ]
    assert rows[0] == rows[1]
    assert len(PEOPLE) == 4
