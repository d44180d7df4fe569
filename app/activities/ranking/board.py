"""The table's board: laying it out from the mirror, moving statements on it, taking the latest move back."""

from app.activities.base import Gathering, Turn
from app.activities.ranking.discard import left, stays
from app.activities.ranking.mirror import first_places
from app.activities.ranking.shapes import Board, Place, Placing, Setup, Undo
from app.activities.ranking.top import only
from app.errors import N_, Closed, Unclear

KEPT_MOVES = 10

Places = tuple[str | None, ...]


def lay_out(table: Gathering) -> Board:
    """Give every statement that is left a place to stand on; what all placed alike stands there already.

    A board that was moved on before keeps its order, less what was discarded since.
    """
    board: Board = table.board
    setup: Setup = table.setup
    staying = left(setup, board)
    board = only(board, staying)
    if board.moved or board.results:
        return board.model_copy(update={"places": refit(board.places, staying), "last": ()})
    places: list[str | None] = [None] * len(staying)
    if setup.start == "mirror":
        without = tuple(one.statement for one in board.discarded)
        for statement, place in first_places(setup, table.kept.get("solo", ()), without).items():
            places[place - 1] = statement
    return board.model_copy(update={"places": tuple(places), "last": ()})


def refit(places: Places, staying: tuple[str, ...]) -> Places:
    """Fit an earlier order to the statements that stay: those gone leave, gaps at the end come or go."""
    kept = [one for one in places if one is None or one in staying]
    while len(kept) > len(staying):
        kept.pop(len(kept) - 1 - kept[::-1].index(None))
    return tuple(kept + [None] * (len(staying) - len(kept)))


def tray(setup: Setup, board: Board) -> tuple[str, ...]:
    """List the statements that stand nowhere yet."""
    return tuple(one for one in left(setup, board) if one not in board.places)


def is_complete(setup: Setup, board: Board) -> bool:
    """Say whether every statement has its place."""
    return bool(board.places) and None not in board.places


def place(turn: Turn, move: Place) -> Board:
    """Put a statement on a place, or back into the tray; others make room towards the nearest gap."""
    board: Board = turn.content
    setup: Setup = turn.setup
    stays(setup, board, move.statement)
    if move.position is not None and move.position > len(board.places):
        raise Unclear(N_("The board has {places} places."), places=len(board.places))
    places = moved(board.places, move.statement, move.position)
    if places == board.places:
        return board
    made = Placing(seat=turn.seat, statement=move.statement, to=move.position, before=board.places)
    counts = dict(board.moved)
    if turn.seat is not None:
        counts[turn.seat] = counts.get(turn.seat, 0) + 1
    last = (*board.last, made)[-KEPT_MOVES:]
    return board.model_copy(update={"places": places, "last": last, "moved": counts})


def moved(places: Places, statement: str, position: int | None) -> Places:
    """Move a statement to a place; who stands there moves on towards where the statement came from, else to a gap.

    >>> moved(("a", "b", "c", None), "c", 1)
    ('c', 'a', 'b', None)
    >>> moved((None, "a", "b"), "c", 3)
    ('a', 'b', 'c')
    >>> moved(("a", "b"), "a", None)
    (None, 'b')
    """
    new: list[str | None] = [None if one == statement else one for one in places]
    if position is None:
        return tuple(new)
    target = position - 1
    gaps = [at for at, one in enumerate(new) if one is None]
    came_from = places.index(statement) if statement in places else None
    gap = came_from if came_from is not None else min(gaps, key=lambda at: (abs(at - target), at < target))
    if new[target] is not None:
        new.pop(gap)
        new.insert(target, statement)
    else:
        new[target] = statement
    return tuple(new)


def undo(turn: Turn, move: Undo) -> Board:
    """Take back the table's latest move on the board, whoever made it."""
    board: Board = turn.content
    if not board.last:
        raise Closed(N_("There is nothing left to undo."))
    return board.model_copy(update={"places": board.last[-1].before, "last": board.last[:-1]})
