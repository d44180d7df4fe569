"""The check on the whole grid, how it ends, and locking it: versions, the row on the wall, and hiding an entry."""

from dataclasses import replace
from typing import Any

from app.activities import checks
from app.activities.base import Gathering, Given, Turn
from app.activities.checks import AnswerCheck, Check, CheckAnswer, CloseCheck
from app.activities.grid import joint
from app.activities.grid.alone import known_row
from app.activities.grid.naming import WHOLE
from app.activities.grid.shapes import (
    Answer,
    AnswerRowCheck,
    Board,
    EndRow,
    Hide,
    NameRow,
    OpenRowCheck,
    Result,
    RowResult,
    Setup,
    ShowRow,
)
from app.errors import N_, Closed, Stale, Unclear

MOST_HIDDEN = 400


def last_check(board: Board) -> Check | None:
    """Find the latest closed check on the whole grid since it was opened again."""
    return checks.last_on(board.checks, WHOLE, board.round)


def fails(board: Board) -> int:
    """Count the checks on the whole grid that did not pass since it was opened again."""
    return checks.failed(board.checks, WHOLE, board.round)


def is_settled(setup: Setup, board: Board) -> bool:
    """Say whether the last check on the whole grid passed, or an ending was chosen."""
    last = last_check(board)
    return bool(board.ending) or (last is not None and last.outcome is not None and last.outcome.passed)


def is_begun(setup: Setup, board: Board) -> bool:
    """Say whether any joint statement has words."""
    return any(joint.is_written(setup, board, row) for row in setup.row_ids)


def last(board: Board) -> Result | None:
    """Give what the table has locked last."""
    return board.results[-1] if board.results else None


def begin_check(table: Gathering) -> Board:
    """Close all texts and open a check on the whole grid, unless it is settled, or there is nothing to check."""
    board: Board = joint.freeze_open(table)
    spent = fails(board) >= checks.MOST_CHECKS
    if board.check is not None or spent or is_settled(table.setup, board) or not is_begun(table.setup, board):
        return board
    return board.model_copy(update={"checks": checks.open_one(board.checks, WHOLE, table.rule, board.round)})


def open_check(turn: Turn, move: OpenRowCheck) -> Board:
    """Put a check to the table: on a row, or on the whole grid once that is looked at."""
    if turn.phase == "joint":
        return joint.open_check(turn, move.row)
    if move.row:
        raise Unclear(N_("Now the whole grid is checked, and no single sentence."))
    unsettled(turn.setup, turn.content)
    board = joint.freeze_open(joint.at_table(turn))
    if not is_begun(turn.setup, board):
        raise Closed(N_("There is no joint statement to check yet."))
    return board.model_copy(update={"checks": checks.open_one(board.checks, WHOLE, turn.rule, board.round)})


def unsettled(setup: Setup, board: Board) -> None:
    """Refuse to change or check a grid that is being checked, is settled, or was checked often enough."""
    if board.check is not None:
        raise Closed(N_("A check is open already. It is answered or closed first."))
    if is_settled(setup, board):
        raise Closed(N_("Your table has settled this grid. The trainer can open it again."))
    if fails(board) >= checks.MOST_CHECKS:
        raise Closed(N_("The grid was changed twice and checked three times. Choose how it ends."))


def answer_check(turn: Turn, move: AnswerRowCheck) -> Answer:
    """Answer the open check in private; on the whole grid one may name the row to open again."""
    board: Board = turn.board()
    if move.row:
        known_row(turn.setup, move.row)
    whole = board.check is None or board.check.subject == WHOLE
    if board.check is not None and not whole and move.row not in ("", board.check.subject):
        raise Stale(N_("That check is over. Here is the one that is open now."))
    said = AnswerCheck(value=move.value, note=move.note, about=move.row if whole else "", check=move.check)
    held: Answer = turn.content
    return held.model_copy(update={"check": checks.answer(board.checks, said)})


def answers(table: Gathering) -> list[tuple[Given, CheckAnswer | None]]:
    """Take what each seat has said on a check."""
    return [(one, one.answer.check) for one in table.seats]


def settle(table: Gathering) -> Board:
    """Close the open check once all present have answered it."""
    board: Board = table.board
    if board.check is None or not checks.all_answered(board.check, answers(table)):
        return board
    return close(table)


def close(table: Gathering) -> Board:
    """Close the open check and draw what follows from it."""
    closed = table.board.model_copy(update={"checks": checks.close(table.board.checks, answers(table))})
    return joint.after_check(replace(table, board=closed))


def close_check(turn: Turn, move: CloseCheck) -> Board:
    """Close the open check with the answers there are."""
    board: Board = turn.content
    if board.check is None:
        raise Closed(N_("Nothing is open at this table now."))
    table = joint.at_table(turn)
    checks.enough_to_close(len(checks.answers_to(board.check, answers(table))), len(table.seats))
    return close(table)


def end(turn: Turn, move: EndRow) -> Board:
    """Choose how a row ends, or the whole grid once that is looked at, that two checks have not carried."""
    if turn.phase == "joint":
        if not move.row:
            raise Unclear(N_("Name the sentence that ends so."))
        return joint.end_row(turn, move)
    if move.row:
        raise Unclear(N_("Now the whole grid ends, and no single sentence."))
    board: Board = turn.content
    checks.may_end(board.checks, WHOLE, board.round)
    if board.ending:
        raise Closed(N_("Your table has chosen how it ends. The trainer can open it again."))
    if move.ending == "all_but_one" and not move.open_row:
        raise Unclear(N_("Name the sentence that is not agreed."))
    apart = known_row(turn.setup, move.open_row).id if move.ending == "all_but_one" else ""
    board = joint.freeze_open(joint.at_table(turn))
    return board.model_copy(update={"ending": move.ending, "open_row": apart, "note": move.note})


def reopen_row(turn: Turn, move: NameRow) -> Board:
    """Open a row again, which the check on the whole grid may ask for."""
    if turn.phase == "check":
        known_row(turn.setup, move.row)
        unsettled(turn.setup, turn.content)
    return joint.reopen_row(turn, move)


def lock(table: Gathering) -> Board:
    """Write down what the table has agreed, as its next version; the same twice is one version."""
    board: Board = joint.freeze_open(table)
    said, number = last_check(board), len(board.results) + 1
    passed = said is not None and said.outcome is not None and said.outcome.passed
    board = carried(board) if passed else board
    counted = [one for one in board.checks if one.subject == WHOLE and one.round == board.round and one.outcome]
    result = Result(
        number=number,
        rows=tuple(row_result(board, row) for row in table.setup.row_ids),
        ending="agreed" if passed else board.ending or "unchecked",
        checks=len(counted),
        check=said.id if said is not None else None,
        open_row=board.open_row,
        note=board.note,
    )
    held = last(board)
    if held is not None and held.model_copy(update={"number": number}) == result:
        return board
    return board.model_copy(update={"results": (*board.results, result)})


def carried(board: Board) -> Board:
    """Let the check on the whole grid stand for the sentences that had none of their own."""
    for row, held in board.joints.items():
        if held.ending == "unchecked":
            board = joint.put(board, row, locked=True, ending="agreed")
    return board


def row_result(board: Board, row: str) -> RowResult:
    """Write down a row as it stands."""
    held = joint.of(board, row)
    return RowResult(row=row, text=held.text, ending=held.ending, other=held.other, note=held.note, draws=held.draws)


def put_away(board: Board) -> Board:
    """Put away the check that is open."""
    return board.model_copy(update={"checks": checks.put_away(board.checks)})


def anew(board: Board) -> Board:
    """Begin a new round of checks on the whole grid, without the ending of the last."""
    return board.model_copy(update={"round": board.round + 1, "ending": "", "open_row": "", "note": ""})


def show_row(turn: Turn, move: ShowRow) -> Board:
    """Show a row on the wall, or the heat view."""
    board: Board = turn.content
    row = None if move.row is None else known_row(turn.setup, move.row).id
    return board.model_copy(update={"shown": row})


def hide(turn: Turn, move: Hide) -> Board:
    """Hide an entry from every screen and export, or show it again."""
    board: Board = turn.content
    others = tuple(one for one in board.hidden if one != move.entry)
    if move.entry not in board.hidden and move.entry not in entries(board):
        raise Unclear(N_("There is no entry “{entry}” at this table."), entry=move.entry)
    if move.hidden and len(others) >= MOST_HIDDEN:
        raise Closed(N_("Too many entries are hidden at this table."))
    return board.model_copy(update={"hidden": (*others, move.entry) if move.hidden else others})


def entries(board: Board) -> frozenset[str]:
    """Name everything that somebody has said at a table so far, as it is hidden by."""
    said = [f"cell-{row}-{column}" for row, in_row in board.cells.items() for column in in_row]
    said += [f"reply-{row}-{column}" for row, in_row in board.replies.items() for column in in_row]
    said += [one.id for one in spoken(board)]
    said += [one.id for check in board.checks if check.outcome for one in check.outcome.reasons]
    rows = {*board.joints, *(one.row for result in board.results for one in result.rows)}
    said += [f"{sort}-{row}" for row in rows for sort in ("joint", "other", "note")]
    return frozenset(("note", *said))


def spoken(board: Board) -> list[Any]:
    """List all questions and guesses."""
    return [
        one
        for said in (board.asked, board.guesses)
        for in_row in said.values()
        for here in in_row.values()
        for one in here
    ]
