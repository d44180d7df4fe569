"""Rankings told: what a summary makes of tables played by their rules, by way of JSON as each version reads it."""

from collections.abc import Mapping
from typing import Any

from app.activities.base import Given, TableScene
from app.activities.ranking import activity
from app.activities.ranking.mirror import leaves_out
from app.activities.ranking.record import Record
from app.activities.ranking.shapes import Setup
from app.activities.summary import Part, SeatRecord, Telling, Version
from app.exports.inner import without
from tests.activities.sitting import Sitting

TEXTS = (
    "Children and young people do better on the Every Child Matters outcomes.",
    "All agencies own decisions together and share responsibility for them.",
    "The people we support are happier with the joined-up help they get.",
    "We find ways of working that get better results.",
    "Staff from different services have room to think differently and try new ideas.",
    "There is less friction and conflict between agencies.",
    "Being part of a multi-agency team makes people’s jobs more rewarding.",
    "One particular process or practice becomes better than it was.",
    "Good changes are noticed, celebrated and told to others.",
    "Our setting becomes known locally for working well with other agencies.",
)
TEN = Setup.model_validate(
    {"statements": [{"id": f"s{n}", "text": text} for n, text in enumerate(TEXTS, 1)], "discard": 1, "top": 5}
)
FIRST = ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9")


def ids(order: str) -> list[str]:
    """Write "1 4 2" as statements."""
    return [f"s{one}" for one in order.split()]


def seated(people: int, *, orders: tuple[str, ...] = (), drop: str = "s10", setup: Setup = TEN) -> Sitting:
    """Let so many people rank alone, each a little differently, and bring them to the discard."""
    table = Sitting(people=people, setup=setup)
    table.go("solo")
    for seat in range(1, people + 1):
        order = list(FIRST)
        order[seat % 8], order[seat % 8 + 1] = order[seat % 8 + 1], order[seat % 8]
        given = ids(orders[(seat - 1) % len(orders)]) if orders else order
        table.make(seat, "put_ballot", order=given, discard=drop)
        table.make(seat, "say_why", reason=f"Alone, seat {seat} found it goes without saying.")
    table.go("discard")
    return table


def placed(table: Sitting, board: str, five: str, *, gone: str = "s10", why: str = "It is not why we do this.") -> None:
    """Let a table discard, rank and choose its five."""
    table.propose(1, gone, why)
    table.check(*[4] * table.people)
    table.go("rank")
    for place, one in enumerate(ids(board), 1):
        table.make(1, "place", statement=one, position=place)
    table.go("compare")
    table.make(1, "link", a="s2", b="s6", relation="alike", note="Both are about trust.")
    table.make(2, "link", a="s5", b="s8", relation="apart")
    table.go("top")
    chosen = ids(five)
    others = [*chosen[:-1], next(one for one in FIRST if one not in chosen)]
    table.all("mark_top", *([chosen] * (table.people - 1)), others, of="statements")
    for place, one in enumerate(chosen, 1):
        table.make(1, "place_top", statement=one, position=place)
    table.go("check")


def agreed(people: int, board: str = "1 2 3 4 5 6 7 8 9", five: str = "1 2 3 4 5", **more: Any) -> Sitting:
    """Play a table to a list that passed its check."""
    table = seated(people, **more)
    placed(table, board, five)
    table.check(*[3, 4, 5, 4, 4, 5, 5, 5][:people])
    table.go("locked")
    return table


def ended(people: int, ending: str, note: str = "", position: int | None = None, **more: Any) -> Sitting:
    """Play a table to a list that two checks have not carried."""
    table = agreed_up_to_check(people, **more)
    table.check(*[2, *[4] * (people - 1)])
    table.make(None, "open_check")
    table.check(*[2, *[4] * (people - 1)])
    table.make(None, "end", ending=ending, note=note, position=position)
    table.go("locked")
    return table


def agreed_up_to_check(people: int, board: str = "2 1 4 6 5 3 7 9 8", five: str = "2 1 4 6 5", **more: Any) -> Sitting:
    """Play a table to the check on its list."""
    table = seated(people, **more)
    placed(table, board, five, why="It follows from the others.")
    return table


def kept(table: Sitting) -> tuple[Given, ...]:
    """Take what a table's people had said alone, if that is revealed."""
    return table.kept.get("solo", ())


def scene(table: Sitting, number: int) -> TableScene:
    """Stand at a table."""
    held = kept(table)
    shown: Mapping[str, Any] = (
        {"solo": activity.reveal(table.setup, "solo", held, leaves_out(table.board))} if held else {}
    )
    return TableScene(table.setup, table.phase, number, table.board, 7, "/moves", shown, (), 0, table.people)


def recorded(table: Sitting, number: int = 1, *, inner: bool = True) -> Record:
    """Record a table as JSON brings it back; without what is inner for those who did not sit there."""
    made = activity.record(scene(table, number)).model_dump(mode="json")
    return Record.model_validate(made if inner else without(made, activity.inner))


def room_of(*tables: Sitting, whole: bool = True) -> Any:
    """Record the room of the tables that have locked, as JSON brings it back."""
    found = tuple(scene(one, number) for number, one in enumerate(tables, 1) if one.phase == "locked")
    if not found:
        return None
    # Nobody sits at two tables.
    given = tuple(
        tuple(Given(number * 100 + one.seat, one.agency, one.answer) for one in kept(table))
        for number, table in enumerate(tables, 1)
        if table.phase == "locked"
    )
    made = activity.room(tables[0].setup, found, given)
    return activity.RoomRecord.model_validate_json(made.record(tables=whole).model_dump_json())


def telling(
    *tables: Sitting, version: Version = "trainer", own: int | None = None, people: tuple[SeatRecord, ...] = ()
) -> Telling:
    """Hand tables over to be told."""
    found = tuple(
        (number, recorded(one, number, inner=version == "trainer" or number == own))
        for number, one in enumerate(tables, 1)
    )
    room = room_of(*tables) if all(one.phase == "locked" for one in tables) else None
    return Telling("What good work leads to", tables[0].setup, version, tables=found, room=room, own=own, people=people)


def told(*tables: Sitting, **more: Any) -> Part:
    """Tell tables."""
    return activity.summary(telling(*tables, **more))
