"""The newest reading of each workshop that is looked at here, read once for all who ask at the same time."""

import asyncio
from collections import OrderedDict

from app.db import Database
from app.live import scenes, snapshot
from app.live.snapshot import Snapshot

KEPT = 400


class Rooms:
    """Snapshots by workshop; any may be forgotten, as the database has it all."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._newest: OrderedDict[int, Snapshot] = OrderedDict()
        self._reading: dict[int, asyncio.Task[Snapshot | None]] = {}

    async def at(self, workshop_id: int, version: int) -> Snapshot | None:
        """Return a reading no older than `version`; None when the workshop is gone."""
        newest = self._newest.get(workshop_id)
        while newest is None or newest.version < version:
            newest = await self.now(workshop_id)
            if newest is None:
                return None
        return newest

    async def now(self, workshop_id: int) -> Snapshot | None:
        """Read the workshop as it is; whoever asks while that reading waits shares it."""
        reading = self._reading.get(workshop_id)
        if reading is None:
            reading = asyncio.create_task(self._read(workshop_id))
            self._reading[workshop_id] = reading
        return await asyncio.shield(reading)

    async def _read(self, workshop_id: int) -> Snapshot | None:
        before = self._newest.get(workshop_id)
        try:
            read = await self._db.read(lambda session: snapshot.read(session, workshop_id, before))
        finally:
            self._reading.pop(workshop_id, None)
        if read is None:
            self._newest.pop(workshop_id, None)
            return None
        if any(board.kept for board in read.boards.values()) and (before is None or before.boards != read.boards):
            # Reveals are worked out beside the loop: the first of a kind may take a tenth of a second.
            await asyncio.to_thread(scenes.work_out, read)
        self._newest[workshop_id] = read
        self._newest.move_to_end(workshop_id)
        while len(self._newest) > KEPT:
            self._newest.popitem(last=False)
        return read
