"""A robot's device: a browser's manners without a browser; cookies, pages, forms, and the socket."""

import asyncio
import contextlib
import json
import random
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from types import TracebackType
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from app.robots.line import Inside, Line, Wire

SECONDS = 20.0
"""How long a server may take for one answer."""

WHO = {"User-Agent": "Concord robot"}


class Gone(Exception):
    """The server, the workshop or the seat is not there any more."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    status: int
    html: str
    goes_to: str

    @property
    def is_gone(self) -> bool:
        """Whether what was asked for is not there for us any more; trouble that passes is something else."""
        return self.status in (401, 403, 404, 410)


@dataclass(frozen=True, slots=True)
class Server:
    """Where a Concord is: its address, and a way into this very process where it has no address."""

    address: str
    app: Any = None

    @property
    def has_sockets(self) -> bool:
        """Whether sockets can be opened to it."""
        return self.app is None

    def client(self) -> httpx2.AsyncClient:
        """Open a line to it; nothing of this machine's own settings is used."""
        inside = httpx2.ASGITransport(app=self.app, raise_app_exceptions=False) if self.app is not None else None
        # Robots meet their own machine's server by plain http; reading its certificates takes longer than a phase.
        plain = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return httpx2.AsyncClient(
            base_url=self.address, transport=inside, timeout=SECONDS, trust_env=False, headers=WHO, verify=plain
        )


class Device:
    """One phone or laptop."""

    def __init__(self, server: Server, seed: str) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}
        self._client = server.client()
        self._keys = random.Random(seed)  # noqa: S311  # keys need only differ
        self._socket: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Device":
        """Switch on."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Switch off."""
        await self.close()

    async def get(self, path: str) -> Reply:
        """Ask for a page."""
        return await self._ask("GET", path, {"Accept": "text/html"})

    async def follow(self, path: str) -> tuple[str, Reply]:
        """Ask for a page and go where it leads; tells where that was."""
        for _ in range(5):
            reply = await self.get(path)
            if not reply.goes_to:
                return path, reply
            path = reply.goes_to
        raise Gone("this address leads in a circle")

    async def send(self, path: str, fields: Mapping[str, str]) -> Reply:
        """Send a form as a page without scripts does."""
        return await self._ask("POST", path, {"Accept": "text/html"}, data=dict(fields))

    async def make(self, path: str, fields: Mapping[str, Any]) -> Reply:
        """Send a move or an act as a page's script does."""
        key = f"{self._keys.getrandbits(96):024x}"
        headers = {"Accept": "text/html", "HX-Request": "true", "Idempotency-Key": key}
        return await self._ask("POST", path, headers, json=dict(fields))

    async def _ask(self, method: str, path: str, headers: dict[str, str], **body: Any) -> Reply:
        if self.cookies:
            headers["Cookie"] = self.cookie
        try:
            reply = await self._client.request(method, path, headers=headers, **body)
        except httpx2.HTTPError as trouble:
            raise Gone(f"the server does not answer: {type(trouble).__name__}") from trouble
        for line in reply.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                # A cookie that is Secure comes back here all the same: this is the server's own machine.
                self.cookies[name] = morsel.value
        return Reply(reply.status_code, reply.text, reply.headers.get("location", "") if reply.is_redirect else "")

    @property
    def cookie(self) -> str:
        """The header that carries the cookies."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value)

    def listen(self, path: str, heard: Callable[[str], object]) -> None:
        """Keep a socket open for as long as the device is on; `heard` gets every frame that is to be swapped."""
        if self.server.has_sockets and self._socket is None:
            self._socket = asyncio.create_task(self._listen(path, heard))

    async def _listen(self, path: str, heard: Callable[[str], object]) -> None:
        address = "ws" + self.server.address.removeprefix("http") + path
        while True:
            with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                headers = {"Cookie": self.cookie}
                async with connect(address, additional_headers=headers, proxy=None, compression=None) as socket:
                    await hear(socket, heard)
            await asyncio.sleep(1)

    async def open(self, path: str) -> Line:
        """Open a socket that goes both ways."""
        if not self.server.has_sockets:
            return await Inside.to(self.server.app, path, self.cookie)
        return await Wire.to("ws" + self.server.address.removeprefix("http") + path, self.cookie)

    async def close(self) -> None:
        """Switch off: the socket closes, the line as well."""
        if self._socket is not None:
            self._socket.cancel()
            await asyncio.gather(self._socket, return_exceptions=True)
            self._socket = None
        await self._client.aclose()


async def hear(socket: ClientConnection, heard: Callable[[str], object]) -> None:
    """Pass on every frame but ticks."""
    async for frame in socket:
        text = frame if isinstance(frame, str) else frame.decode()
        if not text.startswith("{") or "tick" not in json.loads(text):
            heard(text)
