"""The contract of an activity: a frozen value made of functions, and the shapes they exchange.

Law: an activity sees only what it is handed. A seat's scene holds that seat's own answer and nobody else's.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from app.errors import Phrase

Slot = Literal["bar", "main", "said", "side", "foot"]
By = Literal["seat", "trainer"]
Changes = Literal["answer", "board"]


class Shape(BaseModel):
    """Something kept as JSON or sent as a move: frozen, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AnswerShape(Shape):
    """What one seat holds. `done` is the seat's own word, and can be taken back."""

    version: int = 1
    done: bool = False


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
    """A stretch of a step. `private`: each seat works alone and says when it is done."""

    name: str
    title: str
    minutes: int
    private: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """One seat's answer as its phase closed; only `reveal` reads these, and makes what all may see of them."""

    seat: int
    agency: str | None
    answer: Any


@dataclass(frozen=True, slots=True)
class Turn:
    """What a move is made on: who makes it, in which phase, and what it would change."""

    setup: Any
    phase: str
    seat: int | None
    content: Any


@dataclass(frozen=True, slots=True)
class Move:
    """A change to an answer or a board, sent by name. `apply` returns the new content or raises a Refusal."""

    name: str
    shape: type[Shape]
    by: By
    changes: Changes
    phases: frozenset[str]
    apply: Callable[[Turn, Any], Any]


@dataclass(frozen=True, slots=True)
class SeatScene:
    """All that one seat's page may draw on.

    `revealed` holds, by closed private phase, what `reveal` made for the whole table; `own` what this seat had then.
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


@dataclass(frozen=True, slots=True)
class Fact:
    """What a table's card on the desk says: a number, what it counts, and a further line."""

    number: int | None
    text: str
    values: tuple[tuple[str, Hashable], ...] = ()
    note: Hashable = ""

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
    reveal: Callable[[Any, str, tuple[Given, ...]], Any]
    seat_words: Callable[[Any, str], Words]
    wall_words: Callable[[Any, str], Words]
    seat: Callable[[SeatScene], tuple[Region, ...]]
    fact: Callable[[TableScene], Fact]
    desk: Callable[[tuple[TableScene, ...]], tuple[Region, ...]]
    wall: Callable[[tuple[TableScene, ...]], tuple[Region, ...]]
    record: Callable[[TableScene], dict[str, Any]]
    from_item: Callable[[Mapping[str, Any]], dict[str, Any]]
    from_form: Callable[[Mapping[str, str], Mapping[str, Any] | None], dict[str, Any]]

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
