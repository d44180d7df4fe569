"""Cookies."""

from starlette.responses import Response

from app.config import Settings
from app.web.cookies import clear_cookie, set_cookie
from tests.running import run


def cookie(settings: Settings) -> str:
    """Write a cookie's header under some settings."""
    for concord in run(settings):
        reply = Response()
        set_cookie(reply, "concord_seat_3", "token", state=concord.state, seconds=60)
        return reply.headers["set-cookie"]
    raise AssertionError


def test_cookie_in_a_hall_without_tls_is_for_the_server_alone(sqlite_settings: Settings) -> None:
    assert cookie(sqlite_settings) == "concord_seat_3=token; HttpOnly; Max-Age=60; Path=/; SameSite=lax"


def test_cookie_behind_tls_is_bound_to_this_host(sqlite_settings: Settings) -> None:
    behind_tls = sqlite_settings.model_copy(update={"public_url": "https://concord.example"})
    assert cookie(behind_tls) == "__Host-concord_seat_3=token; HttpOnly; Max-Age=60; Path=/; SameSite=lax; Secure"


def test_cookie_behind_tls_is_believed_with_its_prefix_only(sqlite_settings: Settings) -> None:
    behind_tls = sqlite_settings.model_copy(update={"public_url": "https://concord.example"})
    for concord in run(behind_tls):
        device = concord.visitor()
        planted = device.get("/", headers={"cookie": "concord_language=cy"})
        own = device.get("/", headers={"cookie": "__Host-concord_language=cy"})
        assert '<html lang="en"' in planted.text
        assert '<html lang="cy"' in own.text


def test_cookie_that_is_cleared_is_over(sqlite_settings: Settings) -> None:
    for concord in run(sqlite_settings):
        reply = Response()
        clear_cookie(reply, "concord_trainer", state=concord.state)
        assert "Max-Age=0" in reply.headers["set-cookie"]
