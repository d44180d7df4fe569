"""The stage that all tests of rights share, set up once."""

from collections.abc import Iterator

import pytest

from app.config import Settings
from tests.database import KEY
from tests.rights.stage import Stage, changed, set_up
from tests.running import run


@pytest.fixture(scope="module")
def whole_stage(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: bytes) -> Iterator[Stage]:
    """Everybody, in the midst of a workshop."""
    folder = tmp_path_factory.mktemp("rights")
    (folder / "concord.db").write_bytes(migrated_sqlite)
    for concord in run(Settings(data_dir=folder, secret_key=KEY)):
        yield set_up(concord)


@pytest.fixture
def stage(whole_stage: Stage) -> Iterator[Stage]:
    """Everybody, on a stage that is put back whatever the test has changed."""
    yield whole_stage
    if changed(whole_stage.rest, whole_stage.rows()):
        whole_stage.put_back()
