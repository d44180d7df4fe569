"""A migrated database for tests, on SQLite and on PostgreSQL: whatever takes `database` runs on both."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlmodel import SQLModel

import app.accounts.models
import app.texts.models
import app.workshops.models  # noqa: F401  # all add their tables to the metadata
from app.cli.migrate import upgrade
from app.config import Settings
from app.db import Database
from tests import services

KEY = "a key for tests that is long enough"
BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An empty SQLite database that has seen every migration, to be written where it is wanted."""
    folder = tmp_path_factory.mktemp("migrated")
    upgrade(Settings(data_dir=folder))
    return (folder / "concord.db").read_bytes()


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> Iterator[str]:
    """The address of this worker's own PostgreSQL database, which has seen every migration."""
    with services.scratch_database(postgres_server) as address:
        upgrade(Settings(database_url=address))
        yield address


def empty(address: str) -> None:
    """Empty a PostgreSQL database, which takes a tenth of the time of a database of its own."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET lock_timeout = '10s'")
        connection.execute(f"TRUNCATE {', '.join(sorted(SQLModel.metadata.tables))} RESTART IDENTITY CASCADE".encode())


@pytest.fixture
def sqlite_settings(tmp_path: Path, migrated_sqlite: bytes) -> Settings:
    """Settings with a migrated SQLite database of this test's own."""
    (tmp_path / "concord.db").write_bytes(migrated_sqlite)
    return Settings(data_dir=tmp_path, secret_key=KEY)


@pytest.fixture
def postgres_settings(tmp_path: Path, migrated_postgres: str) -> Settings:
    """Settings with a migrated PostgreSQL database, emptied for this test."""
    empty(migrated_postgres)
    return Settings(data_dir=tmp_path, database_url=migrated_postgres, secret_key=KEY)


@pytest.fixture(params=BOTH)
def database_settings(request: pytest.FixtureRequest) -> Settings:
    """Settings with a migrated database of this test's own, once on SQLite and once on PostgreSQL."""
    wanted = "sqlite_settings" if request.param == "sqlite" else "postgres_settings"
    settings: Settings = request.getfixturevalue(wanted)
    return settings


@pytest.fixture(scope="module", params=BOTH)
def module_settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with a migrated, empty database that a file's tests share, once on SQLite and once on PostgreSQL."""
    folder = tmp_path_factory.mktemp("shared")
    if request.param == "sqlite":
        (folder / "concord.db").write_bytes(request.getfixturevalue("migrated_sqlite"))
        return Settings(data_dir=folder, secret_key=KEY)
    address: str = request.getfixturevalue("migrated_postgres")
    empty(address)
    return Settings(data_dir=folder, database_url=address, secret_key=KEY)


@pytest.fixture(scope="module")
def module_settings_on_sqlite(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: bytes) -> Settings:
    """Settings with a migrated, empty SQLite that a file's tests share, for what no database can change."""
    folder = tmp_path_factory.mktemp("shared")
    (folder / "concord.db").write_bytes(migrated_sqlite)
    return Settings(data_dir=folder, secret_key=KEY)


@pytest.fixture
def database(database_settings: Settings) -> Iterator[Database]:
    """A migrated, empty database of this test's own, once on SQLite and once on PostgreSQL."""
    with contextlib.closing(Database(database_settings.database_address)) as opened:
        yield opened
