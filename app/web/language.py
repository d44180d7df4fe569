"""Which language a device reads: the one it chose, else the one it asks for, else the one of the settings."""

from starlette.requests import HTTPConnection

from app.web.cookies import read_cookie
from app.web.state import state

LANGUAGES = {"en": "English", "cy": "Cymraeg"}
COOKIE = "concord_language"


def language_of(connection: HTTPConnection) -> str:
    """Choose the language for a request or socket."""
    chosen = read_cookie(connection, COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return asked_for(connection.headers.get("accept-language", "")) or state(connection).settings.language


def asked_for(accept_language: str) -> str | None:
    """Find the language we speak that an Accept-Language header likes best.

    >>> asked_for("fr, cy;q=0.8, en-GB;q=0.9")
    'en'
    >>> asked_for("de")
    """
    best, liking = None, 0.0
    for part in accept_language[:200].split(","):
        tag, _, quality = part.strip().partition(";")
        language = tag.strip().lower().split("-")[0]
        weight = _weight(quality)
        if language in LANGUAGES and weight > liking:
            best, liking = language, weight
    return best


def _weight(quality: str) -> float:
    if not quality:
        return 1.0
    try:
        return float(quality.strip().removeprefix("q="))
    except ValueError:
        return 0.0
