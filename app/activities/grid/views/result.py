"""The seat page once the table has locked its grid: what it agreed, what it did not, and what led there.

Law: what was not agreed, or not checked, is said so, and stands as large as the rest.
"""

from dataclasses import dataclass

from app.activities import asking, checks
from app.activities.base import Region, SeatScene
from app.activities.checks import Check
from app.activities.grid.shapes import Board, Result
from app.activities.grid.views import cells, statements
from app.activities.grid.views.cells import Cell
from app.activities.grid.views.check import TITLES, TOLD
from app.activities.grid.views.statements import Statement
from app.activities.grid.views.whole import whole
from app.errors import N_, Phrase

HELD = {
    "all-at-3": N_("Everyone can at least live with it."),
    "none-at-0": N_("Nobody said no."),
    "most-at-3": N_("At least 80 % can live with it."),
}
WITHOUT = {
    True: N_("Your table goes on with this grid without having checked it to the end."),
    False: N_("The whole grid was not checked."),
}


@dataclass(frozen=True, slots=True)
class Head:
    """How a grid came about; `answered` is how many agreed, where all who answered did, else 0."""

    title: str
    answered: int
    told: str | Phrase
    checks: int
    note: str
    everybody: bool = True


@dataclass(frozen=True, slots=True)
class RowView:
    """A locked sentence with what each agency wrote to it; `apart`: it alone is not agreed of the whole grid."""

    statement: Statement
    cells: tuple[Cell, ...]
    apart: bool


@dataclass(frozen=True, slots=True)
class ResultView:
    """What a table has locked; table 0 is the room."""

    table: int
    number: int
    head: Head
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier grid that was opened again."""

    number: int
    head: Head
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """What was locked before, the latest first."""

    earlier: tuple[Version, ...]


def locked(scene: SeatScene) -> tuple[Region, ...]:
    """Show the agreed grid, how it came about, the last check, and the versions before."""
    board: Board = scene.board
    if not board.results:
        return ()
    latest = board.results[-1]
    rows = tuple(
        RowView(one, cells.lay(scene, one.row), one.row == latest.open_row and latest.ending == "all_but_one")
        for one in of_result(scene, latest)
    )
    view = ResultView(scene.table, latest.number, head_of(scene, latest), rows)
    texts = {row.id: row.prompt for row in scene.setup.rows}
    out = asking.histogram(scene, check_of(board, latest), N_("The last check on the whole grid"), texts=texts)
    return (Region("result", "grid/_result.html", view), *out, *record(scene), whole(scene))


def of_result(scene: SeatScene, result: Result) -> tuple[Statement, ...]:
    """List the statements of a locked grid."""
    return tuple(statements.statement(scene, one, number) for number, one in enumerate(result.rows, 1))


def check_of(board: Board, result: Result) -> Check | None:
    """Find the closed check that a result rests on."""
    return next((one for one in board.checks if one.id == result.check and one.outcome), None)


def head_of(scene: SeatScene, result: Result) -> Head:
    """Say in words how a grid came about."""
    board: Board = scene.board
    last = check_of(board, result)
    note = "" if "note" in board.hidden else result.note
    if result.ending == "agreed" and last is not None and last.outcome is not None:
        answered = last.outcome.answered if last.rule == "all-at-3" else 0
        return Head(N_("Agreed"), answered, HELD[last.rule], result.checks, note, answered >= len(scene.people))
    if result.ending == "all_but_one":
        number = next((place for place, one in enumerate(result.rows, 1) if one.row == result.open_row), 0)
        told = Phrase(N_("Sentence {number} stays open. The others stand."), {"number": number})
        return Head(TITLES[result.ending], 0, told, result.checks, note)
    if result.ending in checks.ENDINGS:
        return Head(TITLES[result.ending], 0, TOLD[result.ending], result.checks, note)
    written = any(one.text for one in result.rows)
    told_without = WITHOUT[bool(result.checks)] if written else ""
    return Head(N_("Locked without a passed check"), 0, told_without, result.checks, note)


def record(scene: SeatScene) -> tuple[Region, ...]:
    """Keep what was locked before, and opened again."""
    board: Board = scene.board
    earlier = tuple(
        Version(one.number, head_of(scene, one), of_result(scene, one)) for one in reversed(board.results[:-1])
    )
    return (Region("record", "grid/_record.html", RecordView(earlier)),) if earlier else ()
