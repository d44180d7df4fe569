"""A ranking's records as tidy sheets to work with, and the orders in them for other people's programs.

Law: a row says one thing about one table and one statement; only a named workshop's people have orders of their own.
"""

from collections.abc import Iterator, Sequence

from app.activities import checks_told
from app.activities.ranking import summary_room
from app.activities.ranking.record import Record, ResultRecord, RoomRecord
from app.activities.ranking.shapes import Ballot, Setup
from app.activities.ranking.summary_checks import passed
from app.activities.ranking.summary_inner import HOW
from app.activities.ranking.summary_pictures import order_of
from app.activities.ranking.summary_words import ended, holding, stand_behind, texts
from app.activities.summary import MANY_TABLES, Cell, Orders, SeatRecord, Sentence, Table
from app.errors import N_, Phrase

Rows = list[tuple[Cell | Sentence, ...]]
Tables = Sequence[tuple[int, Record]]
Tiers = tuple[tuple[int, ...], ...]

SETTLED = {
    "talk": N_("talk"),
    "either": N_("private either/or"),
    "lots": N_("lots"),
    "shared": N_("shared by choice"),
}


def sheets(setup: Setup, found: Tables, room: RoomRecord | None, people: Sequence[SeatRecord]) -> tuple[Table, ...]:
    """Lay everything out; sheets without rows are left out."""
    every = (
        results(setup, found),
        places(setup, found),
        first_answers(setup, found),
        discards(setup, found),
        checks(setup, found),
        reasons(setup, found),
        links(setup, found),
        marked(setup, found),
        named(setup, found),
        proposed(setup, found),
        versions(setup, found),
        the_room(setup, room),
        *((summary_room.every_pair(room),) if room is not None and room.tables_counted > MANY_TABLES else ()),
        own_orders(setup, people),
    )
    return tuple(one for one in every if one.rows)


def sheet(name: str, title: str, columns: Sequence[str], rows: Rows) -> Table:
    """Make a sheet."""
    return Table(name, Phrase(title), tuple(Phrase(one) for one in columns), tuple(rows))


def yes(found: bool) -> Phrase:
    """Say yes or no."""
    return Phrase(N_("yes") if found else N_("no"))


def results(setup: Setup, found: Tables) -> Table:
    """Lay out each table's list as it holds, with its ending."""
    words = texts(setup)
    rows: Rows = []
    for number, record in found:
        held = holding(record)
        if held is None:
            continue
        behind = {one.statement for one in stand_behind(held)}
        rows += [
            (
                number,
                one.place,
                words(one.statement),
                yes(one.shared),
                Phrase(SETTLED.get(one.settled, SETTLED["talk"])),
                yes(one.statement in behind),
                yes(one.statement in held.changed),
                ended(held),
                held.checks,
                held.note,
            )
            for one in held.top
        ]
    columns = (N_("Table"), N_("Place"), N_("Statement"), N_("Shared place"), N_("Settled by"), N_("Agreed"))
    more = (N_("Moved after the first check"), N_("How it ended"), N_("Checks"), N_("Kept beside the list"))
    return sheet("results", N_("Results"), (*columns, *more), rows)


def places(setup: Setup, found: Tables) -> Table:
    """Lay out where every statement stands at every table: from the result, or the board while there is none."""
    words = texts(setup)
    rows: Rows = []
    for number, record in found:
        held = holding(record)
        order = tuple((one.place, one.statement) for one in record.board) if held is None else order_of(held)
        where = {one: place for place, one in order}
        gone = {one.statement for one in (record.discarded if held is None else held.discarded)}
        top = {one.statement for one in (record.top if held is None else held.top)}
        if where or gone:
            rows += [
                (number, words(one), where.get(one), yes(one in top), yes(one in gone), ended(held))
                for one in setup.ids
            ]
    listed = N_("In the five") if setup.top == 5 else N_("In the list")  # five is what it says
    columns = (N_("Table"), N_("Statement"), N_("Place"), listed, N_("Discarded"), N_("How it ended"))
    return sheet("places", N_("Places at all tables"), columns, rows)


def first_answers(setup: Setup, found: Tables) -> Table:
    """Lay out the starting mirrors."""
    words = texts(setup)
    rows: Rows = [
        (number, words(one.statement), one.first, one.last, yes(one.contested), record.mirror.agreement)
        for number, record in found
        if record.mirror is not None
        for one in record.mirror.places
    ]
    columns = (N_("Table"), N_("Statement"), N_("Place from"), N_("Place to"), N_("Another fair count would change it"))
    return sheet("first-answers", N_("First answers"), (*columns, N_("Agreement")), rows)


def discards(setup: Setup, found: Tables) -> Table:
    """Lay out what was discarded."""
    words = texts(setup)
    rows: Rows = [
        (number, words(one.statement), one.reason, Phrase(HOW[one.how]), yes(one.ending == "with_reservations"))
        for number, record in found
        for one in record.discarded
    ]
    columns = (N_("Table"), N_("Statement"), N_("Reason"), N_("How it was chosen"), N_("With reservations"))
    return sheet("discarded", N_("Discarded"), columns, rows)


def checks(setup: Setup, found: Tables) -> Table:
    """Lay out every check with its counts as they may be told."""
    words = texts(setup)
    rows: Rows = []
    for number, record in found:
        for one in record.checks:
            on: Cell = words(one.subject) if one.subject else Phrase(N_("the list"))
            counts = one.counts or (None,) * 6
            rows.append(
                (
                    number,
                    one.number,
                    on,
                    one.round + 1,
                    passed(one),
                    checks_told.cell(one.answered),
                    *tuple(None if count is None else checks_told.cell(count) for count in counts),
                )
            )
    columns = (N_("Table"), N_("Check"), N_("On"), N_("Version of the list"), N_("Passed"), N_("Answered"))
    return sheet("checks", N_("Checks"), (*columns, *map(str, range(6))), rows)


def reasons(setup: Setup, found: Tables) -> Table:
    """Lay out what was said beside low answers."""
    words = texts(setup)
    rows: Rows = [
        (number, one.number, words(reason.about) if reason.about else None, reason.text)
        for number, record in found
        for one in record.checks
        for reason in one.reasons
    ]
    return sheet("check-reasons", N_("Reasons"), (N_("Table"), N_("Check"), N_("Statement"), N_("Reason")), rows)


def links(setup: Setup, found: Tables) -> Table:
    """Lay out likenesses and differences."""
    words = texts(setup)
    rows: Rows = [
        (number, words(one.a), words(one.b), relation(one.relation), one.note)
        for number, record in found
        for one in record.links
    ]
    columns = (N_("Table"), N_("Statement"), N_("and statement"), N_("How they are"), N_("Note"))
    return sheet("likenesses", N_("Likenesses and differences"), columns, rows)


def relation(name: str) -> Phrase:
    """Say how two statements are to each other."""
    return Phrase(N_("nearly the same") if name == "alike" else N_("pulling apart"))


def marked(setup: Setup, found: Tables) -> Table:
    """Lay out what private marks came to."""
    words = texts(setup)
    rows: Rows = []
    for number, record in found:
        if record.marks is not None:
            for marks, told in (
                (record.marks.for_all, N_("by all")),
                (record.marks.contested, N_("by some")),
                (record.marks.out, N_("by nobody")),
            ):
                rows += [(number, words(one), Phrase(told)) for one in marks]
    return sheet("marks", N_("Marks"), (N_("Table"), N_("Statement"), N_("Marked")), rows)


def named(setup: Setup, found: Tables) -> Table:
    """Lay out what was named to be discarded, and the reasons."""
    words = texts(setup)
    rows: Rows = []
    for number, record in found:
        if record.nominations is None:
            continue
        rows += [
            (number, words(one.statement), None if one.count is None else checks_told.cell(one.count), None)
            for one in record.nominations.statements
        ]
        rows += [
            (number, words(one.statement) if one.statement else None, None, one.text)
            for one in record.nominations.reasons
        ]
    columns = (N_("Table"), N_("Statement"), N_("How many"), N_("Reason"))
    return sheet("named", N_("Named to be discarded"), columns, rows)


def proposed(setup: Setup, found: Tables) -> Table:
    """Lay out what was proposed to be discarded."""
    words = texts(setup)
    rows: Rows = [
        (number, words(one.statement), one.reason, Phrase(HOW.get(one.how, HOW["talk"])))
        for number, record in found
        for one in record.proposals
    ]
    columns = (N_("Table"), N_("Statement"), N_("Reason"), N_("How it was chosen"))
    return sheet("proposed", N_("Proposed to be discarded"), columns, rows)


def versions(setup: Setup, found: Tables) -> Table:
    """Lay out every list that was locked, where one was locked more than once or opened again."""
    words = texts(setup)
    rows: Rows = []
    for number, record in found:
        every: list[ResultRecord] = [*record.earlier, *([record.result] if record.result is not None else [])]
        if len(every) > 1 or holding(record) is None:
            rows += [
                (number, held.version, ended(held), one.place, words(one.statement))
                for held in every
                for one in held.top
            ]
    columns = (N_("Table"), N_("Version"), N_("How it ended"), N_("Place"), N_("Statement"))
    return sheet("versions", N_("Versions"), columns, rows)


def the_room(setup: Setup, room: RoomRecord | None) -> Table:
    """Lay out the room's order beside its first answers."""
    words = texts(setup)
    rows: Rows = []
    for row in room.statements if room is not None else ():
        spans: Rows = [
            (None, None) if one is None else (one.first, one.last) for one in (row.now, row.first, row.parity)
        ]
        rows.append((words(row.statement), row.in_the_top_of, *(end for pair in spans for end in pair)))
    columns = (N_("Statement"), N_("In the lists of so many tables"), N_("Place from"), N_("Place to"))
    first = (N_("In the first answers from"), N_("In the first answers to"))
    parity = (N_("With agencies alike from"), N_("With agencies alike to"))
    return sheet("room", N_("The room"), (*columns, *first, *parity), rows)


def own_orders(setup: Setup, people: Sequence[SeatRecord]) -> Table:
    """Lay out what people had ranked alone, by name, where a workshop names them."""
    words = texts(setup)
    rows: Rows = []
    for person, ballot, reason in ballots(people):
        rows += [
            (person.name, person.agency, person.table, place, words(one), None)
            for place, one in enumerate(ballot.order, 1)
        ]
        if ballot.discard:
            rows.append((person.name, person.agency, person.table, None, words(ballot.discard), reason))
    columns = (N_("Name"), N_("Agency"), N_("Table"), N_("Place"), N_("Statement"), N_("Why it would be discarded"))
    return sheet("own-orders", N_("Ranked alone"), columns, rows)


def ballots(people: Sequence[SeatRecord]) -> Iterator[tuple[SeatRecord, Ballot, str]]:
    """Read the orders that people had as their table closed them."""
    for person in people:
        answer = person.answers.get("solo", {})
        if answer.get("ballot"):
            yield person, Ballot.model_validate(answer["ballot"]), str(answer.get("reason", ""))


def orders(setup: Setup, title: str, found: Tables, people: Sequence[SeatRecord]) -> tuple[Orders, ...]:
    """Write tables' orders, each once, or the starting mirrors while no table has locked; and people's own orders."""
    index = {one: number for number, one in enumerate(setup.ids)}
    words = tuple(one.text for one in setup.statements)
    locked = [of_result(setup, held) for _, record in found if (held := holding(record)) is not None]
    made: list[Orders] = []
    if locked:
        made.append(Orders("tables", title, words, tuple((1, tiers) for tiers in locked)))
    else:
        first = [of_mirror(setup, record) for _, record in found if record.mirror is not None and record.mirror.places]
        if first:
            made.append(Orders("first-answers", title, words, tuple((1, tiers) for tiers in first)))
    single = tuple(
        (1, tuple((index[one],) for one in (*ballot.order, *((ballot.discard,) if ballot.discard else ()))))
        for _, ballot, _ in ballots(people)
    )
    if single:
        made.append(Orders("people", title, words, single, single=True))
    return tuple(made)


def of_result(setup: Setup, held: ResultRecord) -> Tiers:
    """Write a locked list as tiers: its top places, the rest of its board, what stands nowhere, the discarded last."""
    order = order_of(held)
    levels = [tuple(one for at, one in order if at == place) for place in sorted({place for place, _ in order})]
    gone = tuple(dict.fromkeys(one.statement for one in held.discarded))
    known = {one for _, one in order} | set(gone)
    return in_numbers(setup, [*levels, tuple(one for one in setup.ids if one not in known), gone])


def of_mirror(setup: Setup, record: Record) -> Tiers:
    """Write a starting mirror as tiers, the discarded last."""
    found = record.mirror.places if record.mirror is not None else ()
    levels = [tuple(one.statement for one in found if one.first == at) for at in sorted({one.first for one in found})]
    known = {one.statement for one in found}
    return in_numbers(setup, [*levels, tuple(one for one in setup.ids if one not in known)])


def in_numbers(setup: Setup, tiers: Sequence[Sequence[str]]) -> Tiers:
    """Write tiers of statements in their numbers, from 0."""
    index = {one: number for number, one in enumerate(setup.ids)}
    return tuple(tuple(index[one] for one in tier) for tier in tiers if tier)
