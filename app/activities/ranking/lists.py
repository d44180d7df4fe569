"""A table of two: no aggregate, but both lists side by side once both have finished and both agree."""

from app import disclosure
from app.activities.base import Gathering
from app.activities.ranking.discard import held_by
from app.activities.ranking.shapes import Ballot, Board

PAIR = 2


def settle(table: Gathering) -> Board:
    """Put both lists on the board once both of exactly two agree; one is enough to keep them apart until then."""
    board: Board = table.board
    pair = lists_of(table)
    if board.lists or len(pair) != PAIR:
        return board
    agrees = {one.seat for one in table.seats if held_by(one).show}
    return board.model_copy(update={"lists": pair}) if set(pair) <= agrees else board


def may_join(board: Board, shown: int, joining: int) -> bool:
    """Say whether further ballots may join those that were revealed: where two were shown, a third would be had."""
    return disclosure.may_join(disclosure.MIN_ORDER if board.lists else shown, joining)


def lists_of(table: Gathering) -> dict[int, Ballot]:
    """Take the ballots kept as solo closed, where there are two and the table's seats are exactly theirs.

    Of three in the mirror the third could be worked out from the two.
    """
    kept = {one.seat: ballot for one in table.kept.get("solo", ()) if (ballot := held_by(one).ballot) is not None}
    return kept if len(kept) == PAIR and set(kept) == {one.seat for one in table.seats} else {}
