"""The agencies' cells: agreed in private, revealed at one moment, marked, asked about, answered, or guessed at.

Law: no words of a cell go to the board before the reveal, and no seat that marks goes there but one that asks.
"""

from collections import Counter
from hashlib import sha256
from typing import Any

from app.activities.base import Gathering, Given, Turn
from app.activities.grid import naming
from app.activities.grid.alone import column_here, known_column, known_row
from app.activities.grid.shapes import (
    MOST_GUESSES,
    AgreeCell,
    Answer,
    Asked,
    Board,
    CellMark,
    Guess,
    Heat,
    MakeGuess,
    MakeReply,
    Mark,
    Reply,
    Setup,
)
from app.errors import N_, Closed, Forbidden, Unclear

Place = tuple[str, str]
"""A row and a column."""


def agree_cell(turn: Turn, move: AgreeCell) -> Board:
    """Close the text of one's own agency's cell as agreed, or open it again."""
    row = known_row(turn.setup, move.row).id
    column = column_here(turn)
    if column is None:
        raise Forbidden(N_("You write for no agency, so there is no cell of yours to agree on."))
    board: Board = turn.content
    agreed = board.agreed.get(row, ())
    if (column in agreed) == move.agreed:
        return board
    name = naming.cell(row, column)
    if not move.agreed:
        turn.texts.thaw(name)
        return board.model_copy(update={"agreed": board.agreed | {row: tuple(one for one in agreed if one != column)}})
    if name not in board.begun or not turn.texts.freeze(name).strip():
        raise Unclear(N_("There are no words in this cell yet. Write some first."))
    return board.model_copy(update={"agreed": board.agreed | {row: (*agreed, column)}})


def state(setup: Setup, board: Board, row: str, column: str, jotted: bool) -> str:
    """Say how far a cell is: "empty", "jotting", "draft" or "agreed"."""
    if column in board.agreed.get(row, ()):
        return "agreed"
    if naming.cell(row, column) in board.begun:
        return "draft"
    return "jotting" if jotted else "empty"


def all_agreed(setup: Setup, board: Board) -> bool:
    """Say whether every cell that somebody has begun is agreed, and there is one."""
    begun = [at for name in board.begun if (at := naming.cell_named(setup, name)) is not None]
    return bool(begun) and all(column in board.agreed.get(row, ()) for row, column in begun)


def reopen(table: Gathering) -> Board:
    """Open the cells that are not agreed, and put away what was revealed."""
    board: Board = covered(table.board)
    for row, column in places(table.setup):
        if column not in board.agreed.get(row, ()):
            table.texts.thaw(naming.cell(row, column))
    return board


def covered(board: Board) -> Board:
    """Put away what the table has seen and said of its cells; what is marked from now on is on another reveal."""
    if not (board.cells or board.heat or board.asked):
        return board
    gone: dict[str, Any] = {"cells": {}, "heat": {}, "asked": {}, "replies": {}, "order": ()}
    return board.model_copy(update=gone | {"reveals": board.reveals + 1})


def uncover(table: Gathering) -> Board:
    """Close every cell and show all words at one moment."""
    board: Board = table.board
    cells: dict[str, dict[str, str]] = {}
    for row, column in places(table.setup):
        words = table.texts.freeze(naming.cell(row, column)).strip()
        if words:
            cells.setdefault(row, {})[column] = words
    return board.model_copy(update={"cells": cells})


def places(setup: Setup) -> tuple[Place, ...]:
    """List all cells."""
    return tuple((row, column) for row in setup.row_ids for column in setup.column_ids)


def words(board: Board, row: str, column: str) -> str:
    """Give what stands in a cell; nothing before the reveal."""
    return board.cells.get(row, {}).get(column, "")


def mark(turn: Turn, move: Mark) -> Answer:
    """Mark another agency's cell as shared, a question or a tension, or take that back."""
    row, column = known_row(turn.setup, move.row).id, known_column(turn.setup, move.column).id
    held: Answer = turn.content
    if column == column_here(turn, held):
        raise Forbidden(N_("This is your own agency’s cell. The others mark it."))
    board: Board = turn.board()
    if not words(board, row, column):
        raise Unclear(N_("There are no words in this cell to mark."))
    marks = {
        at: {one: held_mark for one, held_mark in in_row.items() if held_mark.round == board.reveals}
        for at, in_row in held.marks.items()
    }
    in_row = {one: held_mark for one, held_mark in marks.get(row, {}).items() if one != column}
    if move.mark is not None:
        text = move.text if move.mark == "question" else ""
        in_row[column] = CellMark(mark=move.mark, text=text, round=board.reveals)
    marks[row] = in_row
    return held.model_copy(update={"marks": {at: one for at, one in marks.items() if one}})


def settle(table: Gathering) -> Board:
    """Count the marks of all seats, and put their questions beside the cells, while the cells are being marked."""
    board: Board = table.board
    if table.phase != "reveal":
        return board
    heat: dict[str, dict[str, Heat]] = {}
    asked: dict[str, dict[str, tuple[Asked, ...]]] = {}
    for row, column in places(table.setup):
        if not words(board, row, column):
            continue
        marks = marks_on(board, table.seats, row, column)
        found = Counter[str](one.mark for _, one in marks)
        if found:
            heat.setdefault(row, {})[column] = Heat(**found)
        if found["question"]:
            asked.setdefault(row, {})[column] = questions(row, column, marks)
    return board.model_copy(update={"heat": heat, "asked": asked})


def marks_on(board: Board, seats: tuple[Given, ...], row: str, column: str) -> list[tuple[int, CellMark]]:
    """Take the marks on a cell that were made since it was revealed."""
    found = ((one.seat, one.answer.marks.get(row, {}).get(column)) for one in seats)
    return [(seat, one) for seat, one in found if one is not None and one.round == board.reveals]


def questions(row: str, column: str, marks: list[tuple[int, CellMark]]) -> tuple[Asked, ...]:
    """Write the questions about a cell, in an order that tells nothing of when they were asked."""
    said = [(entry("q", row, column, one.text), one.text, seat) for seat, one in marks if one.mark == "question"]
    said.sort()
    times: Counter[str] = Counter()
    made = []
    for name, text, seat in said:
        times[name] += 1
        made.append(Asked(id=name if times[name] == 1 else f"{name}-{times[name]}", text=text, seat=seat))
    return tuple(made)


def entry(letter: str, row: str, column: str, text: str) -> str:
    """Name what somebody has said of a cell by its words alone: other words are another entry."""
    return f"{letter}-{sha256(f'{row}:{column}:{text}'.encode()).hexdigest()[:12]}"


def heat(board: Board, row: str, column: str) -> Heat:
    """Count how many have marked a cell."""
    return board.heat.get(row, {}).get(column) or Heat()


def ordered(setup: Setup, board: Board) -> tuple[str, ...]:
    """Bring the rows in order, the least tense first; of those alike, the one with fewer questions."""
    rows = setup.row_ids

    def tense(row: str) -> tuple[int, int]:
        found = [heat(board, row, column) for column in setup.column_ids]
        return sum(one.tension for one in found), sum(one.question for one in found)

    return tuple(sorted(rows, key=tense))


def order(setup: Setup, board: Board) -> tuple[str, ...]:
    """List the rows as the table takes them, those of an order first that has become the setup's."""
    known = tuple(row for row in board.order if row in setup.row_ids)
    return (*known, *(row for row in setup.row_ids if row not in known))


def open_questions(board: Board) -> tuple[Place, ...]:
    """List the cells that are asked about and have no reply yet."""
    return tuple(
        (row, column)
        for row, in_row in board.asked.items()
        for column, all_asked in in_row.items()
        if all_asked and column not in board.replies.get(row, {})
    )


def reply(turn: Turn, move: MakeReply) -> Board:
    """Answer in a line what is asked about one's own agency's cell; an empty one takes it back."""
    row, column = known_row(turn.setup, move.row).id, known_column(turn.setup, move.column).id
    if column != column_here(turn):
        raise Forbidden(N_("The people of that agency answer what is asked about its cell."))
    board: Board = turn.content
    if not board.asked.get(row, {}).get(column):
        raise Closed(N_("Nothing is asked about this cell."))
    in_row = {one: held for one, held in board.replies.get(row, {}).items() if one != column}
    if move.text:
        in_row[column] = Reply(text=move.text, seat=turn.seat)
    return board.model_copy(update={"replies": board.replies | {row: in_row}})


def guess(turn: Turn, move: MakeGuess) -> Board:
    """Say what an agency might say for which nobody speaks; it is always shown as a guess."""
    row, column = known_row(turn.setup, move.row).id, known_column(turn.setup, move.column).id
    board: Board = turn.content
    if any(naming.column_given(turn.setup, one) == column for one in turn.gather().seats):
        raise Closed(N_("Somebody here speaks for that agency. Ask them."))
    if words(board, row, column):
        raise Closed(N_("There are words in this cell, so there is nothing to guess."))
    there = board.guesses.get(row, {}).get(column, ())
    new = Guess(id=entry("g", row, column, move.text), text=move.text, seat=turn.seat)
    if any(one.id == new.id for one in there):
        raise Unclear(N_("That guess is there already."))
    if len(there) >= MOST_GUESSES:
        raise Unclear(N_("There are {most} guesses in this cell already. That is enough."), most=MOST_GUESSES)
    in_row = board.guesses.get(row, {}) | {column: (*there, new)}
    return board.model_copy(update={"guesses": board.guesses | {row: in_row}})
