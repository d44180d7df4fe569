"""Joining: from a code or a QR square to a seat, and back to one's seat on another device."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from app.errors import N_, Closed, NotFound, Phrase, TooMany, Unclear
from app.typed import clean_line
from app.web.state import State
from app.web.templates import page
from app.web.tokens import new_token
from app.web.wording import NAME_LIMIT, name
from app.workshops import choices, codes, seats
from app.workshops.deps import (
    WRONG_SEAT_CODES,
    Found,
    FoundWorkshop,
    Here,
    address_code,
    found,
    give_seat,
    wrong_code,
)
from app.workshops.forms import Asking, Sent, Wrong, whole
from app.workshops.models import Workshop

router = APIRouter()

NAMESAKE = N_(
    "Somebody in this workshop is called that already. Add a letter so that people can tell you apart, "
    "or send it once more as it is."
)
NO_SUCH_SEAT = N_("No seat has this code here. Look at both codes again; the seat code is on your other device.")


@router.get("/join/{code}")
async def join_page(request: Request, here: Here, code: str, new: str = "") -> Response:
    """Ask a newcomer who they are; a device that has a seat goes on to it."""
    try:
        room = await found(request, code)
    except (NotFound, TooMany) as refusal:
        wrong = {"code": refusal.sentence}
        return page(request, "web/first.html", status=refusal.status, wrong=wrong, code=code[:40])
    if room.seat is not None and not new:
        return _to_seat_page(here, room.workshop)
    try:
        await here.db.read(lambda session: seats.welcomes(session, room.workshop))
    except Closed as refusal:
        return _closed_page(request, room, refusal)
    return await _ask(request, here, room, {}, {})


@router.post("/join/{code}")
async def join(request: Request, here: Here, code: str, form: Sent, room: FoundWorkshop) -> Response:
    """Seat a newcomer, and give this device the seat."""
    if room.seat is not None and not form.get("new"):
        return _to_seat_page(here, room.workshop)
    asking = await _look_at(here, room.workshop, form)
    if asking.wrong:
        return await _ask(request, here, room, asking.wrong, form)

    def seat(session: Session, version: int) -> str:
        workshop = session.get_one(Workshop, room.id)
        table = whole(form.get("table"))
        told = (form.get("name", ""), form.get("agency"), table, here.now(), here.settings.key)
        return seats.take_seat(session, workshop, *told, once=form.get("once", "")[:100])[1]

    try:
        token = (await here.db.change(room.id, seat)).value
    except Closed as refusal:
        return _closed_page(request, room, refusal)
    except Unclear as unclear:
        return await _ask(request, here, room, {"join-table": unclear.sentence}, form)
    reply = _to_seat_page(here, room.workshop)
    give_seat(reply, here, room.workshop, token)
    return reply


@router.get("/rejoin")
async def rejoin_page(request: Request, code: str = "") -> Response:
    """Ask for the two codes that bring a seat back."""
    return page(request, "joining/rejoin.html", wrong={}, form={"code": code[:40], "seat_code": ""})


@router.post("/rejoin")
async def rejoin(request: Request, here: Here, form: Sent) -> Response:
    """Bring a seat to this device."""
    code, seat_code = form.get("code", ""), form.get("seat_code", "")
    try:
        room = await found(request, code)
        held = await held_seat(here, room, seat_code)
    except (NotFound, TooMany) as refusal:
        return _ask_again(request, "code", refusal.sentence, refusal.status, form)
    except Closed as refusal:
        return _ask_again(request, "seat-code", refusal.sentence, refusal.status, form)
    if held is None:
        await wrong_code(request, seat_code)
        return _ask_again(request, "seat-code", Phrase(NO_SUCH_SEAT), 422, form)
    reply = _to_seat_page(here, room.workshop)
    give_seat(reply, here, room.workshop, held)
    return reply


async def held_seat(here: State, room: Found, seat_code: str) -> str | None:
    """Find the seat that has this code, for a further device; None when there is none."""
    # Whoever knows a workshop's code could try seat codes: the limit is the workshop's, not an address's.
    counted = ("seat code", str(room.id))
    here.limits.check(WRONG_SEAT_CODES, *counted)

    def bring_back(session: Session) -> str | None:
        held = seats.rejoin(session, session.get_one(Workshop, room.id), seat_code, here.settings.key)
        return held[1] if held else None

    held = await here.db.run(bring_back)
    if held is None:
        here.limits.failed(WRONG_SEAT_CODES, *counted)
    return held


async def _look_at(here: State, workshop: Workshop, form: Mapping[str, str]) -> Asking:
    """Look at a newcomer's fields before anything is changed."""
    asking = Asking()
    called = asking.hear("join-name", lambda: name(form.get("name", "")))
    asking.hear("join-agency", lambda: _agency(workshop, form.get("agency", "")))
    # Only our own form asks to be warned, and asks once: a name may be somebody else's, too.
    if called is not None and form.get("warn") and clean_line(form["warn"], 10_000) != f"told {called}":
        told = (called, here.settings.key, form.get("once", "")[:100])
        if await here.db.read(lambda session: seats.has_namesake(session, workshop, *told)):
            asking.wrong["join-name"] = Phrase(NAMESAKE)
    return asking


def _agency(workshop: Workshop, told: str) -> str | None:
    if workshop.agencies and not told:
        raise Unclear(N_("Choose the service you speak for, or say that you would rather not."))
    return seats.known_agency(workshop, told or None)


async def _ask(request: Request, here: State, room: Found, wrong: Wrong, form: Mapping[str, str]) -> Response:
    workshop = room.workshop
    rooms = await here.db.read(lambda session: seats.taken(session, workshop)) if workshop.joins == "chosen" else []
    telling: dict[str, Any] = {
        "workshop": workshop,
        "code": codes.shown(address_code(here, workshop)),
        "disclosure": choices.choice(choices.DISCLOSURES, workshop.disclosure),
        "tables": rooms,
        "all_full": all(table.full for table in rooms),
        "seat": room.seat,
        "once": form.get("once") or new_token(),
        "warn": _warned(wrong, form),
        "rather_not": seats.RATHER_NOT,
        "longest": NAME_LIMIT,
    }
    return page(request, "joining/join.html", status=422 if wrong else 200, wrong=wrong, form=form, **telling)


def _warned(wrong: Wrong, form: Mapping[str, str]) -> str:
    told = wrong.get("join-name")
    return f"told {name(form['name'])}" if told is not None and told.text == NAMESAKE else "yes"


def _ask_again(request: Request, field: str, sentence: Phrase, status: int, form: Mapping[str, str]) -> Response:
    kept = {"code": form.get("code", "")[:40], "seat_code": form.get("seat_code", "")[:40]}
    return page(request, "joining/rejoin.html", status=status, wrong={field: sentence}, form=kept)


def _closed_page(request: Request, room: Found, refusal: Closed) -> Response:
    waits = room.workshop.opened_at is None and room.workshop.closed_at is None
    status = 200 if request.method == "GET" else refusal.status
    return page(request, "joining/closed.html", status=status, waits=waits, sentence=refusal.sentence)


def _to_seat_page(here: State, workshop: Workshop) -> Response:
    return RedirectResponse(f"/w/{address_code(here, workshop)}", 303)
