"""The seat page while a table checks its whole grid: the statements, the six answers, how it came out, what may follow.

Law: how often a sentence was named is told only where the number of answers allows it; else there are reasons alone.
"""

from collections import Counter
from dataclasses import dataclass

from app import disclosure
from app.activities import asking, checks
from app.activities.asking import CheckForm
from app.activities.base import Region, SeatScene
from app.activities.checks import Check
from app.activities.grid import joint, result
from app.activities.grid.shapes import Board, Setup
from app.activities.grid.views import frame, statements
from app.activities.grid.views.checking import Ending
from app.activities.grid.views.frame import Pad, Sentence
from app.activities.grid.views.statements import Statement
from app.activities.grid.views.whole import whole
from app.errors import N_, Phrase

ENDINGS = (
    Ending(
        "with_reservations",
        N_("Agreed with reservations"),
        N_("The grid stands. What some of you still miss is kept beside it."),
    ),
    Ending("all_but_one", N_("All but one sentence agreed"), N_("One sentence stays open. The others stand.")),
    Ending(
        "not_agreed",
        N_("Not agreed"),
        N_("Most of you go with this grid. What the others say stands beside it, in their words."),
    ),
)
TITLES = {one.name: one.title for one in ENDINGS}
TOLD = {one.name: one.told for one in ENDINGS}
LOCKABLE = N_("It can be locked now, by your trainer or by one of you.")


@dataclass(frozen=True, slots=True)
class JointsView:
    """All joint statements, to be read."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class CheckView:
    """The check on the whole grid, and the sentences that one may name."""

    form: CheckForm
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class OpenRowView:
    """A sentence that is open again, with its text."""

    sentence: Sentence
    pad: Pad


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence that can be opened again; `count` reasons name it, where that may be told."""

    sentence: Sentence
    count: int | None


@dataclass(frozen=True, slots=True)
class ReopenView:
    """What can be opened again: those that were named, most often first, then the others."""

    moves_url: str
    version: int
    named: tuple[Named, ...]
    others: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class AfterView:
    """What a table may do after a check on the whole grid; `key` names what it follows."""

    moves_url: str
    version: int
    key: int
    title: str
    told: tuple[str | Phrase, ...]
    note: str = ""
    endings: tuple[Ending, ...] = ()
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class AgainView:
    """The button that puts the grid to the check."""

    moves_url: str
    version: int
    label: str


def check(scene: SeatScene) -> tuple[Region, ...]:
    """Answer the check on the whole grid; once it is closed, see how it came out and what to do."""
    board: Board = scene.board
    read = Region("joints", "grid/_joints.html", JointsView(statements.now(scene)))
    table = whole(scene)
    now = board.check
    if now is not None:
        form = asking.check_form(scene, now)
        asked = Region("check", "grid/_check_grid.html", CheckView(form, numbered(scene)))
        sends = asking.send(f"check-{now.id}", form.value is not None)
        return (read, asked, asking.answered(scene), sends, table)
    last = result.last_check(board)
    texts = {row.id: row.prompt for row in scene.setup.rows}
    out = asking.histogram(scene, last, N_("How it came out"), texts=texts)
    if result.is_settled(scene.setup, board):
        return (*out, settled(scene), read, table, *frame.on(scene))
    fails = result.fails(board)
    spent = fails >= checks.MOST_CHECKS
    reopening = () if spent else (*open_rows(scene), *reopen(scene, last))
    foot = () if spent else again(scene, fails)
    anyone = asking.hint(N_("Anyone at the table may choose."))
    return (*out, unsettled(scene, fails), *reopening, read, table, *(foot or frame.on(scene) or anyone))


def numbered(scene: SeatScene) -> tuple[Sentence, ...]:
    """Number the sentences as the list of statements does."""
    setup: Setup = scene.setup
    return tuple(Sentence(row.id, number, row.prompt) for number, row in enumerate(setup.rows, 1))


def open_rows(scene: SeatScene) -> tuple[Region, ...]:
    """Give the texts of the sentences that are open again."""
    return tuple(
        Region(f"open-{one.id}", "grid/_open_row.html", OpenRowView(one, pad(scene, one)))
        for one in numbered(scene)
        if joint.is_open(scene.board, one.id)
    )


def pad(scene: SeatScene, one: Sentence) -> Pad:
    """Lay out the text of a sentence that is open again."""
    return frame.joint_pad(scene, one, N_("Open again"))


def reopen(scene: SeatScene, last: Check | None) -> tuple[Region, ...]:
    """Offer to open a sentence again, those first that were named."""
    board: Board = scene.board
    closed = [one for one in numbered(scene) if not joint.is_open(board, one.id)]
    counts = names(board, last)
    told = last is not None and last.outcome is not None and disclosure.may_show_totals(last.outcome.answered)
    named = sorted(
        (one for one in closed if counts[one.id]), key=lambda one: (-counts[one.id] if told else 0, one.number)
    )
    others = tuple(one for one in closed if not counts[one.id])
    if not closed:
        return ()
    view = ReopenView(
        moves_url=scene.moves_url,
        version=scene.board_version,
        named=tuple(Named(one, counts[one.id] if told else None) for one in named),
        others=others,
    )
    return (Region("reopen", "grid/_reopen.html", view),)


def names(board: Board, last: Check | None) -> Counter[str]:
    """Count the reasons that name each sentence, less those that are hidden."""
    said = last.outcome.reasons if last is not None and last.outcome is not None else ()
    return Counter(one.about for one in said if one.about and one.id not in board.hidden)


def settled(scene: SeatScene) -> Region:
    """Say that the grid holds, or how the table has chosen to end."""
    board: Board = scene.board
    told: list[str | Phrase] = [LOCKABLE]
    if board.ending == "all_but_one" and board.open_row:
        number = next((one.number for one in numbered(scene) if one.id == board.open_row), 0)
        told.insert(0, Phrase(N_("Sentence {number} stays open. The others stand."), {"number": number}))
    elif board.ending:
        told.insert(0, TOLD[board.ending])
    note = "" if "note" in board.hidden else board.note
    return after(scene, TITLES.get(board.ending, N_("The grid holds")), tuple(told), note=note)


def unsettled(scene: SeatScene, fails: int) -> Region:
    """Say what the table can do now: open a sentence again, check again, or choose how it ends."""
    title, told = what_now(scene, fails)
    ends = fails >= checks.FAILS_BEFORE_ENDING
    return after(scene, title, (told,), endings=ENDINGS if ends else ())


def what_now(scene: SeatScene, fails: int) -> tuple[str, str]:
    """Head what comes after a check, and say what the table can do."""
    if fails >= checks.MOST_CHECKS:
        return N_("Choose how it ends"), N_(
            "The grid was changed twice and checked three times. Each of the three endings is an honest one."
        )
    if fails >= checks.FAILS_BEFORE_ENDING:
        return N_("Change it once more, or end it"), N_(
            "Open a sentence again, change its words and check the whole grid once more, or choose one of these."
        )
    if fails:
        return N_("What to do now"), N_(
            "Talk about what would help. Open a sentence again, change its words, then check the whole grid again."
        )
    if result.is_begun(scene.setup, scene.board):
        return N_("Ready to check?"), N_("Read the statements once more. When they are right, check the whole grid.")
    return N_("There is no grid to check yet"), N_(
        "Open a sentence and write its joint statement. Then check the grid."
    )


def after(
    scene: SeatScene,
    title: str,
    told: tuple[str | Phrase, ...],
    note: str = "",
    endings: tuple[Ending, ...] = (),
) -> Region:
    """Make the region that follows a check."""
    view = AfterView(
        moves_url=scene.moves_url,
        version=scene.board_version,
        key=len(scene.board.checks),
        title=title,
        told=told,
        note=note,
        endings=endings,
        sentences=numbered(scene) if endings else (),
    )
    return Region("after-check", "grid/_after_check.html", view)


def again(scene: SeatScene, fails: int) -> tuple[Region, ...]:
    """Offer to put the whole grid to the check, once there are words in it."""
    if not result.is_begun(scene.setup, scene.board):
        return ()
    label = N_("Check the whole grid again") if fails else N_("Check the whole grid")
    view = AgainView(scene.moves_url, scene.board_version, label)
    return (Region("check-again", "grid/_check_again.html", view, "foot"),)
