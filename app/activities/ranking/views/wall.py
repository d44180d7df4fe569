"""The wall's part: all mirrors while the tables compare, and the plenary once all have locked."""

from dataclasses import dataclass
from typing import Any

from app.activities.base import Region, TableScene
from app.activities.ranking.mirror import Mirror
from app.activities.ranking.shapes import Setup
from app.consensus import Phrase


@dataclass(frozen=True, slots=True)
class RoomCell:
    """A statement's places at one table."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A statement at every table that may show its mirror."""

    text: str
    cells: tuple[RoomCell, ...]


@dataclass(frozen=True, slots=True)
class RoomTable:
    """How far one table's first answers agree."""

    number: int
    words: Phrase | None
    meter: int


@dataclass(frozen=True, slots=True)
class RoomView:
    """Statements × tables: each table's mirror; `quiet` are those of too few answers to show one."""

    rows: tuple[RoomRow, ...]
    tables: tuple[RoomTable, ...]
    quiet: tuple[int, ...]


def wall(scenes: tuple[TableScene, ...], room: Any) -> tuple[Region, ...]:
    """Once every table compares: all mirrors that may be shown, in one picture."""
    if not scenes or any(scene.phase != "compare" for scene in scenes):
        return ()
    setup: Setup = scenes[0].setup
    mirrors: list[tuple[int, Mirror]] = [(scene.number, scene.revealed["solo"]) for scene in scenes]
    shown = tuple((number, mirror) for number, mirror in mirrors if mirror.places)
    quiet = tuple(number for number, mirror in mirrors if not mirror.places)
    by_id = [{place.id: place for place in mirror.places} for _, mirror in shown]
    rows = [
        RoomRow(one.text, tuple(RoomCell(places[one.id].first, places[one.id].last) for places in by_id))
        for one in setup.statements
    ]
    rows.sort(key=lambda row: sum(cell.first + cell.last for cell in row.cells))
    tables = tuple(RoomTable(number, mirror.words, mirror.meter) for number, mirror in shown)
    return (Region("wall", "ranking/_wall_mirrors.html", RoomView(tuple(rows), tables, quiet)),)
