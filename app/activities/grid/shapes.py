"""What the joint vision grid keeps and takes: its setup, answer, board and moves."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from app.activities.base import AnswerShape, BoardShape, Shape
from app.activities.checks import Check, CheckAnswer, Note, Number, Value, nothing, opened

Id = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]
NoId = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9_-]*$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=280)]
MarkName = Literal["shared", "question", "tension"]
Ending = Literal["with_reservations", "all_but_one", "not_agreed"]

MOST_ROWS, MOST_COLUMNS = 12, 8
MOST_JOTS, JOT_LENGTH = 3, 140
MOST_GUESSES = 6
LONGEST_PLACE = 75


class Row(Shape):
    """A sentence opening; its id stays when its words or its place change."""

    id: Id
    prompt: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class Column(Shape):
    """An agency perspective; seats whose agency has its id speak for it."""

    id: Id
    label: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    hint: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class Setup(Shape):
    """What the trainer prepares. `agreed` heads the column of joint statements; `words` is how long one should be.

    `scope`: one grid for each table, or one for the whole room.
    """

    version: int = 1
    rows: Annotated[tuple[Row, ...], Field(min_length=1, max_length=MOST_ROWS)]
    columns: Annotated[tuple[Column, ...], Field(min_length=2, max_length=MOST_COLUMNS)]
    agreed: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    words: Annotated[int, Field(ge=5, le=200)] = 40
    scope: Literal["table", "room"] = "table"
    source: str = ""

    @model_validator(mode="after")
    def fits(self) -> Self:
        """Refuse doubled ids, and those of which two cells would have one name."""
        if len(set(self.row_ids)) != len(self.rows) or len(set(self.column_ids)) != len(self.columns):
            raise ValueError("two rows or two columns have the same id")
        cells = {f"{row}-{column}" for row in self.row_ids for column in self.column_ids}
        if len(cells) != len(self.rows) * len(self.columns) or "grid" in self.row_ids:
            raise ValueError("ids that cannot be told apart in the names of texts and checks")
        if max(map(len, cells)) > LONGEST_PLACE:
            raise ValueError("ids that are too long for the names of texts")
        return self

    @property
    def row_ids(self) -> tuple[str, ...]:
        """The rows' ids, in the trainer's order."""
        return tuple(row.id for row in self.rows)

    @property
    def column_ids(self) -> tuple[str, ...]:
        """The columns' ids, in the trainer's order."""
        return tuple(column.id for column in self.columns)

    def row(self, name: str) -> Row | None:
        """Find a row by its id."""
        return next((row for row in self.rows if row.id == name), None)

    def column(self, name: str) -> Column | None:
        """Find a column by its id."""
        return next((column for column in self.columns if column.id == name), None)


class Jot(Shape):
    """A few words of one seat's; `id` is its own among the seat's jots."""

    id: str
    text: str


class CellMark(Shape):
    """What a seat marks another agency's cell with; `text` is its question. `round` is the reveal it was made in."""

    mark: MarkName
    text: str = ""
    round: int = 0


class Answer(AnswerShape):
    """What one seat holds, all of it private.

    `column` is the perspective it writes for where its own agency has none. `jots` are by row, `marks` by row and
    column; `made` counts the jots that were ever made, for their ids.
    """

    column: str | None = None
    jots: dict[str, tuple[Jot, ...]] = Field(default_factory=dict)
    made: int = 0
    marks: dict[str, dict[str, CellMark]] = Field(default_factory=dict)
    check: CheckAnswer | None = None


class Heat(Shape):
    """How many seats have marked a cell, by mark."""

    shared: int = 0
    question: int = 0
    tension: int = 0


class Asked(Shape):
    """A question about a cell, and the seat that asks it: its table sees who."""

    id: str
    text: str
    seat: int | None = None


class Reply(Shape):
    """What a cell's owners answer to its questions, in a line."""

    text: str
    seat: int | None = None


class Guess(Shape):
    """What others think that an agency might say for which nobody speaks here."""

    id: str
    text: str
    seat: int | None = None


class Joint(Shape):
    """A row's joint statement: `text` as it was last frozen, and the columns that its writers say it draws on.

    `ending`: "" while it is open, "agreed", "with_reservations" or "not_agreed" once it is locked, "unchecked" where
    the grid went on without a check of it. `other` is the second sentence of a row without agreement, `note` what
    stands beside one with reservations. `round` counts its reopenings. `frozen`: its text takes no more words for now.
    """

    text: str = ""
    draws: tuple[str, ...] = ()
    locked: bool = False
    ending: str = ""
    other: str = ""
    note: str = ""
    round: int = 0
    frozen: bool = False


class RowResult(Shape):
    """A row as it was locked."""

    row: str
    text: str
    ending: str
    other: str = ""
    note: str = ""
    draws: tuple[str, ...] = ()


class Result(Shape):
    """What a table has locked. `ending`: "agreed", one of the three, or "unchecked"; `open_row` is not agreed then."""

    number: int
    rows: tuple[RowResult, ...]
    ending: str
    checks: int = 0
    check: int | None = None
    open_row: str = ""
    note: str = ""


class Board(BoardShape):
    """What a table holds together; everything here is seen by all who sit there.

    `speakers` are the perspectives that seats have chosen whose agency has none, by seat. `begun` are the shared texts
    that somebody has written in, by name; `agreed` the cells that their people agree on, by row. `cells` are the cells'
    words by row and column, empty before the reveal; `heat`, `asked`, `replies` and `guesses` by row and column too.
    `reveals` counts how often cells were opened for writing again. `order` are the rows, the least tense first, from
    `answer` on. Checks have a row's id for a subject, or "grid". `shown` is the row that the wall shows, None the heat
    view. `hidden` are entries that the trainer hid. `round` counts the reopenings of the whole grid.
    """

    speakers: dict[int, str] = Field(default_factory=dict)
    begun: tuple[str, ...] = ()
    agreed: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    cells: dict[str, dict[str, str]] = Field(default_factory=dict)
    heat: dict[str, dict[str, Heat]] = Field(default_factory=dict)
    asked: dict[str, dict[str, tuple[Asked, ...]]] = Field(default_factory=dict)
    replies: dict[str, dict[str, Reply]] = Field(default_factory=dict)
    guesses: dict[str, dict[str, tuple[Guess, ...]]] = Field(default_factory=dict)
    reveals: int = 0
    order: tuple[str, ...] = ()
    joints: dict[str, Joint] = Field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    ending: str = ""
    open_row: str = ""
    note: str = ""
    results: tuple[Result, ...] = ()
    shown: str | None = None
    hidden: tuple[str, ...] = ()
    round: int = 0

    @property
    def check(self) -> Check | None:
        """The check that is open."""
        return opened(self.checks)


class MakeJot(Shape):
    """Jot a few words on a row, in private."""

    row: Id
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class DropJot(Shape):
    """Take a jot of one's own away."""

    id: Annotated[str, StringConstraints(max_length=20)]


class Done(Shape):
    """Say that one is done, or take it back."""

    done: bool


class SpeakFor(Shape):
    """Choose the perspective one writes for, where one's own agency has none; empty takes it back."""

    column: NoId = ""


class AgreeCell(Shape):
    """Say that one's agency agrees on its cell, or take it back."""

    row: Id
    agreed: bool = True


class Mark(Shape):
    """Mark another agency's cell; an empty mark takes it back. `text` is the question."""

    row: Id
    column: Id
    mark: Annotated[MarkName | None, BeforeValidator(nothing)] = None
    text: Note = ""


class MakeReply(Shape):
    """Answer the questions on one's own agency's cell in a line; an empty one takes it back."""

    row: Id
    column: Id
    text: Note


class MakeGuess(Shape):
    """Say what one thinks that an agency might say for which nobody speaks here."""

    row: Id
    column: Id
    text: Line


class DrawOn(Shape):
    """Say that a joint statement draws on an agency's cell, or that it does not."""

    row: Id
    column: Id
    drawn: bool = True


class OpenRowCheck(Shape):
    """Put a row's joint statement to the check; without a row the whole grid."""

    row: NoId = ""


class AnswerRowCheck(Shape):
    """Answer the open check in private; `row` is what it is on, or the row one would reopen of the whole grid."""

    value: Value
    note: Note = ""
    row: NoId = ""
    check: Number = None


class NameRow(Shape):
    """Name a row: to lock it, or to open it again."""

    row: Id


class EndRow(Shape):
    """Choose how a row ends that two checks have not carried, or without a row the whole grid.

    `other` is the second sentence of a row without agreement; `open_row` the one not agreed of a grid.
    """

    ending: Ending
    row: NoId = ""
    other: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = ""
    open_row: NoId = ""
    note: Note = ""


class Hide(Shape):
    """Hide an entry from everyone, or show it again."""

    entry: Annotated[str, StringConstraints(max_length=120)]
    hidden: bool = True


class ShowRow(Shape):
    """Show a row on the wall; without one, the heat view."""

    row: Annotated[Id | None, BeforeValidator(nothing)] = None
