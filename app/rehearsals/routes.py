"""Rehearsing: a button beside the agenda makes a copy with robots in it, and leads to that copy's desk."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from app.accounts.deps import trainer
from app.accounts.models import Trainer
from app.accounts.service import known, make_link, record
from app.errors import N_, Closed
from app.rehearsals import service
from app.rehearsals.running import rehearsals_of, server_of
from app.robots.play import Plan
from app.web.state import State
from app.workshops.deps import Here, LedWorkshop, address_code
from app.workshops.find import id_of
from app.workshops.forms import Sent
from app.workshops.models import Workshop
from app.workshops.service import close_workshop

router = APIRouter(prefix="/trainer/w/{code}/rehearse")

Me = Annotated[Trainer, Depends(trainer)]


@router.post("")
async def rehearse(request: Request, here: Here, me: Me, workshop: LedWorkshop, form: Sent) -> Response:
    """Make a rehearsal of a workshop, let robots in, and go to its desk; `lead` is “robots” where one shall lead."""
    rehearsals = rehearsals_of(request)
    await rehearsals.stop(known(me))
    await end_all(here, me)
    by_robot = form.get("lead") == "robots"

    def begin(session: Session) -> tuple[int, str, int, int, str]:
        before = session.get_one(Workshop, workshop.id)
        copy = service.begin(session, before, me, here.now(), here.settings.key)
        record(session, me, "rehearsal begun", here.now(), copy.id)
        code = address_code(here, copy)
        link = f"/sign-in/{make_link(session, me, here.now(), goes_to=f'/trainer/w/{code}')}" if by_robot else ""
        return id_of(copy), code, *service.seats_for(session, copy), link

    workshop_id, code, tables, seats, link = await here.db.run(begin)
    plan = Plan(
        server=server_of(request),
        code=code,
        tables=tables,
        seats=seats,
        seed=workshop_id,
        speed=rehearsals.speed,
        link=link,
    )
    await rehearsals.start(known(me), workshop_id, plan)
    return RedirectResponse(f"/trainer/w/{code}", 303)


@router.post("/lead")
async def hand_over(request: Request, here: Here, me: Me, workshop: LedWorkshop) -> Response:
    """Let a robot lead a rehearsal from where it is."""
    service.is_rehearsal(workshop)
    code = address_code(here, workshop)

    def link(session: Session) -> str:
        return make_link(session, me, here.now(), goes_to=f"/trainer/w/{code}")

    if not rehearsals_of(request).hand_over(id_of(workshop), f"/sign-in/{await here.db.run(link)}"):
        raise Closed(N_("The robots of this rehearsal have gone, or one leads already. Begin the rehearsal again."))
    return RedirectResponse(f"/trainer/w/{code}", 303)


async def end_all(here: State, me: Trainer) -> None:
    """Close a trainer's rehearsals that are still open."""
    for former in await here.db.read(lambda session: service.running_of(session, known(me))):

        def close(session: Session, version: int, former: int = former) -> None:
            close_workshop(session, session.get_one(Workshop, former), here.now())

        await here.db.change(former, close)
