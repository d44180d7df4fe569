"""Who may read and write which shared text; the gates that know the activities stand in `workshops.wording`.

Law: no gate is even asked about another table's text, or another workshop's. A wall reads and never writes.
"""

from dataclasses import dataclass, replace
from typing import Literal

from sqlmodel import Session
from starlette.requests import HTTPConnection

from app.accounts.service import find_trainer_by_token
from app.activities.base import TextRight
from app.errors import N_, Forbidden
from app.texts.service import Key
from app.web.cookies import read_cookie
from app.web.state import state
from app.web.tokens import token_hash
from app.workshops.deps import holds_wall, no_seat, seat_cookie
from app.workshops.find import id_of, seat_by_token, workshop_by_code
from app.workshops.former import by_former_code
from app.workshops.leading import leads
from app.workshops.models import Seat, Step, Table, Workshop
from app.workshops.wording import GATES

As = Literal["seat", "desk", "wall"]

NOTHING = TextRight()


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody at a shared text: a seat, with `token` a trainer, else a wall opened with the key of `turn`; no name."""

    workshop_id: int
    seat_id: int | None
    agency: str | None = None
    place: int = 0
    token: str = ""
    table: int = 0
    turn: int | None = None

    @property
    def said(self) -> dict[str, object]:
        """What others are told of them."""
        if self.seat_id is None:
            return {"trainer": True}
        return {"agency": self.agency, "number": self.place, "table": self.table}


def find_who(session: Session, connection: HTTPConnection, code: str, wanted: As) -> Who:
    """Find who asks by cookies alone; a wrong code is answered as a missing right is."""
    here = state(connection)
    workshop = workshop_by_code(session, here.settings.key, code) or by_former_code(session, connection, code)
    if workshop is None or workshop.closed_at is not None:
        raise no_seat()
    if wanted == "wall":
        if not holds_wall(connection, id_of(workshop), workshop.code_turn):
            raise no_seat()
        return Who(id_of(workshop), None, turn=workshop.code_turn)
    if wanted == "desk":
        token = read_cookie(connection, "concord_trainer") or ""
        trainer = find_trainer_by_token(session, token, here.now()) if token else None
        if not leads(session, id_of(workshop), trainer):
            raise Forbidden(N_("Only the trainer of this workshop can do this."))
        return Who(id_of(workshop), None, token=token_hash(token))
    token = read_cookie(connection, seat_cookie(id_of(workshop))) or ""
    seat = seat_by_token(session, id_of(workshop), token) if token else None
    if seat is None:
        raise no_seat()
    table = session.get_one(Table, seat.table_id)
    return Who(id_of(workshop), id_of(seat), seat.agency, seat.number, table=table.number)


def ask(session: Session, who: Who, key: Key) -> TextRight:
    """Ask what somebody may do with a text now."""
    step, workshop = session.get(Step, key.step_id), session.get(Workshop, who.workshop_id)
    if step is None or workshop is None or step.workshop_id != who.workshop_id or workshop.closed_at is not None:
        return NOTHING
    if who.seat_id is not None and not _sits_at(session, who.seat_id, key.table):
        return NOTHING
    if who.turn is not None and (who.turn != workshop.code_turn or workshop.wall_blank):
        return NOTHING
    for gate in GATES:
        right = gate(session, who.workshop_id, who.seat_id, key.step_id, key.table, key.name)
        if right.may != "none":
            return right if who.turn is None else replace(right, may="read")
    return NOTHING


def _sits_at(session: Session, seat_id: int, number: int) -> bool:
    seat = session.get(Seat, seat_id)
    if seat is None or seat.removed_at is not None:
        return False
    table = session.get(Table, seat.table_id)
    return number == 0 or (table is not None and table.number == number)
