"""Tables that rank: everybody places statements on their table's board, and waits for each other's pushes."""

import asyncio
import time
import tomllib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from sqlmodel import Session

from app.activities.registry import activity
from app.config import Settings
from app.db import Database
from app.live import phases
from app.web.state import utc_now
from app.workshops.models import Answer
from tests.load.figures import Figure, middle, p95
from tests.load.stage import SETTLED, Hall, bare, bare_broadcast, bare_room, concord, hall, spent, sqlite_settings
from tests.phones import Line
from tests.rooms import OUTCOMES, Held, Plan, Room, prepare

REPETITIONS = 5
AT_A_TABLE = 5
SEATS = 30
ROOMS, IN_A_ROOM = 50, 20
PROMISED = 500
SECONDS = 3.0
NEVER = 5.0


@dataclass(slots=True)
class Board:
    """A table's board, which its seats place on by turns: each once the screen shows what the one before did."""

    hall: Hall
    seats: list[Held]
    lines: list[Line]
    turn: int = 0
    version: int = 0
    free: asyncio.Lock = field(default_factory=asyncio.Lock)
    told: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Hear when a screen of the table changes."""
        self.version = max(line.version for line in self.hall.lines)
        for line in self.lines:
            line.heard = self.hear

    def hear(self, line: Line, payload: bytes) -> None:
        """Hear one frame."""
        self.told.set()

    async def place(self, placed: "Placed") -> None:
        """Put a statement on the first place, and let the table see it; waiting for one's turn counts."""
        due = time.perf_counter()
        async with self.free:
            ids, seat = self.hall.room.statements, self.seats[self.turn % len(self.seats)]
            fields = {"move": "place", "statement": ids[self.turn % len(ids)], "position": 1, "version": self.version}
            self.turn += 1
            reply = await self.hall.move(seat, fields)
            if reply.status != 200:
                placed.refused += 1
                return
            placed.acknowledged.append(time.perf_counter() - due)
            self.version = reply.version
            if await self.shown():
                placed.seen.append(max(line.at for line in self.lines) - due)
            else:
                placed.seen.append(NEVER)

    async def shown(self) -> bool:
        """Wait until the last screen of the table shows what was placed; False when one never does."""
        end = time.perf_counter() + NEVER
        while any(line.version < self.version for line in self.lines):
            self.told.clear()
            try:
                await asyncio.wait_for(self.told.wait(), end - time.perf_counter())
            except TimeoutError:
                return False
        return True


@dataclass(slots=True)
class Placed:
    """What came of placing: seconds until each was answered, and until the table's last screen showed it."""

    acknowledged: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    refused: int = 0

    def late(self) -> float:
        """The greater of the two p95, in milliseconds."""
        return max(p95(self.acknowledged), p95(self.seen)) * 1e3


def at_rank(settings: Settings, rooms: int, seats: int) -> list[Room]:
    """Prepare rooms whose tables of five have all answered alone and now rank together."""
    setup = activity("ranking").from_item(tomllib.loads(OUTCOMES.read_text()))
    plan = Plan(setup=setup | {"start": "blank"})  # all wait in the tray, so that every placement changes something
    made = prepare(settings, rooms=rooms, seats=seats, tables=seats // AT_A_TABLE, plan=plan)
    db = Database(settings.database_address)
    try:
        for room in made:
            db.change_now(room.id, partial(answer_and_go_on, room))
    finally:
        db.close()
    return made


def answer_and_go_on(room: Room, session: Session, version: int) -> None:
    """Let every seat of a room be done with its own order, and bring all tables to their boards."""
    shape = activity("ranking").Answer
    for turn, seat in enumerate(room.seats):
        ballot = {name: one for name, one in room.ballot(turn * 7).items() if name != "move"}
        content = shape.model_validate({"done": True, "ballot": ballot}).model_dump(mode="json")
        key = {"step_id": room.step, "seat_id": seat.id, "workshop_id": room.id}
        session.add(Answer(**key, version=version, content=content))
    session.flush()
    phases.move(session, version, room.id, room.step, "rank", None, utc_now())


def boards(halls: list[Hall]) -> list[Board]:
    """Lay out the boards of all tables: the first of every room, then the second of every room."""
    laid = []
    for one in halls:
        tables: dict[int, list[int]] = {}
        for place, seat in enumerate(one.room.seats):
            tables.setdefault(seat.table, []).append(place)
        laid.append(
            [Board(one, [one.room.seats[at] for at in ats], [one.lines[at] for at in ats]) for ats in tables.values()]
        )
    return [board for turn in zip(*laid, strict=True) for board in turn]


async def flow(tables: list[Board], rate: float, seconds: float) -> Placed:
    """Place at a rate, one table after the other, whether or not the answers come in time."""
    placed, begun, made, tasks = Placed(), time.perf_counter(), 0, set()
    while (now := time.perf_counter() - begun) < seconds:
        while made < now * rate:
            tasks.add(asyncio.create_task(tables[made % len(tables)].place(placed)))
            made += 1
        await asyncio.sleep(0.002)
    await asyncio.gather(*tasks)
    return placed


async def in_one_room() -> list[Figure]:
    """Measure P1 and P3 while thirty in one room place: alone beside the anchor, then six tables at once."""
    ours, theirs, together, elsewhere, refused = [], [], [], 0, 0
    with sqlite_settings() as settings, bare() as (bare_port, _):
        room = at_rank(settings, 1, SEATS)[0]
        with concord(settings) as server:
            async with hall(server.port, room) as full, bare_room(bare_port, "1", AT_A_TABLE) as (lines, push):
                tables = boards([full])
                text = await bytes_of(tables[0])
                for _ in range(REPETITIONS):
                    mine, bares = Placed(), []
                    for turn in range(18):
                        board = tables[turn % len(tables)]
                        others = [line for other in tables if other is not board for line in other.lines]
                        had = sum(line.frames for line in others)
                        await board.place(mine)
                        await asyncio.sleep(SETTLED / 2)
                        bares.append(await bare_broadcast(lines, push, "1", text))
                        await asyncio.sleep(SETTLED / 2)
                        elsewhere += sum(line.frames for line in others) - had
                    burst = await flow(tables, 2.5 * len(tables), SECONDS)
                    await asyncio.sleep(SETTLED)
                    ours.append(p95(mine.seen) * 1e3)
                    theirs.append(p95(bares) * 1e3)
                    together.append(burst.late())
                    refused += mine.refused + burst.refused
    what = f"{SEATS} ranking at {len(tables)} tables"
    return [
        Figure(
            "P1", f"{what}: isolated placement to the table's last screen, p95", middle(ours), "ms", 6, middle(theirs)
        ),
        Figure("P1", f"{what}, 15 placements/s: the later of ack and push, p95", middle(together), "ms", 500),
        Figure("P3", f"{what}: messages to other tables' seats", elsewhere, "messages", 0),
        Figure("P3", f"{what}: placements refused though each waited for the push before", refused, "placements", 0),
    ]


async def bytes_of(board: Board) -> bytes:
    """Place a few times, and make a text as long as what the table's screens were sent on average."""
    for _ in range(6):
        await board.place(Placed())
        await asyncio.sleep(SETTLED)
    size = sum(len(line.last) for line in board.lines) // len(board.lines)
    return b'data-version="1"' + b"x" * (size - 16)


async def in_fifty_rooms() -> list[Figure]:
    """Measure P2 while fifty rooms place: 200 tables of five, each with one placement at a time."""
    late, cost, refused = [], [], 0
    with sqlite_settings() as settings:
        rooms = at_rank(settings, ROOMS, IN_A_ROOM)
        with concord(settings) as server:
            async with filled(server.port, rooms) as halls:
                tables = boards(halls)
                await flow(tables, PROMISED / 5, 2)  # connections are opened, statements written
                for _ in range(REPETITIONS):
                    before = spent(server.process)
                    placed = await flow(tables, PROMISED, SECONDS)
                    cost.append((spent(server.process) - before) / len(placed.acknowledged) * 1e3)
                    late.append(placed.late())
                    refused += placed.refused
    what = f"{PROMISED} placements/s at {len(tables)} tables, {ROOMS * IN_A_ROOM} lines"
    return [
        Figure("P2", f"{what}: the later of ack and push, p95", middle(late), "ms", 500),
        Figure("P2", "processor time of a placement with its pushes", middle(cost), "ms", 2),
        Figure("P2", f"{what}: refused", refused, "placements", 0),
    ]


@asynccontextmanager
async def filled(port: int, rooms: list[Room]) -> AsyncIterator[list[Hall]]:
    """Fill all rooms, every seat looking."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(hall(port, room, others=False)) for room in rooms]
