"""A client of a shared text: y-websocket's protocol over a pycrdt document, as a phone would have it."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from pycrdt import Doc, Text
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.texts import frames
from app.texts.frames import Reader
from app.texts.updates import ROOT
from tests.programs import NotInTime
from tests.rooms import Held, Room


class Writer:
    """One page with one text; it outlives its socket, as pages do."""

    def __init__(self, room: Room, cookie: str, name: str = "joint", table: int = 1, wanted: str = "seat") -> None:
        self.path = f"/w/{room.code}/texts/{room.step}/{table}/{name}?as={wanted}"
        self.cookie = cookie
        self.doc: Doc[Text] = Doc()
        self.words: Text = self.doc.get(ROOT, type=Text)
        self.doc.observe(self._changed)
        self.line: ClientConnection | None = None
        self.told: list[str] = []
        self.people: dict[int, Any] = {}
        self.stored: dict[int, int] = {}
        self.sent = self.settled = 0
        self.synced = False
        self.closed: int | None = None
        self.heard_at = 0.0
        self.on_saved: Callable[[], None] | None = None
        self._out: list[bytes] = []
        self._taking = False
        self._hearing: asyncio.Task[None] | None = None

    @property
    def text(self) -> str:
        """The text as this page has it."""
        return str(self.words)

    @property
    def saved(self) -> bool:
        """Whether the server has said that all of this is stored; what came from there is."""
        mine = frames.read_state(self.doc.get_state()).get(self.doc.client_id, 0)
        known = self.stored.get(self.doc.client_id, 0) >= mine
        return self.synced and known and self.settled >= self.sent and not self._out

    async def open(self, port: int) -> "Writer":
        """Come to a server and tell it what is here."""
        self.line = await connect(
            f"ws://127.0.0.1:{port}{self.path}",
            additional_headers={"Cookie": self.cookie},
            compression=None,
            max_size=None,
            ping_interval=None,
        )
        self.sent = self.settled = 0
        self.synced, self.closed = False, None
        self._out.clear()
        self._hearing = asyncio.create_task(self._hear(self.line))
        with contextlib.suppress(ConnectionClosed):  # as soon as it was opened, told by `closed`
            await self.line.send(frames.sync(frames.STEP_1, self.doc.get_state()))
        return self

    async def close(self) -> None:
        """Hang up."""
        if self.line is not None:
            await self.line.close()
        if self._hearing is not None:
            await asyncio.gather(self._hearing, return_exceptions=True)

    def write(self, words: str, at: int | None = None) -> None:
        """Type something, at the end if nothing else is said; it is sent by `flush`."""
        if at is None:
            self.words += words
        else:
            self.words.insert(at, words)

    async def flush(self) -> None:
        """Send what was typed."""
        while self._out and self.line is not None and self.closed is None:
            await self.send(frames.sync(frames.UPDATE, self._out.pop(0)))
            self.sent += 1

    async def type(self, words: str, at: int | None = None) -> None:
        """Type and send."""
        self.write(words, at)
        await self.flush()

    async def send(self, frame: bytes) -> None:
        """Send any bytes."""
        assert self.line is not None
        await self.line.send(frame)

    def _changed(self, event: Any) -> None:
        if not self._taking and self.line is not None:
            self._out.append(event.update)

    async def _hear(self, line: ClientConnection) -> None:
        try:
            async for frame in line:
                assert isinstance(frame, bytes)
                self.heard_at = time.perf_counter()
                answer = self._take(Reader(frame))
                if answer is not None:
                    await line.send(answer)
                    self.sent += 1
        except ConnectionClosed:
            pass
        self.closed = line.close_code

    def _take(self, reader: Reader) -> bytes | None:
        kind = reader.number()
        if kind == frames.SYNC:
            return self._sync(reader.number(), reader.piece())
        if kind == frames.SAVED:
            self.stored, self.settled = frames.read_state(reader.piece()), reader.number()
            if self.on_saved is not None and self.saved:
                self.on_saved()
        elif kind == frames.AWARENESS:
            self._meet(Reader(reader.piece()))
        elif kind in (frames.MAY, frames.REFUSED):
            self.told.append(reader.string())
        return None

    def _sync(self, step: int, data: bytes) -> bytes | None:
        if step == frames.STEP_1:
            return frames.sync(frames.STEP_2, self.doc.get_update(data))
        self._taking = True
        self.doc.apply_update(data)
        self._taking = False
        self.synced = self.synced or step == frames.STEP_2
        return None

    def _meet(self, reader: Reader) -> None:
        for _ in range(reader.number()):
            client, _, said = reader.number(), reader.number(), reader.string()
            self.people[client] = said


@asynccontextmanager
async def pages(room: Room, seats: Sequence[Held], name: str = "joint") -> AsyncIterator[list[Writer]]:
    """Bring pages of seats that have not come to a server yet; they hang up when the block is over."""
    writers = [Writer(room, seat.cookie, name) for seat in seats]
    try:
        yield writers
    finally:
        await asyncio.gather(*(one.close() for one in writers), return_exceptions=True)


@asynccontextmanager
async def writing(port: int, room: Room, seats: Sequence[Held], name: str = "joint") -> AsyncIterator[list[Writer]]:
    """Bring seats to a text; they hang up when the block is over."""
    async with pages(room, seats, name) as writers:
        for one in writers:
            await one.open(port)
        await until(lambda: all(one.synced for one in writers), "all see the text")
        yield writers


async def until(true: Callable[[], bool], what: str, seconds: float = 10) -> float:
    """Wait until something is so; gives the seconds it took."""
    begun = time.perf_counter()
    while not true():
        if time.perf_counter() - begun > seconds:
            raise NotInTime(f"{what}: not within {seconds:g} s")
        await asyncio.sleep(0.002)
    return time.perf_counter() - begun
