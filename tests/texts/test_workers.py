"""Two workers with one text: the doorbell makes them quick, and without it they are at most three seconds behind."""

import asyncio
import statistics
from contextlib import ExitStack
from typing import Any

import pytest

from app.config import Settings
from tests.phones import move_request, talk
from tests.reliability.trials import FAR
from tests.reliability.ways import GRID
from tests.rooms import Plan, Room, prepare
from tests.services import embedded_redis, free_port
from tests.texts.gate import reared, reared_alone
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


async def make(port: int, room: Room, seat: int, **fields: Any) -> None:
    """Make a move at a worker, which is taken."""
    line = await talk(port)
    reply = await line.ask(move_request(room.code, room.step, room.seats[seat].cookie, {"version": FAR, **fields}))
    line.close()
    assert reply.status == 200, reply.body[-300:]


@pytest.mark.parametrize("rings", [True, False], ids=["with the doorbell", "without it"])
async def test_a_text_frozen_at_one_worker_refuses_at_the_other_and_takes_words_at_once_when_it_is_open_again(
    postgres_settings: Settings, *, rings: bool
) -> None:
    address = f"redis://127.0.0.1:{(port := free_port())}/0"
    settings = postgres_settings.model_copy(update={"redis_url": address})
    room = prepare(settings, seats=3, phase="joint", plan=Plan("grid", GRID))[0]
    with ExitStack() as servers, ExitStack() as redis:
        redis.enter_context(embedded_redis(port))
        here, there = (servers.enter_context(servers.enter_context(reared_alone(settings)).server()).port for _ in "ab")
        async with pages(room, room.seats, "joint-r1") as (ann, ben, cat):
            await asyncio.gather(ann.open(here), ben.open(there))
            await ann.type("one plan.")
            await until(lambda: ann.saved and "one plan." in ben.text, "the other worker follows", BEHIND + 2)
            if not rings:
                redis.close()
            await make(here, room, 0, move="open_check", row="r1")
            await ben.type(" Too late.")
            await until(lambda: ben.closed == 4409, "ben is refused at the other worker", BEHIND)
            assert "closed" in ben.told
            assert stored_text(settings, room, "joint-r1") == "Together we mean one plan."
            for seat in range(3):
                await make(here, room, seat, move="answer_check", row="r1", value=1)
            # Cat has not been here before; ann has, and was told that nobody may write.
            await cat.open(there)
            await until(lambda: cat.synced, "cat sees the text")
            await cat.type(" For all.")
            await until(lambda: cat.saved, "cat's words are taken at once")
            assert "closed" not in cat.told
            await until(lambda: ann.told[-1] == "write" and ann.text == cat.text, "ann may go on", BEHIND)
            await ann.type(" At last.")
            await until(lambda: ann.saved and cat.text == ann.text, "and does", BEHIND + 2)
    assert stored_text(settings, room, "joint-r1") == "Together we mean one plan. For all. At last."
