"""The sentences that go with the figures, as data that can be translated.

Law: never "significant", "the group thinks" or "% consensus"; always with how many answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def N_(text: str) -> str:
    """Mark a sentence for translation and leave it as it is."""
    return text


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence to be translated (`text`, a message id) and the values that its %(name)s stand for."""

    text: str
    values: tuple[tuple[str, int | str], ...] = ()

    def say(self, translate: Callable[[str], str] = str) -> str:
        """Write the sentence in the reader's language.

        >>> Phrase("%(same)s of %(pairs)s", (("same", 3), ("pairs", 10))).say()
        '3 of 10'
        """
        return translate(self.text) % dict(self.values)


COUNTED = N_("Orders counted: %(counted)s. Statements: %(n)s. Left out: %(left_out)s.")

PAIR = N_("You put %(same)s of %(pairs)s pairs in the same order.")
TOO_FEW = N_("Too few people or statements to tell")
BY_CHANCE = N_("No more alike than chance")
GAPS = N_("Not everybody ordered the same statements, so there is no figure for all of you.")
LEVELS = (
    N_("A little in common"),
    N_("Some agreement"),
    N_("Clear agreement"),
    N_("Strong agreement"),
    N_("Unusually strong agreement"),
)
BOUNDS = (0.3, 0.5, 0.7, 0.9)
"""The r from which the next of `LEVELS` holds."""

LIKENESS = N_(
    "Take two of you and two statements at random: you would order them the same way %(times)s times in 10;"
    " 5 is chance."
)

FEW = N_("One person can turn this.")
MANY_TIES = N_("Many statements were left level, so the order is rough.")
INCOMPLETE = N_("Some answers leave statements out. Left-out statements share the places below the listed ones.")
INCOMPLETE_UNKNOWN = N_("Some answers leave statements out. Left-out statements are compared with nothing.")
DIFFER = N_("Two fair ways of counting give different orders. The places where they differ are marked as contested.")
SEVERAL = N_("Several orders fit the answers equally well. The places where they differ are marked as contested.")
CYCLE = N_("Taken two by two, majorities go round in a circle, so no order pleases every majority.")
LEVEL_AT_CUT = N_("Statements are exactly level around place %(place)s, so which of them belong above it is open.")
PARITY = N_("The top changes if each agency counts the same.")

STEADY = N_("First place holds whoever leaves.")
UNSTEADY = N_("First place would change if one person left.")
DRAWN_AGAIN = N_("Drawn again from the same people, first place stays as it is %(times)s times in 10.")
CAMPS = N_("The answers fall into two camps.")

CLOSER = N_("Answers are more alike than before.")
FURTHER = N_("Answers are less alike than before.")
AS_BEFORE = N_("Answers are about as alike as before.")

ASK_CONTESTED = N_("What would have to be true for you to put the other one first?")
ASK_CYCLE = N_("Which of these would you be content to see in second place?")
ASK_LEVEL = N_("These are exactly level. Who wants to say why one should come first?")
ASK_FEW = N_("Does this order look right to each of you?")
ASK_PARITY = N_("Whose view weighs less when we only count heads?")
ASK_CAMPS = N_("What does each side hope for that the other would also want?")
