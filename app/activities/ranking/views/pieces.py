"""What several of a ranking's screens are made of."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from app.activities.base import Region, SeatScene
from app.activities.ranking import rules
from app.activities.ranking.mirror import Mirror
from app.activities.ranking.shapes import Answer, Ballot, Board, Setup
from app.errors import N_

# Where the table goes on to, in the words of the button that brings it there.
LEADS_TO = {
    "solo": N_("Rank on our own"),
    "discard": N_("Agree what to discard"),
    "rank": N_("Rank together"),
    "compare": N_("Compare"),
    "top": N_("Choose our list"),
    "check": N_("Check our list"),
    "locked": N_("Lock our list"),
}
# The same where the list is of five, as it mostly is.
LEADS_TO_FIVE = {
    "top": N_("Choose our five"),
    "check": N_("Check our five"),
    "locked": N_("Lock our five"),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement with its words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A statement in a seat's own order, or set aside to discard; `prefix` keeps its ids apart from the table's."""

    id: str
    text: str
    place: int
    count: int
    aside: bool
    discards: int
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class BallotView:
    """A seat's own order, and the one it would discard."""

    moves_url: str
    version: int
    order: tuple[Ranked, ...]
    discard: Ranked | None
    discards: int


@dataclass(frozen=True, slots=True)
class ProgressView:
    """How many are done, never who or what."""

    done: int
    seats: int


@dataclass(frozen=True, slots=True)
class OnView:
    """A table's button that brings it to the next phase."""

    moves_url: str
    version: int
    phase: str
    label: str


@dataclass(frozen=True, slots=True)
class OwnListView:
    """The short solo of a seat that came late; `aside`: it is not what the page is about now."""

    ballot: BallotView
    done: bool
    aside: bool


@dataclass(frozen=True, slots=True)
class ListRow:
    """A statement's place in both lists of a table of two; 0 is the one that would be discarded."""

    text: str
    you: int
    other: int


@dataclass(frozen=True, slots=True)
class ListsView:
    """The two lists of a table of two, side by side; no rows before both have agreed to show them."""

    moves_url: str
    version: int
    agreed: bool
    rows: tuple[ListRow, ...]


def texts_of(setup: Setup) -> dict[str, str]:
    """Map the statements' ids to their words."""
    return {statement.id: statement.text for statement in setup.statements}


@lru_cache(maxsize=4096)
def shuffled(ids: tuple[str, ...], seat: int) -> tuple[str, ...]:
    """Shuffle for one seat, always the same way, so that a reload shows the same order."""
    return tuple(sorted(ids, key=lambda one: sha256(f"{seat}:{one}".encode()).digest()))


def ballot_view(scene: SeatScene, prefix: str = "") -> BallotView:
    """Lay out a seat's own order."""
    setup: Setup = scene.setup
    answer: Answer = scene.answer
    ballot = answer.ballot or Ballot(discard=None, order=shuffled(setup.ids, scene.seat))
    texts, count, few = texts_of(setup), len(ballot.order), setup.discard

    def ranked(one: str, place: int) -> Ranked:
        return Ranked(one, texts[one], place, count, aside=not place, discards=few, prefix=prefix)

    return BallotView(
        moves_url=scene.moves_url,
        version=scene.answer_version,
        order=tuple(ranked(one, place) for place, one in enumerate(ballot.order, 1)),
        discard=ranked(ballot.discard, 0) if ballot.discard else None,
        discards=few,
    )


def five(setup: Setup, of_five: str, of_others: str) -> str:
    """Choose between the sentence that says "five" and the one that fits any number."""
    return of_five if setup.top == 5 else of_others


def on(scene: SeatScene) -> tuple[Region, ...]:
    """Offer the table the way on, once it has what the phase is for or where it moves itself."""
    path = [phase for phase in rules.PHASES if phase.name not in rules.skips(scene.setup)]
    at = next(place for place, phase in enumerate(path) if phase.name == scene.phase)
    if at + 1 == len(path):
        return ()
    waits = path[at].private and scene.done < sum(1 for person in scene.people if person.here)
    if waits or not (scene.by_table or rules.ready(scene.setup, scene.phase, scene.board)):
        return ()
    name = path[at + 1].name
    label = five(scene.setup, LEADS_TO_FIVE.get(name, LEADS_TO[name]), LEADS_TO[name])
    view = OnView(scene.moves_url, scene.board_version, name, label)
    return (Region("on", "ranking/_on.html", view, "foot"),)


def late_part(scene: SeatScene) -> tuple[Region, ...]:
    """Offer a seat that came late a short solo of its own; it never enters the mirror."""
    if not scene.late:
        return ()
    answer: Answer = scene.answer
    board: Board = scene.board
    aside = answer.done or board.check is not None or board.either is not None
    view = OwnListView(ballot_view(scene, "own-"), answer.done, aside)
    return (Region("own-list", "ranking/_own_list.html", view),)


def lists_part(scene: SeatScene) -> tuple[Region, ...]:
    """At a table of two: ask whether to show both lists, and show them once both have agreed; to nobody else."""
    mirror: Mirror | None = scene.revealed.get("solo")
    kept: Answer | None = scene.own.get("solo")
    if mirror is None or mirror.orders != 2 or kept is None or kept.ballot is None:
        return ()
    answer: Answer = scene.answer
    view = ListsView(scene.moves_url, scene.answer_version, answer.show, list_rows(scene))
    if scene.phase == "locked" and not view.rows:
        return ()
    return (Region("lists", "ranking/_lists.html", view),)


def list_rows(scene: SeatScene) -> tuple[ListRow, ...]:
    """Lay the two lists side by side in this seat's own order, once its board has both."""
    board: Board = scene.board
    mine = board.lists.get(scene.seat)
    other = next((one for seat, one in sorted(board.lists.items()) if seat != scene.seat), None)
    if mine is None or other is None:
        return ()
    texts = texts_of(scene.setup)
    theirs = {one: place for place, one in enumerate(other.order, 1)}
    rows = [ListRow(texts[one], place, theirs.get(one, 0)) for place, one in enumerate(mine.order, 1)]
    if mine.discard:
        rows.append(ListRow(texts[mine.discard], 0, theirs.get(mine.discard, 0)))
    return tuple(rows)
