"""The queue of files to be made: one after the other, in a process of their own, and never too many that wait."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from app.errors import N_, TooMany
from app.exports.child import Child
from app.exports.formats import File

MOST = 12
"""Files that may wait, with the one that is being made."""
BACK_IN = 20
IDLE_SECONDS = 30 * 60.0
"""After so long without work the process gives its memory back; the next file then takes a moment longer."""

Told = Callable[[int, int], None]


class Full(TooMany):
    """More files wait already than are made in a reasonable time."""

    status = 503

    def __init__(self) -> None:
        super().__init__(N_("Several files are being made already. Try again in half a minute."), wait=BACK_IN)


class Queue:
    """All files that one server process makes."""

    def __init__(self, child: Child, idle: float = IDLE_SECONDS) -> None:
        self.child = child
        self.idle = idle
        self.waiting = 0
        self._turn = asyncio.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="files")
        self._rest: asyncio.TimerHandle | None = None

    def check(self) -> None:
        """Refuse where too many wait."""
        if self.waiting >= MOST:
            raise Full

    async def make(self, read: Callable[[], Awaitable[bytes]], tell: Told) -> File:
        """Have a file made once it is its turn; `read` gets the packed job then. Whoever stops waiting leaves."""
        self.check()
        self.waiting += 1
        try:
            async with self._turn:
                return await self._make(await read(), tell)
        finally:
            self.waiting -= 1
            self._rest_later()

    def warm(self) -> None:
        """Get the process ready, as somebody is about to ask for a file."""
        if self.waiting == 0:
            self._thread.submit(self.child.start)
            self._rest_later()

    async def close(self) -> None:
        """Stop whatever is being made."""
        if self._rest is not None:
            self._rest.cancel()
        if self.waiting:
            self.child.kill()
        await asyncio.to_thread(self._thread.shutdown, cancel_futures=True)

    async def _make(self, job: bytes, tell: Told) -> File:
        asked = asyncio.get_running_loop().run_in_executor(self._thread, self.child.ask, job, tell)
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            # Nobody waits for it any more, and the next one waits for the process.
            self.child.kill()
            with contextlib.suppress(Exception):
                await asked
            raise

    def _rest_later(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
        self._rest = asyncio.get_running_loop().call_later(self.idle, self._end_unless_asked)

    def _end_unless_asked(self) -> None:
        if self.waiting == 0:
            self._thread.submit(self.child.end)
