"""The newest reading of each workshop that is looked at here, read once for all who ask at the same time."""

import asyncio
import contextlib
from collections import OrderedDict
from dataclasses import replace

from app.db import Changed, Database
from app.live import scenes, snapshot
from app.live.moves import Made
from app.live.snapshot import AnswerRead, Snapshot

KEPT = 400
# A reading under way may have begun before the version that is asked for; the one after it has not.
# A version that no reading finds was never there: rings are hints.
MOST_READINGS = 3


class Rooms:
    """Snapshots by workshop; any may be forgotten, as the database has it all."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._newest: OrderedDict[int, Snapshot] = OrderedDict()
        self._reading: dict[int, asyncio.Task[Snapshot | None]] = {}
        self._next: dict[int, asyncio.Task[Snapshot | None]] = {}

    async def at(self, workshop_id: int, version: int) -> Snapshot | None:
        """Return a reading no older than `version`; None when the workshop is gone."""
        newest = self._newest.get(workshop_id)
        for _ in range(MOST_READINGS):
            if newest is not None and newest.version >= version:
                break
            newest = await self.now(workshop_id)
            if newest is None:
                return None
        return newest

    async def now(self, workshop_id: int) -> Snapshot | None:
        """Read the workshop as it is; whoever asks before that reading begins shares it."""
        reading = self._next.get(workshop_id)
        if reading is None:
            # One that has begun may have looked before what its asker knows of was committed.
            reading = asyncio.create_task(self._read_after(self._reading.get(workshop_id), workshop_id))
            self._next[workshop_id] = reading
        return await asyncio.shield(reading)

    def carry(self, changed: Changed[Made]) -> None:
        """Carry the newest reading on by what one committed move changed; nothing else did at its version."""
        workshop_id, made = changed.workshop_id, changed.value
        newest = self._newest.get(workshop_id)
        if newest is None or newest.version != made.version - 1 or newest.live_step_id != made.step_id:
            return
        if made.went_on or any(scenes.reveals_anew(newest, table, new) for table, new in made.boards.items()):
            return
        answers = {seat: AnswerRead(made.version, content) for seat, content in made.answers.items()}
        boards = {
            table: replace(newest.boards[table], version=made.version, content=content)
            for table, content in made.boards.items()
        }
        carried = replace(
            newest, version=made.version, answers={**newest.answers, **answers}, boards={**newest.boards, **boards}
        )
        # What the seats of other tables see has not changed, and is not worked out again.
        homes = {newest.group_of(newest.seats[seat].table_id).id for seat in answers if seat in newest.seats}
        touched = {*boards, *homes}
        carried.sights.update(
            (table, sight) for table, sight in newest.sights.items() if newest.group_of(table).id not in touched
        )
        self._newest[workshop_id] = carried

    async def _read_after(self, other: "asyncio.Task[Snapshot | None] | None", workshop_id: int) -> Snapshot | None:
        if other is not None:
            with contextlib.suppress(Exception):
                await asyncio.shield(other)
        self._reading[workshop_id] = self._next.pop(workshop_id)
        try:
            return await self._read(workshop_id)
        finally:
            if self._reading.get(workshop_id) is asyncio.current_task():
                del self._reading[workshop_id]

    async def _read(self, workshop_id: int) -> Snapshot | None:
        before = self._newest.get(workshop_id)
        read = await self._db.read(lambda session: snapshot.read(session, workshop_id, before))
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
