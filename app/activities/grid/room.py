"""The room: what all tables have locked for each sentence, side by side.

Law: only words that a table has locked stand here, and none that the trainer has hidden.
"""

from dataclasses import asdict, dataclass
from typing import Any

from app.activities.base import Given, TableScene
from app.activities.grid.record import RoomRecord, RoomStatementRecord, SentenceRecord
from app.activities.grid.result import last
from app.activities.grid.shapes import Board, Setup


@dataclass(frozen=True, slots=True)
class Statement:
    """What one table has locked for a row; `other` is the second sentence where it did not agree.

    `note` is what stands beside it.
    """

    table: int
    text: str
    ending: str
    other: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A row with the statements of all tables that have one, by table."""

    row: str
    prompt: str
    statements: tuple[Statement, ...]

    def record(self, *, tables: bool) -> SentenceRecord:
        """Record a row; without `tables` only how many have locked a statement for it."""
        said = tuple(RoomStatementRecord(**asdict(one)) for one in self.statements) if tables else ()
        return SentenceRecord(row=self.row, tables_counted=len(self.statements), statements=said)


@dataclass(frozen=True, slots=True)
class Room:
    """All tables' grids, row by row, in the trainer's order."""

    rows: tuple[RoomRow, ...]

    def record(self, *, tables: bool = True) -> RoomRecord:
        """Record the room; without `tables` only how many have locked a statement for each sentence."""
        return RoomRecord(sentences=tuple(row.record(tables=tables) for row in self.rows))


def room(setup: Setup, tables: tuple[TableScene, ...], given: tuple[tuple[Given, ...], ...]) -> Room:
    """Put what the tables have locked side by side."""
    return Room(tuple(RoomRow(row.id, row.prompt, statements(tables, row.id)) for row in setup.rows))


def statements(tables: tuple[TableScene, ...], row: str) -> tuple[Statement, ...]:
    """Take what each table has locked for a row and not hidden."""
    found = (statement(table.number, table.board, row) for table in tables)
    return tuple(one for one in found if one is not None)


def statement(number: int, board: Any, row: str) -> Statement | None:
    """Take what a table has locked for a row; None where it has no words, or they are hidden."""
    held: Board = board
    result = last(held)
    locked = next((one for one in result.rows if one.row == row), None) if result is not None else None
    if locked is None or not locked.text or f"joint-{row}" in held.hidden:
        return None
    other = "" if f"other-{row}" in held.hidden else locked.other
    note = "" if f"note-{row}" in held.hidden else locked.note
    return Statement(number, locked.text, locked.ending, other, note)
