"""The socket of a shared text, the only one that goes both ways."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Query, WebSocket
from sqlmodel import Session
from starlette.websockets import WebSocketDisconnect

from app.activities.base import TextRight
from app.errors import N_, NotFound
from app.texts import frames
from app.texts.applying import SMALL
from app.texts.hall import Hall
from app.texts.line import MOST_WAITING, SPENT, TRY_AGAIN, Line
from app.texts.rights import As, Who, ask, find_who
from app.texts.room import Room
from app.texts.service import Key
from app.texts.start import hall_of
from app.texts.updates import Update, read_update
from app.web.state import state

router = APIRouter()

MALFORMED = 1007
# Whoever asks for the whole text this often on one socket is no browser.
MOST_ASKED = 50

Step = Annotated[int, Path(ge=1, le=2**31 - 1)]
Table = Annotated[int, Path(ge=0, le=10_000)]
Name = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,80}$")]


@router.websocket("/w/{code}/texts/{step}/{table}/{name}")
async def text_socket(
    websocket: WebSocket,
    code: str,
    step: Step,
    table: Table,
    name: Name,
    wanted: Annotated[As, Query(alias="as")] = "seat",
) -> None:
    """Open a shared text for whoever the cookies say: the table's number, 0 for the whole room's."""
    here, hall = state(websocket), hall_of(websocket)

    def look(session: Session) -> tuple[Who, Key, TextRight]:
        who = find_who(session, websocket, code, wanted)
        key = Key(who.workshop_id, step, table, name)
        return who, key, ask(session, who, key)

    who, key, right = await here.db.run(look)
    if right.may == "none":
        raise NotFound(N_("There is no such text."))
    await websocket.accept()
    await take_part(websocket, hall, key, right, Line(who, right.may))


async def take_part(websocket: WebSocket, hall: Hall, key: Key, right: TextRight, line: Line) -> None:
    """Let an accepted socket take part in a text until it closes."""
    room = await hall.come(key, right.seed, line)
    writer = asyncio.create_task(write(websocket, line))
    reader = asyncio.create_task(hear(websocket, room, line))
    try:
        await asyncio.wait((writer, reader), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (writer, reader):
            task.cancel()
        await asyncio.gather(writer, reader, return_exceptions=True)
        await hall.leave(room, line)


async def write(websocket: WebSocket, line: Line) -> None:
    """Send what is to be sent, and close when that is asked for."""
    try:
        while True:
            await line.woken.wait()
            line.woken.clear()
            while line.out:
                frame = line.out.popleft()
                line.unsent -= len(frame)
                await websocket.send_bytes(frame)
            if line.ending is not None:
                await websocket.close(line.ending)
                return
    except (WebSocketDisconnect, RuntimeError):
        return


async def hear(websocket: WebSocket, room: Room, line: Line) -> None:
    """Take what comes up; who sends what is no frame of ours is shown out."""
    asked = 0
    try:
        while line.ending is None:
            message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            frame = frames.read_frame(message.get("bytes") or b"")
            if isinstance(frame, frames.Beats):
                line.send(frames.ALIVE)
                continue
            if isinstance(frame, frames.Asks):
                asked += 1
                if asked > MOST_ASKED:
                    line.end(SPENT)
                    continue
            await hand_in(room, line, frame)
        await asyncio.Event().wait()  # the writer has still to say how it ends
    except frames.Malformed:
        line.end(MALFORMED)
        await asyncio.Event().wait()
    except (WebSocketDisconnect, RuntimeError):
        return


async def hand_in(room: Room, line: Line, frame: frames.Asks | frames.Writes) -> None:
    """Put what a client sends into the text's next turn, when its earlier ones are not too many."""
    what = await read(frame.update) if isinstance(frame, frames.Writes) else frame
    while line.waiting >= MOST_WAITING:
        line.room_for_more.clear()
        await line.room_for_more.wait()
    if room.broken:
        line.end(TRY_AGAIN)
        return
    room.want(line, what)


async def read(data: bytes) -> Update:
    """Read an update; a large one beside the loop."""
    return await asyncio.to_thread(read_update, data) if len(data) > SMALL else read_update(data)
