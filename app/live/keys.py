"""Idempotency keys: sending the same move or act again has no second effect."""

import re

from sqlalchemy import Connection, bindparam, insert, or_, select

from app.errors import N_, Unclear
from app.prepared import Prepared
from app.workshops.models import MadeMove

MADE = MadeMove.__table__  # type: ignore[attr-defined]  # SQLModel makes it
KEY = re.compile(r"[A-Za-z0-9_-]{8,80}")

SPENT = Prepared(
    select(MADE.c.version).where(
        or_(MADE.c.maker == bindparam("maker"), MADE.c.maker == bindparam("other")), MADE.c.key == bindparam("key")
    )
)
SPEND = Prepared(insert(MADE))


def read_key(key: str | None) -> str | None:
    """Read the Idempotency-Key header; None where there is none."""
    if key is not None and not KEY.fullmatch(key):
        raise Unclear(N_("This move’s key is not one that we can keep."))
    return key


def spent_at(connection: Connection, makers: tuple[str, ...], key: str | None) -> int | None:
    """Find the version at which one of these one or two makers spent a key; None where it is new."""
    if key is None:
        return None
    wanted = {"maker": makers[0], "other": makers[-1], "key": key}
    row = SPENT.one(connection, wanted)
    return None if row is None else int(row.version)


def spend(connection: Connection, maker: str, key: str | None, workshop_id: int, version: int) -> None:
    """File a key as spent."""
    if key is not None:
        row = {"maker": maker, "key": key, "workshop_id": workshop_id, "version": version}
        SPEND.run(connection, row)
