"""One phone for several people, one after the other: handing it over, and whose turn it is.

Law: the page shows nothing of anybody but the name of the one whose turn it is; a phone holds one seat at a time.
"""

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from app.errors import Closed, Phrase, TooMany
from app.web.cookies import read_cookie
from app.web.templates import page
from app.workshops.deps import Found, FoundWorkshop, Here, address_code, give_seat, seat_cookie, wrong_code
from app.workshops.find import id_of
from app.workshops.forms import Sent, Wrong
from app.workshops.joining import NO_SUCH_SEAT, held_seat
from app.workshops.models import Seat
from app.workshops.seats import put_down
from app.workshops.staying import stay

router = APIRouter(prefix="/w/{code}/switch")


@router.get("")
async def switch_page(request: Request, here: Here, room: FoundWorkshop) -> Response:
    """Say whose turn it is on this phone, and ask for the seat code of the next."""
    if room.seat is None:
        return RedirectResponse(f"/join/{address_code(here, room.workshop)}", 303)
    return _ask(request, room, address_code(here, room.workshop), {})


@router.post("")
async def switch(request: Request, here: Here, room: FoundWorkshop, form: Sent) -> Response:
    """Give this phone to whoever's `seat_code` was typed; the one before comes back by their own."""
    code = address_code(here, room.workshop)
    if room.seat is None:
        return RedirectResponse(f"/join/{code}", 303)
    typed, before = form.get("seat_code", ""), read_cookie(request, seat_cookie(room.id))
    try:
        held = await held_seat(here, room, typed)
    except (Closed, TooMany) as refusal:
        return _ask(request, room, code, {"seat-code": refusal.sentence}, typed, refusal.status)
    if held is None:
        await wrong_code(request, typed)
        return _ask(request, room, code, {"seat-code": Phrase(NO_SUCH_SEAT)}, typed, 422)

    former = id_of(room.seat)

    def leave(session: Session, version: int) -> None:
        put_down(session, room.id, before or "")
        # Checks go on waiting for who has handed the phone over: they have not gone away.
        stay(session, session.get_one(Seat, former), here.now())

    await here.db.change(room.id, leave)
    reply = RedirectResponse(f"/w/{code}/switch", 303)
    give_seat(reply, here, room.workshop, held)
    return reply


def _ask(request: Request, room: Found, code: str, wrong: Wrong, typed: str = "", status: int = 200) -> Response:
    return page(request, "joining/switch.html", status=status, wrong=wrong, seat=room.seat, code=code, typed=typed[:40])
