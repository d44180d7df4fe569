"""Likenesses and differences: two statements that somebody links, with a note."""

from app.activities.base import Turn
from app.activities.ranking.alone import known
from app.activities.ranking.discard import last_hidden
from app.activities.ranking.shapes import Board, Link, MakeLink, Unlink
from app.errors import N_, Stale, Unclear

MOST_LINKS = 60


def link(turn: Turn, move: MakeLink) -> Board:
    """Link two statements as nearly the same or as pulling apart; each pair once."""
    board: Board = turn.content
    for one in (move.a, move.b):
        known(turn.setup, one)
    if move.a == move.b:
        raise Unclear(N_("Choose two different statements."))
    if any({one.a, one.b} == {move.a, move.b} and one.relation == move.relation for one in board.links):
        raise Unclear(N_("These two are linked in this way already."))
    if len(board.links) >= MOST_LINKS:
        raise Unclear(N_("That is enough links for one table. Take one away first."))
    highest = max([last_hidden(board, "l"), *(int(one.id[1:]) for one in board.links)])
    new = Link(id=f"l{highest + 1}", a=move.a, b=move.b, relation=move.relation, note=move.note, seat=turn.seat)
    return board.model_copy(update={"links": (*board.links, new)})


def unlink(turn: Turn, move: Unlink) -> Board:
    """Take a link away; anybody at the table may."""
    board: Board = turn.content
    others = tuple(one for one in board.links if one.id != move.link)
    if len(others) == len(board.links):
        raise Stale(N_("That link is gone already."))
    return board.model_copy(update={"links": others})
