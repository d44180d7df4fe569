"""The contract of an activity: a frozen value made of functions, and the shapes they exchange.

Law: an activity sees only what it is handed. A seat's scene holds that seat's own answer and nobody else's.
"""

import secrets
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict

from app import disclosure
from app.activities.summary import Part, Telling, nothing_yet
from app.activities.telling import Cue, Fact, Words

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


class Texts(Protocol):
    """The shared texts of a table, within a change: by their names, as the kind has given them."""

    def freeze(self, name: str) -> str:
        """Close a text, keep it as a version and give it in plain; what is written later is refused."""

    def thaw(self, name: str) -> None:
        """Open a text again; one that nobody has begun stays as it is."""


class NoTexts:
    """Stands in where a table has no shared texts at hand."""

    def freeze(self, name: str) -> str:
        """Refuse: there is nothing to freeze."""
        raise RuntimeError("no shared texts are at hand here")

    def thaw(self, name: str) -> None:
        """Refuse: there is nothing to open."""
        raise RuntimeError("no shared texts are at hand here")


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
    texts: Texts = field(default_factory=NoTexts)


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
    texts: Texts = field(default_factory=NoTexts)


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
    """Who sits at a table, as the others there may see it: no name. `agency` is its label, `agency_id` its id."""

    seat: int
    place: int
    agency: str
    here: bool
    agency_id: str | None = None
    table: int = 1


@dataclass(frozen=True, slots=True)
class SeatScene:
    """All that one seat's page may draw on.

    `revealed` holds, by closed private phase, what `reveal` made for the whole table; `own` what this seat had then.
    `late`: a private phase closed before this seat had said anything. `room`: what `room` made of all tables, if it is
    time. `done` of `seats` have done what the phase asks for. `by_table`: the table moves itself on. `agency` is the
    seat's own, by its id. A text’s address is `texts_url`, a slash and its name. `table` 0 is the room.
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
    agency: str | None = None
    texts_url: str = ""


@dataclass(frozen=True, slots=True)
class TableScene:
    """One table as the desk and the wall may draw on it; number 0 is the whole room, where it has one board together.

    `answers` are in no telling order and name nobody.
    """

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
    texts_url: str = ""


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
class Asking:
    """Somebody who asks for a shared text by its name: a seat with its answer, or None for the desk or the wall."""

    setup: Any
    phase: str
    board: Any
    name: str
    seat: Given | None = None


@dataclass(frozen=True, slots=True)
class TextRight:
    """What somebody may do with a shared text now, and what stands in it when it is begun."""

    may: Literal["none", "read", "write"] = "none"
    seed: str = ""


def may_join(board: Any, shown: int, joining: int) -> bool:
    """Say whether further answers may join those that were revealed, whatever the board has shown of these."""
    return disclosure.may_join(shown, joining)


def no_text(asking: Asking) -> TextRight:
    """Give nobody a shared text."""
    return TextRight()


def as_it_was(setup: Any, board: Any, name: str) -> Any:
    """Leave a board as it was when a shared text is begun."""
    return board


def its_name(setup: Any, name: str) -> str:
    """Call a text by its name."""
    return name


def board_of(gathering: Gathering) -> Any:
    """Leave a board as it is when its workshop closes."""
    return gathering.board


def to_all(setup: Any, phase: str, revealed: Any, seat: Given | None) -> Any:
    """Show everybody at the table all that a reveal made."""
    return revealed


def by_tables(setup: Any) -> bool:
    """Give each table a board of its own."""
    return False


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
    # Taking it home: what is kept of one table, and `room(…).record(tables=…)` of all, as shapes that JSON holds and
    # brings back; and what a summary tells, made from these alone.
    record: Callable[[TableScene], Any]
    from_item: Callable[[Mapping[str, Any]], dict[str, Any]]
    from_form: Callable[[Mapping[str, str], Mapping[str, Any] | None], dict[str, Any]]
    # Whether so many answers may join so many that a closed phase has revealed, by what its board has shown of them.
    may_join: Callable[[Any, int, int], bool] = may_join
    Record: type[Shape] = Shape
    RoomRecord: type[Shape] = Shape
    summary: Callable[[Telling], Part] = nothing_yet
    # What of a table's record only those who sit there and the trainer read: names of fields that have defaults, with
    # a dot for what is within them.
    inner: frozenset[str] = frozenset()
    # What a named workshop's record has of one seat's kept answer, beside its table's board.
    record_seat: Callable[[Any, Any], dict[str, Any]] = whole_answer
    # Whether an answer has anything in it that its reveal counts, and how answers come in from paper.
    says: Callable[[Any], bool] = bool
    paper: Paper | None = None
    # What is written together: who may write and read which text, what it is called, what its first words do to the
    # board, and what of the texts goes to the board as the workshop closes. Rules freeze and open them through `texts`.
    text: Callable[[Asking], TextRight] = no_text
    text_title: Callable[[Any, str], str] = its_name
    wrote: Callable[[Any, Any, str], BoardShape] = as_it_was
    conclude: Callable[[Gathering], BoardShape] = board_of
    # What of a reveal one seat may see; None for the desk and the wall. And whether the room has one board together.
    narrow: Callable[[Any, str, Any, Given | None], Any] = to_all
    is_room: Callable[[Any], bool] = by_tables

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
