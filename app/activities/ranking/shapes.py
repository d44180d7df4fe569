"""What the ranking activity keeps and takes: its setup, answer, board and moves."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from app.activities.base import AnswerShape, BoardShape, Shape

Id = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]
StatementText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]

FEWEST, MOST = 3, 30


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


class Answer(AnswerShape):
    """What one seat holds: which statements are not clear to it, and its ballot once it has touched the list."""

    unclear: tuple[str, ...] = ()
    ballot: Ballot | None = None


class Clarification(Shape):
    """What the trainer said about a statement, to everyone."""

    statement: str
    text: str


class Board(BoardShape):
    """What a table holds together."""

    clarifications: tuple[Clarification, ...] = ()


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


class Clarify(Shape):
    """Explain a statement to everyone; an empty text takes the explanation away."""

    statement: Id
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
