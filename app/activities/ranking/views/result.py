"""The seat page once the table has locked its result."""

from dataclasses import dataclass, replace

from app.activities import checks
from app.activities.asking import hint, histogram
from app.activities.base import Region, SeatScene
from app.activities.checks import Check
from app.activities.ranking.mirror import Mirror
from app.activities.ranking.shapes import Answer, Ballot, Board, Result, Setup
from app.activities.ranking.views import wall
from app.activities.ranking.views.asked import PlaceRow, place_rows
from app.activities.ranking.views.check import TOLD
from app.activities.ranking.views.discard import Gone, gone_of
from app.activities.ranking.views.pieces import lists_part, texts_of
from app.errors import N_, Phrase

UNCHECKED = "unchecked"
HELD = {
    "all-at-3": N_("Everyone can at least live with it."),
    "none-at-0": N_("Nobody said no."),
    "most-at-3": N_("At least 80 % can live with it."),
}

WITHOUT = {
    True: N_("Your table goes on with this list without having checked it to the end."),
    False: N_("Your table goes on with this list without having checked it."),
}


@dataclass(frozen=True, slots=True)
class Head:
    """How a result came about; `answered` is how many agreed, where all who answered did, else 0.

    `checks` were put and `changes` made to the list since the first of them.
    `everybody`: they are all who sit at the table.
    """

    title: str
    answered: int
    told: Phrase | None
    checks: int
    changes: int
    note: str
    everybody: bool = True


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier result that was opened again."""

    number: int
    head: Head
    rows: tuple[PlaceRow, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """What a table has locked, best first, and how that came about.

    `amended`: changed after the first check, though all that is on it stands where it stood then.
    """

    head: Head
    rows: tuple[PlaceRow, ...]
    number: int
    amended: bool
    open_place: int
    is_five: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A statement's way: its place for the seat, in the first answers and at the table now; 0 where it has none."""

    text: str
    you: int
    first: int
    last: int
    now: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class JourneyView:
    """Every statement's way from the seat's own list to the table's, this seat's own and its table's places only."""

    ways: tuple[Way, ...]
    places: int
    agreed: int
    yours: bool
    firsts: bool


@dataclass(frozen=True, slots=True)
class RecordView:
    """What was discarded, and earlier versions."""

    gone: tuple[Gone, ...]
    nothing: bool
    earlier: tuple[Version, ...]
    taken_back: tuple[Gone, ...]


def locked(scene: SeatScene) -> tuple[Region, ...]:
    """The result, how it came about, the last check, each statement's way; the room's plenary once it is time."""
    board: Board = scene.board
    if not board.results:
        return ()
    latest = board.results[-1]
    rows = tuple(replace(row, changed=row.id in latest.changed) for row in rows_of(scene, latest))
    view = ResultView(
        head=head_of(scene, latest),
        rows=rows,
        number=latest.number,
        amended=latest.amended and not latest.changed,
        open_place=latest.open_place or 0,
        is_five=scene.setup.top == 5,
    )
    last = check_of(board, latest)
    plenary = wall.phone(scene) if scene.room is not None else ()
    return (
        Region("result", "ranking/_result.html", view),
        *plenary,
        *histogram(scene, last, N_("The last check"), texts=texts_of(scene.setup)),
        *journey(scene, latest),
        *lists_part(scene),
        Region("record", "ranking/_record.html", record(scene, latest)),
        *(() if scene.room is not None else hint(N_("Next, all tables come together. Please look up at the wall."))),
    )


def check_of(board: Board, result: Result) -> Check | None:
    """Find the closed check that a result rests on."""
    return next((one for one in board.checks if one.id == result.check and one.outcome), None)


def head_of(scene: SeatScene, result: Result) -> Head:
    """Say in words how a result came about."""
    board: Board = scene.board
    last = check_of(board, result)
    note = "" if "note" in board.hidden else result.note
    if result.ending == "agreed" and last is not None and last.outcome is not None:
        answered = last.outcome.answered if last.rule == "all-at-3" else 0
        everybody = answered >= len(scene.people)
        return Head(N_("Agreed"), answered, Phrase(HELD[last.rule]), result.checks, result.changes, note, everybody)
    if result.ending == "all_but_one" and result.open_place is not None:
        told = Phrase(N_("Place {place} stays open. The others stand."), {"place": result.open_place})
        return Head(checks.ENDINGS[result.ending], 0, told, result.checks, result.changes, note)
    if result.ending in checks.ENDINGS:
        return Head(checks.ENDINGS[result.ending], 0, Phrase(TOLD[result.ending]), result.checks, result.changes, note)
    goes_on = Phrase(WITHOUT[bool(result.checks)]) if any(result.top) else None
    return Head(N_("Locked without a passed check"), 0, goes_on, result.checks, result.changes, note)


def journey(scene: SeatScene, result: Result) -> tuple[Region, ...]:
    """Follow every statement that stayed from this seat's list over the first answers to the table's, if it has one."""
    setup: Setup = scene.setup
    mirror: Mirror | None = scene.revealed.get("solo")
    kept: Answer | None = scene.own.get("solo")
    gone = frozenset(one.statement for one in result.discarded)
    mine = own_places(kept.ballot if kept is not None else None, gone)
    firsts = {one.id: (one.first, one.last) for one in mirror.places} if mirror is not None else {}
    agreed = {one: at for at, tier in enumerate(result.top, 1) for one in tier}
    after = result.last_place
    now = dict(agreed)
    for one in result.order:
        if one is not None and one not in now and one not in gone:
            after += 1
            now[one] = after
    texts = texts_of(setup)
    staying = [one for one in setup.ids if one not in gone]
    staying.sort(key=lambda one: now.get(one, len(setup.ids) + 1))
    ways = tuple(
        Way(texts[one], mine.get(one, 0), *firsts.get(one, (0, 0)), now.get(one, 0), one in agreed) for one in staying
    )
    view = JourneyView(ways, max([len(staying), *now.values()]), result.last_place, bool(mine), bool(firsts))
    return (Region("journey", "ranking/_journey.html", view),) if now else ()


def own_places(ballot: Ballot | None, gone: frozenset[str]) -> dict[str, int]:
    """Number a seat's own order, less what the table has discarded; what it would have discarded comes last."""
    if ballot is None:
        return {}
    order = [*ballot.order, *([ballot.discard] if ballot.discard else [])]
    return {one: place for place, one in enumerate((one for one in order if one not in gone), 1)}


def record(scene: SeatScene, latest: Result) -> RecordView:
    """Say what was discarded, and what was locked before."""
    board: Board = scene.board
    return RecordView(
        gone=gone_of(scene, latest.discarded),
        nothing=board.nothing_discarded,
        earlier=tuple(
            Version(one.number, head_of(scene, one), tuple(replace(row, how="") for row in rows_of(scene, one)))
            for one in reversed(board.results[:-1])
        ),
        taken_back=gone_of(scene, board.earlier),
    )


def rows_of(scene: SeatScene, result: Result) -> tuple[PlaceRow, ...]:
    """List a result's statements."""
    return place_rows(scene.setup, result.top, scene.board)
