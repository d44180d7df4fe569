"""Joint statements to be read: their words, how each ended, and what stands beside them."""

from dataclasses import dataclass

from app.activities.base import SeatScene
from app.activities.grid import joint, naming
from app.activities.grid.shapes import Board, RowResult, Setup
from app.activities.grid.views import cells
from app.activities.grid.views.cells import Said

NOTHING = "nothing"
"""Stands for the ending of a sentence to which there are no words."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence's joint statement, its opening apart from what was added; `opening` is empty where others begin it.

    `ending` is "nothing" without words. `other` and `note` are the second sentence and what stands beside it.
    """

    row: str
    number: int
    prompt: str
    opening: str
    said: Said
    ending: str
    other: Said | None = None
    note: Said | None = None
    is_open: bool = False


def now(scene: SeatScene) -> tuple[Statement, ...]:
    """List the joint statements as the board has them, in the trainer's order."""
    board: Board = scene.board
    setup: Setup = scene.setup
    rows = []
    for number, row in enumerate(setup.rows, 1):
        held = joint.of(board, row.id)
        as_locked = RowResult(row=row.id, text=held.text, ending=held.ending, other=held.other, note=held.note)
        rows.append(statement(scene, as_locked, number, is_open=joint.is_open(board, row.id)))
    return tuple(rows)


def statement(scene: SeatScene, held: RowResult, number: int, *, is_open: bool = False) -> Statement:
    """Put a joint statement into words, less what is hidden."""
    board: Board = scene.board
    row = scene.setup.row(held.row)
    prompt = row.prompt if row is not None else ""
    begins = naming.opening(prompt)
    said = cells.unless_hidden(board, naming.joint(held.row), held.text)
    opening = begins if prompt and said.text.startswith(begins) else ""
    return Statement(
        row=held.row,
        number=number,
        prompt=prompt,
        opening=opening.strip(),
        said=Said(said.text.removeprefix(opening), said.hidden),
        ending=held.ending if held.text else NOTHING,
        other=cells.unless_hidden(board, f"other-{held.row}", held.other) if held.other else None,
        note=cells.unless_hidden(board, f"note-{held.row}", held.note) if held.note else None,
        is_open=is_open,
    )
