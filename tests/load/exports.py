"""Files to take home: what they take, and what a room notices of them while it works (P8, R10)."""

import asyncio
import io
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import pairwise

from pypdf import PdfReader
from sqlmodel import Session

from app.config import Settings
from app.db import Database
from app.live import phases
from app.web.state import utc_now
from tests.load.figures import Figure, middle, p95
from tests.load.one_room import some
from tests.load.stage import Hall, concord, hall, shown, sqlite_settings
from tests.load.tables import answer_and_go_on
from tests.phones import Line, request, talk
from tests.rooms import Room, prepare

REPETITIONS = 5
SEATS = 30
AT_ONCE = 5
TABLES, AT_A_TABLE = 3, 5
MANY_TABLES, AT_EACH = 30, 10
PAGES = 12
BEATS_FOR = 25.0
"""Seconds: five heartbeats of each line."""


async def beside_a_room() -> list[Figure]:
    """Measure moves and heartbeats of a room while others take files home, and what the files take by themselves."""
    calm, busy, alone, turn = [], [], [], 0
    with sqlite_settings() as settings:
        room, ended, large = prepare(settings, seats=SEATS)[0], over(settings, TABLES, AT_A_TABLE), many(settings)
        with concord(settings) as server:
            pages = await take(server.port, ended, "pdf")  # everything that is made once is made now
            for _ in range(REPETITIONS):
                alone.append(await timed(server.port, ended, "pdf"))
            everything = await timed(server.port, large, "all")
            async with hall(server.port, room) as full:
                for turn in range(10):
                    await full.isolated(turn)
                for _ in range(REPETITIONS):
                    turn, times = await some(full, turn)
                    calm.append(p95(times) * 1e3)
                    async with taking(server.port, ended, 1):
                        turn, times = await some(full, turn)
                    busy.append(p95(times) * 1e3)
                async with taking(server.port, ended, AT_ONCE):
                    late = await jitter(full)
    a_page = middle(alone) / len(PdfReader(io.BytesIO(pages)).pages)
    people = MANY_TABLES * AT_EACH
    return [
        Figure(
            "P8",
            "isolated move to the last of 32 screens while a PDF is made, p95",
            middle(busy),
            "ms",
            1.3,
            middle(calm),
        ),
        Figure("R10", f"heartbeats while {AT_ONCE} PDFs are made: the latest or earliest by", late * 1e3, "ms", 500),
        Figure("", f"a PDF of {PAGES} pages, once the process is warm", a_page * PAGES, "s", 2),
        Figure("", f"a workshop of {people} in all formats", everything, "s", 20),
    ]


def over(settings: Settings, tables: int, seats: int) -> Room:
    """Prepare a workshop whose tables have all come to the end."""
    room = prepare(settings, seats=tables * seats, tables=tables)[0]
    db = Database(settings.database_address)
    try:
        db.change_now(room.id, partial(answer_and_go_on, room))
        db.change_now(room.id, partial(end, room))
    finally:
        db.close()
    return room


def many(settings: Settings) -> Room:
    """Prepare the largest workshop that there is."""
    return over(settings, MANY_TABLES, AT_EACH)


def end(room: Room, session: Session, version: int) -> None:
    """Lock what every table has."""
    for phase in ("compare", "top", "check", "locked"):
        phases.move(session, version, room.id, room.step, phase, None, utc_now())


async def take(port: int, room: Room, format: str) -> bytes:
    """Take a workshop home in the version that has most in it."""
    phone = await talk(port)
    try:
        reply = await phone.ask(request("GET", f"/trainer/w/{room.code}/export/{format}", room.trainer))
    finally:
        phone.close()
    if reply.status != 200:
        raise AssertionError(reply.body[:300])
    return reply.body


async def timed(port: int, room: Room, format: str) -> float:
    """Take a workshop home, and give the seconds."""
    begun = time.perf_counter()
    await take(port, room, format)
    return time.perf_counter() - begun


@asynccontextmanager
async def taking(port: int, room: Room, at_once: int) -> AsyncIterator[None]:
    """Take PDFs home without a pause, several at once."""

    async def again_and_again() -> None:
        while True:
            await take(port, room, "pdf")

    tasks = [asyncio.create_task(again_and_again()) for _ in range(at_once)]
    try:
        yield
        broken = [task for task in tasks if task.done()]
        if broken:
            broken[0].result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def jitter(full: Hall) -> float:
    """Listen to all lines, and give by how many seconds a heartbeat was off the middle of its line's."""
    await shown(full.lines, 1)
    beats: dict[Line, list[float]] = {line: [] for line in full.lines}
    had = {line: line.ticks for line in full.lines}
    until = time.perf_counter() + BEATS_FOR
    while (now := time.perf_counter()) < until:
        for line in full.lines:
            if line.ticks > had[line]:
                had[line] = line.ticks
                beats[line].append(now)
        await asyncio.sleep(0.005)
    gaps = [after - before for times in beats.values() for before, after in pairwise(times)]
    if len(gaps) < 2 * len(full.lines):
        raise AssertionError(f"only {len(gaps)} heartbeats were heard")
    return max(abs(gap - middle(gaps)) for gap in gaps)
