"""Trainers' rows: accounts, signed-in devices, one-time links and the audit of what they did."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.db import UtcDateTime


class Trainer(SQLModel, table=True):
    """Somebody with an account, who prepares and runs workshops."""

    __tablename__ = "trainer"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True, max_length=254)
    name: str = Field(default="", max_length=80)
    password_hash: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)


class SignedIn(SQLModel, table=True):
    """One device on which a trainer is signed in; the cookie's token is kept only as a hash."""

    __tablename__ = "signed_in"

    id: int | None = Field(default=None, primary_key=True)
    trainer_id: int = Field(foreign_key="trainer.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(unique=True, max_length=64)
    device: str = Field(default="", max_length=120)
    by_link: bool = Field(default=False, description="Came by a one-time link, so may set a password without the old.")
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class SignInLink(SQLModel, table=True):
    """A link that signs a trainer in once; the token is kept only as a hash."""

    __tablename__ = "sign_in_link"

    token_hash: str = Field(primary_key=True, max_length=64)
    trainer_id: int = Field(foreign_key="trainer.id", index=True, ondelete="CASCADE")
    goes_to: str = Field(default="/trainer", max_length=200)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class Act(SQLModel, table=True):
    """One line of the audit: a trainer's act, without any content of answers."""

    __tablename__ = "act"

    id: int | None = Field(default=None, primary_key=True)
    trainer_id: int | None = Field(default=None, foreign_key="trainer.id", ondelete="SET NULL")
    workshop_id: int | None = Field(default=None, index=True)
    what: str = Field(max_length=80)
    at: datetime = Field(sa_type=UtcDateTime)
