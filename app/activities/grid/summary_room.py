"""What a summary tells of all tables' grids: what to take from them, how each ended, and their statements side by side.

Law: tables are counted here, never people.
"""

from collections.abc import Mapping, Sequence

from app.activities.grid import summary_rows, summary_table
from app.activities.grid.record import Record, RoomRecord, RoomStatementRecord
from app.activities.grid.shapes import Row, Setup
from app.activities.grid.summary_rows import STATES, Stand, continued
from app.activities.grid.summary_views import silent_columns
from app.activities.summary import Block, Bullets, Cell, Paragraph, Section, Sentence, Table
from app.errors import N_, NN_, Phrase

Tables = Sequence[tuple[int, Record]]
Found = Mapping[int, Sequence[Stand]]
"""How each sentence stands, by table."""


def told(setup: Setup, room: RoomRecord | None, tables: Tables) -> tuple[Section, ...]:
    """Tell the room, once it is together and more than one table has locked its grid."""
    ended = [(number, record) for number, record in tables if summary_rows.holding(record) is not None]
    if room is None or len(ended) < 2:
        return ()
    found = {number: summary_rows.stands(setup, record) for number, record in ended}
    blocks: tuple[Block, ...] = (
        Paragraph(agreed_everywhere(found), "lead"),
        endings(ended, found),
        *take(setup, ended, found),
        *side_by_side(setup, room, found),
    )
    return (Section(Phrase(N_("The room: all tables")), blocks),)


def agreed_everywhere(found: Found) -> Phrase:
    """Count the sentences for which every table has agreed a statement."""
    rows = list(zip(*found.values(), strict=True))
    agreed = sum(all(one.state == "agreed" for one in row) for row in rows)
    values: dict[str, object] = {"tables": len(found), "agreed": agreed, "sentences": len(rows)}
    if not agreed:
        return Phrase(
            N_("None of the {sentences} sentences has a statement that was agreed at all {tables} tables."), values
        )
    if agreed == len(rows):
        return Phrase(N_("For every sentence, each of the {tables} tables agreed on a statement."), values)
    return NN_(
        "For {n} of the {sentences} sentences, each of the {tables} tables agreed on a statement.",
        "For {n} of the {sentences} sentences, each of the {tables} tables agreed on a statement.",
        agreed,
        **values,
    )


def endings(ended: Tables, found: Found) -> Table:
    """List how each table's grid ended."""
    columns = (N_("Table"), N_("The grid as a whole"), N_("Agreed"), N_("Both sentences kept"), N_("Not agreed"))
    rows = tuple(ending(number, record, found[number]) for number, record in ended)
    return Table("endings", Phrase(N_("How the tables’ grids ended")), tuple(Phrase(one) for one in columns), rows)


def ending(number: int, record: Record, stands: Sequence[Stand]) -> tuple[Cell, ...]:
    """Say how one table's grid ended, and how many sentences stand how."""
    counts = [sum(one.state == state for one in stands) for state in ("agreed", "both", "open")]
    return (table(number), summary_table.ended(summary_rows.holding(record)), *counts)


def table(number: int) -> Phrase:
    """Call a table by its number."""
    return Phrase(N_("Table {number}"), {"number": number}) if number else Phrase(N_("The whole room"))


def take(setup: Setup, ended: Tables, found: Found) -> tuple[Section, ...]:
    """Say what follows for whoever goes on with this: where agreement lacks, and whose view does."""
    points = [
        *(
            NN_(
                "For “{sentence}” both sentences stand at {n} table.",
                "For “{sentence}” both sentences stand at {n} tables.",
                both,
                sentence=row.prompt,
            )
            for place, row in enumerate(setup.rows)
            if (both := sum(one[place].state == "both" for one in found.values()))
        ),
        *(
            Phrase(N_("No table has words for “{sentence}”."), {"sentence": row.prompt})
            for place, row in enumerate(setup.rows)
            if all(one[place].state == "nothing" for one in found.values())
        ),
        *(
            NN_(
                "At {n} table nobody wrote for {agency}.",
                "At {n} tables nobody wrote for {agency}.",
                times,
                agency=column.label,
            )
            for column in setup.columns
            if (times := sum(column.label in silent_columns(setup, record) for _, record in ended))
        ),
    ]
    return (Section(Phrase(N_("What to take from it")), (Bullets(tuple(points)),)),) if points else ()


def side_by_side(setup: Setup, room: RoomRecord, found: Found) -> tuple[Section, ...]:
    """Put what the tables have locked beside each other, sentence by sentence."""
    by_row = {one.row: one.statements for one in room.sentences}
    parts = tuple(
        Section(row.prompt, (statements(number, row, there, found),))
        for number, row in enumerate(setup.rows, 1)
        if (there := by_row.get(row.id))
    )
    return (Section(Phrase(N_("The tables’ statements, side by side")), parts),) if parts else ()


def statements(number: int, row: Row, there: Sequence[RoomStatementRecord], found: Found) -> Table:
    """List what each table has locked for one sentence; both of two, one under the other."""
    rows: list[tuple[Cell | Sentence, ...]] = []
    for one in there:
        rows.append((table(one.table), continued(row, one.text), how(one, row, found)))
        if one.other:
            rows.append((table(one.table), continued(row, one.other), Phrase(N_("the other sentence"))))
    columns = (Phrase(N_("Table")), Phrase(N_("Joint statement")), Phrase(N_("How it stands")))
    return Table(f"sentence-{number}", row.prompt, columns, tuple(rows))


def how(one: RoomStatementRecord, row: Row, found: Found) -> Phrase:
    """Say how a table's statement stands, and what stands beside it."""
    state = next((stand.state for stand in found.get(one.table, ()) if stand.row.id == row.id), None)
    if state is None:
        state = "agreed" if one.ending in ("agreed", "with_reservations") else "open"
    values: dict[str, object] = {"note": one.note}
    if state == "agreed" and one.note:
        return Phrase(N_("agreed, and beside it stands: “{note}”"), values)
    if state == "both" and one.note:
        return Phrase(N_("both sentences kept, and beside them stands: “{note}”"), values)
    if state == "agreed" and one.ending == "with_reservations":
        return Phrase(N_("agreed with reservations"))
    return Phrase(STATES[state])


def counted(setup: Setup, room: RoomRecord) -> tuple[Block, ...]:
    """Tell how many tables have locked words for each sentence, where nothing else may be told."""
    title = Phrase(N_("How many tables locked a joint statement"))
    prompts = {row.id: row.prompt for row in setup.rows}
    rows = tuple((prompts.get(one.row, ""), one.tables_counted) for one in room.sentences)
    return (Table("sentences", title, (Phrase(N_("Sentence")), Phrase(N_("Tables"))), rows),)
