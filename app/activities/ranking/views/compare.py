"""The seat page while a table compares: its mirror, and each statement's place for the seat and the table."""

from dataclasses import dataclass

from app.activities.base import Region, SeatScene
from app.activities.ranking.mirror import Mirror
from app.activities.ranking.shapes import Answer, Ballot, Setup
from app.activities.ranking.views.pieces import texts_of


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
