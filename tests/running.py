"""A running Concord for tests: the real app on a real database, a clock that tests set, and people's devices."""

import atexit
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import Session
from starlette.testclient import TestClient

from app.accounts import service
from app.config import Settings
from app.db import Database
from app.exports.child import Child
from app.main import create_app
from app.web.state import State

# One process makes the files of all tests here: to get one ready takes seconds.
FILES = Child()
atexit.register(FILES.end)

PASSWORD = "three unusual words"


@dataclass(slots=True)
class Clock:
    """A clock that stands still until a test moves it."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        """Let time pass: `forward(minutes=5)`."""
        self.moment += timedelta(**by)


@dataclass(frozen=True, slots=True)
class Concord:
    """The running app, and ways to come to it."""

    app: FastAPI
    clock: Clock
    first: TestClient

    @property
    def state(self) -> State:
        """What the app carries along."""
        state: State = self.app.state.concord
        return state

    @property
    def db(self) -> Database:
        """The app's database."""
        return self.state.db

    @property
    def settings(self) -> Settings:
        """The app's settings."""
        return self.state.settings

    def visitor(self, address: str = "192.0.2.7") -> TestClient:
        """Bring a device that knows nothing yet; it follows no redirects."""
        device = TestClient(self.app, client=(address, 50000), follow_redirects=False)
        device.portal = self.first.portal
        return device

    def trainer(self, email: str = "ann@example.org") -> TestClient:
        """Bring a device on which a trainer is signed in, who gets an account if there is none."""
        device = self.visitor()
        device.get(f"/sign-in/{self.link(email)}")
        return device

    def link(self, email: str = "ann@example.org") -> str:
        """Make a one-time link's token for a trainer, who gets an account if there is none."""

        def make(session: Session) -> str:
            known = service.find_trainer_by_email(session, email)
            return service.make_link(session, known or service.add_trainer(session, email, self.clock()), self.clock())

        return self.db.run_now(make)


def run(settings: Settings) -> Iterator[Concord]:
    """Run Concord on a database that has been migrated, until the test is over."""
    clock = Clock()
    app = create_app(settings, now=clock)
    with TestClient(app, follow_redirects=False) as first:
        app.state.making.queue.child = FILES
        yield Concord(app, clock, first)


@pytest.fixture
def concord(database_settings: Settings) -> Iterator[Concord]:
    """A running Concord, once on SQLite and once on PostgreSQL."""
    yield from run(database_settings)


@pytest.fixture
def concord_on_sqlite(sqlite_settings: Settings) -> Iterator[Concord]:
    """A running Concord on SQLite, for what no database can change."""
    yield from run(sqlite_settings)
