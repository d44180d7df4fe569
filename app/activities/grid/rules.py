"""How a table goes through a grid: its phases, what entering one does, what the last answer brings about."""

from dataclasses import replace

from app.activities.base import Gathering, Phase
from app.activities.grid import cells, joint, naming, result
from app.activities.grid.shapes import Answer, Board, Setup
from app.errors import N_

PHASES = (
    Phase("jot", N_("On your own"), minutes=6, private=True),
    Phase("caucus", N_("With your agency"), minutes=12),
    Phase("reveal", N_("All views"), minutes=8),
    Phase("answer", N_("Answers"), minutes=6),
    Phase("joint", N_("Together"), minutes=25),
    Phase("check", N_("Check"), minutes=4),
    Phase("locked", N_("Locked"), minutes=0),
)


def start_answer(setup: Setup) -> Answer:
    """Begin with nothing said."""
    return Answer()


def start_board(setup: Setup) -> Board:
    """Begin with an empty grid."""
    return Board()


def skips(setup: Setup) -> frozenset[str]:
    """Skip nothing: every grid goes through all phases."""
    return frozenset()


def is_room(setup: Setup) -> bool:
    """Say whether the whole room fills one grid together."""
    return setup.scope == "room"


def enter(gathering: Gathering) -> Board:
    """Ready the board for the phase the table has just entered; entering one twice changes nothing more."""
    board: Board = gathering.board
    whole = board.check is not None and board.check.subject == naming.WHOLE
    if not (gathering.phase == "check" and whole):
        board = result.put_away(board)
    if gathering.phase not in ("check", "locked") and result.is_settled(gathering.setup, board):
        # What was settled was the grid as it stood: a table that goes back may change it, and checks it anew.
        board = result.anew(board)
    table = replace(gathering, board=board)
    if gathering.phase == "jot":
        return cells.covered(board)
    if gathering.phase == "caucus":
        return cells.reopen(table)
    if gathering.phase == "reveal":
        return cells.uncover(table)
    if gathering.phase == "answer":
        return board.model_copy(update={"order": cells.ordered(gathering.setup, board)})
    if gathering.phase == "joint":
        return joint.enter(table)
    return result.begin_check(table) if gathering.phase == "check" else result.lock(table)


def settle(gathering: Gathering) -> Board:
    """Tell whose view people write, count the marks, and close a check that all present have answered."""
    for look in (speak, cells.settle, result.settle):
        gathering = replace(gathering, board=look(gathering))
    held: Board = gathering.board
    return held


def speak(gathering: Gathering) -> Board:
    """Let the table know for whom those speak whose own agency has no column."""
    setup: Setup = gathering.setup
    board: Board = gathering.board
    chosen = {one.seat: one.answer.column for one in gathering.seats if naming.may_choose(setup, one.agency)}
    speakers = {seat: column for seat, column in chosen.items() if column in setup.column_ids}
    return board if speakers == board.speakers else board.model_copy(update={"speakers": speakers})


def reopen(gathering: Gathering) -> Board:
    """Go back to a phase, keeping what was locked as an earlier version; `gathering.phase` is where to."""
    board = result.anew(result.put_away(gathering.board))
    return board if gathering.phase in naming.REVEALED else cells.covered(board)


def conclude(gathering: Gathering) -> Board:
    """Put the joint statements that somebody has begun on the board as the workshop closes, unchecked."""
    board: Board = gathering.board
    begun = any(naming.joint_named(gathering.setup, name) for name in board.begun)
    return joint.freeze_open(gathering) if begun else board


def ready(setup: Setup, phase: str, held: Board) -> bool:
    """Say whether the table has what the phase is for, so that it may move on by itself."""
    if held.check is not None:
        return False
    return {
        "caucus": cells.all_agreed,
        "answer": lambda setup, board: not cells.open_questions(board),
        "joint": joint.all_locked,
        "check": result.is_settled,
    }.get(phase, lambda setup, board: False)(setup, held)


def has_done(phase: str, held: Board, answer: Answer) -> bool:
    """Say whether a seat has done what all are waited for: its jots, or the open check."""
    if phase == "jot":
        return answer.done
    return held.check is not None and answer.check is not None and answer.check.check == held.check.id


def leave(answer: Answer) -> Answer:
    """Leave behind at a table what a seat had said on its check and its cells; its jots and its column go along."""
    return answer.model_copy(update={"check": None, "marks": {}})
