"""Redis is optional: two workers show the same with it, without it, and while it is frozen, which slows nobody."""

import socket
import statistics
import time
from collections.abc import Iterator
from functools import partial

import pytest

from app.config import Settings
from tests.phones import move_request
from tests.reliability.crowd import FAR, current, looking, talking, until
from tests.reliability.forked import two_workers
from tests.rooms import Room, prepare
from tests.services import embedded_redis

TURNS = 8


@pytest.fixture
def frozen_redis() -> Iterator[str]:
    """A Redis that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield f"redis://127.0.0.1:{silent.getsockname()[1]}/0"


async def test_screens_of_two_workers_follow_with_redis(postgres_settings: Settings) -> None:
    with embedded_redis() as redis:
        settings = postgres_settings.model_copy(update={"redis_url": redis})
        room = prepare(settings, seats=10)[0]
        with two_workers(settings) as ports:
            _, behind = await follow(ports, room)
    # within a poll's second would prove nothing
    assert statistics.median(behind) < 0.5


async def test_screens_of_two_workers_follow_without_redis_and_a_frozen_one_slows_no_move(
    postgres_settings: Settings, frozen_redis: str
) -> None:
    plain, frozen = prepare(postgres_settings, rooms=2, seats=10)
    with two_workers(postgres_settings) as ports:
        without, behind = await follow(ports, plain)
    assert max(behind) < 3
    with two_workers(postgres_settings.model_copy(update={"redis_url": frozen_redis})) as ports:
        slowed, behind = await follow(ports, frozen)
    assert max(behind) < 3
    # a move that waited for it would take half a second longer
    assert statistics.median(slowed) < 2 * statistics.median(without) + 0.1


async def follow(ports: tuple[int, int], room: Room) -> tuple[list[float], list[float]]:
    """Make moves through one worker and then the other, with screens at both.

    Gives the seconds until each was answered, and until every screen showed it.
    """
    answered, behind = [], []
    async with looking(ports[0], room) as near, looking(ports[1], room) as far:
        lines = [*near, *far]
        await until(lambda: current(lines, 1), "every screen appear")
        async with talking(ports[0], 1) as (one,), talking(ports[1], 1) as (other,):
            for turn in range(TURNS):
                seat = room.seats[turn % len(room.seats)]
                fields = {"version": FAR, "move": "done", "done": "true"}
                begun = time.perf_counter()
                phone = other if turn % 2 else one
                reply = await phone.ask(move_request(room.code, room.step, seat.cookie, fields))
                answered.append(time.perf_counter() - begun)
                assert reply.status == 200
                behind.append(await until(partial(current, lines, reply.version), "every screen follow", 5))
    return answered, behind
