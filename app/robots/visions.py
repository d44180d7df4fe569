"""What robots jot and write in a joint vision: canned sentences for the seven openings, and others for any grid.

In a sentence, `[ ]` is what another adds while the end of it is still being written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

OTHERS = "other"
"""Whoever speaks for none of the perspectives that have sentences of their own."""
JOT_LENGTH = 140


@dataclass(frozen=True, slots=True)
class Vision:
    """What there is to say on one opening: each perspective's jots and cell, the joint words, and what mends them.

    `other` is the second sentence where no agreement is found.
    """

    jots: Mapping[str, tuple[str, ...]]
    cells: Mapping[str, str]
    joint: str
    mended: str
    other: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as two write it: `added` comes in behind `begun` while `rest` is being written."""

    begun: str
    added: str
    middle: str
    rest: str

    @property
    def whole(self) -> str:
        """The sentence once both have written."""
        return self.begun + self.added + self.middle + self.rest


def sentence(marked: str) -> Sentence:
    """Read a sentence with its marks; the two begin at once a word behind what is added.

    >>> sentence("we make [one ]plan early, and keep to it.")
    Sentence(begun='we make ', added='one ', middle='plan', rest=' early, and keep to it.')
    >>> sentence("we listen.").whole
    'we listen.'
    """
    begun, _, after = marked.partition("[")
    added, _, end = after.partition("]")
    middle = re.match(r"\W*\w*", end)
    length = middle.end() if middle is not None else 0
    return Sentence(begun, added, end[:length], end[length:])


# By words that stand in the opening; its cells in the order education, health, social care, others.
VISIONS: Mapping[str, Vision] = {
    "in partnership across agencies means": Vision(
        jots={
            "education": ("we hear early what happens at home", "one person to ring", "no surprises on Monday morning"),
            "health": ("families tell their story once", "we plan before it is urgent", "referrals that come back"),
            "social-care": ("worries are shared while small", "we hold risk together", "visits that fit together"),
            OTHERS: ("asked at the start, not told at the end", "what we know of the street counts", "plain words"),
        },
        cells={
            "education": "seeing a child’s whole day[ and week], and not only the hours that are spent with us.",
            "health": "making one plan with a family[, in their words,] so that nobody has to tell it all again.",
            "social-care": "sharing small worries[ early], while there is still time for help that people choose.",
            OTHERS: "being asked when a plan begins[, as equals], and bringing what families tell us at the door.",
        },
        joint="making one plan[, early], with the family at the table, which all of us know and keep to.",
        mended=" We say so at once when we cannot.",
        other="keeping one another informed, while each service plans its own work.",
    ),
    "mission statement should be": Vision(
        jots={
            "education": ("every child ready to learn", "short enough to remember"),
            "health": ("well, and well looked after", "no wrong door"),
            "social-care": ("safe at home, with help in time", "with families, not to them"),
            OTHERS: ("somebody is there", "a place to go for everybody"),
        },
        cells={
            "education": "“Every child known[, every day], in school and out of it.”",
            "health": "“No wrong door[ for anyone]: whoever you ask first finds who can help.”",
            "social-care": "“Safe, at home[ where that can be], with help that comes in time.”",
            OTHERS: "“Somebody is there[ for you], also after five o’clock.”",
        },
        joint="“Known, safe and well[ together]: whoever you ask first, you will find help.”",
        mended=" And we stay until it has come.",
        other="“Good services, well connected.”",
    ),
    "Every Child Matters": Vision(
        jots={
            "education": ("attendance looked at together", "help in lessons before a crisis", "breakfast clubs"),
            "health": ("checks where children are", "shorter waits for talking help"),
            "social-care": ("fewer moves", "the same worker for longer", "listening to brothers and sisters"),
            OTHERS: ("things to do in the evening", "young people in the room"),
        },
        cells={
            "education": "looking at attendance together[ each month], and asking why before we ask for more.",
            "health": "bringing checks and talking help[ into schools], so that waiting is the exception.",
            "social-care": "keeping the same worker[ for a family] for as long as that can be done.",
            OTHERS: "opening places in the evening[ and at weekends] that young people have chosen themselves.",
        },
        joint="bringing help to where children[ and young people] are, early, by people whom they know.",
        mended=" We ask them every term whether it does help.",
        other="each service meeting its own targets, and telling the others how it went.",
    ),
    "will need to": Vision(
        jots={
            "education": ("keep an hour free each week", "learn what thresholds mean"),
            "health": ("say what we may share, and share it", "come to the meetings"),
            "social-care": ("explain our decisions", "answer within two days"),
            OTHERS: ("know whom to ring", "be paid for the time"),
        },
        cells={
            "education": "keep an hour free[ in each week] for a call to the others, also in a busy term.",
            "health": "say plainly what we may share[ and with whom], and then share it.",
            "social-care": "explain what we decide[ and why], and answer a question within two days.",
            OTHERS: "have a name and a number[ in every service], and a seat when plans are made.",
        },
        joint="keep one hour a week free[ for each other], and answer questions within two days.",
        mended=" Who cannot, says by when.",
        other="find time where we can, as our own work allows.",
    ),
    "could stop us": Vision(
        jots={
            "education": ("exam season", "people leave and nobody tells us"),
            "health": ("two systems that do not talk", "everybody is on call"),
            "social-care": ("too many cases", "we are blamed when it goes wrong"),
            OTHERS: ("money for one year only", "words that only some understand"),
        },
        cells={
            "education": "that people change posts[ in summer] and what was agreed goes with them.",
            "health": "records in systems[ of our own] that nobody else can read.",
            "social-care": "too many cases[ for each of us], and the fear of being blamed alone.",
            OTHERS: "money that is given for one year[ at a time], and words that only some of us know.",
        },
        joint="that people leave, that records stay[ apart], and that no time is kept for one another.",
        mended=" We fear blame, too, and say so.",
        other="that some services are asked to do more than their share.",
    ),
    "get past these barriers": Vision(
        jots={
            "education": ("write down what we agree", "meet in each other’s places"),
            "health": ("one consent form", "a list of numbers"),
            "social-care": ("look at hard cases together", "no blame in reviews"),
            OTHERS: ("a glossary", "share rooms, share training"),
        },
        cells={
            "education": "writing down what we agree[, on one page,] and handing it on when somebody leaves.",
            "health": "using one consent form[ for all of us], which families understand.",
            "social-care": "looking at hard cases together[ every month], to learn and not to judge.",
            OTHERS: "training together[ once a term], in turn at each other’s places.",
        },
        joint="meeting once a month[, in turn at each place], with one form for consent and one page of agreements.",
        mended=" New people are brought along in their first month.",
        other="asking those above us for more time and one shared system.",
    ),
    "A year from now": Vision(
        jots={
            "education": ("fewer children out of school", "we know each other’s faces"),
            "health": ("a family says: you all knew", "half the waiting"),
            "social-care": ("fewer emergencies", "plans that families wrote with us"),
            OTHERS: ("still here, and still asked", "young people say it works"),
        },
        cells={
            "education": "that fewer children miss school[ for weeks], because we asked early.",
            "health": "that families say[ to each of us]: “You all knew the plan.”",
            "social-care": "fewer plans made in an emergency[ at night], and more that families wrote with us.",
            OTHERS: "that young people tell others[ of their age] that it is worth asking for help.",
        },
        joint="that families tell us their story once[ and are heard], and that help has come before the emergency.",
        mended=" We count how often, and show it to them.",
        other="that each service has kept to its part of the plan.",
    ),
}

JOTS = ("start small, and soon", "with the people it is about", "one thing that all can see", "say who does what")
CELLS = (
    "beginning with one thing[ this month] that all of us can see.",
    "asking those whom it is about[ first], and telling them what came of it.",
    "saying who does what[ by when], and looking at it again in a month.",
    "keeping what works[ already], and leaving one thing out for each that is new.",
)
JOINT = "beginning with one thing[ this month] that all can see, and saying who does what."
MENDED = " We look at it again in a month."
OTHER = "waiting until it is clear who has the time for it."
QUESTIONS = (
    "What would that look like on an ordinary Tuesday?",
    "Who would do this, and when?",
    "Does this hold for families we meet only once?",
    "What do you need from us for this?",
    "How should we notice that it works?",
)
REPLIES = (
    "Begin with one school and one street, and tell you in a month how it went.",
    "One of us would do it each week; we take turns.",
    "Yes, if somebody tells us within a day.",
    "A name and a number from each of you would do for a start.",
)
NOTES = (
    "I could live with it if it said what happens when we cannot.",
    "What would help me: a word about when we look at it again.",
    "I miss what it asks of each of us.",
)
GUESSES = ("They might say: ask us first.", "Perhaps they would want it in plainer words.")


def vision(prompt: str) -> Vision | None:
    """Find what there is to say on an opening, if it is one of those that are known."""
    return next((found for words, found in VISIONS.items() if words in prompt), None)


def jots(prompt: str, perspective: str, draw: float) -> tuple[str, ...]:
    """Choose what to jot, the most likely first."""
    found = vision(prompt)
    known = found.jots.get(perspective, found.jots[OTHERS]) if found is not None else JOTS
    start = int(draw * len(known)) % len(known)
    return tuple(one[:JOT_LENGTH] for one in (*known[start:], *known[:start]))


def cell(prompt: str, perspective: str, label: str, draw: float) -> Sentence:
    """Choose what an agency writes in its cell; where nothing is known of the opening, by the column's label."""
    found = vision(prompt)
    if found is not None:
        return sentence(found.cells.get(perspective, found.cells[OTHERS]))
    marked = CELLS[int(draw * len(CELLS)) % len(CELLS)]
    return sentence(f"{label}: {marked}" if label else marked)


def joint(prompt: str) -> Sentence:
    """Choose the joint words that follow an opening."""
    found = vision(prompt)
    return sentence(found.joint if found is not None else JOINT)


def mended(prompt: str) -> str:
    """Choose what is added to joint words that somebody could not live with."""
    found = vision(prompt)
    return found.mended if found is not None else MENDED


def other(prompt: str) -> str:
    """Choose the second sentence where no agreement is found."""
    found = vision(prompt)
    return found.other if found is not None else OTHER


def drawn(choices: tuple[str, ...], draw: float) -> str:
    """Choose one by a number from 0 to 1."""
    return choices[int(draw * len(choices)) % len(choices)]
