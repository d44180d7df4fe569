"""What a seat sees while its table checks its list."""

import pytest

from app.activities.checks import CheckAnswer
from app.activities.ranking.shapes import Board
from tests.activities.seats import answer, check, page, regions, scene

LIST = {"top": (("s1",), ("s2",), ("s3",)), "places": ("s1", "s2", "s3", "s4", "s5", "s6")}
FAILED = (0, 0, 1, 2, 2, 0)


def failed(times: int) -> Board:
    """Make a board whose list has not been carried so often."""
    return Board(checks=tuple(check(number, "top", FAILED) for number in range(1, times + 1)), **LIST)


def test_the_check_asks_about_a_place_and_what_would_help() -> None:
    own = answer(0, check=CheckAnswer(check=1, value=1, note="Another order.", about="s2"))
    shown = page(scene("check", Board(checks=(check(1, "top"),), **LIST), answer=own))
    assert '<option value="s2" selected>Place 2: Statement 2.</option>' in shown["check"]
    assert "Another order.</textarea>" in shown["check"]
    assert "Please do not name clients." in shown["check"]
    assert [f'data-testid="check-{value}"' in shown["check"] for value in range(6)] == [True] * 6


def test_the_check_stays_as_it_is_when_others_answer() -> None:
    board = Board(checks=(check(1, "top"),), **LIST)
    before, after = (
        {region.id: region for region in regions(scene("check", board, done=done, board_version=done))}
        for done in (1, 4)
    )
    assert before["check"] == after["check"]
    assert before["send"] == after["send"]
    assert before["progress"] != after["progress"]


@pytest.mark.parametrize(
    ("rule", "passed", "words"),
    [
        ("all-at-3", True, "Everybody can stand behind it"),
        ("all-at-3", False, "Not everybody yet"),
        ("none-at-0", True, "Nobody says no"),
        ("most-at-3", True, "Enough of you can stand behind it"),
    ],
)
def test_a_closed_check_is_told_in_words_that_fit_its_rule(rule: str, passed: bool, words: str) -> None:
    closed = check(1, "top", (0, 0, 1, 2, 2, 0), rule=rule, passed=passed)
    assert words in page(scene("check", Board(checks=(closed,), **LIST)))["histogram"]


def test_the_histogram_has_a_block_for_each_answer_and_a_table() -> None:
    shown = page(scene("check", failed(1)))["histogram"]
    assert (shown.count('class="below"'), shown.count('class="above"')) == (1, 4)
    assert "0 at 0, 0 at 1, 1 at 2, 2 at 3, 2 at 4, 0 at 5." in shown
    assert '<th scope="row">3 I can live with it</th><td class="num">2</td>' in shown


def test_reasons_name_their_statement_and_hidden_ones_are_left_out() -> None:
    said = (("s2", "Another order."), ("", "Something is missing."))
    closed = check(1, "top", FAILED, said=said)
    shown = page(scene("check", Board(checks=(closed,), hidden=("c1r2",), **LIST)))["histogram"]
    assert "About “Statement 2”" in shown
    assert "“Another order.”" in shown
    assert "Something is missing." not in shown


def test_after_one_failed_check_the_table_changes_a_place_and_checks_again() -> None:
    shown = page(scene("check", failed(1)))
    assert "first change of two" in shown["after-check"]
    assert "choose_ending" not in shown["after-check"]
    assert "Check again" in shown["check-again"]
    assert "places" in shown


def test_after_two_failed_checks_three_endings_stand_beside_the_second_change() -> None:
    shown = page(scene("check", failed(2)))
    assert "second change of two" in shown["after-check"]
    names = ("with_reservations", "all_but_one", "not_agreed")
    assert [f'data-testid="ending-{name}"' in shown["after-check"] for name in names] == [True] * 3
    assert '<option value="3" selected>' in shown["after-check"]
    assert "Check again" in shown["check-again"]


def test_after_three_failed_checks_only_endings_are_left() -> None:
    shown = page(scene("check", failed(3)))
    assert "choose_ending" in shown["after-check"]
    assert "check-again" not in shown
    assert "on" not in shown


def test_a_carried_list_can_be_locked() -> None:
    passed = check(1, "top", (0, 0, 0, 3, 1, 1), passed=True)
    shown = page(scene("check", Board(checks=(passed,), **LIST)))
    assert "The list holds" in shown["after-check"]
    assert 'value="locked"' in shown["on"]
    assert "Lock our list" in shown["on"]


def test_a_chosen_ending_is_said_with_what_stands_beside_it() -> None:
    board = failed(2).model_copy(update={"ending": "not_agreed", "note": "We hold that s4 belongs here."})
    shown = page(scene("check", board))
    assert "Not agreed" in shown["after-check"]
    assert "“We hold that s4 belongs here.”" in shown["after-check"]
    assert 'value="locked"' in shown["on"]


def test_without_a_list_the_table_is_told_what_to_do() -> None:
    shown = page(scene("check", Board()))
    assert "There is no list to check yet" in shown["after-check"]
    assert "check-again" not in shown
