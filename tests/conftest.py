"""What all tests share: the real servers, the event loop, and how hard Hypothesis tries."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests import services
from tests.cast import cast, cast_on_sqlite, grid_cast  # noqa: F401  # fixtures
from tests.database import (  # noqa: F401  # fixtures
    database,
    database_settings,
    migrated_postgres,
    migrated_sqlite,
    module_settings,
    module_settings_on_sqlite,
    postgres_settings,
    sqlite_settings,
)
from tests.running import concord, concord_on_sqlite  # noqa: F401  # fixtures

# no deadline: two cores run browsers beside these; what a run finds, `print_blob` lets another run repeat
settings.register_profile("concord", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("concord"), max_examples=1000)
settings.load_profile(os.environ.get("CONCORD_TEST_PROFILE", "concord"))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run async tests on the loop that Concord runs on."""
    return "asyncio"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL whose user may create databases, for `tests.services.scratch_database`."""
    with services.postgres_server() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty PostgreSQL database of this worker's own, dropped at the end."""
    with services.scratch_database(postgres_server) as address:
        yield address


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis; other workers may ring in it, too."""
    with services.redis_server() as address:
        yield address
