"""The agenda's pages: its steps, each with a form, and the workshop's own details.

Law: a form names the edition it was made on; what somebody else has changed in the meantime is not overwritten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from app.activities.base import Phase
from app.activities.registry import KINDS, activity
from app.errors import N_, Closed, Phrase, Stale, Unclear
from app.library import loader
from app.web.state import State
from app.web.templates import page
from app.web.wording import lines, title
from app.workshops import agenda, choices, starting
from app.workshops import details as told
from app.workshops.agenda import MOST_MINUTES, StepDetails
from app.workshops.deps import Here, LedWorkshop, address_code
from app.workshops.find import id_of, steps_of
from app.workshops.forms import Asking, Sent, Wrong, whole
from app.workshops.models import Step, Workshop
from app.workshops.people import Id
from app.workshops.preparing import frame
from app.workshops.service import Details, change_workshop, details_of, edition

router = APIRouter(prefix="/trainer/w/{code}")

NEW, DETAILS = "new", "details"


@dataclass(frozen=True, slots=True)
class Entry:
    """One step as the agenda lists it."""

    step: Step
    minutes: Mapping[str, int]
    begun: bool

    @property
    def total(self) -> int:
        """How long the step is meant to take."""
        return sum(self.minutes.values())


@dataclass(frozen=True, slots=True)
class Agenda:
    """A workshop as its agenda page reads it."""

    workshop: Workshop
    entries: tuple[Entry, ...]
    details: Details
    edition: str

    @property
    def total(self) -> int:
        """How long the whole agenda is meant to take."""
        return sum(entry.total for entry in self.entries)


@router.get("/edit")
async def edit_page(
    request: Request, here: Here, workshop: LedWorkshop, step: str = Query("", max_length=20), saved: bool = False
) -> Response:
    """Show the agenda, and the form of one step, of a new one, or of the workshop's details."""
    return await _show(request, here, workshop, step, saved=saved)


@router.post("/details")
async def keep_details(request: Request, here: Here, workshop: LedWorkshop, form: Sent) -> Response:
    """Keep what a trainer says of the workshop as a whole."""
    asking = Asking()
    before = await here.db.read(lambda session: details_of(session, workshop))
    details = told.read_details(form, asking, before)

    def change(session: Session, version: int) -> None:
        change_workshop(session, session.get_one(Workshop, workshop.id), details, form.get("seen", ""))

    return await _keep(request, here, workshop, DETAILS, form, asking.wrong, change)


@router.post("/steps")
async def add(request: Request, here: Here, workshop: LedWorkshop, form: Sent) -> Response:
    """Put an item of the library, or pasted statements, at the end of the agenda."""
    asking = Asking()
    item = loader.find(form["item"]) if form.get("item") else None
    titled = "" if item else asking.hear("new-title", lambda: title(form.get("title", ""))) or ""
    if item is None and not lines(form.get("statements", "")):
        asking.wrong["new-statements"] = Phrase(N_("Paste the statements, one on a line."))
    made: list[int] = []

    def change(session: Session, version: int) -> None:
        known = session.get_one(Workshop, workshop.id)
        if item is not None:
            made.extend(id_of(step) for step in starting.add_item(session, known, item))
        else:
            made.append(id_of(starting.add_pasted(session, known, titled, form.get("statements", ""))))

    reply = await _keep(request, here, workshop, NEW, form, asking.wrong, change)
    if made and reply.status_code == 303:
        return _back(here, workshop, str(made[0]))
    return reply


@router.post("/steps/{step_id}")
async def keep_step(request: Request, here: Here, workshop: LedWorkshop, step_id: Id, form: Sent) -> Response:
    """Keep a step's form."""
    step = await here.db.read(lambda session: agenda.step_of(session, workshop, step_id))
    asking = Asking()
    details = read_step(step, form, asking)

    def change(session: Session, version: int) -> None:
        known = session.get_one(Workshop, workshop.id)
        agenda.change_step(session, known, step_id, details, form.get("seen", ""))

    return await _keep(request, here, workshop, str(step_id), form, asking.wrong, change)


@router.post("/steps/{step_id}/{way}")
async def move(
    request: Request, here: Here, workshop: LedWorkshop, step_id: Id, way: Literal["earlier", "later", "drop"]
) -> Response:
    """Move a step earlier or later, or take it off the agenda."""

    def change(session: Session, version: int) -> None:
        known = session.get_one(Workshop, workshop.id)
        if way == "drop":
            agenda.drop_step(session, known, step_id)
        else:
            agenda.move_step(session, known, step_id, way)

    reply = await _keep(request, here, workshop, str(step_id), {}, {}, change)
    return _back(here, workshop, "") if way == "drop" and reply.status_code == 303 else reply


def read_step(step: Step, form: Mapping[str, str], asking: Asking) -> StepDetails:
    """Read a step's form; what is unclear is kept in `asking`, and has then its value from before."""
    kind = activity(step.kind)
    setup = asking.hear("setup", lambda: kind.from_form(form, step.setup))
    minutes = {
        phase.name: asking.hear(f"min-{phase.name}", partial(_minutes, sent))
        for phase in kind.phases
        if (sent := form.get(f"min-{phase.name}")) is not None
    }
    return StepDetails(
        title=asking.hear("title", lambda: title(form.get("title", ""))) or step.title,
        setup=setup or step.setup,
        minutes=step.minutes | {name: took for name, took in minutes.items() if took is not None},
        rule=asking.hear("rule", lambda: choices.chosen(choices.RULES, form.get("rule", step.rule))) or step.rule,
        moved_by=asking.hear("moved_by", lambda: choices.chosen(choices.MOVERS, form.get("moved_by", step.moved_by)))
        or step.moved_by,
    )


def read_agenda(session: Session, workshop: Workshop) -> Agenda:
    """Read a workshop's agenda and details at one moment."""
    known = session.get_one(Workshop, workshop.id)
    entries = tuple(
        Entry(step, agenda.minutes_of(step), agenda.has_begun(session, known, step))
        for step in steps_of(session, id_of(known))
        if step.kind in KINDS
    )
    return Agenda(known, entries, details_of(session, known), edition(session, known))


def typed_over(setup: Mapping[str, Any], form: Mapping[str, str]) -> dict[str, Any]:
    """Lay what was typed over a setup, so that a form that was refused shows it again."""
    shown = dict(setup)
    for name, value in setup.items():
        if isinstance(value, list) and name in form:
            shown[name] = [{"text": text} for text in lines(form[name])]
        elif isinstance(value, dict):
            own = {key.partition("-")[2]: text for key, text in form.items() if key.startswith(f"{name[:-1]}-")}
            shown[name] = {**value, **own}
        elif name in form:
            shown[name] = form[name]
    return shown


async def _keep(
    request: Request, here: State, workshop: Workshop, chosen: str, form: Mapping[str, str], wrong: Wrong, change: Any
) -> Response:
    status = 422
    if not wrong:
        try:
            await here.db.change(id_of(workshop), change)
        except Unclear as unclear:
            wrong = {"form": unclear.sentence}
        except (Stale, Closed) as refusal:
            status, wrong = refusal.status, {"form": refusal.sentence}
        else:
            return _back(here, workshop, chosen)
    return await _show(request, here, workshop, chosen, status=status, wrong=wrong, form=form)


def _back(here: State, workshop: Workshop, chosen: str) -> Response:
    step = f"&step={chosen}" if chosen else ""
    return RedirectResponse(f"/trainer/w/{address_code(here, workshop)}/edit?saved=1{step}", 303)


async def _show(
    request: Request,
    here: State,
    workshop: Workshop,
    chosen: str,
    *,
    status: int = 200,
    wrong: Wrong | None = None,
    form: Mapping[str, str] | None = None,
    saved: bool = False,
) -> Response:
    plan = await here.db.read(lambda session: read_agenda(session, workshop))
    entry = next((entry for entry in plan.entries if str(entry.step.id) == chosen), None)
    if entry is None and chosen not in (NEW, DETAILS):
        entry, chosen = (plan.entries[0], "") if plan.entries else (None, NEW)
    # After a stale edit the page shows what is there now, and beside it what was typed.
    typed = {} if status == Stale.status else dict(form or {})
    telling = frame(here, plan.workshop) | {
        "agenda": plan,
        "entry": entry,
        "chosen": chosen,
        "wrong": wrong or {},
        "saved": saved,
        "typed": typed,
        "lost": {name: text for name, text in (form or {}).items() if name != "seen"} if status == Stale.status else {},
        "details": told.filled(plan.details, typed if chosen == DETAILS else None),
        "choices": told.CHOICES | {"rule": choices.RULES, "moved_by": choices.MOVERS},
        "disclosures": choices.DISCLOSURES,
        "fixed": plan.workshop.opened_at is not None,
    }
    if entry is not None:
        telling |= _step_form(entry, typed)
    return page(request, "workshops/edit.html", status=status, **telling)


def _step_form(entry: Entry, typed: Mapping[str, str]) -> dict[str, Any]:
    kind = activity(entry.step.kind)
    named = {phase.name: phase for phase in kind.phases}
    phases: list[tuple[Phase, str]] = [
        (named[name], typed.get(f"min-{name}", str(took))) for name, took in entry.minutes.items()
    ]
    return {
        "kind": kind,
        "setup": typed_over(entry.step.setup, typed),
        "phases": phases,
        "seen": agenda.edition(entry.step),
    }


def _minutes(text: str) -> int:
    minutes = whole(text)
    if minutes is None or not 1 <= minutes <= MOST_MINUTES:
        raise Unclear(N_("A phase takes 1 to {most} minutes."), most=MOST_MINUTES)
    return minutes
