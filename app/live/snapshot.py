"""One reading of a whole workshop, from which every screen is drawn.

Law: what is read again is only what changed since, told by the version each answer and board carries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import Session, col

from app.activities.registry import KINDS
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


@dataclass(frozen=True, slots=True)
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
    live_step_id: int | None
    steps: tuple[StepRead, ...]
    tables: tuple[TableRead, ...]
    seats: Mapping[int, SeatRead]
    answers: Mapping[int, AnswerRead]
    boards: Mapping[int, BoardRead]

    @property
    def step(self) -> StepRead | None:
        """The step under way."""
        return next((step for step in self.steps if step.id == self.live_step_id), None)

    def at_table(self, table_id: int) -> tuple[SeatRead, ...]:
        """List a table's seats by number."""
        return tuple(sorted((s for s in self.seats.values() if s.table_id == table_id), key=lambda s: s.number))


WORKSHOP = Workshop.__table__  # type: ignore[attr-defined]  # SQLModel makes it
ANSWER = Answer.__table__  # type: ignore[attr-defined]
BOARD = Board.__table__  # type: ignore[attr-defined]
SEAT = Seat.__table__  # type: ignore[attr-defined]
TABLE = Table.__table__  # type: ignore[attr-defined]
STEP = Step.__table__  # type: ignore[attr-defined]


def read(session: Session, workshop_id: int, before: Snapshot | None = None) -> Snapshot | None:
    """Read a workshop; given an earlier reading, its answers and boards are read only where they changed."""
    connection = session.connection()
    row = connection.execute(select(WORKSHOP).where(WORKSHOP.c.id == workshop_id)).one_or_none()
    if row is None:
        return None
    if before is not None and before.version == row.version:
        return before
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
    rows = connection.execute(select(STEP).where(STEP.c.workshop_id == workshop_id).order_by(STEP.c.position)).all()
    steps = []
    for row in rows:
        if row.kind not in KINDS:
            continue
        setup = KINDS[row.kind].Setup.model_validate(row.setup)
        step = StepRead(row.id, row.position, row.kind, row.title, setup, row.minutes, row.moved_by)
        steps.append(had[row.id] if had.get(row.id) == step else step)
    return tuple(steps)


def read_tables(connection: Connection, workshop_id: int) -> tuple[TableRead, ...]:
    """Read the tables by number."""
    wanted = select(TABLE.c.id, TABLE.c.number, TABLE.c.places).where(TABLE.c.workshop_id == workshop_id)
    return tuple(TableRead(*row) for row in connection.execute(wanted.order_by(TABLE.c.number)))


def read_seats(connection: Connection, workshop_id: int) -> dict[int, SeatRead]:
    """Read the seats that have not been removed."""
    c = SEAT.c
    wanted = select(c.id, c.table_id, c.number, c.name, c.agency, c.here, c.token_hash)
    rows = connection.execute(wanted.where(c.workshop_id == workshop_id, c.removed_at.is_(None)).order_by(c.id))
    return {row.id: SeatRead(*row) for row in rows}


def read_answers(
    connection: Connection, live: StepRead | None, since: int, had: Mapping[int, AnswerRead]
) -> dict[int, AnswerRead]:
    """Read the live step's answers that changed after `since`, over those there were."""
    if live is None:
        return {}
    shape = KINDS[live.kind].Answer
    c = ANSWER.c
    wanted = select(c.seat_id, c.version, c.content).where(c.step_id == live.id, c.version > since)
    new = {
        row.seat_id: AnswerRead(row.version, shape.model_validate(row.content)) for row in connection.execute(wanted)
    }
    return {**had, **new}


def read_boards(
    connection: Connection, live: StepRead | None, since: int, had: Mapping[int, BoardRead]
) -> dict[int, BoardRead]:
    """Read the live step's boards that changed after `since`, over those there were."""
    if live is None:
        return {}
    shape = KINDS[live.kind].Board
    wanted = select(Board).where(col(Board.step_id) == live.id, col(Board.version) > since)
    rows = connection.execute(wanted)
    new = {
        row.table_id: BoardRead(
            row.version, row.phase, row.since, row.ends_at, shape.model_validate(row.content), row.frozen
        )
        for row in rows
    }
    return {**had, **new}
