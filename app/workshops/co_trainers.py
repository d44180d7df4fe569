"""Naming co-trainers, who lead a workshop together with the trainer whose it is."""

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.service import known
from app.errors import Phrase, Unclear
from app.web.limits import FOR_ONE_ACCOUNT
from app.workshops.deps import Here, OwnWorkshop
from app.workshops.forms import Sent
from app.workshops.leading import NoSuchTrainer, drop_co_trainer, name_co_trainer
from app.workshops.models import Workshop
from app.workshops.people import Id, act, show_people
from app.workshops.preparing import Me

router = APIRouter(prefix="/trainer/w/{code}/co-trainers")


@router.post("")
async def name_one(request: Request, here: Here, me: Me, workshop: OwnWorkshop, form: Sent) -> Response:
    """Let the trainer with this `email` lead the workshop, too."""
    counted = ("co-trainer", str(known(me)))
    here.limits.check(FOR_ONE_ACCOUNT, *counted)
    email = form.get("email", "")

    def name(session: Session, version: int, before: Workshop) -> None:
        name_co_trainer(session, before, email)

    try:
        return await act(here, me, workshop, "co-trainer named", name)
    except Unclear as unclear:
        if isinstance(unclear, NoSuchTrainer):
            here.limits.failed(FOR_ONE_ACCOUNT, *counted)
        wrong: dict[str, Phrase] = {"email": unclear.sentence}
        return await show_people(request, here, me, workshop, wrong, form)


@router.post("/{trainer_id}/remove")
async def drop_one(here: Here, me: Me, workshop: OwnWorkshop, trainer_id: Id) -> Response:
    """Take a co-trainer's rights away at once."""

    def drop(session: Session, version: int, before: Workshop) -> None:
        drop_co_trainer(session, before, trainer_id)

    return await act(here, me, workshop, "co-trainer removed", drop)
