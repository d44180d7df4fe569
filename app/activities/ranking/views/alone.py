"""The seat page while each works alone: reading, and one's own order."""

from dataclasses import dataclass
from functools import lru_cache

from app.activities.base import Region, SeatScene
from app.activities.ranking.shapes import Answer, Board, Setup
from app.activities.ranking.views.pieces import BallotView, ProgressView, ballot_view, shuffled, texts_of


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
class DoneView:
    """The seat's own word that it is done."""

    moves_url: str
    version: int
    done: bool


BALLOTS = 8192

# Each seat's order as it was last laid out, with what it was laid out from.
_ballots: dict[tuple[str, int], tuple[Answer, Setup, BallotView]] = {}


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


@lru_cache(maxsize=1024)
def progress(done: int, seats: int) -> Region:
    """How many are done, the same for a whole table."""
    return Region("progress", "ranking/_progress.html", ProgressView(done, seats), "said")


@lru_cache(maxsize=4096)
def finish(moves_url: str, version: int, done: bool) -> Region:
    """The seat's word that it is done."""
    return Region("finish", "ranking/_finish.html", DoneView(moves_url, version, done), "foot")
