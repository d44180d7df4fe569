"""A venue of 200 phones behind one address: all come back at once after the server was killed (R6)."""

import asyncio
import time

from tests.load.figures import Figure
from tests.load.stage import FAR, concord, shown, sqlite_settings
from tests.phones import HungUp, Line, look, move_request, talk
from tests.rooms import Held, Room, prepare

ROOMS, SEATS = 4, 50
TRIES = 0.5


async def all_come_back() -> list[Figure]:
    """Kill the server under 200 lines, start it, and measure from readiness until all of them are current."""
    with sqlite_settings() as settings:
        rooms = prepare(settings, rooms=ROOMS, seats=SEATS)
        with concord(settings) as server:
            lines = await everybody(server.port, rooms)
            await shown(lines, 1)
            await asyncio.to_thread(server.kill)
            await asyncio.gather(*(line.closed for line in lines))
            returning = [asyncio.create_task(come_back(server.port, room, seat)) for room, seat in pairs(rooms)]
            await asyncio.to_thread(server.start)
            ready = time.perf_counter()
            answered = await asyncio.gather(*(save(server.port, room, number) for number, room in enumerate(rooms)))
            lines = [line for line, _ in await asyncio.gather(*returning)]
            for number in range(ROOMS):
                await shown(lines[number * SEATS : (number + 1) * SEATS], answered[number])
            took = time.perf_counter() - ready
            broken = sum([task.result()[1] for task in returning])
            for line in lines:
                line.close()
            await asyncio.sleep(0.1)
    people = ROOMS * SEATS
    return [
        Figure("R6", f"{people} phones back at once: seconds from readiness until all are current", took, "s", 5),
        Figure("R6", "answers of 500 or more while they came back", broken, "answers", 0),
    ]


def pairs(rooms: list[Room]) -> list[tuple[Room, Held]]:
    """List every seat with its room."""
    return [(room, seat) for room in rooms for seat in room.seats]


async def everybody(port: int, rooms: list[Room]) -> list[Line]:
    """Open a line for every seat of every room."""
    return list(await asyncio.gather(*(look(port, room.code, seat.cookie) for room, seat in pairs(rooms))))


async def come_back(port: int, room: Room, seat: Held) -> tuple[Line, int]:
    """Try twice a second until a line is open, as pages do; gives it and how many answers were accidents."""
    broken = 0
    while True:
        try:
            line = await look(port, room.code, seat.cookie)
        except (HungUp, OSError):
            await asyncio.sleep(TRIES)
            continue
        if line.opened.result() == 101:
            return line, broken
        broken += line.opened.result() >= 500
        line.close()
        await asyncio.sleep(TRIES)


async def save(port: int, room: Room, number: int) -> int:
    """Make the first move after the start; gives the version that every screen of the room must come to show."""
    phone = await talk(port)
    seat = room.seats[number]
    moved = {"version": FAR, "move": "done", "done": "true"}
    reply = await phone.ask(move_request(room.code, room.step, seat.cookie, moved))
    phone.close()
    if reply.status != 200:
        raise AssertionError(reply.body[:300])
    return reply.version
