"""What a kind tells in a summary: blocks to read, sheets to work with, orders; nothing of how they are written.

Law: it is made from records alone, so that no format can hold what the record does not.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from app.activities.pictures import Drawing, Text
from app.errors import N_, Phrase

Version = Literal["participant", "commissioner", "trainer"]
Cell = Text | int | float | None

# What a kept sentence may have in it: %% and its own values, written out, and no other formatting.
FILLED = re.compile(r"%%|%\((\w+)\)s")


class Sentence(BaseModel):
    """A sentence of the engine's, kept with its values so that it can be read in any language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    values: dict[str, int | float | str] = {}

    @model_validator(mode="after")
    def fills(self) -> Self:
        """Refuse what could not be filled in."""
        if "%" in FILLED.sub("", self.text) or not set(FILLED.findall(self.text)) - {""} <= set(self.values):
            raise ValueError("a sentence whose values are not beside it")
        return self

    def say(self, translate: Callable[[str], str] = str) -> str:
        """Write it in the reader's language.

        >>> Sentence(text="%(same)s of %(pairs)s", values={"same": 3, "pairs": 10}).say()
        '3 of 10'
        """
        return translate(self.text) % self.values


def kept(phrase: Any) -> Sentence | None:
    """Keep a sentence of the engine's; None stays None."""
    return None if phrase is None else Sentence(text=phrase.text, values=dict(phrase.values))


Told = Text | Sentence


def said_count(count: str) -> Text:
    """Word a count of people as `disclosure` writes it: "3 or more" is a sentence of ours, a number is none.

    >>> said_count("4"), said_count("1–2"), said_count("3 or more").values
    ('4', '1–2', {'count': '3'})
    """
    least, _, more = count.partition(" ")
    return Phrase(N_("{count} or more"), {"count": least}) if more else count


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or more; `lead` stands large, `note` small."""

    text: Told
    tone: Literal["plain", "lead", "note"] = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short sentences, each by itself."""

    items: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says."""

    label: Told
    value: Told


@dataclass(frozen=True, slots=True)
class Facts:
    """A few facts side by side."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, without who; `about` is what they are about."""

    text: str
    about: Told = ""


@dataclass(frozen=True, slots=True)
class Quotes:
    """What was said, under a label."""

    label: Told
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A statement on its place, and what is to be known of how it came there. `open`: not agreed."""

    place: int
    text: str
    notes: tuple[Told, ...] = ()
    shared: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """A list in order, best first."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What was agreed on for an opening, large; `other` is the second sentence of a row without agreement."""

    opening: str
    text: str
    other: str = ""
    notes: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Statements:
    """Agreed statements, in order."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of typed cells: numbers stay numbers. The first column says what its row is about.

    `name` is for files: small letters, digits and hyphens. `wide`: for a page that lies on its side.
    """

    name: str
    title: Told
    columns: tuple[Told, ...]
    rows: tuple[tuple[Cell | Sentence, ...], ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, what somebody who does not see it is told instead, and the table with the same values."""

    title: Told
    alt: tuple[Told, ...]
    drawing: Drawing
    table: Table


@dataclass(frozen=True, slots=True)
class Details:
    """What is read on request: folded on a page, open on paper."""

    title: Told
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A few blocks in a frame of their own; cards that follow each other may stand side by side."""

    title: Told
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. `page`: "new" begins a page, "wide" has pages that lie on their side.

    `folds`: on a page to read it is folded until somebody wants it; paper shows it.
    """

    title: Told
    blocks: tuple["Block", ...]
    page: Literal["flow", "new", "wide"] = "flow"
    folds: bool = False


Block = Paragraph | Bullets | Facts | Quotes | Places | Statements | Table | Picture | Details | Card | Section


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders of the same statements, for other people's programs; statements are numbers from 0.

    Each of `ballots` is how many have the order, and its tiers, best first; a tier of several is tied.
    `single`: each is one person's own, which only a named workshop's record may hold.
    """

    name: str
    title: Told
    statements: tuple[str, ...]
    ballots: tuple[tuple[int, tuple[tuple[int, ...], ...]], ...]
    single: bool = False


@dataclass(frozen=True, slots=True)
class Withheld:
    """What was left out so that nobody can be found out, and why."""

    what: Told
    why: Told


@dataclass(frozen=True, slots=True)
class Part:
    """What one step comes to. `facts` stand at the head of the whole summary, `method` at its end."""

    title: str
    blocks: tuple[Block, ...]
    facts: tuple[Fact, ...] = ()
    sheets: tuple[Table, ...] = ()
    orders: tuple[Orders, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    method: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatRecord:
    """What one person had said alone, by name, in a named workshop: by phase, as the kind's `record_seat` wrote it."""

    name: str
    agency: str
    table: int
    answers: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Telling:
    """All that a kind makes its part from: the records of one step.

    `tables` are by number (0: the room's one board). `room` is what all tables come to, once they all have; `whole`
    the room as one table, where a workshop's record has the room's figures alone. `own` is the reader's table.
    `people` is empty but in the trainer's version of a named workshop. `agencies` are labels by id. `rule` is the
    step's, by which its checks pass.
    """

    title: str
    setup: Any
    version: Version
    rule: str = "all-at-3"
    tables: tuple[tuple[int, Any], ...] = ()
    room: Any = None
    whole: Any = None
    own: int | None = None
    people: tuple[SeatRecord, ...] = ()
    agencies: Mapping[str, str] | None = None


MANY_TABLES = 12
"""With more tables than this none but the reader's own is told at length: nobody would read it, and sheets hold it."""


def in_short(telling: Telling, number: int) -> bool:
    """Say whether a table is told in short: beside the reader's own table, and where there are many."""
    return number != telling.own and (telling.own is not None or len(telling.tables) > MANY_TABLES)


def told_in_short(telling: Telling) -> tuple[Paragraph, ...]:
    """Say where the rest stands, when there are so many tables that each is told in short."""
    if len(telling.tables) <= MANY_TABLES:
        return ()
    told = N_("With so many tables, each is told in short here. The sheets of the Excel and CSV files hold the rest.")
    return (Paragraph(Phrase(told), "note"),)


def nothing_yet(telling: Telling) -> Part:
    """Tell that a step has come to nothing yet."""
    return Part(telling.title, (Paragraph(Phrase(N_("Nothing was agreed here yet.")), "note"),))
