"""Shared texts as rows: a document, the updates since its snapshot, and the plain texts that were kept of it.

Law: no row says who wrote what.
"""

from datetime import datetime

from sqlalchemy import LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db import UtcDateTime


class SharedText(SQLModel, table=True):
    """One document: its snapshot holds all updates up to `compacted`, and `number` counts those that are stored."""

    __tablename__ = "shared_text"
    __table_args__ = (UniqueConstraint("step_id", "table_number", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    step_id: int = Field(foreign_key="step.id", ondelete="CASCADE")
    table_number: int = Field(description="Whose text it is; 0 for the whole room's.")
    name: str = Field(max_length=80)
    number: int = 0
    compacted: int = 0
    snapshot: bytes = Field(default=b"", sa_type=LargeBinary)
    is_open: bool = Field(default=True, description="Whether it can be written in; a frozen one cannot.")


class TextUpdate(SQLModel, table=True):
    """One change to a document, as it came."""

    __tablename__ = "text_update"

    text_id: int = Field(foreign_key="shared_text.id", primary_key=True, ondelete="CASCADE")
    number: int = Field(primary_key=True)
    content: bytes = Field(sa_type=LargeBinary)


class TextVersion(SQLModel, table=True):
    """A document's plain text as it was kept."""

    __tablename__ = "text_version"

    text_id: int = Field(foreign_key="shared_text.id", primary_key=True, ondelete="CASCADE")
    number: int = Field(primary_key=True, description="From 1.")
    content: str = Field(sa_type=Text)
    why: str = Field(max_length=20, description="frozen, restored or closed.")
    made_at: datetime = Field(sa_type=UtcDateTime)
