"""What is done to shared texts within a transaction: begun, read, added to, compacted.

Law: an update has a number of its own, given under the document's lock; who has all up to a number has everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlmodel import Session, col

from app.db import NoChange
from app.errors import N_, Closed, NotFound
from app.prepared import Prepared
from app.texts import documents
from app.texts.models import SharedText, TextUpdate
from app.workshops.models import Workshop

TEXT = SharedText.__table__  # type: ignore[attr-defined]  # SQLModel makes it
UPDATE = TextUpdate.__table__  # type: ignore[attr-defined]

# Two who open a text at once begin it once.
BEGIN = text(
    "INSERT INTO shared_text"
    " (workshop_id, step_id, table_number, name, number, compacted, snapshot, is_open)"
    " VALUES (:workshop, :step, :table, :name, 0, 0, :snapshot, true)"
    " ON CONFLICT (step_id, table_number, name) DO NOTHING"
)
# Every keystroke asks these.
TAKE = Prepared(
    text("UPDATE shared_text SET number = number + :more WHERE id = :id AND is_open RETURNING number, compacted")
)
ADD = Prepared(insert(UPDATE))
LATER = select(UPDATE.c.number, UPDATE.c.content).where(
    UPDATE.c.text_id == bindparam("id"), UPDATE.c.number > bindparam("since")
)
IN_ORDER = LATER.order_by(UPDATE.c.number)
MISSED = Prepared(
    select(UPDATE.c.number, UPDATE.c.content)
    .where(
        UPDATE.c.text_id == bindparam("id"),
        UPDATE.c.number > bindparam("since"),
        UPDATE.c.number <= bindparam("most"),
    )
    .order_by(UPDATE.c.number)
)


@dataclass(frozen=True, slots=True)
class Key:
    """Which text: of a step, a table (0 for the whole room) and a name."""

    workshop_id: int
    step_id: int
    table: int
    name: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as it is stored: a snapshot and the updates after it, in order."""

    id: int
    number: int
    is_open: bool
    snapshot: bytes
    updates: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding updates came to: the number of the last, and what others had added meanwhile.

    `behind` tells that those were compacted away, so that the document must be loaded anew.
    """

    number: int
    missed: tuple[bytes, ...] = ()
    behind: bool = False


def find(session: Session, key: Key) -> SharedText | None:
    """Find a document's row."""
    wanted = select(SharedText).where(
        col(SharedText.step_id) == key.step_id,
        col(SharedText.table_number) == key.table,
        col(SharedText.name) == key.name,
    )
    return session.scalars(wanted).one_or_none()


def begin(session: Session, key: Key, seed: str) -> None:
    """Begin a document with a text in it, unless somebody has."""
    asked = {"step": key.step_id, "table": key.table, "name": key.name}
    begun = {"workshop": key.workshop_id, "snapshot": documents.seeded(seed)}
    session.connection().execute(BEGIN, asked | begun)


def load(session: Session, key: Key) -> Stored | None:
    """Read a document with all that was added to it; None when nobody has begun it."""
    row = find(session, key)
    return None if row is None else stored(session, row)


def stored(session: Session, row: SharedText) -> Stored:
    """Read the updates that belong to a document's row."""
    found = _updates(session, row)
    if len(found) < row.number - row.compacted:
        # They were compacted between the two readings.
        session.refresh(row, with_for_update=True)
        found = _updates(session, row)
    number = found[-1][0] if found else row.compacted
    return Stored(row.id or 0, number, row.is_open, row.snapshot, tuple(content for _, content in found))


def _updates(session: Session, row: SharedText) -> list[tuple[int, bytes]]:
    rows = session.connection().execute(IN_ORDER, {"id": row.id, "since": row.compacted})
    return [(one.number, one.content) for one in rows]


def add(session: Session, text_id: int, since: int, updates: Sequence[bytes]) -> Added:
    """Add updates to a document of which the caller has all up to `since`; a frozen one takes none."""
    connection = session.connection()
    row = TAKE.one(connection, {"id": text_id, "more": len(updates)})
    if row is None:
        raise Closed(N_("This text is closed, so nothing more can be written in it."))
    number, compacted = int(row[0]), int(row[1])
    first = number - len(updates)
    missed: tuple[bytes, ...] = ()
    if first > since >= compacted:
        rows = MISSED.all(connection, {"id": text_id, "since": since, "most": first})
        missed = tuple(one.content for one in rows)
    for place, content in enumerate(updates, first + 1):
        ADD.run(connection, {"text_id": text_id, "number": place, "content": content})
    return Added(number, missed, behind=first > since and since < compacted)


def look(session: Session, text_id: int, since: int) -> Added | None:
    """Read what was added to a document after `since`; None when nothing was, or it is gone."""
    row = session.get(SharedText, text_id)
    if row is None or row.number == since:
        return None
    if not since or since < row.compacted or row.number < since:
        return Added(row.number, behind=True)
    rows = session.connection().execute(IN_ORDER, {"id": text_id, "since": since}).all()
    return Added(rows[-1].number if rows else since, tuple(one.content for one in rows))


def stand(session: Session, text_ids: Sequence[int]) -> dict[int, tuple[int, bool]]:
    """Read how many updates each of these documents has, and whether it is open; those that are gone are left out."""
    wanted = select(TEXT.c.id, TEXT.c.number, TEXT.c.is_open).where(TEXT.c.id.in_(text_ids))
    return {row.id: (row.number, row.is_open) for row in session.connection().execute(wanted)}


def compact(session: Session, text_id: int, number: int, snapshot: bytes) -> None:
    """Put a snapshot of all updates up to a number in their place, unless there is a newer one."""
    connection = session.connection()
    told = update(TEXT).where(TEXT.c.id == text_id, TEXT.c.compacted < number, TEXT.c.number >= number)
    if connection.execute(told.values(snapshot=snapshot, compacted=number)).rowcount != 1:
        raise NoChange(None)
    connection.execute(delete(UPDATE).where(UPDATE.c.text_id == text_id, UPDATE.c.number <= number))


def lock(session: Session, key: Key) -> SharedText:
    """Find a document's row and hold it until the transaction is over."""
    row = find(session, key)
    if row is None:
        raise NotFound(N_("There is no such text."))
    session.refresh(row, with_for_update=True)
    return row


def texts_of(session: Session, workshop: Workshop) -> list[SharedText]:
    """List a workshop's documents, held until the transaction is over."""
    wanted = select(SharedText).where(col(SharedText.workshop_id) == workshop.id).order_by(col(SharedText.id))
    return list(session.scalars(wanted.with_for_update()))
