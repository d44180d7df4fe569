"""One room: an isolated move to the last screen (P1), beside 250 other rooms (P3), and beside clients gone bad (R9)."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from tests.load.figures import Figure, middle, p95
from tests.load.stage import SETTLED, Hall, bare, bare_broadcast, bare_room, concord, hall, sqlite_settings
from tests.phones import Line, look, request
from tests.rooms import Room, prepare

REPETITIONS = 5
SEATS = 30
OTHERS, IN_OTHERS = 250, 4
BAD_READERS, BABBLERS = 20, 10


async def isolated_moves() -> list[Figure]:
    """Measure P1, interleaved with the anchor that sends as many bytes to as many."""
    ours, theirs, turn = [], [], 0
    with sqlite_settings() as settings, bare() as (bare_port, _):
        room = prepare(settings, seats=SEATS)[0]
        with concord(settings) as server:
            async with hall(server.port, room) as full, bare_room(bare_port, "1", SEATS + 2) as (lines, push):
                for turn in range(5):
                    await full.isolated(turn)
                    await asyncio.sleep(SETTLED)
                text = b'data-version="1"' + bytes(sum(len(line.last) for line in full.lines) // len(full.lines) - 16)
                text = text.replace(b"\0", b"x")
                for _ in range(REPETITIONS):
                    mine, bares = [], []
                    for _ in range(25):
                        turn += 1
                        mine.append(await full.isolated(turn))
                        await asyncio.sleep(SETTLED / 2)
                        bares.append(await bare_broadcast(lines, push, "1", text))
                        await asyncio.sleep(SETTLED / 2)
                    ours.append(p95(mine) * 1e3)
                    theirs.append(p95(bares) * 1e3)
    what = "isolated move to the last of 32 screens, p95"
    return [Figure("P1", what, middle(ours), "ms", 6, middle(theirs))]


async def beside_others() -> list[Figure]:
    """Measure P3: the same move on two servers by turns, one of which has 250 other rooms open."""
    alone, crowded, needless, missed, turn = [], [], 0, 0, -1
    with sqlite_settings() as quiet, sqlite_settings() as busy:
        room, (other, *rest) = prepare(quiet, seats=20)[0], prepare(busy, seats=20)
        rest = prepare(busy, rooms=OTHERS, seats=IN_OTHERS)
        with concord(quiet) as first, concord(busy) as second:
            async with AsyncExitStack() as stack:
                halls = [await stack.enter_async_context(hall(second.port, one, others=False)) for one in rest]
                near = await stack.enter_async_context(hall(first.port, room))
                far = await stack.enter_async_context(hall(second.port, other))
                await asyncio.sleep(1)
                before = frames(halls)
                for _ in range(REPETITIONS):
                    one, two = [], []
                    for _ in range(15):
                        turn += 1
                        one.append(await near.isolated(turn))
                        had = sum(line.frames for line in far.lines)
                        two.append(await far.isolated(turn))
                        await asyncio.sleep(SETTLED)
                        missed += abs(sum(line.frames for line in far.lines) - had - len(far.lines))
                    alone.append(middle(one) * 1e3)
                    crowded.append(middle(two) * 1e3)
                needless = frames(halls) - before
    what = "isolated move in a room of 20 with 250 other rooms open, median"
    return [
        Figure("P3", what, middle(crowded), "ms", 1.25, middle(alone)),
        Figure("P3", "messages to others, or missing or doubled in the room", needless + missed, "messages", 0),
    ]


def frames(halls: list[Hall]) -> int:
    """Count the frames that some rooms' lines have heard."""
    return sum(line.frames for one in halls for line in one.lines)


async def beside_bad_clients() -> list[Figure]:
    """Measure R9: the same room by turns without and with readers that never read and lines that babble."""
    calm, troubled, grown, turn = [], [], [], 0
    with sqlite_settings() as settings:
        room = prepare(settings, seats=SEATS)[0]
        with concord(settings) as server:
            async with hall(server.port, room) as full:
                for turn in range(10):
                    await full.isolated(turn)
                for _ in range(REPETITIONS):
                    turn, times = await some(full, turn)
                    calm.append(p95(times) * 1e3)
                    memory = server.process.memory_info().rss
                    async with bad_clients(server.port, room):
                        turn, times = await some(full, turn)
                    troubled.append(p95(times) * 1e3)
                    grown.append((server.process.memory_info().rss - memory) / 2**20)
    what = f"isolated move beside {BAD_READERS} that never read and {BABBLERS} that babble, p95"
    return [
        Figure("R9", what, middle(troubled), "ms", 1.2, middle(calm)),
        Figure("R9", "memory grown by them, each time they come", middle(grown), "MiB", 4),
    ]


async def some(full: Hall, turn: int) -> tuple[int, list[float]]:
    """Make a dozen isolated moves."""
    times = []
    for _ in range(12):
        turn += 1
        times.append(await full.isolated(turn))
        await asyncio.sleep(SETTLED)
    return turn, times


@asynccontextmanager
async def bad_clients(port: int, room: Room) -> AsyncIterator[None]:
    """Bring desks that never read, and phones that send what nobody asked for."""
    deaf = []
    for _ in range(BAD_READERS):
        ear = socket.socket()
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        ear.connect(("127.0.0.1", port))
        asked = request(
            "GET",
            f"/w/{room.code}/live?as=desk",
            room.trainer,
            Upgrade="websocket",
            Connection="Upgrade",
            Sec_WebSocket_Key="AAAAAAAAAAAAAAAAAAAAAA==",
            Sec_WebSocket_Version="13",
        )
        ear.sendall(asked)
        deaf.append(ear)
    babbling = [asyncio.create_task(babble(port, room, turn)) for turn in range(BABBLERS)]
    try:
        await asyncio.sleep(0.5)
        yield
    finally:
        for task in babbling:
            task.cancel()
        await asyncio.gather(*babbling, return_exceptions=True)
        for ear in deaf:
            ear.close()
        await asyncio.sleep(0.3)


async def babble(port: int, room: Room, turn: int) -> None:
    """Send garbage for ever, coming back whenever one is shown out."""
    while True:
        line: Line = await look(port, room.code, room.seats[turn].cookie)
        try:
            while not line.closed.done():
                line.send(turn % 2 + 1, os.urandom(40).hex().encode())
                if turn % 5 == 4 and line.transport is not None:
                    line.transport.write(os.urandom(64))
                await asyncio.sleep(0.02)
        finally:
            line.close()
        await asyncio.sleep(0.5)
