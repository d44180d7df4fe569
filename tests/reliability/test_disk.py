"""A full disk or a missing database is said: 503, a sentence, no acknowledgement, and back without a restart."""

import asyncio
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest
from sqlmodel import Session, select

from app.config import Settings
from app.workshops.models import Answer
from tests.phones import Reply
from tests.reliability.crowd import move
from tests.reliability.forked import forked
from tests.rooms import Room, reading
from tests.services import free_port

SAID = "We cannot save at the moment"
Broken = Callable[[Path, int], AbstractContextManager[None]]


@contextmanager
def full(file: Path, pid: int) -> Iterator[None]:
    """Leave the server no room to write in: files grow no further than they are, as on a full disk."""
    with closing(sqlite3.connect(file)) as other:
        # what the log holds is put into the database, so that it begins anew and must grow
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def missing(file: Path, pid: int) -> Iterator[None]:
    """Take the database away and bring it back."""
    parts = [file.with_name(file.name + end) for end in ("", "-wal", "-shm")]
    moved = [(part, part.rename(part.with_name("away-" + part.name))) for part in parts if part.exists()]
    yield
    for part in parts:
        part.unlink(missing_ok=True)
    for part, away in moved:
        away.rename(part)


@contextmanager
def held(file: Path, pid: int) -> Iterator[None]:
    """Let another program hold the database, so that it can only be read."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize("broken", [full, missing, held])
def test_a_database_that_cannot_be_written_is_said_and_comes_back_without_a_restart(
    sqlite_settings: Settings, sqlite_room: Room, broken: Broken
) -> None:
    port = free_port()

    def put(turn: int) -> Reply:
        return asyncio.run(move(port, sqlite_room, sqlite_room.seats[0], sqlite_room.ballot(turn)))

    with forked(sqlite_settings, port) as server:
        assert put(1).status == 200
        with broken(sqlite_settings.data_dir / "concord.db", server.pid or 0):
            refused = put(2)
            assert (refused.status, SAID in refused.body.decode()) == (503, True)
        assert stored(sqlite_settings, sqlite_room) == sqlite_room.ballot(1)["order"]
        assert put(3).status == 200
    assert stored(sqlite_settings, sqlite_room) == sqlite_room.ballot(3)["order"]


def stored(settings: Settings, room: Room) -> list[str]:
    """Read the order that the first seat has saved."""

    def read(session: Session) -> list[str]:
        order: list[str] = session.exec(select(Answer)).one().content["ballot"]["order"]
        return order

    return reading(settings, read)
