"""What is kept of a ranking, of one table and of all: shapes that JSON holds and brings back.

Law: statements stand here by their ids, and their words in the setup; nobody's seat or single answer does.
"""

from typing import Literal

from app.activities.base import Shape
from app.activities.checks_told import CheckRecord
from app.activities.summary import Sentence


class ClarificationRecord(Shape):
    """What the trainer said about a statement, to everyone."""

    statement: str
    text: str


class NominationRecord(Shape):
    """A statement that somebody would have discarded; `count` is how many, as it may be told, None where it may not."""

    statement: str
    count: str | None = None


class ReasonRecord(Shape):
    """Why somebody would have discarded a statement; `statement` is "" where it may not be told of which."""

    statement: str = ""
    text: str


class NominationsRecord(Shape):
    """What was named to be discarded, and why."""

    statements: tuple[NominationRecord, ...] = ()
    reasons: tuple[ReasonRecord, ...] = ()


class MirrorPlaceRecord(Shape):
    """A statement's place in the first answers; level ones share the places from `first` to `last`."""

    statement: str
    first: int
    last: int
    contested: bool = False


class FiguresRecord(Shape):
    """The figures behind the words of agreement: see the engine's `Figures`."""

    w: float
    chance_w: float
    r: float
    tau: float | None = None
    p: float | None = None
    method: str | None = None


class MirrorRecord(Shape):
    """The starting mirror, as far as the number of its orders lets it be told; `meter` 0 … 5.

    `most_shared` and `most_split` are words of statements.
    """

    orders: str
    left_out: str = "0"
    agreement: Sentence | None = None
    meter: int = 0
    likeness: Sentence | None = None
    figures: FiguresRecord | None = None
    places: tuple[MirrorPlaceRecord, ...] = ()
    most_shared: tuple[str, ...] = ()
    most_split: tuple[str, ...] = ()
    warnings: tuple[Sentence, ...] = ()
    camps: Sentence | None = None


class DiscardRecord(Shape):
    """A statement a table has discarded, why, and how it came to that. `hidden`: the trainer hid the reason."""

    statement: str
    reason: str = ""
    how: Literal["talk", "either", "lots"] = "talk"
    ending: str = "agreed"
    hidden: bool = False


class ProposalRecord(Shape):
    """A statement somebody proposed to discard."""

    statement: str
    reason: str = ""
    how: str = "talk"


class BoardRecord(Shape):
    """A statement on its place of the board."""

    place: int
    statement: str


class LinkRecord(Shape):
    """Two statements that somebody at the table found alike, or pulling apart."""

    relation: Literal["alike", "apart"]
    a: str
    b: str
    note: str = ""


class MarksRecord(Shape):
    """What the private marks came to."""

    for_all: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    out: tuple[str, ...] = ()


class TopRecord(Shape):
    """A statement among the top, and how its place was settled: talk, either, lots or shared."""

    place: int
    statement: str
    shared: bool = False
    settled: str = "talk"


class EitherRecord(Shape):
    """A private choice between two statements; no `winner`: it came out even."""

    subject: str
    a: str
    b: str
    winner: str | None = None
    how: str = "either"
    answered: str = ""


class ResultRecord(Shape):
    """What a table has locked, `version` 1 first. `order` is the board, `changed` what moved after the first check.

    `ending` is "agreed", one of the three endings, or "unchecked"; `open_place` is the one that was not agreed.
    """

    version: int
    ending: str
    checks: int = 0
    check: int | None = None
    changes: int = 0
    changed: tuple[str, ...] = ()
    open_place: int | None = None
    note: str = ""
    top: tuple[TopRecord, ...] = ()
    order: tuple[str | None, ...] = ()
    discarded: tuple[DiscardRecord, ...] = ()


class Record(Shape):
    """What one table has revealed and agreed so far; `result` is what it has locked last, and holds in "locked".

    A check's subject is the statement that was to be discarded, or "" for the list. `hidden`: the trainer hid
    something that would stand here.
    """

    phase: str = ""
    clarifications: tuple[ClarificationRecord, ...] = ()
    nominations: NominationsRecord | None = None
    mirror: MirrorRecord | None = None
    discarded: tuple[DiscardRecord, ...] = ()
    taken_back: tuple[DiscardRecord, ...] = ()
    nothing_discarded: bool = False
    proposals: tuple[ProposalRecord, ...] = ()
    board: tuple[BoardRecord, ...] = ()
    links: tuple[LinkRecord, ...] = ()
    marks: MarksRecord | None = None
    top: tuple[TopRecord, ...] = ()
    checks: tuple[CheckRecord, ...] = ()
    eithers: tuple[EitherRecord, ...] = ()
    result: ResultRecord | None = None
    earlier: tuple[ResultRecord, ...] = ()
    hidden: bool = False


class SpanRecord(Shape):
    """A place, or the places from `first` to `last` that level statements share."""

    first: int
    last: int


class CellRecord(Shape):
    """A statement at one table; no `place`: it was discarded, or stands nowhere."""

    table: int
    place: int | None = None
    shared: bool = False
    top: bool = False
    discarded: bool = False


class RowRecord(Shape):
    """A statement in the room: its place now, in the first answers, and there with agencies counting the same."""

    statement: str
    in_the_top_of: int
    now: SpanRecord
    first: SpanRecord | None = None
    parity: SpanRecord | None = None
    places: tuple[CellRecord, ...] = ()


class EndingRecord(Shape):
    """How a table came to its list; `contested` are the statements that not all of its people had marked."""

    table: int
    ending: str
    checks: int = 0
    amended: bool = False
    open_place: int | None = None
    contested: tuple[str, ...] = ()


class LikenessRecord(Shape):
    """How alike two tables' orders are: Kendall's tau, 1 the same to −1 the other way round."""

    one: int
    other: int
    tau: float


class RoomRecord(Shape):
    """All tables together, rows in the room's order; `orders` counts the private orders behind `first`.

    `agreement` and `meter` say how far these agreed.
    """

    tables_counted: int
    orders: int = 0
    agreement: Sentence | None = None
    meter: int = 0
    statements: tuple[RowRecord, ...] = ()
    endings: tuple[EndingRecord, ...] = ()
    likeness: tuple[LikenessRecord, ...] = ()


INNER = frozenset(
    {
        "nominations",
        "proposals",
        "checks.reasons",
        "eithers",
        "taken_back",
        "earlier",
        "mirror.camps",
    }
)
"""What only those who sit at a table and the trainer read: what single people said and proposed on the way."""
