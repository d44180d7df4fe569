"""The desk: every table at a glance, and one big button. Counts only; nothing that reveals a person."""

from collections.abc import Hashable
from dataclasses import dataclass

from app.activities.base import Region, no_text
from app.activities.registry import KINDS
from app.errors import N_
from app.live import cards, cues, scenes, shared
from app.live.audiences import Audience
from app.live.cards import Card
from app.live.place import Place
from app.live.shared import Clock, Next
from app.live.snapshot import Snapshot, StepRead, TableRead
from app.workshops import codes


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the workshop beside its desk: what it is called, and its address after the workshop's."""

    label: str
    address: str


LINKS = (
    Link(N_("Desk"), ""),
    Link(N_("Agenda"), "/edit"),
    Link(N_("People"), "/people"),
    Link(N_("Join code"), "/code"),
    Link(N_("Worksheets"), "/worksheets"),
    Link(N_("Summary"), "/summary"),
)
# Where something is written together.
VERSIONS = Link(N_("Versions"), "/texts")


@dataclass(frozen=True, slots=True)
class DeskBarView:
    """The way in, the workshop's other pages, the wall, and whether the wall is blank."""

    links: tuple[Link, ...]
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
class RosterView:
    """All tables."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What moving on leaves behind, and at which tables."""

    what: Hashable
    tables: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NextView:
    """The big button: what it does, what it leaves behind, and the clock."""

    address: str
    next: Next | None
    now: str
    now_step_id: int
    minutes: int
    clock: Clock | None
    moving: tuple[int, ...]
    staying: tuple[int, ...]
    left: tuple[Left, ...]
    not_done: int
    by_table: bool
    is_open: bool
    edit: str
    export: str


@dataclass(frozen=True, slots=True)
class MessageFormView:
    """What the trainer tells everybody now; "" for nothing."""

    address: str
    text: str


def regions(snapshot: Snapshot, audience: Audience, place: Place) -> tuple[Region, ...] | None:
    """List the desk's regions."""
    code = codes.join_code(place.key, snapshot.id, snapshot.code_turn)
    step = snapshot.step
    all_scenes = [scenes.for_room(snapshot, step, table, code, acts=True) for table in snapshot.groups] if step else []
    tables = tuple(scene for scene in all_scenes if scene is not None)
    kind = KINDS[step.kind].desk(tables) if step else ()
    wall = f"/wall/{code}?key={codes.wall_key(place.key, snapshot.id, snapshot.code_turn)}"
    links = (*LINKS, VERSIONS) if step and KINDS[step.kind].text is not no_text else LINKS
    bar = DeskBarView(links, codes.shown(code), code, wall, snapshot.wall_blank)
    track = (Region("phase", "live/_phase_track.html", track_of(snapshot, step), "said"),) if step else ()
    at_tables = tuple(cards.card(snapshot, step, table, tables, code) for table in snapshot.groups)
    to_look_at = (
        (Region("cues", "live/_cues.html", cues.together(cue for one in at_tables for cue in one.cues.told), "side"),)
        if step
        else ()
    )
    message = MessageFormView(f"/trainer/w/{code}/message", snapshot.message)
    return (
        Region("desk-bar", "live/_desk_bar.html", bar, "bar"),
        Region("desk-head", "live/_desk_head.html", head(snapshot, step), "said"),
        *track,
        Region("next", "live/_next.html", next_view(snapshot, step, at_tables, code), "side"),
        *to_look_at,
        Region("roster", "live/_roster.html", RosterView(at_tables)),
        *kind,
        Region("message-form", "live/_message_form.html", message, "foot"),
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
    numbers = {table.id: table.number for table in snapshot.groups}
    phases, place = [], "past"
    for phase in shared.path(step):
        if phase.name == now:
            place = "now"
        here = sorted(numbers[id_] for id_, board in snapshot.boards.items() if board.phase == phase.name)
        phases.append(TrackPhase(phase.title, place, tuple(here)))
        if place == "now":
            place = "coming"
    return TrackView(tuple(phases))


def next_view(snapshot: Snapshot, step: StepRead | None, at_tables: tuple[Card, ...], code: str) -> NextView:
    """Work out the big button and what stands beside it."""
    coming = shared.coming(snapshot)
    now = shared.leading(snapshot, step) if step else None
    phase = KINDS[step.kind].phase(now) if step and now else None
    here = frozenset(table for table in snapshot.groups if is_in(snapshot, table, now))
    peopled = [one for one in at_tables if one.seats] or list(at_tables)
    numbers = {table.number for table in here}
    moving = [one for one in peopled if one.number in numbers]
    not_done = 0
    if phase is not None and phase.private:
        counts = [scenes.counted(snapshot, table) for table in here]
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
        moving=tuple(one.number for one in moving if one.number) if within else (),
        staying=tuple(one.number for one in peopled if one.number and one not in moving) if within else (),
        left=left_behind(moving) if within else (),
        not_done=not_done,
        by_table=bool(step and step.moved_by == "table"),
        is_open=snapshot.is_open,
        edit=f"/trainer/w/{code}/edit",
        export=f"/trainer/w/{code}/summary",
    )


def is_in(snapshot: Snapshot, table: TableRead, phase: str | None) -> bool:
    """Say whether a table is in a phase."""
    board = snapshot.boards.get(table.id)
    return board is not None and board.phase == phase


def left_behind(moving: list[Card]) -> tuple[Left, ...]:
    """Gather what the tables that move would leave behind, those that leave the same together."""
    found: list[tuple[Hashable, list[int]]] = []
    for one in moving:
        what = one.fact.leaves if one.fact and one.seats else ""
        if what == "":
            continue
        same = next((tables for left, tables in found if left == what), None)
        if same is not None:
            same.append(one.number)
        else:
            found.append((what, [one.number]))
    return tuple(Left(what, tuple(tables)) for what, tables in found)
