"""What the ranking activity keeps and takes: its setup, answer, board and moves."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from app.activities.base import AnswerShape, BoardShape, Shape
from app.activities.checks import Check, CheckAnswer, EndingName, Note, Number, nothing, opened

Id = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]
StatementText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]

FEWEST, MOST = 3, 30

Position = Annotated[Annotated[int, Field(ge=1, le=MOST)] | None, BeforeValidator(nothing)]


class Statement(Shape):
    """One statement to rank; its id stays when its words or its place change."""

    id: Id
    text: StatementText


class Setup(Shape):
    """What the trainer prepares: statements, how many to discard, how many to agree on."""

    version: int = 1
    statements: Annotated[tuple[Statement, ...], Field(min_length=FEWEST, max_length=MOST)]
    discard: Annotated[int, Field(ge=0)] = 1
    top: Annotated[int, Field(ge=1)] = 5
    # mirror: statements that all placed alike are on the board already; blank: all wait in the tray.
    start: Literal["mirror", "blank"] = "mirror"
    prompts: dict[str, str] = Field(default_factory=dict)
    source: str = ""

    @model_validator(mode="after")
    def fits(self) -> Self:
        """Refuse doubled ids, and numbers that the statements do not have room for."""
        if len(self.ids) != len(set(self.ids)):
            raise ValueError("two statements have the same id")
        if self.discard > len(self.ids) - 2:
            raise ValueError("at least two statements must stay")
        if self.top > len(self.ids) - self.discard:
            raise ValueError("more to agree on than statements that stay")
        return self

    @property
    def ids(self) -> tuple[str, ...]:
        """The statements' ids, in the trainer's order."""
        return tuple(statement.id for statement in self.statements)


class Ballot(Shape):
    """One seat's order, best first, and the one it would discard."""

    discard: str | None
    order: tuple[str, ...]


class EitherAnswer(Shape):
    """One seat's private choice between two statements."""

    either: int
    choice: str


class Answer(AnswerShape):
    """What one seat holds, all of it private.

    `ballot` is None until the list was touched; `reason` is why it would discard its one. `marks` are the statements
    the seat stands behind, None until it has said so, and `marked` the round it said so in. `show`: at a table of two,
    it agrees to show its list.
    """

    unclear: tuple[str, ...] = ()
    ballot: Ballot | None = None
    reason: str = ""
    show: bool = False
    check: CheckAnswer | None = None
    either: EitherAnswer | None = None
    marks: tuple[str, ...] | None = None
    marked: int = 0


class Clarification(Shape):
    """What the trainer said about a statement, to everyone."""

    statement: str
    text: str


class Proposal(Shape):
    """A statement somebody proposes to discard. `how`: talk, either or lots; `seat` is None for the trainer."""

    id: str
    statement: str
    reason: str
    seat: int | None = None
    how: Literal["talk", "either", "lots"] = "talk"


class Discarded(Shape):
    """A statement the table has discarded: why, and whether its check passed or it ended with reservations."""

    statement: str
    reason: str
    reason_id: str
    how: Literal["talk", "either", "lots"] = "talk"
    check: int | None = None
    ending: Literal["agreed", "with_reservations"] = "agreed"


class EitherOutcome(Shape):
    """How an either/or came out: `winner` None is a tie; `counts` (for a, for b) only from five answers."""

    winner: str | None
    answered: int
    counts: tuple[int, int] | None = None
    how: Literal["either", "lots"] = "either"


class Either(Shape):
    """A private choice between two statements, to discard or to take among the top; open without outcome."""

    id: int
    a: str
    b: str
    subject: Literal["discard", "top"]
    outcome: EitherOutcome | None = None


class Placing(Shape):
    """One move on the board: who, what, where to (None is the tray), and the places before it."""

    seat: int | None
    statement: str
    to: int | None
    before: tuple[str | None, ...]


class Link(Shape):
    """Two statements that somebody finds alike, or pulling apart."""

    id: str
    a: str
    b: str
    relation: Literal["alike", "apart"]
    note: str = ""
    seat: int | None = None


class Marks(Shape):
    """What the table's private marks come to; all three are empty where there were fewer than three."""

    answered: int
    for_all: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    out: tuple[str, ...] = ()


class Result(Shape):
    """What a table has locked, best first; a tier of several shares its place.

    `ending` is "agreed", one of the three endings, or "unchecked". `order` is the whole board. `open_place` is the one
    that was not agreed, `note` the minority's statement. `changes` counts the amendments since the first check;
    `changed` are the statements that the first check did not have on the place they hold now.
    """

    number: int
    top: tuple[tuple[str, ...], ...]
    order: tuple[str | None, ...]
    discarded: tuple[Discarded, ...]
    ending: str
    checks: int = 0
    amended: bool = False
    changes: int = 0
    changed: tuple[str, ...] = ()

    @property
    def last_place(self) -> int:
        """The last of the top places that is taken, by its number or by how many share those before it; 0 for none."""
        taken = [place for place, tier in enumerate(self.top, 1) if tier]
        return max([0, *taken[-1:], sum(len(tier) for tier in self.top)])

    check: int | None = None
    open_place: int | None = None
    note: str = ""


class Board(BoardShape):
    """What a table holds together; everything here is seen by all who sit there.

    `places` is the board, best first, empty before `rank`; `last` its latest moves, `moved` how many each seat has made
    (by seat id). `top` has a tier for each of the top places. `settled` says for a statement that its place was settled
    by "either", "lots" or "shared". `earlier` are discards taken back by reopening; `lists` the two ballots that a
    table of two agreed to show, by seat. `hidden` are entries that the trainer hid. `round` counts reopenings.
    """

    clarifications: tuple[Clarification, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    discarded: tuple[Discarded, ...] = ()
    earlier: tuple[Discarded, ...] = ()
    nothing_discarded: bool = False
    checks: tuple[Check, ...] = ()
    eithers: tuple[Either, ...] = ()
    places: tuple[str | None, ...] = ()
    last: tuple[Placing, ...] = ()
    moved: dict[int, int] = Field(default_factory=dict)
    lists: dict[int, Ballot] = Field(default_factory=dict)
    links: tuple[Link, ...] = ()
    marks: Marks | None = None
    top: tuple[tuple[str, ...], ...] = ()
    settled: dict[str, Literal["either", "lots", "shared"]] = Field(default_factory=dict)
    ending: str = ""
    open_place: int | None = None
    note: str = ""
    results: tuple[Result, ...] = ()
    hidden: tuple[str, ...] = ()
    round: int = 0

    @property
    def check(self) -> Check | None:
        """The check that is open."""
        return opened(self.checks)

    @property
    def either(self) -> Either | None:
        """The either/or that is open."""
        return self.eithers[-1] if self.eithers and self.eithers[-1].outcome is None else None


class Flag(Shape):
    """Say that a statement is not clear, or take it back."""

    statement: Id


class PutBallot(Shape):
    """Replace one's whole order; `order` holds all the others, best first."""

    discard: Id | None = None
    order: Annotated[tuple[Id, ...], Field(max_length=MOST)]


class Done(Shape):
    """Say that one is done, or take it back."""

    done: bool


class SayWhy(Shape):
    """Say, in private until all are shown together, why one would discard one's own choice."""

    reason: Note


class ShowList(Shape):
    """At a table of two: agree that both see both lists, or take it back while the other has not agreed."""

    show: bool


class Clarify(Shape):
    """Explain a statement to everyone; an empty text takes the explanation away."""

    statement: Id
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class NominateDiscard(Shape):
    """Propose a statement to discard, with a reason; everyone answers the check on it."""

    statement: Id
    reason: Note = ""


class WithdrawProposal(Shape):
    """Take back a proposal that nobody has answered yet, by who made it."""

    proposal: Annotated[str, StringConstraints(max_length=20)]


class AskEither(Shape):
    """Put a private either/or between two statements to the table."""

    a: Id
    b: Id


class AnswerEither(Shape):
    """Choose between the two, in private. `either` names the question that was on the screen."""

    choice: Id
    either: Number = None


class DrawLots(Shape):
    """Let lots decide an either/or that came out even."""


class Place(Shape):
    """Put a statement on a place of the board, 1 the best; None puts it back into the tray."""

    statement: Id
    position: Position = None


class Undo(Shape):
    """Take back the table's latest move on the board."""


class MakeLink(Shape):
    """Link two statements as nearly the same or as pulling apart."""

    a: Id
    b: Id
    relation: Literal["alike", "apart"]
    note: Note = ""


class Unlink(Shape):
    """Take a link away."""

    link: Annotated[str, StringConstraints(max_length=20)]


def listed(value: Any) -> Any:
    """Take the one value that a form sends for a list of one."""
    return (value,) if isinstance(value, str) else value


class MarkTop(Shape):
    """Mark, in private, the statements one stands behind."""

    statements: Annotated[tuple[Id, ...], BeforeValidator(listed), Field(max_length=MOST)]


class PlaceTop(Shape):
    """Put a statement on one of the top places, 1 the best; `joint` shares the place. None takes it out."""

    statement: Id
    position: Position = None
    joint: bool = False


class CheckAgain(Shape):
    """Put the amended list to the check again."""


def plain_ending(value: Any) -> Any:
    """Read an ending as it is said or written: "agreed with reservations", "all-but-one", "not agreed"."""
    if not isinstance(value, str):
        return value
    name = value.strip().lower().replace("-", "_").replace(" ", "_")
    return {
        "reservations": "with_reservations",
        "agreed_with_reservations": "with_reservations",
        "all_but_one_place": "all_but_one",
        "all_but_one_place_agreed": "all_but_one",
    }.get(name, name)


class End(Shape):
    """Choose how a list ends that two checks have not carried; `position` is the place that stays open."""

    ending: Annotated[EndingName, BeforeValidator(plain_ending)]
    position: Position = None
    note: Note = ""


class Hide(Shape):
    """Hide an entry from everyone, or show it again."""

    entry: Annotated[str, StringConstraints(max_length=20)]
    hidden: bool = True
