"""The record of a workshop: all that any format may hold of it, as JSON holds it and brings it back.

Law: outside *named* workshops it has no name and no single person's answer; before a phase is revealed, nothing of it.
"""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.activities.summary import Version

FORMAT: Literal[2] = 2
"""Which shape a record has. 1 was written before records could be brought back."""


class Kept(BaseModel):
    """A part of a record: frozen, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Agency(Kept):
    """An agency, and how many took part for it, as an export may tell it; None where it may not."""

    id: str
    label: str
    people: str | None = None


class TableCount(Kept):
    """A table, and how many sat there, as an export may tell it."""

    table: int
    people: str


class Outline(Kept):
    """The workshop itself. `opened` and `closed` are days; where only the room is told, nothing is counted by table."""

    title: str
    purpose: str = ""
    language: str = "en"
    disclosure: Literal["named", "confidential", "aggregate"]
    agencies: tuple[Agency, ...] = ()
    no_agency: str | None = None
    people: str
    tables: tuple[TableCount, ...] = ()
    opened: date | None = None
    closed: date | None = None
    review: date | None = None


class StepRecord(Kept):
    """A step: its setup, and what its tables revealed and agreed, each in its kind's own shape.

    `tables` by number; `room` all of them together, once they all have ended; `whole` the room as one table, where
    only the room's figures are told.
    """

    position: int
    kind: str
    title: str
    rule: str = "all-at-3"
    setup: dict[str, Any]
    tables: dict[int, dict[str, Any]] = Field(default_factory=dict)
    room: dict[str, Any] | None = None
    whole: dict[str, Any] | None = None


class PersonAnswer(Kept):
    """What one person had said alone as a phase closed, as the kind wrote it."""

    step: int
    phase: str
    answer: dict[str, Any]


class PersonRecord(Kept):
    """One person of a named workshop, in the trainer's version."""

    name: str
    agency: str = ""
    table: int
    answers: tuple[PersonAnswer, ...] = ()


class Record(Kept):
    """A workshop's record in one version; `own` is the table it was made for, if for one."""

    format: Literal[2] = FORMAT
    version: Version
    workshop: Outline
    steps: tuple[StepRecord, ...] = ()
    people: tuple[PersonRecord, ...] = ()
    own: int | None = None
