"""What the trainer can do at one table of a ranking, of which only what makes sense now is offered."""

from collections.abc import Hashable

from app import disclosure
from app.activities import checks
from app.activities.base import TableScene
from app.activities.ranking import discard, result, top
from app.activities.ranking.shapes import Board, Setup
from app.activities.ranking.views.pieces import texts_of
from app.activities.telling import Act, Choice
from app.errors import N_, Phrase

DISCARD_ENDINGS = (
    ("with_reservations", N_("Discard the last one, with reservations")),
    ("not_agreed", N_("Discard nothing")),
)


def acts(scene: TableScene) -> tuple[Act, ...]:
    """List the acts for a table's phase: close what is open, or open a check, or choose an ending after two."""
    board: Board = scene.board
    if scene.phase not in ("discard", "top", "check"):
        return ()
    if is_open(scene, board):
        return close(scene, board)
    if scene.phase == "discard":
        return on_discard(scene, board)
    return on_list(scene, board) if scene.phase == "check" else ()


def is_open(scene: TableScene, board: Board) -> bool:
    """Say whether the table is asked something in private."""
    marking = scene.phase == "top" and board.marks is None
    return board.check is not None or board.either is not None or marking


def close(scene: TableScene, board: Board) -> tuple[Act, ...]:
    """Close what is open with the answers there are, once there is one."""
    asked = board.check is not None or board.either is not None
    if not scene.done or (asked and not disclosure.may_close(scene.done, len(scene.people))):
        return ()
    if board.check is not None:
        return (Act("close_check", N_("Close the check with the answers there are")),)
    if board.either is not None:
        return (Act("close_check", N_("Close the choice with the answers there are")),)
    return (Act("close_check", N_("Close the marking with the marks there are")),)


def on_discard(scene: TableScene, board: Board) -> tuple[Act, ...]:
    """Put a statement to the check; after two that did not pass, choose how the discard ends."""
    setup: Setup = scene.setup
    if discard.is_settled(setup, board):
        return ()
    texts = texts_of(setup)
    options = tuple((one, texts[one]) for one in discard.left(setup, board))
    found = [
        Act("open_check", N_("Put it to the check"), (Choice("subject", N_("Which one could go?"), options),)),
    ]
    if discard.failures(board) >= checks.FAILS_BEFORE_ENDING and board.either is None:
        found.append(Act("end", N_("End the discard"), (Choice("ending", N_("How it ends"), DISCARD_ENDINGS),)))
    return tuple(found)


def on_list(scene: TableScene, board: Board) -> tuple[Act, ...]:
    """Put the list to the check; after two that did not pass, choose how it ends."""
    setup: Setup = scene.setup
    if result.is_settled(setup, board) or not top.placed(board):
        return ()
    fails = checks.failed(board.checks, result.LIST, board.round)
    found = []
    if fails < checks.MOST_CHECKS:
        found.append(Act("open_check", N_("Put the list to the check")))
    if fails >= checks.FAILS_BEFORE_ENDING:
        endings = Choice("ending", N_("How it ends"), tuple(checks.ENDINGS.items()))
        place = Choice("position", N_("If one place stays open, which?"), open_places(setup, board))
        note = N_("What should stand beside the list?")
        found.append(Act("end", N_("End it this way"), (endings, place), note))
    return tuple(found)


def open_places(setup: Setup, board: Board) -> tuple[tuple[str, Hashable], ...]:
    """List the places that something stands on, the last of them first."""
    taken = [place for place, tier in enumerate(top.tiers(setup, board), 1) if tier]
    return tuple((str(place), Phrase(N_("Place {place}"), {"place": place})) for place in reversed(taken))
