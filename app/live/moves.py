"""Making a move: who may, on what, and whether it still stands as it was when they looked.

Law: a move is stale only if its own answer or board changed after the version it names.
A spent key has no second effect.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from sqlalchemy import insert, select, update
from sqlmodel import Session

from app.activities.base import Activity, By, Move, Turn
from app.activities.registry import activity
from app.db import NoChange
from app.errors import N_, Closed, Forbidden, NotFound, Stale, Unclear
from app.live.snapshot import ANSWER, BOARD, SEAT, STEP, TABLE, WORKSHOP
from app.workshops.models import MadeMove

MADE = MadeMove.__table__  # type: ignore[attr-defined]  # SQLModel makes it
KEY = re.compile(r"[A-Za-z0-9_-]{8,80}")
OWN_FIELDS = {"version", "move", "table"}


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes a move: a seat, or the workshop's trainer."""

    seat_id: int | None = None
    trainer_id: int | None = None

    def acting(self, by: By) -> "Maker":
        """Act as the one a move is made by: a trainer who tries a seat out is both."""
        if by == "trainer":
            if self.trainer_id is None:
                raise Forbidden(N_("Only the trainer can do this."))
            return Maker(trainer_id=self.trainer_id)
        if self.seat_id is None:
            raise Forbidden(N_("Only somebody with a seat can do this."))
        return Maker(seat_id=self.seat_id)

    @property
    def name(self) -> str:
        """How spent keys are filed."""
        return f"seat:{self.seat_id}" if self.seat_id is not None else f"trainer:{self.trainer_id}"


@dataclass(frozen=True, slots=True)
class Sent:
    """A move as it was sent, read but not yet judged."""

    version: int
    name: str
    table: int | None
    fields: Mapping[str, Any]
    key: str | None


def read_sent(body: Mapping[str, Any], key: str | None) -> Sent:
    """Read a move's body; what is missing or malformed is said in a sentence."""
    name = body.get("move")
    if not isinstance(name, str) or not name:
        raise Unclear(N_("This move has no name."))
    if key is not None and not KEY.fullmatch(key):
        raise Unclear(N_("This move’s key is not one that we can keep."))
    table = body.get("table")
    return Sent(
        version=number(body.get("version"), N_("This move does not say which version of the page it was made on.")),
        name=name,
        table=None if table in (None, "") else number(table, N_("There is no such table in this workshop.")),
        fields={name: value for name, value in body.items() if name not in OWN_FIELDS},
        key=key,
    )


def number(value: Any, otherwise: str) -> int:
    """Read a whole number of at least 0 from JSON or a form."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12:
        return value
    raise Unclear(otherwise)


@dataclass(frozen=True, slots=True)
class Making:
    """A move in the making, inside its transaction."""

    session: Session
    version: int
    workshop_id: int
    step_id: int
    maker: Maker
    sent: Sent


def make(making: Making) -> int:
    """Make a move within a change, and return the version it was made at.

    A key that was spent returns the version of its one effect and changes nothing.
    """
    kind, setup = live_step(making)
    move = kind.move(making.sent.name)
    if move is None:
        raise Unclear(N_("There is no move “{move}” in this activity."), move=making.sent.name[:40])
    making = replace(making, maker=making.maker.acting(move.by))
    already_spent(making)
    fields = read_fields(move, making.sent.fields)
    boards = find_boards(making)
    if not boards:
        raise Closed(N_("This activity has not begun at your table."))
    boards = [board for board in boards if board.phase in move.phases]
    if not boards:
        raise Closed(N_("Your table has moved on. Here is where it is now."))
    if move.changes == "answer":
        changed = change_answer(making, kind, setup, boards[0].phase, lambda turn: move.apply(turn, fields))
    else:
        done = [change_board(making, kind, setup, board, lambda turn: move.apply(turn, fields)) for board in boards]
        changed = any(done)
    if not changed:
        raise NoChange(making.version - 1)
    spend(making)
    return making.version


def already_spent(making: Making) -> None:
    """Stop at a key whose move was made already."""
    if making.sent.key is None:
        return
    mine = (MADE.c.maker == making.maker.name) & (MADE.c.key == making.sent.key)
    made_at = making.session.connection().execute(select(MADE.c.version).where(mine)).scalar_one_or_none()
    if made_at is not None:
        raise NoChange(made_at)


def spend(making: Making) -> None:
    """File the move's key as spent."""
    if making.sent.key is None:
        return
    making.session.connection().execute(
        insert(MADE),
        {
            "maker": making.maker.name,
            "key": making.sent.key,
            "workshop_id": making.workshop_id,
            "version": making.version,
        },
    )


def live_step(making: Making) -> tuple[Activity, Any]:
    """Find the step under way and read its setup."""
    row = (
        making.session.connection()
        .execute(
            select(STEP.c.kind, STEP.c.setup, WORKSHOP.c.opened_at, WORKSHOP.c.closed_at, WORKSHOP.c.live_step_id)
            .join(WORKSHOP, WORKSHOP.c.id == STEP.c.workshop_id)
            .where(STEP.c.id == making.step_id, STEP.c.workshop_id == making.workshop_id)
        )
        .one_or_none()
    )
    if row is None:
        raise NotFound(N_("There is no such step in this workshop."))
    if row.opened_at is None or row.closed_at is not None:
        raise Closed(N_("This workshop is closed. What was saved stays saved."))
    if row.live_step_id != making.step_id:
        raise Closed(N_("This activity is not under way. Here is where your table is now."))
    kind = activity(row.kind)
    return kind, kind.Setup.model_validate(row.setup)


def read_fields(move: Move, fields: Mapping[str, Any]) -> Any:
    """Read a move's own fields through its shape; the first that does not fit is named."""
    try:
        return move.shape.model_validate(fields)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = ".".join(str(part) for part in first["loc"])[:40] or move.name
        if first["type"] == "missing":
            raise Unclear(N_("“{field}” is missing from this move."), field=name) from wrong
        if first["type"] == "extra_forbidden":
            raise Unclear(N_("This move does not take “{field}”."), field=name) from wrong
        raise Unclear(N_("“{field}” is not as this move needs it."), field=name) from wrong


def find_boards(making: Making) -> list[Any]:
    """Find the board of the maker's table, or of the table the trainer names, or all."""
    c = BOARD.c
    wanted = select(c.table_id, c.version, c.phase, c.content)
    wanted = wanted.where(c.step_id == making.step_id, c.workshop_id == making.workshop_id)
    if making.maker.seat_id is not None:
        wanted = wanted.join(SEAT, SEAT.c.table_id == c.table_id).where(
            SEAT.c.id == making.maker.seat_id, SEAT.c.removed_at.is_(None)
        )
    elif making.sent.table is not None:
        wanted = wanted.join(TABLE, TABLE.c.id == c.table_id).where(TABLE.c.number == making.sent.table)
    return list(making.session.connection().execute(wanted.order_by(c.table_id)).all())


def change_answer(making: Making, kind: Activity, setup: Any, phase: str, act: Callable[[Turn], Any]) -> bool:
    """Change the maker's own answer; False when it stays as it was."""
    seat = making.maker.seat_id
    connection = making.session.connection()
    mine = (ANSWER.c.step_id == making.step_id) & (ANSWER.c.seat_id == seat)
    row = connection.execute(select(ANSWER.c.version, ANSWER.c.content).where(mine)).one_or_none()
    if row is not None and row.version > making.sent.version:
        raise Stale(N_("This was changed on another screen. Here is how it stands now."))
    held = kind.Answer.model_validate(row.content) if row is not None else kind.start_answer(setup)
    new = act(Turn(setup, phase, seat, held))
    if new == held:
        return False
    values = {"version": making.version, "content": new.model_dump(mode="json")}
    if row is not None:
        connection.execute(update(ANSWER).where(mine).values(values))
    else:
        keys = {"step_id": making.step_id, "seat_id": seat, "workshop_id": making.workshop_id}
        connection.execute(insert(ANSWER), keys | values)
    return True


def change_board(making: Making, kind: Activity, setup: Any, board: Any, act: Callable[[Turn], Any]) -> bool:
    """Change one table's board; False when it stays as it was."""
    if board.version > making.sent.version:
        raise Stale(N_("The table’s board has changed. Here is how it stands now."))
    held = kind.Board.model_validate(board.content)
    new = act(Turn(setup, board.phase, making.maker.seat_id, held))
    if new == held:
        return False
    mine = (BOARD.c.step_id == making.step_id) & (BOARD.c.table_id == board.table_id)
    values = {"version": making.version, "content": new.model_dump(mode="json")}
    making.session.connection().execute(update(BOARD).where(mine).values(values))
    return True
