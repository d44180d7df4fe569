"""The cast: a trainer, another one, seats at two tables, one that came late, one that was removed, and nobody.

Whatever takes `cast` runs on SQLite and PostgreSQL; `cast_on_sqlite` is for what no database can change.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from app.accounts.models import Trainer
from app.workshops import codes
from app.workshops.agenda import StepDetails, add_step
from app.workshops.find import id_of, seat_by_token, steps_of
from app.workshops.models import Seat, Step, Workshop
from app.workshops.service import Details, create_workshop, open_workshop, remove_seat
from tests.running import Concord

T = TypeVar("T")

AGENCIES = ("Education", "Health", "Police")
STATEMENTS = [{"id": f"s{number}", "text": f"Statement {number}"} for number in range(1, 6)]
SETUP = {"statements": STATEMENTS, "discard": 1, "top": 2}
GRID = {
    "rows": [{"id": "r1", "prompt": "Together we mean …"}, {"id": "r2", "prompt": "We begin by …"}],
    "columns": [
        {"id": "education", "label": "Education"},
        {"id": "health", "label": "Health"},
        {"id": "police", "label": "Police"},
    ],
    "agreed": "Our joint statement",
}


@dataclass(slots=True)
class Cast:
    """One open workshop with a ranking on its agenda, and everybody who has to do with it."""

    concord: Concord
    workshop_id: int
    code: str
    trainer: TestClient
    other_trainer: TestClient
    nobody: TestClient
    seats: dict[str, TestClient] = field(default_factory=dict)

    @property
    def ann(self) -> TestClient:
        """A seat at table 1."""
        return self.seats["Ann"]

    @property
    def ben(self) -> TestClient:
        """Another seat at table 1."""
        return self.seats["Ben"]

    @property
    def cat(self) -> TestClient:
        """A seat at table 2."""
        return self.seats["Cat"]

    @property
    def removed(self) -> TestClient:
        """A device whose seat at table 1 was taken away."""
        return self.seats["Rob"]

    def join(self, name: str, agency: str = "none", table: int | None = None, address: str = "192.0.2.7") -> TestClient:
        """Bring another person in; a test that calls this later brings one that came late."""
        device = self.concord.visitor(address)
        sent = {"name": name, "agency": agency} | ({"table": str(table)} if table else {})
        reply = device.post(f"/join/{self.code}", data=sent)
        assert reply.status_code == 303, reply.text
        self.seats[name] = device
        return device

    def read(self, reading: Callable[[Session], T]) -> T:
        """Read something from the database."""
        return self.concord.db.run_now(reading)

    def workshop(self) -> Workshop:
        """Read the workshop."""
        return self.read(lambda session: session.get_one(Workshop, self.workshop_id))

    def steps(self) -> list[Step]:
        """Read the agenda."""
        return self.read(lambda session: steps_of(session, self.workshop_id))

    def step(self) -> int:
        """Tell the id of the first step."""
        return id_of(self.steps()[0])

    def seat(self, name: str) -> Seat:
        """Read the seat that a device holds."""
        token = token_of(self.seats[name], self.workshop_id)
        found = self.read(lambda session: seat_by_token(session, self.workshop_id, token))
        assert found is not None
        return found


def token_of(device: TestClient, workshop_id: int) -> str:
    """Read the token that a device holds a seat with."""
    token = device.cookies.get(f"concord_seat_{workshop_id}")
    assert token is not None
    return token


def trainer_id(concord: Concord, email: str) -> int:
    """Find a trainer's id, making the account if there is none."""
    concord.link(email)

    def find(session: Session) -> int:
        found = session.exec(select(Trainer).where(Trainer.email == email)).one()
        assert found.id is not None
        return found.id

    return concord.db.run_now(find)


def a_workshop(
    concord: Concord,
    email: str = "ann@example.org",
    opened: bool = True,
    kind: str = "ranking",
    setup: dict[str, Any] = SETUP,
    **details: object,
) -> int:
    """Make a workshop of a trainer's with one activity on its agenda; gives its id."""
    leads = trainer_id(concord, email)
    told = {"title": "Joint training", "agencies": AGENCIES, "tables": 2, "places": 5, "joins": "chosen"} | details
    key, now = concord.settings.key, concord.clock()

    def make(session: Session) -> int:
        workshop = create_workshop(session, leads, Details(**told), now, key)  # type: ignore[arg-type]  # fields by name
        add_step(session, workshop, kind, StepDetails("What matters most", setup))
        if opened:
            open_workshop(session, workshop, now)
        return id_of(workshop)

    return concord.db.run_now(make)


def assemble(concord: Concord, **details: object) -> Cast:
    """Open a workshop and bring everybody in."""
    workshop_id = a_workshop(concord, **details)  # type: ignore[arg-type]  # fields by name
    people = Cast(
        concord=concord,
        workshop_id=workshop_id,
        code=codes.join_code(concord.settings.key, workshop_id, 0),
        trainer=concord.trainer("ann@example.org"),
        other_trainer=concord.trainer("bob@example.org"),
        nobody=concord.visitor(),
    )
    for name, agency, table in (("Ann", "health", 1), ("Ben", "police", 1), ("Cat", "health", 2), ("Rob", "none", 1)):
        people.join(name, agency, table)
    rob = id_of(people.seat("Rob"))

    def take_away(session: Session, version: int) -> None:
        remove_seat(session, session.get_one(Workshop, workshop_id), rob, concord.clock())

    concord.db.change_now(workshop_id, take_away)
    return people


@pytest.fixture
def cast(concord: Concord) -> Cast:
    """Everybody, once on SQLite and once on PostgreSQL."""
    return assemble(concord)


@pytest.fixture
def grid_cast(concord: Concord) -> Cast:
    """Everybody with a grid before them, once on SQLite and once on PostgreSQL."""
    return assemble(concord, kind="grid", setup=GRID)


@pytest.fixture
def cast_on_sqlite(concord_on_sqlite: Concord) -> Cast:
    """Everybody on SQLite."""
    return assemble(concord_on_sqlite)


def fields(html: str) -> dict[str, str]:
    """Read a page's hidden fields by name, as a browser would send them."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    return dict(hidden)
