"""Who may write and read a grid's shared texts, and when.

Law: a cell's text is open to the people of its column alone, and to nobody else before the reveal; the desk and the
wall read what the table has shown, unless it is hidden.
"""

from app.activities.base import Asking, TextRight
from app.activities.grid import joint, naming
from app.activities.grid.shapes import Board, Setup

NONE = TextRight()


def text(asking: Asking) -> TextRight:
    """Say what somebody may do with a text now, and how it begins."""
    setup: Setup = asking.setup
    at = naming.cell_named(setup, asking.name)
    if at is not None:
        return of_cell(asking, *at)
    row = naming.joint_named(setup, asking.name)
    return NONE if row is None else of_joint(asking, row)


def of_cell(asking: Asking, row: str, column: str) -> TextRight:
    """Let the people of a column write in its cell until they agree on it."""
    if asking.seat is None:
        shown = asking.phase in naming.REVEALED and naming.cell(row, column) not in asking.board.hidden
        return TextRight("read") if shown else NONE
    if asking.phase != "caucus" or naming.column_given(asking.setup, asking.seat) != column:
        return NONE
    return TextRight("read" if column in asking.board.agreed.get(row, ()) else "write")


def of_joint(asking: Asking, row: str) -> TextRight:
    """Let the whole table write a joint statement while it is open; the desk and the wall read along."""
    if asking.phase not in ("joint", "check", "locked"):
        return NONE
    may_write = asking.seat is not None and asking.phase != "locked" and joint.is_open(asking.board, row)
    if naming.joint(row) in asking.board.hidden and not may_write:
        return NONE
    found = asking.setup.row(row)
    return TextRight("write" if may_write else "read", naming.opening(found.prompt))


def wrote(setup: Setup, board: Board, name: str) -> Board:
    """Note that somebody has written the first words of a text."""
    known = naming.cell_named(setup, name) is not None or naming.joint_named(setup, name) is not None
    return board if name in board.begun or not known else board.model_copy(update={"begun": (*board.begun, name)})
