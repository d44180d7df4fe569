"""Codes of before they were changed: wrong for newcomers, and still right for whoever is inside already.

Law: no code is kept; an earlier one is derived again and compared, for the workshops that a device's cookies name.
"""

import re
from collections.abc import Iterator

from sqlmodel import Session, col, select
from starlette.requests import HTTPConnection

from app.accounts.service import find_trainer_by_token, known
from app.web.cookies import read_cookie
from app.web.state import state
from app.workshops import codes
from app.workshops.find import id_of
from app.workshops.leading import led_by
from app.workshops.models import Workshop

SEAT = re.compile(r"(?:__Host-)?concord_seat_([1-9][0-9]{0,8})")
# More than anybody sits in; cookies are whatever a device says they are.
MOST = 20


def by_former_code(session: Session, connection: HTTPConnection, code: str) -> Workshop | None:
    """Find the workshop that had this code, where a device names a seat or leads; rights are told elsewhere."""
    typed, key = codes.normal(code), state(connection).settings.key
    if typed is None:
        return None
    for workshop in at_home(session, connection):
        if any(codes.same(typed, codes.join_code(key, id_of(workshop), turn)) for turn in range(workshop.code_turn)):
            return workshop
    return None


def at_home(session: Session, connection: HTTPConnection) -> Iterator[Workshop]:
    """List the workshops that a device's cookies name a seat in, and those that its trainer leads."""
    named = [int(read[1]) for name in connection.cookies if (read := SEAT.fullmatch(name))][:MOST]
    changed = select(Workshop).where(col(Workshop.code_turn) > 0)
    if named:
        yield from session.exec(changed.where(col(Workshop.id).in_(named)))
    token = read_cookie(connection, "concord_trainer")
    trainer = find_trainer_by_token(session, token, state(connection).now()) if token else None
    if trainer is not None:
        yield from session.exec(changed.where(led_by(known(trainer))))
