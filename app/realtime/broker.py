"""The doorbell between workers: "workshop X is at version N", by memory or by Redis.

Law: it carries no content and may lose, double or delay what it says; the poll of versions makes up for it.
"""

import asyncio
import re
from collections.abc import Callable
from typing import Protocol

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()

CHANNEL = "concord:changed"
PUBLISH_SECONDS = 0.5
RETRY_SECONDS = 2.0
WAITING_ROOM = 1000
RING = re.compile(rb"([0-9]{1,18}):([0-9]{1,18})")

Heard = Callable[[int, int], None]
Missed = Callable[[], None]


class Broker(Protocol):
    """Something that tells the other workers that a workshop changed."""

    healthy: bool
    failures: int

    def ring(self, workshop_id: int, version: int) -> None:
        """Tell the other workers; never waits."""

    async def run(self, heard: Heard, missed: Missed) -> None:
        """Listen until cancelled: `heard` for each ring, `missed` whenever rings may have been lost."""


class MemoryBroker:
    """The doorbell of a single worker: there is nobody else to tell."""

    healthy = True
    failures = 0

    def ring(self, workshop_id: int, version: int) -> None:
        """Tell nobody."""

    async def run(self, heard: Heard, missed: Missed) -> None:
        """Wait until cancelled."""
        await asyncio.Event().wait()


class RedisBroker:
    """The doorbell over Redis pub/sub; a frozen Redis slows nobody, since rings wait in a bounded queue."""

    def __init__(self, address: str, channel: str = CHANNEL) -> None:
        self._channel = channel
        self._redis: Redis = Redis.from_url(address, socket_connect_timeout=2, socket_timeout=None)
        self._rings: asyncio.Queue[str] = asyncio.Queue(WAITING_ROOM)
        self.healthy = False
        self.failures = 0

    def ring(self, workshop_id: int, version: int) -> None:
        """Queue a ring; when the queue is full it is dropped, as the poll finds the change anyway."""
        try:
            self._rings.put_nowait(f"{workshop_id}:{version}")
        except asyncio.QueueFull:
            self.failures += 1

    async def run(self, heard: Heard, missed: Missed) -> None:
        """Publish and listen until cancelled, coming back after every loss."""
        try:
            await asyncio.gather(self._publish(), self._listen(heard, missed))
        finally:
            await self._redis.aclose()

    async def _publish(self) -> None:
        while True:
            ring = await self._rings.get()
            try:
                await asyncio.wait_for(self._redis.publish(self._channel, ring), PUBLISH_SECONDS)
            except (RedisError, OSError, TimeoutError):
                self.failures += 1

    async def _listen(self, heard: Heard, missed: Missed) -> None:
        while True:
            try:
                await self._hear(heard, missed)
            except (RedisError, OSError, TimeoutError) as trouble:
                self.healthy = False
                self.failures += 1
                log.warning("doorbell lost", trouble=type(trouble).__name__)
                await asyncio.sleep(RETRY_SECONDS)

    async def _hear(self, heard: Heard, missed: Missed) -> None:
        async with self._redis.pubsub() as pubsub:
            await asyncio.wait_for(pubsub.subscribe(self._channel), RETRY_SECONDS)
            self.healthy = True
            # Whatever was rung while nobody listened is gone: every line looks again.
            missed()
            async for message in pubsub.listen():
                # Whoever else writes into this Redis must not end the listening.
                ring = RING.fullmatch(message["data"]) if message["type"] == "message" else None
                if ring:
                    heard(int(ring[1]), int(ring[2]))


def broker_for(address: str | None, channel: str = CHANNEL) -> Broker:
    """Choose the doorbell: Redis where an address is set, else memory."""
    return RedisBroker(address, channel) if address else MemoryBroker()
