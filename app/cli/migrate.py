"""Bringing a database up to what this Concord expects: before it serves, and by `concord migrate`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.config import Settings

APP = Path(__file__).parents[1]


def upgrade(settings: Settings) -> None:
    """Run every migration that this database has not seen, in one transaction."""
    if settings.database_url is None:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    command.upgrade(configuration(settings), "head")


def is_current(settings: Settings) -> bool:
    """Tell whether a database that can be reached has seen every migration."""
    engine = create_engine(settings.database_address, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            seen = MigrationContext.configure(connection).get_current_heads()
    finally:
        engine.dispose()
    return set(seen) == set(ScriptDirectory.from_config(configuration(settings)).get_heads())


def configuration(settings: Settings) -> Config:
    """Find the migrations: beside the app in a checkout, within it where it was installed."""
    found = next(folder for folder in (APP.parent, APP) if (folder / "alembic.ini").exists())
    configured = Config(found / "alembic.ini")
    configured.attributes["address"] = settings.database_address
    return configured
