"""One record of a workshop as plain data, from which every format is written.

Law: outside *named* workshops it has no name and no single person's answer; before a phase is revealed, nothing of it.
"""

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from app.activities.base import Given, TableScene
from app.activities.registry import KINDS
from app.disclosure import count_for_export
from app.live import scenes, snapshot
from app.live.snapshot import BoardRead, Snapshot, StepRead

FORMAT = 1


def build(session: Session, workshop_id: int, *, people: bool = True) -> dict[str, Any]:
    """Record a workshop as it stands; `people` asks for names and answers where the workshop is a named one."""
    whole = snapshot.read(session, workshop_id)
    if whole is None:
        raise LookupError("a workshop that is not there")
    steps = [(step, _within(session, whole, step)) for step in whole.steps]
    record: dict[str, Any] = {
        "format": FORMAT,
        "workshop": _workshop(whole),
        "steps": [_step(step, at) for step, at in steps],
    }
    if people and whole.disclosure == "named":
        record["people"] = _people(whole, steps)
    return record


def _workshop(whole: Snapshot) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": whole.title,
        "disclosure": whole.disclosure,
        "agencies": [label for _, label in whole.agencies],
        "people": count_for_export(len(whole.seats)),
        "closed": whole.is_closed,
    }
    if whole.disclosure == "aggregate":
        return told
    return told | {
        "tables": [
            {"table": table.number, "people": count_for_export(len(whole.at_table(table.id)))} for table in whole.tables
        ]
    }


def _within(session: Session, whole: Snapshot, step: StepRead) -> Snapshot:
    """Read the workshop as if this step were the live one."""
    connection = session.connection()
    boards = snapshot.read_boards(connection, step, -1, {})
    return replace(whole, live_step_id=step.id, answers={}, boards=boards)


def _step(step: StepRead, at: Snapshot) -> dict[str, Any]:
    told: dict[str, Any] = {
        "position": step.position,
        "kind": step.kind,
        "title": step.title,
        "setup": step.setup.model_dump(mode="json"),
    }
    kind = KINDS[step.kind]
    # Each table's record is made from what the table has revealed; what is still private is not handed over.
    found = [scene for table in at.groups if (scene := scenes.for_room(at, step, table))]
    together = _together(step, at, found)
    if at.disclosure == "aggregate":
        whole = _whole(step, at)
        if whole is None:
            return told | {"room": None}
        plenary = together.record(tables=False) if together else None
        return told | {"room": kind.record(whole) | {"plenary": plenary}}
    if together:
        told["plenary"] = together.record()
    return told | {"tables": [{"table": scene.number} | kind.record(scene) for scene in found]}


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


def _people(whole: Snapshot, steps: list[tuple[StepRead, Snapshot]]) -> list[dict[str, Any]]:
    labels = dict(whole.agencies)
    numbers = {table.id: table.number for table in whole.tables}
    return [
        {
            "name": seat.name,
            "agency": labels.get(seat.agency or ""),
            "table": numbers[seat.table_id],
            "answers": [
                {"step": step.position, "phase": phase, "answer": KINDS[step.kind].record_seat(answer, board.content)}
                for step, at in steps
                if (board := at.boards.get(at.group_of(seat.table_id).id)) is not None
                for phase, answer in scenes.own(step, seat.id, board).items()
                if phase != board.phase
            ],
        }
        for seat in sorted(whole.seats.values(), key=lambda seat: (numbers[seat.table_id], seat.number))
    ]
