"""Where phones reach a Concord, and paths that stay within it."""

import ipaddress

import pytest
from starlette.requests import HTTPConnection

from app.config import Settings
from app.web.addresses import is_loopback, lan_address, local_path, phones_address, served_at
from tests.running import Concord


def connection(concord: Concord, host: str, kind: str = "http", scheme: str = "http") -> HTTPConnection:
    """Make a connection that asked for a host."""
    return HTTPConnection(
        {"type": kind, "scheme": scheme, "path": "/", "headers": [(b"host", host.encode())], "app": concord.app}
    )


def test_phones_reach_the_address_that_the_trainer_typed(concord_on_sqlite: Concord) -> None:
    assert phones_address(connection(concord_on_sqlite, "192.168.1.5:8000")) == "http://192.168.1.5:8000"
    assert phones_address(connection(concord_on_sqlite, "concord.example", scheme="https")) == "https://concord.example"
    assert phones_address(connection(concord_on_sqlite, "hall:80", "websocket", "ws")) == "http://hall:80"


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_phones_do_not_hear_of_localhost(concord_on_sqlite: Concord, host: str) -> None:
    assert phones_address(connection(concord_on_sqlite, host)) == f"http://{lan_address()}:8000"


def test_public_url_is_what_everybody_hears(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert served_at(Settings(public_url="https://concord.example/"), 8000) == "https://concord.example"
    assert served_at(Settings(public_url=None), 80) == f"http://{lan_address()}"


def test_lan_address_is_an_address() -> None:
    assert ipaddress.ip_address(lan_address()).version == 4


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/trainer", "/trainer"),
        ("/w/K7QM4TXR?v=1#x", "/w/K7QM4TXR?v=1#x"),
        ("", "/"),
        (None, "/"),
        ("trainer", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nset-cookie: x=y", "/"),
        ("/" + "a" * 500, "/"),
    ],
)
def test_path_stays_on_this_site(path: str | None, kept: str) -> None:
    assert local_path(path) == kept


@pytest.mark.parametrize(
    ("host", "is_it"),
    [
        ("localhost", True),
        ("a.localhost", True),
        ("127.9.9.9", True),
        ("[::1]", True),
        ("10.0.0.1", False),
        ("", False),
    ],
)
def test_loopback_is_this_very_machine(host: str, is_it: bool) -> None:
    assert is_loopback(host) is is_it
