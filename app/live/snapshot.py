"""One reading of a whole workshop, from which every screen is drawn.

Law: what is read again is only what changed since, told by the version each answer and board carries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlmodel import Session

from app.activities.registry import KINDS
from app.live.setups import read_setup
from app.workshops.models import Answer, Board, Seat, Step, Table, Workshop


@dataclass(frozen=True, slots=True)
class StepRead:
    """A step with its setup read through its kind's shape."""

    id: int
    position: int
    kind: str
    title: str
    setup: Any
    minutes: Mapping[str, int]
    moved_by: str
    rule: str


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table."""

    id: int
    number: int
    places: int


@dataclass(frozen=True, slots=True)
class SeatRead:
    """A seat that has not been removed."""

    id: int
    table_id: int
    number: int
    name: str
    agency: str | None
    here: bool
    token_hash: str


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """What a seat holds, read through its kind's shape."""

    version: int
    content: Any


@dataclass(frozen=True, slots=True)
class BoardRead:
    """What a table holds, the phase it is in, and the private answers kept as their phases closed."""

    version: int
    phase: str
    since: datetime
    ends_at: datetime | None
    content: Any
    kept: Mapping[str, Any]


@dataclass(frozen=True)
class Snapshot:
    """A workshop at one version. Answers and boards are those of the live step."""

    id: int
    version: int
    title: str
    code_turn: int
    agencies: tuple[tuple[str, str], ...]
    disclosure: str
    wall_blank: bool
    message: str
    trainer_id: int
    is_open: bool
    is_closed: bool
    rehearsal: bool
    live_step_id: int | None
    steps: tuple[StepRead, ...]
    tables: tuple[TableRead, ...]
    seats: Mapping[int, SeatRead]
    answers: Mapping[int, AnswerRead]
    boards: Mapping[int, BoardRead]

    @cached_property
    def step(self) -> StepRead | None:
        """The step under way."""
        return next((step for step in self.steps if step.id == self.live_step_id), None)

    @cached_property
    def _by_table(self) -> Mapping[int, tuple[SeatRead, ...]]:
        tables: dict[int, list[SeatRead]] = {}
        for seat in sorted(self.seats.values(), key=lambda seat: seat.number):
            tables.setdefault(seat.table_id, []).append(seat)
        return {table: tuple(seats) for table, seats in tables.items()}

    @cached_property
    def is_room(self) -> bool:
        """Whether the step under way has one board for the whole room: that of the first table."""
        step = self.step
        return step is not None and KINDS[step.kind].is_room(step.setup)

    @cached_property
    def groups(self) -> tuple[TableRead, ...]:
        """List who has a board: every table, or the whole room together, number 0."""
        if not self.is_room or not self.tables:
            return self.tables
        return (TableRead(self.tables[0].id, 0, sum(table.places for table in self.tables)),)

    def group_of(self, table_id: int) -> TableRead:
        """Find whose board a table's seats look at: its own, or the room's."""
        groups = self.groups
        return next((group for group in groups if group.id == table_id), groups[0])

    @cached_property
    def sights(self) -> dict[int, Any]:
        """What each table's seats see alike, kept here once it is worked out."""
        return {}

    @cached_property
    def done(self) -> Mapping[int, frozenset[int]]:
        """Which seats of each table have done what its phase asks for; how many is all that anybody is told."""
        return {table: self._done_at(table) for table in self.boards}

    def _done_at(self, table: int) -> frozenset[int]:
        board, step = self.boards[table], self.step
        if step is None:
            return frozenset()
        has_done = KINDS[step.kind].has_done
        ids = (seat.id for seat in self.in_group(self.group_of(table)) if seat.id in self.answers)
        return frozenset(id_ for id_ in ids if has_done(board.phase, board.content, self.answers[id_].content))

    def at_table(self, table_id: int) -> tuple[SeatRead, ...]:
        """List a table's seats by number."""
        return self._by_table.get(table_id, ())

    def in_group(self, group: TableRead) -> tuple[SeatRead, ...]:
        """List the seats that share a board, by table and number."""
        if group.number:
            return self.at_table(group.id)
        return tuple(seat for table in self.tables for seat in self.at_table(table.id))


WORKSHOP = Workshop.__table__  # type: ignore[attr-defined]  # SQLModel makes it
ANSWER = Answer.__table__  # type: ignore[attr-defined]
BOARD = Board.__table__  # type: ignore[attr-defined]
SEAT = Seat.__table__  # type: ignore[attr-defined]
TABLE = Table.__table__  # type: ignore[attr-defined]
STEP = Step.__table__  # type: ignore[attr-defined]

# Written once: to write a statement costs more than to run it.
THE_WORKSHOP = select(WORKSHOP).where(WORKSHOP.c.id == bindparam("workshop"))
STEPS = select(STEP).where(STEP.c.workshop_id == bindparam("workshop")).order_by(STEP.c.position)
TABLES = (
    select(TABLE.c.id, TABLE.c.number, TABLE.c.places)
    .where(TABLE.c.workshop_id == bindparam("workshop"))
    .order_by(TABLE.c.number)
)
SEATS = (
    select(SEAT.c.id, SEAT.c.table_id, SEAT.c.number, SEAT.c.name, SEAT.c.agency, SEAT.c.here, SEAT.c.token_hash)
    .where(SEAT.c.workshop_id == bindparam("workshop"), SEAT.c.removed_at.is_(None))
    .order_by(SEAT.c.id)
)
ANSWERS = select(ANSWER.c.seat_id, ANSWER.c.version, ANSWER.c.content).where(
    ANSWER.c.step_id == bindparam("step"), ANSWER.c.version > bindparam("since")
)
BOARDS = select(BOARD).where(BOARD.c.step_id == bindparam("step"), BOARD.c.version > bindparam("since"))


def read(session: Session, workshop_id: int, before: Snapshot | None = None) -> Snapshot | None:
    """Read a workshop; given an earlier reading, its answers and boards are read only where they changed."""
    connection = session.connection()
    row = connection.execute(THE_WORKSHOP, {"workshop": workshop_id}).one_or_none()
    if row is None:
        return None
    if before is not None and before.version == row.version:
        return before
    if before is not None and before.version > row.version:
        before = None  # an older database was put back
    steps = read_steps(connection, workshop_id, before)
    live = next((step for step in steps if step.id == row.live_step_id), None)
    same_step = before is not None and before.live_step_id == row.live_step_id
    since = before.version if before is not None and same_step else -1
    return Snapshot(
        id=row.id,
        version=row.version,
        title=row.title,
        code_turn=row.code_turn,
        agencies=tuple((agency["id"], agency["label"]) for agency in row.agencies),
        disclosure=row.disclosure,
        wall_blank=bool(row.wall_blank),
        message=row.message,
        trainer_id=row.trainer_id,
        is_open=row.opened_at is not None and row.closed_at is None,
        is_closed=row.closed_at is not None,
        rehearsal=bool(row.rehearsal),
        live_step_id=row.live_step_id,
        steps=steps,
        tables=read_tables(connection, workshop_id),
        seats=read_seats(connection, workshop_id),
        answers=read_answers(connection, live, since, before.answers if before is not None and same_step else {}),
        boards=read_boards(connection, live, since, before.boards if before is not None and same_step else {}),
    )


def read_steps(connection: Connection, workshop_id: int, before: Snapshot | None) -> tuple[StepRead, ...]:
    """Read the agenda; a setup that stayed the same keeps its shape."""
    had = {step.id: step for step in before.steps} if before is not None else {}
    steps = []
    for row in connection.execute(STEPS, {"workshop": workshop_id}):
        if row.kind not in KINDS:
            continue
        setup = read_setup(row.id, KINDS[row.kind], row.setup)
        step = StepRead(row.id, row.position, row.kind, row.title, setup, row.minutes, row.moved_by, row.rule)
        steps.append(had[row.id] if had.get(row.id) == step else step)
    return tuple(steps)


def read_tables(connection: Connection, workshop_id: int) -> tuple[TableRead, ...]:
    """Read the tables by number."""
    return tuple(TableRead(*row) for row in connection.execute(TABLES, {"workshop": workshop_id}))


def read_seats(connection: Connection, workshop_id: int) -> dict[int, SeatRead]:
    """Read the seats that have not been removed."""
    return {row.id: SeatRead(*row) for row in connection.execute(SEATS, {"workshop": workshop_id})}


def read_answers(
    connection: Connection, live: StepRead | None, since: int, had: Mapping[int, AnswerRead]
) -> dict[int, AnswerRead]:
    """Read the live step's answers that changed after `since`, over those there were."""
    if live is None:
        return {}
    shape = KINDS[live.kind].Answer
    rows = connection.execute(ANSWERS, {"step": live.id, "since": since})
    new = {row.seat_id: AnswerRead(row.version, shape.model_validate(row.content)) for row in rows}
    return {**had, **new}


def read_boards(
    connection: Connection, live: StepRead | None, since: int, had: Mapping[int, BoardRead]
) -> dict[int, BoardRead]:
    """Read the live step's boards that changed after `since`, over those there were."""
    if live is None:
        return {}
    shape = KINDS[live.kind].Board
    rows = connection.execute(BOARDS, {"step": live.id, "since": since})
    new = {
        row.table_id: BoardRead(
            row.version, row.phase, row.since, row.ends_at, shape.model_validate(row.content), row.frozen
        )
        for row in rows
    }
    # By table: what is drawn of the first of several must not depend on which was read last.
    return dict(sorted({**had, **new}.items()))
