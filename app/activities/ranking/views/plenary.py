"""The plenary: the room in one picture on the wall, and beside a table's own list on phones."""

from dataclasses import dataclass
from typing import Literal

from app.activities.base import Region, SeatScene
from app.activities.checks import ENDINGS
from app.activities.ranking.room import Pair, RoomCell, RoomRow, RoomView, Span

HEIGHT = 510
"""How high the rows may be together, in sixteenths of the wall's rem."""

SIZES = ((6, 72), (8, 63), (10, 51), (12, 42), (15, 34), (20, 25), (25, 20), (30, 17))
"""Up to how many rows, how high each is."""

WIDE, NARROW = 4, 8
"""Up to this many tables have room to spare; more than this many have none for words."""

MOST_TOLD = {3: 4, 4: 2}
"""How many lines of a list are told beside the picture, by how many lists there are; else one."""


@dataclass(frozen=True, slots=True)
class Told:
    """Some of a list's lines, and how many more there are."""

    lines: tuple[RoomRow, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The tables that came to one ending."""

    words: str
    not_agreed: bool
    tables: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a journey: how far down, and the place."""

    y: float
    place: Span
    top: bool


@dataclass(frozen=True, slots=True)
class Journey:
    """A statement's way from the first answers to now."""

    text: str
    first: Point | None
    now: Point


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the wall's table, with a heat for each cell: 1 … 5 among the top, 0 discarded, "" below."""

    row: RoomRow
    heats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlenaryView:
    """The room as the wall shows it."""

    room: RoomView
    lines: tuple[Line, ...]
    journeys: tuple[Journey, ...]
    rows: int
    height: float
    radius: float
    letters: float
    columns: Literal["wide", "some", "narrow"]
    in_all: Told
    in_one: Told
    most: tuple[Pair, ...]
    least: tuple[Pair, ...]
    endings: tuple[Ended, ...]
    parity: tuple[RoomRow, ...]
    discards: bool


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A statement in the room's order, and where it stands at the reader's table.

    `apart` is how many places higher the table has it, lower if negative; `others` are the other tables that have it
    among their top.
    """

    row: RoomRow
    ours: RoomCell | None
    apart: int
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PhoneView:
    """The room beside one table's list."""

    room: RoomView
    rows: tuple[PhoneRow, ...]
    most: tuple[Pair, ...]
    least: tuple[Pair, ...]
    endings: tuple[Ended, ...]
    parity: tuple[RoomRow, ...]


def plenary(room: RoomView) -> tuple[Region, ...]:
    """Draw the wall's plenary; of one table alone its list, large."""
    view = view_of(room)
    main = "ranking/_wall_plenary.html" if len(room.tables) > 1 else "ranking/_wall_alone.html"
    return (
        Region("phase", "ranking/_phase_plenary.html", (len(room.tables), room.top)),
        Region("wall", main, view),
        Region("wall-foot", "ranking/_wall_foot_plenary.html", (room.answers, len(room.tables)), "foot"),
    )


def view_of(room: RoomView) -> PlenaryView:
    """Measure the picture and choose what is told beside it."""
    rows, pitch = next(((most, pitch) for most, pitch in SIZES if len(room.rows) <= most), SIZES[-1])
    radius = min(13.0, pitch / 2 - 1.5)
    ended, parity = endings(room), moved_by_parity(room)
    lists = [room.in_all, room.in_one, room.pairs, parity, ended]
    most = MOST_TOLD.get(max(3, sum(1 for one in lists if one)), 1)
    tables = len(room.tables)
    return PlenaryView(
        room=room,
        lines=tuple(Line(row, tuple(heat(cell) for cell in row.cells)) for row in room.rows),
        journeys=journeys(room, pitch),
        rows=rows,
        height=pitch * len(room.rows),
        radius=radius,
        letters=round(radius * 1.15, 1),
        columns="wide" if tables <= WIDE else "some" if tables <= NARROW else "narrow",
        in_all=Told(room.in_all[:most], max(0, len(room.in_all) - most)),
        in_one=Told(room.in_one[:most], max(0, len(room.in_one) - most)),
        most=room.most_alike,
        least=room.least_alike,
        endings=ended,
        parity=parity[:1],
        discards=any(cell.dropped for row in room.rows for cell in row.cells),
    )


def journeys(room: RoomView, pitch: float) -> tuple[Journey, ...]:
    """Lay out the ways from the first answers to now; level statements have a height each and share their place."""
    started = sorted(
        (row for row in room.rows if row.first is not None), key=lambda row: row.first.first if row.first else 0
    )
    before = {row.id: pitch * (number + 0.5) for number, row in enumerate(started)}
    return tuple(
        Journey(
            row.text,
            Point(before[row.id], row.first, row.first.last <= room.top) if row.first else None,
            Point(pitch * (number + 0.5), row.now, row.now.last <= room.top),
        )
        for number, row in enumerate(room.rows)
    )


def heat(cell: RoomCell) -> str:
    """Say how deep a cell's colour is."""
    if cell.dropped:
        return "0"
    return str(min(cell.place, 5)) if cell.top and cell.place else ""


def endings(room: RoomView) -> tuple[Ended, ...]:
    """Group the tables by how they ended, if any has ended otherwise than agreed."""
    words = {table.ending: ENDINGS.get(table.ending, "") for table in room.tables}
    return tuple(
        Ended(
            said,
            name == "not_agreed",
            tuple(table.number for table in room.tables if table.ending == name),
        )
        for name, said in words.items()
        if said
    )


def moved_by_parity(room: RoomView) -> tuple[RoomRow, ...]:
    """List the statements that stand elsewhere when each agency counts the same, the furthest moved first."""
    moved = [row for row in room.rows if row.parity and row.first and row.parity != row.first]
    return tuple(sorted(moved, key=distance, reverse=True))


def distance(row: RoomRow) -> int:
    """Measure, in half places, how far a statement stands from its first place when each agency counts the same."""
    if row.parity is None or row.first is None:
        return 0
    return abs(row.parity.first + row.parity.last - row.first.first - row.first.last)


def phone(scene: SeatScene) -> tuple[Region, ...]:
    """Draw the plenary on a seat page: the room's order, and how the table compares; of one table alone, nothing."""
    room: RoomView | None = scene.room
    if room is None or len(room.tables) < 2:
        return ()
    at = next((place for place, table in enumerate(room.tables) if table.number == scene.table), None)
    view = PhoneView(
        room=room,
        rows=tuple(phone_row(room, row, at) for row in room.rows),
        most=room.most_alike,
        least=room.least_alike,
        endings=endings(room),
        parity=moved_by_parity(room)[:3],
    )
    return (Region("plenary", "ranking/_plenary.html", view),)


def phone_row(room: RoomView, row: RoomRow, at: int | None) -> PhoneRow:
    """Compare one statement's place at the reader's table with the room's."""
    ours = row.cells[at] if at is not None else None
    others = tuple(table.number for place, table in enumerate(room.tables) if place != at and row.cells[place].top)
    if ours is None or ours.place is None:
        return PhoneRow(row, ours, 0, others)
    apart = max(0, row.now.first - ours.place) - max(0, ours.place - row.now.last)
    return PhoneRow(row, ours, apart, others)
