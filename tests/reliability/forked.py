"""A server that is up at once: forked from a process that has Concord loaded, so that it can be killed forty times."""

import contextlib
import multiprocessing
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from app.cli.serve import configured, listen
from app.config import Settings
from tests.programs import wait_until
from tests.services import free_port

NURSERY = multiprocessing.get_context("forkserver")


def serve(environment: dict[str, str], port: int) -> None:
    """Serve in this process, on a database that has been migrated."""
    settings = enter(environment)
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(configured(settings, 1)).run(sockets=[listen("127.0.0.1", port)])


def enter(environment: dict[str, str]) -> Settings:
    """Take over a server's environment in this process."""
    for name in [name for name in os.environ if name.startswith("CONCORD_")]:
        del os.environ[name]
    os.environ.update(environment)
    # What it says while its database is cut off is expected, and told by what it answers.
    os.dup2(os.open(Path(environment["CONCORD_DATA_DIR"]) / "forked.log", os.O_CREAT | os.O_APPEND | os.O_WRONLY), 2)
    return Settings()


def environment_of(settings: Settings) -> dict[str, str]:
    """Tell a server its settings, as its environment would."""
    told = {
        "CONCORD_DATA_DIR": str(settings.data_dir),
        "CONCORD_DATABASE_URL": settings.database_url or "",
        "CONCORD_REDIS_URL": settings.redis_url or "",
        "CONCORD_SECRET_KEY": settings.secret_key or "",
        "CONCORD_LOG_LEVEL": "ERROR",
    }
    return {name: value for name, value in told.items() if value}


def preload() -> None:
    """Have Concord loaded where processes are forked from."""
    NURSERY.set_forkserver_preload(["app.cli.serve", "app.main", "app.live.start", "tests.reliability.trials"])


@contextmanager
def forked(settings: Settings, port: int) -> Iterator["multiprocessing.process.BaseProcess"]:
    """Serve while the block runs; the block may kill it."""
    preload()
    server = NURSERY.Process(target=serve, args=(environment_of(settings), port), daemon=True)
    server.start()
    try:
        wait_until(lambda: answers(port), "the forked Concord answer")
        yield server
    finally:
        server.kill()
        server.join(10)
        server.close()


@contextmanager
def two_workers(settings: Settings) -> Iterator[tuple[int, int]]:
    """Serve in two processes that know each other through the database and the doorbell alone; gives their ports."""
    ports = free_port(), free_port()
    with forked(settings, ports[0]), forked(settings, ports[1]):
        yield ports


def answers(port: int) -> bool:
    """Say whether somebody listens on a port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
