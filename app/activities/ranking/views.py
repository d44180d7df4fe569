"""What each audience may see of a ranking, as regions with plain frozen views."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from app.activities.base import Fact, Region, SeatScene, TableScene, Words
from app.activities.ranking.mirror import Mirror
from app.activities.ranking.shapes import Answer, Ballot, Board, Setup
from app.consensus import Phrase
from app.errors import N_


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement to read: whether this seat finds it unclear, and what the trainer said of it."""

    id: str
    text: str
    unclear: bool
    told: str


@dataclass(frozen=True, slots=True)
class ReadView:
    """The statements in this seat's own shuffled order."""

    moves_url: str
    version: int
    statements: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement with its words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A statement in a seat's own order, or set aside to discard."""

    id: str
    text: str
    place: int
    count: int
    aside: bool
    discards: int


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
class DoneView:
    """The seat's own word that it is done."""

    moves_url: str
    version: int
    done: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """A statement's places: the seat's own (None without a ballot) and those that the table's tie shares."""

    text: str
    you: int | None
    first: int
    last: int
    contested: bool

    @property
    def table(self) -> float:
        """The middle of the places that the table's tie shares."""
        return (self.first + self.last) / 2

    @property
    def apart(self) -> int:
        """How many places the seat is from the nearest of the table's."""
        if self.you is None:
            return 0
        return max(0, self.first - self.you, self.you - self.last)


@dataclass(frozen=True, slots=True)
class StripsView:
    """Each statement of the mirror beside the seat's own place."""

    last: int
    strips: tuple[Strip, ...]
    discarded: str
    late: bool


@dataclass(frozen=True, slots=True)
class MirrorView:
    """The table's mirror in words and places."""

    mirror: Mirror
    seats: int


@dataclass(frozen=True, slots=True)
class RoomCell:
    """A statement's places at one table."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A statement at every table that may show its mirror."""

    text: str
    cells: tuple[RoomCell, ...]


@dataclass(frozen=True, slots=True)
class RoomTable:
    """How far one table's first answers agree."""

    number: int
    words: Phrase | None
    meter: int


@dataclass(frozen=True, slots=True)
class RoomView:
    """Statements × tables: each table's mirror; `quiet` are those of too few answers to show one."""

    rows: tuple[RoomRow, ...]
    tables: tuple[RoomTable, ...]
    quiet: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Flagged:
    """A statement that somebody finds unclear, and what has been said of it."""

    id: str
    text: str
    flags: int
    told: str


@dataclass(frozen=True, slots=True)
class FlaggedView:
    """Which statements are not clear, and to how many."""

    statements: tuple[Flagged, ...]


@dataclass(frozen=True, slots=True)
class ClarifyView:
    """What the trainer may explain to everyone; it changes only by doing so, so that nothing typed is lost."""

    moves_url: str
    version: int
    statements: tuple[Placed, ...]


BALLOTS = 8192

# Each seat's order as it was last laid out, with what it was laid out from.
_ballots: dict[tuple[str, int], tuple[Answer, Setup, BallotView]] = {}


def seat(scene: SeatScene) -> tuple[Region, ...]:
    """Draw the seat page's regions for the phase."""
    return {"read": read, "solo": solo, "compare": compare}[scene.phase](scene)


def read(scene: SeatScene) -> tuple[Region, ...]:
    """All statements, large, shuffled for this seat so that their order says nothing."""
    setup: Setup = scene.setup
    answer: Answer = scene.answer
    board: Board = scene.board
    told = {one.statement: one.text for one in board.clarifications}
    texts = texts_of(setup)
    statements = tuple(
        Reading(one, texts[one], one in answer.unclear, told.get(one, "")) for one in shuffled(setup.ids, scene.seat)
    )
    view = ReadView(scene.moves_url, scene.answer_version, statements)
    return (
        Region("statements", "ranking/_statements.html", view),
        Region("shuffled", "ranking/_shuffled.html", None, "said"),
    )


def solo(scene: SeatScene) -> tuple[Region, ...]:
    """The seat's own order, how many are done, and the seat's word that it is."""
    setup: Setup = scene.setup
    answer: Answer = scene.answer
    kept = _ballots.get((scene.moves_url, scene.seat))
    if kept is None or kept[0] != answer or kept[1] is not setup or kept[2].version != scene.answer_version:
        if len(_ballots) > BALLOTS:
            _ballots.clear()
        # Laid out once for as long as it stays: others say that they are done all the time.
        kept = _ballots[scene.moves_url, scene.seat] = answer, setup, ballot_view(scene)
    return (
        Region("ballot", "ranking/_ballot.html", kept[2]),
        progress(scene.done, scene.seats),
        finish(scene.moves_url, scene.answer_version, answer.done),
    )


def ballot_view(scene: SeatScene) -> BallotView:
    """Lay out a seat's own order."""
    setup: Setup = scene.setup
    answer: Answer = scene.answer
    ballot = answer.ballot or Ballot(discard=None, order=shuffled(setup.ids, scene.seat))
    texts, count, few = texts_of(setup), len(ballot.order), setup.discard
    return BallotView(
        moves_url=scene.moves_url,
        version=scene.answer_version,
        order=tuple(Ranked(one, texts[one], place, count, False, few) for place, one in enumerate(ballot.order, 1)),
        discard=Ranked(ballot.discard, texts[ballot.discard], 0, count, True, few) if ballot.discard else None,
        discards=few,
    )


@lru_cache(maxsize=1024)
def progress(done: int, seats: int) -> Region:
    """How many are done, the same for a whole table."""
    return Region("progress", "ranking/_progress.html", ProgressView(done, seats), "said")


@lru_cache(maxsize=4096)
def finish(moves_url: str, version: int, done: bool) -> Region:
    """The seat's word that it is done."""
    return Region("finish", "ranking/_finish.html", DoneView(moves_url, version, done), "foot")


def compare(scene: SeatScene) -> tuple[Region, ...]:
    """The table's mirror, and each statement's place for this seat and for the table."""
    mirror: Mirror = scene.revealed["solo"]
    kept: Answer | None = scene.own.get("solo")
    own = kept.ballot if kept is not None else None
    regions = [Region("mirror", "ranking/_mirror.html", MirrorView(mirror, scene.seats))]
    if mirror.places:
        regions.append(Region("strips", "ranking/_strips.html", strips(scene.setup, mirror, own)))
    return tuple(regions)


def strips(setup: Setup, mirror: Mirror, own: Ballot | None) -> StripsView:
    """Put the seat's places beside the mirror's, in the mirror's order."""
    mine: dict[str, int] = {}
    if own is not None:
        mine = {one: place for place, one in enumerate(own.order, 1)}
        if own.discard:
            mine[own.discard] = len(own.order) + 1
    rows = tuple(Strip(one.text, mine.get(one.id), one.first, one.last, one.contested) for one in mirror.places)
    discarded = texts_of(setup)[own.discard] if own is not None and own.discard else ""
    return StripsView(len(setup.ids), rows, discarded, own is None)


def seat_words(setup: Setup, phase: str) -> Words:
    """Head the seat page: who sees it, what the question is, what to do."""
    if phase == "read":
        lead = setup.prompts.get("read", N_("Read them all on your own first. Is any of them unclear?"))
        return Words(
            N_("First, read"),
            "",
            (lead,),
            N_("The order is shuffled for each seat, so it says nothing about importance."),
        )
    if phase == "solo":
        return Words(
            N_("On your own · only you see this"),
            setup.prompts.get("solo", N_("Which matter most to you?")),
            (N_("Put the most important first."), N_("Use the arrows, or tap a number for more.")),
        )
    lead = setup.prompts.get("compare", N_("Which of these say nearly the same thing? Which pull apart?"))
    return Words(N_("Together · compare"), N_("You and your table"), (lead,))


def wall_words(setup: Setup, phase: str) -> Words:
    """Head the wall: the phase, the question, what to do, and what stays private."""
    if phase == "read":
        lead = setup.prompts.get("read", N_("Read them all on your own first. Is any of them unclear?"))
        return Words(N_("First, read"), "", (lead,), N_("Each phone shows the statements in an order of its own."))
    if phase == "solo":
        lead = setup.prompts.get("rank", N_("Put the most important first, as you see it yourself."))
        return Words(
            N_("On your own"),
            setup.prompts.get("solo", N_("Which matter most to you?")),
            (lead,),
            N_("Nobody sees anybody’s order, now or later."),
        )
    return Words(
        N_("Compare"),
        N_("Where the tables start from"),
        (N_("The number is a statement’s place in that table’s first answers."),),
        N_("A mirror of the first answers, not a result: the tables talk next."),
    )


def fact(scene: TableScene) -> Fact:
    """Say on the table's card how far it is, never what anybody chose."""
    if scene.phase == "read":
        flags = sum(len(answer.unclear) for answer in scene.answers)
        return Fact(flags, N_("“not clear” so far"))
    if scene.phase == "solo":
        return Fact(scene.done, N_("of {seats} are done"), (("seats", scene.seats),))
    mirror: Mirror = scene.revealed["solo"]
    return Fact(mirror.orders, N_("orders in the mirror"), note=mirror.words or "")


def desk(scenes: tuple[TableScene, ...]) -> tuple[Region, ...]:
    """While the room reads: which statements are not clear, to be explained to everyone."""
    reading = [scene for scene in scenes if scene.phase == "read"]
    if not reading:
        return ()
    setup: Setup = reading[0].setup
    flags = Counter(one for scene in reading for answer in scene.answers for one in answer.unclear)
    told = {one.statement: one.text for scene in reading for one in scene.board.clarifications}
    rows = tuple(Flagged(one.id, one.text, flags[one.id], told.get(one.id, "")) for one in setup.statements)
    clarify = ClarifyView(
        reading[0].moves_url,
        max(scene.board_version for scene in reading),
        tuple(Placed(one.id, one.text) for one in setup.statements),
    )
    return (
        Region("flagged", "ranking/_flagged.html", FlaggedView(tuple(row for row in rows if row.flags or row.told))),
        Region("clarify", "ranking/_clarify.html", clarify),
    )


def wall(scenes: tuple[TableScene, ...]) -> tuple[Region, ...]:
    """Once every table compares: all mirrors that may be shown, in one picture."""
    if not scenes or any(scene.phase != "compare" for scene in scenes):
        return ()
    setup: Setup = scenes[0].setup
    mirrors: list[tuple[int, Mirror]] = [(scene.number, scene.revealed["solo"]) for scene in scenes]
    shown = tuple((number, mirror) for number, mirror in mirrors if mirror.places)
    quiet = tuple(number for number, mirror in mirrors if not mirror.places)
    by_id = [{place.id: place for place in mirror.places} for _, mirror in shown]
    rows = [
        RoomRow(one.text, tuple(RoomCell(places[one.id].first, places[one.id].last) for places in by_id))
        for one in setup.statements
    ]
    rows.sort(key=lambda row: sum(cell.first + cell.last for cell in row.cells))
    tables = tuple(RoomTable(number, mirror.words, mirror.meter) for number, mirror in shown)
    return (Region("wall", "ranking/_wall_mirrors.html", RoomView(tuple(rows), tables, quiet)),)


def texts_of(setup: Setup) -> dict[str, str]:
    """Map the statements' ids to their words."""
    return {statement.id: statement.text for statement in setup.statements}


@lru_cache(maxsize=4096)
def shuffled(ids: tuple[str, ...], seat: int) -> tuple[str, ...]:
    """Shuffle for one seat, always the same way, so that a reload shows the same order."""
    return tuple(sorted(ids, key=lambda one: sha256(f"{seat}:{one}".encode()).digest()))
