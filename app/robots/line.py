"""A socket of bytes that goes both ways: over the network, or into this very process where it has no address."""

import asyncio
import contextlib
from typing import Any, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

SECONDS = 10.0
"""How long a server may take to open or to close."""


class Hung(Exception):
    """The line is closed, or was never opened."""


class Line(Protocol):
    """One open socket."""

    async def send(self, frame: bytes) -> None:
        """Send a frame."""

    async def hear(self) -> bytes:
        """Wait for a frame."""

    async def close(self) -> None:
        """Hang up."""


class Wire:
    """A line over the network."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    @classmethod
    async def to(cls, address: str, cookie: str) -> "Wire":
        """Open a line to an address."""
        try:
            return cls(
                await connect(
                    address,
                    additional_headers={"Cookie": cookie},
                    proxy=None,
                    compression=None,
                    open_timeout=SECONDS,
                    close_timeout=SECONDS,
                )
            )
        except (OSError, TimeoutError, WebSocketException) as trouble:
            raise Hung(f"no line was opened: {trouble}") from trouble

    async def send(self, frame: bytes) -> None:
        """Send a frame."""
        try:
            await self._socket.send(frame)
        except WebSocketException as trouble:
            raise Hung("the line is closed") from trouble

    async def hear(self) -> bytes:
        """Wait for a frame."""
        try:
            frame = await self._socket.recv()
        except WebSocketException as trouble:
            raise Hung("the line is closed") from trouble
        return frame.encode() if isinstance(frame, str) else frame

    async def close(self) -> None:
        """Hang up."""
        await self._socket.close()


class Inside:
    """A line into an app that has no address."""

    def __init__(self, app: Any, path: str, cookie: str) -> None:
        self._up: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._down: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._up.put_nowait({"type": "websocket.connect"})
        self._serving = asyncio.create_task(self._serve(app, scope(path, cookie)))

    @classmethod
    async def to(cls, app: Any, path: str, cookie: str) -> "Inside":
        """Open a line into an app."""
        line = cls(app, path, cookie)
        answer = await line._down.get()
        if answer["type"] != "websocket.accept":
            await line.close()
            raise Hung("no line was opened")
        return line

    async def _serve(self, app: Any, told: dict[str, Any]) -> None:
        try:
            await app(told, self._up.get, self._down.put)
        finally:
            self._down.put_nowait({"type": "websocket.close"})

    async def send(self, frame: bytes) -> None:
        """Send a frame."""
        if self._serving.done():
            raise Hung("the line is closed")
        self._up.put_nowait({"type": "websocket.receive", "bytes": frame})

    async def hear(self) -> bytes:
        """Wait for a frame."""
        message = await self._down.get()
        if message["type"] != "websocket.send":
            self._down.put_nowait(message)
            raise Hung("the line is closed")
        return bytes(message.get("bytes") or str(message.get("text") or "").encode())

    async def close(self) -> None:
        """Hang up."""
        self._up.put_nowait({"type": "websocket.disconnect", "code": 1000})
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                await asyncio.gather(self._serving, return_exceptions=True)


def scope(path: str, cookie: str) -> dict[str, Any]:
    """Say what a server would say of a socket that is opened."""
    where, _, query = path.partition("?")
    return {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "ws",
        "path": where,
        "raw_path": where.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"cookie", cookie.encode())],
        "client": ("127.0.0.1", 0),
        "server": ("localhost", 80),
        "subprotocols": [],
        "state": {},
    }
