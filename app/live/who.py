"""Who asks: a seat, the workshop's trainer or the wall, told by cookies alone."""

import hmac
from dataclasses import dataclass

from sqlmodel import Session
from starlette.requests import HTTPConnection

from app.accounts.service import find_trainer_by_token
from app.errors import N_, Forbidden, NotFound, SignedOut
from app.live.audiences import DESK, WALL, As, Audience
from app.live.moves import Maker
from app.live.place import Place
from app.web.addresses import phones_address
from app.web.cookies import read_cookie
from app.web.language import language_of
from app.web.state import state
from app.web.tokens import token_hash
from app.workshops import codes
from app.workshops.find import seat_by_token, workshop_by_code
from app.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks: as what, in which language, with links to where; `token` is a trainer's hashed one."""

    audience: Audience
    language: str
    place: Place
    token: str = ""


def place_of(connection: HTTPConnection) -> Place:
    """Say where this Concord is reached, and the key its codes come from."""
    return Place(phones_address(connection), state(connection).settings.key)


def find_workshop(session: Session, connection: HTTPConnection, code: str) -> Workshop:
    """Find a workshop by the code in its address."""
    workshop = workshop_by_code(session, state(connection).settings.key, code)
    if workshop is None:
        raise NotFound(N_("There is no workshop at this address. Look at the code again."))
    return workshop


def maker_of(session: Session, connection: HTTPConnection, workshop: Workshop) -> Maker:
    """Find who would make a move: a seat, the workshop's trainer, or both on one device."""
    seat_id = trainer_id = None
    token = read_cookie(connection, f"concord_seat_{workshop.id}")
    if token and workshop.id is not None:
        seat = seat_by_token(session, workshop.id, token)
        seat_id = seat.id if seat else None
    token = read_cookie(connection, "concord_trainer")
    if token:
        trainer = find_trainer_by_token(session, token, state(connection).now())
        trainer_id = trainer.id if trainer and trainer.id == workshop.trainer_id else None
    if seat_id is None and trainer_id is None:
        raise SignedOut(N_("Take a seat first, or come back with your seat code."))
    return Maker(seat_id, trainer_id)


def viewer_of(session: Session, connection: HTTPConnection, workshop: Workshop, wanted: As) -> Viewer:
    """Find whether the cookies give what is asked for; nothing but cookies does."""
    language, place = language_of(connection), place_of(connection)
    if wanted == "wall":
        key = codes.wall_key(place.key, workshop.id or 0, workshop.code_turn)
        held = read_cookie(connection, f"concord_wall_{workshop.id}") or ""
        if not hmac.compare_digest(held.encode(), key.encode()):
            raise Forbidden(N_("Open the wall from the desk: this address alone does not show it."))
        return Viewer(WALL, language, place)
    maker = maker_of(session, connection, workshop)
    if wanted == "desk":
        if maker.trainer_id is None:
            raise Forbidden(N_("Only the trainer of this workshop has its desk."))
        return Viewer(DESK, language, place, token_hash(read_cookie(connection, "concord_trainer") or ""))
    if maker.seat_id is None:
        raise SignedOut(N_("Take a seat first, or come back with your seat code."))
    return Viewer(Audience("seat", maker.seat_id), language, place)
