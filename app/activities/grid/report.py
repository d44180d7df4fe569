"""The grid's part of a workshop's record.

Law: no seat, no jot and no single answer is in it, nothing that the trainer hid, and no count of people below three.
"""

from typing import Any

from app import disclosure
from app.activities import checks
from app.activities.base import TableScene
from app.activities.checks import Check, Reason
from app.activities.grid import cells, joint
from app.activities.grid.naming import WHOLE
from app.activities.grid.shapes import Answer, Board, Result, RowResult, Setup

Plain = dict[str, Any]
MARKS = ("shared", "question", "tension")


class Teller:
    """Writes rows and columns with their words, and leaves out what was hidden."""

    def __init__(self, setup: Setup, board: Board) -> None:
        self._prompts = {row.id: row.prompt for row in setup.rows}
        self._labels = {column.id: column.label for column in setup.columns}
        self._hidden = frozenset(board.hidden)

    def row(self, row: str) -> Plain:
        """Write a row's id and its sentence opening."""
        return {"row": row, "sentence": self._prompts.get(row, "")}

    def cell(self, row: str, column: str) -> Plain:
        """Write of which cell something is."""
        return self.row(row) | {"column": column, "agency": self.label(column)}

    def label(self, column: str) -> str:
        """Write a column's label."""
        return self._labels.get(column, "")

    def said(self, entry: str, text: str) -> str:
        """Write what somebody said, unless it was hidden."""
        return "" if entry in self._hidden else text


def record(scene: TableScene) -> Plain:
    """Record what one table has revealed and agreed so far, as plain data."""
    setup: Setup = scene.setup
    board: Board = scene.board
    tell = Teller(setup, board)
    return {
        "phase": scene.phase,
        "rows": [row.model_dump() for row in setup.rows],
        "columns": [column.model_dump() for column in setup.columns],
        "agreed": setup.agreed,
        "order": list(cells.order(setup, board)),
        "cells": [
            cell(board, tell, row, column) for row, column in cells.places(setup) if cells.words(board, row, column)
        ],
        "empty": [tell.cell(row, column) for row, column in cells.places(setup) if is_empty(board, row, column)],
        "guesses": guesses(setup, board, tell),
        "questions": questions(setup, board, tell),
        "statements": [statement(setup, board, tell, row) for row in setup.row_ids],
        "unagreed": [both for row in setup.row_ids if (both := unagreed(board, tell, row)) is not None],
        "checks": [checked(one, tell) for one in board.checks if one.outcome],
        "results": [locked(one, tell) for one in board.results],
    }


def record_seat(answer: Answer, board: Board) -> Plain:
    """Record what one seat had said alone, in a workshop that names people: no marks, and no answer to a check."""
    jots = [{"row": row, "jot": jot.text} for row, there in answer.jots.items() for jot in there]
    return {"done": answer.done, "paper": answer.paper, "column": answer.column, "jots": jots}


def is_empty(board: Board, row: str, column: str) -> bool:
    """Say whether a cell was still empty as all were revealed."""
    return bool(board.cells) and not cells.words(board, row, column)


def cell(board: Board, tell: Teller, row: str, column: str) -> Plain:
    """Record what an agency has written in its cell, and how many have marked it."""
    heat = cells.heat(board, row, column)
    counts = disclosure.counts_for_export([getattr(heat, name) for name in MARKS])
    text = tell.said(f"cell-{row}-{column}", cells.words(board, row, column))
    return tell.cell(row, column) | {"text": text} | dict(zip(MARKS, counts, strict=True))


def guesses(setup: Setup, board: Board, tell: Teller) -> list[Plain]:
    """Record what others have guessed for agencies that nobody spoke for, as guesses."""
    return [
        tell.cell(row, column) | {"guess": text}
        for row, column in cells.places(setup)
        for one in board.guesses.get(row, {}).get(column, ())
        if (text := tell.said(one.id, one.text))
    ]


def questions(setup: Setup, board: Board, tell: Teller) -> list[Plain]:
    """Record what was asked about cells and what their owners replied, without who asked."""
    found = []
    for row, column in cells.places(setup):
        asked = board.asked.get(row, {}).get(column, ())
        held = board.replies.get(row, {}).get(column)
        reply = tell.said(f"reply-{row}-{column}", held.text) if held is not None else ""
        said = [text for one in asked if (text := tell.said(one.id, one.text))]
        if asked and (said or reply):
            found.append(tell.cell(row, column) | {"questions": said, "reply": reply})
    return found


def statement(setup: Setup, board: Board, tell: Teller, row: str) -> Plain:
    """Record a row's joint statement as it stands."""
    held = joint.of(board, row)
    kept = RowResult(row=row, text=held.text, ending=held.ending, other=held.other, note=held.note, draws=held.draws)
    return told(kept, tell) | {"locked": held.locked, "version": held.round + 1}


def told(kept: RowResult, tell: Teller) -> Plain:
    """Record a row's words, how it ended, and what it draws on."""
    return tell.row(kept.row) | {
        "text": tell.said(f"joint-{kept.row}", kept.text),
        "ending": kept.ending,
        "other": tell.said(f"other-{kept.row}", kept.other),
        "note": tell.said(f"note-{kept.row}", kept.note),
        "draws_on": [tell.label(column) for column in kept.draws],
    }


def unagreed(board: Board, tell: Teller, row: str) -> Plain | None:
    """Record both sentences of a row without agreement."""
    held = joint.of(board, row)
    if held.ending != "not_agreed":
        return None
    one, other = tell.said(f"joint-{row}", held.text), tell.said(f"other-{row}", held.other)
    return tell.row(row) | {"one": one, "other": other}


def checked(check: Check, tell: Teller) -> Plain:
    """Record how a check came out, as its number of answers allows."""
    whole = check.subject == WHOLE
    about: Plain = {"number": check.id, "version": check.round + 1, "about": "grid" if whole else "row"}
    about |= {"row": "", "sentence": ""} if whole else tell.row(check.subject)
    about |= {"rule": check.rule}

    def reason(one: Reason) -> Plain | None:
        text = tell.said(one.id, one.text)
        return tell.row(one.about) | {"number": check.id, "reason": text} if text else None

    return about | checks.record(check, reason)


def locked(result: Result, tell: Teller) -> Plain:
    """Record a result; the last one is what holds."""
    return {
        "version": result.number,
        "ending": result.ending,
        "checks": result.checks,
        "open_row": tell.row(result.open_row) if result.open_row else None,
        "note": tell.said("note", result.note),
        "rows": [{"version": result.number} | told(one, tell) for one in result.rows],
    }
