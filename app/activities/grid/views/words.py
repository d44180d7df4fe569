"""The headings of a grid's phases; a seat page's own stands over each sentence, this is what desk and wall say."""

from app.activities.checks import failed
from app.activities.grid import naming, result
from app.activities.grid.shapes import Board, Setup
from app.activities.telling import Words
from app.errors import N_

JOT = Words(
    N_("On your own"),
    N_("How would your agency go on?"),
    (N_("Up to three short jots a sentence."), N_("Please do not name clients.")),
    N_("Only you see your jots yet. When time is up, the people of your agency see them, without names."),
)
CAUCUS = Words(
    N_("With your agency"),
    N_("What do we say, as one agency?"),
    (N_("Put your jots together into a sentence or two."), N_("Say when you agree on the words.")),
    N_("No other agency sees your words before all are opened at one moment."),
)
REVEAL = Words(
    N_("All views"),
    N_("What do we share, and where do we differ?"),
    (N_("Mark what the others wrote: shared, a question, or a tension."),),
    N_("Numbers say how many marked, not who. A question is asked by name of the seat."),
)
ANSWER = Words(
    N_("Answers"),
    N_("What did the others want to know?"),
    (N_("Answer what was asked about your words, in a line."), N_("The least tense sentence comes first.")),
)
JOINT = Words(
    N_("Together"),
    N_("What can we all say?"),
    (N_("Write one statement for each sentence, all at once."), N_("Then check it.")),
    N_("A sentence without agreement keeps both views, side by side."),
)
CHECK = Words(
    N_("Check the whole grid"),
    N_("Can you stand behind all of it?"),
    (N_("Answer for yourself, from 0 to 5."), N_("Name the sentence you would open again.")),
    N_("All answers appear at one moment, without names."),
)
LOCKED = Words(N_("Locked"), N_("Our joint vision"))

WORDS = {
    "jot": JOT,
    "caucus": CAUCUS,
    "reveal": REVEAL,
    "answer": ANSWER,
    "joint": JOINT,
    "check": CHECK,
    "locked": LOCKED,
}


def seat_words(setup: Setup, phase: str, board: Board) -> Words:
    """Head the seat page, where a phase has no heading of its own for each sentence."""
    return checking(setup, board) if phase == "check" else WORDS[phase]


def checking(setup: Setup, board: Board) -> Words:
    """Head the check of the whole grid: before, while and after it is open."""
    label = N_("Together · check the whole grid")
    if board.check is not None:
        return Words(label, CHECK.heading, (N_("Answer for yourself."), N_("All answers appear at one moment.")))
    if board.ending:
        return Words(label, N_("You have chosen how it ends"), (N_("Go on when you are ready."),))
    if result.is_settled(setup, board):
        return Words(label, N_("You have a joint vision"), (N_("Go on when you are ready."),))
    if failed(board.checks, naming.WHOLE, board.round):
        return Words(label, N_("What would make it right?"), (N_("A concern shows which sentence can get better."),))
    return Words(label, CHECK.heading)


def wall_words(setup: Setup, phase: str) -> Words:
    """Head the wall: the phase, the question, what to do, and what stays private."""
    return WORDS[phase]
