"""People write in one text at the same time: all come to see the same, once, and saved means stored."""

import asyncio
import json
from collections.abc import Iterator

import pytest

from app.config import Settings
from app.texts import frames
from tests.reliability.nursery import Nursery
from tests.rooms import Room, prepare
from tests.texts.gate import SEED, reared
from tests.texts.stored import stored_text
from tests.texts.writer import Writer, pages, until, writing


@pytest.fixture(scope="module")
def rearing(module_settings: Settings) -> Iterator[Nursery[None]]:
    """Servers with the tests' gate, on SQLite and on PostgreSQL."""
    with reared(module_settings) as made:
        yield made


@pytest.fixture
def room(module_settings: Settings) -> Room:
    """A room of four seats at one table."""
    return prepare(module_settings, seats=4)[0]


def alike(writers: list[Writer], text: str | None = None) -> bool:
    """Say whether all have the same text, and this one if it is named."""
    return len({one.text for one in writers}) == 1 and text in (None, writers[0].text)


async def test_two_writers_see_the_same_and_it_is_stored(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:2]) as (ann, ben):
            for turn in range(30):
                await asyncio.gather(ann.type(f"a{turn} "), ben.type(f"b{turn} ", 0))
            await until(lambda: ann.saved and ben.saved and alike([ann, ben]), "both saved")
            text = ann.text
            assert stored_text(module_settings, room) == text
    assert sorted(text.split()) == sorted(f"{who}{turn}" for who in "ab" for turn in range(30))


async def test_lists_breaks_and_strange_letters_stay(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    told = "• one\n• two\n\n\tŵŷ 🙂 <b>&amp;</b>\r\n日本"
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:2]) as (ann, ben):
            await ann.type(told)
            await until(lambda: ann.saved and ben.text == told, "both have it")
    assert stored_text(module_settings, room) == told


async def test_a_text_is_seeded_once(module_settings: Settings, rearing: Nursery[None], room: Room) -> None:
    with rearing.server() as server:
        async with writing(server.port, room, room.seats, "seeded") as writers:
            await until(lambda: alike(writers, SEED), "all see the seed")
            await writers[0].type("trust")
            await until(lambda: alike(writers, SEED + "trust") and writers[0].saved, "all see the word")
        async with writing(server.port, room, room.seats[:1], "seeded") as (again,):
            assert again.text == SEED + "trust"
    assert stored_text(module_settings, room, "seeded") == SEED + "trust"


async def test_a_restart_finds_all_and_doubles_nothing(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    async with pages(room, room.seats[:2]) as (ann, ben):
        with rearing.server() as server:
            await ann.open(server.port)
            await ben.open(server.port)
            await ann.type("before ")
            await until(lambda: ann.saved and alike([ann, ben]), "saved")
            server.kill()
            await until(lambda: ann.closed is not None and ben.closed is not None, "hung up")
        ann.write("meanwhile ")
        ben.write("beside ")
        with rearing.server() as server:
            await ann.open(server.port)
            await ben.open(server.port)
            await until(lambda: alike([ann, ben]) and ann.saved and ben.saved, "both saved")
    assert sorted(ann.text.split()) == ["before", "beside", "meanwhile"]
    assert stored_text(module_settings, room) == ann.text


async def test_updates_out_of_order_and_doubled_come_to_the_same(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:2]) as (ann, ben):
            for word in ("one ", "two ", "three "):
                ann.write(word)
            updates, ann._out = list(ann._out), []
            for place in (2, 1, 2, 0, 0, 1):
                await ann.send(frames.sync(frames.UPDATE, updates[place]))
            await until(lambda: ben.text == "one two three ", "ben has all")
            assert ben.text == ann.text
            await until(lambda: ann.settled == 1 + 6 and ann.saved, "all settled")
    assert stored_text(module_settings, room) == "one two three "


async def test_who_writes_is_told_by_the_server(rearing: Nursery[None], room: Room) -> None:
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:2]) as (ann, ben):
            liar = frames.piece(
                frames.number(1) + frames.number(7) + frames.number(9) + frames.piece(b'{"name":"Eve"}')
            )
            await ann.send(bytes((frames.AWARENESS,)) + liar)
            await ann.type("x")
            await until(lambda: any(json.loads(one)["writing"] for one in ben.people.values()), "ben sees it")
            told = [json.loads(one) for one in ben.people.values()]
            assert told == [{"agency": "education", "number": 1, "table": 1, "writing": True}]
            await until(lambda: not any(json.loads(one)["writing"] for one in ben.people.values()), "it rests")
            await ann.close()
            await until(lambda: set(ben.people.values()) == {"null"}, "ben sees ann go")
