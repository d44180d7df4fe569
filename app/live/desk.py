"""The desk: every table at a glance, and one big button. Counts only; nothing that reveals a person."""

from dataclasses import dataclass

from app.activities.base import Fact, Region, TableScene
from app.activities.registry import KINDS
from app.live import scenes, shared
from app.live.audiences import Audience
from app.live.place import Place
from app.live.shared import Clock, Next
from app.live.snapshot import BoardRead, Snapshot, StepRead, TableRead
from app.workshops import codes


@dataclass(frozen=True, slots=True)
class DeskBarView:
    """The way in, the wall, and whether the wall is blank."""

    code: str
    plain_code: str
    wall: str
    blank: bool


@dataclass(frozen=True, slots=True)
class DeskHeadView:
    """What is under way, and how many people there are."""

    title: str
    number: int
    of: int
    people: int
    tables: int


@dataclass(frozen=True, slots=True)
class TrackPhase:
    """A phase on the track, with the numbers of the tables in it."""

    title: str
    place: str
    tables: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TrackView:
    """Where the tables are."""

    phases: tuple[TrackPhase, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A table at a glance."""

    id: int
    number: int
    phase: str
    since: str
    fact: Fact | None
    seats: int
    places: int
    away: int
    private: bool
    ready: bool
    step_id: int
    coming: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RosterView:
    """All tables, and the address their forms go to."""

    address: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class NextView:
    """The big button: what it does, what it leaves, and the clock."""

    address: str
    next: Next | None
    now: str
    now_step_id: int
    minutes: int
    clock: Clock | None
    moving: tuple[int, ...]
    staying: tuple[int, ...]
    not_done: int
    is_open: bool
    edit: str
    export: str


def regions(snapshot: Snapshot, audience: Audience, place: Place) -> tuple[Region, ...] | None:
    """List the desk's regions."""
    code = codes.join_code(place.key, snapshot.id, snapshot.code_turn)
    step = snapshot.step
    url = f"/w/{code}/steps/{step.id}/moves" if step else ""
    found = [scenes.for_room(snapshot, step, table, url) for table in snapshot.tables] if step else []
    tables = tuple(scene for scene in found if scene is not None)
    kind = KINDS[step.kind].desk(tables) if step else ()
    wall = f"/wall/{code}?key={codes.wall_key(place.key, snapshot.id, snapshot.code_turn)}"
    bar = DeskBarView(codes.shown(code), code, wall, snapshot.wall_blank)
    track = (Region("phase", "live/_phase_track.html", track_of(snapshot, step)),) if step else ()
    return (
        Region("desk-bar", "live/_desk_bar.html", bar, "bar"),
        Region("desk-head", "live/_desk_head.html", head(snapshot, step)),
        *track,
        Region("roster", "live/_roster.html", roster(snapshot, step, tables, code)),
        *kind,
        Region("next", "live/_next.html", next_view(snapshot, step, code), "side"),
    )


def head(snapshot: Snapshot, step: StepRead | None) -> DeskHeadView:
    """Say what is under way."""
    number = [one.id for one in snapshot.steps].index(step.id) + 1 if step else 0
    title = step.title if step else snapshot.title
    return DeskHeadView(title, number, len(snapshot.steps), len(snapshot.seats), len(snapshot.tables))


def track_of(snapshot: Snapshot, step: StepRead | None) -> TrackView:
    """Put the tables' numbers on the step's phases."""
    if step is None:
        return TrackView(())
    now = shared.leading(snapshot, step)
    numbers = {table.id: table.number for table in snapshot.tables}
    phases, place = [], "past"
    for phase in shared.path(step):
        if phase.name == now:
            place = "now"
        here = sorted(numbers[id_] for id_, board in snapshot.boards.items() if board.phase == phase.name)
        phases.append(TrackPhase(phase.title, place, tuple(here)))
        if place == "now":
            place = "coming"
    return TrackView(tuple(phases))


def roster(snapshot: Snapshot, step: StepRead | None, tables: tuple[TableScene, ...], code: str) -> RosterView:
    """Make every table's card."""
    by_number = {scene.number: scene for scene in tables}
    cards = tuple(card(snapshot, step, table, by_number.get(table.number)) for table in snapshot.tables)
    return RosterView(f"/w/{code}/steps/", cards)


def card(snapshot: Snapshot, step: StepRead | None, table: TableRead, scene: TableScene | None) -> Card:
    """Make one table's card."""
    seats = snapshot.at_table(table.id)
    board = snapshot.boards.get(table.id)
    phase = KINDS[step.kind].phase(board.phase) if step and board else None
    private = phase is not None and phase.private
    return Card(
        id=table.id,
        number=table.number,
        phase=phase.title if phase else "",
        since=board.since.isoformat(timespec="milliseconds").replace("+00:00", "Z") if board else "",
        fact=KINDS[step.kind].fact(scene) if step and scene else None,
        seats=len(seats),
        places=table.places,
        away=sum(1 for seat in seats if not seat.here),
        private=private,
        ready=bool(private and scene and scene.seats and scene.done == scene.seats),
        step_id=step.id if step else 0,
        coming=other_phases(step, board) if step else (),
    )


def other_phases(step: StepRead, board: BoardRead | None) -> tuple[tuple[str, str], ...]:
    """List the phases that one table could be moved to by itself."""
    return tuple((phase.name, phase.title) for phase in shared.path(step) if board and phase.name != board.phase)


def next_view(snapshot: Snapshot, step: StepRead | None, code: str) -> NextView:
    """Work out the big button and what stands beside it."""
    coming = shared.coming(snapshot)
    now = shared.leading(snapshot, step) if step else None
    phase = KINDS[step.kind].phase(now) if step and now else None
    numbers = {table.id: table.number for table in snapshot.tables}
    moving = sorted(numbers[id_] for id_, board in snapshot.boards.items() if board.phase == now)
    staying = sorted(number for number in numbers.values() if number not in moving)
    not_done = 0
    if step and phase is not None and phase.private:
        ids = {id_ for id_, board in snapshot.boards.items() if board.phase == now}
        counts = [scenes.counted(snapshot, snapshot.at_table(id_)) for id_ in ids]
        not_done = sum(seats - done for done, seats in counts)
    leading = next((board for board in snapshot.boards.values() if board.phase == now), None)
    within = step is not None and coming is not None and coming.step_id == step.id
    return NextView(
        address=f"/w/{code}/steps/",
        next=coming,
        now=phase.title if phase else "",
        now_step_id=step.id if step else 0,
        minutes=step.minutes.get(phase.name, phase.minutes) if step and phase else 0,
        clock=shared.clock(leading),
        moving=tuple(moving) if within else (),
        staying=tuple(staying) if within else (),
        not_done=not_done,
        is_open=snapshot.is_open,
        edit=f"/trainer/w/{code}/edit",
        export=f"/trainer/w/{code}/export/json?version=trainer",
    )
