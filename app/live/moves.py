"""Making a move: who may, on what, and whether it still stands as it was when they looked.

Law: a move is stale only if its own answer or board changed after the version it names.
A spent key has no second effect.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlmodel import Session

from app.activities.base import Activity, By, Gathering, Move, Turn
from app.activities.registry import activity
from app.db import NoChange
from app.errors import N_, Closed, Forbidden, NotFound, Stale, Unclear
from app.live import gathering, keys, onward
from app.live.body import whole
from app.live.setups import read_setup
from app.live.snapshot import ANSWER, BOARD, SEAT, STEP, TABLE, WORKSHOP
from app.prepared import Prepared

OWN_FIELDS = {"version", "move", "table"}

# Every move runs these.
LIVE_STEP = Prepared(
    select(STEP.c.kind, STEP.c.setup, STEP.c.rule, WORKSHOP.c.opened_at, WORKSHOP.c.closed_at, WORKSHOP.c.live_step_id)
    .join(WORKSHOP, WORKSHOP.c.id == STEP.c.workshop_id)
    .where(STEP.c.id == bindparam("step"), STEP.c.workshop_id == bindparam("workshop"))
)
ALL_BOARDS = (
    select(BOARD.c.table_id, BOARD.c.version, BOARD.c.phase, BOARD.c.content)
    .where(BOARD.c.step_id == bindparam("step"), BOARD.c.workshop_id == bindparam("workshop"))
    .order_by(BOARD.c.table_id)
)
BOARDS = Prepared(ALL_BOARDS)
BOARD_OF_SEAT = Prepared(
    ALL_BOARDS.join(SEAT, SEAT.c.table_id == BOARD.c.table_id).where(
        SEAT.c.id == bindparam("seat"), SEAT.c.removed_at.is_(None)
    )
)
BOARD_OF_ROOM = Prepared(
    ALL_BOARDS.join(SEAT, SEAT.c.workshop_id == BOARD.c.workshop_id).where(
        SEAT.c.id == bindparam("seat"), SEAT.c.removed_at.is_(None)
    )
)
BOARD_OF_TABLE = Prepared(
    ALL_BOARDS.join(TABLE, TABLE.c.id == BOARD.c.table_id).where(TABLE.c.number == bindparam("table"))
)
MY_ANSWER = (ANSWER.c.step_id == bindparam("step")) & (ANSWER.c.seat_id == bindparam("seat"))
ANSWER_OF = Prepared(select(ANSWER.c.version, ANSWER.c.content).where(MY_ANSWER))
CHANGE_ANSWER = Prepared(update(ANSWER).where(MY_ANSWER).values(version=bindparam("at"), content=bindparam("new")))
FIRST_ANSWER = Prepared(insert(ANSWER))


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
    def names(self) -> tuple[str, ...]:
        """How keys may have been filed by one who is a seat, a trainer or both."""
        return f"seat:{self.seat_id}", f"trainer:{self.trainer_id}"

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
    table = body.get("table")
    return Sent(
        version=whole(body.get("version"), N_("This move does not say which version of the page it was made on.")),
        name=name,
        table=None if table in (None, "") else whole(table, N_("There is no such table in this workshop.")),
        fields={name: value for name, value in body.items() if name not in OWN_FIELDS},
        key=keys.read_key(key),
    )


@dataclass(frozen=True, slots=True)
class Making:
    """A move in the making, inside its transaction. `paper`: the trainer makes it for a seat, from paper."""

    session: Session
    version: int
    workshop_id: int
    step_id: int
    maker: Maker
    sent: Sent
    now: datetime
    paper: bool = False

    @property
    def connection(self) -> Connection:
        """The transaction's connection."""
        return self.session.connection()


@dataclass(frozen=True, slots=True)
class Made:
    """A move that was made: at which version, and all that it changed, by seat and by table.

    `went_on`: a table went to another phase, which is more than its board says.
    """

    version: int
    step_id: int
    answers: Mapping[int, Any] = field(default_factory=dict)
    boards: Mapping[int, Any] = field(default_factory=dict)
    went_on: bool = False


def make(making: Making) -> Made:
    """Make a move within a change.

    A key that was spent returns the version of its one effect and changes nothing.
    """
    spent = keys.spent_at(making.connection, making.maker.names, making.sent.key)
    if spent is not None:
        raise NoChange(Made(spent, making.step_id))
    live = live_step(making)
    made = go_on(making, live) if making.sent.name in onward.MOVES else make_own(making, live)
    keys.spend(making.connection, making.maker.name, making.sent.key, making.workshop_id, making.version)
    return made


@dataclass(frozen=True, slots=True)
class Live:
    """The step under way: its kind, its setup, and when its checks pass."""

    kind: Activity
    setup: Any
    rule: str


def live_step(making: Making) -> Live:
    """Find the step under way and read its setup."""
    wanted = {"step": making.step_id, "workshop": making.workshop_id}
    row = LIVE_STEP.one(making.connection, wanted)
    if row is None:
        raise NotFound(N_("There is no such step in this workshop."))
    if row.opened_at is None or row.closed_at is not None:
        raise Closed(N_("This workshop is closed. What was saved stays saved."))
    if row.live_step_id != making.step_id:
        raise Closed(N_("This activity is not under way. Here is where your table is now."))
    kind = activity(row.kind)
    return Live(kind, read_setup(making.step_id, kind, row.setup), row.rule)


def make_own(making: Making, live: Live) -> Made:
    """Make a move of the kind's own."""
    move = live.kind.move(making.sent.name)
    if move is None:
        raise Unclear(N_("There is no move “{move}” in this activity."), move=making.sent.name[:40])
    making = replace(making, maker=making.maker.acting(move.by))
    fields = read_fields(move, making.sent.fields)
    boards = find_boards(making, live)
    if not boards:
        raise Closed(N_("This activity has not begun at your table."))
    boards = [board for board in boards if is_open(making, move, board)]
    if not boards:
        raise Closed(N_("Your table has moved on. Here is where it is now."))
    made = Made(making.version, making.step_id)
    if move.changes == "answer":
        made = change_answer(making, live, move, boards[0], fields)
    else:
        done = ((one, change_board(making, live, move, one, fields)) for one in boards)
        made = replace(made, boards={board.table_id: new for board, new in done if new is not None})
    if not made.answers and not made.boards:
        raise NoChange(Made(making.version - 1, making.step_id))
    return made


def go_on(making: Making, live: Live) -> Made:
    """Make a move that every kind has: a table goes on by itself, or the trainer opens a phase again."""
    by, act = onward.MOVES[making.sent.name]
    making = replace(making, maker=making.maker.acting(by))
    boards = find_boards(making, live)
    if not boards:
        raise Closed(N_("This activity has not begun at your table."))
    for board in boards:
        if by == "seat" and board.version > making.sent.version:
            raise Stale(N_("The table’s board has changed. Here is how it stands now."))
    wanted = read_phase(making.sent.fields)
    if any(board.phase == wanted and board.version > making.sent.version for board in boards):
        raise Stale(N_("The table is there by now. Here is how it stands."))
    act(making.session, making.version, making.step_id, [board.table_id for board in boards], wanted, making.now)
    return Made(making.version, making.step_id, went_on=True)


def read_phase(fields: Mapping[str, Any]) -> str:
    """Read where a table goes, and nothing besides."""
    if "phase" not in fields:
        raise Unclear(N_("“{field}” is missing from this move."), field="phase")
    other = next((name for name in fields if name != "phase"), None)
    if other is not None:
        raise Unclear(N_("This move does not take “{field}”."), field=other[:40])
    if not isinstance(fields["phase"], str):
        raise Unclear(N_("“{field}” is not as this move needs it."), field="phase")
    return fields["phase"][:20]


def is_open(making: Making, move: Move, board: Any) -> bool:
    """Tell whether a move is open at a board: in its phases, and in further ones to a seat that came late."""
    if board.phase in move.phases:
        return True
    if board.phase not in move.late:
        return False
    at = {"step": making.step_id, "table": board.table_id}
    frozen = {phase: kept for phase, kept in gathering.kept(making.connection, at).items() if "@" not in phase}
    # Who had not seen the phase close was in time for it or too late: it must not count as said afterwards.
    seen = all(kept["version"] <= making.sent.version < making.version for kept in frozen.values())
    return seen and not any(one["seat"] == making.maker.seat_id for kept in frozen.values() for one in kept["answers"])


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


def find_boards(making: Making, live: Live) -> list[Any]:
    """Find the board of the maker's table, or of the table the trainer names, or all."""
    connection = making.connection
    wanted = {"step": making.step_id, "workshop": making.workshop_id}
    is_room = live.kind.is_room(live.setup)
    if making.maker.seat_id is not None:
        own = BOARD_OF_ROOM if is_room else BOARD_OF_SEAT
        return own.all(connection, wanted | {"seat": making.maker.seat_id})
    if making.sent.table and not is_room:
        return BOARD_OF_TABLE.all(connection, wanted | {"table": making.sent.table})
    return BOARDS.all(connection, wanted)


def change_answer(making: Making, live: Live, move: Move, board: Any, fields: Any) -> Made:
    """Change the maker's own answer, and the board where it was the last that the table waited for."""
    seat = making.maker.seat_id or 0
    connection = making.connection
    mine = {"step": making.step_id, "seat": seat}
    row = ANSWER_OF.one(connection, mine)
    if row is not None and row.version > making.sent.version:
        raise Stale(N_("This was changed on another screen. Here is how it stands now."))
    held = gathering.answer_of(live.kind, live.setup, None if row is None else row.content)
    new = move.apply(turn_of(making, live, board, held), fields)
    if making.paper:
        new = new.model_copy(update={"paper": True})
    made = Made(making.version, making.step_id)
    if new == held:
        return made
    content = new.model_dump(mode="json")
    if row is not None:
        CHANGE_ANSWER.run(connection, mine | {"at": making.version, "new": content})
    else:
        keys = {"step_id": making.step_id, "seat_id": seat, "workshop_id": making.workshop_id}
        FIRST_ANSWER.run(connection, keys | {"version": making.version, "content": content})
    made = replace(made, answers={seat: new})
    settled = gathering.settle(gathered(making, live, board), live.kind) if move.settles else None
    if settled is None:
        return made
    gathering.write_board(connection, making.step_id, board.table_id, making.version, settled)
    return replace(made, boards={board.table_id: settled})


def change_board(making: Making, live: Live, move: Move, board: Any, fields: Any) -> Any:
    """Change one table's board, and return the new one; None when it stays as it was."""
    if board.version > making.sent.version and not move.adds:
        raise Stale(N_("The table’s board has changed. Here is how it stands now."))
    held = live.kind.Board.model_validate(board.content)
    new = move.apply(turn_of(making, live, board, held), fields)
    if new == held:
        return None
    gathering.write_board(making.connection, making.step_id, board.table_id, making.version, new)
    return new


def turn_of(making: Making, live: Live, board: Any, content: Any) -> Turn:
    """Say what a move is made on; the board beside an answer, and the whole table, are read when it asks."""
    return Turn(
        setup=live.setup,
        phase=board.phase,
        seat=making.maker.seat_id,
        content=content,
        rule=live.rule,
        board=lambda: live.kind.Board.model_validate(board.content),
        gather=lambda: gathered(making, live, board),
        texts=gathering.texts_at(making.session, live.kind, live.setup, making.step_id, board.table_id, making.now),
    )


def gathered(making: Making, live: Live, board: Any) -> Gathering:
    """Gather the whole table of a board."""
    held = live.kind.Board.model_validate(board.content)
    at = (making.step_id, board.table_id, board.phase)
    return gathering.gather(making.session, live.kind, live.setup, live.rule, *at, held, making.now)
