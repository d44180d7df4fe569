"""A grid's part of the record, and the tables' statements side by side."""

import json
from typing import Any

from app.activities.base import TableScene
from app.activities.grid import activity
from app.activities.grid.room import Statement
from app.activities.grid.shapes import Board
from tests.activities.grid.playing import SETUP, GridTable, at_joint, at_reveal


def recorded(table: GridTable) -> dict[str, Any]:
    """Record a table, by way of JSON."""
    found: dict[str, Any] = json.loads(json.dumps(activity.record(table.scene())))
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
    assert [(one["agency"], one["text"]) for one in found["cells"]] == [
        ("Education", "School says so."),
        ("Health", "Clinic says so."),
    ]
    assert found["guesses"][0]["guess"] == "One number"
    assert found["questions"][0]["questions"] == ["Which clinic?"]
    assert found["questions"][0]["reply"] == "All of them."
    assert found["unagreed"] == [
        {"row": "r1", "sentence": "Sentence 1 is …", "one": "Sentence 1 is ours.", "other": "Sentence 1 is theirs."}
    ]
    assert found["statements"][0]["draws_on"] == ["Health"]
    assert found["results"][0]["ending"] == "agreed"
    assert found["results"][0]["rows"][0]["ending"] == "not_agreed"
    assert {one["agency"] for one in found["empty"] if one["row"] == "r1"} == {"Police"}


def test_a_record_masks_counts_below_three() -> None:
    found = recorded(played())
    by_agency = {one["agency"]: one for one in found["cells"]}
    assert by_agency["Education"]["tension"] == "3"
    assert by_agency["Health"]["question"] not in ("1", "2")
    assert next(one["count"] for one in found["checks"][0]["counts"]) not in ("1", "2")
    assert found["checks"][0]["reasons"][0]["reason"] == "We differ."
    assert found["checks"][0]["answered"] == "5"


def test_no_seat_and_no_jot_is_in_a_record() -> None:
    told = json.dumps(recorded(played()))
    assert "seat" not in told
    assert "private jot" not in told


def test_what_is_hidden_is_in_no_record() -> None:
    table = played()
    asked, guess = table.board.asked["r1"]["health"][0].id, table.board.guesses["r1"]["police"][0].id
    reasons = [one.id for check in table.board.checks if check.outcome for one in check.outcome.reasons]
    named = ("cell-r1-health", "joint-r1", "other-r1", asked, guess, "reply-r1-health", *reasons)
    for entry in named:
        table.make(None, "hide", entry=entry)
    told = json.dumps(recorded(table))
    words = ("Clinic says", "is ours", "is theirs", "Which clinic", "One number", "All of them", "We differ")
    assert [one for one in words if one in told] == []
    assert "School says so." in told


def test_nothing_is_recorded_of_cells_before_they_are_revealed() -> None:
    table = GridTable()
    table.to("caucus")
    table.write(1, "cell-r1-education", "School says so.")
    table.make(1, "agree_cell", row="r1")
    found = recorded(table)
    assert (found["cells"], found["empty"], found["questions"]) == ([], [], [])
    assert "School" not in json.dumps(found)


def test_an_untouched_grid_has_a_record() -> None:
    found = recorded(GridTable())
    assert [one["text"] for one in found["statements"]] == ["", "", ""]


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


def test_the_room_as_a_table_of_its_own_has_nobodys_words() -> None:
    scene = at_reveal().scene()
    bare = TableScene(SETUP, "reveal", 0, Board(), 0, "", scene.revealed, (), 0, 5)
    assert activity.record(bare)["cells"] == []
