"""The headings of seat page and wall in each phase."""

from collections.abc import Callable

from app.activities import checks
from app.activities.ranking import board as together
from app.activities.ranking import discard, result
from app.activities.ranking.shapes import Board, Setup
from app.activities.ranking.views.pieces import five
from app.activities.telling import Words
from app.errors import N_

READ = N_("Read them all on your own first. Is any of them unclear?")
SOLO = N_("Which matter most to you?")
COMPARE = N_("Which of these say nearly the same thing? Which pull apart?")


def seat_words(setup: Setup, phase: str, board: Board) -> Words:
    """Head the seat page: who sees it, what the question is, what to do."""
    return HEADS[phase](setup, board)


def read(setup: Setup, board: Board) -> Words:
    """Head the reading."""
    shuffled = N_("The order is shuffled for each seat, so it says nothing about importance.")
    return Words(N_("First, read"), "", (setup.prompts.get("read", READ),), shuffled)


def solo(setup: Setup, board: Board) -> Words:
    """Head what each does alone."""
    lead = (N_("Put the most important first."), N_("Use the arrows, or tap a number for more."))
    return Words(N_("On your own · only you see this"), setup.prompts.get("solo", SOLO), lead)


def to_discard(setup: Setup, board: Board) -> Words:
    """Head the discard, and what it came to."""
    label = N_("Together · discard one") if setup.discard == 1 else N_("Together · discard")
    if board.nothing_discarded and not board.discarded:
        return Words(label, N_("You keep them all"), (N_("Go on when you are ready."),))
    if discard.is_settled(setup, board):
        return Words(label, N_("That is settled"), (N_("Go on when you are ready."),))
    heading = N_("Which one can we do without?") if setup.discard == 1 else N_("Which can we do without?")
    why = setup.prompts.get("discard", N_("Say why before you look at the numbers."))
    return Words(label, heading, (why, N_("Then one of you proposes.")))


def rank(setup: Setup, board: Board) -> Words:
    """Head the board by how much of it is placed."""
    nine = len(discard.left(setup, board)) == 9
    label = N_("Together · rank the nine") if nine else N_("Together · rank them")
    lead = setup.prompts.get("rank", N_("The most important stand at the top."))
    if board.places and together.is_complete(setup, board):
        return Words(label, N_("Is this your order?"), (lead, N_("Move anything that should stand elsewhere.")))
    if any(board.places):
        told = N_("What you all placed alike is on the board already. Move anything.")
        return Words(label, N_("Place the ones that are left"), (told,))
    return Words(label, N_("Put them in order together"), (lead,))


def compare(setup: Setup, board: Board) -> Words:
    """Head the comparison."""
    return Words(N_("Together · compare"), N_("You and your table"), (setup.prompts.get("compare", COMPARE),))


def top(setup: Setup, board: Board) -> Words:
    """Head the top places: first each marks, then the table fills them."""
    if board.marks is None:
        label = five(setup, N_("On your own · mark your five"), N_("On your own · mark yours"))
        heading = five(setup, N_("Which five do you stand behind?"), N_("Which of them do you stand behind?"))
        return Words(
            label, heading, (N_("Only you see what you mark."), N_("All marks are put together at one moment."))
        )
    label = five(setup, N_("Together · the five for all of us"), N_("Together · the list for all of us"))
    heading = five(setup, N_("Which five do you all stand behind?"), N_("Which of them do you all stand behind?"))
    if "top" in setup.prompts:
        return Words(label, heading, (setup.prompts["top"],))
    return Words(label, heading, (N_("Talk about the contested ones."), N_("What you all marked is already in.")))


def check(setup: Setup, board: Board) -> Words:
    """Head the check: before, while and after it is open."""
    label = N_("Together · check the list")
    stand = five(setup, N_("Can you stand behind these five?"), N_("Can you stand behind this list?"))
    if board.check is not None:
        return Words(label, stand, (N_("Answer for yourself."), N_("All answers appear at one moment.")))
    if board.ending:
        return Words(label, N_("You have chosen how it ends"), (N_("Go on when you are ready."),))
    if result.is_settled(setup, board):
        return Words(label, N_("You have a list"), (N_("Go on when you are ready."),))
    if checks.failed(board.checks, result.LIST, board.round):
        return Words(label, N_("What would make it right?"), (N_("A concern shows where the list can get better."),))
    return Words(label, stand, ())


def locked(setup: Setup, board: Board) -> Words:
    """Head the result."""
    return Words(N_("Locked"), five(setup, N_("Your table’s five"), N_("Your table’s list")))


HEADS: dict[str, Callable[[Setup, Board], Words]] = {
    "read": read,
    "solo": solo,
    "discard": to_discard,
    "rank": rank,
    "compare": compare,
    "top": top,
    "check": check,
    "locked": locked,
}


def wall_words(setup: Setup, phase: str) -> Words:
    """Head the wall: the phase, the question, what to do, and what stays private."""
    if phase in ("read", "solo"):
        return alone_on_the_wall(setup, phase)
    if phase == "discard":
        one = setup.discard == 1
        return Words(
            N_("Discard one") if one else N_("Discard"),
            N_("Which one can we do without?") if one else N_("Which can we do without?"),
            (setup.prompts.get("discard", N_("Say why first. Then one of you proposes.")),),
            N_("Each table answers in private; nobody sees who gave which answer."),
        )
    if phase == "rank":
        lead = N_("What you all placed alike is on the board already. Move anything.")
        return Words(N_("Rank together"), N_("One order for the table"), (lead,), N_("Anybody may move, and undo."))
    if phase == "compare":
        return Words(
            N_("Compare"),
            N_("Where the tables start from"),
            (N_("The number is a statement’s place in that table’s first answers."),),
            N_("A mirror of the first answers, not a result: the tables talk next."),
        )
    return agreeing_on_the_wall(setup, phase)


def alone_on_the_wall(setup: Setup, phase: str) -> Words:
    """Head the wall while each works alone."""
    if phase == "read":
        shuffled = N_("Each phone shows the statements in an order of its own.")
        return Words(N_("First, read"), "", (setup.prompts.get("read", READ),), shuffled)
    lead = setup.prompts.get("rank", N_("Put the most important first, as you see it yourself."))
    private = N_("Nobody sees anybody’s order, now or later.")
    return Words(N_("On your own"), setup.prompts.get("solo", SOLO), (lead,), private)


def agreeing_on_the_wall(setup: Setup, phase: str) -> Words:
    """Head the wall while the tables agree on their lists, and after."""
    if phase == "top":
        return Words(
            five(setup, N_("The five for all of us"), N_("The list for all of us")),
            five(setup, N_("Which five do you all stand behind?"), N_("Which of them do you all stand behind?")),
            (setup.prompts.get("top", N_("Mark your own first, in private. Then talk about the contested ones.")),),
            N_("Nobody sees who marked what."),
        )
    if phase == "check":
        return Words(
            N_("Check the list"),
            five(setup, N_("Can you stand behind these five?"), N_("Can you stand behind this list?")),
            (N_("Answer for yourself, from 0 to 5. A low answer says what would help."),),
            N_("Nobody sees who gave which answer."),
        )
    return Words(N_("Locked"), N_("The tables have their lists"), (N_("Look at your own table’s on your phone."),))
