"""The desk's card of a table: where it is, how far, and what the trainer can do there. Counts only."""

from dataclasses import dataclass

from app.activities.base import Phase, TableScene
from app.activities.registry import KINDS
from app.activities.telling import Fact
from app.live import cues, shared
from app.live.cues import OfTable
from app.live.snapshot import BoardRead, Snapshot, StepRead, TableRead


@dataclass(frozen=True, slots=True)
class Card:
    """A table at a glance, and what the trainer can do there; `onward` and `back` are phases by name and title."""

    address: str
    moves_url: str
    step_id: int
    version: int
    number: int
    phase: str
    since: str
    fact: Fact | None
    seats: int
    places: int
    away: int
    private: bool
    ready: bool
    by_table: bool
    cues: OfTable
    onward: tuple[tuple[str, str], ...]
    back: tuple[tuple[str, str], ...]


def card(
    snapshot: Snapshot, step: StepRead | None, table: TableRead, tables: tuple[TableScene, ...], code: str
) -> Card:
    """Make one table's card."""
    seats = snapshot.in_group(table)
    board = snapshot.boards.get(table.id)
    scene = next((one for one in tables if one.number == table.number), None)
    phase = KINDS[step.kind].phase(board.phase) if step and board else None
    private = phase is not None and phase.private
    ready = bool(step and scene and phase and is_ready(step, scene, phase))
    found = cues.of_table(snapshot, step, scene, board) if step and scene and board else OfTable()
    return Card(
        address=f"/w/{code}/steps/",
        moves_url=scene.moves_url if scene else "",
        step_id=step.id if step else 0,
        version=board.version if board else 0,
        number=table.number,
        phase=phase.title if phase else "",
        since=cues.stamp(board.since) if board else "",
        fact=KINDS[step.kind].fact(scene) if step and scene else None,
        seats=len(seats),
        places=table.places,
        away=sum(1 for seat in seats if not seat.here),
        private=private,
        ready=ready,
        by_table=bool(step and step.moved_by == "table"),
        cues=found,
        onward=onward(step, board) if step else (),
        back=back(step, board, settled=ready and not private) if step else (),
    )


def is_ready(step: StepRead, scene: TableScene, phase: Phase) -> bool:
    """Say whether a table has what its phase is for; at the end there is nothing to be ready for."""
    if phase == shared.path(step)[-1] or not scene.people:
        return False
    if phase.private:
        return scene.done == scene.seats
    return KINDS[step.kind].ready(scene.setup, scene.phase, scene.board)


def onward(step: StepRead, board: BoardRead | None) -> tuple[tuple[str, str], ...]:
    """List the phases that one table could be moved on to by itself."""
    path = shared.path(step)
    at = place_of(step, board)
    return tuple((phase.name, phase.title) for phase in path[at + 1 :]) if board else ()


def back(step: StepRead, board: BoardRead | None, *, settled: bool) -> tuple[tuple[str, str], ...]:
    """List the phases that can be opened again at one table: those behind it, and its own once it is settled."""
    path = shared.path(step)
    at = place_of(step, board) + (1 if settled else 0)
    return tuple((phase.name, phase.title) for phase in path[:at]) if board else ()


def place_of(step: StepRead, board: BoardRead | None) -> int:
    """Find how far along its step a table is."""
    return next((at for at, phase in enumerate(shared.path(step)) if board and phase.name == board.phase), 0)
