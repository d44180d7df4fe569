"""A trainer's workshops: the list, a new one, a copy, opening, closing, deleting, and the code to hand out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session, col, func, select
from starlette.responses import RedirectResponse, Response

from app.accounts.deps import trainer
from app.accounts.models import Trainer
from app.accounts.service import known, record
from app.errors import N_, Closed, Phrase, Refusal, Unclear
from app.library import loader
from app.library.pages import kind_title
from app.web.addresses import phones_address
from app.web.language import language_of
from app.web.state import State
from app.web.templates import page, say
from app.web.wording import TITLE_LIMIT, lines
from app.workshops import choices, codes, starting
from app.workshops import details as told
from app.workshops.deps import Here, LedWorkshop, OwnWorkshop, address_code
from app.workshops.find import id_of
from app.workshops.forms import Asking, Sent
from app.workshops.leading import led_by
from app.workshops.models import Seat, Step, Workshop
from app.workshops.qr import qr_path
from app.workshops.service import close_workshop, copy_workshop, create_workshop, delete_workshop, open_workshop

router = APIRouter(prefix="/trainer")

Me = Annotated[Trainer, Depends(trainer)]


@dataclass(frozen=True, slots=True)
class Row:
    """One workshop as the list shows it; `leader` names whose it is where somebody is its co-trainer."""

    workshop: Workshop
    code: str
    steps: int
    people: int
    leader: str = ""


@router.get("")
async def workshops_page(request: Request, here: Here, me: Me) -> Response:
    """List a trainer's workshops: open, prepared and past."""
    rows = await here.db.read(lambda session: rows_of(session, known(me), here))
    past = [row for row in rows if row.workshop.closed_at]
    now_open = [row for row in rows if row.workshop.opened_at and not row.workshop.closed_at]
    prepared = [row for row in rows if not row.workshop.opened_at]
    return page(request, "workshops/list.html", now_open=now_open, prepared=prepared, past=past)


@router.get("/workshops/new")
async def new_page(request: Request, me: Me, item: Annotated[str, Query(max_length=80)] = "") -> Response:
    """Ask what a new workshop is to be."""
    begun = loader.find(item) if item else None
    usual = told.usual(language_of(request))
    form = told.filled(usual) | ({"title": begun.title, "item": begun.id} if begun else {})
    return _ask(request, form, {})


@router.post("/workshops/new")
async def make(request: Request, here: Here, me: Me, form: Sent) -> Response:
    """Make a workshop, and go on to its agenda."""
    asking = Asking()
    details = told.read_details(form, asking, told.usual(language_of(request)))
    item = asking.hear("item", lambda: _item(form.get("item", "")))
    pasted = form.get("statements", "")

    def create(session: Session) -> str:
        workshop = create_workshop(session, known(me), details, here.now(), here.settings.key)
        if item is not None:
            starting.add_item(session, workshop, item)
        if lines(pasted):
            starting.add_pasted(session, workshop, details.title, pasted)
        record(session, me, "workshop made", here.now(), workshop.id)
        return address_code(here, workshop)

    if not asking.wrong:
        code = None
        try:
            code = await here.db.run(create)
        except Unclear as unclear:
            asking.wrong["statements"] = unclear.sentence
        if code is not None:
            return RedirectResponse(f"/trainer/w/{code}/edit", 303)
    return _ask(request, dict(form), asking.wrong)


@router.post("/w/{code}/copy")
async def copy(request: Request, here: Here, me: Me, workshop: LedWorkshop) -> Response:
    """Make a new workshop from one there is, and go on to its agenda."""
    titled = say(language_of(request), Phrase(N_("{title}, copy"), {"title": workshop.title}))[:TITLE_LIMIT]

    def again(session: Session) -> str:
        before = session.get_one(Workshop, workshop.id)
        made = copy_workshop(session, before, titled, here.now(), here.settings.key, trainer_id=known(me))
        record(session, me, "workshop copied", here.now(), made.id)
        return address_code(here, made)

    return RedirectResponse(f"/trainer/w/{await here.db.run(again)}/edit", 303)


@router.post("/w/{code}/open")
async def let_in(here: Here, me: Me, workshop: LedWorkshop) -> Response:
    """Open a workshop: from now on people come in by its code."""
    await _change(here, me, workshop, "workshop opened", lambda s, w: open_workshop(s, w, here.now()))
    return RedirectResponse(f"/trainer/w/{address_code(here, workshop)}", 303)


@router.get("/w/{code}/close")
async def ask_to_close(request: Request, here: Here, workshop: OwnWorkshop) -> Response:
    """Ask before a workshop is closed, as it cannot be opened again."""
    return page(request, "workshops/close.html", **frame(here, workshop))


@router.post("/w/{code}/close")
async def end(here: Here, me: Me, workshop: OwnWorkshop) -> Response:
    """Close a workshop."""
    await _change(here, me, workshop, "workshop closed", lambda s, w: close_workshop(s, w, here.now()))
    return RedirectResponse("/trainer", 303)


@router.get("/w/{code}/delete")
async def ask_to_delete(request: Request, here: Here, workshop: OwnWorkshop) -> Response:
    """Ask before a workshop and all that was said in it is deleted."""
    return page(request, "workshops/delete.html", wrong={}, **frame(here, workshop))


@router.post("/w/{code}/delete")
async def delete(request: Request, here: Here, me: Me, workshop: OwnWorkshop, form: Sent) -> Response:
    """Delete a workshop for good, once the trainer has said so."""
    if form.get("sure") != "yes":
        wrong = {"sure": Phrase(N_("Say that you are sure, as there is no way back."))}
        return page(request, "workshops/delete.html", status=422, wrong=wrong, **frame(here, workshop))
    if workshop.opened_at is not None and workshop.closed_at is None:
        raise Closed(N_("This workshop is open. Close it before you delete it."))
    await _change(here, me, workshop, "workshop deleted", delete_workshop)
    return RedirectResponse("/trainer", 303)


@router.get("/w/{code}/code")
async def code_page(request: Request, here: Here, workshop: LedWorkshop) -> Response:
    """Show code, link and QR square, to print or to put beside the wall."""
    address = phones_address(request)
    key, number, turn = here.settings.key, id_of(workshop), workshop.code_turn
    path, size = qr_path(f"{address}/join/{codes.qr_token(key, number, turn)}")
    short = address.partition("://")[2]
    return page(request, "workshops/code.html", address=short, qr=path, size=size, **frame(here, workshop))


def frame(here: State, workshop: Workshop) -> dict[str, Any]:
    """Gather what every page of one workshop shows around its own part."""
    code = address_code(here, workshop)
    return {"workshop": workshop, "code": code, "shown_code": codes.shown(code)}


def rows_of(session: Session, trainer_id: int, here: State) -> list[Row]:
    """Read the workshops that a trainer leads with their counts, the newest first."""
    people = dict(_counts(session, select(Seat.workshop_id, func.count()).where(col(Seat.removed_at).is_(None))))
    steps = dict(_counts(session, select(Step.workshop_id, func.count())))
    wanted = select(Workshop, Trainer).join(Trainer, col(Trainer.id) == col(Workshop.trainer_id))
    return [
        Row(
            workshop=one,
            code=codes.shown(address_code(here, one)),
            steps=steps.get(id_of(one), 0),
            people=people.get(id_of(one), 0),
            leader="" if leader.id == trainer_id else leader.name or leader.email,
        )
        for one, leader in session.exec(wanted.where(led_by(trainer_id)).order_by(col(Workshop.id).desc()))
    ]


def _counts(session: Session, counting: Any) -> list[tuple[int, int]]:
    grouped = counting.group_by(counting.selected_columns[0])
    return [(workshop_id, count) for workshop_id, count in session.exec(grouped)]


def _item(name: str) -> loader.Item | None:
    if not name:
        return None
    try:
        return loader.find(name)
    except Refusal as refusal:
        raise Unclear(refusal.sentence.text) from None


def _ask(request: Request, form: dict[str, Any], wrong: dict[str, Phrase]) -> Response:
    whole = told.filled(told.usual(language_of(request)), form)
    whole |= {"item": form.get("item", ""), "statements": form.get("statements", "")}
    return page(
        request,
        "workshops/new.html",
        status=422 if wrong else 200,
        form=whole,
        wrong=wrong,
        items=loader.offered(),
        kind_title=kind_title,
        fixed=False,
        choices=told.CHOICES,
        disclosures=choices.DISCLOSURES,
    )


async def _change(
    here: State, me: Trainer, workshop: Workshop, what: str, act: Callable[[Session, Workshop], None]
) -> None:
    def change(session: Session, version: int) -> None:
        act(session, session.get_one(Workshop, workshop.id))
        record(session, me, what, here.now(), workshop.id)

    await here.db.change(id_of(workshop), change)
