"""Answers from paper: the trainer enters for a seat what somebody has written, under the rules of a phone's moves.

Law: the page never shows what a seat holds; whoever enters from paper has read that sheet and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from app.activities.base import Paper
from app.activities.registry import KINDS
from app.errors import N_, Closed, Forbidden, NotFound, Unclear
from app.live.moves import Live, Maker, Making, Sent, change_answer, find_boards, is_open, live_step, read_fields
from app.live.setups import read_setup
from app.live.writing import find_board
from app.workshops.find import id_of, seats_of, tables_of
from app.workshops.models import Answer, Seat, Step, Table, Workshop
from app.workshops.staying import stay


@dataclass(frozen=True, slots=True)
class Around:
    """A table with those who sit there."""

    table: Table
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What can be entered now for one seat; without `view`, nothing can."""

    seat: Seat
    table: int
    step: Step | None
    phase: str
    template: str
    view: Any


@dataclass(frozen=True, slots=True)
class Sheets:
    """Everybody whose sheet may be entered, for whom one was, and the one that is being entered."""

    version: int
    tables: tuple[Around, ...]
    entered: frozenset[int]
    chosen: Sheet | None


def read_sheets(session: Session, workshop_id: int, seat_id: int | None) -> Sheets:
    """Read who sits where, and what can be entered for one seat."""
    workshop = session.get_one(Workshop, workshop_id)
    seats = seats_of(session, workshop_id)
    tables = tables_of(session, workshop_id)
    seat = find_seat(session, workshop, seat_id) if seat_id is not None else None
    held = session.exec(
        select(Answer).where(Answer.workshop_id == workshop_id, Answer.step_id == workshop.live_step_id)
    )
    return Sheets(
        version=workshop.version,
        tables=tuple(Around(one, tuple(seat for seat in seats if seat.table_id == one.id)) for one in tables),
        entered=frozenset(answer.seat_id for answer in held if answer.content.get("paper")),
        chosen=read_sheet(session, workshop, seat, tables) if seat is not None else None,
    )


def read_sheet(session: Session, workshop: Workshop, seat: Seat, tables: list[Table]) -> Sheet:
    """Read what can be entered for a seat in the phase where its table is."""
    number = next(one.number for one in tables if one.id == seat.table_id)
    step = session.get(Step, workshop.live_step_id) if workshop.live_step_id is not None else None
    if step is None or step.kind not in KINDS:
        return Sheet(seat, number, step, "", "", None)
    kind = KINDS[step.kind]
    board = find_board(session, step, kind, read_setup(id_of(step), kind, step.setup), number)
    if board is None:
        return Sheet(seat, number, step, "", "", None)
    phase = kind.phase(board.phase)
    title = phase.title if phase else ""
    if kind.paper is None:
        return Sheet(seat, number, step, title, "", None)
    held = kind.Board.model_validate(board.content)
    view = kind.paper.form(kind.Setup.model_validate(step.setup), board.phase, held)
    return Sheet(seat, number, step, title, kind.paper.template, view)


def find_seat(session: Session, workshop: Workshop, seat_id: int) -> Seat:
    """Find a seat of the workshop that was not taken away."""
    seat = session.get(Seat, seat_id)
    if seat is None or seat.workshop_id != id_of(workshop) or seat.removed_at is not None:
        raise NotFound(N_("There is no such seat."))
    return seat


def enter(
    session: Session, version: int, workshop: Workshop, seat_id: int, sent: Mapping[str, str], seen: int, now: datetime
) -> None:
    """Make the moves that a sheet comes to, all or none, as if a phone had made them on the page of version `seen`."""
    seat = find_seat(session, workshop, seat_id)
    if workshop.live_step_id is None or sent.get("step") != str(workshop.live_step_id):
        raise Closed(N_("Another activity is under way now. Look at the page again."))
    at = (session, version, id_of(workshop), workshop.live_step_id)
    making = Making(*at, Maker(seat_id=seat_id), Sent(seen, "", None, {}, None), now, paper=True)
    live = live_step(making)
    boards = find_boards(making, live)
    if not boards:
        raise Closed(N_("This activity has not begun at this table."))
    board, as_seen = boards[0], making
    stay(session, seat, now)
    session.flush()
    for name, fields in sheet_of(live.kind.paper).read(live.setup, board.phase, sent):
        move = live.kind.move(name)
        if move is None or not move.for_seat or move.changes != "answer":
            raise Forbidden(N_("Only the person who holds this seat can do this."))
        if not is_open(as_seen, move, board):
            raise Closed(
                N_("The first answers of this table are closed, and what this seat had said then stays as it is.")
                if board.phase in move.late
                else N_("This table has moved on. Look at the page again.")
            )
        if move.settles and answered_by_hand(session, live, board, making.step_id, seat_id):
            raise Closed(N_("This seat has answered on a phone already, and that answer stays."))
        change_answer(making, live, move, board, read_fields(move, fields))
        # What comes next on this sheet is made on what came before.
        making = replace(making, sent=replace(making.sent, version=version))


def answered_by_hand(session: Session, live: Live, board: Any, step_id: int, seat_id: int) -> bool:
    """Tell whether a seat has itself answered what its table is asked: nobody turns a quiet no into a yes."""
    row = session.get(Answer, (step_id, seat_id))
    if row is None:
        return False
    held = live.kind.Answer.model_validate(row.content)
    asked = live.kind.Board.model_validate(board.content)
    return not held.paper and live.kind.has_done(board.phase, asked, held)


def sheet_of(paper: Paper | None) -> Paper:
    """Insist that a kind can be answered on paper."""
    if paper is None:
        raise Unclear(N_("This activity is not answered on paper."))
    return paper
