"""The seat page while a table agrees on its top places: marking in private, then filling them together."""

from dataclasses import dataclass

from app import disclosure
from app.activities.asking import answered
from app.activities.base import Region, SeatScene
from app.activities.ranking import top as rules
from app.activities.ranking.discard import left
from app.activities.ranking.shapes import Answer, Board, Setup
from app.activities.ranking.views.asked import either_part
from app.activities.ranking.views.pieces import (
    LEADS_TO,
    LEADS_TO_FIVE,
    Placed,
    five,
    late_part,
    on,
    texts_of,
)


@dataclass(frozen=True, slots=True)
class MarkingView:
    """What a seat may mark, `wanted` of them, and what it has marked; None until it has sent its marks."""

    moves_url: str
    version: int
    wanted: int
    statements: tuple[Placed, ...]
    marked: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Topped:
    """A statement on a top place; `above` and `below` are where up and down lead, 0 where there is nothing.

    `share` is the place above that it could share, `part` where it goes to have a place of its own again.
    """

    id: str
    text: str
    place: int
    shared: bool
    settled: str
    above: int
    below: int
    share: int
    part: int


@dataclass(frozen=True, slots=True)
class PlacesView:
    """The top places in order; an empty row is an open place."""

    moves_url: str
    version: int
    wanted: int
    rows: tuple[tuple[int, Topped | None], ...]
    contested: bool

    @property
    def open(self) -> int:
        """How many places are open."""
        return sum(1 for _, one in self.rows if one is None)


@dataclass(frozen=True, slots=True)
class Sorted:
    """A statement and the top place it stands on, 0 for none."""

    id: str
    text: str
    place: int


@dataclass(frozen=True, slots=True)
class SortedView:
    """What the marks came to; `others` instead where there were too few. `open` is the first open place, or 0.

    `everybody` is how many marked, 0 where that may not be told.
    """

    moves_url: str
    version: int
    contested: tuple[Sorted, ...]
    for_all: tuple[Sorted, ...]
    out: tuple[Sorted, ...]
    others: tuple[Sorted, ...]
    open: int
    everybody: int

    @property
    def needs_out(self) -> bool:
        """Whether a place is open and nothing that anybody marked is left for it."""
        return bool(self.open) and all(one.place for one in (*self.contested, *self.for_all))


@dataclass(frozen=True, slots=True)
class WaitView:
    """The way on, as long as it is not open."""

    label: str


def top(scene: SeatScene) -> tuple[Region, ...]:
    """Mark in private; then the places, what is contested, and the way to the check."""
    board: Board = scene.board
    leads_on = on(scene) or (waiting(scene),)
    if board.marks is None:
        early = (places(scene),) if rules.placed(board) else ()
        foot = leads_on if own_marks(scene) is not None else (send_marks(scene.setup.top),)
        return (*late_part(scene), marking(scene), *early, answered(scene), *foot)
    row, sorting = places_part(scene)
    either = either_part(scene)
    # An open either/or has a button and a count of its own.
    return (*late_part(scene), row, *either, sorting, *(leads_on if board.either is None else ()))


def waiting(scene: SeatScene) -> Region:
    """The way on before it is open."""
    label = five(scene.setup, LEADS_TO_FIVE["check"], LEADS_TO["check"])
    return Region("on", "ranking/_on_waiting.html", WaitView(label), "foot")


def in_order(setup: Setup, board: Board) -> tuple[str, ...]:
    """List the statements that stay, in the board's order."""
    stay = left(setup, board)
    return (*(one for one in board.places if one in stay), *(one for one in stay if one not in board.places))


def marking(scene: SeatScene) -> Region:
    """The private marks of this seat."""
    setup: Setup = scene.setup
    texts = texts_of(setup)
    # In the setup's order: others may still move the board, and a list must not turn under a finger.
    rows = tuple(Placed(one, texts[one]) for one in left(setup, scene.board))
    view = MarkingView(scene.moves_url, scene.answer_version, setup.top, rows, own_marks(scene))
    return Region("marking", "ranking/_marking.html", view)


def own_marks(scene: SeatScene) -> tuple[str, ...] | None:
    """Take what this seat has marked in this round."""
    answer: Answer = scene.answer
    return answer.marks if answer.marked == scene.board.round else None


def send_marks(wanted: int) -> Region:
    """The button that sends the marks; it belongs to the list above it."""
    return Region("send", "ranking/_send_marks.html", wanted, "foot")


def places_part(scene: SeatScene) -> tuple[Region, Region]:
    """The table's top places in order, and what there is to put on them."""
    return places(scene), sorted_part(scene)


def places(scene: SeatScene) -> Region:
    """The table's top places in order."""
    setup: Setup = scene.setup
    board: Board = scene.board
    row = tiers(setup, board)
    texts = texts_of(setup)
    rows: list[tuple[int, Topped | None]] = []
    for at, (place, tier) in enumerate(row):
        above, below = neighbour(row, at - 1), neighbour(row, at + 1)
        if not tier:
            rows.append((place, None))
        for one in tier:
            shared = len(tier) > 1
            share = above if not shared and above and row[at - 1][1] else 0
            part = place + 1 if shared and place < setup.top else 0
            settled = "shared" if shared else board.settled.get(one, "")
            rows.append((place, Topped(one, texts[one], place, shared, settled, above, below, share, part)))
    contested = board.marks is not None and bool(board.marks.contested)
    view = PlacesView(scene.moves_url, scene.board_version, setup.top, tuple(rows), contested)
    return Region("places", "ranking/_places.html", view)


def tiers(setup: Setup, board: Board) -> list[tuple[int, tuple[str, ...]]]:
    """List the places from 1 with what stands on them, without those that a shared one before uses up."""
    found, filled = [], 0
    for place, tier in enumerate(rules.tiers(setup, board), 1):
        if tier or filled < place:
            found.append((place, tier))
            filled += len(tier) or 1
    return found


def neighbour(row: list[tuple[int, tuple[str, ...]]], at: int) -> int:
    """Find the place before or after, 0 at the ends."""
    return row[at][0] if 0 <= at < len(row) else 0


def sorted_part(scene: SeatScene) -> Region:
    """What the marks came to, with a way into the first open place."""
    setup: Setup = scene.setup
    board: Board = scene.board
    texts = texts_of(setup)
    at = {one: place for place, tier in enumerate(board.top, 1) for one in tier}

    def rows(ids: tuple[str, ...]) -> tuple[Sorted, ...]:
        return tuple(Sorted(one, texts[one], at.get(one, 0)) for one in ids)

    marks = board.marks
    told = marks is not None and bool(marks.for_all or marks.contested or marks.out)
    view = SortedView(
        moves_url=scene.moves_url,
        version=scene.board_version,
        contested=rows(marks.contested) if marks is not None else (),
        for_all=rows(marks.for_all) if marks is not None else (),
        out=rows(marks.out) if marks is not None else (),
        others=() if told else rows(in_order(setup, board)),
        open=rules.first_open(setup, board) or 0,
        everybody=marks.answered if marks is not None and disclosure.may_show_totals(marks.answered) else 0,
    )
    return Region("sorted", "ranking/_sorted.html", view)
