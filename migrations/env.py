"""How migrations run: in one transaction, on whatever database the settings name.

Law: a migration that breaks a reference or loses a row it did not name in `loses_rows` is undone whole.
"""

import sqlite3
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import app.accounts.models
import app.exports.models
import app.texts.models
import app.workshops.models  # noqa: F401  # all add their tables to the metadata
from app.config import Settings
from app.db import UtcDateTime

# Two workers that start at once would both migrate: the second waits for the first, then finds nothing to do.
ONE_AT_A_TIME = sa.text("SELECT pg_advisory_xact_lock(5310210)")


def migrate() -> None:
    """Run the wanted migrations on the database of the caller, or of the settings."""
    address = context.config.attributes.get("address") or Settings().database_address
    engine = engine_for(address)
    try:
        with engine.connect() as connection, connection.begin():
            sqlite = connection.dialect.name == "sqlite"
            if not sqlite:
                connection.execute(ONE_AT_A_TIME)
            before = rows(connection)
            context.configure(
                connection=connection,
                target_metadata=SQLModel.metadata,
                render_as_batch=True,
                render_item=render_item,
            )
            at = context.get_context().get_current_heads()
            context.run_migrations()
            refuse_losses(connection, before, lost_on_purpose(at, context.get_context().get_current_heads()))
            if sqlite:
                refuse_broken_references(connection)
    finally:
        engine.dispose()


def engine_for(address: str) -> Engine:
    """Make an engine for one run; on SQLite without foreign keys, as batches drop and rename tables."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, poolclass=NullPool)

    def connect() -> sqlite3.Connection:
        # Pragmas work only outside a transaction.
        connection = sqlite3.connect(str(url.database), isolation_level=None, timeout=30)
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def rows(connection: Connection) -> dict[str, int]:
    """Count the rows of every table."""
    names = sa.inspect(connection).get_table_names()
    tables = [sa.table(name) for name in names if name != "alembic_version"]
    return {
        table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables
    }


def lost_on_purpose(before: tuple[str, ...], after: tuple[str, ...]) -> set[str]:
    """Name the tables from which the migrations in between say that they take rows: `loses_rows = {"seat"}`."""
    script: ScriptDirectory = context.script

    def behind(heads: tuple[str, ...]) -> set[Script]:
        return set(script.iterate_revisions(heads, "base")) if heads else set()

    ran = behind(before) ^ behind(after)
    return {table for revision in ran for table in getattr(revision.module, "loses_rows", ())}


def refuse_losses(connection: Connection, before: dict[str, int], on_purpose: set[str]) -> None:
    """Refuse what left a table with fewer rows than it had."""
    after = rows(connection)
    lost = {name for name in before.keys() & after.keys() if after[name] < before[name]} - on_purpose
    if lost:
        raise RuntimeError(f"the migration would lose rows of {', '.join(sorted(lost))}; nothing was changed")


def refuse_broken_references(connection: Connection) -> None:
    """Refuse what left a row that points nowhere, as foreign keys are off meanwhile."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"the migration would break {len(broken)} references; nothing was changed")


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our column types as plain ones: an old migration must not change with the app."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


migrate()
