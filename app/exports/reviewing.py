"""The review date: kept by those who lead, and given to everybody's calendar."""

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from app.accounts.service import record
from app.errors import N_, NotFound, Phrase
from app.exports.calendar import Review, entry
from app.exports.pages import a_seat, around, by_link, chosen
from app.web.addresses import phones_address
from app.web.language import language_of
from app.web.state import State
from app.web.templates import say
from app.web.tokens import derived
from app.workshops.deps import FoundWorkshop, Here, LedWorkshop, address_code
from app.workshops.find import id_of
from app.workshops.forms import Asking, Sent, day
from app.workshops.models import Workshop
from app.workshops.preparing import Me

router = APIRouter()

TITLE = N_("{title}: back to what we agreed")
AT_SEAT = N_(
    "The summary stays on the device you took part with until a day after the workshop. "
    "Later the trainer has a link to it."
)


@router.post("/trainer/w/{code}/review")
async def keep_review(request: Request, here: Here, me: Me, workshop: LedWorkshop, form: Sent) -> Response:
    """Keep the day on which people come back to what was agreed, or take it away; closed workshops have one, too."""
    asking = Asking()
    review_on = asking.hear("review_on", lambda: day(form.get("review_on")))
    if review_on is not None and review_on < here.now().date():
        asking.wrong["review_on"] = Phrase(N_("That day is over. Choose one that is to come."))
    choice = chosen(workshop, form.get("version", ""), form.get("language", ""))
    if asking.wrong:
        return await around(request, here, workshop, choice, status=422, wrong=asking.wrong, form=dict(form))

    def keep(session: Session, version: int) -> None:
        known = session.get_one(Workshop, workshop.id)
        known.review_on = review_on
        session.add(known)
        record(session, me, "review date set" if review_on else "review date taken away", here.now(), workshop.id)

    await here.db.change(id_of(workshop), keep)
    at = f"/trainer/w/{address_code(here, workshop)}/summary"
    told = f"version={choice.version}&language={choice.language}&saved={'review' if review_on else 'no-review'}"
    return RedirectResponse(f"{at}?{told}#review", 303)


@router.get("/trainer/w/{code}/review.ics")
async def trainers_calendar(request: Request, here: Here, workshop: LedWorkshop) -> Response:
    """Give those who lead the day for their calendar."""
    return calendar_file(request, here, workshop, f"/trainer/w/{address_code(here, workshop)}/summary")


@router.get("/w/{code}/review.ics")
async def seats_calendar(request: Request, here: Here, room: FoundWorkshop) -> Response:
    """Give somebody who took part the day for their calendar."""
    a_seat(room)
    path = f"/w/{address_code(here, room.workshop)}/summary"
    return calendar_file(request, here, room.workshop, path, AT_SEAT)


@router.get("/summary/{link}/review.ics")
async def linked_calendar(request: Request, here: Here, link: str) -> Response:
    """Give whoever has a link the day for their calendar."""
    return calendar_file(request, here, await by_link(request, here, link), f"/summary/{link}")


def calendar_file(request: Request, here: State, workshop: Workshop, path: str, besides: str = "") -> Response:
    """Write the entry of a workshop's review date in its reader's language, with the address of the summary."""
    if workshop.review_on is None:
        raise NotFound(N_("No review date has been set."))
    reads = language_of(request)
    review = Review(
        # The same for everybody and for good, and nothing that leads into the workshop.
        uid=f"{derived(here.settings.key, 'review', id_of(workshop)).hex()[:32]}@concord",
        day=workshop.review_on,
        title=say(reads, Phrase(TITLE, {"title": workshop.title})),
        text="\n\n".join(filter(None, (workshop.purpose, say(reads, besides)))),
        link=f"{phones_address(request)}{path}",
        language=reads,
        turn=workshop.version,
    )
    headers = {"Content-Disposition": 'attachment; filename="concord-review.ics"', "Cache-Control": "no-store"}
    return Response(entry(review, here.now()), media_type="text/calendar; charset=utf-8", headers=headers)
