"""The contract of an activity: a frozen value made of functions, and the shapes they exchange.

Law: an activity sees only what it is handed. A seat's scene holds that seat's own answer and nobody else's.
"""

import secrets
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from app import disclosure
from app.errors import Phrase

Slot = Literal["bar", "main", "said", "side", "foot"]
By = Literal["seat", "trainer"]
Changes = Literal["answer", "board"]


class Shape(BaseModel):
    """Something kept as JSON or sent as a move: frozen, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AnswerShape(Shape):
    """What one seat holds. `done` is the seat's own word, and can be taken back.

    `paper`: the trainer entered it from paper.
    """

    version: int = 1
    done: bool = False
    paper: bool = False


class BoardShape(Shape):
    """What a table holds together."""

    version: int = 1


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a screen that is swapped by its id: `template` has one root with that id, drawn from `view`.

    `view` is compared to see whether the region changed, so it must be hashable and hold all that the template shows.
    """

    id: str
    template: str
    view: Hashable
    slot: Slot = "main"


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a step. `private`: each seat works alone and says when it is done. No `minutes`: no clock."""

    name: str
    title: str
    minutes: int
    private: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What one seat holds, or held as its phase closed; `here` is False after two minutes away.

    Only `reveal`, `room` and what works on a `Gathering` read these.
    """

    seat: int
    agency: str | None
    answer: Any
    here: bool = True


@dataclass(frozen=True, slots=True)
class Gathering:
    """A table at one moment, within the change: its board, what its seats hold, and what was kept of closed phases.

    Law: whatever goes from here to the board is seen by all at the table, so only what `disclosure` allows goes.
    """

    setup: Any
    phase: str
    rule: str
    board: Any
    seats: tuple[Given, ...]
    kept: Mapping[str, tuple[Given, ...]]


def nothing_to_gather() -> Gathering:
    """Stand in where a move is made without a table."""
    raise RuntimeError("this move was made without its table")


@dataclass(frozen=True, slots=True)
class Turn:
    """What a move is made on: who makes it, in which phase, and what it would change.

    `board` reads its table's board and `gather` the whole table; `draw` draws a lot, 0 … n-1. `rule` is the step's.
    """

    setup: Any
    phase: str
    seat: int | None
    content: Any
    rule: str = "all-at-3"
    board: Callable[[], Any] = nothing_to_gather
    gather: Callable[[], Gathering] = nothing_to_gather
    draw: Callable[[int], int] = secrets.randbelow


@dataclass(frozen=True, slots=True)
class Move:
    """A change to an answer or a board, sent by name. `apply` returns the new content or raises a Refusal.

    `late` are further phases in which it is open to a seat that has nothing kept from the table's private phases.
    `settles`: once it is made, `Activity.settle` looks whether it was the last that the table waited for.
    `for_seat`: the trainer may make it for a seat, from what somebody has written on paper. `adds`: it stands beside
    what others do, so a board that has changed since it was seen does not make it stale.
    """

    name: str
    shape: type[Shape]
    by: By
    changes: Changes
    phases: frozenset[str]
    apply: Callable[[Turn, Any], Any]
    late: frozenset[str] = frozenset()
    settles: bool = False
    for_seat: bool = False
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """How what a seat has written on paper is entered.

    `form` says what can be entered in a phase at a table's board, None for nothing; `template` draws it. `read` gives
    the moves that a filled-in form comes to, by name and fields; a Refusal says what of it cannot be read.
    """

    template: str
    form: Callable[[Any, str, Any], Any]
    read: Callable[[Any, str, Mapping[str, str]], tuple[tuple[str, dict[str, Any]], ...]]


@dataclass(frozen=True, slots=True)
class Person:
    """Who sits at a table, as the others there may see it: no name."""

    seat: int
    place: int
    agency: str
    here: bool


@dataclass(frozen=True, slots=True)
class SeatScene:
    """All that one seat's page may draw on.

    `revealed` holds, by closed private phase, what `reveal` made for the whole table; `own` what this seat had then.
    `late`: a private phase closed before this seat had said anything. `room`: what `room` made of all tables, if it is
    time. `done` of `seats` have done what the phase asks for. `by_table`: the table moves itself on.
    """

    setup: Any
    phase: str
    seat: int
    place: int
    answer: Any
    answer_version: int
    board: Any
    board_version: int
    revealed: Mapping[str, Any]
    own: Mapping[str, Any]
    done: int
    seats: int
    moves_url: str
    rule: str = "all-at-3"
    by_table: bool = False
    late: bool = False
    people: tuple[Person, ...] = ()
    table: int = 1
    room: Any = None


@dataclass(frozen=True, slots=True)
class TableScene:
    """One table as the desk and the wall may draw on it. `answers` are in no telling order and name nobody."""

    setup: Any
    phase: str
    number: int
    board: Any
    board_version: int
    moves_url: str
    revealed: Mapping[str, Any]
    answers: tuple[Any, ...]
    done: int
    seats: int
    rule: str = "all-at-3"
    by_table: bool = False
    people: tuple[Person, ...] = ()


def most(path: Sequence[str], *groups: Sequence[str]) -> str | None:
    """Find the phase that most tables at work are in; of two, the earlier one, so that nobody is left behind.

    `groups` are the phases of tables, those that count most first. The last phase leads only once none is on its way.

    >>> most("abc", "ccb"), most("abc", "c", "ca"), most("abc", "bba", "bbaaa"), most("abc", "cc"), most("abc", "")
    ('b', 'a', 'b', 'c', None)
    """
    on_the_way = ([name for name in group if name != path[-1]] for group in groups)
    phases = next((names for names in (*on_the_way, *groups) if names), ())
    order = {name: place for place, name in enumerate(path)}
    return max(set(phases), key=lambda name: (phases.count(name), -order.get(name, 0)), default=None)


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


@dataclass(frozen=True, slots=True)
class TextRight:
    """What somebody may do with a shared text now, and what stands in it when it is begun."""

    may: Literal["none", "read", "write"] = "none"
    seed: str = ""


def may_join(board: Any, shown: int, joining: int) -> bool:
    """Say whether further answers may join those that were revealed, whatever the board has shown of these."""
    return disclosure.may_join(shown, joining)


def whole_answer(answer: Any, board: Any) -> dict[str, Any]:
    """Write a kept answer as plain data."""
    plain: dict[str, Any] = answer.model_dump(mode="json")
    return plain


@dataclass(frozen=True, slots=True)
class Activity:
    """One kind of activity, whole. Everything that is particular to it is in its folder."""

    kind: str
    title: str
    Setup: type[Shape]
    Answer: type[AnswerShape]
    Board: type[BoardShape]
    phases: tuple[Phase, ...]
    moves: tuple[Move, ...]
    skips: Callable[[Any], frozenset[str]]
    start_answer: Callable[[Any], AnswerShape]
    start_board: Callable[[Any], BoardShape]
    # How a table goes on: what entering a phase does to its board, what the last answer it waited for does, what
    # going back from its end does, whether it has what the phase is for, and whether one seat has; and what is left
    # of an answer when its seat goes to another table.
    enter: Callable[[Gathering], BoardShape]
    settle: Callable[[Gathering], BoardShape]
    reopen: Callable[[Gathering], BoardShape]
    ready: Callable[[Any, str, Any], bool]
    has_done: Callable[[str, Any, Any], bool]
    leave: Callable[[Any], AnswerShape]
    # What becomes of private answers: `reveal` a table's kept ones, beside what `leaves_out` takes from its board.
    reveal: Callable[[Any, str, tuple[Given, ...], Any], Any]
    leaves_out: Callable[[Any], Hashable]
    room: Callable[[Any, tuple[TableScene, ...], tuple[tuple[Given, ...], ...]], Any]
    seat_words: Callable[[Any, str, Any], Words]
    wall_words: Callable[[Any, str], Words]
    seat: Callable[[SeatScene], tuple[Region, ...]]
    fact: Callable[[TableScene], Fact]
    cues: Callable[[TableScene], tuple[Cue, ...]]
    desk: Callable[[tuple[TableScene, ...]], tuple[Region, ...]]
    wall: Callable[[tuple[TableScene, ...], Any], tuple[Region, ...]]
    record: Callable[[TableScene], dict[str, Any]]
    from_item: Callable[[Mapping[str, Any]], dict[str, Any]]
    from_form: Callable[[Mapping[str, str], Mapping[str, Any] | None], dict[str, Any]]
    # Whether so many answers may join so many that a closed phase has revealed, by what its board has shown of them.
    may_join: Callable[[Any, int, int], bool] = may_join
    # What a named workshop's record has of one seat's kept answer, beside its table's board.
    record_seat: Callable[[Any, Any], dict[str, Any]] = whole_answer
    # Whether an answer has anything in it that its reveal counts, and how answers come in from paper.
    says: Callable[[Any], bool] = bool
    paper: Paper | None = None

    def move(self, name: str) -> Move | None:
        """Find a move by its name."""
        return next((move for move in self.moves if move.name == name), None)

    def phase(self, name: str) -> Phase | None:
        """Find a phase by its name."""
        return next((phase for phase in self.phases if phase.name == name), None)

    def path(self, setup: Any) -> tuple[Phase, ...]:
        """List the phases that this setup goes through, in order."""
        skipped = self.skips(setup)
        return tuple(phase for phase in self.phases if phase.name not in skipped)
