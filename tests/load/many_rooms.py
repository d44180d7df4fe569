"""Fifty rooms at once (P2): moves a second in one process, and the processor time of a delivered frame."""

import asyncio
import time
from collections import deque
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import psutil

from tests.load.figures import Figure, middle, p95
from tests.load.stage import Hall, bare, concord, hall, spent, sqlite_settings
from tests.phones import Line, Reply, open_line
from tests.rooms import Room, prepare

REPETITIONS = 5
ROOMS, SEATS = 50, 20
PROMISED, STRETCH = 500, 1000
SECONDS = 3.0
TOO_LATE = 0.5


@dataclass(slots=True)
class Flow:
    """Moves of all rooms at a steady rate, and how long each took to be answered and to be seen."""

    halls: list[Hall]
    turn: int = 0
    acknowledged: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    refused: int = 0
    waiting: dict[int, deque[tuple[int, float, set[Line]]]] = field(default_factory=dict)

    def listen(self) -> None:
        """Hear every frame of every room."""
        for one in self.halls:
            self.waiting[one.room.id] = deque()
            for line in one.lines:
                line.heard = self.hear(one)

    def hear(self, one: Hall) -> "Hear":
        """Make what a room's lines tell their frames to."""
        return Hear(self.waiting[one.room.id], self.seen)

    async def run(self, rate: float, seconds: float) -> None:
        """Move at a rate, whether or not the answers come in time."""
        begun, made, tasks = time.perf_counter(), 0, set()
        while (now := time.perf_counter() - begun) < seconds:
            while made < now * rate:
                tasks.add(asyncio.create_task(self.move(self.turn)))
                self.turn += 1
                made += 1
            await asyncio.sleep(0.002)
        await asyncio.gather(*tasks)
        await asyncio.sleep(0.6)

    async def move(self, turn: int) -> None:
        """Make one move: every other one saves an order, every other one says done, or takes it back."""
        one = self.halls[turn % len(self.halls)]
        round_ = turn // len(self.halls)
        begun = time.perf_counter()
        saves = round_ % 2 == 0
        reply: Reply
        if saves:
            reply = await one.move(one.room.seats[(round_ // 2) % SEATS], one.room.ballot(round_))
        else:
            reply = await one.toggle(round_ // 2)
        took = time.perf_counter() - begun
        if reply.status != 200:
            self.refused += 1
            return
        self.acknowledged.append(took)
        # As the count turns round, two moves that are drawn at once may leave it as it was: nothing to be seen.
        if not saves and (round_ // 2) % SEATS not in (0, SEATS - 1) and one.lines:
            behind = {line for line in one.lines if line.version < reply.version}
            if behind:
                self.waiting[one.room.id].append((reply.version, begun, behind))
            else:
                self.seen.append(max(line.at for line in one.lines) - begun)

    def late(self) -> float:
        """The greater of the two p95, in seconds; what was never seen counts as a second."""
        never = [1.0 for waiting in self.waiting.values() for _ in waiting]
        return max(p95(self.acknowledged), p95(self.seen + never))


@dataclass(slots=True)
class Hear:
    """Hears a room's frames and takes note of the moves that every line has now shown."""

    waiting: deque[tuple[int, float, set[Line]]]
    seen: list[float]

    def __call__(self, line: Line, payload: bytes) -> None:
        """Hear one frame."""
        for version, begun, behind in list(self.waiting):
            if version > line.version:
                continue
            behind.discard(line)
            if not behind:
                self.seen.append(line.at - begun)
                self.waiting.remove((version, begun, behind))


async def moves_a_second() -> list[Figure]:
    """Measure P2 on one server with all lines open, beside a bare broadcast of as many frames."""
    promised, stretch, frames_cost, bare_cost = [], [], [], []
    with sqlite_settings() as settings, bare() as (bare_port, bare_process):
        rooms = prepare(settings, rooms=ROOMS, seats=SEATS)
        with concord(settings) as server:
            moves_cost, turn = await cost_of_moves(server.port, server.process, rooms)
            async with AsyncExitStack() as stack:
                halls = [await stack.enter_async_context(hall(server.port, one, others=False)) for one in rooms]
                crowd = [await open_line(bare_port, f"/{number % ROOMS}") for number in range(ROOMS * SEATS)]
                push = await open_line(bare_port, "/push")
                for _ in range(REPETITIONS):
                    flow = Flow(halls, turn)
                    flow.listen()
                    cost, frames = spent(server.process), heard(halls)
                    await flow.run(PROMISED, SECONDS)
                    promised.append(flow.late() * 1e3)
                    delivered = heard(halls) - frames
                    extra = spent(server.process) - cost - moves_cost * len(flow.acknowledged)
                    frames_cost.append(max(extra, 0) / delivered * 1e6)
                    bare_cost.append(await cost_of_frames(crowd, push, bare_process) * 1e6)
                    turn = flow.turn
                    if promised[-1] > TOO_LATE * 1e3:  # twice as many would only wait for each other
                        stretch.append(2 * promised[-1])
                        continue
                    faster = Flow(halls, turn)
                    faster.listen()
                    await faster.run(STRETCH, SECONDS)
                    stretch.append(faster.late() * 1e3)
                    turn = faster.turn
                for line in [*crowd, push]:
                    line.close()
                await asyncio.sleep(0.2)
    lines = ROOMS * SEATS
    return [
        Figure("P2", f"{PROMISED} moves/s, {lines} lines: the later of ack and push, p95", middle(promised), "ms", 500),
        Figure("P2", f"stretch: {STRETCH} moves/s, the same", middle(stretch), "ms", 500),
        Figure("P2", "processor time of a delivered frame", middle(frames_cost), "µs", 2.5, middle(bare_cost)),
        Figure("P2", "processor time of a move that nobody watches", moves_cost * 1e3, "ms", 2),
    ]


def heard(halls: list[Hall]) -> int:
    """Count all frames that came through."""
    return sum(line.frames for one in halls for line in one.lines)


async def cost_of_moves(port: int, process: psutil.Process, rooms: list[Room]) -> tuple[float, int]:
    """Measure what a move costs the server while nobody looks: processor seconds, and the turn to go on from."""
    flow = Flow([Hall(port, one, []) for one in rooms])
    await flow.run(100, 1)  # connections are opened, statements compiled
    before, made = spent(process), len(flow.acknowledged)
    await flow.run(PROMISED / 2, SECONDS)
    cost = (spent(process) - before) / (len(flow.acknowledged) - made)
    for one in flow.halls:
        one.close()
    return cost, flow.turn


async def cost_of_frames(crowd: list[Line], push: Line, process: psutil.Process) -> float:
    """Measure what a frame costs the anchor, at the pace at which Concord's rooms are drawn: processor seconds."""
    before, had = spent(process), sum(line.frames for line in crowd)
    for _ in range(8):
        for number in range(ROOMS):
            push.send(1, f"{number} ".encode() + b'data-version="1"' + b"x" * 150)
            await asyncio.sleep(0.25 / ROOMS)
    await asyncio.sleep(0.2)
    return (spent(process) - before) / (sum(line.frames for line in crowd) - had)
