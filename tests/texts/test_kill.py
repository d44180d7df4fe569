"""Saved means saved: a server is killed as it says so, again and again, while people hold on to their pages."""

import asyncio
import contextlib
from itertools import count

from hypothesis import settings
from websockets.exceptions import ConnectionClosed

from app.config import Settings
from tests.rooms import prepare
from tests.texts.gate import reared
from tests.texts.stored import stored_text
from tests.texts.writer import Writer, pages, until

# Forty where the profile is thorough; PostgreSQL's commit is the same for all of them.
THOROUGH = settings.default is not None and settings.default.max_examples >= 1000
KILLS = {"sqlite": 40 if THOROUGH else 8, "postgresql": 8 if THOROUGH else 3}


async def test_nothing_that_was_saved_is_lost_or_doubled_when_the_server_is_killed(module_settings: Settings) -> None:
    room, words = prepare(module_settings, seats=2)[0], count(1)
    typed: dict[Writer, list[str]] = {}
    with reared(module_settings) as rearing:
        async with pages(room, room.seats) as writers:
            ann, ben = writers
            typed |= {ann: [], ben: []}
            for _ in range(KILLS["sqlite" if module_settings.database_url is None else "postgresql"]):
                with rearing.server() as server:
                    ann.on_saved = None
                    await asyncio.gather(*(one.open(server.port) for one in writers))
                    await until(lambda: ann.synced and ben.synced, "both see the text")
                    ann.on_saved = server.kill
                    with contextlib.suppress(ConnectionClosed):
                        for _ in range(3):
                            for one in writers:
                                typed[one].append(f"{next(words)}.")
                                await one.type(typed[one][-1] + " ", 0 if one is ben else None)
                    await until(lambda: ann.closed is not None and ben.closed is not None, "the server is gone")
                # Who was told last before the end is believed.
                kept = stored_text(module_settings, room).split()
                believed = [word for one in writers if one.saved for word in typed[one]]
                assert ann.saved
                assert [word for word in believed if kept.count(word) != 1] == []
            with rearing.server() as server:
                ann.on_saved = None
                await asyncio.gather(*(one.open(server.port) for one in writers))
                await until(lambda: ann.saved and ben.saved and ann.text == ben.text, "both see the same")
    everything = sorted(word for told in typed.values() for word in told)
    assert sorted(ann.text.split()) == everything
    assert sorted(stored_text(module_settings, room).split()) == everything
