"""How a table goes through a ranking: its phases, what entering one does, what the last answer brings about."""

from dataclasses import replace

from app.activities.base import Gathering, Phase
from app.activities.ranking import board, discard, either, lists, result, top
from app.activities.ranking.shapes import Answer, Board, Setup
from app.errors import N_

PHASES = (
    Phase("read", N_("Read"), minutes=3),
    Phase("solo", N_("On your own"), minutes=6, private=True),
    Phase("discard", N_("Discard"), minutes=7),
    Phase("rank", N_("Rank"), minutes=9),
    Phase("compare", N_("Compare"), minutes=6),
    Phase("top", N_("Top places"), minutes=7),
    Phase("check", N_("Check"), minutes=4),
    Phase("locked", N_("Locked"), minutes=0),
)


def start_answer(setup: Setup) -> Answer:
    """Begin with nothing said: an untouched list is not an opinion."""
    return Answer()


def start_board(setup: Setup) -> Board:
    """Begin with an empty board."""
    return Board()


def skips(setup: Setup) -> frozenset[str]:
    """Name the phases that this setup has no use for."""
    return frozenset() if setup.discard else frozenset({"discard"})


def enter(gathering: Gathering) -> Board:
    """Ready the board for the phase the table has just entered; entering one twice changes nothing more."""
    gathering = replace(gathering, board=result.put_away(gathering.board))
    if gathering.phase not in ("check", "locked") and result.is_settled(gathering.setup, gathering.board):
        # What was settled was the list as it stood: a table that goes back may change it, and checks it anew.
        gathering = replace(gathering, board=result.unsettled(gathering.board))
    if gathering.phase == "rank":
        return board.lay_out(gathering)
    if gathering.phase == "check":
        return result.begin_check(gathering)
    if gathering.phase == "locked":
        return result.lock(gathering)
    held: Board = gathering.board
    return held


def settle(gathering: Gathering) -> Board:
    """Close what is open once all present have answered it; a table of two sees both lists once both agree."""
    for look in (either.settle, top.settle, result.settle, lists.settle):
        gathering = replace(gathering, board=look(gathering))
    held: Board = gathering.board
    return held


def reopen(gathering: Gathering) -> Board:
    """Go back to a phase, keeping what was locked as an earlier version; `gathering.phase` is where to."""
    return result.reopen(gathering)


def ready(setup: Setup, phase: str, held: Board) -> bool:
    """Say whether the table has what the phase is for, so that it may move on by itself."""
    if held.check is not None or held.either is not None:
        return False
    return {
        "discard": discard.is_settled,
        "rank": board.is_complete,
        "top": top.is_complete,
        "check": result.is_settled,
    }.get(phase, lambda setup, held: False)(setup, held)


def has_done(phase: str, held: Board, answer: Answer) -> bool:
    """Say whether a seat has done what all are waited for: its solo, the open check or either/or, its marks."""
    if phase == "solo":
        return answer.done
    if held.check is not None:
        return answer.check is not None and answer.check.check == held.check.id
    if held.either is not None:
        return answer.either is not None and answer.either.either == held.either.id
    return phase == "top" and held.marks is None and answer.marks is not None and answer.marked == held.round


def leave(answer: Answer) -> Answer:
    """Leave behind at a table what a seat had said on its check, its either/or and its top places."""
    return answer.model_copy(update={"check": None, "either": None, "marks": None, "marked": 0, "show": False})
