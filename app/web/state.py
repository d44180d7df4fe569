"""What a running Concord carries along: its settings, database, clock, limits and figures.

Law: the time comes from `State.now` alone, so that tests can set the clock.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry
from starlette.requests import HTTPConnection

from app.config import Settings
from app.db import Database
from app.web.limits import Limits


@dataclass(frozen=True, slots=True)
class State:
    """One running Concord."""

    settings: Settings
    db: Database
    now: Callable[[], datetime]
    limits: Limits
    figures: CollectorRegistry = field(default_factory=CollectorRegistry)


def utc_now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def state(connection: HTTPConnection) -> State:
    """Find the running Concord that a request or socket belongs to."""
    found: State = connection.app.state.concord
    return found


async def here(connection: HTTPConnection) -> State:
    """Find it for a route: a dependency that is no coroutine would be sent through a thread."""
    return state(connection)
