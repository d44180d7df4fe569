"""Who is in a workshop: names, agencies and tables, and taking a seat away."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from app.accounts.service import record
from app.web.templates import page
from app.workshops.deps import Here, LedWorkshop, address_code
from app.workshops.find import id_of, seats_of, tables_of
from app.workshops.models import Seat, Table, Workshop
from app.workshops.preparing import Me, frame
from app.workshops.seats import remove_seat

router = APIRouter(prefix="/trainer/w/{code}")

# What a database takes for an id.
Id = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/people")
async def people_page(request: Request, here: Here, workshop: LedWorkshop) -> Response:
    """List who sits where; nothing of what anybody answered."""

    def read(session: Session) -> tuple[list[Table], list[Seat]]:
        return tables_of(session, id_of(workshop)), seats_of(session, id_of(workshop))

    tables, seats = await here.db.read(read)
    labels = {agency["id"]: agency["label"] for agency in workshop.agencies}
    at = [(table, [seat for seat in seats if seat.table_id == table.id]) for table in tables]
    return page(request, "workshops/people.html", at=at, labels=labels, **frame(here, workshop))


@router.post("/seats/{seat_id}/remove")
async def take_away(here: Here, me: Me, workshop: LedWorkshop, seat_id: Id) -> Response:
    """Take a seat away; what was answered there stays with the table."""

    def remove(session: Session, version: int) -> None:
        remove_seat(session, session.get_one(Workshop, workshop.id), seat_id, here.now())
        record(session, me, "seat removed", here.now(), workshop.id)

    await here.db.change(id_of(workshop), remove)
    return RedirectResponse(f"/trainer/w/{address_code(here, workshop)}/people", 303)
