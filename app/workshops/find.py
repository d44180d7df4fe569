"""Finding a workshop by what people typed or scanned, and a seat by what its device carries."""

from sqlmodel import Session, col, or_, select

from app.web.tokens import token_hash
from app.workshops import codes
from app.workshops.models import Seat, SeatDevice, Step, Table, Workshop


def workshop_by_code(session: Session, key: bytes, text: str) -> Workshop | None:
    """Find the workshop of a typed code or a QR token: prepared, open or closed."""
    scanned = codes.qr_workshop(text)
    if scanned is not None:
        workshop = session.get(Workshop, scanned)
        right = workshop and codes.qr_token(key, scanned, workshop.code_turn)
        return workshop if right and codes.same(text, right) else None
    code = codes.normal(text)
    if code is None:
        return None
    return session.exec(select(Workshop).where(Workshop.code_hash == codes.code_hash(key, code))).one_or_none()


def seat_by_token(session: Session, workshop_id: int, token: str) -> Seat | None:
    """Find the seat of a device by its cookie; one that was removed is nobody's any more."""
    given = token_hash(token)
    further = select(SeatDevice.seat_id).where(SeatDevice.token_hash == given)
    wanted = select(Seat).where(
        Seat.workshop_id == workshop_id,
        col(Seat.removed_at).is_(None),
        or_(col(Seat.token_hash) == given, col(Seat.id).in_(further)),
    )
    return session.exec(wanted).first()


def id_of(row: Workshop | Step | Table | Seat) -> int:
    """Tell the id of a row that the database has."""
    if row.id is None:
        raise ValueError("a row without an id has not been stored yet")
    return row.id


def seats_of(session: Session, workshop_id: int) -> list[Seat]:
    """List the seats that are taken, in the order of tables and places."""
    wanted = select(Seat).where(Seat.workshop_id == workshop_id, col(Seat.removed_at).is_(None))
    return list(session.exec(wanted.order_by(col(Seat.table_id), col(Seat.number))))


def tables_of(session: Session, workshop_id: int) -> list[Table]:
    """List a workshop's tables by number."""
    return list(session.exec(select(Table).where(Table.workshop_id == workshop_id).order_by(col(Table.number))))


def steps_of(session: Session, workshop_id: int) -> list[Step]:
    """List a workshop's steps in the order of its agenda."""
    return list(session.exec(select(Step).where(Step.workshop_id == workshop_id).order_by(col(Step.position))))
