"""What people have written that their table can see now, for the trainer to hide; never who wrote it."""

from collections.abc import Iterator

from app.activities.base import Region, TableScene
from app.activities.entries import Entry, TableEntries, region
from app.activities.grid import cells, naming, result
from app.activities.grid.shapes import Board, Setup
from app.errors import N_

Said = tuple[str, str, str, str]
"""A text with its name, what it stands beside, and what it is about."""


def entries(scenes: tuple[TableScene, ...]) -> tuple[Region, ...]:
    """List what tables have written, once it is revealed, where there is anything."""
    found = [TableEntries(scene.number, of_table(scene)) for scene in scenes if scene.phase in naming.REVEALED]
    return region(scenes[0].moves_url, found) if found else ()


def of_table(scene: TableScene) -> tuple[Entry, ...]:
    """List one table's texts that can be hidden, sentence by sentence, then what was said on checks."""
    board: Board = scene.board
    may = result.entries(board)
    said = (*on_rows(scene.setup, board), *on_checks(scene.setup, board))
    return tuple(Entry(*one, one[0] in board.hidden) for one in said if one[3] and one[0] in may)


def on_rows(setup: Setup, board: Board) -> Iterator[Said]:
    """Go through each sentence: its cells with what was asked, replied and guessed, then its joint statement."""
    for number, row in enumerate(setup.row_ids, 1):
        for column in setup.columns:
            about = f"{number} · {column.label}"
            yield f"cell-{row}-{column.id}", N_("View"), about, cells.words(board, row, column.id)
            for asked in board.asked.get(row, {}).get(column.id, ()):
                yield asked.id, N_("Question"), about, asked.text
            reply = board.replies.get(row, {}).get(column.id)
            yield f"reply-{row}-{column.id}", N_("Reply"), about, reply.text if reply else ""
            for guess in board.guesses.get(row, {}).get(column.id, ()):
                yield guess.id, N_("Guess"), about, guess.text
        held = board.joints.get(row)
        if held is not None:
            yield f"joint-{row}", N_("Joint statement"), str(number), held.text
            yield f"other-{row}", N_("The other view"), str(number), held.other
            yield f"note-{row}", N_("Beside the ending"), str(number), held.note


def on_checks(setup: Setup, board: Board) -> Iterator[Said]:
    """Go through what was said beside low answers, and beside the grid's ending."""
    numbers = {row: str(number) for number, row in enumerate(setup.row_ids, 1)}
    for check in board.checks:
        for reason in check.outcome.reasons if check.outcome else ():
            about = numbers.get(reason.about) or numbers.get(check.subject, "")
            yield reason.id, N_("Beside a low answer"), about, reason.text
    yield "note", N_("Beside the ending"), "", board.note
