"""A workshop's agenda: steps added, changed, moved and taken off.

Law: a step that has begun stays as it is, as people are answering it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlmodel import Session, select

from app.activities.registry import activity
from app.errors import N_, Closed, NotFound, Stale, Unclear
from app.web.wording import title
from app.workshops import choices, codes
from app.workshops.find import id_of, steps_of
from app.workshops.models import Board, Step, Workshop

MOST_STEPS = 20
MOST_MINUTES = 240

CHANGED_MEANWHILE = N_("Somebody else has changed this in the meantime. Look at it as it is now, then change it again.")


@dataclass(frozen=True, slots=True)
class StepDetails:
    """What a trainer says of a step; `minutes` names only the phases that differ from their kind's own."""

    title: str
    setup: Mapping[str, Any]
    minutes: Mapping[str, int] = field(default_factory=dict)
    rule: str = "all-at-3"
    moved_by: str = "trainer"


def add_step(session: Session, workshop: Workshop, kind: str, details: StepDetails) -> Step:
    """Put a step at the end of the agenda."""
    still_prepared(workshop)
    activity(kind)
    steps = steps_of(session, id_of(workshop))
    if len(steps) >= MOST_STEPS:
        raise Closed(N_("An agenda has room for {most} activities."), most=MOST_STEPS)
    step = Step(workshop_id=id_of(workshop), position=len(steps) + 1, kind=kind, title="")
    _apply(step, details)
    session.add(step)
    session.flush()
    return step


def change_step(session: Session, workshop: Workshop, step_id: int, details: StepDetails, seen: str) -> Step:
    """Change a step that has not begun; `seen` is the edition that the change was made on."""
    step = step_of(session, workshop, step_id)
    if seen != edition(step):
        raise Stale(
            N_("Somebody else has changed this in the meantime. Look at it as it is now, then change it again.")
        )
    not_begun(session, workshop, step)
    _apply(step, details)
    session.add(step)
    session.flush()
    return step


def move_step(session: Session, workshop: Workshop, step_id: int, way: Literal["earlier", "later"]) -> Step:
    """Change places with the step before or after; at the ends nothing changes."""
    steps = steps_of(session, id_of(workshop))
    step = step_of(session, workshop, step_id)
    place = next(place for place, one in enumerate(steps) if one.id == step.id)
    other = place - 1 if way == "earlier" else place + 1
    if 0 <= other < len(steps):
        not_begun(session, workshop, step)
        not_begun(session, workshop, steps[other])
        step.position, steps[other].position = steps[other].position, step.position
        session.add(step)
        session.add(steps[other])
        session.flush()
    return step


def drop_step(session: Session, workshop: Workshop, step_id: int) -> None:
    """Take a step that has not begun off the agenda."""
    step = step_of(session, workshop, step_id)
    not_begun(session, workshop, step)
    session.delete(step)
    session.flush()
    for position, left in enumerate(steps_of(session, id_of(workshop)), 1):
        left.position = position
        session.add(left)
    session.flush()


def step_of(session: Session, workshop: Workshop, step_id: int) -> Step:
    """Find a step of this workshop and no other."""
    step = session.get(Step, step_id)
    if step is None or step.workshop_id != id_of(workshop):
        raise NotFound(N_("There is no such activity on this agenda."))
    return step


def edition(step: Step) -> str:
    """Name a step as it is now; it changes with any of what `change_step` changes."""
    told = (step.title, step.setup, sorted(step.minutes.items()), step.rule, step.moved_by)
    return codes.code_hash(b"edition", repr(told))[:16]


def has_begun(session: Session, workshop: Workshop, step: Step) -> bool:
    """Tell whether any table has entered a step."""
    begun = session.exec(select(Board.step_id).where(Board.step_id == id_of(step)).limit(1)).first()
    return begun is not None or workshop.live_step_id == step.id


def not_begun(session: Session, workshop: Workshop, step: Step) -> None:
    """Refuse to touch a step that people are answering, or have answered."""
    still_prepared(workshop)
    if has_begun(session, workshop, step):
        raise Closed(N_("“{title}” has begun, so it stays as it is."), title=step.title)


def still_prepared(workshop: Workshop) -> None:
    """Refuse to change the agenda of a workshop that is over."""
    if workshop.closed_at is not None:
        raise Closed(N_("This workshop is closed. Copy it to use it again."))


def minutes_of(step: Step) -> dict[str, int]:
    """List how long each phase on the step's path is meant to take."""
    kind = activity(step.kind)
    path = kind.path(kind.Setup.model_validate(step.setup))
    return {phase.name: step.minutes.get(phase.name, phase.minutes) for phase in path if phase.minutes}


def _apply(step: Step, details: StepDetails) -> None:
    kind = activity(step.kind)
    step.title = title(details.title)
    step.setup = kind.Setup.model_validate(details.setup).model_dump(mode="json")
    step.rule = choices.chosen(choices.RULES, details.rule)
    step.moved_by = choices.chosen(choices.MOVERS, details.moved_by)
    own = {phase.name: phase.minutes for phase in kind.phases}
    for phase, minutes in details.minutes.items():
        if phase in own and not 1 <= minutes <= MOST_MINUTES:
            raise Unclear(N_("A phase takes 1 to {most} minutes."), most=MOST_MINUTES)
    step.minutes = {name: took for name, took in details.minutes.items() if name in own and took != own[name]}
