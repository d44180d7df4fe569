"""The agencies' cells of a sentence as a seat sees them: words, counts of marks, questions, replies, guesses.

Law: of what others marked there are counts alone; only who asks is told, as the table knows it.
"""

from dataclasses import dataclass
from typing import Literal

from app.activities.base import Person, SeatScene
from app.activities.grid import cells, joint, naming
from app.activities.grid.shapes import Answer, Asked, Board, CellMark, Column, Guess, Setup
from app.activities.grid.views import frame

MOST_LINES, MOST_LETTERS = 12, 600
"""What is longer than this is folded."""

Mode = Literal["reveal", "answer", "joint"]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody has said in a line, unless the trainer hid it."""

    text: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question and who asks it; without words the cell was only marked with one."""

    said: Said
    who: Literal["you", "seat", "gone"]
    agency: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One agency's cell. `spoken`: somebody at the table speaks for it; `here`: and is here now.

    `mark` is this seat's own, None where it may not mark; `asks` its own question. `drawn`: the joint words draw on it.
    """

    column: str
    label: str
    words: str
    hidden: bool
    mine: bool
    spoken: bool
    here: bool
    shared: int
    question: int
    tension: int
    mark: str | None
    asks: str
    questions: tuple[Question, ...]
    reply: Said | None
    guesses: tuple[Said, ...]
    drawn: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in it."""
        return not (self.words or self.hidden)

    @property
    def is_long(self) -> bool:
        """Whether only the beginning of its words is shown at first."""
        return len(self.words) > MOST_LETTERS or len(self.words.splitlines()) > MOST_LINES

    @property
    def may_draw(self) -> bool:
        """Whether there is anything in it that joint words could draw on."""
        return bool(self.words or self.guesses)

    @property
    def is_waiting(self) -> bool:
        """Whether it was asked about and nobody has answered."""
        return bool(self.questions) and self.reply is None


@dataclass(frozen=True, slots=True)
class Part:
    """A column in the picture of what a joint statement draws on: "in", "out", or "none" where there is nothing."""

    label: str
    state: Literal["in", "out", "none"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which agencies' cells a joint statement draws on, as its writers say."""

    parts: tuple[Part, ...]

    @property
    def drawn(self) -> int:
        """How many columns it draws on."""
        return sum(part.state == "in" for part in self.parts)

    @property
    def of(self) -> int:
        """How many have anything to draw on."""
        return sum(part.state != "none" for part in self.parts)

    @property
    def lacks(self) -> tuple[str, ...]:
        """The columns that it does not draw on yet."""
        return tuple(part.label for part in self.parts if part.state == "out")


def lay(scene: SeatScene, row: str) -> tuple[Cell, ...]:
    """Lay out a sentence's cells, in the columns' order."""
    setup: Setup = scene.setup
    there = naming.speakers(setup, scene.board, scene.people)
    return tuple(cell(scene, row, column, there[column.id]) for column in setup.columns)


def cell(scene: SeatScene, row: str, column: Column, people: tuple[Person, ...]) -> Cell:
    """Lay out one cell; `people` speak for its column."""
    board: Board = scene.board
    words, hidden = cells.words(board, row, column.id), naming.cell(row, column.id) in board.hidden
    heat, mine = cells.heat(board, row, column.id), frame.column(scene) == column.id
    own = own_mark(scene, row, column.id)
    return Cell(
        column=column.id,
        label=column.label,
        words=words if not hidden else "",
        hidden=hidden and bool(words),
        mine=mine,
        spoken=bool(people),
        here=any(person.here for person in people),
        shared=heat.shared,
        question=heat.question,
        tension=heat.tension,
        mark=None if mine or hidden or not words else own.mark if own is not None else "",
        asks=own.text if own is not None and not mine else "",
        questions=tuple(question(scene, asked) for asked in board.asked.get(row, {}).get(column.id, ())),
        reply=reply(board, row, column.id),
        guesses=tuple(unless_hidden(board, one.id, one.text) for one in guessed(board, row, column)),
        drawn=column.id in joint.of(board, row).draws,
    )


def own_mark(scene: SeatScene, row: str, column: str) -> CellMark | None:
    """Find what this seat has marked a cell with, since it was revealed."""
    answer: Answer = scene.answer
    held = answer.marks.get(row, {}).get(column)
    return held if held is not None and held.round == scene.board.reveals else None


def unless_hidden(board: Board, entry: str, text: str) -> Said:
    """Take an entry's words, unless the trainer hid them."""
    return Said("", True) if entry in board.hidden else Said(text)


def guessed(board: Board, row: str, column: Column) -> tuple[Guess, ...]:
    """List the guesses in a cell; words of its own leave no room for any."""
    return () if cells.words(board, row, column.id) else board.guesses.get(row, {}).get(column.id, ())


def question(scene: SeatScene, asked: Asked) -> Question:
    """Say what is asked, and by whom at the table."""
    hidden = bool(asked.text) and asked.id in scene.board.hidden
    said = Said("" if hidden else asked.text, hidden)
    if asked.seat == scene.seat:
        return Question(said, "you")
    person = next((one for one in scene.people if one.seat == asked.seat), None)
    return Question(said, "gone") if person is None else Question(said, "seat", person.agency, person.place)


def reply(board: Board, row: str, column: str) -> Said | None:
    """Give what a cell's people have answered."""
    held = board.replies.get(row, {}).get(column)
    if held is None:
        return None
    return unless_hidden(board, f"reply-{row}-{column}", held.text)


def coverage(found: tuple[Cell, ...]) -> Coverage:
    """Say which cells a joint statement draws on."""
    return Coverage(tuple(Part(one.label, state(one)) for one in found))


def state(one: Cell) -> Literal["in", "out", "none"]:
    """Say whether a joint statement draws on a cell, or cannot."""
    if one.drawn:
        return "in"
    return "out" if one.may_draw or one.hidden else "none"
