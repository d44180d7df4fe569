"""A cable between a device and the hall that tests pull out: what was open breaks, and nothing new gets through."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

T = TypeVar("T")


class Cable:
    """Carries bytes from a port of its own to the server's, until it is pulled out or goes dead."""

    def __init__(self, to: int) -> None:
        self.to = to
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._plugged = True
        self._alive = asyncio.Event()  # what the lines of today wait for; dead ones wait for ever
        self._lines: set[asyncio.Task[None]] = set()

    @property
    def base(self) -> str:
        """Where a device at this end reaches the server."""
        return f"http://127.0.0.1:{self.port}"

    def pull(self) -> None:
        """Break every line, and refuse new ones."""
        self._do(self._pull())

    def plug(self) -> None:
        """Let lines through again."""
        self._do(self._plug())

    def go_dead(self) -> None:
        """Carry nothing more on the lines there are, and let nobody know; new ones get through."""
        self._do(self._go_dead())

    async def _pull(self) -> None:
        self._plugged = False
        for line in list(self._lines):
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    async def _plug(self) -> None:
        self._plugged = True

    async def _go_dead(self) -> None:
        self._alive.clear()
        self._alive = asyncio.Event()
        self._alive.set()

    def _do(self, what: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(10)

    async def _carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        line = asyncio.current_task()
        assert line is not None
        self._lines.add(line)
        try:
            if self._plugged:
                await self._through(near, back)
        except (OSError, asyncio.CancelledError):
            pass  # a line that breaks is what a cable is pulled for
        finally:
            self._lines.discard(line)
            await put_down(back)

    async def _through(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        alive = self._alive
        far, forth = await asyncio.open_connection("127.0.0.1", self.to)
        ways = [asyncio.create_task(pump(near, forth, alive)), asyncio.create_task(pump(far, back, alive))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            await put_down(forth)

    async def _start(self) -> asyncio.Server:
        self._alive.set()
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _stop(self, server: asyncio.Server) -> None:
        server.close()
        await self._pull()
        await server.wait_closed()

    @contextmanager
    def lying(self) -> Iterator["Cable"]:
        """Lay the cable while the block runs."""
        thread = threading.Thread(target=self._loop.run_forever, name="cable")
        thread.start()
        try:
            server = self._do(self._start())
            try:
                yield self
            finally:
                self._do(self._stop(server))
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(10)
            self._loop.close()


async def put_down(writer: asyncio.StreamWriter) -> None:
    """Close one end for good."""
    writer.transport.abort()
    with suppress(OSError):
        await writer.wait_closed()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, alive: asyncio.Event) -> None:
    """Carry bytes one way while the line is alive."""
    while some := await reader.read(65536):
        await alive.wait()
        writer.write(some)
        await writer.drain()
