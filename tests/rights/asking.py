"""Asking as somebody on the stage, and what every reply must carry whoever asks."""

import re
from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie
from string import Formatter
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx2 import Response
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app.web.security import HEADERS
from tests.rights.stage import Stage
from tests.rights.table import OPEN, SIGN_IN, Expected, Row

# What devices may keep, and for how many seconds; 0 takes it away.
COOKIES = {
    "concord_seat": {36 * 3600},
    "concord_wall": {7 * 24 * 3600},
    "concord_trainer": {30 * 24 * 3600, 0},
    "concord_language": {365 * 24 * 3600},
    "concord_keys": {365 * 24 * 3600},
}
KEPT = {"/icon.svg": "max-age=86400"}


def routes_of(app: FastAPI) -> Iterator[tuple[str, str]]:
    """List every address and socket of an app, but not what is mounted."""
    for route in iter_route_contexts(app.routes):
        if not isinstance(route.original_route, Mount):
            for method in route.methods or ["WS"]:
                yield method, route.path or ""


def filled(stage: Stage, row: Row) -> tuple[str, dict[str, str]]:
    """Fill a row's address and its form."""
    other = {name: value.format(**stage.words) for name, value in row.other.items()}
    words = stage.words | other
    sent = {name: value.format(**words) for name, value in row.sent.items()}
    query = f"?{row.query.format(**words)}" if row.query else ""
    return row.path.format(**words) + query, sent


def ask(stage: Stage, row: Row, device: TestClient) -> Response:
    """Send a row's request; the reply is looked at for what every reply must carry."""
    address, sent = filled(stage, row)
    reply = device.request(row.method, address, data=sent or None, headers=dict(row.headers))
    look_at(reply)
    return reply


def ends_with(stage: Stage, row: Row, device: TestClient) -> int:
    """Open a row's socket; gives how it was closed, `OPEN` when it brought the live area."""
    address, _ = filled(stage, row)
    with device.websocket_connect(address) as line:
        try:
            while True:
                if 'id="live"' in line.receive_text():
                    return OPEN
        except WebSocketDisconnect as end:
            return end.code


def look_at(reply: Response, *, secure: bool = False) -> None:
    """Look for the headers and cookie attributes that every reply must carry."""
    path = reply.request.url.path
    assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS, path
    if not path.startswith("/static/"):
        kept = KEPT.get(path, "no-store") if reply.status_code == 200 else "no-store"
        assert reply.headers.get_list("cache-control") == [kept], path
    assert "server" not in reply.headers
    for told in reply.headers.get_list("set-cookie"):
        look_at_cookie(told, secure=secure)


def look_at_cookie(told: str, *, secure: bool) -> None:
    """Look at every attribute of a cookie."""
    ((name, cookie),) = SimpleCookie(told).items()
    plain = re.sub(r"_\d+$", "", name.removeprefix("__Host-"))
    assert name.startswith("__Host-") is secure
    assert int(cookie["max-age"]) in COOKIES[plain], told
    given = {part.strip().partition("=")[0].lower() for part in told.split(";")[1:]} - {"max-age", "expires"}
    assert given == {"path", "samesite", "httponly"} | ({"secure"} if secure else set()), told
    assert (cookie["path"], cookie["samesite"].lower()) == ("/", "lax")


def fits(reply: Response, gets: Expected, row: Row, words: Mapping[str, str]) -> bool:
    """Tell whether a reply is what was expected."""
    if isinstance(gets, int):
        return reply.status_code == gets
    location = reply.headers.get("location", "")
    if gets == SIGN_IN:
        here = reply.request.url.path + (f"?{row.query.format(**words)}" if row.query else "")
        return (reply.status_code, location) == (303, f"/trainer/sign-in?next={quote(here, safe='/')}")
    wanted = ".*".join(map(re.escape, gets.format(**words).split("*")))
    return reply.status_code == 303 and re.fullmatch(wanted, location) is not None


def names_in(path: str) -> set[str]:
    """List the names of what an address is filled with."""
    return {name for _, name, _, _ in Formatter().parse(path) if name}
