"""The grid's part of a workshop's record.

Law: no seat, no jot and no single answer is in it, nothing that the trainer hid, and no count of people below three.
"""

from typing import Any

from app import disclosure
from app.activities import checks_told
from app.activities.base import TableScene
from app.activities.checks import Check
from app.activities.checks_told import CheckRecord
from app.activities.grid import cells, joint
from app.activities.grid import result as results
from app.activities.grid.record import (
    CellRecord,
    EmptyRecord,
    GuessRecord,
    QuestionRecord,
    Record,
    ResultRecord,
    StatementRecord,
)
from app.activities.grid.result import row_result
from app.activities.grid.shapes import Answer, Board, Result, RowResult, Setup

MARKS = ("shared", "question", "tension")


def record(scene: TableScene) -> Record:
    """Record what one table has revealed and agreed so far."""
    setup: Setup = scene.setup
    board: Board = scene.board
    locked = tuple(result(board, one) for one in board.results)
    return Record(
        phase=scene.phase,
        order=cells.order(setup, board) if board.order else (),
        cells=tuple(cell(board, row, column) for row, column in cells.places(setup) if cells.words(board, row, column)),
        empty=tuple(
            EmptyRecord(row=row, column=column) for row, column in cells.places(setup) if is_empty(board, row, column)
        ),
        guesses=guesses(setup, board),
        questions=questions(setup, board),
        statements=tuple(statement(board, row_result(board, row), joint.of(board, row).round) for row in setup.row_ids),
        checks=tuple(told for one in board.checks if (told := checked(one, board)) is not None),
        result=locked[-1] if locked else None,
        earlier=locked[:-1],
        hidden=not results.entries(board).isdisjoint(board.hidden),
    )


def record_seat(answer: Answer, board: Board) -> dict[str, Any]:
    """Record what one seat had said alone, in a workshop that names people: no marks, and no answer to a check."""
    jots = [{"row": row, "jot": jot.text} for row, there in answer.jots.items() for jot in there]
    return {"done": answer.done, "paper": answer.paper, "column": answer.column, "jots": jots}


def said(board: Board, entry: str, text: str) -> str:
    """Give what somebody said, unless it was hidden."""
    return "" if entry in board.hidden else text


def is_empty(board: Board, row: str, column: str) -> bool:
    """Say whether a cell was still empty as all were revealed."""
    return bool(board.cells) and not cells.words(board, row, column)


def cell(board: Board, row: str, column: str) -> CellRecord:
    """Record what an agency has written in its cell, and how many have marked it."""
    heat, name = cells.heat(board, row, column), f"cell-{row}-{column}"
    counts = disclosure.counts_for_export([getattr(heat, name) for name in MARKS])
    return CellRecord(
        row=row,
        column=column,
        text=said(board, name, cells.words(board, row, column)),
        hidden=name in board.hidden,
        **dict(zip(MARKS, counts, strict=True)),
    )


def guesses(setup: Setup, board: Board) -> tuple[GuessRecord, ...]:
    """Record what others have guessed for agencies that nobody spoke for, as guesses."""
    return tuple(
        GuessRecord(row=row, column=column, guess=text)
        for row, column in cells.places(setup)
        for one in board.guesses.get(row, {}).get(column, ())
        if (text := said(board, one.id, one.text))
    )


def questions(setup: Setup, board: Board) -> tuple[QuestionRecord, ...]:
    """Record what was asked about cells and what their owners replied, without who asked."""
    found = []
    for row, column in cells.places(setup):
        asked = board.asked.get(row, {}).get(column, ())
        held = board.replies.get(row, {}).get(column)
        reply = said(board, f"reply-{row}-{column}", held.text) if held is not None else ""
        told = tuple(text for one in asked if (text := said(board, one.id, one.text)))
        if asked and (told or reply):
            found.append(QuestionRecord(row=row, column=column, questions=told, reply=reply))
    return tuple(found)


def statement(board: Board, held: RowResult, opened: int = 0) -> StatementRecord:
    """Record a row's words, how it ended, and what it draws on; `opened` counts its reopenings."""
    return StatementRecord(
        row=held.row,
        text=said(board, f"joint-{held.row}", held.text),
        ending=held.ending,
        other=said(board, f"other-{held.row}", held.other),
        note=said(board, f"note-{held.row}", held.note),
        draws_on=held.draws,
        round=opened,
        hidden=bool(held.text) and f"joint-{held.row}" in board.hidden,
    )


def checked(check: Check, board: Board) -> CheckRecord | None:
    """Record how a check came out, as its number of answers allows; nothing of one that is open."""
    return checks_told.keep(check, lambda one: said(board, one.id, one.text))


def result(board: Board, held: Result) -> ResultRecord:
    """Record a grid as it was locked."""
    return ResultRecord(
        version=held.number,
        ending=held.ending,
        checks=held.checks,
        check=held.check,
        open_row=held.open_row,
        note=said(board, "note", held.note),
        rows=tuple(statement(board, one) for one in held.rows),
    )
