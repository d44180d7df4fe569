"""Who leads a workshop: the trainer whose it is, and the co-trainers whom that one has named.

Law: whatever is a trainer's to do in a workshop asks here; what is not a co-trainer's asks `is_own` besides.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, select, union_all
from sqlmodel import Session, col

from app.accounts.models import SignedIn, Trainer
from app.accounts.service import clean_email, find_trainer_by_email, known
from app.errors import N_, NotFound, Unclear
from app.workshops.find import id_of
from app.workshops.models import CoTrainer, Workshop

# Written once: every act of a trainer's asks this.
LEADERS = union_all(
    select(col(Workshop.id).label("workshop_id"), col(Workshop.trainer_id).label("trainer_id")),
    select(col(CoTrainer.workshop_id), col(CoTrainer.trainer_id)),
).subquery("leader")
LEADS = select(LEADERS.c.trainer_id).where(
    LEADERS.c.workshop_id == bindparam("workshop"), LEADERS.c.trainer_id == bindparam("trainer")
)


NOBODY = N_("There is no trainer with this address here. They need an account on this Concord first.")


class NoSuchTrainer(Unclear):
    """An address that no account here has."""


def leads(session: Session, workshop_id: int, trainer: Trainer | None) -> bool:
    """Tell whether a trainer leads a workshop: it is their own, or they are its co-trainer."""
    if trainer is None:
        return False
    asked = {"workshop": workshop_id, "trainer": known(trainer)}
    return session.connection().execute(LEADS, asked).first() is not None


def led_by(trainer_id: int) -> ColumnElement[bool]:
    """Narrow a question down to the workshops that a trainer leads."""
    return col(Workshop.id).in_(select(LEADERS.c.workshop_id).where(LEADERS.c.trainer_id == trainer_id))


def is_own(workshop: Workshop, trainer: Trainer) -> bool:
    """Tell whether a workshop is a trainer's own, to name co-trainers for, to close and to delete."""
    return workshop.trainer_id == known(trainer)


def still_leading(session: Session, workshops: Iterable[int], tokens: set[str], now: datetime) -> set[tuple[int, str]]:
    """Find which hashed tokens are signed in as somebody who leads which of these workshops."""
    wanted = (
        select(LEADERS.c.workshop_id, col(SignedIn.token_hash))
        .join(LEADERS, LEADERS.c.trainer_id == col(SignedIn.trainer_id))
        .where(
            LEADERS.c.workshop_id.in_(tuple(workshops)),
            col(SignedIn.token_hash).in_(tokens),
            col(SignedIn.expires_at) > now,
        )
    )
    return {(workshop, token) for workshop, token in session.connection().execute(wanted)}


def co_trainers_of(session: Session, workshop: Workshop) -> list[Trainer]:
    """List a workshop's co-trainers by their addresses."""
    named = select(Trainer).join(CoTrainer, col(CoTrainer.trainer_id) == col(Trainer.id))
    found = session.scalars(named.where(col(CoTrainer.workshop_id) == id_of(workshop)).order_by(col(Trainer.email)))
    return list(found)


def name_co_trainer(session: Session, workshop: Workshop, email: str) -> None:
    """Let another trainer of this Concord lead a workshop, too."""
    found = find_trainer_by_email(session, clean_email(email))
    if found is None:
        raise NoSuchTrainer(NOBODY)
    if is_own(workshop, found):
        raise Unclear(N_("This workshop is theirs already."))
    if not leads(session, id_of(workshop), found):
        session.add(CoTrainer(workshop_id=id_of(workshop), trainer_id=known(found)))
        session.flush()


def drop_co_trainer(session: Session, workshop: Workshop, trainer_id: int) -> None:
    """Take a co-trainer's rights away; their open desk ends as soon as it is looked at again."""
    named = session.get(CoTrainer, (id_of(workshop), trainer_id))
    if named is None:
        raise NotFound(N_("There is no such co-trainer of this workshop."))
    session.delete(named)
    session.flush()
