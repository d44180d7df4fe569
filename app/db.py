"""The database: whole transactions run in a thread, and the only commit.

Law: a change to a workshop first bumps `workshop.version` under its row lock; it is announced and acknowledged only
after the commit.
"""

import asyncio
import contextlib
import sqlite3
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy import Connection, DateTime, Dialect, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import StaticPool
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from app.errors import N_, NotFound, Refusal, Unavailable
from app.prepared import Prepared

log = structlog.get_logger()

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

BUMP = Prepared(text("UPDATE workshop SET version = version + 1 WHERE id = :id RETURNING version"))

T = TypeVar("T")

# PostgreSQL says these when two transactions met; the same work tried again succeeds.
MET = {"40001", "40P01"}
TRIES = 3

# Changes that wait for SQLite's one writer are written to the disk together, so many at a time.
TOGETHER = 32


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC that comes back aware, also from SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write a moment as UTC; one without a time zone is a mistake."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read a moment back as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class NoChange(Exception):
    """Raised inside a change to leave everything as it was and still answer with `value`."""

    def __init__(self, value: Any) -> None:
        super().__init__("nothing changed")
        self.value = value


@dataclass(frozen=True, slots=True)
class Changed(Generic[T]):
    """What a change came to; `version` is None when it changed nothing after all."""

    value: T
    workshop_id: int
    version: int | None


class Waiting:
    """A change that waits for SQLite's one writer, and how it came out."""

    def __init__(self, work: Callable[[Session], Any], loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.answer: asyncio.Future[Any] = loop.create_future()
        self.outcome: Any = None
        self.trouble: Exception | None = None

    def try_on(self, connection: Connection) -> None:
        """Do the work within the writer's transaction; a Refusal takes back this work alone."""
        # Said to the driver itself: SQLAlchemy's own savepoints cost as much as half of the work between them.
        driver: Any = connection.connection.driver_connection
        driver.execute("SAVEPOINT one")
        try:
            with Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session:
                self.outcome = self.work(session)
                session.commit()
        except NoChange as nothing:
            driver.execute("ROLLBACK TO one")
            self.outcome = nothing.value
        except Refusal as refusal:
            driver.execute("ROLLBACK TO one")
            self.trouble = refusal
        driver.execute("RELEASE one")

    def tell(self) -> None:
        """Answer whoever waits, from the event loop."""
        if self.answer.done():
            return
        if self.trouble is not None:
            self.answer.set_exception(self.trouble)
        else:
            self.answer.set_result(self.outcome)


def tell_all(told: list[Waiting]) -> None:
    """Answer all who wait, from the event loop."""
    for waiting in told:
        waiting.tell()


class Database:
    """One database: SQLite through one connection in one thread, or PostgreSQL through a small pool."""

    def __init__(self, address: str, *, create: bool = False) -> None:
        self.url = make_url(address)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._listeners: list[Callable[[int, int], None]] = []
        self._waited: list[Callable[[float], None]] = []
        self._inode: int | None = None
        self._waiting: deque[Waiting] = deque()
        workers = 1 if self.is_sqlite else 8
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="db")
        self.engine = self._sqlite_engine(create) if self.is_sqlite else self._postgres_engine()

    def _sqlite_engine(self, create: bool) -> Engine:
        path = self.url.database
        if not path:
            raise ValueError("SQLite needs a file: Concord keeps nothing in memory")
        self.path = Path(path).absolute()
        mode = "rwc" if create else "rw"

        def connect() -> sqlite3.Connection:
            # mode=rw: a database that went missing is said, never quietly begun anew.
            connection = sqlite3.connect(
                f"file:{self.path}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=5
            )
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
                connection.execute(f"PRAGMA {pragma}")
            self._inode = self.path.stat().st_ino
            return connection

        engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)

        @event.listens_for(engine, "begin")
        def begin(connection: Any) -> None:
            # The driver's own BEGIN is deferred and silently loses concurrent read-then-write.
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        return engine

    def _postgres_engine(self) -> Engine:
        limits = "-c statement_timeout=5000 -c idle_in_transaction_session_timeout=10000 -c lock_timeout=3000"
        return create_engine(
            self.url,
            hide_parameters=True,  # errors are logged, and what people typed is not
            pool_size=8,
            max_overflow=0,
            pool_timeout=5,
            pool_pre_ping=True,
            connect_args={"options": limits, "connect_timeout": 3},
        )

    def on_change(self, listener: Callable[[int, int], None]) -> None:
        """Call `listener(workshop id, version)` after every committed change, from the event loop."""
        self._listeners.append(listener)

    def on_wait(self, listener: Callable[[float], None]) -> None:
        """Call `listener(seconds)` when a change holds its lock: how long it waited; from the writing thread."""
        self._waited.append(listener)

    async def run(self, transaction: Callable[[Session], T]) -> T:
        """Run a whole transaction in a thread and commit it; a Refusal rolls everything back."""
        return await self._in_thread(lambda: self._run(transaction))

    async def read(self, reading: Callable[[Session], T]) -> T:
        """Run a reading that sees one moment of the database throughout, and changes nothing."""

        def at_one_moment(session: Session) -> T:
            if not self.is_sqlite:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            return reading(session)

        return await self._in_thread(lambda: self._run(at_one_moment))

    async def change(
        self,
        workshop: int | Callable[[Session], int],
        transaction: Callable[[Session, int], T],
        before_news: Callable[[Changed[T]], None] | None = None,
    ) -> Changed[T]:
        """Run a transaction that changes a workshop: version first, then the work, the commit, the news.

        `workshop` is its id, or finds the id within the same transaction. `before_news` hears of the commit first.
        """
        return await asyncio.shield(self._change_and_tell(workshop, transaction, before_news))

    async def _change_and_tell(
        self,
        workshop: int | Callable[[Session], int],
        transaction: Callable[[Session, int], T],
        before_news: Callable[[Changed[T]], None] | None,
    ) -> Changed[T]:
        # Shielded as a whole: what was committed is told, also when whoever changed it has hung up.
        changed = await (self._in_turn if self.is_sqlite else self._in_pool)(workshop, transaction)
        if changed.version is not None:
            if before_news is not None:
                before_news(changed)
            for listener in self._listeners:
                listener(changed.workshop_id, changed.version)
        return changed

    def run_now(self, transaction: Callable[[Session], T]) -> T:
        """Run a transaction and wait for it: for commands and tests."""
        return self._threads.submit(lambda: self._run(transaction)).result()

    def change_now(self, workshop_id: int, transaction: Callable[[Session, int], T]) -> Changed[T]:
        """Run a change, wait for it and tell nobody: for commands and tests."""
        return self._threads.submit(lambda: self._change(workshop_id, transaction)).result()

    def close(self) -> None:
        """End the threads and connections."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()

    def _run(self, transaction: Callable[[Session], T]) -> T:
        for attempt in range(TRIES):
            try:
                return self._once(transaction)
            except NoChange as nothing:
                return nothing.value  # type: ignore[no-any-return]  # the raiser knows what it answers
            except (Refusal, sqlite3.IntegrityError, sqlite3.ProgrammingError):
                raise
            except DBAPIError as trouble:
                if getattr(trouble.orig, "sqlstate", None) in MET and attempt < TRIES - 1:
                    continue
                if isinstance(trouble, OperationalError | InterfaceError):
                    raise self._unavailable(trouble) from trouble
                raise
            except (sqlite3.Error, OSError, TimeoutError) as trouble:
                raise self._unavailable(trouble) from trouble
        raise AssertionError("unreachable")

    async def _in_pool(
        self, workshop: int | Callable[[Session], int], transaction: Callable[[Session, int], T]
    ) -> Changed[T]:
        whole = self._whole(workshop, transaction)
        return await self._in_thread(lambda: self._run(whole))

    async def _in_turn(
        self, workshop: int | Callable[[Session], int], transaction: Callable[[Session, int], T]
    ) -> Changed[T]:
        loop = asyncio.get_running_loop()
        waiting = Waiting(self._whole(workshop, transaction), loop)
        self._waiting.append(waiting)
        self._threads.submit(self._write_waiting, loop)
        changed: Changed[T] = await waiting.answer
        return changed

    def _write_waiting(self, loop: asyncio.AbstractEventLoop) -> None:
        # Each change asks for this once; whoever comes first takes along all that wait.
        taken = [self._waiting.popleft() for _ in range(min(TOGETHER, len(self._waiting)))]
        if len(taken) == 1 or not self._write_together(taken):
            for waiting in taken:
                try:
                    waiting.outcome = self._run(waiting.work)
                except Exception as trouble:
                    waiting.trouble = trouble
        with contextlib.suppress(RuntimeError):  # the loop has closed: nobody waits any more
            loop.call_soon_threadsafe(tell_all, taken)

    def _write_together(self, taken: list[Waiting]) -> bool:
        """Commit several changes at once, each in a savepoint; False, and nothing done, when one of them broke."""
        if not taken:
            return True
        try:
            self._look_for_file()
            with self.engine.connect() as connection:
                begun = connection.begin()
                try:
                    for waiting in taken:
                        waiting.try_on(connection)
                except Exception:
                    begun.rollback()
                    for waiting in taken:
                        waiting.outcome = waiting.trouble = None
                    return False
                begun.commit()
        except (DBAPIError, sqlite3.Error, OSError) as trouble:
            # Nobody knows what a failed commit has written: none of them is acknowledged.
            for waiting in taken:
                waiting.outcome, waiting.trouble = None, self._unavailable(trouble)
        return True

    def _change(self, workshop: int | Callable[[Session], int], transaction: Callable[[Session, int], T]) -> Changed[T]:
        return self._run(self._whole(workshop, transaction))

    def _whole(
        self, workshop: int | Callable[[Session], int], transaction: Callable[[Session, int], T]
    ) -> Callable[[Session], Changed[T]]:
        asked = perf_counter()

        def whole(session: Session) -> Changed[T]:
            workshop_id = workshop if isinstance(workshop, int) else workshop(session)
            row = BUMP.one(session.connection(), {"id": workshop_id})
            if row is None:
                raise NotFound(N_("There is no such workshop."))
            version = int(row[0])
            for listener in self._waited:
                listener(perf_counter() - asked)
            try:
                return Changed(transaction(session, version), workshop_id, version)
            except NoChange as nothing:
                raise NoChange(Changed(nothing.value, workshop_id, None)) from None

        return whole

    def _once(self, transaction: Callable[[Session], T]) -> T:
        self._look_for_file()
        with Session(self.engine, expire_on_commit=False) as session:
            value = transaction(session)
            session.commit()
        return value

    def _look_for_file(self) -> None:
        # An open connection goes on writing into a deleted file: what is saved there is lost.
        if not self.is_sqlite or self._inode is None:
            return
        try:
            same = self.path.stat().st_ino == self._inode
        except FileNotFoundError:
            same = False
        if not same:
            self._inode = None
            self.engine.dispose()

    def _unavailable(self, trouble: Exception) -> Unavailable:
        log.error("database unavailable", trouble=type(trouble).__name__, said=str(getattr(trouble, "orig", trouble)))
        return Unavailable(N_("We cannot save at the moment. Nothing is lost on this device; we keep trying."))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        # Shielded: a phone that hangs up half-way cannot leave a transaction half-known.
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._threads, work))
