"""The database: whole transactions, the only commit, and what is said when it cannot be reached."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, select

from app.accounts.models import Trainer
from app.config import Settings
from app.db import Changed, Database, NoChange
from app.errors import Closed, NotFound, Unavailable
from app.workshops.models import Workshop
from tests.services import free_port

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def workshop(database: Database) -> int:
    """A workshop at version 0."""

    def make(session: Session) -> int:
        trainer = Trainer(email="ann@example.org", created_at=NOW)
        session.add(trainer)
        session.flush()
        made = Workshop(trainer_id=trainer.id or 0, title="Vision", code_hash="x", created_at=NOW)
        session.add(made)
        session.flush()
        assert made.id is not None
        return made.id

    return database.run_now(make)


def stored(database: Database, workshop: int) -> tuple[int, str]:
    """Read a workshop's version and title."""

    def read(session: Session) -> tuple[int, str]:
        row = session.get_one(Workshop, workshop)
        return row.version, row.title

    return database.run_now(read)


def retitle(session: Session, version: int) -> str:
    """Give the only workshop a title that names its version."""
    row = session.exec(select(Workshop)).one()
    row.title = f"Vision {version}"
    session.add(row)
    return row.title


async def test_change_bumps_the_version_before_its_work(database: Database, workshop: int) -> None:
    def work(session: Session, version: int) -> int:
        assert session.connection().execute(text("SELECT version FROM workshop")).scalar_one() == version
        return version

    assert await database.change(workshop, work) == Changed(1, workshop, 1)
    assert await database.change(workshop, work) == Changed(2, workshop, 2)


async def test_change_finds_its_workshop_in_the_same_transaction(database: Database, workshop: int) -> None:
    changed = await database.change(lambda session: session.exec(select(Workshop.id)).one() or 0, retitle)
    assert changed == Changed("Vision 1", workshop, 1)


async def test_refused_change_leaves_everything_as_it_was(database: Database, workshop: int) -> None:
    def refused(session: Session, version: int) -> None:
        retitle(session, version)
        session.flush()
        raise Closed("This part is closed.")

    with pytest.raises(Closed):
        await database.change(workshop, refused)
    assert stored(database, workshop) == (0, "Vision")


async def test_accident_leaves_everything_as_it_was(database: Database, workshop: int) -> None:
    def broken(session: Session, version: int) -> None:
        retitle(session, version)
        session.flush()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.change(workshop, broken)
    assert stored(database, workshop) == (0, "Vision")


async def test_change_that_changes_nothing_still_answers(database: Database, workshop: int) -> None:
    def known_already(session: Session, version: int) -> str:
        raise NoChange("as before")

    assert await database.change(workshop, known_already) == Changed("as before", workshop, None)
    assert stored(database, workshop) == (0, "Vision")


async def test_change_of_no_workshop_is_refused(database: Database) -> None:
    with pytest.raises(NotFound):
        await database.change(999, retitle)


async def test_news_comes_after_the_commit_and_only_of_changes(database: Database, workshop: int) -> None:
    news = []
    database.on_change(lambda changed, version: news.append((changed, version, stored(database, workshop)[0])))

    def refused(session: Session, version: int) -> None:
        raise Closed("This part is closed.")

    def nothing(session: Session, version: int) -> None:
        raise NoChange(None)

    await database.change(workshop, retitle)
    with pytest.raises(Closed):
        await database.change(workshop, refused)
    await database.change(workshop, nothing)
    await database.run(lambda session: session.exec(select(Workshop)).all())
    await database.change(workshop, retitle)
    assert news == [(workshop, 1, 1), (workshop, 2, 2)]


async def test_changes_made_at_once_come_one_after_the_other(database: Database, workshop: int) -> None:
    def read_then_write(session: Session, version: int) -> int:
        row = session.exec(select(Workshop)).one()
        row.seat_limit += 1
        session.add(row)
        return row.seat_limit

    before = database.run_now(lambda session: session.get_one(Workshop, workshop).seat_limit)
    changes = await asyncio.gather(*(database.change(workshop, read_then_write) for _ in range(40)))
    assert sorted(change.version or 0 for change in changes) == list(range(1, 41))
    assert sorted(change.value for change in changes) == list(range(before + 1, before + 41))


async def test_hanging_up_half_way_leaves_no_half_transaction(database: Database, workshop: int) -> None:
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(session: Session, version: int) -> None:
        loop.call_soon_threadsafe(begun.set)
        retitle(session, version)

    asked = asyncio.create_task(database.change(workshop, slow))
    await begun.wait()
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    await database.change(workshop, lambda session, version: None)
    assert stored(database, workshop) == (2, "Vision 1")


async def test_what_was_committed_is_told_also_when_its_maker_has_hung_up(database: Database, workshop: int) -> None:
    told = asyncio.Event()
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()
    database.on_change(lambda changed, version: told.set())

    def slow(session: Session, version: int) -> None:
        loop.call_soon_threadsafe(begun.set)
        retitle(session, version)

    asked = asyncio.create_task(database.change(workshop, slow))
    await begun.wait()
    asked.cancel()
    async with asyncio.timeout(10):
        await told.wait()
    assert stored(database, workshop) == (1, "Vision 1")


async def test_reading_sees_one_moment_throughout(database: Database, workshop: int) -> None:
    other = Database(database.url.render_as_string(hide_password=False))

    def twice(session: Session) -> tuple[int, int]:
        first = session.connection().execute(text("SELECT version FROM workshop")).scalar_one()
        if not database.is_sqlite:  # SQLite lets nobody write meanwhile
            other.change_now(workshop, retitle)
        return first, session.connection().execute(text("SELECT version FROM workshop")).scalar_one()

    with closing(other):
        assert await database.read(twice) == (0, 0)


def test_references_are_held(database: Database) -> None:
    with pytest.raises(IntegrityError):
        database.run_now(lambda session: session.add(Workshop(trainer_id=999, title="", code_hash="x", created_at=NOW)))


def test_moment_comes_back_in_utc_and_a_naive_one_is_refused(database: Database) -> None:
    wales_in_summer = datetime(2026, 7, 1, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    database.run_now(lambda session: session.add(Trainer(email="a@b", created_at=wales_in_summer)))
    back = database.run_now(lambda session: session.exec(select(Trainer)).one().created_at)
    assert (back, back.tzinfo) == (datetime(2026, 7, 1, 9, 0, tzinfo=UTC), UTC)
    with pytest.raises(StatementError):
        database.run_now(
            lambda session: session.add(Trainer(email="c@d", created_at=wales_in_summer.replace(tzinfo=None)))
        )


@pytest.fixture
def on_sqlite(sqlite_settings: Settings) -> Iterator[Database]:
    """A migrated SQLite database."""
    with closing(Database(sqlite_settings.database_address)) as opened:
        yield opened


def add_trainer(database: Database, email: str = "ann@example.org") -> None:
    """Store something."""
    database.run_now(lambda session: session.add(Trainer(email=email, created_at=NOW)))


def trainers(database: Database) -> list[str]:
    """Read what is stored."""
    return database.run_now(lambda session: list(session.exec(select(Trainer.email))))


def test_sqlite_is_safe_against_loss_of_power(on_sqlite: Database) -> None:
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    found = on_sqlite.run_now(
        lambda session: [session.connection().execute(text(f"PRAGMA {name}")).scalar_one() for name in pragmas]
    )
    assert found == ["wal", 2, 1, 1]


def test_sqlite_that_is_not_there_is_never_begun_anew(on_sqlite: Database, sqlite_settings: Settings) -> None:
    add_trainer(on_sqlite)
    kept = sqlite_settings.data_dir / "concord.db"
    away = kept.with_name("away")
    away.mkdir()
    for path in list(sqlite_settings.data_dir.glob("concord.db*")):
        shutil.move(path, away)
    with pytest.raises(Unavailable):
        add_trainer(on_sqlite, "lost@example.org")
    assert not kept.exists()
    for path in list(away.iterdir()):
        shutil.move(path, sqlite_settings.data_dir)
    add_trainer(on_sqlite, "bob@example.org")
    assert trainers(on_sqlite) == ["ann@example.org", "bob@example.org"]


def test_sqlite_that_was_replaced_is_the_one_that_is_written(on_sqlite: Database, sqlite_settings: Settings) -> None:
    kept = sqlite_settings.data_dir / "concord.db"
    copy = kept.read_bytes()
    add_trainer(on_sqlite)
    for path in list(sqlite_settings.data_dir.glob("concord.db*")):
        path.unlink()
    kept.write_bytes(copy)
    add_trainer(on_sqlite, "bob@example.org")
    assert trainers(on_sqlite) == ["bob@example.org"]


def test_full_disk_is_said_and_nothing_is_acknowledged(on_sqlite: Database) -> None:
    def allow(pages: int) -> None:
        on_sqlite.run_now(lambda session: session.connection().execute(text(f"PRAGMA max_page_count={pages}")).all())

    allow(1)  # SQLite takes it as: no page more than there are
    with pytest.raises(Unavailable):
        on_sqlite.run_now(
            lambda session: session.add_all(
                Trainer(email=f"{n}@example.org", name="x" * 80, created_at=NOW) for n in range(2000)
            )
        )
    assert trainers(on_sqlite) == []
    allow(1_000_000)
    add_trainer(on_sqlite)
    assert trainers(on_sqlite) == ["ann@example.org"]


def test_sqlite_that_somebody_else_holds_is_said(on_sqlite: Database, sqlite_settings: Settings) -> None:
    on_sqlite.run_now(lambda session: session.connection().execute(text("PRAGMA busy_timeout=50")).all())
    with closing(sqlite3.connect(sqlite_settings.data_dir / "concord.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable):
            add_trainer(on_sqlite)
    add_trainer(on_sqlite)
    assert trainers(on_sqlite) == ["ann@example.org"]


@pytest.fixture
def on_postgres(postgres_settings: Settings) -> Iterator[Database]:
    """A migrated PostgreSQL database."""
    with closing(Database(postgres_settings.database_address)) as opened:
        yield opened


def test_postgres_that_ends_our_idle_lines_is_met_again(on_postgres: Database, migrated_postgres: str) -> None:
    add_trainer(on_postgres)
    with psycopg.connect(migrated_postgres, autocommit=True) as admin:
        mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        ended = admin.execute(mine + " AND pid <> pg_backend_pid()").fetchall()
    assert len(ended) >= 1
    add_trainer(on_postgres, "bob@example.org")
    assert trainers(on_postgres) == ["ann@example.org", "bob@example.org"]


def test_postgres_that_ends_us_in_mid_transaction_is_said_and_met_again(on_postgres: Database) -> None:
    def ended(session: Session) -> None:
        session.add(Trainer(email="lost@example.org", created_at=NOW))
        session.flush()
        session.connection().execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(Unavailable):
        on_postgres.run_now(ended)
    add_trainer(on_postgres)
    assert trainers(on_postgres) == ["ann@example.org"]


def test_postgres_that_is_too_slow_is_said(on_postgres: Database) -> None:
    def slow(session: Session) -> None:
        session.connection().execute(text("SET LOCAL statement_timeout = '50ms'"))
        session.connection().execute(text("SELECT pg_sleep(5)"))

    with pytest.raises(Unavailable):
        on_postgres.run_now(slow)
    assert trainers(on_postgres) == []


def test_postgres_waits_for_nobody_for_ever(on_postgres: Database) -> None:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    found = on_postgres.run_now(
        lambda session: [session.connection().execute(text(f"SHOW {name}")).scalar_one() for name in names]
    )
    assert found == ["5s", "3s", "10s"]


def test_postgres_that_is_not_there_is_said() -> None:
    nowhere = Database(f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/none")
    with closing(nowhere), pytest.raises(Unavailable):
        add_trainer(nowhere)


def test_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a file"):
        Database("sqlite://")
