"""Who may write and read which shared text in which phase."""

import pytest

from app.activities.base import TextRight
from app.activities.grid import activity
from tests.activities.grid.playing import PATH, SETUP, GridTable, at_check, at_joint


@pytest.mark.parametrize("phase", PATH)
def test_a_cell_is_open_in_the_caucus_to_the_people_of_its_column_alone(phase: str) -> None:
    table = GridTable(agencies=("education", "health", None, "housing"), phase=phase)
    may = [table.right(seat, "cell-r1-education").may for seat in (1, 2, 3, 4)]
    assert may == ["write" if phase == "caucus" else "none", "none", "none", "none"]


@pytest.mark.parametrize("phase", ["jot", "caucus"])
def test_no_cell_is_the_desks_or_the_walls_before_the_reveal(phase: str) -> None:
    table = GridTable(phase=phase)
    assert table.right(None, "cell-r1-education") == TextRight()


def test_a_cell_that_is_agreed_is_read_by_its_people() -> None:
    table = GridTable()
    table.to("caucus")
    table.write(1, "cell-r1-education", "School")
    table.make(4, "agree_cell", row="r1")
    assert [table.right(seat, "cell-r1-education").may for seat in (1, 4, 2, None)] == ["read", "read", "none", "none"]
    table.make(4, "agree_cell", row="r1", agreed=False)
    assert table.right(1, "cell-r1-education").may == "write"


def test_who_has_chosen_a_column_writes_in_its_cells() -> None:
    table = GridTable(agencies=(None, "health"))
    table.make(1, "speak_for", column="police")
    table.to("caucus")
    assert [table.right(1, f"cell-r1-{column}").may for column in SETUP.column_ids] == ["none", "none", "write"]


@pytest.mark.parametrize("phase", PATH)
def test_joint_statements_are_open_in_their_phase_and_read_by_desk_and_wall(phase: str) -> None:
    table = at_joint("r1")
    table.phase = phase
    may = table.right(1, "joint-r1").may, table.right(None, "joint-r1").may
    once_written = {"joint": ("write", "read"), "check": ("write", "read"), "locked": ("read", "read")}
    assert may == once_written.get(phase, ("none", "none"))


def test_the_desk_reads_a_cell_once_it_is_shown_and_nothing_that_is_hidden() -> None:
    table = at_joint("r1")
    assert [table.right(seat, "cell-r1-education").may for seat in (None, 1, 2)] == ["read", "none", "none"]
    for entry in ("cell-r1-education", "joint-r1"):
        table.make(None, "hide", entry=entry)
        assert table.right(None, entry).may == "none"
    table.reopen("caucus")
    assert table.right(None, "cell-r1-health").may == "none"


def test_a_joint_statement_begins_with_its_sentence() -> None:
    assert at_joint().right(1, "joint-r2") == TextRight("write", "Sentence 2 is ")
    table = GridTable()
    table.to("caucus")
    assert table.right(1, "cell-r1-education").seed == ""


def test_a_joint_statement_is_read_alone_while_it_is_checked_has_passed_or_is_locked() -> None:
    table = at_joint("r1")
    table.make(1, "open_check", row="r1")
    assert table.right(1, "joint-r1").may == "read"
    assert table.right(1, "joint-r2").may == "write"
    table.check(3, 3, 3, 3, 3, row="r1")
    assert table.right(1, "joint-r1").may == "read"
    table.make(1, "lock_row", row="r1")
    assert table.right(1, "joint-r1").may == "read"


def test_in_the_check_only_rows_that_are_opened_again_can_be_written() -> None:
    table = at_check()
    assert [table.right(1, f"joint-{row}").may for row in SETUP.row_ids] == ["read", "read", "read"]
    table.check(3, 3, 1, 3, 3)
    table.make(1, "reopen_row", row="r3")
    assert [table.right(1, f"joint-{row}").may for row in SETUP.row_ids] == ["read", "read", "write"]


@pytest.mark.parametrize(
    "name", ["", "cell-r1", "cell-r9-education", "cell-r1-army", "joint-", "joint-r9", "note", "../x"]
)
def test_no_other_text_is_anybodys(name: str) -> None:
    table = GridTable()
    for phase in PATH:
        table.phase = phase
        assert {table.right(1, name), table.right(None, name)} == {TextRight()}
    assert activity.wrote(SETUP, table.board, name) == table.board


def test_the_first_words_of_a_text_are_noted_once() -> None:
    table = at_joint("r1", "r2")
    assert table.board.begun[-2:] == ("joint-r1", "joint-r2")
    assert activity.wrote(SETUP, table.board, "joint-r1") == table.board
