"""Taking people's names off what they answered, when a workshop closes.

Law: afterwards nothing in the database says who answered what: no name, no time, no order of arrival.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlmodel import Session, select

from app.activities.base import BoardShape
from app.activities.registry import activity
from app.web.tokens import new_token, token_hash
from app.workshops.find import id_of, steps_of
from app.workshops.models import Answer, Board, MadeMove, Seat, Workshop

# Session and the workshop: what floors above have to do as it closes, in the same change, in every mode.
Closing = Callable[[Session, Workshop], None]
CLOSING: list[Closing] = []


def unlink(session: Session, workshop: Workshop) -> None:
    """Move every answer to a nameless seat with a new id, in no order, and drop names and times.

    Devices keep their seats, and so the page with their table's result, but those seats answer nothing any more.
    """
    seats = list(session.exec(select(Seat).where(Seat.workshop_id == id_of(workshop))))
    secrets.SystemRandom().shuffle(seats)
    nameless = {id_of(seat): _nameless(session, workshop, seat, place) for place, seat in enumerate(seats, 1)}
    _move_answers(session, workshop, nameless)
    kinds = {id_of(step): step.kind for step in steps_of(session, id_of(workshop))}
    for board in session.exec(select(Board).where(Board.workshop_id == id_of(workshop))):
        board.frozen = {phase: _shuffled(kept, nameless) for phase, kept in board.frozen.items()}
        board.content = nobodys(activity(kinds[board.step_id]).Board.model_validate(board.content))
        session.add(board)
    for seat in seats:
        seat.name = ""
        seat.joined_at = _closed(workshop)
        session.add(seat)
    for move in session.exec(select(MadeMove).where(MadeMove.workshop_id == id_of(workshop))):
        session.delete(move)
    session.flush()


def nobodys(board: BoardShape) -> dict[str, Any]:
    """Write a table's board without who did what on it.

    A shape calls a seat `seat`, and what it keys by whole numbers it keys by seats. Neither is kept under the nameless
    seats' ids: who moved what was seen at the table, and would lead to what that seat had answered alone.
    """
    written: dict[str, Any] = _nobodys(board)
    return written


def _nobodys(value: Any) -> Any:
    if isinstance(value, BaseModel):
        fields = ((name, getattr(value, name)) for name in type(value).model_fields)
        return {name: None if name == "seat" else _nobodys(one) for name, one in fields}
    if isinstance(value, Mapping):
        return {} if any(isinstance(key, int) for key in value) else {key: _nobodys(one) for key, one in value.items()}
    return [_nobodys(one) for one in value] if isinstance(value, list | tuple) else value


def _nameless(session: Session, workshop: Workshop, seat: Seat, place: int) -> int:
    made = Seat(
        workshop_id=id_of(workshop),
        table_id=seat.table_id,
        number=1000 + place,
        name="",
        agency=seat.agency,
        token_hash=token_hash(new_token()),
        code_hash=token_hash(new_token()),
        here=False,
        joined_at=_closed(workshop),
        removed_at=workshop.closed_at,
    )
    session.add(made)
    session.flush()
    return id_of(made)


def _move_answers(session: Session, workshop: Workshop, nameless: dict[int, int]) -> None:
    rows = list(session.exec(select(Answer).where(Answer.workshop_id == id_of(workshop))))
    secrets.SystemRandom().shuffle(rows)
    moved = [
        Answer(
            step_id=row.step_id,
            seat_id=nameless[row.seat_id],
            workshop_id=row.workshop_id,
            version=workshop.version,
            content=unmarked(row.content),
        )
        for row in rows
    ]
    for row in rows:
        session.delete(row)
    session.flush()
    session.add_all(moved)
    session.flush()


def unmarked(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Write an answer without the mark that it was on paper: the room has seen who wrote on paper."""
    return {**answer, "paper": False} if answer.get("paper") else dict(answer)


def _shuffled(kept: Any, nameless: dict[int, int]) -> Any:
    if not isinstance(kept, dict) or "answers" not in kept:
        return kept
    answers = [
        one | {"seat": nameless.get(one["seat"], 0), "answer": unmarked(one["answer"])} for one in kept["answers"]
    ]
    secrets.SystemRandom().shuffle(answers)
    return kept | {"answers": answers}


def _closed(workshop: Workshop) -> datetime:
    if workshop.closed_at is None:
        raise ValueError("names are unlinked only when a workshop closes")
    return workshop.closed_at
