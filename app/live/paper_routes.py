"""The addresses where a trainer enters answers from paper, and seats somebody who has no phone."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from app.accounts.service import record
from app.errors import N_, Closed, Phrase, Refusal, Stale, Unclear
from app.live import paper
from app.live.body import whole as whole_number
from app.web.state import State
from app.web.templates import page
from app.web.tokens import new_token
from app.web.wording import NAME_LIMIT
from app.web.wording import name as clean_name
from app.workshops.deps import Here, LedWorkshop, address_code
from app.workshops.find import id_of
from app.workshops.forms import Asking, Sent, Wrong, whole
from app.workshops.models import Workshop
from app.workshops.people import Id
from app.workshops.preparing import Me, frame
from app.workshops.seats import RATHER_NOT, add_seat, known_agency
from app.workshops.staying import stay

router = APIRouter(prefix="/trainer/w/{code}/paper")

Chosen = Annotated[int | None, Query(alias="seat", ge=1, le=2**31 - 1)]


@router.get("")
async def paper_page(
    request: Request, here: Here, workshop: LedWorkshop, chosen: Chosen = None, saved: bool = False
) -> Response:
    """Show whose sheet can be entered, and the sheet of one; nothing of what anybody holds."""
    return await show(request, here, workshop, chosen, saved=saved)


@router.post("/seats")
async def seat_somebody(request: Request, here: Here, me: Me, workshop: LedWorkshop, form: Sent) -> Response:
    """Seat somebody without a phone: `name`, `agency`, `table`; then go on to their sheet."""
    asking = Asking()
    asking.hear("name", lambda: clean_name(form.get("name", "")))
    asking.hear("agency", lambda: known_agency(workshop, form.get("agency") or RATHER_NOT))

    def add(session: Session, version: int) -> int:
        known = session.get_one(Workshop, workshop.id)
        told = (form.get("name", ""), form.get("agency") or RATHER_NOT, whole(form.get("table")))
        seat = add_seat(session, known, *told, here.now(), here.settings.key, form.get("once", "")[:100])
        stay(session, seat, here.now())
        record(session, me, "seat added for paper", here.now(), workshop.id)
        return id_of(seat)

    if not asking.wrong:
        try:
            made = (await here.db.change(id_of(workshop), add)).value
            return RedirectResponse(f"{address(here, workshop)}?seat={made}", 303)
        except Unclear as unclear:
            asking.wrong["table"] = unclear.sentence
    return await show(request, here, workshop, None, asking.wrong, form)


@router.post("/{seat_id}")
async def enter(request: Request, here: Here, me: Me, workshop: LedWorkshop, seat_id: Id, form: Sent) -> Response:
    """Enter one part of a seat's sheet; the audit notes that, and nothing of what it says."""

    def make(session: Session, version: int) -> None:
        known = session.get_one(Workshop, workshop.id)
        seen = whole_number(form.get("version"), N_("This does not say which version of the page it was made on."))
        paper.enter(session, version, known, seat_id, form, seen, here.now())
        record(session, me, "answers entered from paper", here.now(), workshop.id)

    try:
        await here.db.change(id_of(workshop), make)
    except (Unclear, Closed, Stale) as refusal:
        part = form.get("part", "") or "ballot"
        return await show(request, here, workshop, seat_id, {part: told(refusal)}, form, status=refusal.status)
    return RedirectResponse(f"{address(here, workshop)}?seat={seat_id}&saved=1", 303)


def told(refusal: Refusal) -> Phrase:
    """Word a refusal for the trainer, who did not look at the seat's own page."""
    if isinstance(refusal, Stale):
        return Phrase(
            N_("This seat’s answer has changed since you opened this page. Enter the sheet again if it is to stand.")
        )
    return refusal.sentence


async def show(
    request: Request,
    here: State,
    workshop: Workshop,
    chosen: int | None,
    wrong: Wrong | None = None,
    form: Mapping[str, str] | None = None,
    *,
    status: int = 422,
    saved: bool = False,
) -> Response:
    """Show the page as it is, with whatever was typed."""
    typed = dict(form or {})
    telling: dict[str, Any] = {
        "sheets": await here.db.read(lambda session: paper.read_sheets(session, id_of(workshop), chosen)),
        "labels": {agency["id"]: agency["label"] for agency in workshop.agencies},
        "rather_not": RATHER_NOT,
        "longest": NAME_LIMIT,
        "once": typed.get("once") or new_token(),
        "wrong": wrong or {},
        "typed": typed,
        "part": typed.get("part", ""),
        "saved": saved,
    }
    return page(request, "live/paper.html", status=status if wrong else 200, **telling, **frame(here, workshop))


def address(here: State, workshop: Workshop) -> str:
    """Write the page's own address."""
    return f"/trainer/w/{address_code(here, workshop)}/paper"
