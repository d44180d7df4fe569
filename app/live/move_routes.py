"""Where moves arrive: one address for every kind, and an answer that leaves after the commit."""

from time import perf_counter

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from app.activities.registry import KINDS
from app.errors import N_, Closed, Refusal, Stale
from app.live import moves, onward, screens
from app.live.audiences import As
from app.live.body import read_body, went_by_form, whole
from app.live.metrics import MOVE_ACK
from app.live.moves import Made, Maker, Making, Sent
from app.live.routes import screen_for, see
from app.live.start import Live, live_of
from app.live.who import find_workshop, maker_looks, maker_of
from app.web.errors import refusal_reply, wants_json
from app.web.language import language_of
from app.web.state import State, state
from app.web.templates import draw
from app.workshops.models import Step

router = APIRouter()


class Arrival:
    """A move that has arrived: it finds its maker and its workshop, then is made, in one transaction."""

    def __init__(self, request: Request, code: str, step_id: int, sent: Sent) -> None:
        self.request = request
        self.code = code
        self.step_id = step_id
        self.sent = sent
        self.maker = Maker()
        self.workshop_id = 0
        self.wanted: As = "seat"

    def find(self, session: Session) -> int:
        """Find the workshop and who makes the move; the screen of that one is the answer."""
        workshop = find_workshop(session, self.request, self.code)
        self.maker = maker_of(session, self.request, workshop)
        self.workshop_id = workshop.id
        if self.maker.seat_id is None or (self.maker.trainer_id is not None and self.trainers(session)):
            self.wanted = "desk"
        return self.workshop_id

    def trainers(self, session: Session) -> bool:
        """Tell whether this is a trainer's move."""
        step = session.get(Step, self.step_id)
        if self.sent.name in onward.MOVES:
            return onward.MOVES[self.sent.name][0] == "trainer"
        move = KINDS[step.kind].move(self.sent.name) if step is not None and step.kind in KINDS else None
        return move is not None and move.by == "trainer"

    def make(self, session: Session, version: int) -> Made:
        """Make the move within the change."""
        now = state(self.request).now()
        return moves.make(Making(session, version, self.workshop_id, self.step_id, self.maker, self.sent, now))


async def post_move(request: Request) -> Response:
    """Make one move; the reply leaves after the commit, with all regions of its maker."""
    here, live = state(request), live_of(request)
    code = request.path_params["code"]
    step = whole(request.path_params["step"], N_("There is no such step in this workshop."))
    sent = moves.read_sent(await read_body(request), request.headers.get("idempotency-key"))
    arrival, begun = Arrival(request, code, step, sent), perf_counter()
    try:
        changed = await here.db.change(arrival.find, arrival.make, live.rooms.carry)
    except (Stale, Closed) as refusal:
        return await late(arrival, here, live, refusal)
    reply = await acknowledged(arrival, live, changed.value.version)
    MOVE_ACK.observe(perf_counter() - begun)
    return reply


# A plain route: what FastAPI does around each of its own costs as much as a third of a move.
router.add_route("/w/{code}/steps/{step}/moves", post_move, methods=["POST"])


async def acknowledged(arrival: Arrival, live: Live, version: int) -> Response:
    """Answer a move that was made: with all regions of its maker, or by the way back to the page."""
    request, code = arrival.request, arrival.code
    if went_by_form(request):
        return RedirectResponse(f"/w/{code}" if arrival.wanted == "seat" else f"/trainer/w/{code}", 303)
    viewer = maker_looks(request, arrival.maker, arrival.wanted)
    screen = await screen_for(live, viewer, arrival.workshop_id, version)
    return HTMLResponse(screens.every_region(screen))


async def late(arrival: Arrival, here: State, live: Live, refusal: Refusal) -> Response:
    """Answer a move that came too late with the fresh regions, and a sentence on why it was not taken."""
    request = arrival.request
    if wants_json(request) or went_by_form(request):
        return refusal_reply(request, refusal)
    screen, *_ = await see(request, here, live, arrival.code, arrival.wanted)
    notice = draw(language_of(request), "web/refusal_notice.html", sentence=refusal.sentence)
    return HTMLResponse(screens.every_region(screen) + notice, refusal.status)
