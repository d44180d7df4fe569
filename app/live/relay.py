"""The relay: when a workshop changes, every open line is shown what it may see of it.

Law: the first change is drawn at once; in a burst a workshop is drawn a few times a second, from its newest state.
"""

import asyncio

import structlog

from app.errors import Refusal
from app.live import screens
from app.live.rooms import Rooms
from app.live.screens import Screen
from app.live.snapshot import Snapshot
from app.live.who import Viewer
from app.realtime.hub import Hub, Line

log = structlog.get_logger()

BURST_SECONDS = 0.25
RETRY_SECONDS = 1.0
# Lines drawn before others get a turn on the loop.
AT_A_TIME = 20

# A seat that was removed, or a workshop that is gone.
NOT_HERE_ANY_MORE = 4403


class Relay:
    """Draws changed workshops for the lines of this worker."""

    def __init__(self, hub: Hub, rooms: Rooms) -> None:
        self._hub = hub
        self._rooms = rooms
        self._wanted: dict[int, int] = {}
        self._drawn: dict[int, int] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self.drawings = 0

    @property
    def owed(self) -> int:
        """Count the workshops whose newest state is still to be drawn."""
        return len(self._wanted)

    def ring(self, workshop_id: int, version: int) -> None:
        """Hear that a workshop is at a version, 0 for one that is not known; never waits."""
        if not self._hub.lines(workshop_id):
            self._drawn.pop(workshop_id, None)
            return
        if version and version <= self._drawn.get(workshop_id, 0):
            # Heard twice, as from the doorbell and from the poll. A line that opened since has read for itself.
            return
        self._wanted[workshop_id] = max(version, self._wanted.get(workshop_id, 0))
        if workshop_id not in self._tasks:
            self._tasks[workshop_id] = asyncio.create_task(self._serve(workshop_id))

    def ring_all(self) -> None:
        """Look at every workshop again: rings may have been lost."""
        for workshop_id in self._hub.workshops():
            self.ring(workshop_id, 0)

    async def close(self) -> None:
        """End all drawing."""
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _serve(self, workshop_id: int) -> None:
        try:
            while workshop_id in self._wanted and self._hub.lines(workshop_id):
                version = self._wanted.pop(workshop_id)
                try:
                    # A ring without a version asks to look for oneself.
                    newest = await (self._rooms.at(workshop_id, version) if version else self._rooms.now(workshop_id))
                except Refusal:
                    self._wanted.setdefault(workshop_id, version)
                    await asyncio.sleep(RETRY_SECONDS)
                    continue
                self._drawn[workshop_id] = newest.version if newest is not None else 0
                await self._draw(workshop_id, newest)
                await asyncio.sleep(BURST_SECONDS)
        except Exception:
            log.exception("drawing failed")
        finally:
            del self._tasks[workshop_id]
            if self._wanted.get(workshop_id) is not None and self._hub.lines(workshop_id):
                self._tasks[workshop_id] = asyncio.create_task(self._serve(workshop_id))
            else:
                self._wanted.pop(workshop_id, None)

    async def _draw(self, workshop_id: int, newest: Snapshot | None) -> None:
        self.drawings += 1
        drawn: dict[Viewer, Screen | None] = {}
        for count, line in enumerate(self._hub.lines(workshop_id), 1):
            show(line, newest, drawn)
            if count % AT_A_TIME == 0:
                await asyncio.sleep(0)


def show(line: Line, newest: Snapshot | None, drawn: dict[Viewer, Screen | None]) -> None:
    """Show one line the newest state, worked out once for all who look alike."""
    viewer: Viewer = line.viewer
    if viewer in drawn:
        screen = drawn[viewer]
    else:
        right = newest is not None and (viewer.audience.kind != "wall" or viewer.turn == newest.code_turn)
        seen = screens.screen(newest, viewer.audience, viewer.language, viewer.place) if newest and right else None
        screen = drawn[viewer] = seen
    if screen is None:
        line.end(NOT_HERE_ANY_MORE)
        return
    before: Screen | None = line.newest or line.sent
    if before is None or (screen.version >= before.version and screen.regions != before.regions):
        line.show(screen)
