"""Reading a whole table within a change, for the rules that need what all its seats hold.

Law: what is gathered goes to the kind's rules and to nobody's screen.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlmodel import Session

from app.activities.base import Activity, Gathering, Given, Texts
from app.activities.registry import KINDS
from app.live.setups import read_setup
from app.live.snapshot import ANSWER, BOARD, SEAT, STEP, WORKSHOP
from app.prepared import Prepared
from app.workshops.leaving import AFTER, GOING
from app.workshops.wording import texts_of

SEATS = Prepared(
    select(SEAT.c.id, SEAT.c.agency, SEAT.c.here, ANSWER.c.content)
    .select_from(SEAT.outerjoin(ANSWER, (ANSWER.c.seat_id == SEAT.c.id) & (ANSWER.c.step_id == bindparam("step"))))
    .where(SEAT.c.table_id == bindparam("table"), SEAT.c.removed_at.is_(None))
    .order_by(SEAT.c.id)
)
# Where the room has one board together, whoever sits anywhere is at its table.
ROOMS_SEATS = Prepared(
    select(SEAT.c.id, SEAT.c.agency, SEAT.c.here, ANSWER.c.content)
    .select_from(
        SEAT.join(STEP, STEP.c.workshop_id == SEAT.c.workshop_id).outerjoin(
            ANSWER, (ANSWER.c.seat_id == SEAT.c.id) & (ANSWER.c.step_id == STEP.c.id)
        )
    )
    .where(STEP.c.id == bindparam("step"), SEAT.c.removed_at.is_(None))
    .order_by(SEAT.c.id)
)
THE_BOARD = (BOARD.c.step_id == bindparam("step")) & (BOARD.c.table_id == bindparam("table"))
KEPT = Prepared(select(BOARD.c.frozen).where(THE_BOARD))
CHANGE = Prepared(
    update(BOARD)
    .where(BOARD.c.step_id == bindparam("step"), BOARD.c.table_id == bindparam("at_table"))
    .values(version=bindparam("at"), content=bindparam("new"))
)
ANSWERS_OF = (
    select(STEP.c.id, STEP.c.kind, ANSWER.c.content)
    .join(STEP, STEP.c.id == ANSWER.c.step_id)
    .where(ANSWER.c.seat_id == bindparam("seat"))
)
LIVE_BOARDS = (
    select(STEP.c.id, STEP.c.kind, STEP.c.setup, STEP.c.rule, BOARD.c.table_id, BOARD.c.phase, BOARD.c.content)
    .join(BOARD, BOARD.c.step_id == STEP.c.id)
    .join(WORKSHOP, WORKSHOP.c.live_step_id == STEP.c.id)
    .where(WORKSHOP.c.id == bindparam("workshop"), WORKSHOP.c.closed_at.is_(None))
)


def gather(
    session: Session,
    kind: Activity,
    setup: Any,
    rule: str,
    step_id: int,
    table_id: int,
    phase: str,
    board: Any,
    now: datetime | None = None,
) -> Gathering:
    """Read what the seats of a board hold now, and what was kept as its private phases closed.

    Texts can be frozen only where there is a `now`.
    """
    connection, at = session.connection(), {"step": step_id, "table": table_id}
    rows = ROOMS_SEATS.all(connection, {"step": step_id}) if kind.is_room(setup) else SEATS.all(connection, at)
    seats = tuple(Given(row.id, row.agency, answer_of(kind, setup, row.content), bool(row.here)) for row in rows)
    frozen = {name: given(kind, one) for name, one in kept(connection, at).items()}
    return Gathering(setup, phase, rule, board, seats, frozen, texts_at(session, kind, setup, step_id, table_id, now))


def texts_at(session: Session, kind: Activity, setup: Any, step_id: int, table_id: int, now: datetime | None) -> Texts:
    """Find the shared texts that belong to a board."""
    return texts_of(session, step_id, None if kind.is_room(setup) else table_id, now)


def kept(connection: Connection, at: Mapping[str, int]) -> Mapping[str, Any]:
    """Read what was kept as a table's private phases closed."""
    row = KEPT.one(connection, at)
    return {} if row is None else row.frozen or {}


def answer_of(kind: Activity, setup: Any, content: Any) -> Any:
    """Read an answer through its shape; a seat without one holds what all start with."""
    return kind.start_answer(setup) if content is None else kind.Answer.model_validate(content)


def given(kind: Activity, closed: Any) -> tuple[Given, ...]:
    """Read kept answers through their kind's shape."""
    return tuple(
        Given(one["seat"], one["agency"], kind.Answer.model_validate(one["answer"])) for one in closed["answers"]
    )


def settle(table: Gathering, kind: Activity) -> Any:
    """Look whether a table has what it waited for; None when its board stays as it was."""
    new = kind.settle(table)
    return None if new == table.board else new


def write_board(connection: Connection, step_id: int, table_id: int, version: int, board: Any) -> None:
    """Write a table's board at a version."""
    new = board.model_dump(mode="json")
    CHANGE.run(connection, {"step": step_id, "at_table": table_id, "at": version, "new": new})


def settle_tables(session: Session, version: int, workshop_id: int, table_ids: Iterable[int]) -> None:
    """Settle the live boards of tables whose people came, went or are away."""
    session.flush()
    connection, wanted = session.connection(), frozenset(table_ids)
    for row in connection.execute(LIVE_BOARDS, {"workshop": workshop_id}).all():
        if row.kind not in KINDS:
            continue
        kind = KINDS[row.kind]
        setup, board = read_setup(row.id, kind, row.setup), kind.Board.model_validate(row.content)
        if row.table_id not in wanted and not kind.is_room(setup):
            continue
        table = gather(session, kind, setup, row.rule, row.id, row.table_id, row.phase, board)
        new = settle(table, kind)
        if new is not None:
            write_board(connection, row.id, row.table_id, version, new)


def leave_behind(session: Session, version: int, seat_id: int) -> None:
    """Take back what a seat had said on what is open at the table it leaves: at another it would be on something else.

    Checks and the like have numbers of their own at every table.
    """
    connection = session.connection()
    for row in connection.execute(ANSWERS_OF, {"seat": seat_id}).all():
        kind = KINDS.get(row.kind)
        if kind is not None:
            held = kind.Answer.model_validate(row.content)
            new = kind.leave(held)
            if new != held:
                wanted = (ANSWER.c.step_id == row.id) & (ANSWER.c.seat_id == seat_id)
                content = new.model_dump(mode="json")
                connection.execute(update(ANSWER).where(wanted).values(version=version, content=content))


AFTER.append(settle_tables)
GOING.append(leave_behind)
