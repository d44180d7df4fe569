"""A workshop to try things on: a trainer, an agenda, tables full of people, and the addresses of them all."""

from datetime import datetime
from itertools import count, cycle
from typing import Any

from sqlmodel import Session

from app.accounts.models import Trainer
from app.accounts.service import FIRST_EMAIL, add_trainer, find_trainer_by_email, known, make_link
from app.config import Settings
from app.db import Database
from app.library import loader
from app.workshops import codes, starting
from app.workshops.deps import seat_cookie
from app.workshops.details import USUAL_AGENCIES
from app.workshops.find import id_of, steps_of, tables_of
from app.workshops.models import Workshop
from app.workshops.service import Details, create_workshop, open_workshop, take_seat

AGENDA = "joint-training-half-day"
LOCAL = "http://127.0.0.1:8000"
NAMES = ("Ada", "Bryn", "Carys", "Dev", "Elin", "Femi", "Grace", "Huw", "Ines", "Joe", "Kit", "Lowri", "Mo", "Nia")


def seed(
    db: Database,
    settings: Settings,
    now: datetime,
    *,
    agenda: str = AGENDA,
    tables: int = 2,
    seats: int = 4,
    base: str | None = None,
    seated: bool = True,
    joins: str = "mixed",
) -> dict[str, Any]:
    """Make an open workshop on a migrated database; `seats` are per table, agencies are dealt evenly.

    Gives what `concord seed --json` prints: codes, addresses, and each seat's cookie as `name=value`. Without `seated`
    all places stay free.
    """
    at = (base or settings.public_url or LOCAL).rstrip("/")
    key = settings.key

    def prepare(session: Session) -> tuple[Workshop, Trainer]:
        trainer = find_trainer_by_email(session, FIRST_EMAIL) or add_trainer(session, FIRST_EMAIL, now)
        item = loader.find(agenda)
        told = Details(title=item.title, agencies=USUAL_AGENCIES, tables=tables, places=seats, joins=joins)
        workshop = create_workshop(session, known(trainer), told, now, key)
        workshop.seat_limit = max(workshop.seat_limit, tables * seats)
        starting.add_item(session, workshop, item)
        open_workshop(session, workshop, now)
        return workshop, trainer

    made, trainer = db.run_now(prepare)

    def fill(session: Session, version: int) -> dict[str, Any]:
        workshop = session.get_one(Workshop, made.id)
        code = codes.join_code(key, id_of(workshop), workshop.code_turn)
        link = make_link(session, trainer, now, goes_to=f"/trainer/w/{code}")
        wall = codes.wall_key(key, id_of(workshop), workshop.code_turn)
        return {
            "workshop": code,
            "desk": f"{at}/sign-in/{link}",
            "wall": f"{at}/wall/{code}?key={wall}",
            "seats": _people(session, workshop, tables * seats if seated else 0, now, settings),
            "steps": [{"id": step.id, "kind": step.kind} for step in steps_of(session, id_of(workshop))],
        }

    return db.change_now(id_of(made), fill).value


def _people(
    session: Session, workshop: Workshop, number: int, now: datetime, settings: Settings
) -> list[dict[str, Any]]:
    numbers = {table.id: table.number for table in tables_of(session, id_of(workshop))}
    agencies = cycle(agency["id"] for agency in workshop.agencies)
    # Browsers plant a cookie of this name only where people come by https, and there we read no other.
    name = ("__Host-" if settings.behind_tls else "") + seat_cookie(id_of(workshop))
    names = (f"{called} {round_}" if round_ else called for round_ in count() for called in NAMES)
    people: list[dict[str, Any]] = []
    for called, _ in zip(names, range(number), strict=False):
        seat, token, _code = take_seat(session, workshop, called, next(agencies), None, now, settings.key)
        people.append(
            {"id": seat.id, "table": numbers[seat.table_id], "agency": seat.agency, "cookie": f"{name}={token}"}
        )
    return people
