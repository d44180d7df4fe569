"""The live addresses: seat page, desk and wall, what they send up, and the socket that comes down."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, WebSocket
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.requests import HTTPConnection

from app.accounts.deps import trainer as signed_in_trainer
from app.accounts.models import Trainer
from app.accounts.service import record
from app.db import NoChange
from app.errors import N_, Forbidden, NotFound, SignedOut
from app.live import keys, phases, screens
from app.live.audiences import As
from app.live.body import read_body, went_by_form
from app.live.moves import Maker
from app.live.screens import Screen
from app.live.socket import look
from app.live.start import Live, live_of
from app.live.who import Viewer, find_workshop, maker_of, no_wall, viewer_of
from app.typed import clean_text
from app.web.cookies import set_cookie
from app.web.state import State, state
from app.web.templates import page
from app.workshops import codes
from app.workshops.find import id_of
from app.workshops.models import Workshop
from app.workshops.people import Id

router = APIRouter()


# Asynchronous, since FastAPI sends every plain function through a thread.
async def this_state(connection: HTTPConnection) -> State:
    """Find the running Concord for a route."""
    return state(connection)


async def this_live(connection: HTTPConnection) -> Live:
    """Find the running live part for a route."""
    return live_of(connection)


StateDep = Annotated[State, Depends(this_state)]
LiveDep = Annotated[Live, Depends(this_live)]
WALL_SECONDS = 7 * 24 * 3600
LONGEST_MESSAGE = 500


async def see(
    connection: Request | WebSocket, here: State, live: Live, code: str, wanted: As, version: int = 0
) -> tuple[Screen, Viewer, int]:
    """Work out the screen that the cookies give, no older than `version`."""

    def who(session: Session) -> tuple[Viewer, int]:
        workshop = find_workshop(session, connection, code, wanted)
        return viewer_of(session, connection, workshop, wanted), workshop.id

    viewer, workshop_id = await here.db.read(who)
    return await screen_for(live, viewer, workshop_id, version), viewer, workshop_id


async def screen_for(live: Live, viewer: Viewer, workshop_id: int, version: int) -> Screen:
    """Draw what a viewer sees, no older than `version`; 0 asks for the newest."""
    newest = await (live.rooms.at(workshop_id, version) if version else live.rooms.now(workshop_id))
    if newest is None:
        raise NotFound(N_("There is no workshop at this address. Look at the code again."))
    seat = newest.seats.get(viewer.audience.seat)
    if seat is not None:
        live.presence.heard(workshop_id, seat.id, here=seat.here)
    screen = screens.screen(newest, viewer.audience, viewer.language, viewer.place)
    if screen is None:
        raise SignedOut(N_("This seat was taken away. Take a seat again, or ask the trainer."))
    return screen


def live_page(request: Request, code: str, screen: Screen, here: State) -> HTMLResponse:
    """Draw a whole live page."""
    kind = screen.audience.kind
    now = round(here.now().timestamp() * 1000)
    return page(request, f"{kind}.html", screen=screen, code=codes.normal(code) or code, now=now)


@router.get("/w/{code}")
async def seat_page(request: Request, code: str, here: StateDep, live: LiveDep) -> Response:
    """Show a seat its page; whoever has no seat is asked to take one."""
    try:
        screen, *_ = await see(request, here, live, code, "seat")
    except SignedOut:
        return RedirectResponse(f"/join/{code}", 303)
    return live_page(request, code, screen, here)


@router.get("/trainer/w/{code}")
async def desk_page(
    request: Request, code: str, here: StateDep, live: LiveDep, trainer: Annotated[Trainer, Depends(signed_in_trainer)]
) -> Response:
    """Show a trainer the desk of a workshop that they lead; another's does not exist for them."""
    try:
        screen, *_ = await see(request, here, live, code, "desk")
    except (Forbidden, SignedOut):
        raise NotFound(N_("There is no workshop of yours at this address.")) from None
    return live_page(request, code, screen, here)


@router.get("/wall/{code}")
async def wall_page(request: Request, code: str, here: StateDep, live: LiveDep, key: str = "") -> Response:
    """Show the wall; a key in the address becomes a cookie, so that the projector shows a clean one."""
    if not key:
        screen, *_ = await see(request, here, live, code, "wall")
        return live_page(request, code, screen, here)
    workshop = await here.db.read(lambda session: find_workshop(session, request, code, "wall"))
    if not codes.same(key, codes.wall_key(here.settings.key, workshop.id, workshop.code_turn)):
        raise no_wall()
    reply = RedirectResponse(f"/wall/{codes.normal(code) or code}", 303)
    set_cookie(reply, f"concord_wall_{workshop.id}", key, state=here, seconds=WALL_SECONDS)
    return reply


@router.get("/w/{code}/regions")
async def regions(
    request: Request,
    code: str,
    here: StateDep,
    live: LiveDep,
    v: Annotated[int | None, Query(ge=0, le=10**12)] = None,
    wanted: Annotated[As, Query(alias="as")] = "seat",
) -> Response:
    """Answer a page that polls: what brings it up to date, or 204 when nothing is newer."""
    screen, *_ = await see(request, here, live, code, wanted)
    if v is not None and screen.version <= v:
        return Response(status_code=204)
    return HTMLResponse(screens.every_region(screen), headers={"Cache-Control": "no-store"})


@router.websocket("/w/{code}/live")
async def live_socket(
    websocket: WebSocket,
    code: str,
    v: Annotated[int, Query(ge=0, le=10**12)] = 0,
    wanted: Annotated[As, Query(alias="as")] = "seat",
) -> None:
    """Open a socket for whoever the cookies say; it only ever sends down."""
    here, live = state(websocket), live_of(websocket)
    _, viewer, workshop_id = await see(websocket, here, live, code, wanted)
    await websocket.accept()
    await look(websocket, live.hub, live.rooms, workshop_id, viewer, v, here.now)


def led(session: Session, request: Request, code: str) -> tuple[int, int]:
    """Find a workshop and the trainer who leads it and acts; anybody else is refused."""
    workshop = find_workshop(session, request, code)
    trainer_id = maker_of(session, request, workshop).trainer_id
    if trainer_id is None:
        raise Forbidden(N_("Only the trainer of this workshop can do this."))
    return workshop.id, trainer_id


async def desk_act(request: Request, here: State, live: Live, code: str, what: str, act: phases.Act) -> Response:
    """Do a trainer's act once as one change, write it to the audit, and answer with the desk."""
    key = keys.read_key(request.headers.get("idempotency-key"))

    def whole(session: Session, version: int) -> None:
        workshop_id, acting = led(session, request, code)
        workshop, maker = session.get_one(Workshop, workshop_id), Maker(trainer_id=acting).name
        if keys.spent_at(session.connection(), (maker,), key) is not None:
            raise NoChange(None)
        act(session, version, workshop)
        record(session, session.get_one(Trainer, acting), what, here.now(), workshop_id)
        keys.spend(session.connection(), maker, key, workshop_id, version)

    changed = await here.db.change(lambda session: led(session, request, code)[0], whole)
    if went_by_form(request):
        return RedirectResponse(f"/trainer/w/{code}", 303)
    screen, *_ = await see(request, here, live, code, "desk", changed.version or 0)
    return HTMLResponse(screens.every_region(screen))


@router.post("/w/{code}/steps/{step}/phase")
async def move_on(request: Request, code: str, step: Id, here: StateDep, live: LiveDep) -> Response:
    """Move all tables, or one, to a phase."""
    body = await read_body(request)
    to, table = str(body.get("phase", "")), phases.read_table(body.get("table"))

    def act(session: Session, version: int, workshop: Workshop) -> None:
        phases.move(session, version, id_of(workshop), step, to, table, here.now())

    return await desk_act(request, here, live, code, f"moved to {to[:20]}", act)


@router.post("/w/{code}/steps/{step}/time")
async def more_time(request: Request, code: str, step: Id, here: StateDep, live: LiveDep) -> Response:
    """Give all tables, or one, more time: `seconds`."""
    body = await read_body(request)
    seconds, table = phases.read_seconds(body.get("seconds")), phases.read_table(body.get("table"))

    def act(session: Session, version: int, workshop: Workshop) -> None:
        phases.extend(session, version, id_of(workshop), step, seconds, table, here.now())

    return await desk_act(request, here, live, code, "gave more time", act)


@router.post("/trainer/w/{code}/wall")
async def blank_wall(request: Request, code: str, here: StateDep, live: LiveDep) -> Response:
    """Blank the wall, or show it again: `blank` is true or false."""
    body = await read_body(request)
    blank = str(body.get("blank", "")).lower() == "true"

    def act(session: Session, version: int, workshop: Workshop) -> None:
        workshop.wall_blank = blank
        session.add(workshop)

    return await desk_act(request, here, live, code, "blanked the wall" if blank else "showed the wall", act)


@router.post("/trainer/w/{code}/message")
async def tell_everybody(request: Request, code: str, here: StateDep, live: LiveDep) -> Response:
    """Show every seat a message of the trainer's, in place of the one before: `text`, empty to take it away."""
    body = await read_body(request)
    text = clean_text(str(body.get("text", "")), LONGEST_MESSAGE)

    def act(session: Session, version: int, workshop: Workshop) -> None:
        workshop.message = text
        session.add(workshop)

    return await desk_act(request, here, live, code, "told everybody" if text else "took the message away", act)
