"""What runs beside the sockets of shared texts: their doorbell and their poll."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.requests import HTTPConnection

from app.realtime.background import kept_up
from app.realtime.broker import broker_for
from app.texts import keeping
from app.texts.hall import Hall
from app.web.state import State
from app.workshops.unlink import CLOSING
from app.workshops.wording import KEEPERS

CHANNEL = "concord:texts"

CLOSING.append(keeping.close)
KEEPERS.append(keeping.Kept)


def hall_of(connection: HTTPConnection) -> Hall:
    """Find the open texts of the running Concord that a socket belongs to."""
    found: Hall = connection.app.state.texts
    return found


@asynccontextmanager
async def sharing(app: FastAPI) -> AsyncIterator[None]:
    """Open shared texts of an app for as long as it serves."""
    state: State = app.state.concord
    broker = broker_for(state.settings.redis_url, CHANNEL)
    hall = app.state.texts = Hall(state.db, broker, state.now)
    state.db.on_change(hall.changed)
    tasks = [
        asyncio.create_task(kept_up("texts' doorbell", lambda: broker.run(hall.heard, hall.missed))),
        asyncio.create_task(kept_up("texts' poll", hall.poll)),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await hall.close()
