"""A workshop's record, brought back from a terminal as a workshop to look at."""

from contextlib import closing
from pathlib import Path

from sqlmodel import Session, select

from app.accounts.models import Trainer
from app.accounts.service import find_trainer_by_email, known
from app.cli.migrate import upgrade
from app.cli.people import PORT
from app.config import Settings
from app.db import Database
from app.errors import N_, NotFound, Unclear
from app.exports.bringing import bring
from app.web.addresses import served_at
from app.web.state import utc_now
from app.workshops import codes
from app.workshops.find import id_of


def bring_back(settings: Settings, file: Path, email: str | None) -> str:
    """Bring a record back for a trainer, the only one there is where none is named; tells where to look."""
    content = file.read_bytes()
    upgrade(settings)

    def brought(session: Session) -> str:
        now = utc_now()
        workshop = bring(session, content, known(_trainer(session, email)), now, settings.key)
        session.flush()
        code = codes.join_code(settings.key, id_of(workshop), workshop.code_turn)
        return f"{served_at(settings, PORT)}/trainer/w/{code}/summary"

    with closing(Database(settings.database_address)) as db:
        return db.run_now(brought)


def _trainer(session: Session, email: str | None) -> Trainer:
    if email is not None:
        found = find_trainer_by_email(session, email)
        if found is None:
            raise NotFound(N_("No trainer has this e-mail address; make an account with: concord trainer add"))
        return found
    trainers = session.exec(select(Trainer).limit(2)).all()
    if len(trainers) != 1:
        raise Unclear(N_("Say whose workshop it is to be: --trainer EMAIL."))
    return trainers[0]
