"""Who is here: leases that workers renew, and a change only when somebody comes or has been away for two minutes."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from app.db import Database, NoChange
from app.errors import Refusal
from app.live.gathering import settle_tables
from app.live.snapshot import SEAT
from app.live.who import Viewer
from app.realtime.hub import Hub
from app.workshops.models import Lease
from app.workshops.staying import RENEW

log = structlog.get_logger()

AWAY_AFTER = timedelta(minutes=2)
ROUND_SECONDS = 20.0
# Two hundred phones that come back at once make one change, not two hundred.
GATHER_SECONDS = 0.5


class Presence:
    """Which seats this worker hears from."""

    def __init__(self, db: Database, hub: Hub, now: Callable[[], datetime]) -> None:
        self._db = db
        self._hub = hub
        self._now = now
        self._heard: dict[int, int] = {}
        self._known: set[int] = set()
        self._woken = asyncio.Event()

    def heard(self, workshop_id: int, seat_id: int, *, here: bool) -> None:
        """Hear from a seat, through a line, a move or a poll; `here` is what its screens say of it now."""
        self._heard[seat_id] = workshop_id
        self._known.add(workshop_id)
        if not here:
            self._woken.set()

    async def run(self) -> None:
        """Renew leases and tell who came and went, until cancelled."""
        while True:
            try:
                await self.round()
            except Refusal:
                log.warning("presence waits for the database")
            try:
                await asyncio.wait_for(self._woken.wait(), ROUND_SECONDS)
                await asyncio.sleep(GATHER_SECONDS)
            except TimeoutError:
                pass
            self._woken.clear()

    async def round(self) -> None:
        """Renew the leases of all that were heard or have a line, then look who came or went."""
        for line in self._hub:
            viewer: Viewer = line.viewer
            if viewer.audience.kind == "seat":
                self._heard[viewer.audience.seat] = line.workshop_id
        heard, self._heard = self._heard, {}
        now = self._now()
        if heard:
            await self._db.run(lambda session: renew(session, heard, now + AWAY_AFTER))
        for workshop_id in sorted(self._known | set(self._hub.workshops()) | set(heard.values())):
            await self._look(workshop_id, now)
        self._known = set(self._hub.workshops()) | set(heard.values())

    async def _look(self, workshop_id: int, now: datetime) -> None:
        if await self._db.read(lambda session: came_or_went(session, workshop_id, now)):
            await self._db.change(workshop_id, lambda session, version: tell(session, version, workshop_id, now))


def renew(session: Session, heard: dict[int, int], until: datetime) -> None:
    """Renew the leases of seats that exist; those that are over are swept away."""
    existing = set(session.connection().execute(select(SEAT.c.id).where(SEAT.c.id.in_(heard))).scalars())
    rows = [
        {"seat_id": seat, "workshop_id": workshop, "until": until}
        for seat, workshop in sorted(heard.items())
        if seat in existing
    ]
    if rows:
        session.connection().execute(RENEW, rows)
    session.connection().execute(delete(Lease).where(col(Lease.until) < until - 2 * AWAY_AFTER))


def came_or_went(session: Session, workshop_id: int, now: datetime) -> dict[int, bool]:
    """Find the seats whose screens say otherwise than their leases: seat id to whether it is here."""
    leased = select(col(Lease.seat_id)).where(col(Lease.workshop_id) == workshop_id, col(Lease.until) > now)
    here_now = set(session.connection().execute(leased).scalars())
    c = SEAT.c
    rows = session.connection().execute(
        select(c.id, c.here, c.joined_at).where(c.workshop_id == workshop_id, c.removed_at.is_(None))
    )
    is_here = {row.id: (row.id in here_now or row.joined_at > now - AWAY_AFTER, bool(row.here)) for row in rows}
    return {seat: here for seat, (here, told) in is_here.items() if here != told}


def tell(session: Session, version: int, workshop_id: int, now: datetime) -> None:
    """Write down who came and who went; another worker may have done so already."""
    moved = came_or_went(session, workshop_id, now)
    if not moved:
        raise NoChange(None)
    for seat, here in moved.items():
        session.connection().execute(update(SEAT).where(SEAT.c.id == seat).values(here=here))
    gone = [seat for seat, here in moved.items() if not here]
    tables = session.connection().execute(select(SEAT.c.table_id).where(SEAT.c.id.in_(gone))).scalars()
    # A check waits for those present: whoever went may have been the last that it waited for. Whoever comes closes
    # nothing: after a failed network the first phone that is back would close a check that waits for all the others.
    settle_tables(session, version, workshop_id, set(tables))
