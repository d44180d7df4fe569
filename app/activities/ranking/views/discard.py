"""The seat page while a table agrees on what to discard."""

from dataclasses import dataclass

from app.activities import checks
from app.activities.asking import CheckForm, answered, check_form, hint, histogram, send
from app.activities.base import Region, SeatScene
from app.activities.checks import Check
from app.activities.ranking import discard as rules
from app.activities.ranking.mirror import Mirror
from app.activities.ranking.shapes import Board, Discarded, Proposal
from app.activities.ranking.views.asked import EitherView, either_part
from app.activities.ranking.views.check import Ending, after
from app.activities.ranking.views.pieces import Placed, late_part, lists_part, on, texts_of
from app.errors import N_, Phrase


@dataclass(frozen=True, slots=True)
class Named:
    """A statement that somebody would discard, how many would where that may be told, and why."""

    text: str
    count: int | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NominationsView:
    """What each would discard, shown to all at one moment; `reasons` stand apart where counts may not be told."""

    orders: int
    named: tuple[Named, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """What is proposed and why, and the check on it."""

    form: CheckForm
    text: str
    reason: str
    how: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits, or the one on which nobody has answered yet; `mine` may be taken back."""

    id: str
    text: str
    reason: str
    mine: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class QueueView:
    """What else is proposed, the first to come first."""

    moves_url: str
    version: int
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class ProposeView:
    """Where one proposes a statement; `key` is new after each of one's proposals, so that the form is empty again.

    `first`: nothing was proposed yet. `main`: it is what the page is about now.
    """

    moves_url: str
    version: int
    key: int
    statements: tuple[Placed, ...]
    first: bool
    main: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """A discarded statement, why, and how that was settled."""

    text: str
    reason: str
    how: str
    ending: str


@dataclass(frozen=True, slots=True)
class DiscardedView:
    """What is discarded; nothing, where the table has ended without."""

    gone: tuple[Gone, ...]
    wanted: int


def discard(scene: SeatScene) -> tuple[Region, ...]:
    """What each would discard, proposals with the check on them, and what to do once one did not carry."""
    board: Board = scene.board
    settled = rules.is_settled(scene.setup, board)
    regions = [*late_part(scene), *lists_part(scene)]
    if settled or board.discarded:
        regions.append(discarded(scene))
    regions += [*nominations(scene), *open_check(scene), *last_check(scene), *endings(scene)]
    if not settled:
        regions += [*queue(scene), *ways(scene)]
    if any(region.slot == "foot" for region in regions):
        return tuple(regions)
    return (*regions, *(on(scene) or hint(N_("Anyone at the table may propose."))))


def ways(scene: SeatScene) -> tuple[Region, ...]:
    """What one may do next: propose, or ask about two that are level; what is asked already comes first."""
    either = either_part(scene)
    if any(region.view.even or region.view.is_open for region in either if isinstance(region.view, EitherView)):
        return (*either, *propose(scene, main=False))
    return (*propose(scene, main=rules.failures(scene.board) < checks.FAILS_BEFORE_ENDING), *either)


def nominations(scene: SeatScene) -> tuple[Region, ...]:
    """Show what was named and why, as far as the number of answers allows."""
    mirror: Mirror | None = scene.revealed.get("solo")
    if mirror is None:
        return ()
    hidden = frozenset(scene.board.hidden)
    named = tuple(
        Named(one.text, one.count, tuple(said.text for said in one.reasons if said.id not in hidden))
        for one in mirror.nominations
    )
    reasons = tuple(said.text for said in mirror.reasons if said.id not in hidden)
    return (Region("nominations", "ranking/_nominations.html", NominationsView(mirror.orders, named, reasons)),)


def open_check(scene: SeatScene) -> tuple[Region, ...]:
    """The open check, with what it is on."""
    board: Board = scene.board
    now = board.check
    found = rules.proposed(board, now) if now is not None else None
    if now is None or found is None:
        return ()
    form = check_form(scene, now)
    view = ProposalView(form, texts_of(scene.setup)[found.statement], reason_of(board, found), found.how)
    sends = send(f"check-{now.id}", form.value is not None)
    return (Region("proposal", "ranking/_proposal.html", view), answered(scene), sends)


def reason_of(board: Board, proposal: Proposal) -> str:
    """Take a proposal's reason, unless it is hidden."""
    return "" if proposal.id in board.hidden else proposal.reason


def last_check(scene: SeatScene) -> tuple[Region, ...]:
    """How the latest closed check on a discard came out."""
    board: Board = scene.board
    closed = rules.checked(board)
    if not closed:
        return ()
    return histogram(scene, closed[-1], title_of(closed[-1]), about_of(scene, closed[-1]))


def title_of(closed: Check) -> str:
    """Head how a check on a discard came out."""
    return N_("The check on it") if closed.outcome and closed.outcome.passed else N_("The check before")


def about_of(scene: SeatScene, closed: Check) -> str:
    """Name the statement that a check was on."""
    found = rules.proposed(scene.board, closed)
    return texts_of(scene.setup)[found.statement] if found is not None else ""


def endings(scene: SeatScene) -> tuple[Region, ...]:
    """Once two proposals did not carry and nothing is open: how the discard may end."""
    board: Board = scene.board
    closed = rules.checked(board)
    busy = board.check is not None or board.either is not None
    if busy or not closed or rules.is_settled(scene.setup, board) or not rules.failures(board):
        return ()
    if rules.failures(board) < checks.FAILS_BEFORE_ENDING:
        told = Phrase(
            N_("Talk about what was said. Then one of you proposes another one, or the same one with a better reason.")
        )
        return (after(scene, N_("What to do now"), (told,)),)
    ways = (
        Ending(
            "with_reservations",
            N_("Discarded with reservations"),
            Phrase(
                N_("“{statement}” goes, and the record says that some of you had reservations."),
                {"statement": about_of(scene, closed[-1])},
            ),
        ),
        Ending("not_agreed", N_("Nothing discarded"), Phrase(N_("You keep all of them and rank them all."))),
    )
    told = Phrase(N_("Two checks have not passed. Propose another one below, or choose one of these."))
    return (after(scene, N_("Propose another, or end it"), (told,), ways),)


def queue(scene: SeatScene) -> tuple[Region, ...]:
    """What else is proposed; one's own can be taken back until somebody has answered it."""
    board: Board = scene.board
    texts = texts_of(scene.setup)
    now = board.check
    current = rules.proposed(board, now) if now is not None else None
    found = list(rules.waiting(board))
    if current is not None and current.seat == scene.seat and not scene.done:
        found.insert(0, current)
    if not found:
        return ()
    rows = tuple(
        Waiting(one.id, texts[one.statement], reason_of(board, one), one.seat == scene.seat, one == current)
        for one in found
    )
    return (Region("queue", "ranking/_queue.html", QueueView(scene.moves_url, scene.board_version, rows)),)


def propose(scene: SeatScene, *, main: bool) -> tuple[Region, ...]:
    """Where one proposes; most named first, less what is proposed already."""
    board: Board = scene.board
    if board.either is not None:
        return ()
    now = board.check
    current = rules.proposed(board, now) if now is not None else None
    taken = {one.statement for one in rules.waiting(board)} | ({current.statement} if current else set())
    mirror: Mirror | None = scene.revealed.get("solo")
    named = [one.id for one in mirror.nominations] if mirror is not None else []
    left = [one for one in rules.left(scene.setup, board) if one not in taken]
    left.sort(key=lambda one: named.index(one) if one in named else len(named))
    texts = texts_of(scene.setup)
    view = ProposeView(
        moves_url=scene.moves_url,
        version=scene.board_version,
        key=sum(1 for one in board.proposals if one.seat == scene.seat),
        statements=tuple(Placed(one, texts[one]) for one in left),
        first=not board.proposals,
        main=main and now is None,
    )
    return (Region("propose", "ranking/_propose.html", view),)


def discarded(scene: SeatScene) -> Region:
    """What the table has discarded."""
    board: Board = scene.board
    wanted = len(board.discarded) if board.nothing_discarded else scene.setup.discard
    return Region("discarded", "ranking/_discarded.html", DiscardedView(gone_of(scene, board.discarded), wanted))


def gone_of(scene: SeatScene, found: tuple[Discarded, ...]) -> tuple[Gone, ...]:
    """Put discarded statements into words, with their reasons unless they are hidden."""
    texts, hidden = texts_of(scene.setup), scene.board.hidden
    return tuple(
        Gone(texts[one.statement], "" if one.reason_id in hidden else one.reason, one.how, one.ending) for one in found
    )
