"""The stage of the tests of rights, once on SQLite and once on PostgreSQL, which takes fewer signs."""

from collections.abc import Iterator

import pytest

from app.config import Settings
from tests.rights.stage import Stage, set_up
from tests.running import run


@pytest.fixture(scope="module")
def stage(module_settings: Settings) -> Iterator[Stage]:
    """Everybody, in the midst of a workshop."""
    for concord in run(module_settings):
        yield set_up(concord)
