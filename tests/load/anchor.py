"""The anchor: a bare `websockets` server that sends a text to everybody in a room, and does nothing else.

Run as a program: `python -m tests.load.anchor PORT`. A line to /push says which room is sent what: "7 text".
"""

import asyncio
import sys

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

ROOMS: dict[str, set[ServerConnection]] = {}


async def come(line: ServerConnection) -> None:
    """Take a line: to a room it listens to, or to push through."""
    place = line.request.path.removeprefix("/") if line.request else ""
    if place == "push":
        async for told in line:
            name, _, text = str(told).partition(" ")
            broadcast(ROOMS.get(name, set()), text)
        return
    room = ROOMS.setdefault(place, set())
    room.add(line)
    try:
        await line.wait_closed()
    finally:
        room.discard(line)


async def run(port: int) -> None:
    """Serve until killed."""
    async with serve(come, "127.0.0.1", port, compression=None, ping_interval=None):
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(run(int(sys.argv[1])))
