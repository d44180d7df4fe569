"""Acting as people do: moves with the version on the page, and the trainer's acts."""

import re
import secrets
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from tests.cast import Cast

AS_PAGE = {"HX-Request": "true", "Accept": "text/html"}


def version_on(html: str) -> int:
    """Read the version that a live page or a reply shows."""
    found = re.search(r'id="live" data-version="(\d+)"', html)
    assert found is not None, html[:500]
    return int(found[1])


def version(cast: Cast, device: TestClient) -> int:
    """Read the version on a seat's page as it is now."""
    return version_on(device.get(f"/w/{cast.code}").text)


def move(cast: Cast, device: TestClient, name: str, *, at: int | None = None, key: str = "", **fields: Any) -> Response:
    """Send a move, made on the page as it is now unless `at` says otherwise."""
    if at is None:
        at = cast.workshop().version
    return device.post(
        f"/w/{cast.code}/steps/{cast.step()}/moves",
        json={"version": at, "move": name} | fields,
        headers=AS_PAGE | {"Idempotency-Key": key or secrets.token_hex(16)},
    )


def phase(cast: Cast, name: str, table: int | None = None) -> Response:
    """Move all tables, or one, to a phase."""
    fields = {"phase": name} | ({"table": str(table)} if table is not None else {})
    return cast.trainer.post(f"/w/{cast.code}/steps/{cast.step()}/phase", data=fields, headers=AS_PAGE)
