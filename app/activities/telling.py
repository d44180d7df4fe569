"""What a kind tells of a table and its phases: headings, facts on its card, cues, and what the trainer can do."""

from collections.abc import Hashable
from dataclasses import dataclass

from app.errors import Phrase


@dataclass(frozen=True, slots=True)
class Cue:
    """A fact about a table that the trainer may want to look at, its evidence, and a sentence to say.

    `after` is how many seconds the phase must have lasted for it to be told.
    """

    name: str
    fact: Phrase
    evidence: Phrase
    say: str
    after: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """What an act lets the trainer choose: a field of its move, its label, and what there is, by value and words."""

    name: str
    label: str
    options: tuple[tuple[str, Hashable], ...]


@dataclass(frozen=True, slots=True)
class Act:
    """What the trainer can do at one table now: a move, what its button says, and what is asked for before.

    `note` is the label of a text to write beside it.
    """

    move: str
    label: str
    choices: tuple[Choice, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a table's card on the desk says: a number, what it counts, and a further line.

    `dots`: the board's places, best first, and whether each is taken. `bars`: counts to draw side by side. `leaves`:
    what moving on now would leave behind. `acts`: what the trainer can do at the table.
    """

    number: int | None
    text: str
    values: tuple[tuple[str, Hashable], ...] = ()
    note: Hashable = ""
    dots: tuple[bool, ...] = ()
    bars: tuple[int, ...] = ()
    leaves: Hashable = ""
    acts: tuple[Act, ...] = ()

    @property
    def phrase(self) -> Phrase:
        """The words with their values."""
        return Phrase(self.text, dict(self.values))


@dataclass(frozen=True, slots=True)
class Words:
    """A phase's heading: what it is, the question, what to do; sentences of the catalogue or of the setup."""

    label: str
    heading: str
    lead: tuple[str, ...] = ()
    foot: str = ""
