"""What these tests share: settings of one database or of both, and a room in which people answer alone."""

from collections.abc import Iterator

import pytest

from app.config import Settings
from tests.reliability.forked import forked
from tests.rooms import Room, prepare
from tests.services import free_port


@pytest.fixture
def room(database_settings: Settings) -> Room:
    """A room of six seats at one table, on SQLite and on PostgreSQL."""
    return prepare(database_settings, seats=6)[0]


@pytest.fixture
def sqlite_room(sqlite_settings: Settings) -> Room:
    """A room of six seats at one table, on SQLite."""
    return prepare(sqlite_settings, seats=6)[0]


@pytest.fixture
def port(database_settings: Settings) -> Iterator[int]:
    """The port of a Concord in a process of its own, on SQLite and on PostgreSQL."""
    chosen = free_port()
    with forked(database_settings, chosen):
        yield chosen


@pytest.fixture
def sqlite_port(sqlite_settings: Settings) -> Iterator[int]:
    """The port of a Concord in a process of its own, on SQLite."""
    chosen = free_port()
    with forked(sqlite_settings, chosen):
        yield chosen
