"""Where tables are within a step: beginning it, moving on, going back, and the time they have.

Law: the transaction that closes a private phase keeps its answers, so exactly those that were acknowledged count.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from app.activities.base import Activity, Gathering, Phase
from app.activities.registry import activity
from app.errors import N_, Closed, NotFound, Unclear
from app.live.body import whole
from app.live.gathering import gather
from app.live.keeping import keep
from app.workshops.leaving import AFTER
from app.workshops.models import Board, Step, Table, Workshop

LONGEST = timedelta(hours=8)
MOST_SECONDS = 3600

# What a trainer does to a workshop within a change: session, new version, workshop.
Act = Callable[[Session, int, Workshop], None]


def read_table(value: object) -> int | None:
    """Read a table's number from a body; empty and 0, the whole room, mean all tables."""
    return None if value in (None, "", 0, "0") else whole(value, N_("There is no such table in this workshop."))


def read_seconds(value: object) -> int:
    """Read how many seconds to add."""
    seconds = whole(value, N_("Add between a second and an hour."))
    if not 0 < seconds <= MOST_SECONDS:
        raise Unclear(N_("Add between a second and an hour."))
    return seconds


def find_step(session: Session, workshop_id: int, step_id: int) -> Step:
    """Find a workshop's own step."""
    step = session.get(Step, step_id)
    if step is None or step.workshop_id != workshop_id:
        raise NotFound(N_("There is no such step in this workshop."))
    return step


def find_tables(session: Session, workshop_id: int, number: int | None) -> list[Table]:
    """Find the table of that number, or all."""
    wanted = select(Table).where(Table.workshop_id == workshop_id).order_by(col(Table.number))
    tables = [table for table in session.exec(wanted) if number is None or table.number == number]
    if not tables:
        raise NotFound(N_("There is no such table in this workshop."))
    return tables


def move(
    session: Session, version: int, workshop_id: int, step_id: int, to: str, number: int | None, now: datetime
) -> None:
    """Move one table, or all that are just before it, to a phase; the first move begins the step.

    Without a table's number those in the phase just before move; when there are none, all do.
    """
    workshop = session.get_one(Workshop, workshop_id)
    if workshop.opened_at is None or workshop.closed_at is not None:
        raise Closed(N_("Open the workshop before its first activity, and nothing moves once it is closed."))
    step = find_step(session, workshop_id, step_id)
    kind = activity(step.kind)
    setup = kind.Setup.model_validate(step.setup)
    path = kind.path(setup)
    target = next((phase for phase in path if phase.name == to), None)
    if target is None:
        raise Unclear(N_("There is no phase “{phase}” in this activity."), phase=to[:20])
    every, chosen = find_tables(session, workshop_id, None), find_tables(session, workshop_id, number)
    if kind.is_room(setup):
        every = chosen = every[:1]
    boards = begin(session, version, step, kind, setup, every, path, now)
    before = path[path.index(target) - 1].name if path.index(target) else None
    just_before = [table for table in chosen if boards[table.id or 0].phase == before]
    for table in chosen if number is not None or not just_before else just_before:
        enter(session, version, boards[table.id or 0], step, target.name, now)
    workshop.live_step_id = step.id
    session.add(workshop)


def begin(
    session: Session,
    version: int,
    step: Step,
    kind: Activity,
    setup: Any,
    tables: Iterable[Table],
    path: tuple[Phase, ...],
    now: datetime,
) -> dict[int, Board]:
    """Give every table a board for the step, in its first phase, where it has none."""
    boards = {board.table_id: board for board in session.exec(select(Board).where(Board.step_id == step.id))}
    for table in tables:
        if table.id is not None and table.id not in boards:
            boards[table.id] = Board(
                step_id=step.id or 0,
                table_id=table.id,
                workshop_id=step.workshop_id,
                version=version,
                phase=path[0].name,
                since=now,
                ends_at=deadline(path[0], step.minutes, now),
                content=kind.start_board(setup).model_dump(mode="json"),
            )
            session.add(boards[table.id])
    return boards


def enter(
    session: Session, version: int, board: Board, step: Step, to: str, now: datetime, *, reopening: bool = False
) -> None:
    """Move one table's board to a phase, keeping the private answers it leaves behind.

    Going back from the last phase opens again what was locked there; so does `reopening`, from wherever it is.
    """
    if board.phase == to and not reopening:
        return
    kind = activity(step.kind)
    setup = kind.Setup.model_validate(step.setup)
    path = kind.path(setup)
    names = [phase.name for phase in path]
    at, goal = names.index(board.phase), names.index(to)
    for phase in path[at:goal]:
        if phase.private:
            keep(session, version, kind, board, phase)
    session.flush()
    content = kind.Board.model_validate(board.content)
    if reopening or goal < at == len(path) - 1:
        content = kind.reopen(gathered(session, step, kind, setup, board, to, content, now))
    for name in names[at + 1 : goal + 1] or (to,):
        content = kind.enter(gathered(session, step, kind, setup, board, name, content, now))
    board.content = content.model_dump(mode="json")
    board.phase = to
    board.since = now
    board.ends_at = deadline(path[goal], step.minutes, now)
    board.version = version
    session.add(board)
    session.flush()


def gathered(
    session: Session, step: Step, kind: Activity, setup: Any, board: Board, phase: str, content: Any, now: datetime
) -> Gathering:
    """Gather a board's table as it enters a phase."""
    return gather(session, kind, setup, step.rule, board.step_id, board.table_id, phase, content, now)


def lay(session: Session, version: int, workshop_id: int, table_ids: tuple[int, ...]) -> None:
    """Give tables that were added in mid-step a board: where the last of the others are, at most at working alone."""
    workshop = session.get_one(Workshop, workshop_id)
    if workshop.live_step_id is None or workshop.closed_at is not None:
        return
    boards = list(session.exec(select(Board).where(Board.step_id == workshop.live_step_id)))
    has_one = {board.table_id for board in boards}
    new = [one for one in find_tables(session, workshop_id, None) if one.id in table_ids and one.id not in has_one]
    if not boards or not new:
        return
    step = session.get_one(Step, workshop.live_step_id)
    kind = activity(step.kind)
    setup = kind.Setup.model_validate(step.setup)
    if kind.is_room(setup):
        return
    path = kind.path(setup)
    names = [phase.name for phase in path]
    last = min(boards, key=lambda board: names.index(board.phase))
    alone = next((place for place, phase in enumerate(path) if phase.private), 0)
    goal = names[min(alone, names.index(last.phase))]
    begun = begin(session, version, step, kind, setup, new, path, last.since)
    for table in new:
        board = begun[table.id or 0]
        enter(session, version, board, step, goal, last.since)
        board.ends_at = last.ends_at if goal == last.phase else None
        session.add(board)


AFTER.append(lay)


def extend(
    session: Session, version: int, workshop_id: int, step_id: int, seconds: int, number: int | None, now: datetime
) -> None:
    """Give one table or all more time, from now where the time is up already."""
    find_step(session, workshop_id, step_id)
    tables = {table.id for table in find_tables(session, workshop_id, number)}
    for board in session.exec(select(Board).where(Board.step_id == step_id)):
        if board.table_id in tables:
            longer = max(board.ends_at or now, now) + timedelta(seconds=seconds)
            board.ends_at = min(longer, now + LONGEST)
            board.version = version
            session.add(board)


def deadline(phase: Phase, own: dict[str, int], now: datetime) -> datetime | None:
    """Say when a phase that begins now is meant to end in this step; None for one that takes no time of its own."""
    minutes = own.get(phase.name, phase.minutes)
    return now + timedelta(minutes=minutes) if minutes else None
