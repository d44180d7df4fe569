"""The seat page while a table compares: its mirror, each statement's place for the seat and the table, and links."""

from dataclasses import dataclass
from typing import Literal

from app.activities.base import Region, SeatScene
from app.activities.ranking.board import is_complete
from app.activities.ranking.discard import left
from app.activities.ranking.mirror import AgencyOrder, Mirror, MirrorPlace
from app.activities.ranking.shapes import Answer, Ballot, Board, Setup
from app.activities.ranking.views.board import board_part, undo_part, who_moved
from app.activities.ranking.views.pieces import Placed, late_part, lists_part, on, texts_of
from app.consensus.report import ALIKE

ANY_VERSION = 0
"""A link is added beside what others link meanwhile, and is never stale; so its form stays as it is."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A statement's places: the seat's own, those that the mirror's tie shares, and the one on the table's board.

    `you` is None without a ballot, `first` and `last` are 0 without a mirror, `board` is 0 until the board is full.
    """

    text: str
    you: int | None
    first: int
    last: int
    contested: bool
    board: int = 0

    @property
    def table(self) -> float:
        """Where the table's mark stands: its place, or the middle of the places that its tie shares."""
        return self.board or (self.first + self.last) / 2

    @property
    def at_first(self) -> float | None:
        """Where the mirror's own mark stands, if that is somewhere else."""
        middle = (self.first + self.last) / 2
        return middle if self.board and self.first and middle != self.board else None

    @property
    def apart(self) -> int:
        """How many places the seat is from the nearest of the table's."""
        if self.you is None:
            return 0
        if self.board:
            return abs(self.you - self.board)
        return max(0, self.first - self.you, self.you - self.last)


@dataclass(frozen=True, slots=True)
class StripsView:
    """Each statement's place for the table beside the seat's own; `placed` once the board is full."""

    last: int
    strips: tuple[Strip, ...]
    discarded: str
    late: bool
    placed: bool

    @property
    def has_first(self) -> bool:
        """Whether any statement stood elsewhere in the first answers."""
        return any(strip.at_first is not None for strip in self.strips)


@dataclass(frozen=True, slots=True)
class MirrorView:
    """The table's mirror in words and places."""

    mirror: Mirror
    seats: int


@dataclass(frozen=True, slots=True)
class Spread:
    """A statement, and the places between which all agencies put it."""

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class AgenciesView:
    """What stands alike in every agency and what does not; no agency is named."""

    alike: tuple[str, ...]
    others: tuple[Spread, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """Two statements that somebody linked; `note` is empty where the trainer hid it."""

    id: str
    relation: Literal["alike", "apart"]
    a: str
    b: str
    note: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class LinksView:
    """The table's links, in the order they were made."""

    moves_url: str
    version: int
    links: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class LinkFormView:
    """A form for one more link; it changes only when this seat has made one, so that nothing typed is lost."""

    moves_url: str
    version: int
    statements: tuple[Placed, ...]
    made: str


@dataclass(frozen=True, slots=True)
class LinkTwoView:
    """The way to the form; `quiet` beside a button that leads on."""

    quiet: bool


def compare(scene: SeatScene) -> tuple[Region, ...]:
    """The table's mirror, each statement for this seat and for the table, the links, and the board to go on moving."""
    mirror: Mirror = scene.revealed["solo"]
    board: Board = scene.board
    regions = [*late_part(scene), Region("mirror", "ranking/_mirror.html", MirrorView(mirror, scene.seats))]
    regions += lists_part(scene)
    if mirror.places or is_complete(scene.setup, board):
        regions.append(Region("strips", "ranking/_strips.html", strips(scene, mirror)))
    if mirror.agencies:
        regions.append(Region("agencies", "ranking/_agencies.html", agencies(scene.setup, mirror.agencies)))
    regions += links_part(scene)
    leads_on = on(scene)
    two = Region("link-two", "ranking/_link_two.html", LinkTwoView(bool(leads_on)), "foot")
    if not board.places:
        return (*regions, two, *leads_on)
    return (*regions, board_part(scene), who_moved(scene, "main"), undo_part(scene, "main"), two, *leads_on)


def strips(scene: SeatScene, mirror: Mirror) -> StripsView:
    """Put the seat's places beside the table's: in the board's order once it is full, else in the mirror's."""
    setup: Setup = scene.setup
    board: Board = scene.board
    kept: Answer | None = scene.own.get("solo")
    own = kept.ballot if kept is not None else None
    texts, stay = texts_of(setup), left(setup, board)
    placed = is_complete(setup, board)
    mine = own_places(own, stay)
    first = {one.id: one for one in mirror.places}
    order = tuple(one for one in board.places if one) if placed else tuple(first)
    rows = tuple(
        strip(texts[one], mine.get(one), first.get(one), place if placed else 0) for place, one in enumerate(order, 1)
    )
    discarded = texts[own.discard] if own is not None and own.discard in stay else ""
    return StripsView(len(rows), rows, discarded, own is None, placed)


def strip(text: str, you: int | None, first: MirrorPlace | None, board: int) -> Strip:
    """Put one statement's places together; what is settled on the board is no longer called contested."""
    if first is None:
        return Strip(text, you, 0, 0, contested=False, board=board)
    return Strip(text, you, first.first, first.last, first.contested and not board, board)


def own_places(own: Ballot | None, stay: tuple[str, ...]) -> dict[str, int]:
    """Count a seat's own places over the statements that stay; the one it would discard comes last."""
    if own is None:
        return {}
    whole = (*own.order, own.discard) if own.discard else own.order
    return {one: place for place, one in enumerate((one for one in whole if one in stay), 1)}


def agencies(setup: Setup, orders: tuple[AgencyOrder, ...]) -> AgenciesView:
    """Say which statements all agencies place nearly alike, and between which places the others lie."""
    texts = texts_of(setup)
    places: dict[str, list[float]] = {}
    for one in orders:
        before = 0
        for tier in one.order:
            for statement in tier:
                places.setdefault(statement, []).append(before + (len(tier) + 1) / 2)
            before += len(tier)
    widest = ALIKE * (len(places) - 1)
    alike = tuple(one for one in places if max(places[one]) - min(places[one]) <= widest)
    others = tuple(
        Spread(texts[one], int(min(found)), int(max(found) + 0.5)) for one, found in places.items() if one not in alike
    )
    return AgenciesView(tuple(texts[one] for one in alike), others)


def links_part(scene: SeatScene) -> tuple[Region, ...]:
    """The table's links, and a form to add one."""
    setup: Setup = scene.setup
    board: Board = scene.board
    texts = texts_of(setup)
    rows = tuple(
        Linked(one.id, one.relation, texts[one.a], texts[one.b], "" if hidden else one.note, hidden and bool(one.note))
        for one in board.links
        for hidden in (one.id in board.hidden,)
    )
    made = max((one.id for one in board.links if one.seat == scene.seat), key=lambda one: int(one[1:]), default="")
    form = LinkFormView(
        scene.moves_url, ANY_VERSION, tuple(Placed(one, texts[one]) for one in left(setup, board)), made
    )
    return (
        Region("links", "ranking/_links.html", LinksView(scene.moves_url, scene.board_version, rows)),
        Region("link-form", "ranking/_link_form.html", form),
    )
