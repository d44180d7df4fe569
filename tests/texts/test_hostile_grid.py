"""Frames that no browser sends, in a grid's texts: the kind's own gate lets nobody do what is not theirs."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from app.config import Settings
from app.texts.frames import piece, sync
from app.texts.room import MOST_CHARACTERS
from tests.phones import move_request, talk
from tests.reliability.nursery import Nursery
from tests.reliability.trials import FAR, contents
from tests.reliability.ways import GRID
from tests.rooms import Plan, Room, prepare
from tests.texts.gate import reared_alone
from tests.texts.stored import stored_text
from tests.texts.test_hostile import (
    BEGUN,
    LONGEST_PAUSE,
    MALFORMED,
    REFUSED,
    ROUNDS,
    longest_pause,
    sent_by_eve,
    update,
)
from tests.texts.writer import Writer, until, writing

OURS = "Together we mean one plan."


@pytest.fixture(scope="module")
def module_settings(module_settings_on_sqlite: Settings) -> Settings:
    """What is refused before anything is stored is refused alike on both databases."""
    return module_settings_on_sqlite


@pytest.fixture(scope="module")
def rearing(module_settings: Settings) -> Iterator[Nursery[None]]:
    """Servers as they are."""
    with reared_alone(module_settings) as made:
        yield made


def grid_room(settings: Settings, phase: str) -> Room:
    """Bring a room of two tables with four seats each to a phase."""
    return prepare(settings, seats=8, tables=2, phase=phase, plan=Plan("grid", GRID))[0]


def at_table_1(room: Room) -> Room:
    """Leave out the seats of table 2."""
    return Room(room.id, room.code, room.step, room.statements, room.trainer, room.wall, room.seats[::2])


def all_texts(settings: Settings, room: Room) -> dict[tuple[int, str], str]:
    """Read all words that are stored of a room's texts."""
    return {at: text["words"] for at, text in contents(settings, [room])[0][2].items()}


async def make(port: int, room: Room, cookie: str, **fields: Any) -> None:
    """Make a move, which is taken."""
    line = await talk(port)
    reply = await line.ask(move_request(room.code, room.step, cookie, {"version": FAR, **fields}))
    line.close()
    assert reply.status == 200, reply.body[-300:]


async def test_strange_frames_in_a_joint_statement_end_their_sender_alone(
    module_settings: Settings, rearing: Nursery[None]
) -> None:
    room = at_table_1(grid_room(module_settings, "joint"))
    pauses = []
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:2], "joint-r1") as (ann, ben):
            await ann.type("one plan.")
            await until(lambda: ann.saved and ben.text == OURS, "saved")
            # On a busy machine the system holds up everybody now and then; what a frame does, it does each time.
            for _ in range(ROUNDS):
                longest_pause(server.port)
                ends = {what: await sent_by_eve(server.port, room, one, "joint-r1") for what, one in MALFORMED.items()}
                assert ends == dict.fromkeys(MALFORMED, 1007)
                pauses.append(longest_pause(server.port))
            ends = {what: await sent_by_eve(server.port, room, one, "joint-r1") for what, one in REFUSED.items()}
            assert ends == dict.fromkeys(REFUSED, 4409)
            assert await sent_by_eve(server.port, room, bytes(70_000), "joint-r1") == 1009
            await ben.type(" Still.")
            await until(lambda: ben.saved and ann.text == f"{OURS} Still.", "others go on")
    assert stored_text(module_settings, room, "joint-r1") == f"{OURS} Still."
    assert min(pauses) <= LONGEST_PAUSE, pauses


async def test_after_the_freeze_no_frame_changes_a_word(module_settings: Settings, rearing: Nursery[None]) -> None:
    room = at_table_1(grid_room(module_settings, "joint"))
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:3], "joint-r1") as (ann, ben, cat):
            await ann.type("one plan.")
            await until(lambda: ann.saved and ben.text == cat.text == OURS, "saved")
            await make(server.port, room, room.seats[0].cookie, move="open_check", row="r1")
            await ben.type(" Too late.")
            with cat.doc.transaction():
                del cat.words[0:8]
            await cat.flush()
            await until(lambda: ben.closed == cat.closed == 4409, "ben and cat are refused")
            assert "closed" in ben.told
            assert "closed" in cat.told
            ends = {what: await sent_by_eve(server.port, room, one, "joint-r1") for what, one in MALFORMED.items()}
            assert ends == dict.fromkeys(MALFORMED, 1007)
            assert (ann.closed, ann.text) == (None, OURS)
    assert stored_text(module_settings, room, "joint-r1") == OURS


async def test_nobody_writes_what_is_not_theirs_whatever_they_send(
    module_settings: Settings, rearing: Nursery[None]
) -> None:
    room = grid_room(module_settings, "caucus")
    ours = at_table_1(room)
    # At table 1 sit education, the police, health and education again; at table 2 health first.
    with rearing.server() as server:
        async with writing(server.port, ours, ours.seats[:1], "cell-r1-education") as (ann,):
            await ann.type("Ours alone")
            await until(lambda: ann.saved, "saved")
            tried = {
                "another agency": Writer(room, ours.seats[1].cookie, "cell-r1-education"),
                "the same agency of another table": Writer(room, room.seats[3].cookie, "cell-r1-education"),
                "another table": Writer(room, ours.seats[0].cookie, "cell-r1-education", 2),
                "the room's": Writer(room, ours.seats[0].cookie, "cell-r1-education", 0),
                "no such row": Writer(room, ours.seats[0].cookie, "cell-r9-education"),
                "no text of the kind": Writer(room, ours.seats[0].cookie, "plan"),
                "not yet": Writer(room, ours.seats[0].cookie, "joint-r1"),
                "the desk": Writer(room, room.trainer, "cell-r1-education", wanted="desk"),
                "the wall": Writer(room, room.wall, "cell-r1-education", wanted="wall"),
            }
            for one in tried.values():
                await one.open(server.port)
            await until(lambda: all(one.closed for one in tried.values()), "all are shown out")
            assert {what: (one.closed, one.text) for what, one in tried.items()} == dict.fromkeys(tried, (4404, ""))
            await ann.type(".")
            await until(lambda: ann.saved, "ann goes on")
    assert {words for words in all_texts(module_settings, room).values() if words} == {"Ours alone."}


@pytest.mark.parametrize("wanted", ["desk", "wall"])
async def test_what_the_desk_and_the_wall_write_in_a_joint_statement_is_dropped(
    module_settings: Settings, rearing: Nursery[None], wanted: str
) -> None:
    room = at_table_1(grid_room(module_settings, "joint"))
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:2], "joint-r1") as (ann, ben):
            cookie = room.trainer if wanted == "desk" else room.wall
            reader = await Writer(room, cookie, "joint-r1", wanted=wanted).open(server.port)
            await until(lambda: reader.synced, f"the {wanted} sees the text")
            assert reader.told == ["read"]
            await reader.type("Not mine.")
            await reader.send(sync(2, update(BEGUN + piece(b"Nor this."))))
            await until(lambda: reader.settled >= 3, f"the {wanted} was heard")
            await ann.type("one plan.")
            await until(lambda: ann.saved and ben.text == OURS and "one plan." in reader.text, "others go on")
            assert reader.closed is None
            await reader.send(MALFORMED["nine bytes that claim clients"])
            await until(lambda: reader.closed == 1007, f"the {wanted} is shown out")
            await reader.close()
    assert stored_text(module_settings, room, "joint-r1") == OURS


async def test_gaps_and_too_many_characters_in_a_cell_end_their_sender(
    module_settings: Settings, rearing: Nursery[None]
) -> None:
    room = prepare(module_settings, seats=9, phase="caucus", plan=Plan("grid", GRID))[0]
    education = room.seats[::3]
    with rearing.server() as server:
        async with writing(server.port, room, education, "cell-r1-education") as (ann, ben, eve):
            await ann.type("x" * (MOST_CHARACTERS - 1))
            await until(lambda: ann.saved and len(ben.text) == MOST_CHARACTERS - 1, "nearly full")
            await ben.type("yz")
            await until(lambda: ben.closed == 4409, "ben begins anew")
            assert "long" in ben.told
            for turn in range(70):
                await eve.send(sync(2, update(b"\x84\x4d" + bytes([9 + turn]) + b"\1x", clock=10 + turn)))
            await until(lambda: eve.closed == 4409, "eve is shown out")
            assert "gap" in eve.told
            await ann.type("y")
            await until(lambda: ann.saved, "ann goes on")
    assert stored_text(module_settings, room, "cell-r1-education") == "x" * (MOST_CHARACTERS - 1) + "y"


async def test_words_that_come_back_after_the_freeze_are_refused_and_pages_without_any_stay(
    module_settings: Settings, rearing: Nursery[None]
) -> None:
    room = at_table_1(grid_room(module_settings, "joint"))
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:2], "joint-r1") as (ann, ben):
            await ann.type("one plaan.")
            await until(lambda: ann.saved and ben.text == "Together we mean one plaan.", "saved")
            with ann.doc.transaction():
                del ann.words[23:24]
            await ann.flush()
            await until(lambda: ann.saved and ben.text == OURS, "mended")
            await asyncio.gather(ann.close(), ben.close())
            ben.write(" Written without a line.")
            await make(server.port, room, room.seats[2].cookie, move="open_check", row="r1")
            await asyncio.gather(ann.open(server.port), ben.open(server.port))
            await until(lambda: ben.closed == 4409, "ben is refused")
            assert ben.told[-2:] == ["read", "closed"]
            # All that ann's page said as it came is settled: it need not come again.
            await until(lambda: ann.synced and ann.sent == ann.settled == 1, "ann reads on")
            assert (ann.told[-1], ann.text, ann.closed) == ("read", OURS, None)
    assert stored_text(module_settings, room, "joint-r1") == OURS
