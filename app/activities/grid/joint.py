"""The joint statements: what they draw on, the check on each, locking one, ending one, and opening one again.

Law: what is checked is frozen first, so everybody answers on the same words.
"""

from dataclasses import replace
from typing import Any

from app.activities import checks
from app.activities.base import Gathering, Texts, Turn
from app.activities.checks import Check
from app.activities.grid import cells, naming
from app.activities.grid.alone import known_column, known_row
from app.activities.grid.shapes import Board, DrawOn, EndRow, Joint, NameRow, Setup
from app.errors import N_, Closed, Unclear


def of(board: Board, row: str) -> Joint:
    """Give a row's joint statement."""
    return board.joints.get(row) or Joint()


def put(board: Board, row: str, **new: Any) -> Board:
    """Change something about a row's joint statement."""
    return board.model_copy(update={"joints": board.joints | {row: of(board, row).model_copy(update=new)}})


def last_check(board: Board, row: str) -> Check | None:
    """Find the latest closed check on a row since it was opened again."""
    return checks.last_on(board.checks, row, of(board, row).round)


def has_passed(board: Board, row: str) -> bool:
    """Say whether the last check on a row has passed."""
    last = last_check(board, row)
    return last is not None and last.outcome is not None and last.outcome.passed


def fails(board: Board, row: str) -> int:
    """Count the checks on a row that did not pass since it was opened again."""
    return checks.failed(board.checks, row, of(board, row).round)


def is_checked(board: Board, row: str) -> bool:
    """Say whether the check that is open is on this row."""
    return board.check is not None and board.check.subject == row


def is_open(board: Board, row: str) -> bool:
    """Say whether a row's joint statement may be written, where its phase allows."""
    held = of(board, row)
    closed = held.locked or held.frozen or held.ending or is_checked(board, row) or has_passed(board, row)
    return not closed


def is_written(setup: Setup, board: Board, row: str) -> bool:
    """Say whether there were words in a row's joint statement as it was last frozen."""
    return bool(of(board, row).text)


def progress(setup: Setup, board: Board) -> tuple[int, int]:
    """Count the rows that are locked, and all rows."""
    return sum(of(board, row).locked for row in setup.row_ids), len(setup.rows)


def all_locked(setup: Setup, board: Board) -> bool:
    """Say whether every row is locked."""
    locked, rows = progress(setup, board)
    return locked == rows


def freeze(setup: Setup, board: Board, texts: Texts, row: str) -> Board:
    """Close a row's text and put its words on the board; one that nobody has begun keeps its opening."""
    name = naming.joint(row)
    words = naming.written(setup, row, texts.freeze(name)) if name in board.begun else ""
    return put(board, row, text=words, frozen=True)


def thaw(board: Board, texts: Texts, row: str, **new: Any) -> Board:
    """Open a row's text again."""
    texts.thaw(naming.joint(row))
    return put(board, row, frozen=False, **new)


def draw_on(turn: Turn, move: DrawOn) -> Board:
    """Say that a joint statement draws on a cell, or that it does not."""
    row, column = known_row(turn.setup, move.row).id, known_column(turn.setup, move.column).id
    board: Board = turn.content
    held = of(board, row)
    if held.locked:
        raise Closed(N_("This sentence is locked. Open it again to change it."))
    if move.drawn and not cells.words(board, row, column) and not board.guesses.get(row, {}).get(column):
        raise Unclear(N_("There is nothing in this cell that a sentence could draw on."))
    drawn = {*held.draws, column} if move.drawn else {*held.draws} - {column}
    return put(board, row, draws=tuple(one for one in turn.setup.column_ids if one in drawn))


def open_check(turn: Turn, row: str) -> Board:
    """Put a row's joint statement to the check, in the words it has now."""
    if not row:
        raise Unclear(N_("Name the sentence that your table is to check."))
    board, name = turn.content, known_row(turn.setup, row).id
    may_be_checked(board, name)
    frozen = freeze(turn.setup, board, turn.texts, name)
    if not is_written(turn.setup, frozen, name):
        raise Unclear(N_("There is no joint statement to check yet. Write it first."))
    opened = checks.open_one(board.checks, name, turn.rule, of(board, name).round)
    return frozen.model_copy(update={"checks": opened})


def may_be_checked(board: Board, row: str) -> None:
    """Refuse a check where another is open, or where there is nothing left to check."""
    if board.check is not None:
        raise Closed(N_("A check is open already. It is answered or closed first."))
    if of(board, row).locked:
        raise Closed(N_("This sentence is locked. Open it again to change it."))
    if has_passed(board, row):
        raise Closed(N_("The check on this sentence has passed. Lock it, or open it again."))
    if fails(board, row) >= checks.MOST_CHECKS:
        raise Closed(N_("This sentence was changed twice and checked three times. Choose how it ends."))


def after_check(table: Gathering) -> Board:
    """Open a row's text again once the check on it has not passed."""
    board: Board = table.board
    last = board.checks[-1]
    failed = last.outcome is not None and not last.outcome.passed
    return thaw(board, table.texts, last.subject) if failed and table.setup.row(last.subject) is not None else board


def lock_row(turn: Turn, move: NameRow) -> Board:
    """Lock a row whose check has passed."""
    row = known_row(turn.setup, move.row).id
    board: Board = turn.content
    if of(board, row).locked:
        raise Closed(N_("This sentence is locked already."))
    if is_checked(board, row) or not has_passed(board, row):
        raise Closed(N_("A sentence can be locked once the check on it has passed."))
    return put(board, row, locked=True, ending="agreed")


def end_row(turn: Turn, move: EndRow) -> Board:
    """Choose how a row ends that two checks have not carried, and lock it so; without agreement it keeps both."""
    row = known_row(turn.setup, move.row).id
    board: Board = turn.content
    if move.ending == "all_but_one":
        raise Unclear(N_("That ending is for the whole grid. Choose one for this sentence."))
    if of(board, row).locked:
        raise Closed(N_("This sentence is locked. Open it again to change it."))
    checks.may_end(board.checks, row, of(board, row).round)
    apart = move.ending == "not_agreed"
    if apart and not move.other:
        raise Unclear(N_("Write the other sentence too, so that both are kept."))
    frozen = freeze(turn.setup, board, turn.texts, row)
    if not is_written(turn.setup, frozen, row):
        raise Unclear(N_("There is no joint statement yet. Write it first."))
    return put(frozen, row, locked=True, ending=move.ending, other=move.other if apart else "", note=move.note)


def reopen_row(turn: Turn, move: NameRow) -> Board:
    """Open a row again: its text can be written, and its checks begin anew."""
    row = known_row(turn.setup, move.row).id
    board: Board = turn.content
    if board.check is not None:
        raise Closed(N_("A check is open. It is answered or closed first."))
    if is_open(board, row):
        raise Closed(N_("This sentence is open already."))
    held = of(board, row)
    return thaw(board, turn.texts, row, locked=False, ending="", other="", note="", round=held.round + 1)


def enter(table: Gathering) -> Board:
    """Open the texts of all rows that are neither locked nor carried by a check."""
    board: Board = table.board
    for row in table.setup.row_ids:
        held = of(board, row)
        if not held.locked and not has_passed(board, row):
            board = thaw(board, table.texts, row, ending="")
    return board


def freeze_open(table: Gathering) -> Board:
    """Close the texts of all rows that are not locked; what a check carried is agreed, other words are unchecked."""
    board: Board = table.board
    for row in table.setup.row_ids:
        if of(board, row).locked:
            continue
        if has_passed(board, row):
            board = put(board, row, locked=True, ending="agreed", frozen=True)
            continue
        board = freeze(table.setup, board, table.texts, row)
        board = put(board, row, ending="unchecked" if is_written(table.setup, board, row) else "")
    return board


def at_table(turn: Turn) -> Gathering:
    """Gather the table of a move, with the texts that the move has."""
    return replace(turn.gather(), board=turn.content, texts=turn.texts)
