"""The seat page while a table ranks: its board, its tray, who moved last."""

from dataclasses import dataclass
from typing import Literal

from app.activities.base import Person, Region, SeatScene, Slot
from app.activities.ranking.board import tray
from app.activities.ranking.shapes import Board, Setup
from app.activities.ranking.views.pieces import Placed, late_part, on, texts_of

DIAMOND = 9
"""1-2-3-2-1: the only number of places that makes a diamond."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the board, and the statement on it; `id` is empty while it is free."""

    place: int
    id: str = ""
    text: str = ""
    just: bool = False


@dataclass(frozen=True, slots=True)
class BoardView:
    """The table's board and its tray; `just` is the statement that was moved last.

    With another `phase` what was in hand is put down.
    """

    moves_url: str
    version: int
    phase: str
    spots: tuple[Spot, ...]
    tray: tuple[Placed, ...]
    just: str

    @property
    def is_diamond(self) -> bool:
        """Whether the places can be shown as a diamond."""
        return len(self.spots) == DIAMOND

    @property
    def free(self) -> int:
        """The highest free place, 0 where there is none."""
        return next((spot.place for spot in self.spots if not spot.id), 0)


@dataclass(frozen=True, slots=True)
class MovedView:
    """Who made the latest move: this seat, somebody with a place at the table, or nobody anybody knows."""

    who: Literal["nobody", "you", "seat", "somebody"]
    place: int = 0
    agency: str = ""
    to: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class UndoView:
    """Whether there is a move to take back."""

    moves_url: str
    version: int
    moves: int


def rank(scene: SeatScene) -> tuple[Region, ...]:
    """The table's board with its tray, who moved last, and the ways back and on."""
    return (*late_part(scene), board_part(scene), who_moved(scene), undo_part(scene), *on(scene))


def board_part(scene: SeatScene) -> Region:
    """The table's board and the tray beside it."""
    setup: Setup = scene.setup
    board: Board = scene.board
    texts = texts_of(setup)
    last = board.last[-1] if board.last else None
    just = last.statement if last is not None else ""
    spots = tuple(
        Spot(place, one, texts[one], one == just) if one else Spot(place) for place, one in enumerate(board.places, 1)
    )
    waits = tuple(Placed(one, texts[one]) for one in tray(setup, board)) if board.places else ()
    view = BoardView(scene.moves_url, scene.board_version, scene.phase, spots, waits, just)
    return Region("board", "ranking/_board.html", view)


def who_moved(scene: SeatScene, slot: Slot = "said") -> Region:
    """Who made the latest move on the board; nobody by name."""
    board: Board = scene.board
    if not board.last:
        return Region("who-moved", "ranking/_who_moved.html", MovedView("nobody"), slot)
    last = board.last[-1]
    text = texts_of(scene.setup)[last.statement]
    if last.seat == scene.seat:
        view = MovedView("you", to=last.to, text=text)
    else:
        person = person_at(scene, last.seat)
        known = person is not None
        view = MovedView(
            "seat" if known else "somebody",
            person.place if person is not None else 0,
            person.agency if person is not None else "",
            last.to,
            text,
        )
    return Region("who-moved", "ranking/_who_moved.html", view, slot)


def person_at(scene: SeatScene, seat: int | None) -> Person | None:
    """Find who sits on a seat, if they are still at the table."""
    return next((person for person in scene.people if person.seat == seat), None)


def undo_part(scene: SeatScene, slot: Slot = "foot") -> Region:
    """The way back from the table's latest moves, whoever made them."""
    board: Board = scene.board
    return Region("undo", "ranking/_undo.html", UndoView(scene.moves_url, scene.board_version, len(board.last)), slot)
