"""Idempotency keys: sending the same move or act again has no second effect."""

import re

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session

from app.errors import N_, Unclear
from app.workshops.models import MadeMove

MADE = MadeMove.__table__  # type: ignore[attr-defined]  # SQLModel makes it
KEY = re.compile(r"[A-Za-z0-9_-]{8,80}")

# Written once: to write a statement costs ten times as much as to run it, and every move runs these.
SPENT = select(MADE.c.version).where(
    MADE.c.maker.in_(bindparam("makers", expanding=True)), MADE.c.key == bindparam("key")
)
SPEND = insert(MADE)


def read_key(key: str | None) -> str | None:
    """Read the Idempotency-Key header; None where there is none."""
    if key is not None and not KEY.fullmatch(key):
        raise Unclear(N_("This move’s key is not one that we can keep."))
    return key


def spent_at(session: Session, makers: tuple[str, ...], key: str | None) -> int | None:
    """Find the version at which one of these makers spent a key; None where it is new."""
    if key is None:
        return None
    found: int | None = session.connection().execute(SPENT, {"makers": makers, "key": key}).scalar()
    return found


def spend(session: Session, maker: str, key: str | None, workshop_id: int, version: int) -> None:
    """File a key as spent."""
    if key is not None:
        row = {"maker": maker, "key": key, "workshop_id": workshop_id, "version": version}
        session.connection().execute(SPEND, row)
