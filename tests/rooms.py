"""Rooms prepared in a database for servers that run on their own: workshops under way, and what phones hold."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from sqlmodel import Session, select

from app.accounts.models import Trainer
from app.accounts.service import add_trainer, sign_in
from app.activities.registry import activity
from app.config import Settings
from app.db import Database
from app.live import phases
from app.web.state import utc_now
from app.web.tokens import new_token, token_hash
from app.workshops import codes
from app.workshops.agenda import StepDetails, add_step
from app.workshops.find import id_of, tables_of
from app.workshops.models import Seat, Table, Workshop
from app.workshops.service import Details, create_workshop, open_workshop
from tests.house.tree import ROOT

T = TypeVar("T")

TRAINER = "ann@example.org"
AGENCIES = ("Education", "Health", "Police")
OUTCOMES = ROOT / "app" / "library" / "items" / "ranking" / "good-practice-outcomes.toml"


@dataclass(frozen=True, slots=True)
class Held:
    """A seat that a phone holds by its cookie."""

    id: int
    table: int
    cookie: str


@dataclass(frozen=True, slots=True)
class Room:
    """A workshop under way; `trainer` and `wall` are cookies, too."""

    id: int
    code: str
    step: int
    statements: tuple[str, ...]
    trainer: str
    wall: str
    seats: tuple[Held, ...]

    @property
    def moves(self) -> str:
        """Where moves are sent to."""
        return f"/w/{self.code}/steps/{self.step}/moves"

    def ballot(self, turn: int) -> dict[str, Any]:
        """Make an order of the statements that differs from turn to turn."""
        ids = list(self.statements)
        order = [ids.pop((turn // factor) % len(ids)) for factor in (1, 10, 90, 720, 5040)] + ids
        return {"move": "put_ballot", "discard": order[-1], "order": order[:-1]}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a room does; without a setup, the ranking that the library has for it."""

    kind: str = "ranking"
    setup: Mapping[str, Any] | None = None


RANKING = Plan()


def prepare(
    settings: Settings,
    rooms: int = 1,
    seats: int = 5,
    tables: int = 1,
    phase: str | None = "solo",
    now: datetime | None = None,
    plan: Plan = RANKING,
) -> list[Room]:
    """Prepare rooms alike on a migrated database, with so many seats in each, in a phase; None has not begun."""
    db, now = Database(settings.database_address), now or utc_now()
    try:
        trainer, token = db.run_now(lambda session: trainer_of(session, now))
        made = db.run_now(
            lambda session: [make(session, settings, trainer, seats, tables, now, plan) for _ in range(rooms)]
        )
        for room, step, *_ in made if phase else ():
            db.change_now(room, partial(begin, room, step, str(phase), now))
        return [finished(settings, room, step, ids, held, f"concord_trainer={token}") for room, step, ids, held in made]
    finally:
        db.close()


def begin(room: int, step: int, phase: str, now: datetime, session: Session, version: int) -> None:
    """Move a whole room to a phase."""
    phases.move(session, version, room, step, phase, None, now)


def trainer_of(session: Session, now: datetime) -> tuple[int, str]:
    """Find or make the trainer, and sign a device in."""
    trainer = session.exec(select(Trainer).where(Trainer.email == TRAINER)).first() or add_trainer(
        session, TRAINER, now
    )
    session.flush()
    assert trainer.id is not None
    return trainer.id, sign_in(session, trainer, "laptop", now)


def make(
    session: Session, settings: Settings, trainer: int, seats: int, tables: int, now: datetime, plan: Plan
) -> tuple[int, int, tuple[str, ...], list[tuple[Seat, str]]]:
    """Make one room and seat people at its tables in turn."""
    details = Details("Joint training", AGENCIES, tables, max(1, min(30, -(-seats // tables))), "chosen")
    workshop = create_workshop(session, trainer, details, now, settings.key)
    setup = plan.setup or activity("ranking").from_item(tomllib.loads(OUTCOMES.read_text()))
    step = add_step(session, workshop, plan.kind, StepDetails("What matters most", dict(setup)))
    open_workshop(session, workshop, now)
    session.flush()
    tokens = [new_token() for _ in range(seats)]
    held = list(zip(seated(workshop, tables_of(session, id_of(workshop)), tokens, now), tokens, strict=True))
    session.add_all(seat for seat, _ in held)
    session.flush()
    return id_of(workshop), id_of(step), tuple(one["id"] for one in setup.get("statements", ())), held


def seated(workshop: Workshop, tables: list[Table], tokens: Iterable[str], now: datetime) -> list[Seat]:
    """Seat one phone a token."""
    return [
        Seat(
            workshop_id=id_of(workshop),
            table_id=id_of(tables[turn % len(tables)]),
            number=turn // len(tables) + 1,
            name=f"Person {turn + 1}",
            agency=workshop.agencies[turn % len(workshop.agencies)]["id"],
            token_hash=token_hash(token),
            code_hash=token_hash(f"{workshop.id}:{turn}"),
            joined_at=now,
        )
        for turn, token in enumerate(tokens)
    ]


def finished(
    settings: Settings, room: int, step: int, ids: tuple[str, ...], held: list[tuple[Seat, str]], trainer: str
) -> Room:
    """Tell all that phones need of a room."""
    wall = f"concord_wall_{room}={codes.wall_key(settings.key, room, 0)}"
    seats = tuple(Held(seat.id or 0, seat.table_id, f"concord_seat_{room}={token}") for seat, token in held)
    return Room(room, codes.join_code(settings.key, room, 0), step, ids, trainer, wall, seats)


def reading(settings: Settings, read: Callable[[Session], T]) -> T:
    """Read something from the database beside the server."""
    db = Database(settings.database_address)
    try:
        return db.run_now(read)
    finally:
        db.close()
