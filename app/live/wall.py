"""The wall: the way in, then the phase, the clock and how many are done, then what the tables reveal."""

from dataclasses import dataclass

from app.activities.base import Region, TableScene
from app.activities.registry import KINDS
from app.errors import N_
from app.live import scenes, shared
from app.live.audiences import Audience
from app.live.place import Place
from app.live.shared import Clock, Heading
from app.live.snapshot import Snapshot
from app.workshops import codes
from app.workshops.qr import qr_path


@dataclass(frozen=True, slots=True)
class WallBarView:
    """The wall's upper edge: the way in for latecomers, or how many are here."""

    code: str
    title: str
    here: int
    places: int
    joining: bool


@dataclass(frozen=True, slots=True)
class JoinView:
    """How to take a seat: the square, the address, the code."""

    code: str
    address: str
    qr: str
    size: int


@dataclass(frozen=True, slots=True)
class WallPhaseView:
    """The phase in large letters, with the clock and how many are done."""

    heading: Heading
    number: int
    of: int
    clock: Clock | None
    done: int | None
    seats: int


@dataclass(frozen=True, slots=True)
class RevealView:
    """The heading above what the tables reveal."""

    heading: Heading


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table in the wall's lower edge."""

    number: int
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class WallFootView:
    """The wall's lower edge: what stays private, and every table's count."""

    sentence: str
    tables: tuple[TableLine, ...]
    counts: str


def regions(snapshot: Snapshot, audience: Audience, place: Place) -> tuple[Region, ...] | None:
    """List the wall's regions."""
    if snapshot.is_closed:
        return (Region("wall", "live/_wall_over.html", snapshot.title),)
    if snapshot.wall_blank:
        return (Region("wall", "live/_wall_blank.html", ""),)
    step = snapshot.step
    if step is None or not snapshot.boards:
        return joining(snapshot, place)
    kind = KINDS[step.kind]
    code = codes.join_code(place.key, snapshot.id, snapshot.code_turn)
    found = [scenes.for_room(snapshot, step, table, code) for table in snapshot.groups]
    tables = tuple(scene for scene in found if scene is not None)
    phase = shared.leading(snapshot, step) or ""
    words = shared.heading(step, kind.wall_words(step.setup, phase))
    shown = kind.wall(tables, scenes.room(snapshot))
    if any(region.id == "wall" for region in shown):
        return picture(shown, bar(snapshot, place, joining=False), words)
    return phase_regions(snapshot, place, tables, words, shown)


def picture(shown: tuple[Region, ...], edge: WallBarView, words: Heading) -> tuple[Region, ...]:
    """Frame what the tables reveal; a kind may bring its own heading and lower edge."""
    frame = (
        Region("wall-bar", "live/_wall_bar.html", edge, "bar"),
        Region("phase", "live/_phase_revealed.html", RevealView(words)),
        *shown,
        Region("wall-foot", "live/_wall_foot.html", WallFootView(words.words.foot, (), ""), "foot"),
    )
    own = {region.id for region in shown}
    return tuple(region for region in frame if region in shown or region.id not in own)


def phase_regions(
    snapshot: Snapshot, place: Place, tables: tuple[TableScene, ...], words: Heading, shown: tuple[Region, ...]
) -> tuple[Region, ...]:
    """The phase in large letters; counts of people while each seat works alone, or what the kind says of tables."""
    step = snapshot.step
    if step is None:
        return ()
    phase = KINDS[step.kind].phase(shared.leading(snapshot, step) or "")
    private = phase is not None and phase.private
    alone = [scene for scene in tables if private and phase is not None and scene.phase == phase.name]
    boards = [board for board in snapshot.boards.values() if phase is not None and board.phase == phase.name]
    latest = max(boards, key=lambda board: board.ends_at.timestamp() if board.ends_at else 0.0, default=None)
    view = WallPhaseView(
        heading=words,
        number=[one.id for one in snapshot.steps].index(step.id) + 1,
        of=len(snapshot.steps),
        clock=shared.clock(latest),
        done=sum(scene.done for scene in alone) if private else None,
        seats=sum(scene.seats for scene in alone),
    )
    lines = () if shown else tuple(TableLine(scene.number, scene.done, scene.seats) for scene in alone)
    foot = WallFootView(words.words.foot, lines, "done" if lines else "")
    return (
        Region("wall-bar", "live/_wall_bar.html", bar(snapshot, place, joining=False), "bar"),
        Region("wall", "live/_wall_phase.html", view),
        *shown,
        Region("wall-foot", "live/_wall_foot.html", foot, "foot"),
    )


def joining(snapshot: Snapshot, place: Place) -> tuple[Region, ...]:
    """Before the first step: how to take a seat, and who is still missing at which table."""
    code = codes.join_code(place.key, snapshot.id, snapshot.code_turn)
    token = codes.qr_token(place.key, snapshot.id, snapshot.code_turn)
    path, size = qr_path(f"{place.public_url}/join/{token}")
    view = JoinView(codes.shown(code), place.public_url.split("://", 1)[-1], path, size)
    lines = tuple(TableLine(table.number, len(snapshot.at_table(table.id)), table.places) for table in snapshot.tables)
    sentences = {
        "named": N_("Named: answers are kept with the names people choose."),
        "confidential": N_("Confidential: the room sees what tables agree, never who answered what."),
        "aggregate": N_("Aggregate only: nothing leaves this room but the room’s own figures."),
    }
    return (
        Region("wall-bar", "live/_wall_bar.html", bar(snapshot, place, joining=True), "bar"),
        Region("wall", "live/_wall_join.html", view),
        Region(
            "wall-foot", "live/_wall_foot.html", WallFootView(sentences[snapshot.disclosure], lines, "taken"), "foot"
        ),
    )


def bar(snapshot: Snapshot, place: Place, *, joining: bool) -> WallBarView:
    """Fill the wall's upper edge."""
    code = codes.shown(codes.join_code(place.key, snapshot.id, snapshot.code_turn))
    return WallBarView(
        code, snapshot.title, len(snapshot.seats), sum(table.places for table in snapshot.tables), joining
    )
