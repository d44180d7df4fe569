"""The grid at a glance, as desk and wall draw it: who speaks for a column, how far a cell is, and how it was marked.

Law: of jots only that there are some in a cell, and of a cell's words nothing before the reveal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.activities.base import TableScene
from app.activities.grid import cells, naming
from app.activities.grid.shapes import Board, Setup
from app.activities.grid.views import frame
from app.errors import N_, Phrase

DEEPEST = 5
"""From so many tensions on, a cell of the heat view is as deep as it gets."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and how many people speak for it."""

    label: str
    people: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: "nobody" to write it, "empty", "jotting", "draft" or "agreed"; once revealed "words" or "nothing".

    The three numbers count the marks on it; `guesses` what others think would stand there.
    """

    label: str
    state: str
    shared: int = 0
    question: int = 0
    tension: int = 0
    guesses: int = 0

    @property
    def depth(self) -> int:
        """How deep its colour is, as the heat table has it: 1 deepest, 5 palest, 6 none, 0 striped without words."""
        if self.state != "words":
            return 0
        return 1 + DEEPEST - min(DEEPEST, self.tension)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its cells."""

    id: str
    number: int
    prompt: str
    cells: tuple[Cell, ...]


def sentences(scene: TableScene) -> tuple[frame.Sentence, ...]:
    """Number the sentences as the table's phones do."""
    # The frame reads of a seat's scene what a table's has as well.
    same: Any = scene
    return frame.sentences(same)


def columns(scene: TableScene) -> tuple[Column, ...]:
    """Count who speaks for each column."""
    setup: Setup = scene.setup
    found = naming.speakers(setup, scene.board, scene.people)
    return tuple(Column(one.label, len(found[one.id])) for one in setup.columns)


def thin(scene: TableScene) -> tuple[Phrase, ...]:
    """Name the columns that nobody speaks for, and those with one person."""
    found = columns(scene)
    empty, one = (tuple(here.label for here in found if here.people == count) for count in (0, 1))
    told = ((N_("nobody for {columns}"), empty), (N_("one person for {columns}"), one))
    return tuple(Phrase(text, {"columns": ", ".join(labels)}) for text, labels in told if labels)


def joined(parts: Iterable[Phrase]) -> Phrase | str:
    """Say several things in one line."""
    found: Phrase | str = ""
    for part in parts:
        found = Phrase("{first} · {second}", {"first": found, "second": part}) if found else part
    return found


def jots(scene: TableScene) -> int:
    """Count all jots of a table."""
    return sum(len(there) for answer in scene.answers for there in answer.jots.values())


def state(scene: TableScene, row: str, column: str, people: int) -> str:
    """Say how far a cell is while its people write it."""
    told = scene.revealed.get("jot")
    found = cells.state(scene.setup, scene.board, row, column, bool(told and told.count(column, row)))
    return "nobody" if found == "empty" and not people else found


def states(scene: TableScene) -> tuple[Line, ...]:
    """Lay out how far every cell is."""
    setup: Setup = scene.setup
    there = columns(scene)
    return tuple(
        Line(
            one.id,
            one.number,
            one.prompt,
            tuple(
                Cell(column.label, state(scene, one.id, column.id, here.people))
                for column, here in zip(setup.columns, there, strict=True)
            ),
        )
        for one in sentences(scene)
    )


def heats(scenes: tuple[TableScene, ...]) -> tuple[Line, ...]:
    """Lay out how the cells were marked; of several tables the sums, in the trainer's order."""
    setup: Setup = scenes[0].setup
    every = (
        sentences(scenes[0])
        if len(scenes) == 1
        else tuple(frame.Sentence(row.id, number, row.prompt) for number, row in enumerate(setup.rows, 1))
    )
    return tuple(
        Line(
            one.id,
            one.number,
            one.prompt,
            tuple(marked(scenes, one.id, column.id, column.label) for column in setup.columns),
        )
        for one in every
    )


def marked(scenes: tuple[TableScene, ...], row: str, column: str, label: str) -> Cell:
    """Add up the marks on a cell."""
    boards: list[Board] = [scene.board for scene in scenes]
    has_words = any(cells.words(board, row, column) for board in boards)
    heat = [cells.heat(board, row, column) for board in boards]
    return Cell(
        label,
        "words" if has_words else "nothing",
        shared=sum(one.shared for one in heat),
        question=sum(one.question for one in heat),
        tension=sum(one.tension for one in heat),
        guesses=sum(len(board.guesses.get(row, {}).get(column, ())) for board in boards),
    )


def row_state(scene: TableScene, sentence: frame.Sentence) -> frame.RowState:
    """Say how far a sentence is, in its table's terms."""
    same: Any = scene
    if scene.phase == "reveal":
        return frame.cells_like(scene.setup, scene.board, sentence)
    return frame.questions(same, sentence) if scene.phase == "answer" else frame.together(same, sentence)
