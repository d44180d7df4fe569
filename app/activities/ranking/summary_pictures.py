"""The pictures of a ranking's summary: agreement, a table's order, each statement's way, the tables side by side.

Law: nothing is in a picture that is not in the table that stands beside it.
"""

from collections.abc import Mapping

from app.activities.pictures import (
    Diamond,
    End,
    Heat,
    HeatRow,
    Journey,
    Journeys,
    Meter,
    SideBySide,
    SideCell,
    SideRow,
    Text,
)
from app.activities.ranking.record import CellRecord, Record, ResultRecord, RoomRecord
from app.activities.ranking.shapes import Setup
from app.activities.ranking.summary_words import five, holding, place_words, span, stand_behind, table, texts, within
from app.activities.summary import Cell, Picture, Sentence, Table, Told
from app.consensus.words import LEVELS
from app.errors import N_, NN_, Phrase

DEEPEST = 5
"""How many places have a colour of their own."""


def meter(words: Sentence, level: int) -> Picture:
    """Draw how far first answers agreed, in words and steps."""
    title = Phrase(N_("Agreement before the talk"))
    # The drawing has a plain sentence; the engine's words on agreement have no values but for pairs of two.
    said: Text = Phrase(words.text) if not words.values else words.say()
    steps = NN_("{n} step of five is filled.", "{n} steps of five are filled.", level)
    alt: tuple[Told, ...] = (words, steps) if level else (words,)
    rows: tuple[tuple[Cell | Sentence, ...], ...] = ((words, level, len(LEVELS)),)
    columns = (Phrase(N_("Agreement")), Phrase(N_("Step")), Phrase(N_("Of")))
    return Picture(title, alt, Meter(said, level), Table("agreement", title, columns, rows))


def order_of(held: ResultRecord) -> tuple[tuple[int, str], ...]:
    """Put a locked list in one order with its places: the top ones, then the rest of the board below them."""
    top = [(one.place, one.statement) for one in held.top]
    placed = {one for _, one in top} | {one.statement for one in held.discarded}
    rest = [one for one in held.order if one is not None and one not in placed]
    below = max([len(top), *(place for place, _ in top)], default=0)
    return (*top, *((below + number, one) for number, one in enumerate(rest, 1)))


def diamond(setup: Setup, record: Record) -> tuple[Picture, ...]:
    """Draw a table's order: the locked one, or its board while that is open; nothing while the board has gaps."""
    words, held = texts(setup), holding(record)
    if held is not None:
        order, title = order_of(held), Phrase(N_("The table’s order"))
    else:
        order = tuple((one.place, one.statement) for one in record.board)
        title = Phrase(N_("The table’s board, as far as it had come"))
        if [place for place, _ in order] != list(range(1, len(setup.ids) - len(record.discarded) + 1)):
            return ()
    if not order:
        return ()
    behind = {one.statement for one in stand_behind(held)}
    shaded = len(behind) if {one for _, one in order[: len(behind)]} == behind else 0
    alt: list[Told] = [
        NN_("{n} statement in the order of the table.", "{n} statements in the order of the table.", len(order)),
        Phrase(N_("At the top stands: {statement}"), {"statement": words(order[0][1])}),
    ]
    if shaded:
        alt.append(NN_("All stand behind the first.", "All stand behind the first {n}.", shaded))
    columns = (Phrase(N_("Place")), Phrase(N_("Statement")))
    rows = tuple((place, words(one)) for place, one in order)
    drawn = Diamond(tuple(words(one) for _, one in order), shaded)
    return (Picture(title, tuple(alt), drawn, Table("order", title, columns, rows)),)


def journeys(setup: Setup, record: Record) -> tuple[Picture, ...]:
    """Draw each statement's way from the first answers to the result; nothing where one of the two is not told."""
    held = holding(record)
    if held is None or record.mirror is None or not record.mirror.places:
        return ()
    words = texts(setup)
    before = {one.statement: End(one.first, one.last, one.last <= setup.top) for one in record.mirror.places}
    behind = {one.statement for one in held.top if one.place != held.open_place}
    now = ends(held, behind)
    gone = {one.statement for one in held.discarded}
    order = [one for _, one in order_of(held)] + [one.statement for one in held.discarded]
    order += [one for one in setup.ids if one not in order]
    ways = tuple(Journey(words(one), before.get(one), now.get(one), one in gone) for one in order)
    title = Phrase(N_("From the first answers to the result"))
    columns = (Phrase(N_("Statement")), Phrase(N_("First answers")), Phrase(N_("Agreed")))
    rows = tuple((way.text, told_end(way.before), told_end(way.now, gone=way.gone)) for way in ways)
    drawn = Journeys(columns[1], Phrase(N_("Result")), ways)
    columns = (columns[0], columns[1], Phrase(N_("Result")))
    return (Picture(title, moves(ways), drawn, Table("journey", title, columns, rows)),)


def ends(held: ResultRecord, behind: set[str]) -> Mapping[str, End]:
    """Give each statement of a locked list the places it shares with those on the same place."""
    order = order_of(held)
    counts = {place: sum(one == place for one, _ in order) for place, _ in order}
    return {one: End(place, place + counts[place] - 1, one in behind) for place, one in order}


def told_end(end: End | None, *, gone: bool = False) -> Cell:
    """Write one end of a way: its place as a number, places that are shared, or that it was discarded."""
    if end is None:
        return Phrase(N_("discarded")) if gone else None
    return end.first if end.first == end.last else span(end.first, end.last)


def moves(ways: tuple[Journey, ...]) -> tuple[Told, ...]:
    """Say which statements moved between the first answers and the result, those that moved most first."""
    found = [(way, distance(way.before, way.now)) for way in ways]
    moved = sorted((pair for pair in found if pair[1]), key=lambda pair: -abs(pair[1]))
    told: list[Told] = [moved_words(way.text, way.before, way.now) for way, _ in moved if way.before and way.now]
    return tuple(told) or (Phrase(N_("No statement moved.")),)


def distance(before: End | None, now: End | None) -> int:
    """Measure how many places a statement rose; below 0 it fell, and places that overlap are no way at all.

    >>> distance(End(4, 4), End(2, 2)), distance(End(1, 3), End(2, 2)), distance(End(1, 1), End(3, 4))
    (2, 0, -2)
    """
    if before is None or now is None:
        return 0
    return max(0, before.first - now.last) - max(0, now.first - before.last)


def moved_words(text: str, before: End, now: End) -> Phrase:
    """Say how a statement moved."""
    values: dict[str, object] = {
        "statement": within(text),
        "before": place_words(before.first, before.last),
        "now": place_words(now.first, now.last),
    }
    if distance(before, now) > 0:
        return Phrase(N_("“{statement}” rose from {before} to {now}."), values)
    return Phrase(N_("“{statement}” went from {before} to {now}."), values)


def side_by_side(setup: Setup, room: RoomRecord) -> Picture:
    """Put the places that the tables gave to each statement side by side."""
    words = texts(setup)
    title = Phrase(N_("Tables side by side"))
    columns = tuple(table(one.table) for one in room.endings)
    rows = tuple(
        SideRow(
            words(row.statement),
            tuple(side_cell(cell) for cell in row.places),
            times(row.in_the_top_of, room.tables_counted),
        )
        for row in room.statements
    )
    last = five(setup, N_("In the five"), N_("In the list"))
    body = tuple((row.text, *(cell.label for cell in row.cells), row.told) for row in rows)
    alt: list[Told] = [
        NN_(
            "The place of each statement at {n} table.", "The place of each statement at {n} tables.", len(room.endings)
        )
    ]
    alt += [
        Phrase(N_("“{statement}”: {times}."), {"statement": within(row.text), "times": row.told})
        for row in rows[: setup.top]
    ]
    heading = (Phrase(N_("Statement")), *columns, last)
    return Picture(title, tuple(alt), SideBySide(columns, rows, last), Table("side-by-side", title, heading, body))


def times(count: int, of: int) -> Phrase:
    """Say at how many of the tables something is so."""
    return Phrase(N_("{count} of {of}"), {"count": count, "of": of}) if count else Phrase(N_("none"))


def side_cell(cell: CellRecord) -> SideCell:
    """Write where a statement stands at a table; a shared place has an equals sign."""
    if cell.discarded:
        return SideCell(Phrase(N_("discarded")), gone=True)
    if cell.place is None:
        return SideCell("–")
    return SideCell(f"{cell.place}=" if cell.shared else str(cell.place), min(cell.place, DEEPEST) if cell.top else 0)


def heat(setup: Setup, room: RoomRecord) -> Picture:
    """Draw at how many tables each statement has each place."""
    words = texts(setup)
    most = max([cell.place or 0 for row in room.statements for cell in row.places], default=0)
    heads: tuple[Text, ...] = (*map(str, range(1, most + 1)), Phrase(N_("discarded")))
    rows = tuple(
        HeatRow(
            words(row.statement),
            (
                *(sum(cell.place == place for cell in row.places) for place in range(1, most + 1)),
                sum(cell.discarded for cell in row.places),
            ),
        )
        for row in room.statements
    )
    title = Phrase(N_("How many tables have each statement on each place"))
    named = (*(Phrase(N_("Place {place}"), {"place": place}) for place in range(1, most + 1)), heads[-1])
    body = tuple((row.text, *row.counts) for row in rows)
    alt = tuple(
        Phrase(
            N_("On place {place} most often, at {count} tables: {statement}"),
            {"place": place, "count": count, "statement": text},
        )
        for place in range(1, min(most, setup.top) + 1)
        for text, count in [most_often(rows, place - 1)]
        if count > 1
    )
    columns = (Phrase(N_("Statement")), *named)
    drawn = Heat(heads, rows, room.tables_counted)
    return Picture(title, alt or (title,), drawn, Table("places", title, columns, body))


def most_often(rows: tuple[HeatRow, ...], at: int) -> tuple[str, int]:
    """Find the statement that most tables have in a column; of several, the one that stands higher in the room."""
    best = max(rows, key=lambda row: row.counts[at] or 0)
    return best.text, best.counts[at] or 0
