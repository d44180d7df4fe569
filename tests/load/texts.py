"""Shared text (P6): ten writers in one room, two hundred edits a second, from each edit to all others."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pycrdt import Doc, Text

from app.config import Settings
from app.texts import frames
from app.texts.updates import ROOT
from tests.load.figures import Figure, middle, p95
from tests.load.stage import sqlite_settings
from tests.phones import BINARY, Line, open_line
from tests.programs import running, wait_until
from tests.reliability.forked import answers
from tests.reliability.nursery import nursery
from tests.rooms import Room, prepare
from tests.services import free_port
from tests.texts.gate import install

REPETITIONS = 5
WRITERS, EDITS_A_SECOND = 10, 200
SECONDS = 3.0
LIMIT = 3.0


class Pen:
    """One writer: a document of its own, and a line through which it sends."""

    def __init__(self, line: Line, client: int) -> None:
        self.line = line
        self.doc: Doc[Text] = Doc(client_id=client)
        self.words = self.doc.get(ROOT, type=Text)
        self.made: list[bytes] = []
        self.doc.observe(lambda event: self.made.append(event.update))

    def edit(self, letter: str) -> bytes:
        """Type a letter; gives the update as it was sent, which is what the others get."""
        self.words += letter
        update = self.made.pop()
        self.line.send(BINARY, frames.sync(frames.UPDATE, update))
        return update


class Crowd:
    """Writers in one room, and when each edit was with all the others."""

    def __init__(self) -> None:
        self.pens: list[Pen] = []
        self.sent: dict[bytes, tuple[float, int]] = {}
        self.seen: list[float] = []
        self.all_seen = asyncio.Event()

    async def come(self, port: int, path: str, cookies: list[str], clients: int) -> None:
        """Open a line for every writer, and answer what it is asked first."""
        for place, cookie in enumerate(cookies):
            line = await open_line(port, path, cookie)
            line.take_binary = self.hear
            self.pens.append(Pen(line, clients + place))
            line.send(BINARY, frames.sync(frames.STEP_2, b"\0\0"))

    def hear(self, payload: bytes) -> None:
        """Take one frame of any writer's."""
        reader = frames.Reader(payload)
        if reader.number() != frames.SYNC or reader.number() != frames.UPDATE:
            return
        update = reader.piece()
        begun, left = self.sent[update]
        if left > 1:
            self.sent[update] = begun, left - 1
            return
        del self.sent[update]
        self.seen.append(time.perf_counter() - begun)
        if not self.sent:
            self.all_seen.set()

    async def write(self, seconds: float) -> float:
        """Write at the promised rate; gives the 95th percentile in milliseconds."""
        self.seen.clear()
        begun, pause = time.perf_counter(), 1 / EDITS_A_SECOND
        for turn in range(int(seconds * EDITS_A_SECOND)):
            await asyncio.sleep(max(0.0, begun + turn * pause - time.perf_counter()))
            pen = self.pens[turn % len(self.pens)]
            at = time.perf_counter()
            self.sent[pen.edit("abcdefghij"[turn % 10])] = at, len(self.pens) - 1
        while self.sent:
            self.all_seen.clear()
            await asyncio.wait_for(self.all_seen.wait(), 10)
        return p95(self.seen) * 1e3

    def close(self) -> None:
        """Hang up."""
        for pen in self.pens:
            pen.line.close()


@contextmanager
def relay() -> Iterator[int]:
    """Run the anchor; gives its port."""
    with tempfile.TemporaryDirectory(prefix="concord-load-") as folder:
        port = free_port()
        with running([sys.executable, "-m", "tests.load.relay", str(port)], log=Path(folder) / "log"):
            wait_until(lambda: answers(port), "the relay answer")
            yield port


@contextmanager
def concord(settings: Settings) -> Iterator[int]:
    """Serve Concord with a gate that lets seats write; gives its port."""
    with nursery(settings, install) as rearing, rearing.server() as server:
        yield server.port


async def two_hundred_edits() -> list[Figure]:
    """Measure P6, interleaved with the relay."""
    ours, theirs = [], []
    with sqlite_settings() as settings:
        rooms = prepare(settings, rooms=REPETITIONS + 1, seats=WRITERS)
        with concord(settings) as port, relay() as bare_port:
            for turn, room in enumerate(rooms):
                seconds = SECONDS if turn else 0.5  # the first is to warm up
                mine = await one_room(port, path_of(room), [seat.cookie for seat in room.seats], seconds)
                bare = await one_room(bare_port, f"/{turn}", [""] * WRITERS, seconds)
                if turn:
                    ours.append(mine)
                    theirs.append(bare)
    what = "ten writers, 200 edits a second, each to the nine others, p95"
    return [Figure("P6", what, middle(ours), "ms", LIMIT, middle(theirs))]


async def one_room(port: int, path: str, cookies: list[str], seconds: float) -> float:
    """Let a crowd write in one room."""
    crowd = Crowd()
    try:
        await crowd.come(port, path, cookies, 1000)
        await asyncio.sleep(0.3)
        return await crowd.write(seconds)
    finally:
        crowd.close()
        await asyncio.sleep(0.1)


def path_of(room: Room) -> str:
    """Say where a room's text is."""
    return f"/w/{room.code}/texts/{room.step}/1/joint"
