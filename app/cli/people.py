"""Accounts of trainers, made and let in from a terminal."""

from contextlib import closing

from sqlmodel import Session

from app.accounts import service
from app.cli.migrate import upgrade
from app.config import Settings
from app.db import Database
from app.errors import N_, NotFound
from app.web.addresses import served_at
from app.web.state import utc_now

PORT = 8000


def add(settings: Settings, email: str) -> str:
    """Make an account and a one-time link, and give the link."""
    upgrade(settings)

    def make(session: Session) -> str:
        return service.make_link(session, service.add_trainer(session, email, utc_now()), utc_now())

    with closing(Database(settings.database_address)) as db:
        return address(settings, db.run_now(make))


def link(settings: Settings, email: str) -> str:
    """Make a one-time link for an account, and give it."""
    upgrade(settings)

    def make(session: Session) -> str:
        trainer = service.find_trainer_by_email(session, email)
        if trainer is None:
            raise NotFound(N_("No trainer has this e-mail address; make an account with: concord trainer add"))
        return service.make_link(session, trainer, utc_now())

    with closing(Database(settings.database_address)) as db:
        return address(settings, db.run_now(make))


def first_link(settings: Settings, at: str) -> str | None:
    """Make the link for the start, until somebody has a password; `at` is where this Concord is served."""

    def make(session: Session) -> str | None:
        trainer = service.first_trainer(session, utc_now())
        return service.make_link(session, trainer, utc_now()) if trainer else None

    with closing(Database(settings.database_address)) as db:
        token = db.run_now(make)
    return f"{at}/sign-in/{token}" if token else None


def address(settings: Settings, token: str) -> str:
    """Give the whole address of a one-time link."""
    return f"{served_at(settings, PORT)}/sign-in/{token}"
