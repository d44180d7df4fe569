"""Worksheets: a step on paper, for people without a phone and for tables that would rather write."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from jinja2 import TemplateNotFound

from app.activities import checks
from app.activities.letters import letter
from app.activities.registry import KINDS
from app.errors import N_, NotFound
from app.web.templates import draw, environment
from app.workshops import codes
from app.workshops.deps import Here, LedWorkshop, address_code
from app.workshops.find import id_of, steps_of
from app.workshops.models import Step, Workshop
from app.workshops.people import Id

router = APIRouter(prefix="/trainer/w/{code}/worksheets")

MOST_PEOPLE = 60
MOST_TABLES = 20


@dataclass(frozen=True, slots=True)
class Printed:
    """A step to print: the template of its kind's sheets, and what was prepared for it."""

    step: Step
    template: str

    @property
    def setup(self) -> dict[str, Any]:
        """What the trainer prepared."""
        return self.step.setup


People = Annotated[int, Query(ge=1, le=MOST_PEOPLE)]
Tables = Annotated[int, Query(ge=1, le=MOST_TABLES)]


@router.get("")
async def all_worksheets(here: Here, workshop: LedWorkshop, people: People = 1, tables: Tables = 1) -> HTMLResponse:
    """Show the worksheets of the whole agenda, ready to print."""
    steps = await here.db.read(lambda session: steps_of(session, id_of(workshop)))
    return sheets(workshop, address_code(here, workshop), steps, people, tables, None)


@router.get("/{step_id}")
async def worksheets(
    here: Here, workshop: LedWorkshop, step_id: Id, people: People = 1, tables: Tables = 1
) -> HTMLResponse:
    """Show the worksheets of one step, ready to print."""
    steps = await here.db.read(lambda session: steps_of(session, id_of(workshop)))
    wanted = [step for step in steps if step.id == step_id]
    if not wanted:
        raise NotFound(N_("There is no such step in this workshop."))
    return sheets(workshop, address_code(here, workshop), wanted, people, tables, step_id)


def sheets(
    workshop: Workshop, code: str, steps: list[Step], people: int, tables: int, step_id: int | None
) -> HTMLResponse:
    """Draw the sheets in the workshop's language, whatever the trainer reads."""
    html = draw(
        workshop.language,
        "workshops/worksheets.html",
        workshop=workshop,
        code=code,
        shown_code=codes.shown(code),
        printed=[found for step in steps if (found := printed(step, workshop.language)) is not None],
        step_id=step_id,
        people=people,
        tables=tables,
        most_people=MOST_PEOPLE,
        most_tables=MOST_TABLES,
        letter=letter,
        values=checks.VALUES,
        rules=checks.RULES,
        keys_off=False,
    )
    return HTMLResponse(html, headers={"Cache-Control": "no-store"})


def printed(step: Step, language: str) -> Printed | None:
    """Find what a step looks like on paper; None for kinds that are not for paper."""
    template = f"{step.kind}/worksheet.html"
    try:
        environment(language).get_template(template)
    except TemplateNotFound:
        return None
    return Printed(step, template) if step.kind in KINDS else None
