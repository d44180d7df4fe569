"""The doctor: looks at everything Concord needs, and says in words what is well and what is not."""

import contextlib
import io
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from app.cli.migrate import is_current
from app.cli.terminal import say
from app.config import WEAK_KEYS, Settings
from app.web.templates import assets

MEGABYTE = 1024 * 1024
SIGNS = {"well": "✓", "mind": "!", "ill": "✗"}
NO_PANGO = (
    "PDF files cannot be made: Pango is missing. Install it (on Debian and Ubuntu libpango-1.0-0, libpangoft2-1.0-0 "
    "and libharfbuzz-subset0; elsewhere the package is called pango). Everything else works without it."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the doctor found: well, something to mind, or ill."""

    how: Literal["well", "mind", "ill"]
    words: str


def examine(settings: Settings) -> bool:
    """Print every finding; True when nothing is ill."""
    findings = list(look(settings))
    for finding in findings:
        say(f"{SIGNS[finding.how]} {finding.words}", plain=True)
    return all(finding.how != "ill" for finding in findings)


def look(settings: Settings) -> Iterator[Finding]:
    """Look at everything, one after the other."""
    yield from database(settings)
    yield from doorbell(settings)
    for one in (disk, key, front_end, paper):
        yield one(settings)


def database(settings: Settings) -> Iterator[Finding]:
    """Look whether the database is there, answers, and has seen every migration."""
    url = make_url(settings.database_address)
    if url.get_backend_name() == "sqlite":
        yield sqlite_version()
        path = Path(url.database or "")
        if not path.is_file():
            yield Finding("mind", f"There is no database at {path} yet: `concord serve` or `concord migrate` makes it.")
            return
    try:
        engine = create_engine(settings.database_address, poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        current = is_current(settings)
    except (SQLAlchemyError, OSError) as trouble:
        yield Finding("ill", f"The database does not answer ({type(trouble).__name__}): look at CONCORD_DATABASE_URL.")
        return
    yield Finding("well", "The database answers.")
    if current:
        yield Finding("well", "Its tables are up to date.")
    else:
        yield Finding("ill", "Its tables are not up to date: run `concord migrate`.")


def sqlite_version() -> Finding:
    """Tell which SQLite runs: before 3.51.3 several writers can corrupt a database that keeps a write-ahead log."""
    if sqlite3.sqlite_version_info >= (3, 51, 3):
        return Finding("well", f"SQLite {sqlite3.sqlite_version}.")
    return Finding(
        "mind",
        f"SQLite {sqlite3.sqlite_version} can damage a database that several programs write at once. "
        "Concord uses a single connection, which is safe; let no other program write to the file.",
    )


def doorbell(settings: Settings) -> Iterator[Finding]:
    """Look whether Redis answers, where one is named."""
    if settings.redis_url is None:
        return
    import redis

    client = redis.Redis.from_url(settings.redis_url, socket_connect_timeout=2, socket_timeout=2)
    try:
        client.ping()
    except redis.RedisError as trouble:
        found = f"Redis does not answer ({type(trouble).__name__}): Concord works without it, screens up to 3 s behind."
        yield Finding("mind", found)
    else:
        yield Finding("well", "Redis answers.")
    finally:
        client.close()


def disk(settings: Settings) -> Finding:
    """Look how much room the data folder has."""
    folder = next(
        path for path in (settings.data_dir.absolute(), *settings.data_dir.absolute().parents) if path.exists()
    )
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < 50:
        return Finding("ill", f"Only {free} MB are free where the data is kept: answers could not be saved soon.")
    return Finding("mind" if free < 500 else "well", f"{free} MB are free where the data is kept.")


def key(settings: Settings) -> Finding:
    """Look whether the secret key can be guessed."""
    if settings.secret_key is None:
        return Finding("well", f"The secret key is made by Concord and kept in {settings.data_dir}.")
    if settings.secret_key.lower() in WEAK_KEYS or len(settings.secret_key) < 32:
        return Finding("ill", "CONCORD_SECRET_KEY can be guessed: use 32 random characters or more.")
    return Finding("well", "The secret key is long enough.")


def front_end(settings: Settings) -> Finding:
    """Look whether scripts and styles are built."""
    if assets().built:
        return Finding("well", "The front end is built.")
    return Finding("ill", "The front end is not built: run `make setup`.")


def paper(settings: Settings) -> Finding:
    """Look whether PDF files can be made, for which the machine needs Pango."""
    try:
        # It speaks at length where something is missing.
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            import_module("weasyprint")
    except (ImportError, OSError):
        return Finding("mind", NO_PANGO)
    return Finding("well", "PDF files can be made.")
