"""The wall's part: how far each table is, all mirrors while the tables compare, and the plenary in the end."""

from dataclasses import dataclass
from typing import Literal

from app.activities.base import Region, TableScene, most
from app.activities.ranking import discard, result, rules
from app.activities.ranking.mirror import Mirror
from app.activities.ranking.room import RoomView
from app.activities.ranking.shapes import Board, Setup
from app.activities.ranking.views.plenary import phone, plenary
from app.consensus import Phrase

__all__ = ["phone", "wall"]

State = Literal[
    "reading", "done", "answered", "talking", "settled", "placed", "comparing", "marked", "passed", "locked"
]

STILL: dict[str, State] = {"read": "reading", "compare": "comparing", "locked": "locked"}
"""The phases of which there is nothing to count."""


@dataclass(frozen=True, slots=True)
class MirrorCell:
    """A statement's places at one table; `first` is 0 where the table has discarded it."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class MirrorRow:
    """A statement at every table that may show its mirror."""

    text: str
    cells: tuple[MirrorCell, ...]


@dataclass(frozen=True, slots=True)
class MirrorTable:
    """How far one table's first answers agree."""

    number: int
    words: Phrase | None
    meter: int


@dataclass(frozen=True, slots=True)
class MirrorsView:
    """Statements × tables: each table's mirror; `quiet` are those of too few answers to show one.

    `elsewhere` are the tables in other phases.
    """

    rows: tuple[MirrorRow, ...]
    tables: tuple[MirrorTable, ...]
    quiet: tuple[int, ...]
    elsewhere: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one table is: a state, and how many of how many where that may be told."""

    number: int
    state: State
    count: int = 0
    of: int = 0


def wall(scenes: tuple[TableScene, ...], room: RoomView | None) -> tuple[Region, ...]:
    """Draw the plenary, or the mirrors while most tables compare, or else how far each table is."""
    if room is not None:
        return plenary(room)
    peopled = tuple(scene for scene in scenes if scene.seats or scene.people)
    if not peopled or all(scene.phase in ("read", "solo") for scene in peopled):
        return ()
    comparing = tuple(scene for scene in peopled if scene.phase == "compare" and "solo" in scene.revealed)
    if comparing and leading(peopled) == "compare":
        elsewhere = tuple(scene.number for scene in peopled if scene not in comparing)
        return (Region("wall", "ranking/_wall_mirrors.html", mirrors(comparing, elsewhere)),)
    return (Region("progress", "ranking/_progress_tables.html", tuple(map(progress, peopled)), "foot"),)


def leading(scenes: tuple[TableScene, ...]) -> str | None:
    """Find the phase that the tables at work are in, as the wall's heading has it."""
    here = [scene.phase for scene in scenes if any(person.here for person in scene.people)]
    return most([phase.name for phase in rules.PHASES], here, [scene.phase for scene in scenes])


def mirrors(scenes: tuple[TableScene, ...], elsewhere: tuple[int, ...] = ()) -> MirrorsView:
    """Put all mirrors that may be shown in one picture."""
    setup: Setup = scenes[0].setup
    found: list[tuple[int, Mirror]] = [(scene.number, scene.revealed["solo"]) for scene in scenes]
    shown = tuple((number, mirror) for number, mirror in found if mirror.places)
    quiet = tuple(number for number, mirror in found if not mirror.places)
    by_id = [{place.id: MirrorCell(place.first, place.last) for place in mirror.places} for _, mirror in shown]
    discarded = MirrorCell(0, 0)
    rows = [MirrorRow(one.text, tuple(places.get(one.id, discarded) for places in by_id)) for one in setup.statements]
    last = 2 * len(setup.ids)
    rows.sort(key=lambda row: sum(cell.first + cell.last or last for cell in row.cells))
    tables = tuple(MirrorTable(number, mirror.words, mirror.meter) for number, mirror in shown)
    return MirrorsView(tuple(rows), tables, quiet, elsewhere)


def progress(scene: TableScene) -> Progress:
    """Say how far a table is, in what everybody may know: never how a check came out while it may be tried again."""
    board: Board = scene.board
    if scene.phase in STILL:
        return Progress(scene.number, STILL[scene.phase])
    if scene.phase == "solo":
        return Progress(scene.number, "done", scene.done, scene.seats)
    if scene.phase == "rank":
        placed = sum(1 for place in board.places if place is not None)
        return Progress(scene.number, "placed", placed, len(board.places))
    if board.check is not None or board.either is not None:
        return Progress(scene.number, "answered", scene.done, scene.seats)
    return top(scene, board) if scene.phase == "top" else Progress(scene.number, settled(scene, board))


def top(scene: TableScene, board: Board) -> Progress:
    """Count the marks while they are private, then the places that are taken."""
    if board.marks is None:
        return Progress(scene.number, "marked", scene.done, scene.seats)
    return Progress(scene.number, "placed", sum(1 for tier in board.top if tier), scene.setup.top)


def settled(scene: TableScene, board: Board) -> State:
    """Say whether a table has its discard, or has passed the check on its list; else it talks."""
    if scene.phase == "discard":
        return "settled" if discard.is_settled(scene.setup, board) else "talking"
    return "passed" if result.is_settled(scene.setup, board) else "talking"
