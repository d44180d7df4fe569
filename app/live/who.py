"""Who asks: a seat, the workshop's trainer or the wall, told by cookies alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session
from starlette.requests import HTTPConnection

from app.accounts.service import find_trainer_by_token
from app.errors import N_, Forbidden
from app.live.audiences import DESK, WALL, As, Audience
from app.live.moves import Maker
from app.live.place import Place
from app.live.snapshot import SEAT, WORKSHOP
from app.prepared import Prepared
from app.web.addresses import phones_address
from app.web.cookies import read_cookie
from app.web.language import language_of
from app.web.state import state
from app.web.tokens import token_hash
from app.workshops import codes
from app.workshops.deps import holds_wall, is_long_over, no_seat, seat_cookie
from app.workshops.find import workshop_by_code
from app.workshops.former import by_former_code
from app.workshops.leading import leads
from app.workshops.models import SeatDevice

# Every request asks these.
BY_CODE = Prepared(
    select(WORKSHOP.c.id, WORKSHOP.c.code_turn, WORKSHOP.c.closed_at).where(
        WORKSHOP.c.code_hash == bindparam("code_hash")
    )
)
DEVICE = SeatDevice.__table__  # type: ignore[attr-defined]  # SQLModel makes it
HELD = Prepared(
    select(SEAT.c.id).where(
        SEAT.c.workshop_id == bindparam("workshop_id"),
        SEAT.c.removed_at.is_(None),
        or_(
            SEAT.c.token_hash == bindparam("token"),
            SEAT.c.id.in_(select(DEVICE.c.seat_id).where(DEVICE.c.token_hash == bindparam("token"))),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """A workshop that an address names: what it takes to tell who asks."""

    id: int
    code_turn: int
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks: as what, in which language, with links to where.

    `token` is a trainer's hashed one; `turn` is which of the workshop's keys opened the wall.
    """

    audience: Audience
    language: str
    place: Place
    token: str = ""
    turn: int = 0

    def __hash__(self) -> int:
        """Hash quickly: every drawing of every line looks its viewer up."""
        return self.audience.seat


def place_of(connection: HTTPConnection) -> Place:
    """Say where this Concord is reached, and the key its codes come from."""
    return Place(phones_address(connection), state(connection).settings.key)


def find_workshop(session: Session, connection: HTTPConnection, code: str, wanted: As = "seat") -> Found:
    """Find a workshop by the code in its address.

    A wrong code is answered exactly as a missing right is, so that nobody learns here which codes there are:
    guesses are told apart, and counted, on the way in alone.
    """
    key, typed = state(connection).settings.key, codes.normal(code)
    if typed is not None:
        row = BY_CODE.one(session.connection(), {"code_hash": codes.code_hash(key, typed)})
        if row is not None:
            return Found(*row)
    scanned = workshop_by_code(session, key, code) or by_former_code(session, connection, code)
    if scanned is None or scanned.id is None:
        raise no_wall() if wanted == "wall" else no_seat()
    return Found(scanned.id, scanned.code_turn, scanned.closed_at)


def no_wall() -> Forbidden:
    """Refuse a wall that was not opened from the desk."""
    return Forbidden(N_("Open the wall from the desk: this address alone does not show it."))


def maker_of(session: Session, connection: HTTPConnection, workshop: Found) -> Maker:
    """Find who would make a move: a seat, a trainer who leads the workshop, or both on one device."""
    seat_id = trainer_id = None
    token = read_cookie(connection, seat_cookie(workshop.id))
    if token and not is_long_over(workshop.closed_at, state(connection).now()):
        wanted = {"workshop_id": workshop.id, "token": token_hash(token)}
        held = HELD.one(session.connection(), wanted)
        seat_id = None if held is None else held.id
    token = read_cookie(connection, "concord_trainer")
    if token:
        trainer = find_trainer_by_token(session, token, state(connection).now())
        trainer_id = trainer.id if trainer and leads(session, workshop.id, trainer) else None
    if seat_id is None and trainer_id is None:
        raise no_seat()
    return Maker(seat_id, trainer_id)


def viewer_of(session: Session, connection: HTTPConnection, workshop: Found, wanted: As) -> Viewer:
    """Find whether the cookies give what is asked for; nothing but cookies does."""
    if wanted == "wall":
        language, place = language_of(connection), place_of(connection)
        if not holds_wall(connection, workshop.id, workshop.code_turn):
            raise no_wall()
        return Viewer(WALL, language, place, turn=workshop.code_turn)
    return maker_looks(connection, maker_of(session, connection, workshop), wanted)


def maker_looks(connection: HTTPConnection, maker: Maker, wanted: As) -> Viewer:
    """Make somebody whom `maker_of` has found look at a seat's page or at the desk."""
    language, place = language_of(connection), place_of(connection)
    if wanted == "desk":
        if maker.trainer_id is None:
            raise Forbidden(N_("Only the trainer of this workshop has its desk."))
        return Viewer(DESK, language, place, token_hash(read_cookie(connection, "concord_trainer") or ""))
    if maker.seat_id is None:
        raise no_seat()
    return Viewer(Audience("seat", maker.seat_id), language, place)
