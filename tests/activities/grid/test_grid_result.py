"""The check on the whole grid, its three endings, versions, hiding an entry, the row on the wall."""

import pytest

from app.activities.grid import activity, joint, result
from app.errors import Closed, Unclear
from tests.activities.grid.playing import SETUP, GridTable, at_check, at_joint, at_reveal


def failed(times: int) -> GridTable:
    """Fail so many checks on the whole grid, naming row 2."""
    table = at_check()
    for number in range(times):
        if number:
            table.make(1, "open_check")
        table.check(3, 4, 2, 3, 4, row="r2", note="Not yet.")
    return table


def test_the_check_on_the_grid_opens_by_itself_and_freezes_what_is_written() -> None:
    table = at_check()
    assert table.board.check is not None
    assert table.board.check.subject == "grid"
    assert {row: held.ending for row, held in table.board.joints.items()} == {
        "r1": "agreed",
        "r2": "unchecked",
        "r3": "",
    }
    assert table.board.joints["r2"].text == "Sentence 2 is ours."
    assert {"joint-r1", "joint-r2"} <= table.texts.frozen


def test_nothing_is_checked_where_nothing_is_written() -> None:
    table = at_joint()
    table.to("check")
    assert table.board.check is None
    with pytest.raises(Closed, match="no joint statement"):
        table.make(1, "open_check")


def test_a_low_answer_may_name_a_row_and_a_high_one_does_not() -> None:
    table = at_check()
    table.make(1, "answer_check", value=2, row="r2")
    table.make(2, "answer_check", value=4, row="r2")
    one, two = table.answer(1).check, table.answer(2).check
    assert one is not None
    assert two is not None
    assert (one.about, two.about) == ("r2", "")


def test_a_grid_that_passes_is_settled_and_locks_as_agreed() -> None:
    table = at_check()
    table.check(3, 3, 4, 5, 3)
    assert result.is_settled(SETUP, table.board)
    assert activity.ready(SETUP, "check", table.board)
    table.to("locked")
    locked = result.last(table.board)
    assert locked is not None
    assert (locked.number, locked.ending, locked.checks) == (1, "agreed", 1)
    assert [(one.row, one.text, one.ending) for one in locked.rows] == [
        ("r1", "Sentence 1 is ours.", "agreed"),
        ("r2", "Sentence 2 is ours.", "agreed"),
        ("r3", "", ""),
    ]


def test_a_grid_that_fails_stays_frozen_until_a_row_is_opened() -> None:
    table = failed(1)
    assert {"joint-r1", "joint-r2"} <= table.texts.frozen
    table.make(2, "reopen_row", row="r2")
    assert table.right(3, "joint-r2").may == "write"
    assert table.right(3, "joint-r1").may == "read"
    table.write(3, "joint-r2", "Sentence 2 is mended.")
    table.make(1, "open_check")
    assert table.board.joints["r2"].text == "Sentence 2 is mended."
    assert "joint-r2" in table.texts.frozen


def test_a_row_is_not_opened_while_the_grid_is_checked_or_settled() -> None:
    table = at_check()
    with pytest.raises(Closed, match="check is open"):
        table.make(1, "reopen_row", row="r2")
    table.check(3, 3, 4, 5, 3)
    with pytest.raises(Closed, match="settled"):
        table.make(1, "reopen_row", row="r2")


def test_after_three_checks_only_endings_are_left() -> None:
    table = failed(3)
    for name, fields in (("open_check", {}), ("reopen_row", {"row": "r2"})):
        with pytest.raises(Closed, match="three times"):
            table.make(1, name, **fields)
    table.make(1, "choose_ending", ending="with_reservations", note="Health doubts it.")
    assert activity.ready(SETUP, "check", table.board)


@pytest.mark.parametrize("ending", ["with_reservations", "all_but_one", "not_agreed"])
def test_a_grid_has_three_endings(ending: str) -> None:
    table = failed(2)
    fields = {"open_row": "r2"} if ending == "all_but_one" else {"open_row": "r3"}
    table.make(1, "choose_ending", ending=ending, note="We go on.", **fields)
    assert (table.board.ending, table.board.note) == (ending, "We go on.")
    assert table.board.open_row == ("r2" if ending == "all_but_one" else "")
    table.to("locked")
    locked = result.last(table.board)
    assert locked is not None
    assert (locked.ending, locked.note, locked.checks) == (ending, "We go on.", 2)


def test_an_ending_waits_for_two_checks_and_all_but_one_for_its_row() -> None:
    with pytest.raises(Closed, match="two checks"):
        failed(1).make(1, "choose_ending", ending="not_agreed")
    with pytest.raises(Unclear, match="Name the sentence"):
        failed(2).make(1, "choose_ending", ending="all_but_one")


def test_a_row_that_is_still_open_is_frozen_as_the_grid_ends_or_locks() -> None:
    table = failed(2)
    table.make(1, "reopen_row", row="r2")
    table.write(1, "joint-r2", "Sentence 2 is late.")
    table.make(1, "choose_ending", ending="with_reservations")
    assert table.board.joints["r2"].text == "Sentence 2 is late."
    table = failed(1)
    table.make(1, "reopen_row", row="r2")
    table.write(1, "joint-r2", "Sentence 2 is late.")
    table.to("locked")
    locked = result.last(table.board)
    assert locked is not None
    assert (locked.rows[1].text, locked.ending) == ("Sentence 2 is late.", "unchecked")


def test_opening_a_phase_again_keeps_results_and_makes_the_next_version() -> None:
    table = at_check()
    table.check(3, 3, 4, 5, 3)
    table.to("locked")
    first = table.board.results
    table.reopen("joint")
    assert (table.board.results, table.board.round, table.board.ending) == (first, 1, "")
    assert not result.is_settled(SETUP, table.board)
    table.make(1, "reopen_row", row="r1")
    table.write(2, "joint-r1", "Sentence 1 is newer.")
    table.to("check")
    table.check(3, 3, 3, 3, 3)
    table.to("locked")
    assert table.board.results[0] == first[0]
    assert (table.board.results[1].number, table.board.results[1].rows[0].text) == (2, "Sentence 1 is newer.")


def test_a_check_that_was_open_is_put_away_as_a_phase_is_opened_again() -> None:
    table = at_joint("r1")
    table.make(1, "open_check", row="r1")
    table.reopen("joint")
    assert table.board.check is None
    assert joint.is_open(table.board, "r1")
    assert "joint-r1" not in table.texts.frozen
    table.make(1, "open_check", row="r1")
    assert [(one.id, one.withdrawn) for one in table.board.checks] == [(1, True), (2, False)]


def test_a_row_carried_by_its_check_but_not_locked_is_agreed_as_the_grid_is_checked() -> None:
    table = at_joint("r1", "r2")
    table.make(1, "open_check", row="r1")
    table.check(3, 3, 3, 3, 3, row="r1")
    table.to("check")
    assert (table.board.joints["r1"].locked, table.board.joints["r1"].ending) == (True, "agreed")


def test_the_trainer_hides_every_sort_of_entry_and_shows_it_again() -> None:
    table = at_reveal()
    table.make(2, "mark", row="r1", column="education", mark="question", text="Who?")
    table.make(1, "guess", row="r1", column="police", text="One number")
    table.to("answer")
    table.make(1, "reply", row="r1", column="education", text="Me.")
    table.to("joint")
    table.write(1, "joint-r1", "Ours.")
    for _ in range(2):
        table.make(1, "open_check", row="r1")
        table.check(1, 3, 3, 3, 3, row="r1", note="No.")
    table.make(1, "choose_ending", row="r1", ending="not_agreed", other="Theirs.", note="So be it.")
    asked, guess = table.board.asked["r1"]["education"][0].id, table.board.guesses["r1"]["police"][0].id
    named = ("cell-r1-health", "joint-r1", "other-r1", "note-r1", asked, guess, "c1r1", "reply-r1-education", "note")
    for entry in named:
        table.make(None, "hide", entry=entry)
    assert set(table.board.hidden) == set(named)
    for entry in named:
        table.make(None, "hide", entry=entry, hidden=False)
    assert not table.board.hidden


@pytest.mark.parametrize("entry", ["cell-r1-police", "cell-r9-health", "joint-r9", "q-0", "", "speakers", "jot-r1"])
def test_what_is_not_there_cannot_be_hidden(entry: str) -> None:
    with pytest.raises(Unclear, match="no entry"):
        at_reveal().make(None, "hide", entry=entry)


def test_the_wall_shows_a_row_or_the_heat_view() -> None:
    table = at_reveal()
    table.make(None, "show_row", row="r2")
    assert table.board.shown == "r2"
    table.make(None, "show_row", row="")
    assert table.board.shown is None
