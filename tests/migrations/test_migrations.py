"""Migrations agree with the models on both databases, and undo themselves when they would do harm."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, select

import app.workshops.models  # noqa: F401  # adds its tables to the metadata
from app.accounts.models import SignedIn, Trainer
from app.cli.migrate import configuration, is_current, upgrade
from app.config import Settings
from app.db import Database
from tests import services
from tests.migrations import first

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def test_migrations_make_the_tables_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrated_database_is_current(database_settings: Settings) -> None:
    assert is_current(database_settings)


def test_migrating_twice_changes_nothing(database: Database, database_settings: Settings) -> None:
    fill(database)
    upgrade(database_settings)
    assert trainers(database) == ["ann@example.org"]


def test_migrations_go_down_and_up_again(own: Settings) -> None:
    command.downgrade(configuration(own), "base")
    assert not is_current(own)
    upgrade(own)
    assert is_current(own)


def test_workers_that_migrate_at_once_make_the_tables_once(postgres_server: str, tmp_path: Path) -> None:
    with services.scratch_database(postgres_server) as address:
        told = dict(os.environ) | {"CONCORD_DATABASE_URL": address, "CONCORD_DATA_DIR": str(tmp_path)}
        command = [sys.executable, "-m", "app", "migrate"]
        workers = [subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL) for _ in range(3)]
        assert [worker.wait(60) for worker in workers] == [0, 0, 0]
        assert is_current(Settings(database_url=address))


def test_upgrade_keeps_all_of_the_first_release(unmigrated: Settings) -> None:
    command.upgrade(configuration(unmigrated), "begin")
    first.fill(unmigrated)
    before = first.everything(unmigrated)
    upgrade(unmigrated)
    assert first.everything(unmigrated, as_it_was=before) == before
    assert first.added_to_workshops(unmigrated) == [(False, False, None)]
    command.downgrade(configuration(unmigrated), "begin")
    assert first.everything(unmigrated) == before


@pytest.fixture
def own(unmigrated: Settings) -> Settings:
    """Settings with a migrated database that nobody else uses, as its tables will change."""
    upgrade(unmigrated)
    return unmigrated


@pytest.fixture(params=["sqlite", "postgresql"])
def unmigrated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings with an empty database that nobody else uses."""
    with contextlib.ExitStack() as until_the_end:
        address = None
        if request.param == "postgresql":
            server = request.getfixturevalue("postgres_server")
            address = until_the_end.enter_context(services.scratch_database(server))
        yield Settings(data_dir=tmp_path, database_url=address)


@pytest.fixture
def filled(own: Settings) -> Iterator[Database]:
    """That database, with a trainer who is signed in."""
    with closing(Database(own.database_address)) as database:
        fill(database)
        yield database


def fill(database: Database) -> None:
    """Store a trainer who is signed in on a device."""

    def store(session: Session) -> None:
        trainer = Trainer(email="ann@example.org", created_at=NOW)
        session.add(trainer)
        session.flush()
        device = SignedIn(trainer_id=trainer.id or 0, token_hash="x", created_at=NOW, seen_at=NOW, expires_at=NOW)
        session.add(device)

    database.run_now(store)


def trainers(database: Database) -> list[str]:
    """Read who has an account."""
    return database.run_now(lambda session: list(session.exec(select(Trainer.email))))


def further(settings: Settings, folder: Path, upgrade: str, more: str = "") -> Config:
    """Copy the migrations and add one that does something further."""
    shutil.copytree(ROOT / "migrations", folder / "migrations")
    head = ScriptDirectory.from_config(configuration(settings)).get_current_head()
    (folder / "migrations" / "versions" / "further.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f'revision = "further"\ndown_revision = "{head}"\n{more}\ndef upgrade():\n    {upgrade}\n'
    )
    configured = configuration(settings)
    configured.set_main_option("script_location", str(folder / "migrations"))
    return configured


def test_later_migration_keeps_every_row(filled: Database, own: Settings, tmp_path: Path) -> None:
    recreate = 'with op.batch_alter_table("trainer") as batch:\n        batch.alter_column("name", type_=sa.String(99))'
    command.upgrade(further(own, tmp_path / "copy", recreate), "head")
    assert trainers(filled) == ["ann@example.org"]
    assert filled.run_now(lambda session: len(session.exec(select(SignedIn)).all())) == 1


def test_migration_that_loses_rows_is_undone(filled: Database, own: Settings, tmp_path: Path) -> None:
    lossy = further(own, tmp_path / "copy", 'op.execute("DELETE FROM signed_in")')
    with pytest.raises(RuntimeError, match="would lose rows of signed_in; nothing was changed"):
        command.upgrade(lossy, "head")
    assert filled.run_now(lambda session: len(session.exec(select(SignedIn)).all())) == 1
    assert is_current(own)


def test_migration_may_lose_what_it_names(filled: Database, own: Settings, tmp_path: Path) -> None:
    meant = further(own, tmp_path / "copy", 'op.execute("DELETE FROM signed_in")', 'loses_rows = {"signed_in"}')
    command.upgrade(meant, "head")
    assert filled.run_now(lambda session: len(session.exec(select(SignedIn)).all())) == 0


def test_migration_that_breaks_a_reference_is_undone(filled: Database, own: Settings, tmp_path: Path) -> None:
    breaking = further(own, tmp_path / "copy", 'op.execute("UPDATE signed_in SET trainer_id = 999")')
    with pytest.raises((RuntimeError, DBAPIError)):
        command.upgrade(breaking, "head")
    assert filled.run_now(lambda session: session.exec(select(SignedIn)).one().trainer_id) == 1
