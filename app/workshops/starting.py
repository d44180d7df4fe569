"""What a new workshop begins with: an item of the library, or statements that somebody pasted."""

from sqlmodel import Session

from app.activities.registry import KINDS, activity
from app.errors import N_, NotFound
from app.library import loader
from app.library.loader import Item
from app.web.wording import lines
from app.workshops.agenda import StepDetails, add_step
from app.workshops.models import Step, Workshop

PASTED = "statements"


def add_item(session: Session, workshop: Workshop, item: Item) -> list[Step]:
    """Put an activity of the library on the agenda, or all that a whole agenda holds and we have."""
    return [
        add_step(session, workshop, one.kind, StepDetails(one.title, activity(one.kind).from_item(one.fields)))
        for one in loader.held(item)
    ]


def add_pasted(session: Session, workshop: Workshop, title: str, pasted: str) -> Step:
    """Put pasted statements, one a line, on the agenda as the activity that takes statements."""
    kind = next((kind for kind in KINDS.values() if PASTED in kind.Setup.model_fields), None)
    if kind is None:
        raise NotFound(N_("This Concord does not have that kind of activity."))
    count = len(lines(pasted))
    # Of ten statements one is discarded and five are agreed; of fewer about half.
    told = {PASTED: pasted, "discard": str(int(count > 6)), "top": str(min(5, max(1, count // 2)))}
    return add_step(session, workshop, kind.kind, StepDetails(title, kind.from_form(told, None)))
