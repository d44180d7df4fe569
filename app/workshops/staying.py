"""Until when somebody counts as here: as long as a device tells of them, or to the end where none can.

Law: a lease is never shortened, so that one who has put the phone down is not sent away by its last sign of life.
"""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, text
from sqlmodel import Session

from app.db import UtcDateTime
from app.workshops.find import id_of
from app.workshops.models import Seat

# Longer than any workshop.
TO_THE_END = timedelta(hours=12)

RENEW = text(
    "INSERT INTO lease (seat_id, workshop_id, until) VALUES (:seat_id, :workshop_id, :until) "
    "ON CONFLICT (seat_id) DO UPDATE SET "
    "until = CASE WHEN lease.until > excluded.until THEN lease.until ELSE excluded.until END"
).bindparams(bindparam("until", type_=UtcDateTime()))


def stay(session: Session, seat: Seat, now: datetime) -> None:
    """Count somebody as here to the end: they write on paper, or share a phone that others hold in between.

    Runs within a change of the workshop.
    """
    session.flush()
    lease = {"seat_id": id_of(seat), "workshop_id": seat.workshop_id, "until": now + TO_THE_END}
    session.connection().execute(RENEW, [lease])
    if not seat.here:
        seat.here = True
        session.add(seat)
