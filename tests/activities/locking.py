"""Tables that have locked their lists, made by hand."""

from itertools import count

from app.activities.base import Given, TableScene
from app.activities.ranking.shapes import Answer, Ballot, Board, Discarded, Marks, Result, Setup, Statement

SETUP = Setup(statements=tuple(Statement(id=one, text=f"Statement {one}.") for one in "abcdef"), discard=1, top=3)

# Nobody sits at two tables.
SEATS = count(1)


def table(
    number: int, top: str, order: str, dropped: str = "", *, ending: str = "agreed", seats: int = 4
) -> TableScene:
    """Lock a table: `top` has a tier for each place, apart by spaces ("-" is an open one)."""
    tiers = tuple(() if tier == "-" else tuple(tier) for tier in top.split())
    result = Result(
        number=1,
        top=tiers,
        order=tuple(None if one == "-" else one for one in order),
        discarded=tuple(Discarded(statement=one, reason="", reason_id="") for one in dropped),
        ending=ending,
    )
    return scene(number, Board(results=(result,), marks=Marks(answered=4, contested=("c",))), seats=seats)


def scene(number: int, board: Board, phase: str = "locked", seats: int = 4) -> TableScene:
    """Stand at one table."""
    return TableScene(SETUP, phase, number, board, 7, "/moves", {}, (), 0, seats)


def ballots(*orders: str, agency: str | None = None) -> tuple[Given, ...]:
    """Keep first answers."""
    return tuple(
        Given(next(SEATS), agency, Answer(ballot=Ballot(discard=None, order=tuple(order)))) for order in orders
    )
