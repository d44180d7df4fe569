"""What to take from a room's rankings: sentences that follow from its record, for whoever goes on with it.

Law: a sentence says no more than the record shows; nobody is named, and no ending is told as a failure.
"""

from collections import Counter
from collections.abc import Sequence

from app.activities.ranking.record import Record, RoomRecord, RowRecord
from app.activities.ranking.shapes import Setup
from app.activities.ranking.summary_words import STANDS, five, holding, quoted, tables, texts, within
from app.activities.summary import Block, Bullets, Section, Told
from app.errors import N_, NN_, Phrase

MOST_NAMED = 2
"""How many statements are named in one sentence; more are counted."""

BESIDE = {
    "with_reservations": (
        N_("{tables} agreed with reservations; what is still missed stands with the list, in people’s own words."),
        N_("{tables} agreed with reservations."),
    ),
    "all_but_one": (
        N_("{tables} agreed on all places but one; what is said about it stands with the list."),
        N_("{tables} agreed on all places but one."),
    ),
    "not_agreed": (
        N_("{tables} did not agree on one list; both the majority’s list and what the others say are kept."),
        N_("{tables} did not agree on one list; the majority’s list is kept."),
    ),
    "unchecked": (
        N_("{tables} locked a list that no check had passed."),
        N_("{tables} locked a list that no check had passed."),
    ),
}
"""What is said of the tables that did not simply agree, with words kept beside their lists and without."""


def lead(setup: Setup, room: RoomRecord) -> Phrase:
    """Say in a sentence what the room has in common."""
    words = texts(setup)
    shared = [words(row.statement) for row in in_all(room)]
    values: dict[str, object] = {"statements": quoted(shared), "tables": room.tables_counted}
    if not shared:
        return five(
            setup,
            N_("No statement is among the five of all {tables} tables."),
            N_("No statement is on the list of all {tables} tables."),
            **values,
        )
    if len(shared) <= MOST_NAMED:
        return five(
            setup,
            N_("Every one of the {tables} tables has {statements} among its five."),
            N_("Every one of the {tables} tables has {statements} on its list."),
            **values,
        )
    if len(shared) == setup.top:
        return five(
            setup,
            N_("All {tables} tables came to the same five statements."),
            N_("All {tables} tables came to the same statements."),
            **values,
        )
    return NN_(
        "Every one of the {tables} tables has the same {n} statement on its list.",
        "Every one of the {tables} tables has the same {n} statements on its list.",
        len(shared),
        tables=room.tables_counted,
    )


def in_all(room: RoomRecord) -> list[RowRecord]:
    """List what is on every table's list."""
    return [row for row in room.statements if row.in_the_top_of == room.tables_counted]


def points(setup: Setup, room: RoomRecord, found: Sequence[tuple[int, Record]]) -> tuple[Block, ...]:
    """Say what follows: what all hold, how tables ended, what was discarded, contested, and only one table's own."""
    said = (
        *held_by_all(room),
        *by_ending(room, found),
        *discarded(setup, room),
        *contested(setup, room),
        *in_one(setup, room),
    )
    return (Section(Phrase(N_("What to take from it")), (Bullets(said),)),) if said else ()


def held_by_all(room: RoomRecord) -> tuple[Told, ...]:
    """Say how many statements are on every list, and to build on them where every table stands behind its own."""
    count = len(in_all(room))
    if not count:
        return ()
    if all(one.ending in STANDS for one in room.endings):
        return (
            NN_(
                "{n} statement holds at every table and can go into the joint agreement as it stands.",
                "{n} statements hold at every table and can go into the joint agreement as they stand.",
                count,
            ),
        )
    return (
        NN_(
            "{n} statement is on every table’s list, though not every table has agreed on its list.",
            "{n} statements are on every table’s list, though not every table has agreed on its list.",
            count,
        ),
    )


def by_ending(room: RoomRecord, found: Sequence[tuple[int, Record]]) -> tuple[Told, ...]:
    """Say which tables did not simply agree, and that their words are kept."""
    notes = {number for number, record in found if (held := holding(record)) is not None and held.note}
    said: list[Told] = []
    for ending, (with_words, without) in BESIDE.items():
        for sentence, kept in ((with_words, True), (without, False)):
            there = [one.table for one in room.endings if one.ending == ending and (one.table in notes) is kept]
            if there:
                said.append(Phrase(sentence, {"tables": tables(there)}))
    return tuple(said)


def discarded(setup: Setup, room: RoomRecord) -> tuple[Told, ...]:
    """Say what more than one table has discarded."""
    words = texts(setup)
    said: list[Told] = []
    for row in room.statements:
        count = sum(cell.discarded for cell in row.places)
        values: dict[str, object] = {"statement": within(words(row.statement)), "tables": room.tables_counted}
        if count == room.tables_counted:
            said.append(Phrase(N_("Every table discarded “{statement}”."), values))
        elif count > 1:
            said.append(Phrase(N_("{count} of {tables} tables discarded “{statement}”."), values | {"count": count}))
    return tuple(said)


def contested(setup: Setup, room: RoomRecord) -> tuple[Told, ...]:
    """Say what was contested at the most tables, where it was at more than one."""
    counts = Counter(one for ending in room.endings for one in ending.contested)
    most = max(counts.values(), default=0)
    if most < 2:  # one table's own talk is told with the table
        return ()
    words = texts(setup)
    named = [words(one) for one in setup.ids if counts[one] == most][: MOST_NAMED + 1]
    if len(named) > MOST_NAMED:
        return ()
    return (
        NN_(
            "Most contested was {statements}, at {n} table.",
            "Most contested was {statements}, at {n} tables.",
            most,
            statements=quoted(named),
        ),
    )


def in_one(setup: Setup, room: RoomRecord) -> tuple[Told, ...]:
    """Name what is on one table's list alone: that table may know something."""
    words = texts(setup)
    said: list[Told] = []
    for row in room.statements:
        there = [cell.table for cell in row.places if cell.top]
        if len(there) == 1 and room.tables_counted > 2:  # of two, each has what the other lacks
            values: dict[str, object] = {"statement": within(words(row.statement)), "tables": tables(there)}
            said.append(Phrase(N_("“{statement}” is on one list alone: {tables}."), values))
    return tuple(said[: MOST_NAMED + 1])
