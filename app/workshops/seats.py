"""Taking a seat, coming back to it from another device, and removing it."""

import base64
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from app.errors import N_, Closed, NotFound, Unclear
from app.web.tokens import derived, new_token, token_hash
from app.web.wording import name as clean_name
from app.workshops import codes, tables
from app.workshops.find import id_of, seat_by_token, seats_of, tables_of
from app.workshops.leaving import left
from app.workshops.models import Seat, SeatDevice, Table, Workshop

RATHER_NOT = "none"
DEVICES = 12
# A form's own secret has 43 signs; anything short might be another's.
LONG_ENOUGH = 32


def take_seat(
    session: Session,
    workshop: Workshop,
    name: str,
    agency: str | None,
    table_number: int | None,
    now: datetime,
    key: bytes,
    once: str = "",
) -> tuple[Seat, str, str]:
    """Seat a newcomer; gives the seat, its cookie's token and its seat code.

    Runs within a change of the workshop. `agency` is an id or a label of its list; None is for those who would rather
    not say. A table's number is heeded only where people choose; elsewhere agencies are mixed evenly. `once` comes
    from the form: sent twice with the same name, as by a double tap, it gives the same seat.
    """
    called = clean_name(name)
    token = _token(key, workshop, called, once)
    seat = seat_by_token(session, id_of(workshop), token)
    if seat is not None:
        return seat, token, codes.seat_code(key, id_of(workshop), seat.token_hash)
    welcomes(session, workshop)
    speaks_for = known_agency(workshop, agency)
    table = _table(session, workshop, speaks_for, table_number)
    token, code = _unused(session, workshop, key, token)
    return _seat(session, workshop, table, called, speaks_for, token, code, now, key), token, code


def add_seat(
    session: Session,
    workshop: Workshop,
    name: str,
    agency: str | None,
    table_number: int | None,
    now: datetime,
    key: bytes,
    once: str = "",
) -> Seat:
    """Seat somebody without a phone at a table, by the trainer's hand, also where the room is locked.

    Runs within a change of the workshop. No device holds the seat; sent twice, the same form gives the same seat.
    """
    called = clean_name(name)
    token = _token(key, workshop, called, once)
    seat = seat_by_token(session, id_of(workshop), token)
    if seat is not None:
        return seat
    has_room(session, workshop)
    speaks_for = known_agency(workshop, agency)
    table = next((one for one in tables_of(session, id_of(workshop)) if one.number == table_number), None)
    if table is None:
        raise Unclear(N_("Choose the table where they sit."))
    token, code = _unused(session, workshop, key, token)
    return _seat(session, workshop, table, called, speaks_for, token, code, now, key)


def rejoin(session: Session, workshop: Workshop, code: str, key: bytes) -> tuple[Seat, str] | None:
    """Let a further device into a seat by its seat code; None when no seat has that code."""
    typed = codes.normal(code, codes.SEAT_SYMBOLS)
    if typed is None:
        return None
    wanted = select(Seat).where(
        Seat.workshop_id == id_of(workshop),
        Seat.code_hash == codes.seat_code_hash(key, id_of(workshop), typed),
        col(Seat.removed_at).is_(None),
    )
    seat = session.exec(wanted).one_or_none()
    if seat is None:
        return None
    devices = session.exec(select(func.count()).where(SeatDevice.seat_id == id_of(seat))).one()
    if devices >= DEVICES:
        raise Closed(N_("This seat is open on {most} devices already. Use one of them."), most=DEVICES)
    token = new_token()
    session.add(SeatDevice(token_hash=token_hash(token), seat_id=id_of(seat)))
    session.flush()
    return seat, token


def put_down(session: Session, workshop_id: int, token: str) -> None:
    """Let a device have its seat no more; the one that the seat was taken on keeps its right to come back."""
    seat = seat_by_token(session, workshop_id, token)
    device = session.get(SeatDevice, token_hash(token))
    if seat is not None and device is not None and device.seat_id == seat.id:
        session.delete(device)
        session.flush()


def remove_seat(session: Session, workshop: Workshop, seat_id: int, now: datetime) -> Seat:
    """Take a seat away from whoever holds it; what was answered there stays with the table.

    Runs within a change of the workshop.
    """
    seat = session.get(Seat, seat_id)
    if seat is None or seat.workshop_id != id_of(workshop):
        raise NotFound(N_("There is no such seat."))
    if seat.removed_at is None:
        seat.removed_at = now
        session.add(seat)
        session.flush()
        left(session, workshop.version, id_of(workshop), (seat.table_id,))
    return seat


def welcomes(session: Session, workshop: Workshop) -> None:
    """Refuse newcomers while a workshop is not open or is locked, or when all its seats are taken."""
    if workshop.locked and workshop.opened_at is not None and workshop.closed_at is None:
        raise Closed(N_("The trainer has locked the room, so nobody new can join. Ask the trainer to unlock it."))
    has_room(session, workshop)


def has_room(session: Session, workshop: Workshop) -> None:
    """Refuse a further seat while a workshop is not open, or when all its seats are taken."""
    if workshop.closed_at is not None:
        raise Closed(N_("This workshop is over."))
    if workshop.opened_at is None:
        raise Closed(N_("This workshop is not open yet. The trainer opens it when everything is ready."))
    if len(seats_of(session, id_of(workshop))) >= workshop.seat_limit:
        raise Closed(N_("All {seats} seats are taken. Tell the trainer, who can make room."), seats=workshop.seat_limit)


def known_agency(workshop: Workshop, agency: str | None) -> str | None:
    """Read which agency somebody speaks for, by its id or label."""
    if agency is None or agency == RATHER_NOT:
        return None
    for one in workshop.agencies:
        if agency == one["id"] or agency.casefold() == one["label"].casefold():
            return one["id"]
    raise Unclear(N_("Choose the service you speak for, or say that you would rather not."))


def has_namesake(session: Session, workshop: Workshop, name: str, key: bytes, once: str) -> bool:
    """Tell whether somebody else goes by this name already; who sent the same form before is nobody else."""
    if seat_by_token(session, id_of(workshop), _token(key, workshop, name, once)) is not None:
        return False
    return name.casefold() in {seat.name.casefold() for seat in seats_of(session, id_of(workshop))}


def taken(session: Session, workshop: Workshop) -> list[tables.Taken]:
    """Read who sits where, as the mixing and the choice of a table see it."""
    seats = seats_of(session, id_of(workshop))
    return [
        tables.Taken(table.number, table.places, [seat.agency for seat in seats if seat.table_id == table.id])
        for table in tables_of(session, id_of(workshop))
    ]


def next_number(session: Session, table: Table) -> int:
    """Tell the number of the next seat at a table."""
    # Numbers of removed seats are not given again: what was told of "seat 3" stays true.
    highest = session.exec(select(func.max(Seat.number)).where(Seat.table_id == id_of(table))).one()
    return (highest or 0) + 1


def _table(session: Session, workshop: Workshop, agency: str | None, number: int | None) -> Table:
    rooms = taken(session, workshop)
    number = _chosen(rooms, number) if workshop.joins == "chosen" else tables.mixed(rooms, agency)
    return next(table for table in tables_of(session, id_of(workshop)) if table.number == number)


def _chosen(rooms: list[tables.Taken], number: int | None) -> int:
    room = next((room for room in rooms if room.number == number), None)
    if room is None:
        raise Unclear(N_("Choose the table you sit at."))
    if room.full and not all(other.full for other in rooms):
        raise Unclear(N_("Table {number} is full. Choose another one."), number=room.number)
    return room.number


def _seat(
    session: Session,
    workshop: Workshop,
    table: Table,
    name: str,
    agency: str | None,
    token: str,
    code: str,
    now: datetime,
    key: bytes,
) -> Seat:
    seat = Seat(
        workshop_id=id_of(workshop),
        table_id=id_of(table),
        number=next_number(session, table),
        name=name,
        agency=agency,
        token_hash=token_hash(token),
        code_hash=codes.seat_code_hash(key, id_of(workshop), code),
        joined_at=now,
    )
    session.add(seat)
    session.flush()
    return seat


def _token(key: bytes, workshop: Workshop, name: str, once: str) -> str:
    if len(once) < LONG_ENOUGH:
        return new_token()
    return base64.urlsafe_b64encode(derived(key, "seat", id_of(workshop), once, name)).decode().rstrip("=")


def _unused(session: Session, workshop: Workshop, key: bytes, token: str) -> tuple[str, str]:
    while True:
        hashed = token_hash(token)
        code = codes.seat_code(key, id_of(workshop), hashed)
        given = codes.seat_code_hash(key, id_of(workshop), code)
        same_code = (col(Seat.workshop_id) == id_of(workshop)) & (col(Seat.code_hash) == given)
        if session.exec(select(Seat.id).where(or_(same_code, col(Seat.token_hash) == hashed))).first() is None:
            return token, code
        token = new_token()
