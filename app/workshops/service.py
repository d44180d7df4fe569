"""A workshop's life: made, changed, copied, opened, closed, deleted.

Law: what people were told when they joined stays: the disclosure mode is fixed at opening.
"""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from app.errors import N_, Closed, Stale, Unclear
from app.typed import clean_text
from app.web.wording import NAME_LIMIT, lines, title
from app.workshops import choices, codes
from app.workshops.agenda import add_step, change_step, drop_step, move_step
from app.workshops.find import id_of, seats_of, steps_of, tables_of
from app.workshops.leaving import left
from app.workshops.models import Seat, Step, Table, Workshop
from app.workshops.seats import rejoin, remove_seat, take_seat
from app.workshops.unlink import CLOSING, unlink

__all__ = [
    "add_step",
    "change_step",
    "change_workshop",
    "close_workshop",
    "copy_workshop",
    "create_workshop",
    "delete_workshop",
    "drop_step",
    "move_step",
    "open_workshop",
    "rejoin",
    "remove_seat",
    "take_seat",
]

PURPOSE_LIMIT = 2000
MOST_TABLES = 40
MOST_PLACES = 30
MOST_AGENCIES = 30


@dataclass(frozen=True, slots=True)
class Details:
    """What a trainer says of a workshop as a whole; agencies by their labels."""

    title: str
    agencies: tuple[str, ...] = ()
    tables: int = 3
    places: int = 5
    joins: str = "mixed"
    disclosure: str = "confidential"
    language: str = "en"
    purpose: str = ""
    review_on: date | None = None


def create_workshop(session: Session, trainer_id: int, details: Details, now: datetime, key: bytes) -> Workshop:
    """Make a workshop that is not yet open, with its tables and its join code."""
    workshop = Workshop(
        trainer_id=trainer_id, title=title(details.title), code_hash=secrets.token_hex(32), created_at=now
    )
    session.add(workshop)
    session.flush()
    _give_code(session, workshop, key)
    _apply(session, workshop, details)
    return workshop


def change_workshop(session: Session, workshop: Workshop, details: Details, seen: str) -> None:
    """Change what a workshop is as a whole; `seen` is the edition that the change was made on."""
    if workshop.closed_at is not None:
        raise Closed(N_("This workshop is closed. Copy it to use it again."))
    if seen != edition(session, workshop):
        raise Stale(
            N_("Somebody else has changed this in the meantime. Look at it as it is now, then change it again.")
        )
    if workshop.opened_at is not None and details.disclosure != workshop.disclosure:
        raise Closed(N_("People have been told who sees what, so it stays as it was at the opening."))
    _apply(session, workshop, details)


def edition(session: Session, workshop: Workshop) -> str:
    """Name the workshop as a whole as it is now; it changes with any of what `change_workshop` changes."""
    told = details_of(session, workshop)
    return codes.code_hash(b"edition", repr((told, workshop.opened_at, workshop.closed_at)))[:16]


def details_of(session: Session, workshop: Workshop) -> Details:
    """Read a workshop's details as they were prepared."""
    tables = tables_of(session, id_of(workshop))
    return Details(
        title=workshop.title,
        agencies=tuple(agency["label"] for agency in workshop.agencies),
        tables=len(tables),
        places=tables[0].places,
        joins=workshop.joins,
        disclosure=workshop.disclosure,
        language=workshop.language,
        purpose=workshop.purpose,
        review_on=workshop.review_on,
    )


def copy_workshop(
    session: Session, workshop: Workshop, titled: str, now: datetime, key: bytes, trainer_id: int | None = None
) -> Workshop:
    """Make a new workshop with the same agenda, agencies and tables, and nothing of what people said.

    It is `trainer_id`'s own, as a co-trainer may copy, too; else the same trainer's. Co-trainers are not copied.
    """
    # The day on which people come back to what was agreed is that gathering's own.
    told = replace(details_of(session, workshop), review_on=None)
    copy = create_workshop(session, trainer_id or workshop.trainer_id, told, now, key)
    copy.title = title(titled)
    for step in steps_of(session, id_of(workshop)):
        kept = step.model_dump(exclude={"id", "workshop_id"})
        session.add(Step(workshop_id=id_of(copy), **kept))
    session.flush()
    return copy


def open_workshop(session: Session, workshop: Workshop, now: datetime) -> None:
    """Let people in by the code; opening what is open changes nothing."""
    if workshop.closed_at is not None:
        raise Closed(N_("This workshop is closed. Copy it to use it again."))
    if not steps_of(session, id_of(workshop)):
        raise Closed(N_("There is nothing on the agenda yet. Add an activity, then open the workshop."))
    workshop.opened_at = workshop.opened_at or now
    session.add(workshop)


def close_workshop(session: Session, workshop: Workshop, now: datetime) -> None:
    """End a workshop: nobody joins or moves any more, and outside the named mode names are unlinked."""
    if workshop.opened_at is None:
        raise Closed(N_("This workshop has not been opened yet."))
    if workshop.closed_at is not None:
        return
    workshop.closed_at = now
    session.add(workshop)
    if workshop.disclosure != "named":
        unlink(session, workshop)
    for close in CLOSING:
        close(session, workshop)


def rotate_code(session: Session, workshop: Workshop, key: bytes) -> None:
    """Give a workshop a new code, QR token and wall key; seats stay as they are."""
    if workshop.closed_at is not None:
        raise Closed(N_("This workshop is over."))
    workshop.code_turn += 1
    _give_code(session, workshop, key)


def delete_workshop(session: Session, workshop: Workshop) -> None:
    """Delete a workshop with all that was said in it; there is no way back."""
    # Seats name their table without a cascade, so that dropping a table cannot take people along.
    for seat in session.exec(select(Seat).where(Seat.workshop_id == id_of(workshop))):
        session.delete(seat)
    session.flush()
    session.delete(workshop)
    session.flush()


def agencies_of(labels: Sequence[str], before: Sequence[dict[str, str]] = ()) -> list[dict[str, str]]:
    """Give every agency an id: the one it had, or one made from its label.

    >>> agencies_of(["Health", "Iechyd y cyhoedd"], [{"id": "nhs", "label": "Health"}])
    [{'id': 'nhs', 'label': 'Health'}, {'id': 'iechyd-y-cyhoedd', 'label': 'Iechyd y cyhoedd'}]
    """
    had = {agency["label"].casefold(): agency["id"] for agency in before}
    taken = {agency["id"] for agency in before} | {"none"}
    made: dict[str, dict[str, str]] = {}
    for told in lines("\n".join(labels)):
        if told.casefold() in made:
            continue
        if len(told) > NAME_LIMIT:
            raise Unclear(N_("The name of an agency is too long: use at most {most} letters."), most=NAME_LIMIT)
        name = had.get(told.casefold()) or _new_id(told, taken)
        taken.add(name)
        made[told.casefold()] = {"id": name, "label": told}
    if len(made) > MOST_AGENCIES:
        raise Unclear(N_("That is more agencies than people can choose from: use at most {most}."), most=MOST_AGENCIES)
    return list(made.values())


def _new_id(label: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:32] or "agency"
    return next(name for name in (slug, *(f"{slug}-{n}" for n in range(2, 2 + len(taken)))) if name not in taken)


def _apply(session: Session, workshop: Workshop, details: Details) -> None:
    workshop.title = title(details.title)
    workshop.purpose = clean_text(details.purpose, PURPOSE_LIMIT)
    workshop.review_on = details.review_on
    workshop.joins = choices.chosen(choices.JOINS, details.joins)
    workshop.disclosure = choices.chosen(choices.DISCLOSURES, details.disclosure)
    workshop.language = choices.chosen(choices.LANGUAGES, details.language)
    _apply_agencies(session, workshop, details.agencies)
    _apply_tables(session, workshop, details.tables, details.places)
    session.add(workshop)
    session.flush()


def _apply_agencies(session: Session, workshop: Workshop, labels: Sequence[str]) -> None:
    made = agencies_of(labels, workshop.agencies)
    kept = {agency["id"] for agency in made}
    spoken_for = {seat.agency for seat in seats_of(session, id_of(workshop))}
    gone = [agency["label"] for agency in workshop.agencies if agency["id"] in spoken_for - kept]
    if gone:
        raise Closed(N_("Somebody speaks for “{agency}” already, so it stays on the list."), agency=gone[0])
    workshop.agencies = made


def _apply_tables(session: Session, workshop: Workshop, number: int, places: int) -> None:
    if not 1 <= number <= MOST_TABLES:
        raise Unclear(N_("A workshop has 1 to {most} tables."), most=MOST_TABLES)
    if not 1 <= places <= MOST_PLACES:
        raise Unclear(N_("A table has 1 to {most} places."), most=MOST_PLACES)
    tables = tables_of(session, id_of(workshop))
    for table in tables[:number]:
        table.places = places
        session.add(table)
    made = [Table(workshop_id=id_of(workshop), number=new, places=places) for new in range(len(tables) + 1, number + 1)]
    session.add_all(made)
    for table in tables[number:]:
        if session.exec(select(Seat.id).where(Seat.table_id == id_of(table)).limit(1)).first() is not None:
            raise Closed(N_("Somebody sits at table {number} already, so it stays."), number=table.number)
        session.delete(table)
    session.flush()
    if made and workshop.live_step_id is not None:
        left(session, workshop.version, id_of(workshop), tuple(id_of(table) for table in made))


def _give_code(session: Session, workshop: Workshop, key: bytes) -> None:
    # Two workshops with one code are as likely as one right guess, but they would be one room.
    while True:
        code = codes.code_hash(key, codes.join_code(key, id_of(workshop), workshop.code_turn))
        if session.exec(select(Workshop.id).where(col(Workshop.code_hash) == code)).first() is None:
            break
        workshop.code_turn += 1
    workshop.code_hash = code
    session.add(workshop)
    session.flush()
