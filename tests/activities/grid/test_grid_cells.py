"""The agencies' cells: agreed in private, shown at one moment, marked, asked about, answered and guessed at."""

import pytest

from app.activities.grid import activity, cells
from app.activities.grid.shapes import Board, Heat
from app.errors import Closed, Forbidden, Unclear
from tests.activities.grid.playing import SETUP, GridTable, at_reveal


def test_agreeing_on_a_cell_freezes_it_and_puts_no_words_on_the_board() -> None:
    table = GridTable()
    table.to("caucus")
    table.write(1, "cell-r1-education", "School says so.")
    table.texts.done.clear()
    table.make(4, "agree_cell", row="r1")
    assert table.texts.done == [("freeze", "cell-r1-education")]
    assert table.board.agreed == {"r1": ("education",)}
    assert "School says so" not in table.board.model_dump_json()
    table.make(1, "agree_cell", row="r1", agreed=False)
    assert table.texts.done[-1] == ("thaw", "cell-r1-education")
    assert table.board.agreed == {"r1": ()}


def test_a_cell_goes_from_empty_over_jotting_and_draft_to_agreed() -> None:
    table = GridTable()
    table.to("caucus")

    def state(jotted: bool = False) -> str:
        return cells.state(SETUP, table.board, "r1", "education", jotted)

    assert (state(), state(jotted=True)) == ("empty", "jotting")
    table.write(1, "cell-r1-education", "School")
    assert (state(), state(jotted=True)) == ("draft", "draft")
    table.make(1, "agree_cell", row="r1")
    assert state() == "agreed"


def test_an_empty_cell_cannot_be_agreed_on() -> None:
    table = GridTable()
    table.to("caucus")
    with pytest.raises(Unclear, match="no words"):
        table.make(1, "agree_cell", row="r1")
    table.write(1, "cell-r1-education", " \n")
    with pytest.raises(Unclear, match="no words"):
        table.make(1, "agree_cell", row="r1")


def test_a_seat_without_a_column_agrees_on_no_cell() -> None:
    table = GridTable(agencies=(None,))
    table.to("caucus")
    with pytest.raises(Forbidden):
        table.make(1, "agree_cell", row="r1")


def test_the_reveal_shows_all_words_at_one_moment_and_leaves_empty_cells_empty() -> None:
    table = at_reveal()
    assert table.board.cells == {
        "r1": {"education": "School says one plan.\n- and one list", "health": "Clinic says one worker."},
        "r2": {"education": "School says time."},
    }


def test_marks_are_counted_without_who_made_them() -> None:
    table = at_reveal(agencies=("education", "health", None, None, "health"))
    for seat, mark in ((2, "shared"), (3, "shared"), (4, "tension")):
        table.make(seat, "mark", row="r1", column="education", mark=mark)
    assert cells.heat(table.board, "r1", "education") == Heat(shared=2, tension=1)
    assert cells.heat(table.board, "r1", "health") == Heat()
    assert table.board.asked == {}
    table.make(3, "mark", row="r1", column="education", mark="")
    assert cells.heat(table.board, "r1", "education") == Heat(shared=1, tension=1)


def test_one_seat_has_one_mark_on_a_cell() -> None:
    table = at_reveal()
    for mark in ("shared", "tension", "tension"):
        table.make(2, "mark", row="r1", column="education", mark=mark)
    assert cells.heat(table.board, "r1", "education") == Heat(tension=1)


def test_a_question_stands_beside_its_cell_with_who_asks_it() -> None:
    table = at_reveal()
    table.make(2, "mark", row="r1", column="education", mark="question", text=" Who writes it? ")
    table.make(3, "mark", row="r1", column="education", mark="question")
    assert {(one.seat, one.text) for one in table.board.asked["r1"]["education"]} == {(2, "Who writes it?"), (3, "")}
    assert cells.open_questions(table.board) == (("r1", "education"),)


def test_who_marks_without_asking_is_not_named_beside_who_asks() -> None:
    table = at_reveal()
    table.make(2, "mark", row="r1", column="education", mark="question", text="Who?")
    table.make(3, "mark", row="r1", column="education", mark="tension", text="Never said.")
    assert [(one.seat, one.text) for one in table.board.asked["r1"]["education"]] == [(2, "Who?")]
    assert "Never said" not in table.board.model_dump_json()


def test_the_same_question_of_two_seats_has_two_names_and_another_wording_a_new_one() -> None:
    table = at_reveal()
    for seat in (2, 3, 5):
        table.make(seat, "mark", row="r1", column="education", mark="question", text="Who?")
    first = [one.id for one in table.board.asked["r1"]["education"]]
    assert len(set(first)) == 3
    table.make(2, "mark", row="r1", column="education", mark="question", text="Who, then?")
    new = next(one.id for one in table.board.asked["r1"]["education"] if one.seat == 2)
    assert new not in first


def test_one_does_not_mark_ones_own_cell_or_an_empty_one() -> None:
    table = at_reveal()
    with pytest.raises(Forbidden):
        table.make(4, "mark", row="r1", column="education", mark="shared")
    with pytest.raises(Unclear, match="no words"):
        table.make(4, "mark", row="r1", column="police", mark="shared")
    with pytest.raises(Unclear, match="no column"):
        table.make(4, "mark", row="r1", column="army", mark="shared")


def test_marks_of_an_earlier_reveal_do_not_count() -> None:
    table = at_reveal()
    table.make(2, "mark", row="r1", column="education", mark="tension")
    table.reopen("caucus")
    assert (table.board.cells, table.board.heat, table.board.asked, table.board.reveals) == ({}, {}, {}, 1)
    table.to("reveal")
    table.make(3, "mark", row="r1", column="education", mark="shared")
    assert cells.heat(table.board, "r1", "education") == Heat(shared=1)


def test_marks_of_who_has_gone_no_longer_count_while_cells_are_marked() -> None:
    table = at_reveal()
    table.make(2, "mark", row="r1", column="education", mark="tension")
    table.gone.add(2)
    table.settle()
    assert table.board.heat == {}


def test_what_was_marked_stays_once_the_reveal_is_over() -> None:
    table = at_reveal()
    table.make(2, "mark", row="r1", column="education", mark="tension")
    table.to("answer")
    table.gone.add(2)
    table.settle()
    assert cells.heat(table.board, "r1", "education") == Heat(tension=1)


def test_the_least_tense_row_comes_first_and_questions_settle_between_those_alike() -> None:
    table = at_reveal()
    table.make(2, "mark", row="r1", column="education", mark="tension")
    table.make(2, "mark", row="r2", column="education", mark="question")
    assert cells.order(SETUP, table.board) == ("r1", "r2", "r3")
    table.to("answer")
    assert cells.order(SETUP, table.board) == ("r3", "r2", "r1")


def test_rows_of_an_order_that_the_setup_no_longer_has_are_left_out_and_new_ones_come_last() -> None:
    assert cells.order(SETUP, Board(order=("r9", "r3"))) == ("r3", "r1", "r2")


def test_owners_answer_in_a_line_and_can_take_it_back() -> None:
    table = at_reveal()
    table.make(2, "mark", row="r1", column="education", mark="question", text="Who?")
    table.to("answer")
    assert not activity.ready(SETUP, "answer", table.board)
    table.make(4, "reply", row="r1", column="education", text="The form tutor.")
    assert table.board.replies["r1"]["education"].text == "The form tutor."
    assert activity.ready(SETUP, "answer", table.board)
    table.make(1, "reply", row="r1", column="education", text="")
    assert cells.open_questions(table.board) == (("r1", "education"),)


def test_others_do_not_answer_for_an_agency_and_nobody_where_nothing_is_asked() -> None:
    table = at_reveal()
    table.make(2, "mark", row="r1", column="education", mark="question", text="Who?")
    table.to("answer")
    with pytest.raises(Forbidden):
        table.make(2, "reply", row="r1", column="education", text="Not mine.")
    with pytest.raises(Closed):
        table.make(2, "reply", row="r1", column="health", text="Mine.")


def test_guesses_are_for_cells_that_nobody_speaks_for() -> None:
    table = at_reveal()
    table.make(1, "guess", row="r1", column="police", text="One number to ring")
    assert [one.text for one in table.board.guesses["r1"]["police"]] == ["One number to ring"]
    assert table.board.cells["r1"].keys() == {"education", "health"}
    with pytest.raises(Unclear, match="there already"):
        table.make(2, "guess", row="r1", column="police", text="One number to ring")
    with pytest.raises(Closed, match="Somebody here speaks"):
        table.make(1, "guess", row="r2", column="health", text="Beds")


def test_a_cell_takes_six_guesses() -> None:
    table = at_reveal()
    for number in range(6):
        table.make(1, "guess", row="r1", column="police", text=f"Guess {number}")
    with pytest.raises(Unclear, match="6 guesses"):
        table.make(1, "guess", row="r1", column="police", text="One more")


def test_the_cell_of_an_agency_that_has_left_stays_and_is_not_guessed_at() -> None:
    table = at_reveal()
    table.gone |= {1, 4}
    table.settle()
    assert "education" in table.board.cells["r1"]
    with pytest.raises(Closed, match="words in this cell"):
        table.make(2, "guess", row="r1", column="education", text="Time")
    table.make(2, "guess", row="r3", column="education", text="Time")


def test_a_caucus_may_go_on_once_all_that_was_begun_is_agreed() -> None:
    table = GridTable()
    table.to("caucus")
    assert not activity.ready(SETUP, "caucus", table.board)
    table.write(1, "cell-r1-education", "School")
    table.write(2, "cell-r1-health", "Clinic")
    table.make(1, "agree_cell", row="r1")
    assert not activity.ready(SETUP, "caucus", table.board)
    table.make(2, "agree_cell", row="r1")
    assert activity.ready(SETUP, "caucus", table.board)
