"""Shared texts made plain: frozen when they are locked, kept as versions, restored, and all that stays after closing.

Law: freezing takes the document's lock, so what was acknowledged before is in it and nothing comes after.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from app.db import NoChange
from app.errors import N_, NotFound
from app.texts import documents
from app.texts.models import SharedText, TextVersion
from app.texts.service import UPDATE, Key, begin, find, lock, stored, texts_of
from app.workshops.models import Step, Table, Workshop

VERSION = TextVersion.__table__  # type: ignore[attr-defined]  # SQLModel makes it


def flatten(session: Session, key: Key) -> str:
    """Read a text as it is now; one that nobody has begun is empty."""
    row = find(session, key)
    return "" if row is None else _plain(session, row)


def freeze(session: Session, key: Key, now: datetime) -> str:
    """Close a text, keep it as a version and give it in plain; what comes later is refused."""
    begin(session, key, "")
    row = lock(session, key)
    plain = _plain(session, row)
    if row.is_open:
        row.is_open = False
        session.add(row)
        _keep(session, row, plain, "frozen", now)
    return plain


def thaw(session: Session, key: Key) -> None:
    """Open a frozen text again; its versions stay."""
    row = lock(session, key)
    row.is_open = True
    session.add(row)
    session.flush()


def versions(session: Session, key: Key) -> list[TextVersion]:
    """List what was kept of a text, the oldest first."""
    row = find(session, key)
    if row is None:
        return []
    wanted = select(TextVersion).where(col(TextVersion.text_id) == row.id).order_by(col(TextVersion.number))
    return list(session.scalars(wanted))


def restore(session: Session, key: Key, number: int, now: datetime) -> tuple[int, int]:
    """Bring an earlier version back, and keep what it replaces; gives the text's id and its number.

    It is a change like others: who is writing sees it come, and may go on from it.
    """
    row = lock(session, key)
    wanted = session.get(TextVersion, (row.id, number))
    if wanted is None:
        raise NotFound(N_("There is no such version of this text."))
    held = stored(session, row)
    made = documents.rewritten(held.snapshot, held.updates, wanted.content)
    if made is None:
        raise NoChange((held.id, held.number))
    _keep(session, row, documents.flatten(held.snapshot, held.updates), "restored", now)
    row.number = held.number + 1
    session.add(row)
    session.flush()
    session.connection().execute(UPDATE.insert(), {"text_id": row.id, "number": row.number, "content": made})
    return held.id, row.number


def close(session: Session, workshop: Workshop) -> None:
    """Make all texts of a workshop plain, and delete how they came about: updates, deletions, times."""
    closed_at = workshop.closed_at
    if closed_at is None:
        raise ValueError("texts are made plain for good only when a workshop closes")
    rows = texts_of(session, workshop)
    for row in rows:
        plain = _plain(session, row)
        _keep(session, row, plain, "closed", closed_at)
        # The same words as one piece, written by nobody.
        row.snapshot, row.compacted, row.is_open = documents.seeded(plain), row.number, False
        session.add(row)
    session.flush()
    ids = [row.id for row in rows]
    connection = session.connection()
    connection.execute(delete(UPDATE).where(UPDATE.c.text_id.in_(ids)))
    connection.execute(update(VERSION).where(VERSION.c.text_id.in_(ids)).values(made_at=closed_at))
    session.expire_all()


class Kept:
    """The shared texts of a table, or of the whole room, within a change: what rules freeze and open again.

    Without a `now`, as where people only come and go, nothing can be frozen.
    """

    def __init__(self, session: Session, step_id: int, table_id: int | None, now: datetime | None) -> None:
        self._session = session
        self._step_id = step_id
        self._table_id = table_id
        self._now = now

    def freeze(self, name: str) -> str:
        """Close a text, keep it as a version and give it in plain; what is written later is refused."""
        if self._now is None:
            raise ValueError("a text is frozen at a time")
        return freeze(self._session, self._key(name), self._now)

    def thaw(self, name: str) -> None:
        """Open a text again; one that nobody has begun stays as it is."""
        key = self._key(name)
        if find(self._session, key) is not None:
            thaw(self._session, key)

    def _key(self, name: str) -> Key:
        workshop_id = self._session.get_one(Step, self._step_id).workshop_id
        number = 0 if self._table_id is None else self._session.get_one(Table, self._table_id).number
        return Key(workshop_id, self._step_id, number, name)


def _plain(session: Session, row: SharedText) -> str:
    held = stored(session, row)
    return documents.flatten(held.snapshot, held.updates)


def _keep(session: Session, row: SharedText, plain: str, why: str, now: datetime) -> None:
    kept: Iterable[int | None] = session.scalars(
        select(func.max(col(TextVersion.number))).where(col(TextVersion.text_id) == row.id)
    )
    number = next(iter(kept)) or 0
    if row.id is None:
        raise ValueError("a text that is not stored")
    session.add(TextVersion(text_id=row.id, number=number + 1, content=plain, why=why, made_at=now))
    session.flush()
