"""One record of a workshop as plain data, from which everything that is taken home is made.

Law: outside *named* workshops it has no name and no single person's answer; before a phase is revealed, nothing of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel
from sqlmodel import Session, col, select

from app.activities.base import Given, TableScene
from app.activities.registry import KINDS
from app.activities.summary import Version
from app.errors import N_, Closed
from app.exports import brought
from app.exports.inner import without
from app.exports.outline import outline
from app.exports.record import PersonAnswer, PersonRecord, Record, StepRecord
from app.live import scenes, snapshot
from app.live.snapshot import BoardRead, SeatRead, Snapshot, StepRead
from app.workshops.models import Seat

Plain = dict[str, Any]


def build(session: Session, workshop_id: int, version: Version, own: int | None = None) -> Record:
    """Record a workshop as it stands, as far as a version may hold it; `own` is the table of the one who reads.

    A workshop that was brought back is told as its record was kept. One without steps, or in which nobody ever sat,
    has nothing to take home yet.
    """
    kept = brought.record(session, workshop_id, version)
    if kept is not None:
        return kept
    whole = snapshot.read(session, workshop_id)
    if whole is None:
        raise LookupError("a workshop that is not there")
    if not whole.steps or not _anybody(session, workshop_id):
        raise Closed(N_("There is nothing to take home yet. Come back once people have joined and worked."))
    steps = [(step, _within(session, whole, step)) for step in whole.steps]
    named = version == "trainer" and whole.disclosure == "named"
    return Record(
        version=version,
        workshop=outline(session, whole),
        steps=tuple(_step(step, at, version, own) for step, at in steps),
        people=tuple(_people(whole, steps)) if named else (),
        own=own if version == "participant" and whole.disclosure != "aggregate" else None,
    )


def _anybody(session: Session, workshop_id: int) -> bool:
    seats = select(col(Seat.id)).where(Seat.workshop_id == workshop_id)
    return session.exec(seats.limit(1)).first() is not None


def _within(session: Session, whole: Snapshot, step: StepRead) -> Snapshot:
    """Read the workshop as if this step were the live one."""
    connection = session.connection()
    boards = snapshot.read_boards(connection, step, -1, {})
    return replace(whole, live_step_id=step.id, answers={}, boards=boards)


def _step(step: StepRead, at: Snapshot, version: Version, own: int | None) -> StepRecord:
    kind = KINDS[step.kind]
    told = StepRecord(
        position=step.position,
        kind=step.kind,
        title=step.title,
        rule=step.rule,
        setup=step.setup.model_dump(mode="json"),
    )
    # Each table's record is made from what the table has revealed; what is still private is not handed over.
    found = [scene for table in at.groups if (scene := scenes.for_room(at, step, table))]
    together = _together(step, at, found)
    if at.disclosure == "aggregate":
        whole = _whole(step, at)
        if whole is None:
            return told
        room = None if together is None else plain(together.record(tables=False))
        return told.model_copy(update={"whole": plain(kind.record(whole)), "room": room})
    tables = {scene.number: plain(kind.record(scene)) for scene in found}
    if version != "trainer":
        others = found if together is not None or at.is_closed or version == "commissioner" else []
        open_to_all = {scene.number for scene in others}
        tables = {
            number: one if version == "participant" and _is_own(number, own) else without(one, kind.inner)
            for number, one in tables.items()
            if number in open_to_all or _is_own(number, own)
        }
    return told.model_copy(update={"tables": tables, "room": None if together is None else plain(together.record())})


def _is_own(number: int, own: int | None) -> bool:
    """Say whether a table is the reader's; number 0 is everybody's."""
    return own is not None and number in (0, own)


def plain(told: BaseModel | Mapping[str, Any]) -> Plain:
    """Write what a kind records as JSON holds it."""
    return told.model_dump(mode="json") if isinstance(told, BaseModel) else dict(told)


def _together(step: StepRead, at: Snapshot, found: list[TableScene]) -> Any:
    """Put the room together once every table that has people is at the end, or the workshop is closed.

    Before, it would tell what the others have not revealed yet.
    """
    kind = KINDS[step.kind]
    peopled = [scene for scene in found if scene.people]
    ended = [scene for scene in peopled if scene.phase == kind.path(step.setup)[-1].name]
    if not ended or (len(ended) < len(peopled) and not at.is_closed):
        return None
    return kind.room(step.setup, tuple(ended), tuple(_first_answers(step, at, scene) for scene in ended))


def _first_answers(step: StepRead, at: Snapshot, scene: TableScene) -> tuple[Given, ...]:
    """Read what a table's seats held as its last private phase closed."""
    board = at.boards[next(table.id for table in at.groups if table.number == scene.number)]
    closed = _closed(board)
    return _given(step, board, closed[-1]) if closed else ()


def _closed(board: BoardRead) -> list[str]:
    """List a table's closed private phases; earlier versions of them have an @ in their names."""
    return [phase for phase in board.kept if phase != board.phase and "@" not in phase]


def _given(step: StepRead, board: BoardRead, phase: str) -> tuple[Given, ...]:
    shape = KINDS[step.kind].Answer
    kept = board.kept[phase]["answers"]
    return tuple(Given(one["seat"], one["agency"], shape.model_validate(one["answer"])) for one in kept)


def _whole(step: StepRead, at: Snapshot) -> TableScene | None:
    """Take the whole room as one table, number 0: the private phases that every table has closed.

    Tables that never had anybody do not hold up the others.
    """
    boards = [board for table, board in at.boards.items() if at.in_group(at.group_of(table)) or board.kept]
    if not boards:
        return None
    kind = KINDS[step.kind]
    names = [phase.name for phase in kind.path(step.setup)]
    least = min(boards, key=lambda board: names.index(board.phase) if board.phase in names else 0)
    closed = set.intersection(*(set(_closed(board)) for board in boards))
    nothing = kind.leaves_out(kind.start_board(step.setup))
    return TableScene(
        setup=step.setup,
        phase=least.phase,
        number=0,
        board=kind.start_board(step.setup),
        board_version=0,
        moves_url="",
        revealed={
            phase: kind.reveal(
                step.setup,
                phase,
                tuple({one.seat: one for board in boards for one in _given(step, board, phase)}.values()),
                nothing,
            )
            for phase in sorted(closed)
        },
        answers=(),
        done=0,
        seats=len(at.seats),
    )


def _people(whole: Snapshot, steps: list[tuple[StepRead, Snapshot]]) -> list[PersonRecord]:
    labels = dict(whole.agencies)
    numbers = {table.id: table.number for table in whole.tables}
    return [
        PersonRecord(
            name=seat.name,
            agency=labels.get(seat.agency or "", ""),
            table=numbers[seat.table_id],
            answers=tuple(_answers(whole, seat, steps)),
        )
        for seat in sorted(whole.seats.values(), key=lambda seat: (numbers[seat.table_id], seat.number))
    ]


def _answers(whole: Snapshot, seat: SeatRead, steps: list[tuple[StepRead, Snapshot]]) -> Iterator[PersonAnswer]:
    """Write what somebody had said alone as each private phase of theirs closed."""
    for step, at in steps:
        board = at.boards.get(at.group_of(seat.table_id).id)
        if board is None:
            continue
        for phase, answer in scenes.own(step, seat.id, board).items():
            if phase != board.phase:
                told = KINDS[step.kind].record_seat(answer, board.content)
                yield PersonAnswer(step=step.position, phase=phase, answer=told)
