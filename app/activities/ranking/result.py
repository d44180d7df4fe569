"""Checking the list and locking it: answers, amendments, the three endings, versions, and hiding an entry."""

from itertools import pairwise
from typing import Any

from app.activities import checks
from app.activities.base import Gathering, Turn
from app.activities.checks import AnswerCheck, CloseCheck, OpenCheck
from app.activities.ranking import discard, either, mirror, top
from app.activities.ranking.shapes import Answer, Board, CheckAgain, End, Hide, NominateDiscard, Result, Setup
from app.errors import N_, Closed, Unclear

LIST = "top"
MOST_HIDDEN = 400


def begin_check(table: Gathering) -> Board:
    """Open a check on the list, unless it is settled, or there is none."""
    board, setup = table.board, table.setup
    spent = checks.failed(board.checks, LIST, board.round) >= checks.MOST_CHECKS
    if spent or not top.placed(board) or is_settled(setup, board):
        return board  # type: ignore[no-any-return]
    return opened(setup, board, table.rule)


def opened(setup: Setup, board: Board, rule: str) -> Board:
    """Open a check on the list."""
    if not top.placed(board):
        raise Closed(N_("There is no list to check yet."))
    if is_settled(setup, board):
        raise Closed(N_("Your table has settled this list. The trainer can open it again."))
    if checks.failed(board.checks, LIST, board.round) >= checks.MOST_CHECKS:
        raise Closed(N_("The list was changed twice and checked three times. Choose how it ends."))
    shown = top.tiers(setup, board)
    return board.model_copy(update={"checks": checks.open_one(board.checks, LIST, rule, board.round, shown)})


def is_settled(setup: Setup, board: Board) -> bool:
    """Say whether the last check passed, or an ending was chosen."""
    last = checks.last_on(board.checks, LIST, board.round)
    return bool(board.ending) or (last is not None and last.outcome is not None and last.outcome.passed)


def answer_check(turn: Turn, move: AnswerCheck) -> Answer:
    """Answer the open check, in private."""
    board: Board = turn.board()
    if move.about and move.about not in turn.setup.ids:
        raise Unclear(N_("There is no statement “{statement}” here."), statement=move.about)
    held: Answer = turn.content
    return held.model_copy(update={"check": checks.answer(board.checks, move)})


def settle(table: Gathering) -> Board:
    """Close the open check once all present have answered it."""
    board: Board = table.board
    check = board.check
    if check is None or not checks.all_answered(check, discard.answers(table)):
        return board
    return close(table)


def close(table: Gathering) -> Board:
    """Close the open check and draw what follows from it."""
    board = table.board.model_copy(update={"checks": checks.close(table.board.checks, discard.answers(table))})
    return discard.after_check(table.setup, board, table.rule)


def close_open(turn: Turn, move: CloseCheck) -> Board:
    """Close what is open at the table with the answers there are: its check, its either/or, its marks."""
    board: Board = turn.content
    table = turn.gather()
    if board.check is not None:
        checks.enough_to_close(len(checks.answers_to(board.check, discard.answers(table))), len(table.seats))
        return close(table)
    if board.either is not None:
        checks.enough_to_close(sum(either.either_of(one, board.either) for one in table.seats), len(table.seats))
        return either.close_either(table)
    if turn.phase == "top" and board.marks is None:
        return top.close_marks(table)
    raise Closed(N_("Nothing is open at this table now."))


def open_check(turn: Turn, move: OpenCheck) -> Board:
    """Put a check to the table: on a statement to discard, or on the list."""
    if turn.phase == "discard":
        if discard.is_settled(turn.setup, turn.content):
            raise Closed(N_("This table has settled the discard. Open the phase again to change it."))
        queue = discard.waiting(turn.content)
        if not move.subject and not queue:
            raise Unclear(N_("Name the statement that the table is to check."))
        if not move.subject or any(one.statement == move.subject for one in queue):
            return discard.next_check(turn.content, turn.rule)
        return discard.nominate(turn, NominateDiscard(statement=move.subject))
    return opened(turn.setup, turn.content, turn.rule)


def check_again(turn: Turn, move: CheckAgain) -> Board:
    """Put the list to the check again, once it was changed."""
    return opened(turn.setup, turn.content, turn.rule)


def end(turn: Turn, move: End) -> Board:
    """Choose how the discard or the list ends that two checks have not carried."""
    board, setup = turn.content, turn.setup
    if turn.phase == "discard":
        return discard.end(setup, board, move.ending)
    checks.may_end(board.checks, LIST, board.round)
    if board.ending:
        raise Closed(N_("Your table has chosen how it ends. The trainer can open it again."))
    taken = [at for at, tier in enumerate(top.tiers(setup, board), 1) if tier]
    if not taken and move.ending != "not_agreed":
        raise Closed(N_("There is no list to check yet."))
    if move.position is not None and move.position not in taken:
        raise Unclear(N_("There is nothing on place {place}."), place=move.position)
    place = (move.position or taken[-1]) if move.ending == "all_but_one" else None
    new = {"ending": move.ending, "open_place": place, "note": move.note}
    return board.model_copy(update=new)  # type: ignore[no-any-return]


def lock(table: Gathering) -> Board:
    """Write down what the table has agreed, as its next version; without a check it says so."""
    board, setup = table.board, table.setup
    last = checks.last_on(board.checks, LIST, board.round)
    passed = last is not None and last.outcome is not None and last.outcome.passed
    counted = [one for one in board.checks if one.subject == LIST and one.round == board.round and one.outcome]
    now = top.tiers(setup, board)
    lists = [*(one.shown for one in counted if one.shown), now]
    changes = sum(1 for before, after in pairwise(lists) if before != after)
    result = Result(
        number=len(board.results) + 1,
        top=now,
        order=board.places,
        discarded=board.discarded,
        ending="agreed" if passed else board.ending or "unchecked",
        checks=len(counted),
        amended=changes > 0,
        changes=changes,
        changed=moved(lists[0], now),
        check=last.id if last is not None else None,
        open_place=board.open_place,
        note=board.note,
    )
    return board.model_copy(update={"results": (*board.results, result)})  # type: ignore[no-any-return]


def moved(before: top.Tiers, now: top.Tiers) -> tuple[str, ...]:
    """Name the statements that stand on another place than before, or stood on none."""
    return tuple(one for old, new in zip(before, now, strict=True) for one in new if one not in old)


def put_away(board: Board) -> Board:
    """Put away what is open as the table goes elsewhere."""
    return either.put_away(board.model_copy(update={"checks": checks.put_away(board.checks)}))


def reopen(table: Gathering) -> Board:
    """Go back to a phase: results stay as earlier versions, what was open is put away, the rest can change again."""
    board = unsettled(put_away(table.board))
    kept: dict[str, Any] = {}
    if table.phase in ("read", "solo", "discard"):
        kept |= {
            "earlier": (*board.earlier, *board.discarded),
            "discarded": (),
            "nothing_discarded": False,
            "proposals": tuple(one for one in board.proposals if one not in discard.waiting(board)),
        }
    if table.phase in ("read", "solo", "discard", "rank", "compare", "top"):
        kept |= {"marks": None}
    return board.model_copy(update=kept)


def unsettled(board: Board) -> Board:
    """Begin a new round of checks, without the ending of the last."""
    return board.model_copy(update={"round": board.round + 1, "ending": "", "open_place": None, "note": ""})


def hide(turn: Turn, move: Hide) -> Board:
    """Hide an entry from every screen and export, or show it again."""
    board: Board = turn.content
    others = tuple(one for one in board.hidden if one != move.entry)
    if move.entry not in board.hidden and move.entry not in entries(turn):
        raise Unclear(N_("There is no entry “{entry}” at this table."), entry=move.entry)
    if move.hidden and len(others) >= MOST_HIDDEN:
        raise Closed(N_("Too many entries are hidden at this table."))
    return board.model_copy(update={"hidden": (*others, move.entry) if move.hidden else others})


def entries(turn: Turn) -> frozenset[str]:
    """Name everything that somebody has said at a table so far, as it is hidden by."""
    board: Board = turn.content
    table = turn.gather()
    named, apart = mirror.nominations(turn.setup, table.kept.get("solo", ()))
    said = [one.id for reasons in (apart, *(one.reasons for one in named)) for one in reasons]
    said += [one.id for check in board.checks if check.outcome for one in check.outcome.reasons]
    said += [one.id for one in board.proposals] + [one.id for one in board.links]
    return frozenset(("note", *said))
