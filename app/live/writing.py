"""What shared texts are to the live part: who may write in which, and what first words and closing do to boards."""

from typing import Any

from sqlmodel import Session, col, select

from app.activities.base import Activity, Asking, Gathering, Given, TextRight
from app.activities.registry import KINDS
from app.live import gathering
from app.live.setups import read_setup
from app.workshops.models import Answer, Board, Seat, Step, Table, Workshop

NOTHING = TextRight()


def gate(session: Session, workshop_id: int, seat_id: int | None, step_id: int, table: int, name: str) -> TextRight:
    """Ask the kind of the step under way what a seat, or the desk and the wall, may do with a text."""
    step, workshop = session.get(Step, step_id), session.get(Workshop, workshop_id)
    if step is None or workshop is None or workshop.live_step_id != step_id or step.kind not in KINDS:
        return NOTHING
    kind = KINDS[step.kind]
    setup = read_setup(step_id, kind, step.setup)
    board = find_board(session, step, kind, setup, table)
    if board is None or kind.is_room(setup) != (table == 0):
        return NOTHING
    given = None if seat_id is None else given_of(session, step_id, kind, setup, seat_id)
    held = kind.Board.model_validate(board.content)
    return kind.text(Asking(setup, board.phase, held, name, given))


def given_of(session: Session, step_id: int, kind: Activity, setup: Any, seat_id: int) -> Given:
    """Read what a seat holds."""
    seat, answer = session.get_one(Seat, seat_id), session.get(Answer, (step_id, seat_id))
    return Given(seat_id, seat.agency, gathering.answer_of(kind, setup, answer.content if answer else None), seat.here)


def find_board(session: Session, step: Step, kind: Activity, setup: Any, number: int) -> Board | None:
    """Find the board of a table by its number: its own, or the one that the room has together."""
    wanted = select(Board).where(Board.step_id == step.id)
    if not kind.is_room(setup):
        wanted = wanted.join(Table, col(Table.id) == col(Board.table_id)).where(Table.number == number)
    return session.scalars(wanted.limit(1)).one_or_none()


def begin(session: Session, version: int, step_id: int, table: int, name: str) -> None:
    """Let the kind note on the board that a text has its first words."""
    step = session.get(Step, step_id)
    if step is None or step.kind not in KINDS:
        return
    kind = KINDS[step.kind]
    setup = read_setup(step_id, kind, step.setup)
    board = find_board(session, step, kind, setup, table)
    if board is None:
        return
    held = kind.Board.model_validate(board.content)
    new = kind.wrote(setup, held, name)
    if new != held:
        gathering.write_board(session.connection(), step_id, board.table_id, version, new)
        session.expire(board)


def conclude(session: Session, workshop: Workshop) -> None:
    """Put on the boards what stands in texts that are still being written in, as a workshop closes."""
    session.flush()
    for board in session.exec(select(Board).where(Board.workshop_id == workshop.id)).all():
        step = session.get_one(Step, board.step_id)
        if step.kind not in KINDS:
            continue
        kind = KINDS[step.kind]
        setup, held = read_setup(board.step_id, kind, step.setup), kind.Board.model_validate(board.content)
        # The table's texts are all it is handed: what people had said alone is nobody's by now.
        texts = gathering.texts_at(session, kind, setup, board.step_id, board.table_id, workshop.closed_at)
        new = kind.conclude(Gathering(setup, board.phase, step.rule, held, (), {}, texts))
        if new != held:
            board.content = new.model_dump(mode="json")
            session.add(board)
