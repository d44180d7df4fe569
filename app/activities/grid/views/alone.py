"""The seat page while each works alone: jots on each sentence, and whose view they are.

Law: a jot is on its writer's own page and nowhere else; before the phase closes, even its table sees only who is done.
"""

from dataclasses import dataclass
from functools import lru_cache

from app.activities.base import Region, SeatScene
from app.activities.grid import naming
from app.activities.grid.shapes import JOT_LENGTH, MOST_JOTS, Answer, Column, Jot, Setup
from app.activities.grid.views import frame
from app.errors import N_


@dataclass(frozen=True, slots=True)
class JotsView:
    """A seat's own jots on one sentence. `column` is whose view they are; without one there is nothing to jot for."""

    moves_url: str
    version: int
    row: str
    is_first: bool
    column: str
    jots: tuple[Jot, ...]
    most: int = MOST_JOTS
    length: int = JOT_LENGTH

    @property
    def takes_more(self) -> bool:
        """Whether another jot may be made."""
        return len(self.jots) < self.most


@dataclass(frozen=True, slots=True)
class SpeakView:
    """Whose view a seat writes, whose own agency has no column; `may_wait`: it can say that it only listens."""

    moves_url: str
    version: int
    columns: tuple[Column, ...]
    chosen: str
    label: str
    may_wait: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class ProgressView:
    """How many are done, never who or what."""

    done: int
    seats: int


def jot(scene: SeatScene) -> tuple[Region, ...]:
    """Draw one's own jots, sentence by sentence, and the seat's word that it is done."""
    setup: Setup = scene.setup
    answer: Answer = scene.answer
    done = frame.DoneView(scene.moves_url, scene.answer_version, answer.done, alone=len(setup.rows) == 1)
    return (
        frame.head(scene, N_("only you see your jots yet")),
        *speak(scene),
        frame.rows(scene, done),
        *(jots(scene, one) for one in frame.sentences(scene)),
        progress(scene.done, scene.seats),
        frame.turn(scene),
        Region("finish", "grid/_finish.html", done, "foot"),
        *frame.on(scene),
    )


def jots(scene: SeatScene, sentence: frame.Sentence) -> Region:
    """Draw a seat's own jots on one sentence, and where it writes another."""
    answer: Answer = scene.answer
    view = JotsView(
        moves_url=scene.moves_url,
        version=scene.answer_version,
        row=sentence.id,
        is_first=sentence.is_first,
        column=column_label(scene),
        jots=answer.jots.get(sentence.id, ()),
    )
    return Region(f"row-{sentence.id}", "grid/_row_jot.html", view)


def column_label(scene: SeatScene) -> str:
    """Name whose view this seat writes; empty where it is nobody's."""
    setup: Setup = scene.setup
    found = setup.column(frame.column(scene) or "")
    return found.label if found else ""


def speak(scene: SeatScene) -> tuple[Region, ...]:
    """Let a seat choose whose view it writes, where its own agency has no column."""
    setup: Setup = scene.setup
    answer: Answer = scene.answer
    # Whose jots are open to it, it writes for.
    if not naming.may_choose(setup, scene.agency) or (scene.phase == "caucus" and frame.column(scene)):
        return ()
    view = SpeakView(
        moves_url=scene.moves_url,
        version=scene.answer_version,
        columns=setup.columns,
        chosen=frame.column(scene) or "",
        label=column_label(scene),
        may_wait=scene.phase == "jot",
        waits=answer.done,
    )
    return (Region("speak", "grid/_speak.html", view),)


@lru_cache(maxsize=1024)
def progress(done: int, seats: int) -> Region:
    """How many are done, the same for a whole table."""
    return Region("progress", "grid/_progress.html", ProgressView(done, seats), "said")
