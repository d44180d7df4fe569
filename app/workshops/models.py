"""A workshop's rows: its agenda of steps, its tables and seats, their answers and boards.

Law: every answer and board carries the workshop version at which it last changed.
"""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import JSON, Index, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from app.db import UtcDateTime

# What rows of before a column was added hold in it.
FALSE = {"server_default": false()}
Disclosure = Literal["named", "confidential", "aggregate"]


class Workshop(SQLModel, table=True):
    """One gathering with a join code. Not yet open without `opened_at`, over with `closed_at`."""

    __tablename__ = "workshop"

    id: int | None = Field(default=None, primary_key=True)
    trainer_id: int = Field(foreign_key="trainer.id", index=True, ondelete="CASCADE")
    version: int = Field(default=0, description="Bumped first by every change; only app.db does it.")
    title: str = Field(max_length=200)
    purpose: str = Field(default="", max_length=2000)
    # [{"id": "health", "label": "Health"}, …]: the agencies people may speak for.
    agencies: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    disclosure: str = Field(default="confidential", max_length=20, description="A value of Disclosure.")
    joins: str = Field(default="mixed", max_length=20, description="mixed: tables are given; chosen: people choose.")
    language: str = Field(default="en", max_length=5)
    # The code itself is derived from the secret key, id and turn; only its peppered hash is kept, for finding it.
    code_hash: str = Field(unique=True, max_length=64)
    code_turn: int = Field(default=0, description="Raised to rotate the code, the QR token and the wall key.")
    live_step_id: int | None = Field(default=None, description="The step under way; None before the first.")
    wall_blank: bool = False
    message: str = Field(default="", max_length=500, description="The trainer's word to everybody.")
    locked: bool = Field(default=False, sa_column_kwargs=FALSE, description="Nobody new can join.")
    # A rehearsal is a copy to try things on: its answers never mix with those of people.
    rehearsal: bool = Field(default=False, sa_column_kwargs=FALSE)
    rehearsal_of: int | None = Field(default=None, foreign_key="workshop.id", index=True, ondelete="SET NULL")
    review_on: date | None = Field(default=None, description="When people come back to what was agreed.")
    seat_limit: int = 300
    created_at: datetime = Field(sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CoTrainer(SQLModel, table=True):
    """A further trainer who leads a workshop; only its own may name co-trainers, close it and delete it."""

    __tablename__ = "co_trainer"

    workshop_id: int = Field(foreign_key="workshop.id", primary_key=True, ondelete="CASCADE")
    trainer_id: int = Field(foreign_key="trainer.id", primary_key=True, index=True, ondelete="CASCADE")


class Step(SQLModel, table=True):
    """One activity placed on a workshop's agenda."""

    __tablename__ = "step"

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    position: int
    kind: str = Field(max_length=20)
    title: str = Field(max_length=200)
    setup: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    # {"solo": 6, …}: minutes a phase is meant to take; phases that are not named take the kind's own.
    minutes: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    rule: str = Field(default="all-at-3", max_length=20, description="When a check passes.")
    moved_by: str = Field(default="trainer", max_length=20, description="trainer, or table: each moves itself.")


class Table(SQLModel, table=True):
    """A small group within a workshop."""

    __tablename__ = "workshop_table"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    number: int
    places: int = Field(default=5, description="How many seats the trainer expects.")


class Seat(SQLModel, table=True):
    """One participant's place; held by a cookie, or by its seat code on another device."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("workshop_id", "code_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    table_id: int = Field(foreign_key="workshop_table.id", index=True)
    number: int = Field(description="Within its table, from 1.")
    name: str = Field(max_length=80)
    agency: str | None = Field(default=None, max_length=40, description="An id of the workshop's agencies.")
    token_hash: str = Field(unique=True, max_length=64)
    code_hash: str = Field(max_length=64)
    here: bool = Field(default=True, description="Seen within the last two minutes, as all screens were last told.")
    joined_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SeatDevice(SQLModel, table=True):
    """A further device of a seat, let in by the seat code."""

    __tablename__ = "seat_device"

    token_hash: str = Field(primary_key=True, max_length=64)
    seat_id: int = Field(foreign_key="seat.id", index=True, ondelete="CASCADE")


class Answer(SQLModel, table=True):
    """What one seat holds within a step: private until its phase is revealed."""

    __tablename__ = "answer"
    __table_args__ = (Index("ix_answer_workshop_id_version", "workshop_id", "version"),)

    step_id: int = Field(foreign_key="step.id", primary_key=True, ondelete="CASCADE")
    seat_id: int = Field(foreign_key="seat.id", primary_key=True, ondelete="CASCADE")
    workshop_id: int = Field(foreign_key="workshop.id", ondelete="CASCADE")
    version: int = 0
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class Board(SQLModel, table=True):
    """What a table holds together within a step, and the phase it is in."""

    __tablename__ = "board"
    __table_args__ = (Index("ix_board_workshop_id_version", "workshop_id", "version"),)

    step_id: int = Field(foreign_key="step.id", primary_key=True, ondelete="CASCADE")
    table_id: int = Field(foreign_key="workshop_table.id", primary_key=True, ondelete="CASCADE")
    workshop_id: int = Field(foreign_key="workshop.id", ondelete="CASCADE")
    version: int = 0
    phase: str = Field(max_length=20)
    since: datetime = Field(sa_type=UtcDateTime, description="When the table entered the phase.")
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime, description="The timer's deadline.")
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    # The private answers as their phase closed: {"solo": [{"seat": 3, "agency": "health", "answer": {…}}, …]}.
    frozen: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class MadeMove(SQLModel, table=True):
    """An idempotency key that has been spent: sending the same move again has no second effect."""

    __tablename__ = "made_move"

    maker: str = Field(primary_key=True, max_length=40, description="seat:12 or trainer:3.")
    key: str = Field(primary_key=True, max_length=80)
    workshop_id: int = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    version: int


class Lease(SQLModel, table=True):
    """Until when a seat counts as here; every worker that hears from it renews it."""

    __tablename__ = "lease"

    seat_id: int = Field(foreign_key="seat.id", primary_key=True, ondelete="CASCADE")
    workshop_id: int = Field(index=True)
    until: datetime = Field(sa_type=UtcDateTime)


class WrongGuess(SQLModel, table=True):
    """How many wrong join codes were typed in an hour, over all addresses."""

    __tablename__ = "wrong_guess"

    hour: int = Field(primary_key=True, description="Hours since 1970.")
    count: int = 0
