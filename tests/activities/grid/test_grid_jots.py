"""The jots of a table: seen by the people of their column, counted for the desk and the wall."""

from app.activities.base import Given
from app.activities.grid import activity, jots
from app.activities.grid.jots import Jots
from app.activities.grid.shapes import Answer
from tests.activities.grid.playing import SETUP, GridTable


def jotted() -> GridTable:
    """Let education and health jot, and somebody who chose the police, and somebody for no column."""
    table = GridTable(agencies=("education", "education", "health", None, None))
    table.make(4, "speak_for", column="police")
    for seat, text in ((1, "Plan"), (2, "List"), (3, "Worker"), (4, "Radio")):
        table.make(seat, "jot", row="r1", text=f"{text} {seat}")
    table.make(1, "jot", row="r3", text="Fewer meetings")
    table.to("caucus")
    return table


def revealed(table: GridTable) -> Jots:
    """Reveal what was kept."""
    made: Jots = activity.reveal(table.setup, "jot", table.kept["jot"], ())
    return made


def test_jots_come_together_by_column_and_row() -> None:
    found = revealed(jotted())
    assert set(found.of("education", "r1")) == {"Plan 1", "List 2"}
    assert found.count("education", "r1") == 2
    assert found.of("education", "r3") == ("Fewer meetings",)
    assert (found.of("police", "r2"), found.count("police", "r2")) == ((), 0)
    assert hash(found) == hash(revealed(jotted()))


def test_the_order_of_jots_does_not_tell_who_made_them() -> None:
    table = jotted()
    other = tuple(Given(9 - one.seat, one.agency, one.answer) for one in reversed(table.kept["jot"]))
    assert activity.reveal(SETUP, "jot", other, ()) == revealed(table)


def test_a_seat_is_handed_its_own_columns_jots_alone() -> None:
    table = jotted()
    found = revealed(table)
    for given, column, texts in (
        (table.given()[0], "education", {"Plan 1", "List 2", "Fewer meetings"}),
        (table.given()[2], "health", {"Worker 3"}),
        (table.given()[3], "police", {"Radio 4"}),
    ):
        own: Jots = activity.narrow(SETUP, "jot", found, given)
        assert {text for one in own.cells for text in one.texts} == texts
        assert {one.column for one in own.cells} == {column}


def test_who_speaks_for_no_column_is_handed_no_jots() -> None:
    table = jotted()
    assert activity.narrow(SETUP, "jot", revealed(table), table.given()[4]) == Jots()
    stranger = Given(9, "housing", Answer())
    assert activity.narrow(SETUP, "jot", revealed(table), stranger) == Jots()


def test_the_desk_and_the_wall_are_handed_counts_and_no_words() -> None:
    found: Jots = activity.narrow(SETUP, "jot", revealed(jotted()), None)
    assert {(one.column, one.row): one.count for one in found.cells} == {
        ("education", "r1"): 2,
        ("education", "r3"): 1,
        ("health", "r1"): 1,
        ("police", "r1"): 1,
    }
    assert all(one.texts == () for one in found.cells)


def test_nobody_is_kept_out_when_jots_are_kept_again() -> None:
    assert jots.may_join(GridTable().board, 5, 1)
    assert activity.may_join(GridTable().board, 5, 1)
