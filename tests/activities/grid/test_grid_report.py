"""A grid's part of the record, and the tables' statements side by side."""

from dataclasses import replace
from typing import Any

from app.activities.base import TableScene
from app.activities.grid import activity
from app.activities.grid.record import GuessRecord, QuestionRecord, Record, RoomRecord, StatementRecord
from app.activities.grid.room import Statement
from app.activities.grid.shapes import Board
from tests.activities.grid.playing import SETUP, GridTable, at_joint, at_reveal


def recorded(table: GridTable) -> Record:
    """Record a table, by way of JSON."""
    made = activity.record(table.scene())
    found = Record.model_validate_json(made.model_dump_json())
    assert found == made
    return found


def played() -> GridTable:
    """Play a grid with something of everything, to its end."""
    table = GridTable()
    table.make(1, "jot", row="r1", text="A private jot")
    table.to("caucus")
    table.write(1, "cell-r1-education", "School says so.")
    table.write(2, "cell-r1-health", "Clinic says so.")
    table.to("reveal")
    for seat in (2, 3, 5):
        table.make(seat, "mark", row="r1", column="education", mark="tension")
    table.make(1, "mark", row="r1", column="health", mark="question", text="Which clinic?")
    table.make(1, "guess", row="r1", column="police", text="One number")
    table.to("answer")
    table.make(2, "reply", row="r1", column="health", text="All of them.")
    table.to("joint")
    table.write(1, "joint-r1", "Sentence 1 is ours.")
    table.make(1, "draw_on", row="r1", column="health")
    for _ in range(2):
        table.make(1, "open_check", row="r1")
        table.check(0, 3, 3, 3, 4, row="r1", note="We differ.")
    table.make(1, "choose_ending", row="r1", ending="not_agreed", other="Sentence 1 is theirs.")
    table.to("check")
    table.check(3, 3, 3, 3, 3)
    table.to("locked")
    return table


def test_a_record_has_the_grid_and_how_it_came_about() -> None:
    found = recorded(played())
    assert [(one.row, one.column, one.text) for one in found.cells] == [
        ("r1", "education", "School says so."),
        ("r1", "health", "Clinic says so."),
    ]
    assert found.guesses == (GuessRecord(row="r1", column="police", guess="One number"),)
    asked = QuestionRecord(row="r1", column="health", questions=("Which clinic?",), reply="All of them.")
    assert found.questions == (asked,)
    kept = StatementRecord(
        row="r1",
        text="Sentence 1 is ours.",
        ending="not_agreed",
        other="Sentence 1 is theirs.",
        draws_on=("health",),
    )
    assert found.statements == (kept, StatementRecord(row="r2"), StatementRecord(row="r3"))
    assert found.result is not None
    assert (found.result.ending, found.result.rows, found.earlier) == ("agreed", found.statements, ())
    assert {one.column for one in found.empty if one.row == "r1"} == {"police"}


def test_a_record_masks_counts_below_three() -> None:
    found = recorded(played())
    education, health = found.cells
    assert (education.shared, education.question, education.tension) == ("0", "0", "3")
    assert health.question not in ("0", "1", "2")
    assert found.checks[0].answered == "5"
    # One answered 0, and three answered 3.
    assert found.checks[0].counts is None or not {"1", "2"} & set(found.checks[0].counts)
    assert [one.text for one in found.checks[0].reasons] == ["We differ."]


def test_no_seat_and_no_jot_is_in_a_record() -> None:
    told = recorded(played()).model_dump_json()
    assert "seat" not in told
    assert "private jot" not in told


def test_what_is_hidden_is_in_no_record() -> None:
    table = played()
    assert not recorded(table).hidden
    asked, guess = table.board.asked["r1"]["health"][0].id, table.board.guesses["r1"]["police"][0].id
    reasons = [one.id for check in table.board.checks if check.outcome for one in check.outcome.reasons]
    named = ("cell-r1-health", "joint-r1", "other-r1", asked, guess, "reply-r1-health", *reasons)
    for entry in named:
        table.make(None, "hide", entry=entry)
    found = recorded(table)
    told = found.model_dump_json()
    words = ("Clinic says", "is ours", "is theirs", "Which clinic", "One number", "All of them", "We differ")
    assert [one for one in words if one in told] == []
    assert [(one.text, one.hidden) for one in found.cells] == [("School says so.", False), ("", True)]
    assert (found.statements[0].hidden, found.statements[1].hidden, found.hidden) == (True, False, True)


def test_nothing_is_recorded_of_cells_before_they_are_revealed() -> None:
    table = GridTable()
    table.to("caucus")
    table.write(1, "cell-r1-education", "School says so.")
    table.make(1, "agree_cell", row="r1")
    found = recorded(table)
    assert (found.cells, found.empty, found.questions) == ((), (), ())
    assert "School" not in found.model_dump_json()


def test_an_untouched_grid_has_a_record() -> None:
    found = recorded(GridTable())
    assert [one.text for one in found.statements] == ["", "", ""]
    assert found.result is None


def test_a_grid_locked_twice_keeps_the_earlier_version() -> None:
    table = played()
    table.reopen("joint")
    table.make(1, "reopen_row", row="r1")
    table.write(1, "joint-r1", "Sentence 1 is new.")
    table.to("locked")
    found = recorded(table)
    assert found.result is not None
    assert (found.result.version, found.result.rows[0].text) == (2, "Sentence 1 is new.")
    assert [(one.version, one.rows[0].other) for one in found.earlier] == [(1, "Sentence 1 is theirs.")]


def test_a_named_record_of_a_seat_has_its_jots_but_no_marks_and_no_check() -> None:
    table = played()
    table.make(None, "show_row", row="r1")
    told = activity.record_seat(table.answer(1), table.board)
    assert told["jots"] == [{"row": "r1", "jot": "A private jot"}]
    assert "check" not in told
    assert "marks" not in told


def room_of(*tables: GridTable) -> Any:
    """Put tables side by side."""
    scenes = tuple(
        TableScene(SETUP, "locked", number, table.board, 7, "/moves", {}, (), 0, 5)
        for number, table in enumerate(tables, 1)
    )
    return activity.room(SETUP, scenes, ())


def test_the_room_sees_what_all_tables_have_locked_row_by_row() -> None:
    other = at_joint("r1", "r2")
    other.to("locked")
    made = room_of(played(), other, GridTable())
    assert hash(made) == hash(room_of(played(), other, GridTable()))
    assert made.rows[0].statements == (
        Statement(1, "Sentence 1 is ours.", "not_agreed", "Sentence 1 is theirs."),
        Statement(2, "Sentence 1 is ours.", "unchecked"),
    )
    assert [one.table for one in made.rows[1].statements] == [2]
    assert made.rows[2].statements == ()


def test_the_room_sees_nothing_that_is_hidden() -> None:
    table = played()
    table.make(None, "hide", entry="other-r1")
    assert room_of(table).rows[0].statements[0].other == ""
    table.make(None, "hide", entry="joint-r1")
    assert room_of(table).rows[0].statements == ()


def test_the_room_is_recorded_with_its_tables_or_as_counts_of_tables_alone() -> None:
    made = room_of(played(), played())
    whole, bare = made.record(), made.record(tables=False)
    assert RoomRecord.model_validate_json(whole.model_dump_json()) == whole
    assert [one.other for one in whole.sentences[0].statements] == ["Sentence 1 is theirs."] * 2
    assert [(one.row, one.tables_counted, one.statements) for one in bare.sentences] == [
        ("r1", 2, ()),
        ("r2", 0, ()),
        ("r3", 0, ()),
    ]


def test_the_room_as_a_table_of_its_own_has_nobodys_words() -> None:
    scene = at_reveal().scene()
    bare = replace(scene, number=0, board=Board(), board_version=0)
    assert activity.record(bare).cells == ()
