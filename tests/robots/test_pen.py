"""A robot's pen writes as a page does, and believes only what the server says."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import pytest

from app.config import Settings
from app.robots import pen as pens
from app.robots.line import Wire
from app.robots.pen import Pen, Unwritten, pieces
from tests.reliability.nursery import Nursery
from tests.rooms import Held, Room, prepare
from tests.texts.gate import SEED, reared
from tests.texts.stored import stored_text


@pytest.fixture(scope="module")
def rearing(module_settings: Settings) -> Iterator[Nursery[None]]:
    """Servers with the tests' gate."""
    with reared(module_settings) as made:
        yield made


@pytest.fixture
def room(module_settings: Settings) -> Room:
    """A room of two seats at one table."""
    return prepare(module_settings, seats=2)[0]


async def at_once(seconds: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def pen(port: int, room: Room, seat: Held, name: str = "joint") -> AsyncIterator[Pen]:
    opening = Wire.to(f"ws://127.0.0.1:{port}/w/{room.code}/texts/{room.step}/1/{name}?as=seat", seat.cookie)
    async with pens.writing(opening, at_once) as made:
        yield made


async def why_not(
    pen: AbstractAsyncContextManager[Pen], words: str = "", after: Callable[[], None] = lambda: None
) -> str:
    """Write, and tell why it could not be; empty where it could."""
    try:
        async with pen as made:
            await made.type(words)
            after()
            await made.save()
    except Unwritten as unwritten:
        return str(unwritten)
    return ""


async def test_what_a_pen_saved_is_stored(module_settings: Settings, rearing: Nursery[None], room: Room) -> None:
    with rearing.server() as server:
        async with pen(server.port, room, room.seats[0], "seeded") as ann:
            await ann.type("one plan – early, and kept by all of us.")
            assert await ann.save() == SEED + "one plan – early, and kept by all of us."
    assert stored_text(module_settings, room, "seeded") == SEED + "one plan – early, and kept by all of us."


async def test_two_pens_write_in_one_text_at_the_same_time(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    with rearing.server() as server:
        async with AsyncExitStack() as both:
            ann, ben = [await both.enter_async_context(pen(server.port, room, seat)) for seat in room.seats]
            await ann.type("Ŵe make plans")
            await ben.sees("Ŵe make plans")
            await asyncio.gather(ann.type(" with families, and keep to them."), ben.type(" shared", after="Ŵe make"))
            await asyncio.gather(ann.save(), ben.save())
            await ann.sees("shared")
            await ben.sees("keep to them.")
            assert ann.text == ben.text
    assert stored_text(module_settings, room) == "Ŵe make shared plans with families, and keep to them."


async def test_a_text_that_may_only_be_read_is_not_written(rearing: Nursery[None], room: Room) -> None:
    with rearing.server() as server:
        assert await why_not(pen(server.port, room, room.seats[0], "shown")) == "the text may only be read"
        assert await why_not(pen(server.port, room, room.seats[0], "hidden")) != ""
    assert await why_not(pen(1, room, room.seats[0])) != ""


async def test_a_server_that_goes_away_is_not_waited_for(rearing: Nursery[None], room: Room) -> None:
    with rearing.server() as server:
        assert await why_not(pen(server.port, room, room.seats[0]), "gone", server.kill) == "the line is closed"


class Silent:
    """A server's end of a line that brings the text, and never says that anything was saved."""

    def __init__(self, *more: bytes) -> None:
        self.sent: list[bytes] = []
        self._frames = [b"\x65\x05write", b"\x00\x01\x02\x00\x00", *more]

    async def send(self, frame: bytes) -> None:
        self.sent.append(frame)

    async def hear(self) -> bytes:
        if not self._frames:
            await asyncio.Event().wait()
        return self._frames.pop(0)

    async def close(self) -> None:
        self.sent.append(b"closed")


async def silent(*more: bytes) -> Silent:
    return Silent(*more)


async def test_nothing_is_saved_before_the_server_has_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pens, "SECONDS", 0.2)
    line = Silent()

    async def opening() -> Silent:
        return line

    assert await why_not(pens.writing(opening(), at_once), "one plan") == "the server did not say that it was saved"
    assert line.sent[-1] == b"closed"


async def test_a_refused_write_says_why() -> None:
    assert await why_not(pens.writing(silent(b"\x66\x04long"), at_once), "plan") == "the server refused it: long"


@pytest.mark.parametrize("words", ["we make one plan early, and keep to it", " early", "one", "a b c ", "a  b"])
def test_pieces_are_the_words_again(words: str) -> None:
    assert "".join(pieces(words)) == words
    assert all(pieces(words))
