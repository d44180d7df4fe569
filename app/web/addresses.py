"""Addresses: where phones reach this Concord, and paths that stay within it."""

import contextlib
import ipaddress
import socket
import time
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import URL
from starlette.requests import HTTPConnection

from app.config import Settings
from app.web.state import state

# Reserved for documentation and never sent to: connecting a datagram socket only asks which way packets would go.
ELSEWHERE = ("192.0.2.1", "10.255.255.255", "172.31.255.255", "192.168.255.255")


LOOK_AGAIN_SECONDS = 15


def local_path(path: str | None, otherwise: str = "/") -> str:
    r"""Keep a path that stays on this site; anything else becomes `otherwise`.

    >>> local_path("/trainer?x=1"), local_path("//evil.example"), local_path("/\\evil.example", "/trainer")
    ('/trainer?x=1', '/', '/trainer')
    """
    if not path or len(path) > 500 or not path.startswith("/") or path[1:2] in ("/", "\\"):
        return otherwise
    # Browsers drop tabs and line breaks within addresses: "/\t/evil" would leave the site.
    return path if path.isprintable() else otherwise


def phones_address(connection: HTTPConnection) -> str:
    """Say the address under which phones reach this Concord, as `http://192.168.1.5:8000`.

    A trainer who looks at the desk on localhost still shows a QR code that works in the hall.
    """
    settings = state(connection).settings
    if settings.public_url:
        return settings.public_url.rstrip("/")
    scope = connection.scope
    server = tuple(scope.get("server") or ()) or None
    port, address = asked_at(scope["scheme"], connection.headers.get("host"), server)
    return address if port is None else served_at(settings, port)


@lru_cache(maxsize=256)
def asked_at(scheme: str, host: str | None, server: tuple[Any, ...] | None) -> tuple[int | None, str]:
    """Read the address that somebody asked at, once for all who ask there; with the port, where it is this machine."""
    headers = [] if host is None else [(b"host", host.encode("latin-1"))]
    asked = {"scheme": scheme, "server": server, "path": "/", "query_string": b"", "headers": headers}
    here = urlsplit(str(URL(scope=asked)))
    if here.hostname and is_loopback(here.hostname):
        return here.port or 80, ""
    spoken = {"ws": "http", "wss": "https"}.get(here.scheme, here.scheme)
    return None, f"{spoken}://{here.netloc}"


def served_at(settings: Settings, port: int) -> str:
    """Say the address a server on this machine and port has for phones in the same network."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    return f"http://{lan_address()}" + ("" if port == 80 else f":{port}")


def lan_address() -> str:
    """Find this machine's address in the local network; a laptop that changes networks is noticed soon."""
    return _lan_address(int(time.monotonic() // LOOK_AGAIN_SECONDS))


@lru_cache(maxsize=1)
def _lan_address(_moment: int) -> str:
    # Asked for at every move: opening a socket each time cost a twentieth of it.
    for target in ELSEWHERE:
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
            asked.connect((target, 9))
            found: str = asked.getsockname()[0]
            if not is_loopback(found) and found != "0.0.0.0":  # noqa: S104  # no address at all, nothing is bound
                return found
    with contextlib.suppress(OSError):
        for *_, place in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            if not is_loopback(str(place[0])):
                return str(place[0])
    return "127.0.0.1"


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address means this very machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
