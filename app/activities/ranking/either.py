"""A private either/or where two statements are level: which to discard, or which to take among the top."""

from app.activities import checks
from app.activities.base import Gathering, Given, Turn
from app.activities.ranking.discard import gone, held_by, is_settled, next_check, next_id, stays, waiting
from app.activities.ranking.shapes import (
    Answer,
    AnswerEither,
    AskEither,
    Board,
    DrawLots,
    Either,
    EitherAnswer,
    EitherOutcome,
    Proposal,
    Setup,
)
from app.activities.ranking.top import place_chosen
from app.disclosure import may_show_totals
from app.errors import N_, Closed, Stale, Unclear


def settle(table: Gathering) -> Board:
    """Close an open either/or once all present have chosen."""
    board: Board = table.board
    either = board.either
    if either is None:
        return board
    everybody = checks.all_here((one, either_of(one, either)) for one in table.seats)
    return close_either(table) if everybody else board


def either_of(one: Given, either: Either) -> bool:
    """Say whether a seat has chosen in this either/or."""
    answer = held_by(one).either
    return answer is not None and answer.either == either.id


def ask_either(turn: Turn, move: AskEither) -> Board:
    """Put a private either/or to the table."""
    board: Board = turn.content
    setup: Setup = turn.setup
    for one in (move.a, move.b):
        stays(setup, board, one)
    if move.a == move.b:
        raise Unclear(N_("Choose two different statements."))
    if board.check is not None or board.either is not None:
        raise Closed(N_("Something is open at your table already. It is answered or closed first."))
    if turn.phase == "discard" and is_settled(setup, board):
        raise Closed(N_("Your table has settled the discard. The trainer can open it again."))
    subject = "discard" if turn.phase == "discard" else "top"
    new = Either.model_validate({"id": len(board.eithers) + 1, "a": move.a, "b": move.b, "subject": subject})
    return board.model_copy(update={"eithers": (*board.eithers, new)})


def answer_either(turn: Turn, move: AnswerEither) -> Answer:
    """Choose between the two, in private."""
    either = turn.board().either
    if either is None:
        raise Closed(N_("No either/or is open at your table now."))
    if move.either is not None and move.either != either.id:
        raise Stale(N_("That either/or is over. Here is how it stands now."))
    if move.choice not in (either.a, either.b):
        raise Unclear(N_("Choose one of the two."))
    held: Answer = turn.content
    return held.model_copy(update={"either": EitherAnswer(either=either.id, choice=move.choice)})


def close_either(table: Gathering) -> Board:
    """Close the either/or with the choices there are; an even one waits for lots, or for talk."""
    board: Board = table.board
    either = board.eithers[-1]
    found = [held_by(one).either for one in table.seats]
    choices = [one.choice for one in found if one is not None and one.either == either.id]
    if not choices:
        raise Unclear(N_("Nobody has chosen yet. It can be closed once somebody has."))
    a, b = choices.count(either.a), choices.count(either.b)
    outcome = EitherOutcome(
        winner=None if a == b else either.a if a > b else either.b,
        answered=len(choices),
        counts=(a, b) if may_show_totals(len(choices)) else None,
    )
    return decide(table.setup, board, either, outcome, table.rule)


def draw_lots(turn: Turn, move: DrawLots) -> Board:
    """Let lots decide an either/or that came out even; the record says so."""
    board: Board = turn.content
    either = board.eithers[-1] if board.eithers else None
    if either is None or either.outcome is None or either.outcome.winner is not None or not either.outcome.answered:
        raise Closed(N_("Lots are drawn only where an either/or came out even."))
    if either.subject != ("discard" if turn.phase == "discard" else "top"):
        raise Closed(N_("Lots are drawn only where an either/or came out even."))
    for one in (either.a, either.b):
        stays(turn.setup, board, one)
    winner = (either.a, either.b)[turn.draw(2)]
    outcome = either.outcome.model_copy(update={"winner": winner, "how": "lots"})
    return decide(turn.setup, board, either, outcome, turn.rule)


def decide(setup: Setup, board: Board, either: Either, outcome: EitherOutcome, rule: str) -> Board:
    """Write down how an either/or came out, and propose or place the one that was chosen."""
    board = board.model_copy(update={"eithers": (*board.eithers[:-1], either.model_copy(update={"outcome": outcome}))})
    if outcome.winner is None:
        return next_check(board, rule) if either.subject == "discard" and not is_settled(setup, board) else board
    if either.subject == "top":
        return place_chosen(setup, board, outcome.winner, outcome.how)
    if is_settled(setup, board) or outcome.winner in gone(board):
        return board
    new = Proposal(id=next_id(board), statement=outcome.winner, reason="", how=outcome.how)
    others = tuple(one for one in board.proposals if one not in waiting(board) or one.statement != outcome.winner)
    return next_check(board.model_copy(update={"proposals": (*others, new)}), rule)


def put_away(board: Board) -> Board:
    """End an either/or that is open without an outcome; its number is not given again."""
    if board.either is None:
        return board
    ended = board.either.model_copy(update={"outcome": EitherOutcome(winner=None, answered=0)})
    return board.model_copy(update={"eithers": (*board.eithers[:-1], ended)})
