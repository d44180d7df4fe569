"""The seat page while a table checks its list: the six answers, how they came out, and what may follow."""

from dataclasses import dataclass

from app.activities import checks
from app.activities.asking import CheckForm, answered, check_form, hint, histogram, send
from app.activities.base import Region, SeatScene
from app.activities.ranking import result, top
from app.activities.ranking.shapes import Board
from app.activities.ranking.views.asked import PlaceRow, place_rows
from app.activities.ranking.views.pieces import five, late_part, lists_part, on, texts_of
from app.activities.ranking.views.top import places_part
from app.errors import N_, Phrase

# What each ending means; none is worse than another.
TOLD = {
    "with_reservations": N_("The list stands. What some of you still miss is kept beside it."),
    "all_but_one": N_("One place stays open. The others stand."),
    "not_agreed": N_("Most of you go with this list. What the others say stands beside it, in their words."),
}


@dataclass(frozen=True, slots=True)
class CheckView:
    """The check on the list, and the list to look at once more."""

    form: CheckForm
    rows: tuple[PlaceRow, ...]
    is_five: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """A way to end, and what it means."""

    name: str
    title: str
    told: Phrase


@dataclass(frozen=True, slots=True)
class AfterView:
    """What a table may do after a check: change the list and check again, or choose how it ends.

    `key` names what it follows, so that the next one begins with an empty form. `subject`: discard or top. `is_last`:
    the list cannot change any more, and stands here to be read.
    """

    moves_url: str
    version: int
    key: int
    subject: str
    title: str
    told: tuple[Phrase, ...]
    note: str = ""
    endings: tuple[Ending, ...] = ()
    places: tuple[PlaceRow, ...] = ()
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class AgainView:
    """The button that puts the list to the check again."""

    moves_url: str
    version: int
    label: str


def check(scene: SeatScene) -> tuple[Region, ...]:
    """Answer the check on the list; once it is closed, see how it came out and what to do."""
    board: Board = scene.board
    beside = (*late_part(scene), *lists_part(scene))
    now = board.check
    if now is not None:
        form = check_form(scene, now)
        view = CheckView(form, place_rows(scene.setup, board.top, board), scene.setup.top == 5)
        sends = send(f"check-{now.id}", form.value is not None)
        return (*beside, Region("check", "ranking/_check.html", view), answered(scene), sends)
    last = checks.last_on(board.checks, result.LIST, board.round)
    out = histogram(scene, last, N_("How it came out"), texts=texts_of(scene.setup))
    if result.is_settled(scene.setup, board):
        return (*beside, *out, settled(scene), *on(scene))
    fails = checks.failed(board.checks, result.LIST, board.round)
    if fails >= checks.MOST_CHECKS:
        return (*beside, *out, unsettled(scene, fails), *(on(scene) or hint(N_("Anyone at the table may choose."))))
    foot = again(scene, fails) or on(scene) or hint(N_("Anyone at the table may change a place."))
    return (*beside, *out, unsettled(scene, fails), *places_part(scene), *foot)


def settled(scene: SeatScene) -> Region:
    """Say that the list holds, or how the table has chosen to end."""
    board: Board = scene.board
    told = [Phrase(N_("It can be locked now, by your trainer or by one of you."))]
    if board.ending == "all_but_one" and board.open_place is not None:
        told.insert(0, Phrase(N_("Place {place} stays open. The others stand."), {"place": board.open_place}))
    elif board.ending:
        told.insert(0, Phrase(TOLD[board.ending]))
    return after(scene, checks.ENDINGS.get(board.ending, N_("The list holds")), tuple(told), note=note_of(board))


def unsettled(scene: SeatScene, fails: int) -> Region:
    """Say what the table can do now: change the list, check again, or choose how it ends."""
    board: Board = scene.board
    title, told = what_now(fails, bool(top.placed(board)))
    ends = fails >= checks.FAILS_BEFORE_ENDING
    endings = tuple(Ending(name, words, Phrase(TOLD[name])) for name, words in checks.ENDINGS.items())
    rows = place_rows(scene.setup, board.top, board)
    return after(scene, title, told, endings if ends else (), rows, is_last=fails >= checks.MOST_CHECKS)


def after(
    scene: SeatScene,
    title: str,
    told: tuple[Phrase, ...],
    endings: tuple[Ending, ...] = (),
    places: tuple[PlaceRow, ...] = (),
    note: str = "",
    *,
    is_last: bool = False,
) -> Region:
    """Make the region that follows a check."""
    subject = "discard" if scene.phase == "discard" else result.LIST
    key = len(scene.board.checks)
    view = AfterView(scene.moves_url, scene.board_version, key, subject, title, told, note, endings, places, is_last)
    return Region("after-check", "ranking/_after_check.html", view)


def note_of(board: Board) -> str:
    """Take what was said beside the ending, unless it is hidden."""
    return "" if "note" in board.hidden else board.note


def what_now(fails: int, has_list: bool) -> tuple[str, tuple[Phrase, ...]]:
    """Head what comes after a check, and say in a sentence or two what the table can do."""
    if not has_list:
        told = Phrase(N_("Put your statements on the places below. Then check the list."))
        return N_("There is no list to check yet"), (told,)
    if not fails:
        told = Phrase(N_("Look at the places below. When they are right, check the list."))
        return N_("Ready to check?"), (told,)
    if fails >= checks.MOST_CHECKS:
        told = Phrase(
            N_("The list was changed twice and checked three times. Each of the three endings is an honest one.")
        )
        return N_("Choose how it ends"), (told,)
    change = Phrase(N_("Talk about what would help. Change a place below, then check again."))
    if fails >= checks.FAILS_BEFORE_ENDING:
        return N_("Change it once more, or end it"), (change, Phrase(N_("This is the second change of two.")))
    return N_("What to do now"), (change, Phrase(N_("This is the first change of two.")))


def again(scene: SeatScene, fails: int) -> tuple[Region, ...]:
    """Offer to put the list to the check, once there is one."""
    if not top.placed(scene.board):
        return ()
    label = N_("Check again") if fails else five(scene.setup, N_("Check our five"), N_("Check our list"))
    view = AgainView(scene.moves_url, scene.board_version, label)
    return (Region("check-again", "ranking/_check_again.html", view, "foot"),)
