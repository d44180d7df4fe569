"""What crowds do in these tests: everybody looks, somebody moves, and all screens come to show it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from tests.phones import HungUp, Line, Reply, Talk, look, move_request, talk
from tests.programs import NotInTime
from tests.rooms import Held, Room

FAR = 10**8  # of any version, so that no move is stale


@asynccontextmanager
async def talking(port: int, count: int) -> AsyncIterator[list[Talk]]:
    """Open so many HTTP connections, and hang them up again."""
    phones = await asyncio.gather(*(talk(port) for _ in range(count)))
    try:
        yield phones
    finally:
        await hang_up(*phones)


@asynccontextmanager
async def looking(port: int, room: Room) -> AsyncIterator[list[Line]]:
    """Open a line for every seat, the desk and the wall, and hang them up again."""
    seats = [look(port, room.code, seat.cookie) for seat in room.seats]
    others = [look(port, room.code, room.trainer, "desk"), look(port, room.code, room.wall, "wall")]
    lines: list[Line] = await asyncio.gather(*seats, *others)
    try:
        yield lines
    finally:
        await hang_up(*lines)


async def hang_up(*ends: Talk | Line) -> None:
    """Close connections, and let the loop see to it."""
    for one in ends:
        one.close()
    await asyncio.sleep(0.01)


async def move(port: int, room: Room, seat: Held, fields: dict[str, Any], key: str = "", version: int = FAR) -> Reply:
    """Make one move on a connection of its own."""
    async with talking(port, 1) as (phone,):
        sent = move_request(room.code, room.step, seat.cookie, {"version": version} | fields, key)
        return await asyncio.wait_for(phone.ask(sent), 20)


async def keep_moving(port: int, room: Room, seat: Held, fields: dict[str, Any], key: str) -> Reply:
    """Send a move with one key until it is answered for good, as a phone's outbox does."""
    while True:
        try:
            reply = await move(port, room, seat, fields, key)
        except (HungUp, OSError, TimeoutError):
            await asyncio.sleep(0.1)
            continue
        if reply.status < 500:
            return reply
        await asyncio.sleep(0.1)


async def begin(port: int, room: Room, phase: str) -> Reply:
    """Move the whole room to a phase, as its trainer."""
    async with talking(port, 1) as (phone,):
        return await phone.ask(move_request(room.code, room.step, room.trainer, {"phase": phase}, path="phase"))


async def until(true: Callable[[], bool], what: str, seconds: float = 10) -> float:
    """Wait until something is so; gives the seconds it took."""
    begun = time.perf_counter()
    while not true():
        if time.perf_counter() - begun > seconds:
            raise NotInTime(f"{what} did not within {seconds:g} s")
        await asyncio.sleep(0.01)
    return time.perf_counter() - begun


def current(lines: Iterable[Line], version: int) -> bool:
    """Say whether every line has shown a version, or a newer one."""
    return all(line.version >= version for line in lines)
