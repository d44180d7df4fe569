"""The seat page as all columns are open: what each agency wrote, marked and asked about, and what its people answer.

Law: what somebody types in stands in a region of its own, which changes with nobody else's moves.
"""

from dataclasses import dataclass

from app.activities.base import Region, SeatScene
from app.activities.grid.shapes import Board
from app.activities.grid.views import cells, frame
from app.activities.grid.views.cells import Cell, Question
from app.activities.grid.views.frame import Sentence
from app.activities.grid.views.whole import whole
from app.errors import N_


@dataclass(frozen=True, slots=True)
class RowView:
    """A sentence's cells. `elsewhere` is where the next question waits, where there is none here."""

    moves_url: str
    version: int
    mode: cells.Mode
    row: str
    is_first: bool
    cells: tuple[Cell, ...]
    elsewhere: Sentence | None = None
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A column to ask or to guess about; `text` is what this seat asks of it."""

    column: str
    label: str
    text: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SayView:
    """Where one asks about a cell, or guesses what an empty one might say."""

    moves_url: str
    version: int
    row: str
    is_first: bool
    to_ask: tuple[Named, ...]
    to_guess: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class ReplyView:
    """Where a cell's people answer what is asked about it, in a line; `folded` where the page is about more."""

    moves_url: str
    row: str
    is_first: bool
    column: str
    label: str
    questions: tuple[Question, ...]
    text: str
    folded: bool = False


def reveal(scene: SeatScene) -> tuple[Region, ...]:
    """Draw all columns, sentence by sentence, to be marked and asked about."""
    parts = [region for one in frame.sentences(scene) for region in (marking(scene, one), *say(scene, one))]
    return (frame.head(scene, N_("all columns are open")), frame.rows(scene), *parts, whole(scene), *frame.foot(scene))


def marking(scene: SeatScene, one: Sentence) -> Region:
    """The cells of a sentence, those of others with what they can be marked with."""
    found = cells.lay(scene, one.id)
    view = RowView(scene.moves_url, scene.answer_version, "reveal", one.id, one.is_first, found)
    return Region(f"row-{one.id}", "grid/_row_reveal.html", view)


def say(scene: SeatScene, one: Sentence) -> tuple[Region, ...]:
    """Offer a question about another agency's words, and a guess where nobody speaks and nothing is written."""
    found = cells.lay(scene, one.id)
    to_ask = tuple(
        Named(cell.column, cell.label, cell.asks, cell.mark == "question") for cell in found if cell.mark is not None
    )
    to_guess = guessable(found)
    if not (to_ask or to_guess):
        return ()
    view = SayView(scene.moves_url, scene.answer_version, one.id, one.is_first, to_ask, to_guess)
    return (Region(f"say-{one.id}", "grid/_say.html", view),)


def guessable(found: tuple[Cell, ...]) -> tuple[Named, ...]:
    """List the columns whose words may be guessed at."""
    return tuple(Named(cell.column, cell.label) for cell in found if cell.is_empty and not cell.spoken)


def answer(scene: SeatScene) -> tuple[Region, ...]:
    """Draw the cells that were asked about, and let their people answer."""
    sentences = frame.sentences(scene)
    parts = [region for one in sentences for region in (answering(scene, one, sentences), *replying(scene, one))]
    return (frame.head(scene, N_("the questions")), frame.rows(scene), *parts, whole(scene), *frame.foot(scene))


def answering(scene: SeatScene, one: Sentence, sentences: tuple[Sentence, ...]) -> Region:
    """The cells of a sentence that were asked about, one's own last: its form stands below."""
    found = tuple(sorted((cell for cell in cells.lay(scene, one.id) if cell.questions), key=lambda cell: cell.mine))
    asked = [row for row in sentences if asked_in(scene.board, row.id)]
    view = RowView(
        moves_url=scene.moves_url,
        version=0,
        mode="answer",
        row=one.id,
        is_first=one.is_first,
        cells=found,
        elsewhere=asked[0] if asked and not found else None,
        asked=len(asked),
    )
    return Region(f"row-{one.id}", "grid/_row_answer.html", view)


def asked_in(board: Board, row: str) -> bool:
    """Say whether anything is asked about a sentence's cells."""
    return any(board.asked.get(row, {}).values())


def replying(scene: SeatScene, one: Sentence, folded: bool = False) -> tuple[Region, ...]:
    """Ask a cell's people for the answer to what is asked about it."""
    own = next((cell for cell in cells.lay(scene, one.id) if cell.mine and cell.questions), None)
    if own is None:
        return ()
    text = own.reply.text if own.reply is not None else ""
    first = one.is_first
    view = ReplyView(scene.moves_url, one.id, first, own.column, own.label, own.questions, text, folded)
    return (Region(f"reply-{one.id}", "grid/_reply.html", view),)
