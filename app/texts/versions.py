"""Earlier versions of shared texts: what the trainer may look at, and bring back where the text is still open."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.activities.registry import KINDS
from app.errors import N_, Closed, NotFound
from app.texts import keeping
from app.texts.models import SharedText
from app.texts.rights import Who, ask
from app.texts.service import Key
from app.workshops.find import id_of
from app.workshops.models import Step, Workshop


@dataclass(frozen=True, slots=True)
class Version:
    """A text as it was kept. `why`: frozen, restored or closed."""

    number: int
    words: str
    why: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A text of the activity under way: whose it is (table 0: the room's), its words now, and what was kept of it."""

    id: int
    table: int
    title: str
    words: str
    is_open: bool
    versions: tuple[Version, ...]


def read_texts(session: Session, workshop: Workshop) -> tuple[Told, ...]:
    """Read what was written and a trainer may see now, by table, what was begun last first.

    Nothing is there before its table has revealed it.
    """
    step = session.get(Step, workshop.live_step_id) if workshop.live_step_id is not None else None
    if step is None or step.kind not in KINDS:
        return ()
    wanted = select(SharedText).where(col(SharedText.step_id) == step.id, col(SharedText.number) > 0)
    told = [tell(session, workshop, step, row) for row in session.scalars(wanted) if may_see(session, workshop, row)]
    return tuple(sorted(told, key=lambda one: (one.table, -one.id)))


def may_see(session: Session, workshop: Workshop, row: SharedText) -> bool:
    """Say whether the desk may read a text."""
    return ask(session, Who(id_of(workshop), None), key_of(row)).may != "none"


def tell(session: Session, workshop: Workshop, step: Step, row: SharedText) -> Told:
    """Tell of one text, its newest version first."""
    kind, key = KINDS[step.kind], key_of(row)
    versions = [
        Version(one.number, one.content, one.why, one.made_at) for one in reversed(keeping.versions(session, key))
    ]
    title = kind.text_title(kind.Setup.model_validate(step.setup), row.name)
    words = keeping.flatten(session, key)
    return Told(row.id or 0, row.table_number, title, words, row.is_open, tuple(versions))


def bring_back(session: Session, workshop: Workshop, text_id: int, number: int, now: datetime) -> tuple[int, int]:
    """Bring an earlier version back into a text that is open; gives the text's id and its new number.

    What is frozen stands on the table's board as well, and is opened there first.
    """
    row = session.get(SharedText, text_id)
    if row is None or row.workshop_id != workshop.id or not may_see(session, workshop, row):
        raise NotFound(N_("There is no such text."))
    if not row.is_open:
        raise Closed(N_("These words are locked. Let the table open them again first, then bring the version back."))
    return keeping.restore(session, key_of(row), number, now)


def key_of(row: SharedText) -> Key:
    """Say which text a row is."""
    return Key(row.workshop_id, row.step_id, row.table_number, row.name)
