"""Light clients for crowds: HTTP and WebSocket spoken straight over the loop, so that a crowd costs little.

They understand what Concord sends and no more: replies with a length, frames of text that are not broken up.
"""

import asyncio
import base64
import json
import os
import secrets
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

TEXT, BINARY, CLOSE, PING = 1, 2, 8, 9
VERSION = b'data-version="'


class HungUp(ConnectionError):
    """The other end closed before it had answered."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    status: int
    head: bytes
    body: bytes

    @property
    def version(self) -> int:
        """The highest version in the body; 0 when it shows none."""
        return version_in(self.body)


def version_in(body: bytes) -> int:
    """Read the version of a reply's or frame's first partial; 0 when it shows none."""
    at = body.find(VERSION)
    return 0 if at < 0 else int(body[at + len(VERSION) : body.index(b'"', at + len(VERSION))])


class Talk(asyncio.Protocol):
    """One kept-open HTTP connection; it asks one thing at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self._read = b""
        self._waiting: asyncio.Future[Reply] | None = None
        self._turn = asyncio.Lock()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the line."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's are no subclass of it

    def data_received(self, data: bytes) -> None:
        """Gather a reply."""
        self._read += data
        end = self._read.find(b"\r\n\r\n")
        if end < 0 or self._waiting is None or self._waiting.done():
            return
        head = self._read[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._read) >= end + 4 + length:
            body = self._read[end + 4 : end + 4 + length]
            self._read = self._read[end + 4 + length :]
            self._waiting.set_result(Reply(int(head[9:12]), head, body))

    def connection_lost(self, exc: Exception | None) -> None:
        """Say so to whoever waits."""
        self.transport = None
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(HungUp())

    async def ask(self, request: bytes) -> Reply:
        """Send a request and wait for its reply."""
        async with self._turn:
            if self.transport is None:
                raise HungUp
            self._read = b""
            self._waiting = asyncio.get_running_loop().create_future()
            self.transport.write(request)
            return await self._waiting

    def close(self) -> None:
        """Hang up."""
        if self.transport is not None:
            self.transport.close()


class Line(asyncio.Protocol):
    """One socket that looks at a room, and what came through it last."""

    def __init__(self, heard: Callable[["Line", bytes], None] | None = None) -> None:
        self.transport: asyncio.Transport | None = None
        self.opened: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.version = 0
        self.at = 0.0
        self.frames = 0
        self.bytes = 0
        self.ticks = 0
        self.last = b""
        self.heard = heard
        self.take_binary: Callable[[bytes], None] | None = None
        self._read = b""
        self._open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the line."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's are no subclass of it

    def data_received(self, data: bytes) -> None:
        """Take frames as they come."""
        read = self._read + data if self._read else data
        if not self._open:
            end = read.find(b"\r\n\r\n")
            if end < 0:
                self._read = read
                return
            self._open = True
            self.opened.set_result(int(read[9:12]))
            read = read[end + 4 :]
        at = 0
        while True:
            length, begin = frame_at(read, at)
            if length is None or begin + length > len(read):
                break
            self._take(read[at] & 15, read[begin : begin + length])
            at = begin + length
        self._read = read[at:]

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == TEXT:
            if payload.startswith(b"{"):
                self.ticks += 1
                return
            self.at = time.perf_counter()
            self.frames += 1
            self.bytes += len(payload)
            self.last = payload
            self.version = max(self.version, version_in(payload))
            if self.heard is not None:
                self.heard(self, payload)
        elif kind == BINARY and self.take_binary is not None:
            self.take_binary(payload)
        elif kind == PING:
            self.send(10, payload)
        elif kind == CLOSE and not self.closed.done():
            self.closed.set_result(int.from_bytes(payload[:2], "big"))

    def send(self, kind: int, payload: bytes) -> None:
        """Send one frame."""
        if self.transport is not None:
            self.transport.write(frame(kind, payload))

    def connection_lost(self, exc: Exception | None) -> None:
        """Say so to whoever waits."""
        self.transport = None
        if not self.opened.done():
            self.opened.set_exception(HungUp())
        if not self.closed.done():
            self.closed.set_result(1006)

    def close(self) -> None:
        """Hang up."""
        if self.transport is not None:
            self.transport.close()


def frame_at(read: bytes, at: int) -> tuple[int | None, int]:
    """Tell how long the payload of the frame at a place is, and where it begins; None when more must come."""
    if len(read) - at < 2:
        return None, 0
    length = read[at + 1] & 127
    if length < 126:
        return length, at + 2
    size = 2 if length == 126 else 8
    if len(read) - at < 2 + size:
        return None, 0
    return int.from_bytes(read[at + 2 : at + 2 + size], "big"), at + 2 + size


def frame(kind: int, payload: bytes) -> bytes:
    """Make a frame as clients send it: masked, here with a mask of zeros."""
    if len(payload) < 126:
        head = struct.pack("!BB", 0x80 | kind, 0x80 | len(payload))
    else:
        head = struct.pack("!BBH", 0x80 | kind, 0x80 | 126, len(payload))
    return head + bytes(4) + payload


def request(method: str, path: str, cookie: str = "", body: bytes = b"", **headers: str) -> bytes:
    """Write a request; `content_type="…"` becomes the header of that name."""
    lines = [f"{method} {path} HTTP/1.1", "Host: concord.test"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def move_request(
    code: str, step: int, cookie: str, fields: Mapping[str, Any], key: str = "", path: str = "moves"
) -> bytes:
    """Write a move as the page's script sends it."""
    return request(
        "POST",
        f"/w/{code}/steps/{step}/{path}",
        cookie,
        json.dumps(fields).encode(),
        Content_Type="application/json",
        Accept="text/html",
        HX_Request="true",
        Idempotency_Key=key or secrets.token_hex(16),
    )


async def talk(port: int) -> Talk:
    """Open an HTTP connection."""
    _, opened = await asyncio.get_running_loop().create_connection(Talk, "127.0.0.1", port)
    return opened


async def look(
    port: int,
    code: str,
    cookie: str,
    wanted: str = "seat",
    version: int = 0,
    heard: Callable[[Line, bytes], None] | None = None,
) -> Line:
    """Open a socket that looks at a room; it has answered when this returns, whatever it said."""
    return await open_line(port, f"/w/{code}/live?as={wanted}&v={version}", cookie, heard)


async def open_line(port: int, path: str, cookie: str = "", heard: Callable[[Line, bytes], None] | None = None) -> Line:
    """Open any socket."""
    _, line = await asyncio.get_running_loop().create_connection(lambda: Line(heard), "127.0.0.1", port)
    assert line.transport is not None
    key = base64.b64encode(os.urandom(16)).decode()
    line.transport.write(
        request(
            "GET",
            path,
            cookie,
            Upgrade="websocket",
            Connection="Upgrade",
            Sec_WebSocket_Key=key,
            Sec_WebSocket_Version="13",
        )
    )
    await line.opened
    return line
