"""The grid's part of a summary: for each version the tables and the room in the order its readers need.

Law: it is made from records alone. What a version may not read is not in them, and is named among what was left out.
"""

from collections.abc import Iterator
from dataclasses import replace

from app.activities.checks import RULES
from app.activities.grid import summary_room, summary_rows, summary_sheets, summary_table
from app.activities.grid.record import Record
from app.activities.grid.shapes import Setup
from app.activities.grid.summary_views import marks
from app.activities.summary import (
    Block,
    Fact,
    Paragraph,
    Part,
    Section,
    Telling,
    Told,
    Withheld,
    in_short,
    nothing_yet,
    told_in_short,
)
from app.errors import N_, NN_, Phrase

Tables = tuple[tuple[int, Record], ...]


def summary(telling: Telling) -> Part:
    """Tell a grid."""
    setup: Setup = telling.setup
    if not telling.tables:
        return of_room(telling)
    begun = tuple((number, record) for number, record in telling.tables if not summary_table.is_bare(record))
    if not begun:
        return Part(telling.title, nothing_yet(telling).blocks, method=method(telling))
    return Part(
        title=telling.title,
        blocks=flowing(tuple(blocks(telling, begun))),
        facts=facts(setup, begun),
        sheets=summary_sheets.sheets(setup, telling.tables),
        withheld=tuple(withheld(telling)),
        method=method(telling),
    )


def of_room(telling: Telling) -> Part:
    """Tell a grid of which only the room's figures may be told."""
    bare = nothing_yet(telling)
    room = telling.room
    if room is None or not any(one.tables_counted for one in room.sentences):
        return Part(telling.title, bare.blocks, method=method(telling))
    return Part(
        title=telling.title,
        blocks=summary_room.counted(telling.setup, room),
        sheets=(summary_sheets.room(telling.setup, room),),
        withheld=(
            Withheld(
                Phrase(N_("What was written, at any table")),
                Phrase(N_("This workshop was opened so that only the figures of the whole room are told.")),
            ),
        ),
        method=method(telling),
    )


def blocks(telling: Telling, begun: Tables) -> Iterator[Block]:
    """Bring the tables and the room in the order that the version's readers need."""
    setup: Setup = telling.setup
    if [number for number, _ in begun] == [0]:
        yield from summary_table.told(setup, begun[0][1], inner=is_inner(telling, 0))
        return
    yield from (of_table(telling, number, record) for number, record in begun if number == telling.own)
    yield from summary_room.told(setup, telling.room, begun)
    yield from told_in_short(telling)
    yield from (of_table(telling, number, record) for number, record in begun if number != telling.own)
    there = {number for number, _ in begun}
    bare = [str(number) for number, _ in telling.tables if number not in there]
    if bare:
        said = NN_(
            "At table {tables} nothing had been opened when this was written.",
            "At tables {tables} nothing had been opened when this was written.",
            len(bare),
            tables=", ".join(bare),
        )
        yield Paragraph(said, "note")


def flowing(told: tuple[Block, ...]) -> tuple[Block, ...]:
    """Let the first block stand under the step's own heading, so that this is not alone on its page."""
    first, *rest = told
    return (replace(first, page="flow") if isinstance(first, Section) and first.page == "new" else first, *rest)


def of_table(telling: Telling, number: int, record: Record) -> Section:
    """Tell one table, at the length that its reader wants."""
    own = number == telling.own
    title = N_("Your table: table {number}") if own else N_("Table {number}")
    told = summary_table.told(telling.setup, record, short=in_short(telling, number), inner=is_inner(telling, number))
    return Section(
        Phrase(title, {"number": number}), told, "new" if own or telling.version == "trainer" else "flow", folds=not own
    )


def is_inner(telling: Telling, number: int) -> bool:
    """Say whether a table is told to those who sat there, or to the trainer; the room's one grid is everybody's."""
    return telling.version == "trainer" or (telling.own is not None and number in (0, telling.own))


def facts(setup: Setup, tables: Tables) -> tuple[Fact, ...]:
    """Count, for the head of the whole summary, the statements that were agreed."""
    found = [summary_rows.stands(setup, record) for _, record in tables]
    agreed = sum(one.state == "agreed" for there in found for one in there)
    values: dict[str, object] = {"agreed": agreed, "all": len(setup.rows) * len(tables)}
    one_board = Phrase(N_("{agreed} of {all} sentences agreed"), values)
    told = (
        one_board
        if len(tables) == 1
        else NN_(
            "{agreed} of {all} sentences agreed, at {n} table",
            "{agreed} of {all} sentences agreed, at {n} tables",
            len(tables),
            **values,
        )
    )
    return (Fact(Phrase(N_("Joint vision")), told),)


def withheld(telling: Telling) -> Iterator[Withheld]:
    """Name what was left out, by what the records lack."""
    records = [record for _, record in telling.tables]
    yield Withheld(
        Phrase(N_("What people jotted down alone")),
        Phrase(
            N_("Jots are seen by the people of one’s own agency alone. What they made of them stands in its cells.")
        ),
    )
    every = [told for record in records for one in record.cells for told in marks(one)]
    if any(told is not None and not told.isdecimal() for told in every):
        yield Withheld(
            Phrase(N_("Small numbers of marks, exactly")),
            Phrase(N_("One or two people could be recognised by them.")),
        )
    if any(told is None for told in every):
        yield Withheld(
            Phrase(N_("How tables marked and questioned the agencies’ views")),
            Phrase(N_("That was said at a table for its own talk. No agency is to be named as the one that differs.")),
        )
    if any(record.result is not None and record.result.version > 1 and not record.earlier for record in records):
        yield Withheld(
            Phrase(N_("Earlier versions of grids that were opened again")),
            Phrase(N_("What a table took back is its own.")),
        )
    if any(record.hidden for record in records):
        yield Withheld(
            Phrase(N_("Entries that the trainer has hidden")),
            Phrase(N_("They may name somebody, or were not meant to be read by others.")),
        )


def method(telling: Telling) -> tuple[Told, ...]:
    """Say how people came to their statements."""
    room = telling.setup.scope == "room"
    return (
        Phrase(
            N_(
                "People jotted alone first. Then those of one agency put their view of each sentence into words "
                "together. All views were opened at the same moment."
            )
        ),
        Phrase(
            N_(
                "Everybody could mark what the others had written, ask about it and answer. Where nobody spoke for an "
                "agency, others could guess what it might say; a guess is always called one."
            )
        ),
        Phrase(
            N_("The whole room wrote one joint statement for each sentence and checked it, from 0 to 5 in private.")
            if room
            else N_("Each table wrote one joint statement for each sentence and checked it, from 0 to 5 in private.")
        ),
        Phrase(RULES.get(telling.rule, RULES["all-at-3"])),
        Phrase(N_("Where there is no agreement on a sentence, both views of it are kept.")),
    )
