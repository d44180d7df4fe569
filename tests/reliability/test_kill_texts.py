"""Saved means saved in a grid's shared texts: servers killed as they say so, at a freeze and at the reveal."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import pytest
from hypothesis import settings
from websockets.exceptions import ConnectionClosed

from app.config import Settings
from app.texts import frames
from tests.phones import move_request
from tests.reliability.nursery import Doomed, Nursery
from tests.reliability.trials import FAR, contents
from tests.reliability.ways import GRID
from tests.rooms import Plan, Room, prepare
from tests.texts.gate import reared_alone
from tests.texts.writer import Writer, until

THOROUGH = settings.default is not None and settings.default.max_examples >= 1000
# At each of two moments; PostgreSQL's commit is the same for all of them.
KILLS = {"sqlite": 100 if THOROUGH else 15, "postgresql": 10 if THOROUGH else 2}
# At each of four others.
FREEZES = {"sqlite": 20 if THOROUGH else 4, "postgresql": 3 if THOROUGH else 1}
# Of education twice, of health twice, and of the police, who have no column.
SEATS = 5
CAUCUS = ((0, "cell-r1-education"), (3, "cell-r1-education"), (1, "cell-r2-health"), (4, "cell-r2-health"))
JOINT = ((0, "joint-r1"), (1, "joint-r1"), (2, "joint-r2"), (3, "joint-r2"))
OPENINGS = {"joint-r1": "Together we mean", "joint-r2": "We begin by"}

NUMBERS = count(1)


@pytest.fixture(scope="module")
def rearing(module_settings: Settings) -> Iterator[Nursery[None]]:
    """Servers to kill, on SQLite and on PostgreSQL."""
    with reared_alone(module_settings) as made:
        yield made


def often(settings: Settings, kills: dict[str, int]) -> int:
    """Say how often a server is killed on this database."""
    return kills["sqlite" if settings.database_url is None else "postgresql"]


@dataclass
class Page:
    """One page and all that was typed there: each word, and its writer's clock as it was whole."""

    name: str
    writer: Writer
    typed: list[tuple[str, int]] = field(default_factory=list)

    async def type(self, words: int, at: int | None = None) -> None:
        """Type some words that nobody has typed yet; a line that is cut takes none."""
        client = self.writer.doc.client_id
        with contextlib.suppress(ConnectionClosed):
            for _ in range(words):
                word = f"{next(NUMBERS)}."
                self.writer.write(f" {word} ", at)
                self.typed.append((word, frames.read_state(self.writer.doc.get_state())[client]))
                await self.writer.flush()

    @property
    def believed(self) -> list[str]:
        """List the words of which the server has said that they are saved."""
        known = self.writer.stored.get(self.writer.doc.client_id, 0)
        return [word for word, clock in self.typed if clock <= known]

    @property
    def words(self) -> list[str]:
        """List all words that were typed here."""
        return [word for word, _ in self.typed]


@asynccontextmanager
async def pages(room: Room, who: Sequence[tuple[int, str]]) -> AsyncIterator[list[Page]]:
    """Bring pages that have not come to a server yet."""
    found = [Page(name, Writer(room, room.seats[seat].cookie, name)) for seat, name in who]
    try:
        yield found
    finally:
        await asyncio.gather(*(one.writer.close() for one in found), return_exceptions=True)


async def come(server: Doomed, found: Sequence[Page]) -> None:
    """Let all pages come to a server."""
    for one in found:
        one.writer.on_saved = None
    await asyncio.gather(*(one.writer.open(server.port) for one in found))
    await until(lambda: all(one.writer.synced for one in found), "all see their text")


async def see_it_die(found: Sequence[Page]) -> None:
    """Wait until all pages have lost their line."""
    await until(lambda: all(one.writer.closed is not None for one in found), "the server is gone")


def grid_room(settings: Settings, phase: str) -> Room:
    """Bring a room with a grid to a phase."""
    return prepare(settings, seats=SEATS, phase=phase, plan=Plan("grid", GRID))[0]


def stored(settings: Settings, room: Room) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read a room's only board and its texts by name, as a server that starts now finds them."""
    _, boards, texts = contents(settings, [room])[0]
    return next(iter(boards.values())), {name: text for (_, name), text in texts.items()}


def doubled_or_lost(text: str, wanted: Sequence[str]) -> list[str]:
    """List the words that do not stand exactly once in a text."""
    found = Counter(text.split())
    return [word for word in wanted if found[word] != 1]


async def ask_and_kill(server: Doomed, room: Room, cookie: str, path: str = "moves", **fields: Any) -> bool:
    """Ask for something and kill the server on the first byte of its answer; gives whether it was granted."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(move_request(room.code, room.step, cookie, {"version": FAR, **fields}, path=path))
    first = await reader.read(64)
    server.kill()
    writer.close()
    return first.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(("phase", "who"), [("caucus", CAUCUS), ("joint", JOINT)])
async def test_nothing_saved_in_a_grids_texts_is_lost_or_doubled_when_the_server_is_killed(
    module_settings: Settings, rearing: Nursery[None], phase: str, who: tuple[tuple[int, str], ...]
) -> None:
    room = grid_room(module_settings, phase)
    async with pages(room, who) as found:
        for turn in range(often(module_settings, KILLS)):
            with rearing.server() as server:
                await come(server, found)
                found[turn % len(found)].writer.on_saved = server.kill
                typing = (one.type(1 + (turn + place) % 3, 0 if place % 2 else None) for place, one in enumerate(found))
                await asyncio.gather(*typing)
                await see_it_die(found)
            believed = {
                one.name: [word for other in found if other.name == one.name for word in other.believed]
                for one in found
            }
            texts = stored(module_settings, room)[1]
            assert any(believed.values())
            assert {name: doubled_or_lost(texts[name]["words"], words) for name, words in believed.items()} == {
                name: [] for name in believed
            }
        with rearing.server() as server:
            await come(server, found)
            await until(lambda: all(one.writer.saved for one in found), "all is saved")
            by_name = {one.name: {other.writer.text for other in found if other.name == one.name} for one in found}
            await until(lambda: all(agree(found, name) for name in by_name), "all see the same")
    texts = stored(module_settings, room)[1]
    for name in by_name:
        opening = OPENINGS.get(name, "").split()
        typed = [word for one in found if one.name == name for word in one.words]
        assert Counter(texts[name]["words"].split()) == Counter([*opening, *typed])
        assert {one.writer.text for one in found if one.name == name} == {texts[name]["words"]}


def agree(found: Sequence[Page], name: str) -> bool:
    """Tell whether all pages at a text show the same."""
    return len({one.writer.text for one in found if one.name == name}) == 1


@pytest.mark.parametrize("in_flight", [False, True], ids=["after saved", "words under way"])
async def test_what_was_saved_is_what_a_check_is_on_however_the_server_dies(
    module_settings: Settings, rearing: Nursery[None], *, in_flight: bool
) -> None:
    for turn in range(often(module_settings, FREEZES)):
        room = grid_room(module_settings, "joint")
        async with pages(room, JOINT[:2]) as found:
            with rearing.server() as server:
                await come(server, found)
                # Between “saved” and the check.
                found[turn % 2].writer.on_saved = server.kill
                await asyncio.gather(*(one.type(2) for one in found))
                await see_it_die(found)
            with rearing.server() as server:
                await come(server, found)
                await until(lambda: all(one.writer.saved for one in found), "all is saved")
                typing = asyncio.gather(*(one.type(3) for one in found)) if in_flight else asyncio.sleep(0)
                asking = ask_and_kill(server, room, room.seats[0].cookie, move="open_check", row="r1")
                asked, _ = await asyncio.gather(asking, typing)
                assert asked
                await see_it_die(found)
            board, texts = stored(module_settings, room)
            believed = [word for one in found for word in one.believed]
            checked_as(board, texts, "joint-r1", believed)
            assert len(believed) >= 4
            # Whatever comes after is not in it, and whoever brings it is told so.
            for one in found:
                one.writer.told.clear()
            with rearing.server() as server:
                await asyncio.gather(*(one.writer.open(server.port) for one in found))
                taken = set(texts["joint-r1"]["words"].split())
                told = [one.writer.told for one in found if not taken.issuperset(one.words)]
                await until(partial(all_told, told, "closed"), "who is late is told so")
                await until(lambda: all("read" in one.writer.told for one in found), "nobody may write")
            assert stored(module_settings, room) == (board, texts)


def all_told(told: Sequence[Sequence[str]], word: str) -> bool:
    """Tell whether all were told a word."""
    return all(word in one for one in told)


def checked_as(board: dict[str, Any], texts: dict[str, Any], name: str, believed: Sequence[str]) -> None:
    """Insist that a text stands frozen, with all that was saved, as its table has it."""
    text = texts[name]
    on_board = board["content"]["joints"][name.removeprefix("joint-")]
    assert not text["open"]
    assert text["versions"] == [(1, "frozen", text["words"])]
    assert (on_board["text"], on_board["frozen"]) == (text["words"].strip(), True)
    assert doubled_or_lost(text["words"], believed) == []


async def test_a_row_is_locked_in_the_words_that_were_checked_however_often_the_server_dies(
    module_settings: Settings, rearing: Nursery[None]
) -> None:
    for _ in range(often(module_settings, FREEZES)):
        room = grid_room(module_settings, "joint")
        async with pages(room, JOINT[:2]) as found:
            with rearing.server() as server:
                await come(server, found)
                found[0].writer.on_saved = server.kill
                await asyncio.gather(*(one.type(1) for one in found))
                await see_it_die(found)
            with rearing.server() as server:
                await come(server, found)
                await until(lambda: all(one.writer.saved for one in found), "all is saved")
        words = stored(module_settings, room)[1]["joint-r1"]["words"]
        asks: list[tuple[int, dict[str, Any]]] = [
            *[(0, {"move": "open_check", "row": "r1"})],
            *[(seat, {"move": "answer_check", "row": "r1", "value": 4}) for seat in range(SEATS)],
            *[(1, {"move": "lock_row", "row": "r1"})],
        ]
        for seat, fields in asks:
            with rearing.server() as server:
                assert await ask_and_kill(server, room, room.seats[seat].cookie, **fields), fields
        board, texts = stored(module_settings, room)
        row = board["content"]["joints"]["r1"]
        assert (row["text"], row["locked"], row["ending"]) == (words.strip(), True, "agreed")
        assert (texts["joint-r1"]["words"], texts["joint-r1"]["open"]) == (words, False)


@pytest.mark.parametrize("by", ["the answer", "saved"])
async def test_a_reveal_shows_all_that_was_saved_and_nothing_else_however_the_server_dies(
    module_settings: Settings, rearing: Nursery[None], by: str
) -> None:
    for turn in range(often(module_settings, FREEZES)):
        room = grid_room(module_settings, "caucus")
        async with pages(room, CAUCUS) as found:
            with rearing.server() as server:
                await come(server, found)
                await asyncio.gather(*(one.type(1) for one in found))
                await until(lambda: all(one.writer.saved for one in found), "all is saved")
                if by == "saved":
                    found[turn % len(found)].writer.on_saved = server.kill
                asking = ask_and_kill(server, room, room.trainer, "phase", phase="reveal")
                typing = asyncio.gather(*(one.type(2 + turn % 2) for one in found))
                granted, _ = await asyncio.gather(asking, typing, return_exceptions=True)
                await see_it_die(found)
            board, texts = stored(module_settings, room)
            revealed_or_not(board, texts, found, granted=granted is True)
            with rearing.server() as server:
                await asyncio.gather(*(one.writer.open(server.port) for one in found))
                if board["phase"] == "reveal":
                    await see_it_die(found)
                    assert {one.writer.closed for one in found} == {4404}
                    assert stored(module_settings, room) == (board, texts)
                else:
                    await until(lambda: all(one.writer.saved for one in found), "all is saved after all")


def revealed_or_not(board: dict[str, Any], texts: dict[str, Any], found: Sequence[Page], *, granted: bool) -> None:
    """Insist that a table is before its reveal or behind it, wholly, with all that was saved."""
    revealed = board["phase"] == "reveal"
    assert revealed or not granted
    assert {text["open"] for text in texts.values()} == {not revealed}
    cells = {
        f"cell-{row}-{one}": words for row, there in board["content"]["cells"].items() for one, words in there.items()
    }
    wanted = {name: text["words"].strip() for name, text in texts.items() if text["words"].strip()}
    assert cells == (wanted if revealed else {})
    for one in found:
        assert doubled_or_lost(texts[one.name]["words"], one.believed) == []
        if revealed:
            assert texts[one.name]["versions"] == [(1, "frozen", texts[one.name]["words"])]
