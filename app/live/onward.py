"""The moves that every kind has: a table goes on by itself, and the trainer opens a phase again."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from app.activities.base import By
from app.activities.registry import activity
from app.errors import N_, Closed, Unclear
from app.live import phases
from app.workshops.models import Board, Step

# Session, version, step, tables, the phase, now.
GoesOn = Callable[[Session, int, int, list[int], str, datetime], None]


def move_on(session: Session, version: int, step_id: int, tables: list[int], to: str, now: datetime) -> None:
    """Let a table go on to its next phase: once it has what this one is for, or whenever its step leaves that to it.

    Out of a private phase only when everybody present is done.
    """
    step = session.get_one(Step, step_id)
    kind = activity(step.kind)
    setup = kind.Setup.model_validate(step.setup)
    path = kind.path(setup)
    names = [phase.name for phase in path]
    for board in boards_of(session, step_id, tables):
        at = names.index(board.phase)
        if to not in names:
            raise Unclear(N_("There is no phase “{phase}” in this activity."), phase=to)
        if at + 1 >= len(path) or to != names[at + 1]:
            raise Closed(N_("Your table has moved on. Here is where it is now."))
        held = kind.Board.model_validate(board.content)
        if not kind.ready(setup, board.phase, held):
            if step.moved_by != "table":
                raise Closed(N_("The trainer moves your table on from here."))
            table = phases.gathered(session, step, kind, setup, board, board.phase, held, now)
            here = [kind.has_done(board.phase, held, one.answer) for one in table.seats if one.here]
            if path[at].private and not (here and all(here)):
                raise Closed(N_("Somebody at your table is not done yet."))
        phases.enter(session, version, board, step, to, now)


def reopen(session: Session, version: int, step_id: int, tables: list[int], to: str, now: datetime) -> None:
    """Open a phase again at tables that have come to it or beyond; what was locked stays as an earlier version."""
    step = session.get_one(Step, step_id)
    kind = activity(step.kind)
    names = [phase.name for phase in kind.path(kind.Setup.model_validate(step.setup))]
    if to not in names[:-1]:
        raise Unclear(N_("There is no phase “{phase}” to open again."), phase=to)
    for board in boards_of(session, step_id, tables):
        if names.index(to) > names.index(board.phase):
            raise Closed(N_("This table has not come to that phase yet."))
        phases.enter(session, version, board, step, to, now, reopening=True)


MOVES: dict[str, tuple[By, GoesOn]] = {"move_on": ("seat", move_on), "reopen": ("trainer", reopen)}


def boards_of(session: Session, step_id: int, tables: list[int]) -> list[Board]:
    """Read the boards of these tables."""
    wanted = select(Board).where(Board.step_id == step_id, col(Board.table_id).in_(tables))
    return list(session.exec(wanted))
