"""Checking the list and locking it: three checks, three endings, and versions that stay."""

from typing import Any

import pytest

from app.activities.ranking import result
from app.activities.ranking.shapes import Result
from app.errors import Closed, Refusal, Unclear
from tests.activities.sitting import Sitting, listed, ranked

FINE, FAILS = (4, 4, 4), (5, 5, 0)


def amend(at: Sitting, *values: int) -> None:
    """Change the list and put it to the check again."""
    at.make(1, "place_top", statement="s2", position=1)
    at.make(2, "check_again")
    at.check(*values)


def locked(at: Sitting) -> Result:
    return at.go("locked").results[-1]


def test_entering_the_phase_opens_the_check_on_the_list() -> None:
    at = listed()
    assert at.board.check is not None
    assert (at.board.check.subject, at.board.check.rule) == ("top", "all-at-3")


def test_a_table_without_a_list_has_nothing_to_check() -> None:
    at = ranked()
    at.go("top", "check")
    assert at.board.check is None
    with pytest.raises(Closed):
        at.make(1, "check_again")
    assert locked(at).ending == "unchecked"


def test_a_list_is_checked_three_times_at_most() -> None:
    at = listed()
    at.check(*FAILS)
    amend(at, *FAILS)
    amend(at, *FAILS)
    for name, fields in (("check_again", {}), ("place_top", {"statement": "s3", "position": 1})):
        with pytest.raises(Closed):
            at.make(1, name, **fields)
    with pytest.raises(Closed):
        at.make(None, "open_check")
    at.make(1, "choose_ending", ending="with_reservations")
    assert (locked(at).ending, locked(at).checks) == ("with_reservations", 3)


def test_the_third_check_may_pass() -> None:
    at = listed()
    at.check(*FAILS)
    amend(at, *FAILS)
    amend(at, *FINE)
    assert result.is_settled(at.setup, at.board)
    assert (locked(at).ending, locked(at).checks, locked(at).amended) == ("agreed", 3, True)


def test_a_result_says_which_statements_came_to_their_place_after_the_first_check() -> None:
    at = listed()
    before = at.board.top
    at.check(*FAILS)
    amend(at, *FINE)
    found = locked(at)
    assert (before, found.top) == ((("s1",), ("s2",)), (("s2",), ("s1",)))
    assert (found.changes, set(found.changed)) == (1, {"s1", "s2"})


def test_a_list_put_to_the_check_again_as_it_was_has_not_changed() -> None:
    at = listed()
    at.check(*FAILS)
    at.make(2, "check_again")
    at.check(*FINE)
    found = locked(at)
    assert (found.checks, found.amended, found.changes, found.changed) == (2, False, 0, ())


def test_a_list_is_not_changed_while_it_is_checked() -> None:
    at = listed()
    with pytest.raises(Closed):
        at.make(1, "place_top", statement="s3", position=1)


@pytest.mark.parametrize("who", [1, None])
def test_an_ending_needs_two_failures_and_nothing_open(who: int | None) -> None:
    at = listed()
    name = "choose_ending" if who else "end"
    with pytest.raises(Closed):
        at.make(who, name, ending="not_agreed")
    at.check(*FAILS)
    with pytest.raises(Closed):
        at.make(who, name, ending="not_agreed")
    amend(at, *FAILS)
    at.make(2, "check_again")
    with pytest.raises(Closed):
        at.make(who, name, ending="not_agreed")
    at.check(*FAILS)
    at.make(who, name, ending="not_agreed", note="We would keep the third.")
    found = locked(at)
    assert (found.ending, found.note, found.open_place) == ("not_agreed", "We would keep the third.", None)


@pytest.mark.parametrize(("position", "opened"), [(None, 2), (1, 1), (2, 2)])
def test_all_but_one_leaves_a_place_open_and_the_last_if_none_is_named(position: int | None, opened: int) -> None:
    at = listed()
    at.check(*FAILS)
    amend(at, *FAILS)
    with pytest.raises(Unclear):
        at.make(1, "choose_ending", ending="all_but_one", position=3)
    at.make(1, "choose_ending", ending="all_but_one", position=position)
    assert locked(at).open_place == opened


def test_a_list_that_was_ended_is_not_changed() -> None:
    at = listed()
    at.check(*FAILS)
    amend(at, *FAILS)
    at.make(1, "choose_ending", ending="not_agreed")
    for name, fields in (("check_again", {}), ("place_top", {"statement": "s3", "position": 1})):
        with pytest.raises(Closed):
            at.make(1, name, **fields)


def test_a_locked_result_stays_when_its_phase_is_reopened_and_the_next_is_another_version() -> None:
    at = listed()
    at.check(*FINE)
    first = locked(at)
    at.reopen("top")
    assert (at.board.results, at.board.round, at.board.marks) == ((first,), 1, None)
    at.make(1, "place_top", statement="s3", position=2, joint=True)
    at.go("check")
    at.check(*FAILS)
    at.go("locked")
    assert at.board.results[0] == first
    second = at.board.results[1]
    assert (second.number, second.ending, second.checks, second.amended) == (2, "unchecked", 1, False)


@pytest.mark.parametrize("phase", ["read", "solo", "discard", "rank", "compare", "top", "check"])
def test_every_phase_opens_again_and_leads_to_another_version(phase: str) -> None:
    at = listed()
    at.check(*FINE)
    first = locked(at)
    at.reopen(phase)
    early = phase in ("read", "solo", "discard")
    assert [one.statement for one in at.board.discarded] == ([] if early else ["s5"])
    assert [one.statement for one in at.board.earlier] == (["s5"] if early else [])
    names = ["read", "solo", "discard", "rank", "compare", "top", "check", "locked"]
    at.go(*names[names.index(phase) + 1 :])
    assert at.board.results[0] == first
    assert [one.number for one in at.board.results] == [1, 2]
    assert at.board.results[1].ending == "unchecked"


@pytest.mark.parametrize("ended", [False, True])
def test_a_list_that_was_settled_and_is_gone_back_on_is_checked_anew(ended: bool) -> None:
    at = listed()
    if ended:
        at.check(*FAILS)
        amend(at, *FAILS)
        at.make(1, "choose_ending", ending="with_reservations")
    else:
        at.check(*FINE)
    at.go("top")
    at.make(1, "place_top", statement="s3", position=1, joint=True)
    at.go("check")
    assert at.board.check is not None
    assert locked(at).ending == "unchecked"


def test_a_check_that_is_open_as_the_table_goes_on_is_put_away() -> None:
    at = listed()
    at.make(1, "answer_check", value=0)
    found = locked(at)
    assert (found.ending, found.checks, found.check) == ("unchecked", 0, None)
    assert at.board.check is None


HIDDEN: tuple[tuple[str, dict[str, Any]], ...] = (("p1", {}), ("c2r1", {}), ("l1", {}), ("note", {}))


@pytest.mark.parametrize(("entry", "fields"), HIDDEN)
def test_what_somebody_said_can_be_hidden_and_shown_again(entry: str, fields: dict[str, Any]) -> None:
    at = ranked()
    at.go("compare")
    at.make(1, "link", a="s1", b="s2", relation="alike", note="The same.")
    at.go("top")
    at.make(1, "place_top", statement="s1", position=1)
    at.go("check")
    at.make(1, "answer_check", value=1, note="It lacks the third.")
    at.make(2, "answer_check", value=4)
    at.make(3, "answer_check", value=4)
    assert at.make(None, "hide", entry=entry).hidden == (entry,)
    assert at.make(None, "hide", entry=entry).hidden == (entry,)
    assert at.make(None, "hide", entry=entry, hidden=False).hidden == ()


@pytest.mark.parametrize("entry", ["", "p9", "c1r1", "l1", "n1", "top", "s1"])
def test_what_nobody_said_cannot_be_hidden(entry: str) -> None:
    at = ranked()
    with pytest.raises(Refusal) as refusal:
        at.make(None, "hide", entry=entry)
    assert refusal.value.status == 422


def test_a_hidden_link_that_is_taken_away_hides_no_other() -> None:
    at = ranked()
    at.go("compare")
    at.make(1, "link", a="s1", b="s2", relation="alike", note="A name.")
    at.make(None, "hide", entry="l1")
    at.make(2, "unlink", link="l1")
    assert at.make(3, "link", a="s1", b="s3", relation="alike", note="Fine.").links[0].id == "l2"


def test_a_table_chooses_how_it_ends_once() -> None:
    at = listed()
    at.check(*FAILS)
    amend(at, *FAILS)
    at.make(1, "choose_ending", ending="not_agreed")
    with pytest.raises(Closed):
        at.make(2, "choose_ending", ending="with_reservations")


def test_a_list_that_was_emptied_can_only_end_without_agreement() -> None:
    at = listed()
    at.check(*FAILS)
    amend(at, *FAILS)
    for statement in ("s1", "s2"):
        at.make(1, "place_top", statement=statement)
    for ending in ("with_reservations", "all_but_one"):
        with pytest.raises(Closed):
            at.make(1, "choose_ending", ending=ending)
    assert at.make(1, "choose_ending", ending="not_agreed").ending == "not_agreed"
