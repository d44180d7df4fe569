"""What a seat does alone: flags, its ballot, its word that it is done; and what the trainer explains."""

from app.activities.base import Turn
from app.activities.ranking.shapes import (
    Answer,
    Ballot,
    Board,
    Clarification,
    Clarify,
    Done,
    Flag,
    PutBallot,
    SayWhy,
    Setup,
    ShowList,
)
from app.errors import N_, Unclear


def flag(turn: Turn, move: Flag) -> Answer:
    """Say that a statement is not clear, or take it back."""
    known(turn.setup, move.statement)
    held: Answer = turn.content
    others = tuple(one for one in held.unclear if one != move.statement)
    unclear = others if len(others) < len(held.unclear) else (*others, move.statement)
    return held.model_copy(update={"unclear": unclear})


def put_ballot(turn: Turn, move: PutBallot) -> Answer:
    """Replace the seat's order, which must hold every statement once, but the discarded one."""
    setup: Setup = turn.setup
    named = [*move.order] + ([move.discard] if move.discard is not None else [])
    for statement in named:
        known(setup, statement)
    if move.discard is not None and setup.discard == 0:
        raise Unclear(N_("Nothing is discarded in this ranking."))
    if len(named) != len(set(named)):
        raise Unclear(N_("A statement stands in this order twice. Each has one place."))
    if len(named) != len(setup.ids):
        raise Unclear(
            N_("This order has {found} of {wanted} statements. Each needs a place."),
            found=len(named),
            wanted=len(setup.ids),
        )
    held: Answer = turn.content
    # By a hand of its own, it is from paper no more.
    return held.model_copy(update={"ballot": Ballot(discard=move.discard, order=move.order), "paper": False})


def says(answer: Answer) -> bool:
    """Tell whether an answer has an order in it, which is what a mirror counts."""
    return answer.ballot is not None


def done(turn: Turn, move: Done) -> Answer:
    """Say that one is done, or take it back."""
    held: Answer = turn.content
    return held.model_copy(update={"done": move.done})


def clarify(turn: Turn, move: Clarify) -> Board:
    """Explain a statement to everyone; an empty text takes the explanation away."""
    known(turn.setup, move.statement)
    board: Board = turn.content
    others = tuple(one for one in board.clarifications if one.statement != move.statement)
    new = (Clarification(statement=move.statement, text=move.text),) if move.text else ()
    return board.model_copy(update={"clarifications": others + new})


def say_why(turn: Turn, move: SayWhy) -> Answer:
    """Keep the reason for the discard one would choose, until all reasons are shown together."""
    held: Answer = turn.content
    return held.model_copy(update={"reason": move.reason})


def show_list(turn: Turn, move: ShowList) -> Answer:
    """Agree, at a table of two, that both see both lists."""
    held: Answer = turn.content
    return held.model_copy(update={"show": move.show})


def known(setup: Setup, statement: str) -> None:
    """Refuse a statement that is not on the list."""
    if statement not in setup.ids:
        raise Unclear(N_("There is no statement “{statement}” here."), statement=statement)
