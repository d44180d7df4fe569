"""The headings of seat page and wall in each phase."""

from app.activities.base import Words
from app.activities.ranking.shapes import Board, Setup
from app.errors import N_


def seat_words(setup: Setup, phase: str, board: Board) -> Words:
    """Head the seat page: who sees it, what the question is, what to do."""
    if phase == "read":
        lead = setup.prompts.get("read", N_("Read them all on your own first. Is any of them unclear?"))
        return Words(
            N_("First, read"),
            "",
            (lead,),
            N_("The order is shuffled for each seat, so it says nothing about importance."),
        )
    if phase == "solo":
        return Words(
            N_("On your own · only you see this"),
            setup.prompts.get("solo", N_("Which matter most to you?")),
            (N_("Put the most important first."), N_("Use the arrows, or tap a number for more.")),
        )
    lead = setup.prompts.get("compare", N_("Which of these say nearly the same thing? Which pull apart?"))
    return Words(N_("Together · compare"), N_("You and your table"), (lead,))


def wall_words(setup: Setup, phase: str) -> Words:
    """Head the wall: the phase, the question, what to do, and what stays private."""
    if phase == "read":
        lead = setup.prompts.get("read", N_("Read them all on your own first. Is any of them unclear?"))
        return Words(N_("First, read"), "", (lead,), N_("Each phone shows the statements in an order of its own."))
    if phase == "solo":
        lead = setup.prompts.get("rank", N_("Put the most important first, as you see it yourself."))
        return Words(
            N_("On your own"),
            setup.prompts.get("solo", N_("Which matter most to you?")),
            (lead,),
            N_("Nobody sees anybody’s order, now or later."),
        )
    return Words(
        N_("Compare"),
        N_("Where the tables start from"),
        (N_("The number is a statement’s place in that table’s first answers."),),
        N_("A mirror of the first answers, not a result: the tables talk next."),
    )
