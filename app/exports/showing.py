"""Reports for pages: read from the database, told and drawn once for all who look at the same.

Law: one is drawn at a time, so that a hall that opens its summary at once holds up nobody's moves.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from app.activities.summary import Version
from app.exports import copied
from app.exports.build import build
from app.exports.copied import Copy, opened
from app.exports.drawn import on_page
from app.exports.report import Report, report
from app.exports.wording import in_words
from app.web.state import State, state
from app.workshops.models import Workshop

MOST = 60
# What people write together may be newer than the workshop's version says.
FRESH = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to read: a workshop's version in a language; `own` is the reader's table."""

    workshop_id: int
    version: Version
    language: str
    own: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A report in words, and its sections as they stand on a page."""

    report: Report
    sections: Markup
    at: int
    since: datetime


@dataclass(slots=True)
class Shelf:
    """What was drawn last, by what was wished for; losing it costs a little time and nothing else."""

    kept: OrderedDict[Wish, Shown] = field(default_factory=OrderedDict)
    making: dict[tuple[Wish, int], asyncio.Task[Shown]] = field(default_factory=dict)
    turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    async def take(self, here: State, wish: Wish) -> Shown:
        """Give what was drawn of the workshop as it is now, or draw it; who wishes the same waits for the same."""
        at = await here.db.read(lambda session: session.get_one(Workshop, wish.workshop_id).version)
        kept = self.kept.get(wish)
        if kept is not None and kept.at == at and here.now() - kept.since < FRESH:
            return kept
        task = self.making.get((wish, at))
        if task is None:
            task = self.making[wish, at] = asyncio.create_task(self.make(here, wish))
            task.add_done_callback(lambda ended: self.put_away(wish, at, ended))
        # Shielded: one phone that hangs up does not end it for the others.
        return await asyncio.shield(task)

    def put_away(self, wish: Wish, at: int, ended: asyncio.Task[Shown]) -> None:
        """Forget what is not being made any more; a Refusal that nobody waits for is nobody's trouble."""
        self.making.pop((wish, at), None)
        if not ended.cancelled():
            ended.exception()

    async def make(self, here: State, wish: Wish) -> Shown:
        """Read a workshop and draw its report."""
        async with self.turn:
            since = here.now()
            # The database is asked for rows alone: what is made of them would hold up moves that wait for it.
            copy = await here.db.read(lambda session: copied.take(session, wish.workshop_id))
            shown = await run_in_threadpool(draw, copy, wish, since)
        self.kept[wish] = shown
        self.kept.move_to_end(wish)
        while len(self.kept) > MOST:
            self.kept.popitem(last=False)
        return shown


def draw(copy: Copy, wish: Wish, since: datetime) -> Shown:
    """Make the record of a copied workshop, tell it in a language and draw it."""
    with opened(copy) as session:
        at = session.get_one(Workshop, wish.workshop_id).version
        record = build(session, wish.workshop_id, wish.version, wish.own)
    told = in_words(report(record), wish.language)
    return Shown(told, on_page(wish.language, told), at, since)


async def show(connection: HTTPConnection, wish: Wish) -> Shown:
    """Show a report; where there is nothing to take home yet, the Refusal says so."""
    app = connection.app
    shelf: Shelf | None = getattr(app.state, "shelf", None)
    if shelf is None:
        shelf = app.state.shelf = Shelf()
    return await shelf.take(state(connection), wish)
