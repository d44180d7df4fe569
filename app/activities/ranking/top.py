"""The top places: private marks, what they come to, filling the places, sharing one by choice."""

from collections.abc import Container

from app import disclosure
from app.activities import checks
from app.activities.base import Gathering, Given, Turn
from app.activities.ranking.discard import held_by, left, stays
from app.activities.ranking.shapes import Answer, Board, Marks, MarkTop, PlaceTop, Setup
from app.errors import N_, Closed, Unclear

Tiers = tuple[tuple[str, ...], ...]


def mark(turn: Turn, move: MarkTop) -> Answer:
    """Say, in private, which statements one stands behind."""
    board: Board = turn.board()
    setup: Setup = turn.setup
    for one in move.statements:
        stays(setup, board, one)
    if len(set(move.statements)) != len(move.statements):
        raise Unclear(N_("A statement is marked twice."))
    if len(move.statements) != setup.top:
        raise Unclear(N_("{found} statements are marked. Mark {wanted}."), found=len(move.statements), wanted=setup.top)
    if board.marks is not None:
        raise Closed(N_("Your table’s marks have been shown already."))
    held: Answer = turn.content
    return held.model_copy(update={"marks": move.statements, "marked": board.round})


def settle(table: Gathering) -> Board:
    """Show what the marks come to once all present have marked."""
    board: Board = table.board
    if table.phase != "top" or board.marks is not None:
        return board
    everybody = checks.all_here((one, marks_of(one, board) is not None) for one in table.seats)
    return close_marks(table) if everybody else board


def marks_of(one: Given, board: Board) -> tuple[str, ...] | None:
    """Take what a seat has marked in this round."""
    held = held_by(one)
    return held.marks if held.marked == board.round else None


def close_marks(table: Gathering) -> Board:
    """Sort the statements by the marks there are; what all marked has its place already, in the board's order."""
    board, setup = table.board, table.setup
    staying = left(setup, board)
    found = [set(marks) for one in table.seats if (marks := marks_of(one, board)) is not None]
    if not found:
        raise Unclear(N_("Nobody has marked anything yet. It can be closed once somebody has."))
    if not disclosure.may_show_order(len(found)):
        return board.model_copy(update={"marks": Marks(answered=len(found))})  # type: ignore[no-any-return]
    counts = {one: sum(one in marks for marks in found) for one in staying}
    by_place = [one for one in board.places if one in counts] + [one for one in staying if one not in board.places]
    sorted_ = Marks(
        answered=len(found),
        for_all=tuple(one for one in by_place if counts[one] == len(found)),
        contested=tuple(one for one in by_place if 0 < counts[one] < len(found)),
        out=tuple(one for one in by_place if counts[one] == 0),
    )
    new = board.model_copy(update={"marks": sorted_})
    for one in sorted_.for_all:
        if one not in placed(new) and first_open(setup, new) is not None:
            new = put(setup, new, one, first_open(setup, new), joint=False)
    return new  # type: ignore[no-any-return]


def placed(board: Board) -> tuple[str, ...]:
    """List the statements among the top places, best first."""
    return tuple(one for tier in board.top for one in tier)


def tiers(setup: Setup, board: Board) -> Tiers:
    """Give every top place its tier, an empty one where nothing stands."""
    return (*board.top, *((),) * setup.top)[: setup.top]


def first_open(setup: Setup, board: Board) -> int | None:
    """Find the first place, from 1, that nothing stands on and that is not used up by a shared one before it."""
    filled = 0
    for at, tier in enumerate(tiers(setup, board), 1):
        if not tier and filled < at:
            return at
        filled += len(tier)
    return None


def is_complete(setup: Setup, board: Board) -> bool:
    """Say whether as many as wanted, or more by sharing, stand on the places without a gap, and nothing is open.

    Two that share place 2 use up place 3, which then stays empty.
    """
    return (
        len(placed(board)) >= setup.top
        and first_open(setup, board) is None
        and board.either is None
        and board.check is None
    )


def place(turn: Turn, move: PlaceTop) -> Board:
    """Put a statement on a top place, beside another by choice, or take it out."""
    board, setup = turn.content, turn.setup
    stays(setup, board, move.statement)
    if turn.phase == "check":
        may_amend(setup, board)
    if move.position is None:
        return take_out(setup, board, move.statement)
    if move.position > setup.top:
        raise Unclear(N_("There are {places} places."), places=setup.top)
    return put(setup, board, move.statement, move.position, joint=move.joint)


def may_amend(setup: Setup, board: Board) -> None:
    """Refuse to change a list that is being checked, has passed, or was amended often enough."""
    if board.check is not None:
        raise Closed(N_("The check is open. The list can be changed once it is closed."))
    last = checks.last_on(board.checks, "top", board.round)
    if last is not None and last.outcome is not None and last.outcome.passed:
        raise Closed(N_("Your table has agreed on this list. The trainer can open it again."))
    if board.ending:
        raise Closed(N_("Your table has chosen how it ends. The trainer can open it again."))
    if checks.failed(board.checks, "top", board.round) >= checks.MOST_CHECKS:
        raise Closed(N_("The list was changed twice and checked three times. Choose how it ends."))


def take_out(setup: Setup, board: Board, statement: str) -> Board:
    """Take a statement off the top places."""
    return only(board.model_copy(update={"top": tiers(setup, board)}), {one for one in setup.ids if one != statement})


def only(board: Board, staying: Container[str]) -> Board:
    """Keep of the top places only what stays; who is left alone shares its place no longer."""
    row = [tuple(one for one in tier if one in staying) for tier in board.top]
    settled = {
        one: how for one, how in board.settled.items() if one in staying and (how != "shared" or shares(row, one))
    }
    return board.model_copy(update={"top": tuple(row), "settled": settled})


def put(setup: Setup, board: Board, statement: str, position: int | None, *, joint: bool) -> Board:
    """Put a statement on a place; who stands there makes room towards where it came from, or the next open place."""
    target = (position or 1) - 1
    before = tiers(setup, board)
    came_from = next((at for at, tier in enumerate(before) if statement in tier), None)
    if came_from == target and (joint or len(before[target]) == 1):
        return board
    cleared = take_out(setup, board, statement)
    row = list(tiers(setup, cleared))
    settled = dict(cleared.settled)
    if joint and row[target]:
        row[target] = (*row[target], statement)
        settled |= dict.fromkeys(row[target], "shared")
    elif not row[target]:
        row[target] = (statement,)
    else:
        gaps = [at for at, tier in enumerate(row) if not tier]
        if not gaps:
            raise Closed(N_("All places are taken. Take one out first, or let two share a place."))
        near = came_from if came_from in gaps else min(gaps, key=lambda at: (abs(at - target), at < target))
        row.pop(near)
        row.insert(target, (statement,))
    settled = {one: how for one, how in settled.items() if how != "shared" or shares(row, one)}
    return board.model_copy(update={"top": tuple(row), "settled": settled})


def shares(row: list[tuple[str, ...]], statement: str) -> bool:
    """Say whether a statement shares its place."""
    return any(statement in tier and len(tier) > 1 for tier in row)


def place_chosen(setup: Setup, board: Board, statement: str, how: str) -> Board:
    """Put the one that an either/or or lots chose on the first open place, and say how it came there."""
    if statement not in placed(board):
        at = first_open(setup, board)
        if at is None:
            return board
        board = put(setup, board, statement, at, joint=False)
    return board.model_copy(update={"settled": {**board.settled, statement: how}})
