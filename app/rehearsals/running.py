"""The robots at work in this process: one rehearsal for each trainer, for half an hour at the most."""

import asyncio
import contextlib
import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from fastapi import FastAPI, Request

from app.errors import Refusal
from app.rehearsals.service import sweep
from app.robots.device import Gone, Server
from app.robots.play import Plan, Room
from app.web.state import State

log = structlog.get_logger()

SECONDS = 30 * 60.0
SPEED = 3.0
"""Robots of a rehearsal are quicker than people: the trainer wants to see it, not to sit through it."""


@dataclass(frozen=True, slots=True)
class Running:
    """One rehearsal's robots."""

    workshop_id: int
    room: Room
    task: asyncio.Task[None]


class Rehearsals:
    """All that run in this process, by their trainer."""

    def __init__(self, speed: float = SPEED, seconds: float = SECONDS) -> None:
        self.speed = speed
        self.seconds = seconds
        self._running: dict[int, Running] = {}

    async def start(self, trainer_id: int, workshop_id: int, plan: Plan) -> None:
        """Let robots into a trainer's rehearsal; those of the one before go."""
        await self.stop(trainer_id)
        room = Room(plan)
        task = asyncio.create_task(self._run(room))
        self._running[trainer_id] = Running(workshop_id, room, task)

    def hand_over(self, workshop_id: int, link: str) -> bool:
        """Let a robot lead from here; False where no robots of this process are in that workshop, or one leads."""
        for running in self._running.values():
            if running.workshop_id == workshop_id and not running.task.done():
                return running.room.hand_over(link)
        return False

    async def stop(self, trainer_id: int) -> None:
        """Let the robots of a trainer's rehearsal go."""
        running = self._running.pop(trainer_id, None)
        if running is not None:
            running.task.cancel()
            await asyncio.gather(running.task, return_exceptions=True)

    async def close(self) -> None:
        """Let all robots go."""
        for trainer_id in list(self._running):
            await self.stop(trainer_id)

    async def _run(self, room: Room) -> None:
        try:
            async with asyncio.timeout(self.seconds):
                await room.play()
                await room.stay()
        except (Gone, TimeoutError):
            log.info("a rehearsal is over")
        except Exception:
            log.exception("a rehearsal broke")
        finally:
            await room.leave()


def rehearsals_of(request: Request) -> Rehearsals:
    """Find the rehearsals of the process that a request came to."""
    found: Rehearsals = request.app.state.rehearsals
    return found


def server_of(request: Request) -> Server:
    """Find the address at which this very server was reached; without one robots come in by no network at all."""
    host, port = request.scope.get("server") or ("", None)
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return Server("http://localhost", request.app)
    if port is None:
        return Server("http://localhost", request.app)
    return Server(f"http://[{address}]:{port}" if address.version == 6 else f"http://{address}:{port}")


@asynccontextmanager
async def rehearsing(app: FastAPI) -> AsyncIterator[None]:
    """Keep rehearsals for as long as the app serves; those of more than a day ago are swept away first."""
    here: State = app.state.concord
    app.state.rehearsals = Rehearsals()
    # A database that does not answer yet is told of elsewhere.
    with contextlib.suppress(Refusal):
        await here.db.run(lambda session: sweep(session, here.now()))
    try:
        yield
    finally:
        await app.state.rehearsals.close()
