"""The check on the seat page: its six answers, how it came out, and what may follow."""

from dataclasses import dataclass

from app.activities import checks
from app.activities.base import Region, SeatScene
from app.activities.checks import Check
from app.activities.ranking import discard, result, top
from app.activities.ranking.shapes import Answer, Board, Setup
from app.activities.ranking.views.pieces import Placed, answered, five, late_part, lists_part, on, texts_of
from app.activities.ranking.views.top import places_part
from app.errors import N_, Phrase

LIST = "top"

# What a passed and a failed check mean in words, by its rule; figures only where there are enough answers.
PASSED = {
    "all-at-3": N_("Everybody can stand behind it"),
    "none-at-0": N_("Nobody says no"),
    "most-at-3": N_("Enough of you can stand behind it"),
}
FAILED = {
    "all-at-3": N_("Not everybody yet"),
    "none-at-0": N_("Not without a no yet"),
    "most-at-3": N_("Not enough of you yet"),
}
TOLD = {
    "with_reservations": N_("The list stands. What some of you still miss is kept beside it."),
    "all_but_one": N_("One place stays open. The others stand."),
    "not_agreed": N_("Most of you go with this list. What the others say stands beside it, in their words."),
}


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A statement on one of the top places; `joint` shares it. `how` says that it was settled by other than talk."""

    place: int
    joint: bool
    id: str
    text: str
    how: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class CheckForm:
    """The six answers, with the seat's own; it changes with that answer and with the check, and with nothing else."""

    moves_url: str
    version: int
    check: int
    rule: str
    value: int | None
    note: str
    about: str
    options: tuple[PlaceRow, ...]


@dataclass(frozen=True, slots=True)
class CheckView:
    """The check on the list, and the list to look at once more."""

    form: CheckForm
    is_five: bool


@dataclass(frozen=True, slots=True)
class SendView:
    """The button that sends an answer; it belongs to a form above it."""

    form: str
    sent: bool


@dataclass(frozen=True, slots=True)
class SaidAbout:
    """A reason from a check, and the statement it is about, if it names one."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class HistogramView:
    """How a check came out: words, and blocks where there are enough answers. `line` is the lowest answer that does."""

    title: Phrase
    words: str
    answered: int
    counts: tuple[int, ...] | None
    line: int
    said: tuple[SaidAbout, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """A way to end, and what it means."""

    name: str
    title: str
    told: Phrase


@dataclass(frozen=True, slots=True)
class AfterView:
    """What a table may do after a check: change the list and check again, or choose how it ends.

    `key` names the check it follows, so that a new one begins with an empty form.
    """

    moves_url: str
    version: int
    key: int
    title: Phrase
    told: tuple[Phrase, ...]
    endings: tuple[Ending, ...] = ()
    places: tuple[PlaceRow, ...] = ()
    says_why: bool = False


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
    now = checks.opened(board.checks)
    if now is not None:
        form = check_form(scene, now, place_rows(scene.setup, board.top, board))
        view = CheckView(form, scene.setup.top == 5)
        return (*beside, Region("check", "ranking/_check.html", view), answered(scene), send(form))
    last = checks.last_on(board.checks, LIST, board.round)
    out = (histogram(scene, last, Phrase(N_("How it came out"))),) if last is not None else ()
    if result.is_settled(scene.setup, board):
        return (*beside, *out, settled(scene, last), *on(scene))
    fails = checks.failed(board.checks, LIST, board.round)
    return (*out, after_list(scene, fails), *places_part(scene), *beside, *again(scene, fails), *on_unsettled(scene, fails))


def check_form(scene: SeatScene, now: Check, options: tuple[PlaceRow, ...] = ()) -> CheckForm:
    """Lay out the six answers with the seat's own, if it has answered this check."""
    answer: Answer = scene.answer
    own = answer.check if answer.check is not None and answer.check.check == now.id else None
    return CheckForm(
        moves_url=scene.moves_url,
        version=scene.answer_version,
        check=now.id,
        rule=checks.RULES[now.rule],
        value=own.value if own else None,
        note=own.note if own else "",
        about=own.about if own else "",
        options=options,
    )


def send(form: CheckForm) -> Region:
    """The button that sends the answer to a check."""
    return Region("send", "ranking/_send.html", SendView(f"check-{form.check}", form.value is not None), "foot")


def histogram(scene: SeatScene, closed: Check, title: Phrase) -> Region:
    """Say how a closed check came out, as far as its number of answers allows."""
    assert closed.outcome is not None
    board: Board = scene.board
    outcome, texts = closed.outcome, texts_of(scene.setup)
    view = HistogramView(
        title=title,
        words=(PASSED if outcome.passed else FAILED)[closed.rule],
        answered=outcome.answered,
        counts=outcome.counts,
        line=1 if closed.rule == "none-at-0" else 3,
        said=tuple(
            SaidAbout(texts.get(one.about, ""), one.text) for one in outcome.reasons if one.id not in board.hidden
        ),
    )
    return Region("histogram", "ranking/_histogram.html", view)


def place_rows(setup: Setup, tiers: tuple[tuple[str, ...], ...], board: Board) -> tuple[PlaceRow, ...]:
    """List the statements on the top places, best first, each with its place."""
    texts = texts_of(setup)
    return tuple(
        PlaceRow(place, len(tier) > 1, one, texts[one], board.settled.get(one, ""))
        for place, tier in enumerate(tiers, 1)
        for one in tier
    )


def settled(scene: SeatScene, last: Check | None) -> Region:
    """Say that the list holds, or how the table has chosen to end."""
    board: Board = scene.board
    title = Phrase(checks.ENDINGS[board.ending]) if board.ending else Phrase(N_("The list holds"))
    told: list[Phrase] = []
    if board.ending == "all_but_one" and board.open_place is not None:
        told.append(Phrase(N_("Place {place} stays open. The others stand."), {"place": board.open_place}))
    elif board.ending:
        told.append(Phrase(TOLD[board.ending]))
    if board.note and "ending" not in board.hidden:
        told.append(Phrase(N_("“{note}”"), {"note": board.note}))
    told.append(Phrase(N_("It can be locked now, by the trainer or by one of you.")))
    key = last.id if last is not None else 0
    view = AfterView(scene.moves_url, scene.board_version, key, title, tuple(told))
    return Region("after-check", "ranking/_after_check.html", view)


def after_list(scene: SeatScene, fails: int) -> Region:
    """Say what the table can do now: change the list, check again, or choose how it ends."""
    board: Board = scene.board
    ends = fails >= checks.FAILS_BEFORE_ENDING
    view = AfterView(
        moves_url=scene.moves_url,
        version=scene.board_version,
        key=len(board.checks),
        title=what_now(fails, bool(top.placed(board))),
        told=how_now(fails, bool(top.placed(board))),
        endings=tuple(Ending(name, title, Phrase(TOLD[name])) for name, title in checks.ENDINGS.items()) if ends else (),
        places=place_rows(scene.setup, board.top, board),
        says_why=True,
    )
    return Region("after-check", "ranking/_after_check.html", view)


def what_now(fails: int, has_list: bool) -> Phrase:
    """Head what comes after a check."""
    if not has_list:
        return Phrase(N_("There is no list to check yet"))
    if fails >= checks.MOST_CHECKS:
        return Phrase(N_("Choose how it ends"))
    if fails >= checks.FAILS_BEFORE_ENDING:
        return Phrase(N_("One more change, or an ending"))
    return Phrase(N_("What to do now")) if fails else Phrase(N_("Ready to check?"))


def how_now(fails: int, has_list: bool) -> tuple[Phrase, ...]:
    """Say in a sentence or two what the table can do."""
    if not has_list:
        return (Phrase(N_("Put your statements on the places below. Then check the list.")),)
    if fails >= checks.MOST_CHECKS:
        return (Phrase(N_("The list was changed twice and checked three times. All three endings are good endings.")),)
    change = Phrase(N_("Talk about what would help. Change a place below, then check again."))
    if fails >= checks.FAILS_BEFORE_ENDING:
        return (change, Phrase(N_("This is the second change of two. Or choose one of the endings.")))
    if fails:
        return (change, Phrase(N_("This is the first change of two.")))
    return (Phrase(N_("Look at the places below. When they are right, check the list.")),)


def again(scene: SeatScene, fails: int) -> tuple[Region, ...]:
    """Offer to put the list to the check, as long as another one is left."""
    board: Board = scene.board
    if fails >= checks.MOST_CHECKS or not top.placed(board):
        return ()
    first = five(scene.setup, N_("Check our five"), N_("Check our list"))
    view = AgainView(scene.moves_url, scene.board_version, N_("Check again") if fails else first)
    return (Region("check-again", "ranking/_check_again.html", view, "foot"),)


def on_unsettled(scene: SeatScene, fails: int) -> tuple[Region, ...]:
    """Let a table that moves itself lock without an agreement, where nothing else is left in the foot."""
    return () if again(scene, fails) else on(scene)


__all__ = ["Placed", "check", "check_form", "discard", "histogram", "place_rows", "send"]
