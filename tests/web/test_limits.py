"""Limits on wrong tries."""

import pytest
from limits import RateLimitItemPerMinute
from starlette.requests import HTTPConnection

from app.errors import TooMany
from app.web.limits import Limits, address_of

THREE = RateLimitItemPerMinute(3)


def test_limit_counts_failures_and_nothing_else() -> None:
    limits = Limits()
    for _ in range(100):
        limits.check(THREE, "code", "192.0.2.1")
    for _ in range(2):
        limits.failed(THREE, "code", "192.0.2.1")
    limits.check(THREE, "code", "192.0.2.1")


def test_limit_says_how_long_to_wait() -> None:
    limits = Limits()
    for _ in range(3):
        limits.failed(THREE, "code", "192.0.2.1")
    with pytest.raises(TooMany) as refused:
        limits.check(THREE, "code", "192.0.2.1")
    assert 50 <= refused.value.wait <= 60


def test_limit_holds_nobody_else_up() -> None:
    limits = Limits()
    for _ in range(3):
        limits.failed(THREE, "code", "192.0.2.1")
    limits.check(THREE, "code", "192.0.2.2")
    limits.check(THREE, "sign-in", "192.0.2.1")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
        ("testclient", "testclient"),
    ],
)
def test_address_of_a_device_is_its_network_in_ipv6(host: str, address: str) -> None:
    assert address_of(HTTPConnection({"type": "http", "client": (host, 1)})) == address


def test_address_of_nobody_is_unknown() -> None:
    assert address_of(HTTPConnection({"type": "http", "client": None})) == "unknown"
