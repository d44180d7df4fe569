"""What a seat does alone: its jots, the perspective it writes for, its word that it is done."""

from typing import Any

from app.activities.base import Given, Turn
from app.activities.grid.naming import column_of, may_choose
from app.activities.grid.shapes import (
    JOT_LENGTH,
    MOST_JOTS,
    Answer,
    Column,
    Done,
    DropJot,
    Jot,
    MakeJot,
    Row,
    Setup,
    SpeakFor,
)
from app.errors import N_, Closed, Forbidden, Stale, Unclear


def jot(turn: Turn, move: MakeJot) -> Answer:
    """Jot a few words on a row, at most three times."""
    row = known_row(turn.setup, move.row)
    held: Answer = turn.content
    if column_here(turn, held) is None:
        raise Unclear(N_("Choose first whose view you write."))
    text = " ".join(move.text.split())
    if not text:
        raise Unclear(N_("Write a few words first."))
    if len(text) > JOT_LENGTH:
        raise Unclear(
            N_("These are {found} characters, and a jot takes {most}. Shorten it, or make two of it."),
            found=len(text),
            most=JOT_LENGTH,
        )
    there = held.jots.get(row.id, ())
    if len(there) >= MOST_JOTS:
        raise Unclear(N_("There are {most} jots on this sentence already. Take one away first."), most=MOST_JOTS)
    made = held.made + 1
    jots = held.jots | {row.id: (*there, Jot(id=f"j{made}", text=text))}
    # By a hand of its own, it is from paper no more.
    return held.model_copy(update={"jots": jots, "made": made, "paper": False})


def drop_jot(turn: Turn, move: DropJot) -> Answer:
    """Take one of one's own jots away."""
    held: Answer = turn.content
    left = {row: tuple(one for one in jots if one.id != move.id) for row, jots in held.jots.items()}
    if left == held.jots:
        raise Stale(N_("That jot is gone already."))
    return held.model_copy(update={"jots": {row: jots for row, jots in left.items() if jots}})


def speak_for(turn: Turn, move: SpeakFor) -> Answer:
    """Choose whose view one writes, where one's own agency has no column; once jots are open to it, for good."""
    agency = agency_here(turn)
    if not may_choose(turn.setup, agency):
        raise Forbidden(N_("Your agency has a column of its own, so you write there."))
    column = known_column(turn.setup, move.column).id if move.column else None
    held: Answer = turn.content
    now = column_of(turn.setup, agency, held.column)
    if turn.phase == "caucus" and now is not None and column != now:
        # Else one could read the jots of one agency after another.
        raise Closed(N_("You write one view already, and its jots are open to you. So it stays."))
    return held.model_copy(update={"column": column})


def done(turn: Turn, move: Done) -> Answer:
    """Say that one is done, or take it back."""
    held: Answer = turn.content
    return held.model_copy(update={"done": move.done})


def says(answer: Answer) -> bool:
    """Tell whether an answer has jots in it."""
    return any(answer.jots.values())


def here(turn: Turn) -> Given | None:
    """Find the seat that makes a move among those at its table."""
    return next((one for one in turn.gather().seats if one.seat == turn.seat), None)


def agency_here(turn: Turn) -> str | None:
    """Find the agency of the seat that makes a move."""
    given = here(turn)
    return None if given is None else given.agency


def column_here(turn: Turn, held: Any = None) -> str | None:
    """Find the column of the seat that makes a move; `held` is its answer where that is what it changes."""
    given = here(turn)
    if given is None:
        return None
    answer: Answer = held or given.answer
    return column_of(turn.setup, given.agency, answer.column)


def known_row(setup: Setup, row: str) -> Row:
    """Find a row, or refuse one that is not in the grid."""
    found = setup.row(row)
    if found is None:
        raise Unclear(N_("There is no sentence “{row}” here."), row=row)
    return found


def known_column(setup: Setup, column: str) -> Column:
    """Find a column, or refuse one that is not in the grid."""
    found = setup.column(column)
    if found is None:
        raise Unclear(N_("There is no column “{column}” here."), column=column)
    return found
