"""Models and migrations agree, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

import app.accounts.models
import app.workshops.models  # noqa: F401  # both add their tables to the metadata
from app.db import Database


def test_migrations_make_the_tables_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    assert differences == []
