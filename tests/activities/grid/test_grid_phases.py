"""Going through the phases: what is frozen and thawed when, entering twice, going back, moving on, closing."""

import pytest

from app.activities.grid import activity
from tests.activities.grid.playing import PATH, SETUP, GridTable, at_check, at_joint, at_reveal

CELLS = {f"cell-{row}-{column}" for row in SETUP.row_ids for column in SETUP.column_ids}


def calls(table: GridTable, sort: str) -> set[str]:
    """Name the texts to which this was done."""
    return {name for done, name in table.texts.done if done == sort}


def test_a_grid_goes_through_all_its_phases_and_its_first_is_private() -> None:
    assert PATH == ["jot", "caucus", "reveal", "answer", "joint", "check", "locked"]
    assert [phase.name for phase in activity.phases if phase.private] == ["jot"]
    assert [phase.minutes for phase in activity.phases] == [6, 12, 8, 6, 25, 4, 0]


def test_entering_the_caucus_thaws_the_cells_that_are_not_agreed() -> None:
    table = at_reveal()
    table.texts.done.clear()
    table.to("caucus")
    assert calls(table, "thaw") == CELLS - {"cell-r1-education"}
    assert calls(table, "freeze") == set()
    assert table.board.cells == {}


def test_going_back_to_the_caucus_counts_as_another_reveal_once() -> None:
    table = at_reveal()
    table.to("caucus")
    assert table.board.reveals == 1
    table.to("jot")
    table.to("caucus")
    assert table.board.reveals == 1
    table.to("reveal")
    table.reopen("jot")
    assert table.board.reveals == 2


def test_entering_the_reveal_freezes_every_cell() -> None:
    table = GridTable()
    table.to("caucus")
    table.texts.done.clear()
    table.to("reveal")
    assert calls(table, "freeze") == CELLS
    assert calls(table, "thaw") == set()


def test_entering_the_joint_phase_thaws_the_rows_that_are_not_locked() -> None:
    table = at_check()
    table.texts.done.clear()
    table.reopen("joint")
    assert calls(table, "thaw") == {"joint-r2", "joint-r3"}
    assert table.board.joints["r2"].ending == ""
    assert table.board.joints["r1"].locked


def test_a_statement_that_nobody_has_begun_keeps_its_opening() -> None:
    table = at_check()
    assert "joint-r3" not in calls(table, "freeze")
    table.reopen("joint")
    assert table.right(1, "joint-r3").seed == "Sentence 3 is "


@pytest.mark.parametrize("phase", PATH)
def test_entering_a_phase_twice_changes_nothing_more(phase: str) -> None:
    for table in (at_reveal(), at_joint("r1"), at_check()):
        table.reopen(phase)
        before, frozen = table.board, set(table.texts.frozen)
        assert activity.enter(table.gathering(phase)) == before
        assert table.texts.frozen == frozen


@pytest.mark.parametrize("phase", PATH[:-1])
def test_opening_a_locked_grid_again_keeps_its_results(phase: str) -> None:
    table = at_check()
    table.check(3, 3, 4, 5, 3)
    table.to("locked")
    results = table.board.results
    table.reopen(phase)
    assert table.board.results == results
    assert table.board.ending == ""
    table.to("locked")
    assert table.board.results[0] == results[0]


def test_going_back_without_opening_again_checks_the_grid_anew() -> None:
    table = at_check()
    table.check(3, 3, 4, 5, 3)
    table.to("joint")
    assert table.board.round == 1
    table.to("check")
    assert table.board.check is not None


def test_a_check_that_is_open_does_not_go_along_to_another_phase() -> None:
    table = at_joint("r1")
    table.make(1, "open_check", row="r1")
    table.to("answer")
    assert table.board.check is None
    table.to("joint")
    assert table.right(1, "joint-r1").may == "write"


def test_who_has_jotted_is_done_by_its_own_word() -> None:
    table = GridTable()
    table.make(1, "done", done=True)
    assert activity.has_done("jot", table.board, table.answer(1))
    assert not activity.has_done("jot", table.board, table.answer(2))
    assert not activity.has_done("caucus", table.board, table.answer(1))


@pytest.mark.parametrize("phase", ["jot", "reveal", "locked"])
def test_some_phases_never_end_by_themselves(phase: str) -> None:
    assert not activity.ready(SETUP, phase, at_check().board)


def test_what_is_being_written_as_the_workshop_closes_stays_on_the_board_unchecked() -> None:
    table = at_joint("r1")
    table.board = table.stored(activity.conclude(table.gathering()))
    assert (table.board.joints["r1"].text, table.board.joints["r1"].ending) == ("Sentence 1 is ours.", "unchecked")


def test_cells_that_were_never_revealed_stay_unrevealed_as_the_workshop_closes() -> None:
    table = GridTable()
    table.to("caucus")
    table.write(1, "cell-r1-education", "School")
    assert activity.conclude(table.gathering()) == table.board


def test_one_grid_is_the_rooms_where_the_setup_says_so() -> None:
    assert not activity.is_room(SETUP)
    assert activity.is_room(SETUP.model_copy(update={"scope": "room"}))
