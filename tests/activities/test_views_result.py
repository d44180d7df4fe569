"""What a seat sees once its table has locked its result."""

from typing import Any

from app.activities.ranking.shapes import Board, Discarded, Result
from tests.activities.seats import check, page, scene

PASSED = check(3, "top", (0, 0, 0, 2, 2, 1), passed=True)
GONE = Discarded(statement="s6", reason="It can go.", reason_id="p1", how="lots", check=1)


def result(**more: Any) -> Result:
    """Make a result of s1, s2 and s3 in this order."""
    known: dict[str, Any] = {
        "number": 1,
        "top": (("s1",), ("s2",), ("s3",)),
        "order": ("s1", "s2", "s3", "s5", "s4"),
        "discarded": (GONE,),
        "ending": "agreed",
        "checks": 1,
        "check": 3,
    }
    return Result(**(known | more))


def locked(*results: Result, people: int = 5, **board: Any) -> dict[str, str]:
    """Draw the page of a seat whose table has locked these."""
    return page(scene("locked", Board(**{"checks": (PASSED,), "results": results, **board}), people=people))


def test_an_agreed_result_says_by_how_many_and_after_how_many_checks() -> None:
    shown = locked(result(checks=2, amended=True, changes=1, changed=("s3",)))["result"]
    assert "Agreed by all 5 of you" in shown
    assert "Everyone can at least live with it." in shown
    assert "2 checks, 1 change." in shown
    assert shown.count("changed after the first check") == 1
    assert "changed after the first check" in shown.partition("<span>3</span>")[2]


def test_a_list_that_only_lost_something_says_once_that_it_was_changed() -> None:
    shown = locked(result(checks=2, amended=True, changes=1))["result"]
    assert shown.count("changed after the first check") == 1
    assert "changed after the first check" in shown.partition("<ol")[0]


def test_a_list_checked_twice_as_it_was_does_not_say_that_it_was_changed() -> None:
    shown = locked(result(checks=2))["result"]
    assert "2 checks." in shown
    assert "change" not in shown.partition("<ol")[0].replace("2 checks.", "")


def test_a_result_that_not_everybody_answered_for_does_not_say_that_all_agreed() -> None:
    shown = locked(result(), checks=(check(3, "top", (0, 0, 0, 1, 2, 1), passed=True),))["result"]
    assert "Agreed by the 4 who answered" in shown


def test_a_result_carried_by_most_does_not_say_that_all_agreed() -> None:
    carried = check(3, "top", (1, 0, 0, 2, 1, 1), passed=True, rule="most-at-3")
    shown = locked(result(), checks=(carried,))["result"]
    assert "Agreed by all" not in shown
    assert "At least 80 % can live with it." in shown


def test_joint_places_and_how_they_were_settled_are_shown() -> None:
    shown = locked(result(top=(("s1",), ("s2", "s4"), ())), settled={"s1": "lots", "s2": "shared", "s4": "shared"})[
        "result"
    ]
    assert shown.count("<span>2<small> =</small>") == 2
    assert "drawn by lots" in shown
    assert shown.count("shares place 2") == 2


def test_a_table_that_placed_nothing_has_no_way_to_follow() -> None:
    bare = locked(result(top=((), (), ()), order=(None,) * 5, ending="unchecked", check=None))
    assert "journey" not in bare
    assert "The table had nothing on its places yet." in bare["result"]


def test_a_table_that_only_ranked_is_told_so() -> None:
    shown = locked(result(top=((), (), ()), ending="unchecked", check=None))["journey"]
    assert "All places are as they stood on your board." in shown
    assert "Places after" not in shown


def test_a_list_that_was_never_checked_is_not_said_to_have_been() -> None:
    shown = locked(result(ending="unchecked", checks=0, check=None))["result"]
    assert "without having checked it." in shown
    assert "without having checked it to the end." in locked(result(ending="unchecked", check=None))["result"]
    bare = locked(result(top=((), (), ()), ending="unchecked", checks=0, check=None))["result"]
    assert "goes on with this list" not in bare


def test_an_open_place_is_marked_and_no_ending_looks_worse() -> None:
    shown = locked(result(ending="all_but_one", open_place=3, note="s4 belongs here."))["result"]
    assert "All but one place agreed" in shown
    assert "not agreed</span>" in shown
    assert "s4 belongs here." in shown
    heads = {locked(result(ending=one))["result"].split(">")[1] for one in ("with_reservations", "not_agreed")}
    assert heads == {shown.split(">")[1]}


def test_a_result_without_a_check_says_so() -> None:
    shown = locked(result(ending="unchecked", checks=0, check=None))
    assert "Locked without a passed check" in shown["result"]
    assert "histogram" not in shown


def test_the_last_check_of_three_is_told_in_words() -> None:
    three = check(3, "top", (0, 0, 0, 1, 1, 1), passed=True)
    shown = locked(result(), people=3, checks=(three,))["histogram"]
    assert "Everybody can stand behind it" in shown
    assert "<svg" not in shown


def test_the_discarded_stands_with_its_reason_unless_that_is_hidden() -> None:
    shown = locked(result())["record"]
    assert "Statement 6." in shown
    assert "It can go." in shown
    assert "drawn by lots" in shown
    assert "It can go." not in locked(result(), hidden=("p1",))["record"]


def test_the_journey_leads_from_ones_own_list_to_the_tables() -> None:
    shown = locked(result(top=(("s2",), ("s1",), ("s3",))), discarded=(GONE,))["journey"]
    assert shown.index("Statement 2.") < shown.index("Statement 1.")
    row = shown[shown.index("Statement 2.") :].split("</tr>")[0]
    cells = [cell.split(">")[1].split("<")[0] for cell in row.split("<td")[1:]]
    assert cells == ["2", "2", "1"]
    assert "Statement 6." not in shown


def test_a_latecomers_journey_has_no_list_of_its_own() -> None:
    board = Board(checks=(PASSED,), results=(result(),))
    shown = page(scene("locked", board, own={}, late=True))
    assert "Only you see your own places" not in shown["journey"]
    assert '<th scope="col">You</th>' not in shown["journey"]


def test_earlier_versions_stay_to_be_read() -> None:
    shown = locked(result(top=(("s3",), ("s2",), ("s1",))), result(number=2))
    assert "version 2" in shown["result"]
    earlier = shown["record"]
    assert "An earlier version" in earlier
    assert earlier.index("Statement 3.") < earlier.index("Statement 1.")
