"""The desk's part: what each table's card says, what is not clear, and what people have written."""

from collections import Counter
from dataclasses import dataclass, replace

from app import disclosure
from app.activities import checks
from app.activities.base import Region, TableScene
from app.activities.ranking import board as together
from app.activities.ranking import discard, result
from app.activities.ranking import top as places
from app.activities.ranking.mirror import Mirror
from app.activities.ranking.shapes import Board, Setup
from app.activities.ranking.views.acts import acts
from app.activities.ranking.views.cues import cues
from app.activities.ranking.views.entries import entries
from app.activities.ranking.views.pieces import Placed
from app.activities.telling import Fact
from app.errors import N_, Phrase

__all__ = ["cues", "desk", "fact"]

ANSWERED = N_("of {seats} have answered the check")
ENDED = {
    "agreed": N_("Agreed"),
    "unchecked": N_("Locked without a check"),
    **checks.ENDINGS,
}


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
    """Say on the table's card how far it is, never what anybody chose; and what the trainer can do there."""
    told = FACTS[scene.phase](scene, scene.board)
    return replace(told, acts=acts(scene))


def read(scene: TableScene, board: Board) -> Fact:
    """Count the flags."""
    return Fact(sum(len(answer.unclear) for answer in scene.answers), N_("“not clear” so far"))


def solo(scene: TableScene, board: Board) -> Fact:
    """Count who is done, and nothing else."""
    return Fact(scene.done, N_("of {seats} are done"), (("seats", scene.seats),))


def to_discard(scene: TableScene, board: Board) -> Fact:
    """Say what is asked, what was proposed, or that it is settled."""
    setup: Setup = scene.setup
    stay = len(discard.left(setup, board))
    if board.nothing_discarded and not board.discarded:
        return Fact(None, N_("Nothing discarded, by agreement to differ"))
    if discard.is_settled(setup, board):
        told = N_("discarded") if len(board.discarded) == 1 else N_("discarded, as wanted")
        return Fact(len(board.discarded), told, note=how_discarded(board))
    leaves = Phrase(N_("the discard is not agreed, so all {n} stay in"), {"n": stay})
    failed = failed_note(discard.failures(board))
    if board.check is not None:
        return Fact(scene.done, ANSWERED, (("seats", scene.seats),), failed, leaves=leaves)
    if board.either is not None:
        chosen = N_("of {seats} have chosen between two")
        return Fact(scene.done, chosen, (("seats", scene.seats),), failed, leaves=leaves)
    number = len({one.subject for one in discard.checked(board)}) + len(discard.waiting(board))
    return Fact(number, N_("proposal") if number == 1 else N_("proposals"), note=failed, leaves=leaves)


def how_discarded(board: Board) -> str:
    """Say whether what went went with reservations."""
    reserved = any(one.ending == "with_reservations" for one in board.discarded)
    return N_("with reservations") if reserved else N_("the check passed")


def failed_note(failures: int) -> Phrase | str:
    """Count the checks that did not pass, never who or what stood in their way."""
    if not failures:
        return ""
    return (
        N_("1 check that did not pass")
        if failures == 1
        else Phrase(N_("{n} checks that did not pass"), {"n": failures})
    )


def rank(scene: TableScene, board: Board) -> Fact:
    """Count what is placed."""
    waiting = len(together.tray(scene.setup, board))
    told = placed(board)
    if not waiting:
        return replace(told, note=N_("board complete"))
    note = Phrase(N_("{n} in the tray"), {"n": waiting})
    return replace(told, note=note, leaves=N_("statements are still in the tray"))


def placed(board: Board) -> Fact:
    """Count and draw the board's places."""
    taken = tuple(place is not None for place in board.places)
    return Fact(sum(taken), N_("of {of} placed"), (("of", len(taken)),), dots=taken)


def compare(scene: TableScene, board: Board) -> Fact:
    """Count the links; beside them the mirror's words, where they may be shown."""
    mirror: Mirror | None = scene.revealed.get("solo")
    words = mirror.words if mirror is not None and mirror.words is not None else ""
    number = len(board.links)
    told = N_("link so far") if number == 1 else N_("links so far")
    return Fact(number, told, note=words, dots=placed(board).dots)


def top(scene: TableScene, board: Board) -> Fact:
    """Count the private marks, then the places that are filled, and what is contested once all may know."""
    setup: Setup = scene.setup
    if board.marks is None:
        told = N_("of {seats} have marked theirs")
        leaves = N_("the private marks are not closed")
        return Fact(scene.done, told, (("seats", scene.seats),), leaves=leaves)
    taken = tuple(bool(tier) for tier in places.tiers(setup, board))
    contested = len([one for one in board.marks.contested if one not in places.placed(board)])
    note: Phrase | str = Phrase(N_("{n} contested"), {"n": contested}) if contested else ""
    full = places.is_complete(setup, board)
    filled = Fact(sum(taken), N_("of {of} places filled"), (("of", setup.top),), note, taken)
    if board.either is not None:
        filled = replace(
            filled, note=Phrase(N_("{n} of {of} have chosen between two"), {"n": scene.done, "of": scene.seats})
        )
    return filled if full else replace(filled, leaves=N_("not all places are filled"))


def check(scene: TableScene, board: Board) -> Fact:
    """Count the answers, then say how the check came out, as far as their number allows."""
    if board.check is not None:
        leaves = N_("the check is still open, so it locks without one")
        return Fact(scene.done, ANSWERED, (("seats", scene.seats),), failed_list(board), leaves=leaves)
    if board.ending:
        return Fact(None, checks.ENDINGS[board.ending], note=failed_list(board))
    last = checks.last_on(board.checks, result.LIST, board.round)
    if last is None or last.outcome is None:
        return Fact(None, N_("No check yet"), leaves=N_("it locks without a check"))
    outcome = last.outcome
    bars = outcome.counts or ()
    if outcome.passed:
        return Fact(None, N_("The check passed"), bars=bars)
    leaves = N_("it locks without a check that passed")
    if outcome.counts is None or not disclosure.may_tell_how_many_below(outcome.answered):
        return Fact(None, N_("The check did not pass"), note=failed_list(board), leaves=leaves)
    below = sum(outcome.counts[: 1 if last.rule == "none-at-0" else 3])
    told = N_("of {answered} below the rule")
    return Fact(below, told, (("answered", outcome.answered),), failed_list(board), bars=bars, leaves=leaves)


def failed_list(board: Board) -> Phrase | str:
    """Count the checks on the list that did not pass."""
    return failed_note(checks.failed(board.checks, result.LIST, board.round))


def locked(scene: TableScene, board: Board) -> Fact:
    """Say how the table has ended; none of the endings is a failure."""
    if not board.results:
        return Fact(None, N_("Locked"))
    last = board.results[-1]
    again = Phrase(N_("version {n}"), {"n": last.number}) if last.number > 1 else ""
    return Fact(None, ENDED[last.ending], note=again, dots=tuple(bool(tier) for tier in last.top))


FACTS = {
    "read": read,
    "solo": solo,
    "discard": to_discard,
    "rank": rank,
    "compare": compare,
    "top": top,
    "check": check,
    "locked": locked,
}


def desk(scenes: tuple[TableScene, ...]) -> tuple[Region, ...]:
    """While the room reads, which statements are not clear, to be explained; later what people have written."""
    return (*unclear(tuple(scene for scene in scenes if scene.phase == "read")), *entries(scenes))


def unclear(reading: tuple[TableScene, ...]) -> tuple[Region, ...]:
    """Show which statements are not clear, and let the trainer explain them to everyone."""
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
