"""A table of two: both lists side by side once both agree, and never anybody else's."""

import pytest

from app.activities.base import Given
from app.activities.ranking.shapes import Answer
from tests.activities.sitting import LIKE, Sitting

OTHER = "s4 s3 s2 s1/s5"


def compared(*orders: str, people: int = 2) -> Sitting:
    at = Sitting(people=people)
    at.solo(*orders)
    at.go("rank", "compare")
    return at


def test_one_is_enough_to_keep_them_apart() -> None:
    at = compared(LIKE, OTHER)
    at.make(1, "show_list", show=True)
    assert at.board.lists == {}
    at.make(1, "show_list", show=False)
    at.make(2, "show_list", show=True)
    assert at.board.lists == {}


def test_both_are_shown_once_both_agree_and_stay_shown() -> None:
    at = compared(LIKE, OTHER)
    at.all("show_list", True, True, of="show")
    assert {seat: " ".join(one.order) for seat, one in at.board.lists.items()} == {
        1: "s1 s2 s3 s4",
        2: "s4 s3 s2 s1",
    }
    shown = at.board.lists
    at.make(1, "show_list", show=False)
    assert at.board.lists == shown


@pytest.mark.parametrize("people", [1, 3, 4])
def test_at_any_other_table_agreeing_shows_nothing(people: int) -> None:
    at = compared(*[LIKE, OTHER, LIKE, OTHER][:people], people=people)
    at.all("show_list", *[True] * people, of="show")
    assert at.board.lists == {}


def test_a_list_that_was_never_made_is_not_shown() -> None:
    at = compared(LIKE)
    at.all("show_list", True, True, of="show")
    assert at.board.lists == {}


def test_what_is_shown_is_what_was_kept_and_not_what_was_put_later() -> None:
    at = compared(LIKE, OTHER)
    at.answers[1] = at.answers[1].model_copy(update={"ballot": None})
    at.all("show_list", True, True, of="show")
    assert at.board.lists[1].order == ("s1", "s2", "s3", "s4")


def test_of_three_that_ranked_the_two_who_are_left_do_not_see_each_others() -> None:
    at = compared(LIKE, OTHER, LIKE, people=3)
    at.people = 2
    at.all("show_list", True, True, of="show")
    assert at.board.lists == {}


def test_a_latecomer_of_two_has_no_list_to_show() -> None:
    at = compared(LIKE, people=1)
    at.people = 2
    at.kept["solo"] = (
        Given(1, None, Answer.model_validate({"ballot": {"discard": None, "order": LIKE.split("/")[0].split()}})),
    )
    at.all("show_list", True, True, of="show")
    assert at.board.lists == {}
