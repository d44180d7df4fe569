"""The doorbell over a real Redis: heard elsewhere, missed rings made good, a frozen one in nobody's way."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis

from app.realtime.broker import CHANNEL, WAITING_ROOM, MemoryBroker, RedisBroker, broker_for

pytestmark = pytest.mark.anyio


class Ear:
    """What a worker heard."""

    def __init__(self) -> None:
        self.rings: list[tuple[int, int]] = []
        self.missed = asyncio.Event()
        self.rung = asyncio.Event()

    def heard(self, workshop_id: int, version: int) -> None:
        """Hear a ring."""
        self.rings.append((workshop_id, version))
        self.rung.set()

    def lost(self) -> None:
        """Hear that rings may have been lost."""
        self.missed.set()


@asynccontextmanager
async def listening(broker: RedisBroker | MemoryBroker) -> AsyncIterator[Ear]:
    """Run a broker for as long as a test needs it."""
    ear = Ear()
    running = asyncio.create_task(broker.run(ear.heard, ear.lost))
    try:
        yield ear
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def soon(event: asyncio.Event) -> None:
    """Wait for something that must happen soon."""
    await asyncio.wait_for(event.wait(), 10)
    event.clear()


async def test_a_ring_is_heard_by_another_worker(redis_url: str) -> None:
    here, there = RedisBroker(redis_url), RedisBroker(redis_url)
    async with listening(here) as ear, listening(there) as other:
        await asyncio.gather(soon(ear.missed), soon(other.missed))
        here.ring(70_001, 41)
        while (70_001, 41) not in other.rings:
            await soon(other.rung)
    assert here.healthy
    assert there.healthy


async def test_every_subscription_says_that_rings_may_have_been_missed(redis_url: str) -> None:
    broker = RedisBroker(redis_url)
    async with listening(broker) as ear, contextlib.aclosing(Redis.from_url(redis_url)) as admin:
        await soon(ear.missed)
        for line in await admin.client_list(_type="pubsub"):
            await admin.client_kill_filter(_id=line["id"])
        await soon(ear.missed)


async def test_what_is_no_ring_does_not_end_the_listening(redis_url: str) -> None:
    broker = RedisBroker(redis_url)
    async with listening(broker) as ear, contextlib.aclosing(Redis.from_url(redis_url)) as stranger:
        await soon(ear.missed)
        for words in (b"", b"7", b"seven:one", b"\xff\xfe", b"7:8:9"):
            await stranger.publish(CHANNEL, words)
        await stranger.publish(CHANNEL, b"70002:5")
        while (70_002, 5) not in ear.rings:
            await soon(ear.rung)


async def test_a_redis_that_never_answers_holds_nobody_up() -> None:
    held: list[asyncio.StreamWriter] = []
    frozen = await asyncio.start_server(lambda _, writer: held.append(writer), "127.0.0.1", 0)
    port = frozen.sockets[0].getsockname()[1]
    broker = RedisBroker(f"redis://127.0.0.1:{port}/0")
    async with listening(broker):
        await asyncio.sleep(0)
        begun = time.perf_counter()
        for number in range(2 * WAITING_ROOM):
            broker.ring(1, number)
        spent = time.perf_counter() - begun
    frozen.close()
    for writer in held:
        writer.close()
    assert not broker.healthy
    assert spent < 1.0


async def test_without_an_address_the_doorbell_is_memory(redis_url: str) -> None:
    assert isinstance(broker_for(None), MemoryBroker)
    assert isinstance(broker_for(redis_url), RedisBroker)
