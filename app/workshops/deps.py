"""Which workshop an address speaks of, and whose seat a device holds, for routes that ask.

Law: every address with a code in it comes through here, so that no page is a place to guess codes.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends
from limits import RateLimitItemPerHour
from sqlmodel import Session
from starlette.requests import HTTPConnection
from starlette.responses import Response

from app.accounts.deps import signed_in, trainer
from app.accounts.models import Trainer
from app.errors import N_, Forbidden, NotFound, SignedOut, TooMany
from app.web.cookies import read_cookie, set_cookie
from app.web.limits import FROM_ONE_ADDRESS, address_of
from app.web.state import State, here, state
from app.workshops import codes, guesses
from app.workshops.find import id_of, seat_by_token, workshop_by_code
from app.workshops.former import by_former_code
from app.workshops.leading import is_own, leads
from app.workshops.models import Seat, Workshop

# Twelve hours is longer than any workshop, and a day more to look at its result.
AFTERWARDS = timedelta(hours=24)
SEAT_LASTS = 36 * 3600
WRONG_SEAT_CODES = RateLimitItemPerHour(200)
# What a wrong code waits for its answer once thirty came from its address within a minute.
SLOW = 1.0

NO_SUCH_CODE = N_("No workshop has this code. Look at the screen again: it is eight letters and digits.")
CODES_SPENT = N_(
    "Too many wrong codes were typed today, so typed codes are not taken at the moment. "
    "Scan the QR code on the screen instead: it works as always."
)


@dataclass(frozen=True, slots=True)
class Found:
    """A workshop, with whatever right to it this device has."""

    workshop: Workshop
    seat: Seat | None

    @property
    def id(self) -> int:
        """The workshop's id."""
        return id_of(self.workshop)


async def found(connection: HTTPConnection, code: str) -> Found:
    """Find the workshop that an address names by its code or QR token, and this device's seat in it."""
    here = state(connection)

    def look(session: Session) -> tuple[Found | None, bool]:
        workshop = workshop_by_code(session, here.settings.key, code)
        former = by_former_code(session, connection, code) if workshop is None else None
        inside = workshop or former
        seat = None
        if inside is not None:
            token = read_cookie(connection, seat_cookie(id_of(inside)))
            seat = seat_by_token(session, id_of(inside), token) if token else None
            seat = None if is_long_over(inside.closed_at, here.now()) else seat
        workshop = inside if seat is not None else workshop
        spent = codes.qr_workshop(code) is None and guesses.is_spent(session, here.now())
        return (Found(workshop, seat) if workshop is not None else None), spent

    right, spent = await here.db.run(look)
    # Who sits there already came in when codes were taken, and may go on.
    if right is not None and (right.seat is not None or not spent or await _leads(connection, right.workshop)):
        return right
    if spent:
        raise TooMany(CODES_SPENT, wait=3600)
    await wrong_code(connection, code)
    raise NotFound(NO_SUCH_CODE)


async def wrong_code(connection: HTTPConnection, code: str) -> None:
    """Count a wrong code, and slow down an address that many come from."""
    here = state(connection)
    if codes.normal(code) is not None or codes.normal(code, codes.SEAT_SYMBOLS) is not None:
        await here.db.run(lambda session: guesses.count_guess(session, here.now()))
    address = address_of(connection)
    try:
        here.limits.check(FROM_ONE_ADDRESS, "code", address)
    except TooMany:
        # Not a refusal: the next code from a venue's one address may be right.
        await asyncio.sleep(SLOW)
    here.limits.failed(FROM_ONE_ADDRESS, "code", address)


async def led(connection: HTTPConnection, code: str, known: Annotated[Trainer, Depends(trainer)]) -> Workshop:
    """Find a workshop for a trainer who leads it; to all others it is not there."""
    here = state(connection)

    def look(session: Session) -> Workshop | None:
        workshop = workshop_by_code(session, here.settings.key, code) or by_former_code(session, connection, code)
        return workshop if workshop is not None and leads(session, id_of(workshop), known) else None

    workshop = await here.db.run(look)
    if workshop is None:
        raise NotFound(N_("There is no such workshop among yours."))
    return workshop


async def own(workshop: Annotated[Workshop, Depends(led)], known: Annotated[Trainer, Depends(trainer)]) -> Workshop:
    """Find a workshop for the trainer whose it is; a co-trainer may not do what is that one's alone."""
    if not is_own(workshop, known):
        raise Forbidden(N_("Only the trainer who made this workshop can do this. You are a co-trainer of it."))
    return workshop


def is_long_over(closed_at: datetime | None, now: datetime) -> bool:
    """Tell whether a workshop closed so long ago that its seats show nothing any more."""
    return closed_at is not None and now - closed_at > AFTERWARDS


def holds_wall(connection: HTTPConnection, workshop_id: int, turn: int) -> bool:
    """Say whether this device has opened a workshop's wall from its desk, with the key of now."""
    held = read_cookie(connection, f"concord_wall_{workshop_id}") or ""
    return codes.same(held, codes.wall_key(state(connection).settings.key, workshop_id, turn))


def no_seat() -> SignedOut:
    """Refuse somebody whom no cookie gives anything here."""
    return SignedOut(N_("Take a seat first, or come back with your seat code."))


def seat_cookie(workshop_id: int) -> str:
    """Name the cookie that holds a seat in a workshop."""
    return f"concord_seat_{workshop_id}"


def give_seat(response: Response, here: State, workshop: Workshop, token: str) -> None:
    """Let a device keep a seat for the workshop and a day."""
    set_cookie(response, seat_cookie(id_of(workshop)), token, state=here, seconds=SEAT_LASTS)


def address_code(here: State, workshop: Workshop) -> str:
    """Derive the code that stands in a workshop's addresses."""
    return codes.join_code(here.settings.key, id_of(workshop), workshop.code_turn)


async def _leads(connection: HTTPConnection, workshop: Workshop) -> bool:
    known = await signed_in(connection)
    return await state(connection).db.read(lambda session: leads(session, id_of(workshop), known))


FoundWorkshop = Annotated[Found, Depends(found)]
LedWorkshop = Annotated[Workshop, Depends(led)]
OwnWorkshop = Annotated[Workshop, Depends(own)]
Here = Annotated[State, Depends(here)]
