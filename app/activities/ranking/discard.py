"""Agreeing on what to discard: proposals one after another, and the check on each."""

from app.activities import checks
from app.activities.base import Gathering, Given, Turn
from app.activities.ranking.alone import known
from app.activities.ranking.shapes import Answer as Held
from app.activities.ranking.shapes import (
    Board,
    Discarded,
    NominateDiscard,
    Proposal,
    Setup,
    WithdrawProposal,
)
from app.errors import N_, Closed, Forbidden, Stale, Unclear

MOST_WAITING = 12


def gone(board: Board) -> frozenset[str]:
    """Name the statements that are discarded."""
    return frozenset(one.statement for one in board.discarded)


def left(setup: Setup, board: Board) -> tuple[str, ...]:
    """List the statements that are not discarded, in the setup's order."""
    taken = gone(board)
    return tuple(one for one in setup.ids if one not in taken)


def is_settled(setup: Setup, board: Board) -> bool:
    """Say whether all that should be is discarded, or the table has ended without."""
    return board.nothing_discarded or len(board.discarded) >= setup.discard


def stays(setup: Setup, board: Board, statement: str) -> None:
    """Refuse a statement that is not on the list any more."""
    known(setup, statement)
    if statement in gone(board):
        raise Unclear(N_("That statement is discarded already."))


def proposed(board: Board, check: checks.Check) -> Proposal | None:
    """Find the proposal a check is on."""
    return next((one for one in board.proposals if one.id == check.subject), None)


def subjects(board: Board) -> frozenset[str]:
    """Name what checks on a discard are on."""
    return frozenset(one.id for one in board.proposals)


def checked(board: Board) -> tuple[checks.Check, ...]:
    """List the closed checks on discards since the last reopening."""
    on = subjects(board)
    return tuple(one for one in board.checks if one.outcome and one.subject in on and one.round == board.round)


def failures(board: Board) -> int:
    """Count the proposals that were not carried since the last discard."""
    since = max((one.check or 0 for one in board.discarded), default=0)
    return sum(1 for one in checked(board) if one.id > since and one.outcome and not one.outcome.passed)


def waiting(board: Board) -> tuple[Proposal, ...]:
    """List the proposals that no check was on yet, the first to come first."""
    had = {one.subject for one in board.checks}
    return tuple(one for one in board.proposals if one.id not in had and one.statement not in gone(board))


def nominate(turn: Turn, move: NominateDiscard) -> Board:
    """Propose a statement; the check on it opens at once, or when those before it have failed."""
    board, setup = turn.content, turn.setup
    stays(setup, board, move.statement)
    if is_settled(setup, board):
        raise Closed(N_("Your table has settled the discard. The trainer can open it again."))
    check = board.check
    now = proposed(board, check) if check else None
    if move.statement in {one.statement for one in waiting(board)} | ({now.statement} if now else set()):
        raise Unclear(N_("That statement is proposed already."))
    if len(waiting(board)) >= MOST_WAITING:
        raise Unclear(N_("Enough is proposed for now. Settle these first."))
    return propose(turn, Proposal(id=next_id(board), statement=move.statement, reason=move.reason, seat=turn.seat))


def next_id(board: Board) -> str:
    """Name the next proposal; a withdrawn one's name is not given again."""
    highest = max((int(one.id[1:]) for one in board.proposals), default=0)
    on = max((int(one.subject[1:]) for one in board.checks if one.subject[1:].isdigit()), default=0)
    return f"p{max(highest, on, last_hidden(board, 'p')) + 1}"


def last_hidden(board: Board, letter: str) -> int:
    """Find the highest number of a hidden entry: what comes after one that is gone must not be hidden for it."""
    return max((int(one[1:]) for one in board.hidden if one[:1] == letter and one[1:].isdecimal()), default=0)


def propose(turn: Turn, proposal: Proposal) -> Board:
    """Add a proposal and open the check on the next one that waits."""
    board: Board = turn.content
    return next_check(board.model_copy(update={"proposals": (*board.proposals, proposal)}), turn.rule)


def next_check(board: Board, rule: str) -> Board:
    """Open the check on the first proposal that waits, where nothing is open."""
    queue = waiting(board)
    if not queue or board.check is not None or board.either is not None:
        return board
    return board.model_copy(update={"checks": checks.open_one(board.checks, queue[0].id, rule, board.round)})


def withdraw(turn: Turn, move: WithdrawProposal) -> Board:
    """Take back one's own proposal, as long as nobody has answered it."""
    board: Board = turn.content
    found = next((one for one in board.proposals if one.id == move.proposal), None)
    if found is None:
        raise Stale(N_("That proposal is gone already."))
    if found.seat != turn.seat:
        raise Forbidden(N_("Only who made a proposal can take it back."))
    check = board.check
    others = tuple(one for one in board.proposals if one.id != found.id)
    if found in waiting(board):
        return board.model_copy(update={"proposals": others})
    if check is None or check.subject != found.id or checks.answers_to(check, answers(turn.gather())):
        raise Closed(N_("Somebody has answered the check on it. It is closed first."))
    new = board.model_copy(update={"proposals": others, "checks": checks.put_away(board.checks)})
    return next_check(new, turn.rule)


def answers(table: Gathering) -> list[tuple[Given, checks.CheckAnswer | None]]:
    """Pair what each seat holds with its answer to a check."""
    return [(one, held_by(one).check) for one in table.seats]


def held_by(one: Given) -> Held:
    """Read what a seat holds."""
    held: Held = one.answer
    return held


def after_check(setup: Setup, board: Board, rule: str) -> Board:
    """Draw the consequence of a closed check on a proposal: discarded, or the next one's turn."""
    check = board.checks[-1]
    found = proposed(board, check)
    if found is None or check.outcome is None:
        return board
    if check.outcome.passed:
        board = discarded(board, found, check.id, "agreed")
    return board if is_settled(setup, board) else next_check(board, rule)


def discarded(board: Board, proposal: Proposal, check: int, ending: str) -> Board:
    """Put a proposal's statement among the discarded."""
    new = Discarded(
        statement=proposal.statement,
        reason=proposal.reason,
        reason_id=proposal.id,
        how=proposal.how,
        check=check,
        ending="agreed" if ending == "agreed" else "with_reservations",
    )
    return board.model_copy(update={"discarded": (*board.discarded, new)})


def end(setup: Setup, board: Board, ending: str) -> Board:
    """End a discard that two checks have not carried: the last one with reservations, or none at all."""
    if is_settled(setup, board):
        raise Closed(N_("The discard is settled already."))
    if board.check is not None:
        raise Closed(N_("A check is open. Close it before an ending is chosen."))
    if board.either is not None:
        raise Closed(N_("Something is open at your table already. It is answered or closed first."))
    if failures(board) < checks.FAILS_BEFORE_ENDING:
        raise Closed(N_("An ending can be chosen once two checks have not passed."))
    if ending == "not_agreed":
        return board.model_copy(update={"nothing_discarded": True})
    if ending == "all_but_one":
        raise Unclear(N_("A discard ends with reservations or without an agreement."))
    last = checked(board)[-1]
    found = proposed(board, last)
    if found is None:
        raise Closed(N_("There is no proposal left to discard."))
    return discarded(board, found, last.id, "with_reservations")
