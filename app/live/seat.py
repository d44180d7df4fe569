"""The seat page: its own table's phase, its own answer, and what its table has revealed."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

from app.activities.base import Region
from app.activities.registry import KINDS
from app.activities.telling import Words
from app.errors import N_
from app.live import scenes, shared
from app.live.audiences import Audience
from app.live.place import Place
from app.live.scenes import Sight
from app.live.shared import Clock
from app.live.snapshot import Snapshot
from app.workshops import codes

KEPT = 8192

# What each seat's page was made from, and the page: most changes leave most seats' pages as they were.
_made: OrderedDict[tuple[int, Place], tuple[Sight, tuple[Region, ...]]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class BarView:
    """Where this seat is, and how long is left. With `agency` it is called as the others at its table see it."""

    table: int
    seat: int
    clock: Clock | None
    agency: str = ""


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


@dataclass(frozen=True, slots=True)
class TakeHomeView:
    """Where the summary is; `over` once the workshop is closed."""

    address: str
    over: bool


PAPER = Region("paper", "live/_paper.html", None)


def regions(snapshot: Snapshot, audience: Audience, place: Place) -> tuple[Region, ...] | None:
    """List a seat page's regions; None once the seat was removed."""
    sight = scenes.sight(snapshot, audience.seat)
    if sight is None:
        return None
    made = _made.get((audience.seat, place))
    if made is not None and made[0] == sight:
        return made[1]
    regions = seen(sight, place)
    if made is not None and len(made[1]) == len(regions):
        # A region that stayed is the same object as before: whoever compares it next need not look into it.
        regions = tuple(
            new if old is not new and old != new else old for old, new in zip(made[1], regions, strict=True)
        )
    _made[audience.seat, place] = sight, regions
    while len(_made) > KEPT:
        _made.popitem(last=False)
    return regions


def seen(sight: Sight, place: Place) -> tuple[Region, ...]:
    """Make a seat's regions from its part of the workshop, and nothing else."""
    table, step = sight.table, sight.table.step
    if table.is_closed:
        return over(sight, place)
    bar = place_of(table.table, sight.seat.number, table.clock)
    message = (Region("message", "live/_message.html", MessageView(table.message)),) if table.message else ()
    if step is None or table.board is None:
        return bar, *message, *waiting(sight, place)
    code = codes.join_code(place.key, table.workshop_id, table.code_turn)
    paper = (PAPER,) if sight.answer is not None and sight.answer.content.paper else ()
    shown = KINDS[step.kind].seat(scenes.for_seat(sight, step, table.board, code))
    head = next((region for region in shown if region.id == "phase"), None)
    if head is not None:
        # A kind that heads its pages itself has people write by their agency, and calls them so.
        agency = dict(table.agencies).get(sight.seat.agency or "", "")
        bar = place_of(table.table, sight.seat.number, table.clock, agency)
    return (
        bar,
        head or heads(table.heading),
        *message,
        *paper,
        *(region for region in shown if region is not head),
        *(takes_home(code) if table.board.phase == KINDS[step.kind].path(step.setup)[-1].name else ()),
        keeps(coming_back(sight, place)),
    )


# These stay the same from version to version, and a region that is the same object is compared and drawn for nothing.
@lru_cache(maxsize=KEPT)
def place_of(table: int, number: int, clock: Clock | None, agency: str = "") -> Region:
    """Say where a seat is, and how long is left."""
    return Region("bar", "live/_bar.html", BarView(table, number, clock, agency), "bar")


@lru_cache(maxsize=1024)
def heads(heading: shared.Heading | None) -> Region:
    """Head the page with what its phase asks."""
    return Region("phase", "live/_phase.html", heading)


@lru_cache(maxsize=KEPT)
def keeps(codes: KeepView) -> Region:
    """Show what to come back with."""
    return Region("keep", "live/_keep.html", codes)


def waiting(sight: Sight, place: Place) -> tuple[Region, ...]:
    """Before the first step: what to expect, and the code to come back with."""
    words = Words(
        N_("You have a seat"),
        N_("We start soon"),
        (N_("Keep this page open. It moves on by itself when the trainer begins."),),
    )
    agencies = dict(sight.table.agencies)
    view = WaitingView(
        name=sight.seat.name,
        agency=agencies.get(sight.seat.agency or "", ""),
        workshop=sight.table.title,
        disclosure=sight.table.disclosure,
        seats=sight.table.seats,
    )
    return (
        Region("phase", "live/_phase.html", shared.Heading(words, sight.table.title)),
        Region("waiting", "live/_waiting.html", view),
        Region("seat-code", "live/_seat_code.html", coming_back(sight, place)),
    )


@lru_cache(maxsize=1024)
def takes_home(code: str, *, over: bool = False) -> tuple[Region, ...]:
    """Lead to the summary."""
    return (Region("take-home", "live/_take_home.html", TakeHomeView(f"/w/{code}/summary", over)),)


def over(sight: Sight, place: Place) -> tuple[Region, ...]:
    """After closing: nothing is private any more, as nothing is shown but the way to the summary."""
    code = codes.join_code(place.key, sight.table.workshop_id, sight.table.code_turn)
    words = Words(
        N_("This workshop is closed"),
        N_("Thank you for taking part"),
        (N_("Take the summary with you, then you can close this page."),),
    )
    return (
        Region("bar", "live/_bar.html", BarView(sight.table.table, sight.seat.number, None), "bar"),
        Region("phase", "live/_phase.html", shared.Heading(words, sight.table.title)),
        *takes_home(code, over=True),
    )


def coming_back(sight: Sight, place: Place) -> KeepView:
    """Show the codes that bring this seat back on another device."""
    table = sight.table
    return codes_of(place.key, table.workshop_id, table.code_turn, sight.seat.token_hash)


@lru_cache(maxsize=KEPT)
def codes_of(key: bytes, workshop_id: int, turn: int, token_hash: str) -> KeepView:
    """Show the workshop's code and a seat's own."""
    return KeepView(
        codes.shown(codes.join_code(key, workshop_id, turn)),
        codes.shown(codes.seat_code(key, workshop_id, token_hash)),
    )
