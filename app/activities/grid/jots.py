"""The jots of a table as they were kept, by column and row, for the people of that column.

Law: a seat is handed its own column's jots and nobody else's; the desk and the wall are handed how many there are.
"""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from app.activities.base import Given
from app.activities.grid.naming import column_given
from app.activities.grid.shapes import Setup


@dataclass(frozen=True, slots=True)
class JotsAt:
    """What was jotted in one cell: how many there are, and the words of those that may be seen."""

    column: str
    row: str
    count: int
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Jots:
    """All jots that somebody may know of."""

    cells: tuple[JotsAt, ...] = ()

    def of(self, column: str, row: str) -> tuple[str, ...]:
        """Give the words of a cell's jots, in an order that tells nothing."""
        return next((one.texts for one in self.cells if (one.column, one.row) == (column, row)), ())

    def count(self, column: str, row: str) -> int:
        """Count a cell's jots."""
        return next((one.count for one in self.cells if (one.column, one.row) == (column, row)), 0)


def reveal(setup: Setup, phase: str, given: tuple[Given, ...], without: Any = ()) -> Jots:
    """Put the jots of each column together; those of seats without a column are nobody's."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in given:
        column = column_given(setup, one)
        for row in setup.row_ids if column is not None else ():
            found.setdefault((column or "", row), []).extend(jot.text for jot in one.answer.jots.get(row, ()))
    return Jots(
        tuple(
            JotsAt(column, row, len(texts), shuffled(column, row, texts))
            for (column, row), texts in sorted(found.items())
            if texts
        )
    )


def shuffled(column: str, row: str, texts: list[str]) -> tuple[str, ...]:
    """Bring jots into an order that tells nothing of who made them or when."""
    return tuple(sorted(texts, key=lambda text: sha256(f"{column}:{row}:{text}".encode()).digest()))


def narrow(setup: Setup, phase: str, revealed: Any, seat: Given | None) -> Any:
    """Keep for a seat its own column's jots; for the desk and the wall how many there are."""
    if not isinstance(revealed, Jots):
        return revealed
    if seat is None:
        return Jots(tuple(replace(one, texts=()) for one in revealed.cells))
    column = column_given(setup, seat)
    return Jots(tuple(one for one in revealed.cells if one.column == column))


def leaves_out(board: Any) -> tuple[str, ...]:
    """Leave nothing out: the board changes nothing about jots."""
    return ()


def may_join(board: Any, shown: int, joining: int) -> bool:
    """Let everybody's jots join: no order is computed of them, so nothing could be had by subtraction."""
    return True
