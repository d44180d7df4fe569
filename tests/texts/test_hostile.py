"""Frames that no browser sends: whoever sends them is shown out, others go on, and the loop is not held up."""

import json
import urllib.request
from collections.abc import Iterator

import pytest

from app.config import Settings
from app.texts import frames
from app.texts.frames import number, piece, sync
from app.texts.room import MOST_CHARACTERS
from tests.reliability.nursery import Nursery
from tests.rooms import Room, prepare
from tests.texts.gate import reared
from tests.texts.stored import stored_text
from tests.texts.writer import Writer, until, writing

LONGEST_PAUSE = 0.05
# On a busy machine the system holds up everybody now and then; what a frame does to the loop it does each time.
ROUNDS = 3
HUGE = b"\xff\xff\xff\xff\x07"
BEGUN = b"\x04\x01\x01t"  # a piece at the beginning of the text


@pytest.fixture(scope="module")
def module_settings(module_settings_on_sqlite: Settings) -> Settings:
    """What is read before anything is stored is read alike on both databases."""
    return module_settings_on_sqlite


def update(*pieces: bytes, client: int = 77, clock: int = 0, deletes: bytes = b"\0") -> bytes:
    """Write an update of one client."""
    return b"\1" + number(len(pieces)) + number(client) + number(clock) + b"".join(pieces) + deletes


def crowd(clients: int) -> bytes:
    """Write an update of many clients who all write at the same place."""
    sections = (b"\1" + number(1000 + one) + b"\0" + BEGUN + b"\1x" for one in range(clients))
    return number(clients) + b"".join(sections) + b"\0"


MALFORMED = {
    "nothing": b"",
    "an unknown message": b"\x63\x00",
    "a question for awareness": b"\x03",
    "an unknown step": b"\x00\x09\x00",
    "nine bytes that claim clients": b"\x00\x02\x06" + HUGE + b"\x00",
    "a state that claims clients": b"\x00\x00\x06" + HUGE + b"\x00",
    "pieces that are not there": sync(2, b"\1" + HUGE + b"\x4d\x00\x00"),
    "deletions that are not there": sync(2, b"\0\1\x4d" + HUGE),
    "a number without an end": sync(2, b"\x80" * 30),
    "cut off": sync(2, update(BEGUN + b"\5he")),
    "more than a frame": sync(2, update(BEGUN + b"\1x")) + b"\0",
    "another text": sync(2, update(b"\x04\x01\x01z\x01x")),
    "not a text": sync(2, update(b"\x07\x01\x01t\x00")),
    "a piece that builds on itself": sync(2, update(b"\x84\x4d\x00\x01x")),
    "an empty piece": sync(2, update(BEGUN + b"\0")),
    "no letters": sync(2, update(BEGUN + b"\2\xff\xfe")),
    "clocks without end": sync(2, update(b"\x00" + number(2**31))),
    "too many clients": sync(2, crowd(3000)),
    "too many pieces": sync(2, update(*[BEGUN + b"\1x"] * 5000)),
    "an awareness that is longer than itself": b"\x01" + HUGE,
}
REFUSED = {
    "a text that is too long": sync(2, update(BEGUN + piece(b"x" * (MOST_CHARACTERS + 1)))),
    "two that wait for each other": sync(2, b"\2\1\x4d\0\x84\x4e\0\1x\1\x4e\0\x84\x4d\0\1x\0"),
}


@pytest.fixture(scope="module")
def rearing(module_settings: Settings) -> Iterator[Nursery[None]]:
    """Servers with the tests' gate, on SQLite and on PostgreSQL."""
    with reared(module_settings) as made:
        yield made


@pytest.fixture
def room(module_settings: Settings) -> Room:
    """A room of four seats at one table."""
    return prepare(module_settings, seats=4)[0]


def longest_pause(port: int) -> float:
    """Ask a server how long its loop was held up since it was last asked."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/pauses", timeout=10) as reply:
        return float(json.load(reply))


async def test_strange_frames_end_their_sender_alone(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    pauses = []
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:2]) as (ann, ben):
            await ann.type("Ours. ")
            await until(lambda: ann.saved and ben.text == "Ours. ", "saved")
            for _ in range(ROUNDS):
                longest_pause(server.port)
                ends = {what: await sent_by_eve(server.port, room, frame) for what, frame in MALFORMED.items()}
                assert ends == dict.fromkeys(MALFORMED, 1007)
                pauses.append(longest_pause(server.port))
            ends = {what: await sent_by_eve(server.port, room, frame) for what, frame in REFUSED.items()}
            assert ends == dict.fromkeys(REFUSED, 4409)
            assert await sent_by_eve(server.port, room, bytes(70_000)) == 1009
            await ben.type("Still.")
            await until(lambda: ben.saved and ann.text == ben.text == "Ours. Still.", "others go on")
    assert stored_text(module_settings, room) == "Ours. Still."
    assert min(pauses) <= LONGEST_PAUSE, pauses


async def test_writes_of_one_who_may_only_read_are_dropped(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:2], "shown") as (ann, ben):
            assert ann.told == ["read"]
            await ann.type("mine now")
            desk = await Writer(room, room.trainer, "shown", wanted="desk").open(server.port)
            await desk.type("the trainer's")
            await until(lambda: desk.synced, "the desk sees it")
            await desk.send(frames.ALIVE)
            await until(lambda: (desk.people, ben.text) == ({}, ""), "nobody hears of it")
            await desk.close()
    assert stored_text(module_settings, room, "shown") == ""


async def test_gaps_reach_nobody_and_too_many_end_their_sender(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:2]) as (ann, ben):
            eve = await Writer(room, room.seats[2].cookie).open(server.port)
            for turn in range(70):
                await eve.send(sync(2, update(b"\x84\x4d" + number(9 + turn) + b"\1x", clock=10 + turn)))
            await until(lambda: eve.closed == 4409, "eve is shown out")
            await ann.type("fine")
            await until(lambda: ann.saved and ben.text == "fine", "others go on")
            await eve.close()
    assert stored_text(module_settings, room) == "fine"


async def test_a_document_made_slow_on_purpose_does_not_hold_up_the_loop(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    pauses = []
    with rearing.server() as server:
        for turn in range(ROUNDS):
            name = f"slow{turn}"
            async with writing(server.port, room, room.seats[:1], name) as (eve,):
                longest_pause(server.port)
                for step in range(4):
                    await eve.send(sync(2, update(*[BEGUN + b"\1x"] * 3900, client=77, clock=3900 * step)))
                await eve.send(sync(2, update(*[BEGUN + b"\1y"] * 300, client=78)))
                # It is all in, or was so slow that eve was shown out.
                await until(lambda: eve.settled >= 6 or eve.closed == 4429, "it is all in")
                pauses.append(longest_pause(server.port))
    assert min(pauses) <= LONGEST_PAUSE, pauses


async def test_more_than_twenty_thousand_characters_are_not_taken(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:3]) as (ann, ben, cat):
            await ann.type("x" * (MOST_CHARACTERS - 1))
            await until(lambda: ann.saved and len(ben.text) == MOST_CHARACTERS - 1, "nearly full")
            await ben.type("yz")
            await until(lambda: ben.closed == 4409, "ben begins anew")
            assert ben.told == ["write", "long"]
            await cat.type("y")
            await until(lambda: cat.saved and len(ann.text) == MOST_CHARACTERS, "full")
            with ann.doc.transaction():
                del ann.words[0:1000]
                ann.words += "z" * 1000
            await ann.flush()
            await until(lambda: ann.saved and cat.text == ann.text, "as much taken out as put in")
    assert len(stored_text(module_settings, room)) == MOST_CHARACTERS


async def sent_by_eve(port: int, room: Room, frame: bytes, name: str = "joint") -> int | None:
    """Send a frame as a seat of the table that may come in; gives how its socket was closed."""
    eve = await Writer(room, room.seats[3].cookie, name).open(port)
    await until(lambda: eve.synced, "eve sees the text")
    await eve.send(frame)
    await until(lambda: eve.closed is not None, "eve is shown out")
    await eve.close()
    return eve.closed
