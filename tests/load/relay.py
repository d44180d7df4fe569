"""The anchor of shared texts: a bare relay over pycrdt that checks nothing and stores nothing.

Run as a program: `python -m tests.load.relay PORT`. Every address is one room.
"""

import asyncio
import sys

import uvloop
from pycrdt import Doc, Text, create_sync_message, create_update_message, handle_sync_message
from websockets.asyncio.server import ServerConnection, broadcast, serve

SYNC = 0
ROOMS: dict[str, tuple[Doc[Text], set[ServerConnection]]] = {}


async def come(line: ServerConnection) -> None:
    """Take a line, and pass on to the others what changes the document."""
    name = line.request.path if line.request else ""
    if name not in ROOMS:
        ROOMS[name] = (Doc(), set())
    doc, lines = ROOMS[name]
    changes: list[bytes] = []
    watch = doc.observe(lambda event: changes.append(event.update))
    lines.add(line)
    try:
        await line.send(create_sync_message(doc))
        async for message in line:
            if not isinstance(message, bytes) or message[0] != SYNC:
                continue
            changes.clear()
            answer = handle_sync_message(message[1:], doc)
            if answer is not None:
                await line.send(answer)
            for change in changes:
                broadcast(lines - {line}, create_update_message(change))
    finally:
        lines.discard(line)
        doc.unobserve(watch)


async def run(port: int) -> None:
    """Serve until killed."""
    async with serve(come, "127.0.0.1", port, compression=None, ping_interval=None):
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(run(int(sys.argv[1])))
