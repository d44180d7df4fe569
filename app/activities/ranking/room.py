"""The room: what all tables locked, side by side, and how it compares with the first answers of everybody.

Law: a table counts once in the room's order; private answers are only in the order of the whole room's first answers,
which leaves tables out that could be had from it by subtraction. Level is level: nothing breaks a tie here.
"""

from dataclasses import dataclass, field
from itertools import combinations

from app import disclosure
from app.activities.base import Given, TableScene
from app.activities.ranking.mirror import profile_of
from app.activities.ranking.record import (
    CellRecord,
    EndingRecord,
    LikenessRecord,
    RoomRecord,
    RowRecord,
    SpanRecord,
)
from app.activities.ranking.shapes import Board, Result, Setup
from app.activities.summary import kept
from app.consensus import Ballot, Profile, agreement, borda, tau_between
from app.consensus.ballots import Tiers

SAME = 1e-9
"""Likenesses this close are equal."""


@dataclass(frozen=True, slots=True)
class Span:
    """A place, or the places from `first` to `last` that level statements share."""

    first: int
    last: int

    @property
    def level(self) -> bool:
        """Say whether the place is shared."""
        return self.first != self.last


@dataclass(frozen=True, slots=True)
class RoomCell:
    """A statement at one table; `place` is None where it was discarded or stands nowhere."""

    place: int | None
    shared: bool = False
    top: bool = False
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class RoomTable:
    """How one table came to its list. `contested` are the statements that not all of its seats had marked."""

    number: int
    ending: str
    checks: int
    amended: bool
    open_place: int | None
    contested: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A statement in the room: its place now, at each table, in the first answers, and there with agencies alike."""

    id: str
    text: str
    now: Span
    cells: tuple[RoomCell, ...]
    first: Span | None
    parity: Span | None

    @property
    def tops(self) -> int:
        """Count the tables that have it among their top."""
        return sum(1 for cell in self.cells if cell.top)


@dataclass(frozen=True, slots=True)
class Pair:
    """How alike two tables' orders are: Kendall's tau, 1 the same to −1 the other way round."""

    one: int
    other: int
    tau: float

    @property
    def times(self) -> int:
        """How many of ten pairs of statements both tables put the same way round; 5 is chance."""
        return round(5 * (self.tau + 1))


@dataclass(frozen=True, slots=True)
class RoomView:
    """All tables in one picture; rows stand in the room's order, cells in the order of `tables`.

    `answers` counts the private orders behind `first`, 0 where they are not shown. `parity` is set on rows only where
    it may be shown and differs. `first_orders` are for the words in the record alone, and never drawn.
    """

    top: int
    tables: tuple[RoomTable, ...]
    rows: tuple[RoomRow, ...]
    pairs: tuple[Pair, ...]
    answers: int
    first_orders: Profile | None = field(default=None, compare=False, repr=False)

    @property
    def in_all(self) -> tuple[RoomRow, ...]:
        """List what is in every table's top."""
        return tuple(row for row in self.rows if row.tops == len(self.tables))

    @property
    def in_one(self) -> tuple[RoomRow, ...]:
        """List what is in only one table's top."""
        return tuple(row for row in self.rows if row.tops == 1 and len(self.tables) > 1)

    @property
    def most_alike(self) -> tuple[Pair, ...]:
        """List the pairs of tables whose orders are the most alike."""
        return self._pairs_at(max((pair.tau for pair in self.pairs), default=0.0))

    @property
    def least_alike(self) -> tuple[Pair, ...]:
        """List the pairs of tables whose orders are the least alike; () when all are as alike."""
        found = self._pairs_at(min((pair.tau for pair in self.pairs), default=0.0))
        return () if found == self.most_alike else found

    def _pairs_at(self, tau: float) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if abs(pair.tau - tau) <= SAME)

    def record(self, *, tables: bool = True) -> RoomRecord:
        """Write the room as it is kept; without `tables` only what all tables come to.

        Then the first answers are not in it, either: beside a mirror of the whole room they would tell what they lack.
        """
        if not tables:
            bare = tuple(_row(row).model_copy(update={"first": None, "parity": None}) for row in self.rows)
            return RoomRecord(tables_counted=len(self.tables), statements=bare)
        words = agreement(self.first_orders) if self.first_orders is not None else None
        return RoomRecord(
            tables_counted=len(self.tables),
            orders=self.answers,
            agreement=kept(words.phrase) if words else None,
            meter=words.meter if words else 0,
            statements=tuple(self._with_tables(row) for row in self.rows),
            endings=tuple(_ending(table) for table in self.tables),
            likeness=tuple(
                LikenessRecord(one=pair.one, other=pair.other, tau=round(pair.tau, 3)) for pair in self.pairs
            ),
        )

    def _with_tables(self, row: RoomRow) -> RowRecord:
        places = tuple(
            CellRecord(table=table.number, place=cell.place, shared=cell.shared, top=cell.top, discarded=cell.dropped)
            for table, cell in zip(self.tables, row.cells, strict=True)
        )
        return _row(row).model_copy(update={"places": places})


def _row(row: RoomRow) -> RowRecord:
    return RowRecord(
        statement=row.id,
        in_the_top_of=row.tops,
        now=SpanRecord(first=row.now.first, last=row.now.last),
        first=_span(row.first),
        parity=_span(row.parity),
    )


def _span(span: Span | None) -> SpanRecord | None:
    return None if span is None else SpanRecord(first=span.first, last=span.last)


def _ending(table: RoomTable) -> EndingRecord:
    return EndingRecord(
        table=table.number,
        ending=table.ending,
        checks=table.checks,
        amended=table.amended,
        open_place=table.open_place,
        contested=table.contested,
    )


def room(setup: Setup, scenes: tuple[TableScene, ...], given: tuple[tuple[Given, ...], ...]) -> RoomView | None:
    """Put side by side what the tables have locked; None while none has. `given` are each table's first answers."""
    locked = [scene for scene in scenes if scene.phase == "locked" and scene.board.results]
    if not locked:
        return None
    results = [scene.board.results[-1] for scene in locked]
    tiers = [tiers_of(setup, result) for result in results]
    ballots = [ballot_of(setup, result, order) for result, order in zip(results, tiers, strict=True)]
    now = spans(borda(Profile.from_ballots(ballots, len(setup.ids))).tiers)
    orders = first_orders(setup, given)
    first, parity = first_answers(orders)
    cells = [cells_of(setup, result) for result in results]
    rows = [
        RoomRow(
            id=one.id,
            text=one.text,
            now=now[number],
            cells=tuple(table[one.id] for table in cells),
            first=first.get(number),
            parity=parity.get(number),
        )
        for number, one in enumerate(setup.statements)
    ]
    return RoomView(
        top=setup.top,
        tables=tuple(table_of(scene.number, scene.board) for scene in locked),
        # Level ones stand beside each other, in the trainer's order.
        rows=tuple(sorted(rows, key=lambda row: row.now.first)),
        pairs=pairs_of([scene.number for scene in locked], [ballot_places(setup, ballot) for ballot in ballots]),
        answers=0 if orders is None else orders.m,
        first_orders=orders,
    )


def table_of(number: int, board: Board) -> RoomTable:
    """Say how a table came to its list."""
    result = board.results[-1]
    contested = board.marks.contested if board.marks is not None else ()
    return RoomTable(number, result.ending, result.checks, result.amended, result.open_place, contested)


def tiers_of(setup: Setup, result: Result) -> tuple[tuple[str, ...], ...]:
    """Put a table's statements in one order: its top places, then the rest of its board, then what stands nowhere."""
    top = tuple(tier for tier in result.top if tier)
    placed = {one for tier in top for one in tier}
    rest = tuple((one,) for one in result.order if one is not None and one not in placed)
    gone = placed | {one for tier in rest for one in tier} | {one.statement for one in result.discarded}
    nowhere = tuple(one for one in setup.ids if one not in gone)
    return (*top, *rest, nowhere) if nowhere else (*top, *rest)


def ballot_of(setup: Setup, result: Result, order: tuple[tuple[str, ...], ...]) -> Ballot:
    """Write a table's order as one ballot."""
    index = {one: number for number, one in enumerate(setup.ids)}
    dropped = tuple(dict.fromkeys(index[one.statement] for one in result.discarded))
    return Ballot(tuple(tuple(index[one] for one in tier) for tier in order), dropped)


def ballot_places(setup: Setup, ballot: Ballot) -> tuple[int, ...]:
    """Give each statement the number of its tier on a table's ballot; what was discarded stands below all."""
    places = [len(ballot.tiers)] * len(setup.ids)
    for number, tier in enumerate(ballot.tiers):
        for one in tier:
            places[one] = number
    return tuple(places)


def cells_of(setup: Setup, result: Result) -> dict[str, RoomCell]:
    """Say where each statement stands at a table: the top places by their numbers, the rest of the board below them.

    What stands on a place that was left open is not among the top; empty places at the end count for nothing.
    """
    cells = {one: RoomCell(None) for one in setup.ids}
    for place, tier in enumerate(result.top, 1):
        cells |= {one: RoomCell(place, shared=len(tier) > 1, top=place != result.open_place) for one in tier}
    placed = {one for tier in result.top for one in tier}
    below = result.last_place
    rest = [one for one in result.order if one is not None and one not in placed]
    cells |= {one: RoomCell(below + number) for number, one in enumerate(rest, 1)}
    return cells | {one.statement: RoomCell(None, dropped=True) for one in result.discarded}


def spans(tiers: Tiers) -> dict[int, Span]:
    """Give each statement the places that its tier takes."""
    found: dict[int, Span] = {}
    first = 1
    for tier in tiers:
        last = first + len(tier) - 1
        found |= dict.fromkeys(tier, Span(first, last))
        first = last + 1
    return found


def first_orders(setup: Setup, given: tuple[tuple[Given, ...], ...]) -> Profile | None:
    """Put the first answers of the room together, as far as they may count; None below three."""
    told = profile_of(setup.ids, [one for table in countable(setup, once(given)) for one in table]).without_flat()
    return told if disclosure.may_show_order(told.m) else None


def first_answers(told: Profile | None) -> tuple[dict[int, Span], dict[int, Span]]:
    """Order the first answers of the room by head and, where it may be shown and differs, by agency."""
    if told is None:
        return {}, {}
    first = spans(borda(told).tiers)
    if not disclosure.may_show_parity(told.agency_sizes):
        return first, {}
    parity = spans(borda(told.weighted("parity")).tiers)
    return first, {} if parity == first else parity


def once(given: tuple[tuple[Given, ...], ...]) -> tuple[tuple[Given, ...], ...]:
    """Count whoever went from one table to another, and so was kept at both, at the first of them."""
    at = {one.seat: number for number, table in reversed([*enumerate(given)]) for one in table}
    return tuple(tuple(one for one in table if at[one.seat] == number) for number, table in enumerate(given))


def countable(setup: Setup, given: tuple[tuple[Given, ...], ...]) -> list[tuple[Given, ...]]:
    """Leave out the tables whose orders could be had from the room's."""
    counts = [profile_of(setup.ids, table).without_flat().m for table in given]
    return [table for table, counts_too in zip(given, disclosure.countable(counts), strict=True) if counts_too]


def pairs_of(numbers: list[int], places: list[tuple[int, ...]]) -> tuple[Pair, ...]:
    """Measure how alike each two tables' orders are."""
    found = []
    for (one, order), (other, second) in combinations(zip(numbers, places, strict=True), 2):
        tau = tau_between(order, second)
        if tau is not None:
            found.append(Pair(one, other, tau))
    return tuple(found)
