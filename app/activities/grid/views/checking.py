"""The open check on a sentence, how it came out, and what follows it: locking, ending or opening the sentence again.

Law: the form of an open check changes with the seat's own answer and with the check, and with nothing else.
"""

from dataclasses import dataclass
from typing import Literal

from app.activities import asking, checks
from app.activities.asking import CheckForm, Part
from app.activities.base import Region, SeatScene
from app.activities.grid import joint, naming
from app.activities.grid.shapes import Board
from app.activities.grid.views import cells, frame
from app.activities.grid.views.cells import Said
from app.activities.grid.views.frame import Sentence
from app.errors import N_, Phrase

State = Literal["passed", "failed", "ending", "spent", "locked"]

TITLES: dict[State, str] = {
    "passed": N_("Now lock it"),
    "failed": N_("Change the words, then check again"),
    "ending": N_("Change it once more, or end it"),
    "spent": N_("Choose how it ends"),
    "locked": N_("This sentence is locked"),
}
TOLD: dict[State, tuple[str, ...]] = {
    "passed": (N_("The check has passed. Lock the sentence, and go on with the next one."),),
    "failed": (
        N_("The text is open again. Talk about what would help, change the words, then check them again."),
        N_("This is the first change of two."),
    ),
    "ending": (
        N_("The text is open again. Change the words and check them once more, or choose one of these."),
        N_("This is the second change of two."),
    ),
    "spent": (N_("The words were changed twice and checked three times. Each of the two endings is an honest one."),),
    "locked": (),
}
FIRST = N_("A check is open on another sentence. That one comes first.")


@dataclass(frozen=True, slots=True)
class Ending:
    """A way to end, and what it means."""

    name: str
    title: str
    told: str


ENDINGS = (
    Ending(
        "with_reservations",
        N_("Agreed with reservations"),
        N_("The words stand. What some of you still miss is kept beside them."),
    ),
    Ending("not_agreed", N_("Not agreed"), N_("Both sentences are kept, side by side. Neither is worse.")),
)


@dataclass(frozen=True, slots=True)
class RowCheckView:
    """The check on a sentence, and its words as they were closed."""

    form: CheckForm
    said: Said


@dataclass(frozen=True, slots=True)
class AfterView:
    """What a table may do with a sentence after a check on it.

    `key` names what it follows, so that the next one begins with an empty form.
    """

    moves_url: str
    version: int
    part: Part
    key: int
    state: State
    title: str
    told: tuple[str, ...]
    endings: tuple[Ending, ...] = ()
    may_reopen: bool = False


def row_check(scene: SeatScene) -> tuple[Region, ...]:
    """Draw what there is about checks on sentences: the open one, how others came out, and what follows."""
    return tuple(region for one in frame.sentences(scene) for region in of_row(scene, one))


def of_row(scene: SeatScene, one: Sentence) -> tuple[Region, ...]:
    """Draw what there is about checks on one sentence."""
    board: Board = scene.board
    part = Part(one.id, one.number != 1)
    if joint.is_checked(board, one.id):
        return open_check(scene, one, part)
    last = joint.last_check(board, one.id)
    told = Phrase(N_("The check on sentence {number}"), {"number": one.number})
    return (*after(scene, one, part), *asking.histogram(scene, last, told, part=part))


def open_check(scene: SeatScene, one: Sentence, part: Part) -> tuple[Region, ...]:
    """Ask about a sentence's words."""
    board: Board = scene.board
    now = board.check
    if now is None:
        return ()
    form = asking.check_form(scene, now, part)
    said = cells.unless_hidden(board, naming.joint(one.id), joint.of(board, one.id).text)
    return (
        Region("check", "grid/_check_row.html", RowCheckView(form, said)),
        asking.answered(scene, part),
        asking.send(f"check-{now.id}", form.value is not None, part),
    )


def after(scene: SeatScene, one: Sentence, part: Part) -> tuple[Region, ...]:
    """Say what a table can do with a sentence once it was checked."""
    board: Board = scene.board
    state = state_of(board, one.id)
    if state is None:
        return ()
    elsewhere = board.check is not None
    ends = state in ("ending", "spent")
    view = AfterView(
        moves_url=scene.moves_url,
        version=scene.board_version,
        part=part,
        key=len(board.checks),
        state=state,
        title=TITLES[state],
        told=(*TOLD[state], FIRST) if elsewhere and ends else TOLD[state],
        endings=ENDINGS if ends and not elsewhere else (),
        may_reopen=state in ("passed", "locked") and not elsewhere,
    )
    return (Region(f"after-{one.id}", "grid/_after_row.html", view),)


def state_of(board: Board, row: str) -> State | None:
    """Say where a sentence stands after its checks; None before the first, or as it was opened again."""
    if joint.of(board, row).locked:
        return "locked"
    if joint.has_passed(board, row):
        return "passed"
    fails = joint.fails(board, row)
    if fails >= checks.MOST_CHECKS:
        return "spent"
    if fails >= checks.FAILS_BEFORE_ENDING:
        return "ending"
    return "failed" if fails else None
