"""Cues on a table's grid: rules with their evidence and a sentence that the trainer could say; no person is named."""

from collections.abc import Iterator

from app.activities import checks
from app.activities.base import TableScene
from app.activities.grid import cells, joint, naming, result
from app.activities.grid.shapes import Board
from app.activities.grid.views import glance
from app.activities.telling import Cue
from app.errors import N_, Phrase

LATE_IN_CAUCUS = 8 * 60
LATE_IN_ANSWER = 4 * 60
LONG_UNWRITTEN = 6 * 60
TENSE = 2


def cues(scene: TableScene) -> tuple[Cue, ...]:
    """Say what about a table the trainer may want to look at, the most pressing first."""
    if not scene.people:
        return ()
    return tuple(cue for rule in RULES for cue in rule(scene, scene.board))


def failed(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of two checks that did not pass, on a sentence or on the whole grid."""
    if board.check is not None:
        return
    evidence = Phrase(N_("They may change it once more, or choose how it ends."))
    if scene.phase == "joint":
        stuck = [one.number for one in glance.sentences(scene) if is_stuck(board, one.id)]
        if stuck:
            fact = Phrase(N_("two checks did not pass on sentence {numbers}"), {"numbers": listed(stuck)})
            yield Cue("failed", fact, evidence, N_("What one change would let you live with it?"))
    elif scene.phase == "check" and is_whole_stuck(scene, board):
        fact = Phrase(N_("two checks did not pass on the whole grid"))
        say = N_("Which one sentence would you open again, and what would you change?")
        yield Cue("failed", fact, evidence, say)


def is_whole_stuck(scene: TableScene, board: Board) -> bool:
    """Say whether two checks on the whole grid did not pass, and no ending is chosen yet."""
    return result.fails(board) >= checks.FAILS_BEFORE_ENDING and not result.is_settled(scene.setup, board)


def is_stuck(board: Board, row: str) -> bool:
    """Say whether two checks on a sentence did not pass, and it is not locked yet."""
    return joint.fails(board, row) >= checks.FAILS_BEFORE_ENDING and not joint.of(board, row).locked


def listed(numbers: list[int]) -> str:
    """Write numbers as a list."""
    return ", ".join(map(str, numbers))


def empty(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of columns that nobody speaks for."""
    found = glance.columns(scene)
    labels = [one.label for one in found if not one.people]
    if scene.phase in naming.REVEALED or not labels:
        return
    fact = Phrase(N_("nobody speaks for {columns}"), {"columns": ", ".join(labels)})
    say = N_("One view is missing today. Once all are open, you can guess what they would say.")
    yield Cue("empty", fact, Phrase(N_("Nobody who sits here has named that agency.")), say)


def alone(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of columns that one person speaks for."""
    labels = [one.label for one in glance.columns(scene) if one.people == 1]
    if scene.phase in naming.REVEALED or not labels:
        return
    fact = Phrase(N_("one person speaks for {columns}"), {"columns": ", ".join(labels)})
    evidence = Phrase(N_("What stands there will be known to be theirs."))
    yield Cue("alone", fact, evidence, N_("If you write for your agency alone: what would a colleague add?"))


def untouched(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of cells with people that nobody has begun, late while agencies write."""
    if scene.phase != "caucus":
        return
    count = sum(one.state in ("empty", "jotting") for line in glance.states(scene) for one in line.cells)
    if not count:
        return
    fact = Phrase(
        N_("1 cell that nobody has begun") if count == 1 else N_("{n} cells that nobody has begun"), {"n": count}
    )
    evidence = Phrase(N_("Columns without people are not counted."))
    yield Cue(
        "untouched", fact, evidence, N_("Which sentence would be easiest for you? Begin with that one."), LATE_IN_CAUCUS
    )


def unanswered(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of questions without a reply, late while they are answered."""
    count = len(cells.open_questions(board))
    if scene.phase != "answer" or not count:
        return
    fact = N_("questions on 1 cell have no reply") if count == 1 else N_("questions on {n} cells have no reply")
    evidence = Phrase(N_("Only the people of that agency can reply."))
    say = N_("Which question could you answer in one line?")
    yield Cue("unanswered", Phrase(fact, {"n": count}), evidence, say, LATE_IN_ANSWER)


def tense(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of tense sentences that nobody has begun to write."""
    if scene.phase != "joint":
        return
    counts = {one.number: tensions(board, one.id) for one in glance.sentences(scene) if is_bare(board, one.id)}
    found = [number for number, count in counts.items() if count >= TENSE]
    if not found:
        return
    fact = Phrase(N_("no words yet on a tense sentence: {numbers}"), {"numbers": listed(found)})
    evidence = Phrase(N_("{n} tensions were marked on sentence {number}."), {"n": counts[found[0]], "number": found[0]})
    yield Cue("tense", fact, evidence, N_("What would each of you need to find in this sentence?"), LONG_UNWRITTEN)


def tensions(board: Board, row: str) -> int:
    """Count the tensions marked on a sentence."""
    return sum(one.tension for one in board.heat.get(row, {}).values())


def is_bare(board: Board, row: str) -> bool:
    """Say whether nobody has begun a joint statement."""
    return naming.joint(row) not in board.begun and not joint.of(board, row).locked


def one_source(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of joint statements that draw on one agency's cell only, where others have words too."""
    if scene.phase != "joint":
        return
    found = [one.number for one in glance.sentences(scene) if draws_on_one(board, one.id)]
    if not found:
        return
    fact = Phrase(N_("only one agency’s words are in a sentence: {numbers}"), {"numbers": listed(found)})
    evidence = Phrase(N_("By what its writers have marked. Other cells of it have words too."))
    yield Cue("one-source", fact, evidence, N_("Whose words are not in it yet?"))


def draws_on_one(board: Board, row: str) -> bool:
    """Say whether an open joint statement draws on one cell of several."""
    held = joint.of(board, row)
    return len(held.draws) == 1 and not held.locked and sum(1 for text in board.cells.get(row, {}).values() if text) > 1


RULES = (failed, tense, one_source, untouched, unanswered, empty, alone)
