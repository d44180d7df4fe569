"""Everything that runs beside the requests: the relay, the doorbell, the poll of versions, heartbeats, presence."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from fastapi import FastAPI
from sqlalchemy import select
from sqlmodel import Session
from starlette.requests import HTTPConnection

from app.errors import Refusal
from app.live.metrics import LiveFigures, watch_loop
from app.live.presence import Presence
from app.live.relay import Relay
from app.live.rooms import Rooms
from app.live.snapshot import WORKSHOP
from app.live.who import Viewer
from app.live.writing import begin, conclude, gate
from app.realtime.background import kept_up
from app.realtime.broker import Broker, broker_for
from app.realtime.hub import Hub
from app.web.metrics import WRITE_WAIT
from app.web.state import State
from app.workshops.leading import still_leading
from app.workshops.unlink import CLOSING
from app.workshops.wording import BEGUN, GATES

TICK_SECONDS = 5.0
POLL_SECONDS = 1.0
# A trainer who signed out elsewhere, or leads the workshop no more: the page asks for itself again.
SIGNED_OUT = 4401

GATES.append(gate)
BEGUN.append(begin)
# Before the texts themselves are made plain for good.
CLOSING.insert(0, conclude)


@dataclass(frozen=True, slots=True)
class Live:
    """What the live routes lean on."""

    hub: Hub
    rooms: Rooms
    relay: Relay
    presence: Presence
    broker: Broker


def live_of(connection: HTTPConnection) -> Live:
    """Find the running live part that a request or socket belongs to."""
    found: Live = connection.app.state.live
    return found


@asynccontextmanager
async def live(app: FastAPI) -> AsyncIterator[None]:
    """Run the live part of an app for as long as it serves."""
    state: State = app.state.concord
    hub, rooms = Hub(), Rooms(state.db)
    relay = Relay(hub, rooms)
    broker = broker_for(state.settings.redis_url)
    presence = Presence(state.db, hub, state.now)
    app.state.live = Live(hub, rooms, relay, presence, broker)
    figures = LiveFigures(hub, relay, broker)
    state.figures.register(figures)
    state.db.on_wait(WRITE_WAIT.observe)
    state.db.on_change(relay.ring)
    state.db.on_change(broker.ring)
    tasks = [
        asyncio.create_task(kept_up("doorbell", lambda: broker.run(relay.ring, relay.ring_all))),
        asyncio.create_task(kept_up("heartbeat", lambda: tick(hub))),
        asyncio.create_task(kept_up("poll", lambda: poll(state, hub, relay))),
        asyncio.create_task(kept_up("presence", presence.run)),
        asyncio.create_task(kept_up("loop lag", watch_loop)),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await relay.close()
        state.figures.unregister(figures)


async def tick(hub: Hub) -> None:
    """Send every line a heartbeat, spread over the seconds between two."""
    while True:
        lines = list(hub)
        pause = TICK_SECONDS / max(1, len(lines))
        if not lines:
            await asyncio.sleep(TICK_SECONDS)
        for count, line in enumerate(lines, 1):
            line.tick()
            if pause > 0.05 or count % 20 == 0:
                await asyncio.sleep(max(pause, pause * 20 if pause <= 0.05 else 0))


async def poll(state: State, hub: Hub, relay: Relay) -> None:
    """Find what the doorbell did not tell: newer versions, and desks of trainers who signed out or lead no more."""
    seen: dict[int, int] = {}
    while True:
        await asyncio.sleep(POLL_SECONDS)
        workshops = hub.workshops()
        if not workshops:
            continue
        desks = {(line.workshop_id, line.viewer.token) for line in hub if line.viewer.token}
        with contextlib.suppress(Refusal):
            versions, leading = await state.db.read(partial(look, workshops, desks, state))
            for workshop_id, version in versions.items():
                before = seen.get(workshop_id, 0)
                if version != before:
                    # An older database that was put back is to be looked at as it is.
                    relay.ring(workshop_id, version if version > before else 0)
            for gone in set(workshops) - versions.keys():
                relay.ring(gone, 0)
            seen = versions
            for line in hub:
                viewer: Viewer = line.viewer
                if (line.workshop_id, viewer.token) in desks - leading:
                    line.end(SIGNED_OUT)


def look(
    workshops: tuple[int, ...], desks: set[tuple[int, str]], state: State, session: Session
) -> tuple[dict[int, int], set[tuple[int, str]]]:
    """Read the versions of workshops, and which of the desks are still those of trainers who lead there."""
    wanted = select(WORKSHOP.c.id, WORKSHOP.c.version).where(WORKSHOP.c.id.in_(workshops))
    versions = {row.id: row.version for row in session.connection().execute(wanted)}
    if not desks:
        return versions, set()
    return versions, still_leading(session, workshops, {token for _, token in desks}, state.now())
