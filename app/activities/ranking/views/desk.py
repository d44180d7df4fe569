"""The desk's part: each table's card, its cues, and what the trainer does at a table."""

from collections import Counter
from dataclasses import dataclass

from app.activities.base import Cue, Fact, Region, TableScene
from app.activities.ranking.mirror import Mirror
from app.activities.ranking.shapes import Setup
from app.activities.ranking.views.pieces import Placed
from app.errors import N_


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


def cues(scene: TableScene) -> tuple[Cue, ...]:
    """Say what about a table the trainer may want to look at."""
    return ()
