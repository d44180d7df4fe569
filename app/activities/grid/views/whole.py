"""The whole grid as one table, for large screens and paper: sentences down, agencies across, what is agreed last.

Law: a cell without words says so and why, and a guess is called one.
"""

from dataclasses import dataclass

from app.activities.base import Region, SeatScene
from app.activities.grid import cells as rules
from app.activities.grid import naming, result
from app.activities.grid.shapes import Board, Setup
from app.activities.grid.views import cells, statements
from app.activities.grid.views.cells import Said
from app.activities.grid.views.statements import Statement


@dataclass(frozen=True, slots=True)
class WholeCell:
    """What one agency says to one sentence; `spoken`: somebody at the table speaks for it."""

    said: Said
    guesses: tuple[Said, ...]
    spoken: bool


@dataclass(frozen=True, slots=True)
class WholeRow:
    """A sentence: what each agency says, and the joint statement."""

    number: int
    prompt: str
    cells: tuple[WholeCell, ...]
    statement: Statement


@dataclass(frozen=True, slots=True)
class WholeView:
    """The whole grid. `table` 0 is the room; `number` is the version, 0 where nothing is locked."""

    table: int
    columns: tuple[str, ...]
    agreed: str
    rows: tuple[WholeRow, ...]
    number: int = 0
    is_locked: bool = False
    has_guesses: bool = False
    has_nobody: bool = False
    has_both: bool = False


def whole(scene: SeatScene) -> Region:
    """Draw the whole grid, from the reveal on."""
    setup: Setup = scene.setup
    last = result.last(scene.board) if scene.phase == "locked" else None
    rows = tuple(row(scene, one) for one in statements.now(scene))
    every = [cell for one in rows for cell in one.cells]
    view = WholeView(
        table=scene.table,
        columns=tuple(column.label for column in setup.columns),
        agreed=setup.agreed,
        rows=rows,
        number=last.number if last is not None else 0,
        is_locked=scene.phase == "locked",
        has_guesses=any(cell.guesses for cell in every),
        has_nobody=any(not cell.spoken and not cell.said.text and not cell.said.hidden for cell in every),
        has_both=any(one.statement.other is not None for one in rows),
    )
    return Region("whole", "grid/_whole.html", view)


def row(scene: SeatScene, one: Statement) -> WholeRow:
    """Lay out a sentence."""
    board: Board = scene.board
    setup: Setup = scene.setup
    there = naming.speakers(setup, board, scene.people)
    found = tuple(
        WholeCell(
            said=cells.unless_hidden(board, naming.cell(one.row, column.id), rules.words(board, one.row, column.id)),
            guesses=tuple(
                cells.unless_hidden(board, guess.id, guess.text) for guess in cells.guessed(board, one.row, column)
            ),
            spoken=bool(there[column.id]),
        )
        for column in setup.columns
    )
    return WholeRow(one.number, one.prompt, found, one)
