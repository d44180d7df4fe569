"""The stage of a load run: servers of its own on loopback, rooms with everybody looking, and the anchor beside them."""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from app.cli.migrate import upgrade
from app.config import Settings
from tests.phones import Line, Reply, Talk, look, move_request, open_line, talk
from tests.programs import running, wait_until
from tests.reliability.forked import answers
from tests.rooms import Held, Room
from tests.served import Served, served
from tests.services import free_port

FAR = 10**8  # of any version, so that no move is stale
SETTLED = 0.32  # longer than the pause between two drawings of a room


@contextmanager
def sqlite_settings() -> Iterator[Settings]:
    """Settings with a migrated SQLite database on this machine's disk."""
    with tempfile.TemporaryDirectory(prefix="concord-load-") as folder:
        settings = Settings(data_dir=Path(folder), database_url=None, redis_url=None, secret_key="a key for load " * 3)
        upgrade(settings)
        yield settings


@contextmanager
def concord(settings: Settings) -> Iterator[Served]:
    """Serve Concord as `concord serve` does, in one process."""
    with served(settings, environment={"CONCORD_LOG_LEVEL": "ERROR"}) as server:
        yield server


@contextmanager
def bare() -> Iterator[tuple[int, psutil.Process]]:
    """Run the anchor; gives its port and process."""
    with tempfile.TemporaryDirectory(prefix="concord-load-") as folder, ExitStack() as stack:
        port = free_port()
        command = [sys.executable, "-m", "tests.load.anchor", str(port)]
        program = stack.enter_context(running(command, log=Path(folder) / "log"))
        wait_until(lambda: answers(port), "the anchor answer")
        yield port, psutil.Process(program.pid)


def spent(process: psutil.Process) -> float:
    """Tell the processor seconds a process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


@dataclass(slots=True)
class Hall:
    """A room with its lines: seats in their order, then the desk and the wall where they look, too."""

    port: int
    room: Room
    lines: list[Line]
    phones: dict[int, Talk] = field(default_factory=dict)

    async def move(self, seat: Held, fields: dict[str, Any]) -> Reply:
        """Make a move on the seat's own kept-open connection."""
        phone = self.phones.get(seat.id)
        if phone is None or phone.transport is None:
            phone = self.phones[seat.id] = await talk(self.port)
        return await phone.ask(move_request(self.room.code, self.room.step, seat.cookie, {"version": FAR} | fields))

    async def toggle(self, turn: int) -> Reply:
        """Let the next seat say that it is done; once all are, let them take it back."""
        seat = self.room.seats[turn % len(self.room.seats)]
        done = (turn // len(self.room.seats)) % 2 == 0
        return await self.move(seat, {"move": "done", "done": str(done).lower()})

    async def isolated(self, turn: int) -> float:
        """Make one move and wait until the last screen shows it; gives the seconds."""
        begun = time.perf_counter()
        reply = await self.toggle(turn)
        if reply.status != 200:
            raise AssertionError(reply.body[:300])
        await shown(self.lines, reply.version)
        return max(line.at for line in self.lines) - begun

    def close(self) -> None:
        """Hang everything up."""
        for line in self.lines:
            line.close()
        for phone in self.phones.values():
            phone.close()


@asynccontextmanager
async def hall(port: int, room: Room, *, others: bool = True) -> AsyncIterator[Hall]:
    """Fill a room: every seat looks, and the desk and the wall with `others`."""
    seats = [look(port, room.code, seat.cookie) for seat in room.seats]
    rest = [look(port, room.code, room.trainer, "desk"), look(port, room.code, room.wall, "wall")] if others else []
    lines: list[Line] = await asyncio.gather(*seats, *rest)
    filled = Hall(port, room, lines)
    try:
        await shown(lines, 1)
        yield filled
    finally:
        filled.close()
        await asyncio.sleep(0.05)


async def shown(lines: list[Line], version: int, seconds: float = 20) -> None:
    """Wait until all lines have shown a version."""
    end = time.perf_counter() + seconds
    while any(line.version < version for line in lines):
        if time.perf_counter() > end:
            raise TimeoutError(f"{sum(line.version < version for line in lines)} screens never showed {version}")
        await asyncio.sleep(0.002)


@asynccontextmanager
async def bare_room(port: int, name: str, count: int) -> AsyncIterator[tuple[list[Line], Line]]:
    """Fill a room of the anchor; gives its lines and one to push through."""
    lines = list(await asyncio.gather(*(open_line(port, f"/{name}") for _ in range(count))))
    push = await open_line(port, "/push")
    try:
        yield lines, push
    finally:
        for line in [*lines, push]:
            line.close()
        await asyncio.sleep(0.05)


async def bare_broadcast(lines: list[Line], push: Line, name: str, text: bytes) -> float:
    """Broadcast once through the anchor and wait until the last line has it; gives the seconds."""
    wanted = sum(line.frames for line in lines) + len(lines)
    begun = time.perf_counter()
    push.send(1, f"{name} ".encode() + text)
    for _ in range(10_000):
        await asyncio.sleep(0.002)
        if sum(line.frames for line in lines) >= wanted:
            break
    return max(line.at for line in lines) - begun
