"""What every reply carries and every request must pass: headers, the same-site check and the limit on bodies.

Law: an unsafe request or a socket that a browser sends from another site is refused before anything reads it.
"""

from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.config import Settings
from app.errors import N_, Forbidden, Refusal, TooLarge
from app.web.errors import accident_reply, refusal_reply
from app.web.logs import where
from app.web.metrics import REPLIES

log = structlog.get_logger()

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
BODY_LIMIT = 1024 * 1024
# Moves are small; their limit keeps a flood of large ones off the engine.
BODY_LIMITS = {"/w/": 64 * 1024}

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; "
        "worker-src 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}


class Guard:
    """The outermost layer: headers on every reply, and a calm page where something broke."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.talkative = settings.log_level == "DEBUG"
        headers = dict(HEADERS)
        if settings.behind_tls:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        # As they go out, once for all replies: whatever a route says of these itself does not.
        self.headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        self.names = {name for name, _ in self.headers}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and dress its reply."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                REPLIES.labels(message["status"]).inc()
                own = [pair for pair in message.get("headers", ()) if pair[0] not in self.names]
                kept = [] if any(name == b"cache-control" for name, _ in own) else [(b"cache-control", b"no-store")]
                message["headers"] = [*own, *self.headers, *kept]
            await send(message)

        try:
            await self.app(scope, receive, dressed)
        except Exception as error:
            said = str(error) if self.talkative else ""
            kind, route = type(error).__name__, route_of(scope)
            # No traceback: it may quote what people typed.
            log.error("accident", kind=kind, route=route, where=where(error), said=said)  # noqa: TRY400
            if started:
                raise
            await accident_reply(Request(scope))(scope, receive, dressed)


class SameSite:
    """Refuses what another site makes a browser send: unsafe methods and sockets."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.public_origin = _origin(settings.public_url) if settings.public_url else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it comes from elsewhere."""
        if scope["type"] == "lifespan" or self.own(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4403})
        else:
            await _refuse(Forbidden(N_("This was sent from another site, so nothing was done.")), scope, receive, send)

    def own(self, scope: Scope) -> bool:
        """Tell whether a request changes nothing, comes from our own pages, or from no browser at all."""
        headers = Headers(scope=scope)
        site = headers.get("sec-fetch-site")
        if scope["type"] == "http":
            if scope["method"] in SAFE_METHODS:
                return True
            if site is not None:
                return site in ("same-origin", "none")
        # Browsers disagree on what a socket's Sec-Fetch-Site is, but always send its Origin;
        # pages served by plain http in a hall send no Sec-Fetch-Site.
        origin = headers.get("origin")
        if origin is None:
            return site is None or site in ("same-origin", "none")
        return _origin(origin) in self.origins(headers.get("host", ""))

    def origins(self, host: str) -> set[str | None]:
        """List the origins our own pages have: the public address, and the one that was asked for."""
        https = (self.public_origin or "").startswith("https://")
        schemes = ("https",) if https else ("http", "https")
        return ({_origin(f"{scheme}://{host}") for scheme in schemes} | {self.public_origin}) - {None}


class BodyLimit:
    """Reads a body before anything else does, and refuses one that is too large, announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body read."""
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS:
            await self.app(scope, receive, send)
            return
        limit = next((size for prefix, size in BODY_LIMITS.items() if scope["path"].startswith(prefix)), BODY_LIMIT)
        try:
            body = await _read(Headers(scope=scope), receive, limit)
        except TooLarge as refusal:
            await _refuse(refusal, scope, receive, send)
            return
        if body is None:
            return  # hung up half-way: nobody is left to answer
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, replay, send)


class Packing:
    """Packs pages for slow phones; moves and pushes are small and must be quick, so they go as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.packed = GZipMiddleware(app, minimum_size=1000, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and pack the reply where that helps."""
        page = scope["type"] == "http" and scope["method"] == "GET" and not self.is_packed(scope["path"])
        await (self.packed if page else self.app)(scope, receive, send)

    def is_packed(self, path: str) -> bool:
        """Tell what gains nothing: files that are packed by themselves, where packing would hold up the loop."""
        return path.startswith("/static/") or "/export/" in path


def route_of(scope: Scope) -> str:
    """Name the route of a request without what people typed into it: addresses hold codes and tokens."""
    return str(getattr(scope.get("route"), "path", "unknown"))


async def _read(headers: Headers, receive: Receive, limit: int) -> bytes | None:
    too_large = TooLarge(N_("That is more than we can take in one piece. Shorten it, then send it again."))
    announced = headers.get("content-length", "0")
    if not (announced.isascii() and announced.isdigit()) or int(announced[:12]) > limit:
        raise too_large
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            raise too_large
        if not message.get("more_body"):
            return b"".join(parts)


async def _refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    reply = refusal_reply(Request(scope), refusal)
    # What is left of the body is not read, so the line is of no further use.
    reply.headers["Connection"] = "close"
    await reply(scope, receive, send)


def _origin(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return f"{parts.scheme}://{parts.hostname}:{port}"
