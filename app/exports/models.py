"""What taking home keeps: links for participants, files being made, and records brought back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from app.db import UtcDateTime


class SummaryLink(SQLModel, table=True):
    """A link to the participants' page that anybody who has it may read, until it is withdrawn."""

    __tablename__ = "summary_link"

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(unique=True, max_length=64)
    made_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MadeFile(SQLModel, table=True):
    """A file that is being made, or has been: how far it is, and its content until somebody's hour is over.

    `done` of `total` parts; a file that cannot be made says why in `wrong`, a sentence of the catalogue.
    """

    __tablename__ = "made_file"

    id: str = Field(primary_key=True, max_length=64, description="A token that only who asked for it has.")
    workshop_id: int = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    trainer_id: int = Field(foreign_key="trainer.id", index=True, ondelete="CASCADE")
    # What was wished for: {"format": "pdf", "version": "trainer", "language": "en", "paper": "a4"}.
    wish: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    done: int = 0
    total: int = 0
    name: str = Field(default="", max_length=120)
    media_type: str = Field(default="", max_length=100)
    content: bytes | None = None
    wrong: str = Field(default="", max_length=500)
    made_at: datetime = Field(sa_type=UtcDateTime)
    told_at: datetime = Field(sa_type=UtcDateTime, description="When its making last told how far it is.")


class BroughtRecord(SQLModel, table=True):
    """The record that a workshop was brought back from: what is told of it comes from here."""

    __tablename__ = "brought_record"

    workshop_id: int = Field(foreign_key="workshop.id", primary_key=True, ondelete="CASCADE")
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
