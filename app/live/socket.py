"""The socket: down only. It subscribes first, then reads, then sends if there is anything newer."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime

from starlette.websockets import WebSocket, WebSocketDisconnect

from app.live import screens
from app.live.relay import show
from app.live.rooms import Rooms
from app.live.who import Viewer
from app.realtime.hub import Hub, Line

# Nothing is expected upwards; whoever keeps talking is shown out.
MOST_HEARD = 200


async def look(
    websocket: WebSocket,
    hub: Hub,
    rooms: Rooms,
    workshop_id: int,
    viewer: Viewer,
    has: int,
    now: Callable[[], datetime],
) -> None:
    """Keep one accepted socket up to date until it closes."""
    line = Line(workshop_id, viewer)
    hub.open(line)
    writer: asyncio.Task[None] | None = None
    try:
        newest = await rooms.now(workshop_id)
        drawn: dict[Viewer, screens.Screen | None] = {}
        show(line, newest, drawn)
        if newest is not None and newest.version == has:
            # The page was drawn from this very version: nothing to send, everything to compare with.
            line.sent, line.newest = line.newest, None
            line.went_out()
        line.tick()
        writer = asyncio.create_task(write(websocket, line, now))
        await hear(websocket)
    finally:
        hub.close(line)
        if writer is not None:
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)


async def hear(websocket: WebSocket) -> None:
    """Wait for the other end to close; what it says is not listened to."""
    for _ in range(MOST_HEARD):
        try:
            message = await websocket.receive()
        except (WebSocketDisconnect, RuntimeError):
            return
        if message["type"] == "websocket.disconnect":
            return
    await websocket.close(1008)


async def write(websocket: WebSocket, line: Line, now: Callable[[], datetime]) -> None:
    """Send what differs whenever the line is woken; a reader that never reads is let go."""
    try:
        while True:
            await line.woken.wait()
            line.woken.clear()
            if line.ending is not None:
                await websocket.close(line.ending)
                return
            if line.tick_due:
                line.tick_due = False
                await send(websocket, json.dumps({"tick": round(now().timestamp() * 1000)}))
            await send_newest(websocket, line)
    except (WebSocketDisconnect, RuntimeError):
        return


async def send_newest(websocket: WebSocket, line: Line) -> None:
    """Send the difference between what was last sent and the newest picture."""
    newest = line.newest
    if newest is None:
        return
    line.newest = None
    before, line.sent = line.sent, newest
    text = screens.frame(before, newest)
    if text:
        await send(websocket, text)
    line.went_out()


async def send(websocket: WebSocket, text: str) -> None:
    """Send one frame; a reader that never reads answers no ping either, and is let go by the server's keep-alive."""
    await websocket.send_text(text)
