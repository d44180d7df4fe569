"""Cookies: HttpOnly and SameSite=Lax always, `__Host-` and Secure where people come by https."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from app.web.state import State, state

# Whether single letters are shortcuts on this device: people who dictate, or whose hands shake, need them off.
KEYS_COOKIE = "concord_keys"


def set_cookie(response: Response, name: str, value: str, *, state: State, seconds: int) -> None:
    """Give a device a cookie that lasts for some seconds."""
    response.set_cookie(
        _full_name(name, state),
        value,
        max_age=seconds,
        path="/",
        secure=state.settings.behind_tls,
        httponly=True,
        samesite="lax",
    )


def clear_cookie(response: Response, name: str, *, state: State) -> None:
    """Take a cookie away from a device."""
    response.delete_cookie(
        _full_name(name, state), path="/", secure=state.settings.behind_tls, httponly=True, samesite="lax"
    )


def read_cookie(connection: HTTPConnection, name: str) -> str | None:
    """Read a cookie that `set_cookie` gave."""
    return connection.cookies.get(_full_name(name, state(connection))) or None


def _full_name(name: str, state: State) -> str:
    # With TLS only the prefixed name is believed: a neighbouring site or plain http cannot plant one.
    return f"__Host-{name}" if state.settings.behind_tls else name
