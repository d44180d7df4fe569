"""All shared texts that are open in this worker: opened once, kept current, and shut for whom they are not any more."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from app.db import Database
from app.errors import N_, NotFound, Refusal
from app.realtime.broker import Broker
from app.texts import documents, service
from app.texts.line import SIGNED_OUT, Line, May
from app.texts.rights import ask
from app.texts.room import Room
from app.texts.service import Key, Stored
from app.workshops.leading import still_leading
from app.workshops.models import Workshop

POLL_SECONDS = 1.0
# How soon a change is looked at again when many come.
PAUSE_SECONDS = 0.25
WORKSHOP = Workshop.__table__  # type: ignore[attr-defined]  # SQLModel makes it


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at the database found: versions of workshops, how texts stand, what lines may, who still leads."""

    versions: dict[int, int]
    texts: dict[int, tuple[int, bool]]
    rights: dict[int, May]
    leading: set[tuple[int, str]]


class Present(NamedTuple):
    """An open socket, and the text it is at."""

    line: Line
    key: Key


class Hall:
    """The open texts of this worker."""

    def __init__(self, db: Database, broker: Broker, now: Callable[[], datetime]) -> None:
        self._db = db
        self._broker = broker
        self._now = now
        self._rooms: dict[Key, Room] = {}
        self._by_id: dict[int, Room] = {}
        self._opening: dict[Key, asyncio.Task[Room]] = {}
        self._asked_at: dict[int, int] = {}
        self._changed = asyncio.Event()

    async def come(self, key: Key, seed: str, line: Line) -> Room:
        """Open a text for a socket: begun with `seed` if nobody has, with all that was stored in it."""
        while True:
            room = self._rooms.get(key)
            if room is not None and not room.broken:
                room.come(line)
                return room
            task = self._opening.get(key)
            if task is None:
                task = self._opening[key] = asyncio.create_task(self._open(key, seed))
                task.add_done_callback(lambda _: self._opening.pop(key, None))
            await asyncio.shield(task)

    async def leave(self, room: Room, line: Line) -> None:
        """Let a socket go, and shut its text after the last one."""
        room.leave(line)
        if room.lines:
            return
        await room.settle()
        if not room.lines and self._rooms.get(room.key) is room:
            self._forget(room)

    async def _open(self, key: Key, seed: str) -> Room:
        stored = await self._db.read(lambda session: service.load(session, key))
        if stored is None:
            await self._db.run(lambda session: service.begin(session, key, seed))
            stored = await self._db.read(lambda session: service.load(session, key))
        if stored is None:
            raise NotFound(N_("There is no such text."))
        room = await self._made(key, stored)
        self._rooms[key] = self._by_id[room.id] = room
        # What was stored between the reading and now has rung in vain.
        room.look_again()
        return room

    async def _made(self, key: Key, stored: Stored) -> Room:
        doc = await asyncio.to_thread(documents.document, stored.snapshot, stored.updates)
        return Room(self._db, key, stored, doc, self.stored)

    def _forget(self, room: Room) -> None:
        if self._rooms.get(room.key) is room:
            del self._rooms[room.key]
        if self._by_id.get(room.id) is room:
            del self._by_id[room.id]

    def stored(self, text_id: int, number: int) -> None:
        """Tell all workers that a text is at a number."""
        self.heard(text_id, number)
        self._broker.ring(text_id, number)

    def heard(self, text_id: int, number: int) -> None:
        """Hear that a text is at a number; never waits."""
        room = self._by_id.get(text_id)
        if room is not None and number != room.number:
            room.look_again()

    def missed(self) -> None:
        """Look at every text again: rings may have been lost."""
        for room in self._rooms.values():
            room.look_again()

    def changed(self, workshop_id: int, version: int) -> None:
        """Hear that a workshop changed: what people may do in its texts may have, too."""
        if any(room.key.workshop_id == workshop_id for room in self._rooms.values()):
            self._changed.set()

    async def poll(self) -> None:
        """Find out for ever what the doorbell did not tell, and who may what."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), POLL_SECONDS)
            self._changed.clear()
            if self._rooms:
                with contextlib.suppress(Refusal):
                    await self._look()
            await asyncio.sleep(PAUSE_SECONDS)

    async def _look(self) -> None:
        rooms = list(self._rooms.values())
        present = [Present(line, room.key) for room in rooms for line in room.lines.values()]
        looked_at = {one.line.number for one in present}
        ids = [room.id for room in rooms]
        found = await self._db.read(lambda session: self._read(session, ids, present))
        for room in rooms:
            if room.broken and not room.lines:
                self._forget(room)
            number, is_open = found.texts.get(room.id, (room.number, False))
            room.set_open(is_open)
            self.heard(room.id, number)
            for line in list(room.lines.values()):
                if line.number in found.rights:
                    line.asked_again = True
                    room.allow(line, found.rights[line.number])
                # Who came while this was read was not asked about; they are the next time.
                asked = line.number in looked_at
                if asked and line.who.token and (line.who.workshop_id, line.who.token) not in found.leading:
                    line.end(SIGNED_OUT)
            room.rest()
        self._asked_at = found.versions

    def _read(self, session: Session, text_ids: list[int], present: list[Present]) -> Found:
        """Read how all stands; what lines may is asked again only in workshops that changed, and of new lines."""
        workshops = {one.key.workshop_id for one in present}
        wanted = select(WORKSHOP.c.id, WORKSHOP.c.version).where(WORKSHOP.c.id.in_(workshops))
        versions = {row.id: row.version for row in session.connection().execute(wanted)}
        rights: dict[int, May] = {}
        for line, key in present:
            same = versions.get(key.workshop_id) == self._asked_at.get(key.workshop_id)
            if not same or not line.asked_again:
                rights[line.number] = ask(session, line.who, key).may
        tokens = {line.who.token for line, _ in present if line.who.token}
        leading = still_leading(session, workshops, tokens, self._now()) if tokens else set()
        return Found(versions, service.stand(session, text_ids), rights, leading)

    async def close(self) -> None:
        """Stop all work: what was not stored was not acknowledged."""
        for task in list(self._opening.values()):
            task.cancel()
        await asyncio.gather(*self._opening.values(), return_exceptions=True)
        await asyncio.gather(*(room.cancel() for room in list(self._rooms.values())), return_exceptions=True)
