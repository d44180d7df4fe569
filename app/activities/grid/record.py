"""What is kept of a grid, of one table and of all: shapes that JSON holds and brings back.

Law: rows and columns stand here by their ids, and their words in the setup; nobody's seat, jot or single answer does.
"""

from typing import Annotated

from pydantic import StringConstraints

from app.activities.base import Shape
from app.activities.checks_told import CheckRecord

Count = Annotated[str, StringConstraints(max_length=20)]
"""How many people, as it may be told."""


class CellRecord(Shape):
    """What an agency has written in its cell, and how many have marked it, as counts may be told; None: not told.

    `hidden`: the trainer hid the words.
    """

    row: str
    column: str
    text: str
    hidden: bool = False
    shared: Count | None = None
    question: Count | None = None
    tension: Count | None = None


class EmptyRecord(Shape):
    """A cell that was still empty as all were revealed."""

    row: str
    column: str


class GuessRecord(Shape):
    """What others thought that an agency might say for which nobody spoke."""

    row: str
    column: str
    guess: str


class QuestionRecord(Shape):
    """What was asked about a cell, and what its owners replied."""

    row: str
    column: str
    questions: tuple[str, ...] = ()
    reply: str = ""


class StatementRecord(Shape):
    """A row's joint statement. `other` is the second sentence of a row without agreement, `note` what stands beside it.

    `ending` is as the board has it: "" while it is open. `draws_on` are columns. `hidden`: the trainer hid the words.
    `round` counts how often it was opened again; its checks have the same.
    """

    row: str
    text: str = ""
    ending: str = ""
    other: str = ""
    note: str = ""
    draws_on: tuple[str, ...] = ()
    round: int = 0
    hidden: bool = False


class ResultRecord(Shape):
    """A grid as it was locked, `version` 1 first; `open_row` is the row that was not agreed, if one was not.

    `checks` were made of the whole grid, and `check` is the number of the last.
    """

    version: int
    ending: str
    checks: int = 0
    check: int | None = None
    open_row: str = ""
    note: str = ""
    rows: tuple[StatementRecord, ...] = ()


class Record(Shape):
    """What one table has revealed and agreed so far; `result` is what it has locked last, and holds in "locked".

    `order` are the rows as the table took them, the least tense first. A check's subject is a row or "grid".
    `hidden`: the trainer hid something that would stand here.
    """

    phase: str = ""
    order: tuple[str, ...] = ()
    cells: tuple[CellRecord, ...] = ()
    empty: tuple[EmptyRecord, ...] = ()
    guesses: tuple[GuessRecord, ...] = ()
    questions: tuple[QuestionRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
    checks: tuple[CheckRecord, ...] = ()
    result: ResultRecord | None = None
    earlier: tuple[ResultRecord, ...] = ()
    hidden: bool = False


class RoomStatementRecord(Shape):
    """What one table has locked for a row."""

    table: int
    text: str
    ending: str
    other: str = ""
    note: str = ""


class SentenceRecord(Shape):
    """A row in the whole room: how many tables have locked a statement for it, and these."""

    row: str
    tables_counted: int
    statements: tuple[RoomStatementRecord, ...] = ()


class RoomRecord(Shape):
    """All tables' grids, row by row."""

    sentences: tuple[SentenceRecord, ...] = ()


INNER = frozenset(
    {
        "order",
        "cells.shared",
        "cells.question",
        "cells.tension",
        "questions",
        "checks.reasons",
        "earlier",
    }
)
"""What only those who sit at a table and the trainer read: how its people looked at each other's words."""
