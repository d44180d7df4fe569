"""Joint statements: what they draw on, the check on each, three checks at most, endings, opening one again."""

import pytest

from app.activities.grid import activity, joint
from app.errors import Closed, Stale, Unclear
from tests.activities.grid.playing import SETUP, GridTable, at_joint


def failed(times: int) -> GridTable:
    """Fail so many checks on row 1."""
    table = at_joint("r1")
    for _ in range(times):
        table.make(1, "open_check", row="r1")
        table.check(3, 4, 1, 3, 4, row="r1", note="Too long.")
    return table


def test_the_strip_names_columns_in_their_order() -> None:
    table = at_joint("r1")
    table.make(1, "draw_on", row="r1", column="health")
    table.make(2, "draw_on", row="r1", column="education")
    table.make(2, "draw_on", row="r1", column="education")
    assert list(table.board.joints["r1"].draws) == ["education", "health"]
    table.make(2, "draw_on", row="r1", column="health", drawn=False)
    assert table.board.joints["r1"].draws == ("education",)


def test_a_statement_draws_on_a_guess_but_on_no_empty_cell() -> None:
    table = at_joint("r1")
    with pytest.raises(Unclear, match="nothing in this cell"):
        table.make(1, "draw_on", row="r1", column="police")
    table.make(1, "guess", row="r1", column="police", text="One number")
    table.make(1, "draw_on", row="r1", column="police")
    assert table.board.joints["r1"].draws == ("police",)


def test_a_check_freezes_the_words_it_is_on() -> None:
    table = at_joint("r1")
    table.texts.done.clear()
    table.make(1, "open_check", row="r1")
    assert table.texts.done == [("freeze", "joint-r1")]
    assert table.board.joints["r1"].text == "Sentence 1 is ours."
    assert not joint.is_open(table.board, "r1")
    assert joint.is_open(table.board, "r2")


def test_the_opening_alone_is_no_statement_to_check() -> None:
    table = at_joint()
    table.write(1, "joint-r1", "Sentence 1 is ")
    with pytest.raises(Unclear, match="no joint statement"):
        table.make(1, "open_check", row="r1")
    with pytest.raises(Unclear, match="no joint statement"):
        table.make(1, "open_check", row="r2")


def test_one_check_is_open_at_a_time() -> None:
    table = at_joint("r1", "r2")
    table.make(1, "open_check", row="r1")
    with pytest.raises(Closed, match="open already"):
        table.make(2, "open_check", row="r2")
    assert "joint-r2" not in table.texts.frozen


def test_a_check_that_passes_stays_frozen_until_it_is_locked() -> None:
    table = at_joint("r1")
    table.make(1, "open_check", row="r1")
    table.check(3, 4, 5, 3, 4, row="r1")
    last = joint.last_check(table.board, "r1")
    assert last is not None
    assert last.outcome is not None
    assert last.outcome.passed
    assert "joint-r1" in table.texts.frozen
    table.make(3, "lock_row", row="r1")
    assert (table.board.joints["r1"].locked, table.board.joints["r1"].ending) == (True, "agreed")
    assert joint.progress(SETUP, table.board) == (1, 3)


def test_a_check_that_fails_thaws_the_text() -> None:
    table = at_joint("r1")
    table.make(1, "open_check", row="r1")
    table.texts.done.clear()
    table.check(3, 4, 2, 3, 4, row="r1")
    assert table.texts.done == [("thaw", "joint-r1")]
    assert joint.is_open(table.board, "r1")
    assert joint.fails(table.board, "r1") == 1
    table.write(1, "joint-r1", "Sentence 1 is better.")


def test_a_check_waits_for_those_present_alone() -> None:
    table = at_joint("r1")
    table.make(1, "open_check", row="r1")
    table.away |= {4, 5}
    table.check(3, 4, 5, row="r1")
    assert table.board.check is None


def test_a_check_closes_when_the_last_it_waited_for_has_left() -> None:
    table = at_joint("r1")
    table.make(1, "open_check", row="r1")
    table.check(3, 4, 5, 2, row="r1")
    assert joint.is_checked(table.board, "r1")
    table.gone.add(5)
    table.settle()
    assert not joint.is_checked(table.board, "r1")
    assert "joint-r1" not in table.texts.frozen


def test_the_trainer_closes_a_check_with_the_answers_there_are_but_not_with_one_alone() -> None:
    table = at_joint("r1")
    table.make(1, "open_check", row="r1")
    table.check(1, row="r1")
    with pytest.raises(Closed):
        table.make(None, "close_check")
    table.check(1, 4, row="r1")
    table.make(None, "close_check")
    assert table.board.check is None
    assert "joint-r1" not in table.texts.frozen


def test_an_answer_for_another_row_is_stale() -> None:
    table = at_joint("r1", "r2")
    table.make(1, "open_check", row="r1")
    with pytest.raises(Stale):
        table.make(1, "answer_check", value=3, row="r2")
    assert table.answer(1).check is None


def test_reasons_are_told_without_who_gave_them_and_counts_from_five() -> None:
    table = failed(1)
    last = joint.last_check(table.board, "r1")
    assert last is not None
    assert last.outcome is not None
    assert last.outcome.counts == (0, 1, 0, 2, 2, 0)
    assert [one.text for one in last.outcome.reasons] == ["Too long."]
    few = at_joint("r1", agencies=("education", "health", "health", "education"))
    few.make(1, "open_check", row="r1")
    few.check(3, 3, 3, 1, row="r1")
    last = joint.last_check(few.board, "r1")
    assert last is not None
    assert last.outcome is not None
    assert last.outcome.counts is None


def test_after_three_checks_only_endings_are_left() -> None:
    table = failed(3)
    with pytest.raises(Closed, match="three times"):
        table.make(1, "open_check", row="r1")
    table.make(1, "choose_ending", row="r1", ending="with_reservations", note="Health doubts it.")
    assert table.board.joints["r1"].note == "Health doubts it."


def test_an_ending_waits_for_two_checks_that_did_not_pass() -> None:
    table = failed(1)
    with pytest.raises(Closed, match="two checks"):
        table.make(1, "choose_ending", row="r1", ending="with_reservations")


def test_a_row_without_agreement_keeps_both_sentences_and_locks() -> None:
    table = failed(2)
    with pytest.raises(Unclear, match="other sentence"):
        table.make(1, "choose_ending", row="r1", ending="not_agreed")
    table.make(1, "choose_ending", row="r1", ending="not_agreed", other="Sentence 1 is theirs.")
    held = table.board.joints["r1"]
    assert (held.text, held.other, held.ending) == ("Sentence 1 is ours.", "Sentence 1 is theirs.", "not_agreed")
    assert held.locked
    assert "joint-r1" in table.texts.frozen


def test_an_ending_keeps_what_the_statement_draws_on() -> None:
    table = failed(2)
    table.make(1, "draw_on", row="r1", column="health")
    table.make(1, "choose_ending", row="r1", ending="with_reservations")
    assert table.board.joints["r1"].draws == ("health",)


def test_all_but_one_is_no_ending_of_a_row() -> None:
    with pytest.raises(Unclear, match="whole grid"):
        failed(2).make(1, "choose_ending", row="r1", ending="all_but_one", open_row="r1")


def test_a_row_that_is_opened_again_is_written_and_checked_anew() -> None:
    table = failed(2)
    table.make(1, "choose_ending", row="r1", ending="not_agreed", other="Theirs.")
    with pytest.raises(Closed, match="locked"):
        table.make(1, "draw_on", row="r1", column="health")
    table.make(1, "reopen_row", row="r1")
    held = table.board.joints["r1"]
    assert (held.locked, held.ending, held.other, held.round) == (False, "", "", 1)
    assert table.texts.done[-1] == ("thaw", "joint-r1")
    assert (joint.fails(table.board, "r1"), joint.last_check(table.board, "r1")) == (0, None)
    table.write(2, "joint-r1", "Sentence 1 is new.")
    table.make(1, "open_check", row="r1")
    table.check(3, 3, 3, 3, 3, row="r1")
    table.make(1, "lock_row", row="r1")
    assert table.board.joints["r1"].text == "Sentence 1 is new."


def test_a_row_whose_check_has_passed_can_be_opened_again_before_it_is_locked() -> None:
    table = at_joint("r1")
    table.make(1, "open_check", row="r1")
    table.check(3, 3, 3, 3, 3, row="r1")
    table.make(1, "reopen_row", row="r1")
    assert joint.is_open(table.board, "r1")
    with pytest.raises(Closed, match="passed"):
        table.make(1, "lock_row", row="r1")


def test_a_row_is_not_opened_again_while_a_check_is_open_or_it_is_open() -> None:
    table = at_joint("r1")
    with pytest.raises(Closed, match="open already"):
        table.make(1, "reopen_row", row="r1")
    table.make(1, "open_check", row="r1")
    with pytest.raises(Closed, match="check is open"):
        table.make(1, "reopen_row", row="r1")


def test_a_table_may_go_on_once_all_rows_are_locked() -> None:
    table = at_joint("r1", "r2", "r3")
    for row in SETUP.row_ids:
        assert not activity.ready(SETUP, "joint", table.board)
        table.make(1, "open_check", row=row)
        assert not activity.ready(SETUP, "joint", table.board)
        assert not activity.has_done("joint", table.board, table.answer(1))
        table.make(1, "answer_check", value=3, row=row)
        assert activity.has_done("joint", table.board, table.answer(1))
        table.check(3, 3, 3, 3, 3, row=row)
        table.make(1, "lock_row", row=row)
    assert activity.ready(SETUP, "joint", table.board)
