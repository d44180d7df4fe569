"""The stage of the tests of rights, once on SQLite and once on PostgreSQL, which takes fewer signs."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlmodel import SQLModel

from app.config import Settings
from tests.database import BOTH, KEY
from tests.rights.stage import Stage, set_up
from tests.running import run


@pytest.fixture(scope="module", params=BOTH)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Everybody, in the midst of a workshop."""
    folder = tmp_path_factory.mktemp("fuzz")
    settings = Settings(data_dir=folder, secret_key=KEY)
    if request.param == "sqlite":
        (folder / "concord.db").write_bytes(request.getfixturevalue("migrated_sqlite"))
    else:
        address = request.getfixturevalue("migrated_postgres")
        with psycopg.connect(address, autocommit=True) as connection:
            names = ", ".join(sorted(SQLModel.metadata.tables))
            connection.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE".encode())
        settings = settings.model_copy(update={"database_url": address})
    for concord in run(settings):
        yield set_up(concord)
