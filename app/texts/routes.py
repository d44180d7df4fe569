"""The trainer's page of earlier versions, and bringing one back."""

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from app.accounts.service import record
from app.errors import N_, Unclear
from app.texts.start import hall_of
from app.texts.versions import bring_back, read_texts
from app.web.templates import page
from app.workshops.deps import Here, LedWorkshop, address_code
from app.workshops.find import id_of
from app.workshops.forms import Sent, whole
from app.workshops.models import Workshop
from app.workshops.people import Id
from app.workshops.preparing import Me, frame

router = APIRouter(prefix="/trainer/w/{code}/texts")


@router.get("")
async def texts_page(request: Request, here: Here, workshop: LedWorkshop) -> Response:
    """Show what is being written together in the activity under way, and what was kept of it."""
    texts = await here.db.read(lambda session: read_texts(session, session.get_one(Workshop, workshop.id)))
    return page(request, "texts/versions.html", texts=texts, **frame(here, workshop))


@router.post("/{text_id}/restore")
async def restore(request: Request, here: Here, me: Me, workshop: LedWorkshop, text_id: Id, form: Sent) -> Response:
    """Bring the version of a `number` back; what it replaces is kept as one more."""
    number = whole(form.get("number"))
    if number is None:
        raise Unclear(N_("Say which version to bring back."))

    def back(session: Session) -> tuple[int, int]:
        known = session.get_one(Workshop, workshop.id)
        told = bring_back(session, known, text_id, number, here.now())
        record(session, me, "version brought back", here.now(), id_of(known))
        return told

    hall_of(request).stored(*await here.db.run(back))
    return RedirectResponse(f"/trainer/w/{address_code(here, workshop)}/texts", 303)
