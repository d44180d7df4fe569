"""Files that are made beside a page: a row says how far each is, so that any server process can tell.

Law: a file is given to the trainer alone who asked for it, for an hour at the most, and never once the workshop closed.
"""

import asyncio
import contextlib
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, delete, select, update
from sqlmodel import Session, col

from app.errors import N_, Refusal
from app.exports.copied import take
from app.exports.formats import File
from app.exports.frames import Job, packed
from app.exports.making import PARTS, Wish, file_name
from app.exports.models import MadeFile
from app.exports.queue import Queue
from app.web.logs import where
from app.web.state import State
from app.web.tokens import new_token
from app.workshops.models import Workshop

log = structlog.get_logger()

LASTS = timedelta(hours=1)
SILENCE = timedelta(seconds=60)
"""After so long without news nobody is making a file any more."""
TELL_EVERY = 0.5
TELL_AT_LEAST = 15.0
SWEEP_EVERY = 300.0

GONE_QUIET = N_("Its making stopped half-way, perhaps because the server was started again. Ask for it once more.")


@dataclass(frozen=True, slots=True)
class Made:
    """How far a file is; `wrong` says in a sentence why there will be none."""

    id: str
    wish: dict[str, Any]
    done: int
    total: int
    name: str
    ready: bool
    wrong: str

    @property
    def under_way(self) -> bool:
        """Whether it is still being made."""
        return not self.ready and not self.wrong


@dataclass(slots=True)
class Progress:
    """How far a file is, as its making tells from another thread."""

    done: int = 0
    total: int = PARTS

    def __call__(self, done: int, total: int) -> None:
        """Hear it."""
        self.done, self.total = done, total


class Jobs:
    """The files that this server process makes beside pages."""

    def __init__(self, here: State, queue: Queue) -> None:
        self.here = here
        self.queue = queue
        self._running: set[asyncio.Task[None]] = set()

    async def begin(self, workshop: Workshop, trainer_id: int, wish: Wish) -> str:
        """Begin to make a file and give its id; the same file asked for twice at once is made once."""
        self.queue.check()
        workshop_id, title = int(workshop.id or 0), workshop.title
        now = self.here.now()

        def start(session: Session) -> tuple[str, bool]:
            sweep(session, now)
            before = _the_same(session, workshop_id, trainer_id, wish, now)
            if before is not None:
                return before, False
            made = MadeFile(
                id=new_token(),
                workshop_id=workshop_id,
                trainer_id=trainer_id,
                wish=asdict(wish),
                total=PARTS,
                name=file_name(title, wish.version),
                made_at=now,
                told_at=now,
            )
            session.add(made)
            return made.id, True

        file_id, new = await self.here.db.run(start)
        if new:
            task = asyncio.create_task(self._run(file_id, workshop_id, wish))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return file_id

    async def sweep(self) -> None:
        """Take away what is older than an hour, again and again."""
        while True:
            with contextlib.suppress(Refusal):
                await self.here.db.run(lambda session: sweep(session, self.here.now()))
            await asyncio.sleep(SWEEP_EVERY)

    async def close(self) -> None:
        """Stop them all; their pages will say so."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _run(self, file_id: str, workshop_id: int, wish: Wish) -> None:
        progress = Progress()
        telling = asyncio.create_task(self._tell(file_id, progress))
        try:
            file = await self.queue.make(lambda: read_job(self.here, workshop_id, wish), progress)
            await self._keep(file_id, file)
        except Refusal as refusal:
            await self._say(file_id, str(refusal))
        except Exception as trouble:
            log.error("a file was not kept", kind=type(trouble).__name__, where=where(trouble))  # noqa: TRY400  # quotes
            await self._say(file_id, GONE_QUIET)
        finally:
            telling.cancel()

    async def _tell(self, file_id: str, progress: Progress) -> None:
        """Write down how far it is, and now and then that somebody is at it."""
        told, quiet = (0, PARTS), 0.0
        while True:
            await asyncio.sleep(TELL_EVERY)
            quiet += TELL_EVERY
            found = progress.done, progress.total
            if found != told or quiet >= TELL_AT_LEAST:
                told, quiet = found, 0.0
                with contextlib.suppress(Refusal):
                    await self._write(file_id, done=found[0], total=found[1])

    async def _keep(self, file_id: str, file: File) -> None:
        await self._write(
            file_id, done=PARTS, total=PARTS, content=file.content, media_type=file.media_type, ending=file.ending
        )

    async def _say(self, file_id: str, wrong: str) -> None:
        with contextlib.suppress(Refusal):
            await self._write(file_id, wrong=wrong[:500])

    async def _write(self, file_id: str, ending: str = "", **values: Any) -> None:
        # Where the row is gone, the workshop has closed or the hour is over: then nothing is kept.
        if ending:
            values["name"] = col(MadeFile.name) + f".{ending}"
        change = update(MadeFile).where(col(MadeFile.id) == file_id).values(told_at=self.here.now(), **values)
        await self.here.db.run(lambda session: session.execute(change).close())


async def read_job(here: State, workshop_id: int, wish: Wish) -> bytes:
    """Read the rows that a file is made from, and pack them."""
    copy = await here.db.read(lambda session: take(session, workshop_id))
    return await asyncio.to_thread(packed, Job(copy, workshop_id, wish))


def look(session: Session, file_id: str, workshop_id: int, trainer_id: int, now: datetime) -> Made | None:
    """Look how far a file is; None for anybody else, and once its hour is over."""
    row = session.execute(
        select(
            col(MadeFile.id),
            col(MadeFile.wish),
            col(MadeFile.done),
            col(MadeFile.total),
            col(MadeFile.name),
            col(MadeFile.wrong),
            col(MadeFile.told_at),
            col(MadeFile.content).is_not(None).label("ready"),
        ).where(_whose(file_id, workshop_id, trainer_id, now))
    ).one_or_none()
    if row is None:
        return None
    wrong = row.wrong or (GONE_QUIET if not row.ready and now - row.told_at > SILENCE else "")
    return Made(row.id, row.wish, row.done, row.total, row.name, bool(row.ready), wrong)


def give(session: Session, file_id: str, workshop_id: int, trainer_id: int, now: datetime) -> tuple[str, File] | None:
    """Give a file that has been made, and its name; None for anybody else."""
    wanted = select(col(MadeFile.name), col(MadeFile.media_type), col(MadeFile.content)).where(
        _whose(file_id, workshop_id, trainer_id, now), col(MadeFile.content).is_not(None)
    )
    row = session.execute(wanted).one_or_none()
    return None if row is None else (row.name, File(bytes(row.content), "", row.media_type))


def sweep(session: Session, now: datetime) -> None:
    """Take away files whose hour is over."""
    session.execute(delete(MadeFile).where(col(MadeFile.made_at) <= now - LASTS))


def forget(session: Session, workshop: Workshop) -> None:
    """Take away a workshop's files as it closes: what was open then is not to be had afterwards."""
    session.execute(delete(MadeFile).where(col(MadeFile.workshop_id) == workshop.id))


def _whose(file_id: str, workshop_id: int, trainer_id: int, now: datetime) -> ColumnElement[bool]:
    return (
        (col(MadeFile.id) == file_id)
        & (col(MadeFile.workshop_id) == workshop_id)
        & (col(MadeFile.trainer_id) == trainer_id)
        & (col(MadeFile.made_at) > now - LASTS)
    )


def _the_same(session: Session, workshop_id: int, trainer_id: int, wish: Wish, now: datetime) -> str | None:
    """Find a file that the trainer is waiting for already."""
    waiting = select(col(MadeFile.id), col(MadeFile.wish)).where(
        col(MadeFile.workshop_id) == workshop_id,
        col(MadeFile.trainer_id) == trainer_id,
        col(MadeFile.content).is_(None),
        col(MadeFile.wrong) == "",
        col(MadeFile.told_at) > now - SILENCE,
    )
    return next((row.id for row in session.execute(waiting) if row.wish == asdict(wish)), None)
