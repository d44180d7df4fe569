"""What a summary tells of all tables' rankings: the room's list, what changed in the talk, the tables side by side.

Law: each table counts once, and tables are counted here, never people.
"""

from collections.abc import Sequence

from app.activities.pictures import End
from app.activities.ranking import summary_checks, summary_pictures, summary_take
from app.activities.ranking.record import Record, RoomRecord, RowRecord, SpanRecord
from app.activities.ranking.shapes import Setup
from app.activities.ranking.summary_words import ENDED, five, is_bare, quoted, span, table, tables, texts, within
from app.activities.summary import (
    MANY_TABLES,
    Block,
    Bullets,
    Card,
    Cell,
    Details,
    Paragraph,
    Place,
    Places,
    Quote,
    Quotes,
    Section,
    Sentence,
    Table,
    Told,
)
from app.errors import N_, NN_, Phrase

MOST_MOVES = 4
"""How many of the ways in the talk are told."""

SAME = 0.9995
"""From this tau on two tables' orders are the same, as it is kept."""

Tables = Sequence[tuple[int, Record]]


def told(setup: Setup, room: RoomRecord | None, found: Tables) -> tuple[Block, ...]:
    """Tell the room, once it is together and more than one table has locked its list."""
    if room is None or room.tables_counted < 2:
        return ()
    counted = {one.table for one in room.endings}
    there = [(number, record) for number, record in found if number in counted]
    return (
        Paragraph(summary_take.lead(setup, room), "lead"),
        the_list(setup, room),
        *cards(setup, room),
        *summary_take.points(setup, room, there),
        Section(Phrase(N_("Tables side by side")), beside(setup, room)),
        *alike(room),
        endings(room),
        *summary_checks.together(there),
        *discards(setup, there),
        *parity(setup, room),
    )


def the_list(setup: Setup, room: RoomRecord) -> Section:
    """Write the room's list in order, and in how many tables' lists each statement is."""
    title = five(setup, N_("The room’s five, in order"), N_("The room’s list, in order"))
    rows = [row for row in room.statements if row.now.first <= setup.top]
    blocks: list[Block] = [Places(tuple(place(setup, room, row) for row in rows))]
    if len(rows) > setup.top:
        level = Phrase(N_("Statements are level on the last of these places, so there are more of them than places."))
        blocks.append(Paragraph(level, "note"))
    return Section(title, tuple(blocks))


def place(setup: Setup, room: RoomRecord, row: RowRecord) -> Place:
    """Put a statement on its place in the room; level ones share theirs."""
    note = in_lists(setup, row.in_the_top_of, room.tables_counted)
    return Place(row.now.first, texts(setup)(row.statement), (note,), shared=row.now.first != row.now.last)


def in_lists(setup: Setup, count: int, of: int) -> Phrase:
    """Say in how many tables' lists a statement is."""
    if count == of:
        return five(setup, N_("in all {tables} fives"), N_("in all {tables} lists"), tables=of)
    if not count:
        return five(setup, N_("in no table’s five"), N_("in no table’s list"))
    return five(setup, N_("in {count} of {tables} fives"), N_("in {count} of {tables} lists"), count=count, tables=of)


def cards(setup: Setup, room: RoomRecord) -> tuple[Block, ...]:
    """Tell how far the room agreed before the talk, and what changed in it."""
    if not room.orders:
        few = Phrase(N_("Too few people ranked alone for anything to be shown of the first answers."))
        return (Card(Phrase(N_("Agreement before the talk")), (Paragraph(few),)),)
    counted = NN_(
        "{n} private order of {statements} statements. This is the starting mirror, taken before anybody spoke.",
        "{n} private orders of {statements} statements. This is the starting mirror, taken before anybody spoke.",
        room.orders,
        statements=len(setup.ids),
    )
    meter = () if room.agreement is None else (summary_pictures.meter(room.agreement, room.meter),)
    return (
        Card(Phrase(N_("Agreement before the talk")), (*meter, Paragraph(counted))),
        Card(Phrase(N_("What changed in the talk")), (Bullets(changes(setup, room)),)),
    )


def changes(setup: Setup, room: RoomRecord) -> tuple[Told, ...]:
    """Say which statements rose or fell the most from the room's first answers, those of the lists first."""
    moved = [row for row in room.statements if way(row) and (row.in_the_top_of or top_first(setup, row))]
    moved.sort(key=lambda row: -abs(way(row)))
    found = tuple(change(setup, row) for row in sorted(moved[:MOST_MOVES], key=lambda row: row.now.first))
    return found or (
        five(
            setup,
            N_("No statement of the tables’ fives stands elsewhere in the room than in the first answers."),
            N_("No statement of the tables’ lists stands elsewhere in the room than in the first answers."),
        ),
    )


def change(setup: Setup, row: RowRecord) -> Phrase:
    """Say how a statement moved in the talk; of one that fell, that it stays in some tables' lists."""
    before, now = end(row.first), end(row.now)
    moved = summary_pictures.moved_words(texts(setup)(row.statement), before, now)
    fell_out = way(row) < 0 and row.now.last > setup.top
    if not fell_out or not row.in_the_top_of:
        return moved
    return NN_(
        "“{statement}” went from {before} to {now}, and stays in {n} table’s list.",
        "“{statement}” went from {before} to {now}, and stays in {n} tables’ lists.",
        row.in_the_top_of,
        **moved.values,
    )


def top_first(setup: Setup, row: RowRecord) -> bool:
    """Say whether a statement was among the top of the first answers."""
    return row.first is not None and row.first.last <= setup.top


def way(row: RowRecord) -> int:
    """Measure how many places a statement rose in the talk; below 0 it fell."""
    return 0 if row.first is None else summary_pictures.distance(end(row.first), end(row.now))


def end(found: SpanRecord | None) -> End:
    """Take the places of one end of a way."""
    return End(found.first, found.last) if found is not None else End(0, 0)


def beside(setup: Setup, room: RoomRecord) -> tuple[Block, ...]:
    """Put the tables side by side: each statement's place at each, and how many tables have it on each place."""
    note = five(
        setup,
        N_(
            "The number is a statement’s place at that table; the shaded places 1 to 5 are its five. "
            "The order counts each table once."
        ),
        N_(
            "The number is a statement’s place at that table; the shaded places 1 to {top} are its list. "
            "The order counts each table once."
        ),
        top=setup.top,
    )
    return (
        Paragraph(note, "note"),
        summary_pictures.side_by_side(setup, room),
        summary_pictures.heat(setup, room),
    )


def alike(room: RoomRecord) -> tuple[Block, ...]:
    """Say how alike the tables' orders are, in words first."""
    if not room.likeness:
        return ()
    best, least = max(one.tau for one in room.likeness), min(one.tau for one in room.likeness)
    said: list[Told] = []
    if len(room.likeness) == 1 or best == least:
        if len(room.likeness) > 1:
            said.append(Phrase(N_("All tables are as alike as each other.")))
    else:
        said.append(Phrase(N_("Most alike are the orders of {pairs}."), {"pairs": pairs(room, best)}))
        said.append(Phrase(N_("Least alike are the orders of {pairs}."), {"pairs": pairs(room, least)}))
    said.append(likeness(best, alone=len(room.likeness) == 1))
    # Of many tables there are hundreds of pairs, for a sheet and not to be read.
    if room.tables_counted > MANY_TABLES:
        return (Section(Phrase(N_("How alike the tables are")), (Bullets(tuple(said)),)),)
    figures = Details(Phrase(N_("How is this worked out?")), (every_pair(room),))
    return (Section(Phrase(N_("How alike the tables are")), (Bullets(tuple(said)), figures)),)


def every_pair(room: RoomRecord) -> Table:
    """Lay out how alike each two tables' orders are."""
    columns = (Phrase(N_("Table")), Phrase(N_("and table")), Phrase(N_("Kendall’s tau, from −1 to 1")))
    rows = tuple((one.one, one.other, one.tau) for one in room.likeness)
    return Table("likeness", Phrase(N_("How alike each two tables are")), columns, rows)


def pairs(room: RoomRecord, tau: float) -> Phrase:
    """Name the pairs of tables that are so alike, by their numbers."""
    told = [
        Phrase(N_("tables {one} and {other}"), {"one": one.one, "other": one.other})
        for one in room.likeness
        if one.tau == tau
    ]
    said = told[-1]
    for one in reversed(told[:-1]):
        said = Phrase(N_("{first}; {more}"), {"first": one, "more": said})
    return said


def likeness(tau: float, *, alone: bool) -> Phrase:
    """Say what a likeness means."""
    if tau >= SAME:
        if alone:
            return Phrase(N_("Both tables put all statements in the same order."))
        return Phrase(N_("The most alike put all statements in the same order."))
    times: dict[str, object] = {"times": round(5 * (tau + 1))}
    if alone:
        return Phrase(
            N_("Take two statements at random: both tables order them the same way {times} times in 10; 5 is chance."),
            times,
        )
    return Phrase(
        N_(
            "Take two statements at random: the most alike tables order them the same way {times} times in 10; "
            "5 is chance."
        ),
        times,
    )


def endings(room: RoomRecord) -> Section:
    """List how each table came to its list."""
    columns = [N_("Table"), N_("How it ended"), N_("Checks"), N_("Changed after a check")]
    rows: list[tuple[Cell | Sentence, ...]] = [
        (
            table(one.table),
            Phrase(ENDED.get(one.ending, ENDED["unchecked"])),
            one.checks,
            Phrase(N_("yes") if one.amended else N_("no")),
        )
        for one in room.endings
    ]
    if any(one.open_place for one in room.endings):
        columns.append(N_("Place left open"))
        rows = [(*row, one.open_place) for row, one in zip(rows, room.endings, strict=True)]
    title = Phrase(N_("How the tables ended"))
    return Section(title, (Table("endings", title, tuple(Phrase(one) for one in columns), tuple(rows)),))


def discards(setup: Setup, found: Tables) -> tuple[Block, ...]:
    """Tell what was discarded at which tables, and why, what most tables discarded first."""
    gone: dict[str, list[tuple[int, str]]] = {}
    for number, record in found:
        for one in record.result.discarded if record.result is not None else record.discarded:
            gone.setdefault(one.statement, []).append((number, one.reason))
    words = texts(setup)
    blocks: list[Block] = []
    for statement, there in sorted(gone.items(), key=lambda item: -len(item[1])):
        values: dict[str, object] = {
            "statement": within(words(statement)),
            "tables": tables([number for number, _ in there]),
        }
        label = Phrase(N_("“{statement}”, {tables}"), values)
        quotes = tuple(Quote(reason, table(number)) for number, reason in there if reason)
        blocks.append(Quotes(label, quotes) if quotes else Bullets((label,)))
    return (Section(Phrase(N_("Discarded, and why")), tuple(blocks)),) if blocks else ()


def parity(setup: Setup, room: RoomRecord) -> tuple[Block, ...]:
    """Tell which statements stand elsewhere in the first answers when each agency counts the same."""
    moved = [row for row in room.statements if row.parity and row.first and row.parity != row.first]
    if not moved:
        return ()
    title = Phrase(N_("If each agency counts the same"))
    note = Phrase(N_("In the first answers these statements would stand elsewhere if each agency weighed the same."))
    columns = (Phrase(N_("Statement")), Phrase(N_("Each person counts once")), Phrase(N_("Each agency counts once")))
    rows = tuple(
        (texts(setup)(row.statement), places(row.first), places(row.parity))
        for row in sorted(moved, key=lambda row: row.parity.first if row.parity else 0)
    )
    return (Section(title, (Paragraph(note), Table("parity", title, columns, rows))),)


def places(found: SpanRecord | None) -> Cell:
    """Write a place as a number, or those that level statements share."""
    if found is None:
        return None
    return found.first if found.first == found.last else span(found.first, found.last)


def under_way(found: Tables) -> tuple[Block, ...]:
    """Name the tables that have nothing to tell yet."""
    bare = [number for number, record in found if is_bare(record)]
    if not bare:
        return ()
    said = Phrase(N_("Nothing had been shown here yet when this was written: {tables}."), {"tables": tables(bare)})
    return (Paragraph(said, "note"),)


def of_whole(setup: Setup, whole: Record | None, room: RoomRecord | None) -> tuple[Block, ...]:
    """Tell the room's figures alone, where nothing of single tables may be told."""
    words = texts(setup)
    blocks: list[Block] = []
    if room is not None and room.statements:
        blocks.append(the_list(setup, room))
        title = five(setup, N_("In how many tables’ fives"), N_("In how many tables’ lists"))
        rows = tuple((words(row.statement), row.in_the_top_of, room.tables_counted) for row in room.statements)
        columns = (Phrase(N_("Statement")), Phrase(N_("Tables")), Phrase(N_("Of")))
        blocks.append(Table("in-lists", title, columns, rows))
    mirror = whole.mirror if whole is not None else None
    if mirror is not None and mirror.places:
        first = tuple(
            Place(one.first, words(one.statement), shared=one.first != one.last)
            for one in mirror.places
            if one.first <= setup.top
        )
        title = Phrase(N_("The first answers of the room, in order"))
        blocks.append(Section(title, (Places(first),)))
    split = mirror.most_split if mirror is not None else ()
    if split:
        blocks.append(Paragraph(Phrase(N_("Placed most apart at first: {statements}"), {"statements": quoted(split)})))
    return tuple(blocks)
