"""Two workers with one text: the doorbell makes them quick, and without it they are at most three seconds behind."""

import asyncio
import statistics
from contextlib import ExitStack

from app.config import Settings
from tests.rooms import prepare
from tests.services import embedded_redis, free_port
from tests.texts.gate import reared
from tests.texts.stored import stored_text
from tests.texts.writer import Writer, pages, until

BEHIND = 3.0


async def test_two_workers_come_to_the_same_with_and_without_the_doorbell(postgres_settings: Settings) -> None:
    address = f"redis://127.0.0.1:{(port := free_port())}/0"
    settings = postgres_settings.model_copy(update={"redis_url": address})
    room = prepare(settings, seats=2)[0]
    with ExitStack() as servers, ExitStack() as redis:
        redis.enter_context(embedded_redis(port))
        ports = [servers.enter_context(servers.enter_context(reared(settings)).server()).port for _ in range(2)]
        async with pages(room, room.seats) as (ann, ben):
            await asyncio.gather(ann.open(ports[0]), ben.open(ports[1]))
            await until(lambda: ann.synced and ben.synced, "both see the text")
            with_it = [await seen(ann, ben, turn) for turn in range(4)]
            # Both write at once, so that each has what the other has not seen.
            await asyncio.gather(*(one.type(f"{who} ") for one in (ann, ben) for who in range(5)))
            await until(lambda: ann.text == ben.text and ann.saved and ben.saved, "both see the same", BEHIND)
            redis.close()
            without = [await seen(ann, ben, turn) for turn in range(4, 7)]
            text = ann.text
    assert statistics.median(with_it) < 0.5
    assert max(without) < BEHIND
    assert stored_text(settings, room) == text


async def seen(ann: Writer, ben: Writer, turn: int) -> float:
    """Let one type at one worker; gives the seconds until the other sees it at the other."""
    writer, reader = (ann, ben) if turn % 2 else (ben, ann)
    word = f"<{turn}>"
    await writer.type(word)
    return await until(lambda: word in reader.text and writer.saved, "the other worker follows", BEHIND + 2)
