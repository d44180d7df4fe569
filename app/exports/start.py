"""What runs beside the requests so that files can be made: the queue, its process, and the sweeping of old files."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.requests import HTTPConnection

from app.exports.child import Child
from app.exports.jobs import Jobs, forget
from app.exports.queue import Queue
from app.realtime.background import kept_up
from app.web.state import State
from app.workshops.unlink import CLOSING

CLOSING.append(forget)


@dataclass(frozen=True, slots=True)
class Making:
    """What the routes of files lean on."""

    queue: Queue
    jobs: Jobs


def making_of(connection: HTTPConnection) -> Making:
    """Find where the files are made of the running Concord that a request belongs to."""
    found: Making = connection.app.state.making
    return found


@asynccontextmanager
async def making(app: FastAPI) -> AsyncIterator[None]:
    """Make files for as long as an app serves."""
    here: State = app.state.concord
    child = Child()
    queue = Queue(child)
    jobs = Jobs(here, queue)
    app.state.making = Making(queue, jobs)
    sweeping = asyncio.create_task(kept_up("made files", jobs.sweep))
    try:
        yield
    finally:
        sweeping.cancel()
        await asyncio.gather(sweeping, return_exceptions=True)
        await jobs.close()
        await queue.close()
        child.end()
