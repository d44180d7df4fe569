"""Moving people between tables, one at a time or so that tables are even, and locking the room.

Law: a seat's answers go with it; what a table has kept stays with the table.
"""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.errors import N_, Closed, NotFound
from app.workshops.balance import shifts
from app.workshops.find import id_of, seats_of, tables_of
from app.workshops.leaving import going as goes
from app.workshops.leaving import left
from app.workshops.models import Board, Seat, Table, Workshop
from app.workshops.seats import next_number
from app.workshops.tables import Taken


@dataclass(frozen=True, slots=True)
class Going:
    """One seat that balancing moves, from one table to another."""

    seat: Seat
    leaves: Table
    joins: Table


@dataclass(frozen=True, slots=True)
class Plan:
    """What balancing would do now: who goes where, and which tables stay as they are."""

    going: tuple[Going, ...] = ()
    free: tuple[Table, ...] = ()
    settled: tuple[Table, ...] = ()


def move_seat(session: Session, version: int, workshop: Workshop, seat_id: int, number: int | None) -> bool:
    """Move a seat to the table of that number, under a number that is free there; False when it sits there already."""
    still_running(workshop)
    seat = session.get(Seat, seat_id)
    if seat is None or seat.workshop_id != id_of(workshop) or seat.removed_at is not None:
        raise NotFound(N_("There is no such seat."))
    table = next((table for table in tables_of(session, id_of(workshop)) if table.number == number), None)
    if table is None:
        raise NotFound(N_("There is no such table in this workshop."))
    if seat.table_id == table.id:
        return False
    leaves = seat.table_id
    _sit(session, version, seat, table)
    left(session, version, id_of(workshop), (leaves, id_of(table)))
    return True


def balance(session: Session, version: int, workshop: Workshop) -> int:
    """Even out the tables where no private phase has closed yet; gives how many seats were moved."""
    still_running(workshop)
    plan = plan_balance(session, workshop)
    if len(plan.free) < 2:
        raise Closed(
            N_("Tables that have closed a private phase stay as they are. You can still move people one at a time.")
        )
    for going in plan.going:
        _sit(session, version, going.seat, going.joins)
    touched = {id_of(table) for going in plan.going for table in (going.leaves, going.joins)}
    if touched:
        left(session, version, id_of(workshop), tuple(sorted(touched)))
    return len(plan.going)


def plan_balance(session: Session, workshop: Workshop) -> Plan:
    """Work out who would go where; of an agency's people those go first who came to their table last."""
    tables = {table.number: table for table in tables_of(session, id_of(workshop))}
    settled = _settled(session, workshop)
    free = [table for table in tables.values() if table.id not in settled]
    sitting: defaultdict[tuple[int, str | None], list[Seat]] = defaultdict(list)
    taken: defaultdict[int, list[str | None]] = defaultdict(list)
    for seat in seats_of(session, id_of(workshop)):
        sitting[seat.table_id, seat.agency].append(seat)
        taken[seat.table_id].append(seat.agency)
    wanted = shifts([Taken(table.number, table.places, taken[id_of(table)]) for table in free])
    going = (
        Going(sitting[id_of(tables[one.leaves]), one.agency].pop(), tables[one.leaves], tables[one.joins])
        for one in wanted
    )
    return Plan(tuple(going), tuple(free), tuple(table for table in tables.values() if table.id in settled))


def lock(session: Session, workshop: Workshop, *, locked: bool) -> None:
    """Let nobody new in, or let people in again; whoever has a seat comes back to it either way."""
    still_running(workshop)
    workshop.locked = locked
    session.add(workshop)


def still_running(workshop: Workshop) -> None:
    """Refuse to seat people anew once a workshop is over."""
    if workshop.closed_at is not None:
        raise Closed(N_("This workshop is over."))


def _settled(session: Session, workshop: Workshop) -> set[int]:
    # In the step under way, what a closed private phase kept is what the table goes on from.
    if workshop.live_step_id is None:
        return set()
    boards = select(Board).where(Board.step_id == workshop.live_step_id, col(Board.workshop_id) == id_of(workshop))
    return {board.table_id for board in session.exec(boards) if board.frozen}


def _sit(session: Session, version: int, seat: Seat, table: Table) -> None:
    seat.number = next_number(session, table)
    seat.table_id = id_of(table)
    session.add(seat)
    session.flush()
    goes(session, version, id_of(seat))
