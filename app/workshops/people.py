"""Who is in a workshop: names, agencies and tables, moving people and taking seats away, and the lock on the room."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from app.accounts.models import Trainer
from app.accounts.service import record
from app.db import NoChange
from app.errors import N_
from app.web.state import State
from app.web.templates import page
from app.workshops.deps import Here, LedWorkshop, address_code
from app.workshops.find import id_of, seats_of, tables_of
from app.workshops.forms import Sent, Wrong, whole
from app.workshops.leading import co_trainers_of, is_own
from app.workshops.models import Seat, Table, Workshop
from app.workshops.preparing import Me, frame
from app.workshops.seating import Plan, balance, lock, move_seat, plan_balance
from app.workshops.seats import remove_seat
from app.workshops.service import rotate_code

router = APIRouter(prefix="/trainer/w/{code}")

# What a database takes for an id.
Id = Annotated[int, Path(ge=1, le=2**31 - 1)]

ALONE = N_("One person alone has nobody to agree with: move somebody else here, or move them to another table.")
TWO = N_("A table of two sees no figures, only both lists side by side once both agree to show them.")
LARGE = N_(
    "Tables work best with up to seven people. Think of splitting this one: add a table, then balance the tables."
)
ADVICE = {1: ALONE, 2: TWO}
LARGE_FROM = 8


@dataclass(frozen=True, slots=True)
class Around:
    """One table with those who sit there, and what is to be said about their number."""

    table: Table
    seats: tuple[Seat, ...]

    @property
    def advice(self) -> str:
        """A sentence for the trainer where the table is too small or too large to work well."""
        return LARGE if len(self.seats) >= LARGE_FROM else ADVICE.get(len(self.seats), "")


@dataclass(frozen=True, slots=True)
class People:
    """Who is in a workshop, as its trainers see it."""

    tables: tuple[Around, ...]
    namesakes: frozenset[str]
    plan: Plan
    co_trainers: tuple[Trainer, ...]

    def shares_name(self, seat: Seat) -> bool:
        """Tell whether somebody else goes by this seat's name, too."""
        return seat.name.casefold() in self.namesakes


@router.get("/people")
async def people_page(request: Request, here: Here, me: Me, workshop: LedWorkshop) -> Response:
    """List who sits where; nothing of what anybody answered."""
    return await show_people(request, here, me, workshop)


@router.post("/seats/{seat_id}/remove")
async def take_away(here: Here, me: Me, workshop: LedWorkshop, seat_id: Id) -> Response:
    """Take a seat away; what was answered there stays with the table."""

    def remove(session: Session, version: int, known: Workshop) -> None:
        remove_seat(session, known, seat_id, here.now())

    return await act(here, me, workshop, "seat removed", remove)


@router.post("/seats/{seat_id}/table")
async def to_table(here: Here, me: Me, workshop: LedWorkshop, seat_id: Id, form: Sent) -> Response:
    """Move a seat to another `table`; its answers go with it."""

    def move(session: Session, version: int, known: Workshop) -> None:
        if not move_seat(session, version, known, seat_id, whole(form.get("table"))):
            raise NoChange(None)

    return await act(here, me, workshop, "seat moved", move)


@router.post("/balance")
async def even_out(here: Here, me: Me, workshop: LedWorkshop) -> Response:
    """Move as few people as possible so that tables are of a size and agencies mixed evenly."""

    def even(session: Session, version: int, known: Workshop) -> None:
        if not balance(session, version, known):
            raise NoChange(None)

    return await act(here, me, workshop, "tables balanced", even)


@router.post("/lock")
async def lock_room(here: Here, me: Me, workshop: LedWorkshop, form: Sent) -> Response:
    """Let nobody new in, or let people in again: `locked` is true or false."""
    locked = form.get("locked", "").lower() == "true"

    def keep(session: Session, version: int, known: Workshop) -> None:
        lock(session, known, locked=locked)

    return await act(here, me, workshop, "room locked" if locked else "room unlocked", keep)


@router.post("/rotate")
async def new_code(here: Here, me: Me, workshop: LedWorkshop) -> Response:
    """Give the workshop a new code: the old one lets nobody new in, and whoever is inside stays."""

    def rotate(session: Session, version: int, known: Workshop) -> None:
        rotate_code(session, known, here.settings.key)

    await act(here, me, workshop, "code rotated", rotate)
    now = await here.db.read(lambda session: session.get_one(Workshop, workshop.id))
    return RedirectResponse(f"/trainer/w/{address_code(here, now)}/people", 303)


async def act(
    here: State, me: Trainer, workshop: Workshop, what: str, change: Callable[[Session, int, Workshop], None]
) -> Response:
    """Do one act on people as one change, write it to the audit, and go back to the page."""

    def whole_act(session: Session, version: int) -> None:
        change(session, version, session.get_one(Workshop, workshop.id))
        record(session, me, what, here.now(), workshop.id)

    await here.db.change(id_of(workshop), whole_act)
    return RedirectResponse(f"/trainer/w/{address_code(here, workshop)}/people", 303)


async def show_people(
    request: Request,
    here: State,
    me: Trainer,
    workshop: Workshop,
    wrong: Wrong | None = None,
    form: Mapping[str, str] | None = None,
) -> Response:
    """Show who sits where, and who leads."""
    telling: dict[str, Any] = {
        "people": await here.db.read(lambda session: read_people(session, workshop)),
        "labels": {agency["id"]: agency["label"] for agency in workshop.agencies},
        "own": is_own(workshop, me),
        "wrong": wrong or {},
        "typed": form or {},
    }
    return page(request, "workshops/people.html", status=422 if wrong else 200, **telling, **frame(here, workshop))


def read_people(session: Session, workshop: Workshop) -> People:
    """Read who is in a workshop at one moment."""
    seats = seats_of(session, id_of(workshop))
    called = Counter(seat.name.casefold() for seat in seats if seat.name)
    return People(
        tables=tuple(
            Around(table, tuple(seat for seat in seats if seat.table_id == table.id))
            for table in tables_of(session, id_of(workshop))
        ),
        namesakes=frozenset(name for name, times in called.items() if times > 1),
        plan=plan_balance(session, workshop) if workshop.closed_at is None else Plan(),
        co_trainers=tuple(co_trainers_of(session, workshop)),
    )
