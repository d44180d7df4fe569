"""What a seat sees of checks: on one sentence, on the whole grid, how they came out, and what may follow."""

from typing import Any

import pytest

from app.activities.base import Person, SeatScene
from app.activities.checks import CheckAnswer
from app.activities.grid import views
from app.web.templates import draw
from tests.activities.grid.playing import GridTable, at_check, at_joint

FAILED = (3, 2, 4, 4, 5)


def seat(played: GridTable, number: int = 1, **more: Any) -> SeatScene:
    """Sit at a table that was played."""
    people = tuple(
        Person(at, at, agency or "", here=True, agency_id=agency, table=2)
        for at, agency in enumerate(played.agencies, 1)
    )
    known: dict[str, Any] = {"answer_version": 3, "board_version": 7, "done": 0, "table": 2} | more
    return SeatScene(
        setup=played.setup,
        phase=played.phase,
        seat=number,
        place=number,
        answer=played.answer(number),
        board=played.board,
        revealed={},
        own={},
        seats=len(people),
        moves_url="/moves",
        rule=played.rule,
        people=people,
        agency=played.agencies[number - 1],
        texts_url="/texts/2",
        **known,
    )


def page(played: GridTable, **more: Any) -> dict[str, str]:
    """Draw a seat's page, region by region."""
    return {one.id: draw("en", one.template, view=one.view) for one in views.seat(seat(played, **more))}


def failing(table: GridTable, times: int, note: str = "") -> GridTable:
    """Check the second sentence so often, and let it fail."""
    for _ in range(times):
        table.make(1, "open_check", row="r2")
        table.check(*FAILED, row="r2", note=note)
    return table


def whole_failing(times: int, note: str = "More.") -> GridTable:
    """Check the whole grid so often, and let it fail; each time somebody names the first sentence."""
    table = at_check()
    for time in range(times):
        if time:
            table.make(1, "open_check")
        table.check(*FAILED, row="r1", note=note)
    return table


def test_an_open_check_asks_about_its_sentence_only() -> None:
    table = at_joint("r1", "r2")
    table.make(1, "open_check", row="r2")
    shown = page(table)
    assert shown["check"].startswith('<section id="check" class="asked" data-row="r2"')
    assert [f'data-testid="check-{value}"' in shown["check"] for value in range(6)] == [True] * 6
    assert '<input type="hidden" name="row" value="r2">' in shown["check"]
    assert 'data-row="r2" hidden><button' in shown["send"]
    assert 'data-row="r2" hidden>0 of 5 have answered' in shown["progress"]
    assert "Sentence 2 is ours.</p>" in shown["check"]


def test_the_check_on_a_sentence_stays_as_it_is_when_others_answer_or_write() -> None:
    table = at_joint("r1", "r2")
    table.make(1, "open_check", row="r2")
    before = {one.id: one for one in views.seat(seat(table))}
    table.make(2, "answer_check", value=4, row="r2")
    table.make(2, "draw_on", row="r1", column="education")
    after = {one.id: one for one in views.seat(seat(table, done=1, board_version=9))}
    assert before["check"] == after["check"]
    assert before["send"] == after["send"]
    assert before["progress"] != after["progress"]


def test_an_answer_of_ones_own_is_there_again_and_can_be_changed() -> None:
    table = at_joint("r1")
    table.make(1, "open_check", row="r1")
    table.make(1, "answer_check", value=1, row="r1", note="A date.")
    assert table.answer(1).check == CheckAnswer(check=1, value=1, note="A date.")
    shown = page(table)
    assert 'value="1" data-testid="check-1" required checked' in shown["check"]
    assert "A date.</textarea>" in shown["check"]
    assert "Change my answer" in shown["send"]


def test_nobody_else_sees_an_answer_while_the_check_is_open() -> None:
    table = at_joint("r1")
    table.make(1, "open_check", row="r1")
    table.make(1, "answer_check", value=1, row="r1", note="A date.")
    drawn = "".join(draw("en", one.template, view=one.view) for one in views.seat(seat(table, 2, done=1)))
    assert "A date." not in drawn


def test_a_passed_check_offers_the_lock_and_says_how_it_came_out() -> None:
    table = at_joint("r1")
    table.make(1, "open_check", row="r1")
    table.check(3, 4, 5, 3, 4, row="r1")
    shown = page(table)
    assert 'value="lock_row"' in shown["after-r1"]
    assert "Lock this sentence" in shown["after-r1"]
    assert "Everybody can stand behind it" in shown["histogram-r1"]
    assert 'id="histogram-r1-h"' in shown["histogram-r1"]


def test_a_locked_sentence_can_be_opened_again_and_says_what_that_does() -> None:
    table = at_joint("r1")
    table.make(1, "open_check", row="r1")
    table.check(3, 4, 5, 3, 4, row="r1")
    table.make(2, "lock_row", row="r1")
    shown = page(table)["after-r1"]
    assert 'value="reopen_row"' in shown
    assert "These words stay as a version." in shown
    assert "lock_row" not in shown
    table.make(3, "reopen_row", row="r1")
    assert "after-r1" not in page(table)
    assert "histogram-r1" not in page(table)


def test_nothing_is_opened_again_while_another_sentence_is_checked() -> None:
    table = at_joint("r1", "r2")
    table.make(1, "open_check", row="r1")
    table.check(3, 4, 5, 3, 4, row="r1")
    table.make(1, "open_check", row="r2")
    shown = page(table)
    assert "lock_row" in shown["after-r1"]
    assert "reopen_row" not in shown["after-r1"]


def test_after_one_failed_check_the_words_are_changed_and_checked_again() -> None:
    shown = page(failing(at_joint("r2"), 1, "A date."))
    assert "Change the words, then check again" in shown["after-r2"]
    assert "choose_ending" not in shown["after-r2"]
    assert "“A date.”" in shown["histogram-r2"]


def test_under_five_answers_a_check_is_told_in_words_alone() -> None:
    table = at_joint("r2", agencies=("education", "health", "police"))
    table.make(1, "open_check", row="r2")
    table.check(3, 2, 4, row="r2")
    shown = page(table)["histogram-r2"]
    assert "Not everybody yet" in shown
    assert "<svg" not in shown
    assert "With fewer than five answers" in shown


def test_after_two_failed_checks_a_sentence_may_end_in_two_ways() -> None:
    shown = page(failing(at_joint("r2"), 2))["after-r2"]
    names = ("with_reservations", "not_agreed", "all_but_one")
    assert [f'data-testid="ending-{name}"' in shown for name in names] == [True, True, False]
    assert 'name="other" rows="4" maxlength="1000"' in shown
    assert "second change of two" in shown


def test_an_ending_waits_while_another_sentence_is_checked() -> None:
    table = failing(at_joint("r1", "r2"), 2)
    table.make(1, "open_check", row="r1")
    shown = page(table)["after-r2"]
    assert "choose_ending" not in shown
    assert "That one comes first." in shown


def test_after_three_failed_checks_only_endings_are_left() -> None:
    shown = page(failing(at_joint("r2"), 3))
    assert "Choose how it ends" in shown["after-r2"]
    assert "choose_ending" in shown["after-r2"]
    assert 'data-testid="open-check-r2"' not in shown["open-check"]


def test_a_reason_that_the_trainer_hid_is_left_out() -> None:
    table = failing(at_joint("r2"), 1, "A date.")
    table.make(None, "hide", entry="c1r1")
    assert "A date." not in page(table)["histogram-r2"]


def test_the_whole_grid_is_read_and_checked_with_a_sentence_to_open_again() -> None:
    shown = page(at_check())
    assert [name in shown["joints"] for name in ("statement-r1", "statement-r2", "statement-r3")] == [True] * 3
    assert "Sentence 1 is</span> ours." in shown["joints"]
    assert "not checked on its own" in shown["joints"]
    assert "Nothing was written here." in shown["joints"]
    assert '<option value="r3">3. Sentence 3 is …</option>' in shown["check"]
    assert "Which sentence would you open again?" in shown["check"]
    assert "check-again" not in shown


def test_the_check_on_the_whole_grid_stays_as_it_is_when_others_answer() -> None:
    table = at_check()
    before = {one.id: one for one in views.seat(seat(table))}
    table.make(2, "answer_check", value=1, row="r1", note="More.")
    after = {one.id: one for one in views.seat(seat(table, done=1, board_version=9))}
    assert before["check"] == after["check"]
    assert before["joints"] == after["joints"]


def test_a_failed_check_on_the_whole_grid_names_the_sentence_to_open_again() -> None:
    shown = page(whole_failing(1))
    assert "1 reason names it" in shown["reopen"]
    assert 'name="row" value="r1"' in shown["reopen"]
    assert '<option value="r2">' in shown["reopen"]
    assert "Check the whole grid again" in shown["check-again"]
    assert "About “Sentence 1 is …”" in shown["histogram"]


def test_under_five_answers_no_sentence_is_counted() -> None:
    table = at_joint("r1", agencies=("education", "health", "police"))
    table.to("check")
    table.check(3, 2, 4, row="r1", note="More.")
    shown = page(table)
    assert "reason names it" not in shown["reopen"]
    assert "named" in shown["reopen"]


def test_a_sentence_opened_again_has_its_text_and_the_grid_is_checked_again() -> None:
    table = whole_failing(1)
    table.make(2, "reopen_row", row="r1")
    shown = page(table)
    assert 'data-text="/texts/2/joint-r1"' in shown["open-r1"]
    assert 'value="r1"' not in shown["reopen"]
    assert "Open again. Its text is above." in shown["joints"]
    assert 'value="open_check"' in shown["check-again"]


@pytest.mark.parametrize("times", [2, 3])
def test_the_whole_grid_may_end_in_three_ways_after_two_failed_checks(times: int) -> None:
    shown = page(whole_failing(times))
    names = ("with_reservations", "not_agreed", "all_but_one")
    assert [f'data-testid="ending-{name}"' in shown["after-check"] for name in names] == [True] * 3
    assert 'name="open_row"' in shown["after-check"]
    assert ("check-again" in shown) == (times == 2)
    assert ("reopen" in shown) == (times == 2)


def test_a_chosen_ending_is_said_and_the_grid_can_be_locked() -> None:
    table = whole_failing(2)
    table.make(1, "choose_ending", ending="all_but_one", open_row="r2", note="We hold on to time.")
    shown = page(table)
    assert "Sentence 2 stays open. The others stand." in shown["after-check"]
    assert "“We hold on to time.”" in shown["after-check"]
    assert "Lock our grid" in shown["on"]
    table.make(None, "hide", entry="note")
    assert "We hold on to time." not in page(table)["after-check"]


def test_a_carried_grid_can_be_locked() -> None:
    table = at_check()
    table.check(3, 4, 5, 3, 4)
    shown = page(table)
    assert "The grid holds" in shown["after-check"]
    assert "Lock our grid" in shown["on"]
    assert "check-again" not in shown


def test_without_words_the_table_is_told_what_to_do() -> None:
    table = at_joint()
    table.to("check")
    shown = page(table)
    assert "There is no grid to check yet" in shown["after-check"]
    assert "check-again" not in shown
    assert "reopen_row" in shown["reopen"]
