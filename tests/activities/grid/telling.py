"""Grids told: what a summary makes of tables played by their rules, by way of JSON as each version reads it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from app.activities.base import TableScene
from app.activities.grid import activity
from app.activities.grid.record import Record
from app.activities.grid.shapes import Setup
from app.activities.summary import Part, Sentence, Telling, Version
from app.errors import Phrase
from app.exports.inner import without
from app.web.templates import say
from tests.activities.grid.playing import SETUP, GridTable


def scene(table: GridTable, number: int) -> TableScene:
    """Stand at a table."""
    return TableScene(table.setup, table.phase, number, table.board, 7, "/moves", {}, (), 0, len(table.agencies))


def recorded(table: GridTable, number: int = 1, *, inner: bool = True) -> Record:
    """Record a table as JSON brings it back; without what is inner for those who did not sit there."""
    made = activity.record(scene(table, number)).model_dump(mode="json")
    return Record.model_validate(made if inner else without(made, activity.inner))


def together(*tables: GridTable, setup: Setup = SETUP) -> Any:
    """Put the room together of the tables that have locked their grids."""
    ended = tuple(scene(one, number) for number, one in enumerate(tables, 1) if one.phase == "locked")
    return activity.room(setup, ended, ()) if ended else None


def telling(
    *tables: GridTable, version: Version = "trainer", own: int | None = None, first: int = 1, setup: Setup = SETUP
) -> Telling:
    """Hand tables over to be told; `first` is the number of the first: 0 for the one grid of a room."""
    found = tuple(
        (number, recorded(one, number, inner=version == "trainer" or number == own or (own is not None and not number)))
        for number, one in enumerate(tables, first)
    )
    made = together(*tables, setup=setup)
    room = None if made is None else activity.RoomRecord.model_validate_json(made.record().model_dump_json())
    return Telling("Our joint vision", setup, version, tables=found, room=room, own=own)


def told(*tables: GridTable, **more: Any) -> Part:
    """Tell tables."""
    return activity.summary(telling(*tables, **more))


def texts(value: Any, language: str = "en") -> Iterator[str]:
    """List everything that can be read in what is told, in its order, in a language."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Phrase | Sentence):
        yield say(language, value)
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one, language)
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name), language)


def blocks(value: Any, sort: type) -> list[Any]:
    """Find all blocks of a sort, in the order they are read, also those within others."""
    if isinstance(value, tuple):
        return [found for one in value for found in blocks(one, sort)]
    here = [value] if isinstance(value, sort) else []
    return here + blocks(value.blocks, sort) if hasattr(value, "blocks") else here


def titled(value: Any, title: str) -> Any:
    """Find the one part with a title."""
    found = [one for one in blocks(value, object) if hasattr(one, "blocks") and next(texts(one.title), "") == title]
    assert len(found) == 1, (title, len(found))
    return found[0]


def rows(table: Any) -> list[tuple[Any, ...]]:
    """Read a table's rows as they are printed, numbers as numbers."""
    return [
        tuple(one if isinstance(one, int | float) or one is None else next(texts(one)) for one in row)
        for row in table.rows
    ]


def titles(value: Any) -> list[str]:
    """List the titles of a telling's outermost blocks."""
    return [next(texts(one.title)) for one in value.blocks if hasattr(one, "title")]
