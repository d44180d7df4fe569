"""The seat page: its own table's phase, its own answer, and what its table has revealed."""

from dataclasses import dataclass

from app.activities.base import Region, Words
from app.activities.registry import KINDS
from app.errors import N_
from app.live import scenes, shared
from app.live.audiences import Audience
from app.live.place import Place
from app.live.shared import Clock
from app.live.snapshot import SeatRead, Snapshot
from app.workshops import codes


@dataclass(frozen=True, slots=True)
class BarView:
    """Where this seat is, and how long is left."""

    table: int
    seat: int
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A seat before the first step: who it is, and how it comes back."""

    name: str
    agency: str
    workshop: str
    disclosure: str
    seats: int


@dataclass(frozen=True, slots=True)
class KeepView:
    """What to come back with: the workshop's code and the seat's own."""

    code: str
    seat_code: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """The trainer's word to everybody."""

    text: str


def regions(snapshot: Snapshot, audience: Audience, place: Place) -> tuple[Region, ...] | None:
    """List a seat page's regions; None once the seat was removed."""
    seat = snapshot.seats.get(audience.seat)
    if seat is None:
        return None
    if snapshot.is_closed:
        return over(snapshot, seat)
    table = next(table for table in snapshot.tables if table.id == seat.table_id)
    board = snapshot.boards.get(seat.table_id)
    bar = Region("bar", "live/_bar.html", BarView(table.number, seat.number, shared.clock(board)), "bar")
    message = (Region("message", "live/_message.html", MessageView(snapshot.message)),) if snapshot.message else ()
    step = snapshot.step
    if step is None or board is None:
        return bar, *message, *waiting(snapshot, seat, place)
    kind = KINDS[step.kind]
    words = shared.heading(step, kind.seat_words(step.setup, board.phase))
    address = f"/w/{codes.join_code(place.key, snapshot.id, snapshot.code_turn)}/steps/{step.id}/moves"
    scene = scenes.for_seat(snapshot, step, seat, board, address)
    return (
        bar,
        Region("phase", "live/_phase.html", words),
        *message,
        *kind.seat(scene),
        Region("keep", "live/_keep.html", coming_back(snapshot, seat, place)),
    )


def waiting(snapshot: Snapshot, seat: SeatRead, place: Place) -> tuple[Region, ...]:
    """Before the first step: what to expect, and the code to come back with."""
    words = Words(
        N_("You have a seat"),
        N_("We start soon"),
        (N_("Keep this page open. It moves on by itself when the trainer begins."),),
    )
    agencies = dict(snapshot.agencies)
    view = WaitingView(
        name=seat.name,
        agency=agencies.get(seat.agency or "", ""),
        workshop=snapshot.title,
        disclosure=snapshot.disclosure,
        seats=len(snapshot.at_table(seat.table_id)),
    )
    return (
        Region("phase", "live/_phase.html", shared.Heading(words, snapshot.title)),
        Region("waiting", "live/_waiting.html", view),
        Region("seat-code", "live/_seat_code.html", coming_back(snapshot, seat, place)),
    )


def over(snapshot: Snapshot, seat: SeatRead) -> tuple[Region, ...]:
    """After closing: nothing is private any more, as nothing is shown."""
    table = next(table for table in snapshot.tables if table.id == seat.table_id)
    words = Words(N_("This workshop is closed"), N_("Thank you for taking part"), (N_("You can close this page."),))
    return (
        Region("bar", "live/_bar.html", BarView(table.number, seat.number, None), "bar"),
        Region("phase", "live/_phase.html", shared.Heading(words, snapshot.title)),
    )


def coming_back(snapshot: Snapshot, seat: SeatRead, place: Place) -> KeepView:
    """Show the codes that bring this seat back on another device."""
    return KeepView(
        codes.shown(codes.join_code(place.key, snapshot.id, snapshot.code_turn)),
        codes.shown(codes.seat_code(place.key, snapshot.id, seat.token_hash)),
    )
