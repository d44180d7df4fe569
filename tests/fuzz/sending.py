"""Sending something strange, and what must hold whatever came of it."""

import re

from httpx2 import Response
from hypothesis import settings

from tests.rights.asking import look_at
from tests.rights.stage import Stage, changed
from tests.rights.table import GUESS

SENTENCE = re.compile(r'role="(?:alert|status)"[^>]*>[^<]*\w[^<]*[.?!:]\s*<')
SUMMARY = re.compile(r'class="error-summary" role="alert".*?<a [^>]*>[^<]*\w[^<]*[.?!]</a>', re.DOTALL)


def tries(number: int) -> settings:
    """Try so many examples, the same ones in every run; ten times as many where the profile is thorough."""
    harder = max(1, settings.default.max_examples // 100) if settings.default else 1
    return settings(max_examples=number * harder, derandomize=True, database=None)


def send(
    stage: Stage,
    principal: str,
    method: str,
    address: str,
    body: bytes | None = None,
    headers: dict[str, bytes] | None = None,
    besides: frozenset[str] = GUESS,
) -> None:
    """Send something as somebody: it never breaks anything, and what is refused is said and changes nothing.

    `besides` names the tables that even a reading or a refusal may write.
    """
    device = stage.device(principal)
    given = [(name.encode(), value) for name, value in (headers or {}).items()]
    reply = device.request(method, address, content=body, headers=given)
    told = (method, address[:200], body and body[:200], given, reply.status_code)
    changes = changed(stage.rest, stage.rows())
    if changes:
        stage.put_back()
    assert reply.status_code < 500, told
    look_at(reply)
    if reply.status_code >= 400:
        assert says_why(reply), (*told, reply.text[:1000])
    if reply.status_code >= 400 or method == "GET":
        assert {*changes} <= besides, (*told, changes)


def says_why(reply: Response) -> bool:
    """Tell whether a refusal has a sentence for its reader."""
    if reply.headers.get("content-type") == "application/json":
        return bool(re.search(r"\w.*[.?!]$", reply.json()["sentence"]))
    return bool(SENTENCE.search(reply.text) or SUMMARY.search(reply.text))
