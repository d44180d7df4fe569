"""A rehearsal's copy: made, found, ended, swept away.

Law: robots only ever hold the code of a copy, so their answers never mix with those of people.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from app.accounts.models import Trainer
from app.accounts.service import known
from app.errors import N_, Closed, Phrase
from app.web.templates import say
from app.web.wording import TITLE_LIMIT
from app.workshops.find import id_of, tables_of
from app.workshops.models import Seat, Workshop
from app.workshops.service import change_workshop, copy_workshop, details_of, edition, open_workshop

MOST_TABLES = 10
MOST_ROBOTS = 50
FEWEST_AT_A_TABLE = 3
KEPT = timedelta(days=1)


def begin(session: Session, workshop: Workshop, trainer: Trainer, now: datetime, key: bytes) -> Workshop:
    """Copy a workshop for robots and open it; a rehearsal rehearsed again is a copy of the same workshop."""
    original = session.get(Workshop, workshop.rehearsal_of) if workshop.rehearsal_of else None
    source = original or workshop
    title = source.title if source.rehearsal else titled(source)
    copy = copy_workshop(session, source, title, now, key, trainer_id=known(trainer))
    copy.rehearsal, copy.rehearsal_of = True, id_of(source)
    told = details_of(session, copy)
    if told.tables > MOST_TABLES:
        change_workshop(session, copy, replace(told, tables=MOST_TABLES), edition(session, copy))
    open_workshop(session, copy, now)
    session.flush()
    return copy


def titled(workshop: Workshop) -> str:
    """Name a rehearsal in its workshop's language."""
    return say(workshop.language, Phrase(N_("Rehearsal: {title}"), {"title": workshop.title}))[:TITLE_LIMIT]


def seats_for(session: Session, workshop: Workshop) -> tuple[int, int]:
    """Say how many tables there are, and how many robots sit at each."""
    tables = tables_of(session, id_of(workshop))
    return len(tables), max(FEWEST_AT_A_TABLE, min(tables[0].places, MOST_ROBOTS // len(tables)))


def running_of(session: Session, trainer_id: int) -> list[int]:
    """Find a trainer's rehearsals that are open."""
    wanted = select(Workshop.id).where(
        Workshop.trainer_id == trainer_id, col(Workshop.rehearsal), col(Workshop.closed_at).is_(None)
    )
    return [found for found in session.exec(wanted) if found is not None]


def is_rehearsal(workshop: Workshop) -> Workshop:
    """Take a workshop that is a rehearsal and goes on; refuse any other, as robots have no place there."""
    if not workshop.rehearsal or workshop.closed_at is not None:
        raise Closed(N_("There are robots in rehearsals only, as long as they are open."))
    return workshop


def sweep(session: Session, now: datetime) -> None:
    """Delete rehearsals of more than a day ago with all that robots said."""
    old = select(Workshop.id).where(col(Workshop.rehearsal), col(Workshop.created_at) < now - KEPT)
    found = [one for one in session.exec(old) if one is not None]
    if found:
        session.execute(delete(Seat).where(col(Seat.workshop_id).in_(found)))
        session.execute(delete(Workshop).where(col(Workshop.id).in_(found)))
