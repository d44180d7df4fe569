"""One drawing for all who see the same: a room of thirty costs as many drawings as a room of five."""

from datetime import UTC, datetime

import pytest

from app.config import Settings
from app.db import Database
from app.live import screens, snapshot
from app.live.audiences import DESK, WALL, Audience
from app.live.moves import Maker, Making, make, read_sent
from app.live.place import Place
from app.live.snapshot import Snapshot
from tests.rooms import Room, prepare

PLACE = Place("http://hall.test", b"a key for drawing that is long enough")


def read(db: Database, room: Room) -> Snapshot:
    found = db.run_now(lambda session: snapshot.read(session, room.id))
    assert found is not None
    return found


def move(db: Database, room: Room, seat: int, fields: dict[str, object]) -> None:
    sent = read_sent({"version": 10**6} | fields, None)
    maker = Maker(seat_id=room.seats[seat].id)
    db.change_now(
        room.id, lambda session, at: make(Making(session, at, room.id, room.step, maker, sent, datetime.now(UTC)))
    )


def all_screens(room: Room, now: Snapshot) -> dict[Audience, screens.Screen]:
    everybody = [*(Audience("seat", seat.id) for seat in room.seats), DESK, WALL]
    found = {audience: screens.screen(now, audience, "en", PLACE) for audience in everybody}
    return {audience: screen for audience, screen in found.items() if screen is not None}


def frames(before: dict[Audience, screens.Screen], now: dict[Audience, screens.Screen]) -> dict[Audience, str]:
    return {audience: screens.frame(before[audience], screen) for audience, screen in now.items()}


@pytest.mark.parametrize("seats", [5, 30])
def test_a_move_is_drawn_once_for_all_who_see_the_same(sqlite_settings: Settings, seats: int) -> None:
    room, db = prepare(sqlite_settings, seats=seats)[0], Database(sqlite_settings.database_address)
    before = all_screens(room, read(db, room))
    for screen in before.values():
        screens.whole(screen)
    move(db, room, 0, {"move": "done", "done": True})
    screens.drawn.cache_clear()
    sent = frames(before, all_screens(room, read(db, room)))
    db.close()
    changed = {html for html in sent.values() if html}
    assert len(changed) == len({"the maker's", "the others'", "the desk's", "the wall's"})
    # the count; the maker's order, which carries its version, and its word; the desk's and the wall's regions
    drawn = sum(html.count("<hx-partial") for html in changed)
    assert screens.drawn.cache_info().misses == drawn - len({"the count, which the maker and the others share"})


def test_a_private_move_is_drawn_for_its_maker_alone(sqlite_settings: Settings) -> None:
    room, db = prepare(sqlite_settings, seats=30)[0], Database(sqlite_settings.database_address)
    move(db, room, 0, room.ballot(1))
    before = all_screens(room, read(db, room))
    move(db, room, 0, room.ballot(2))
    sent = frames(before, all_screens(room, read(db, room)))
    db.close()
    assert {audience.seat for audience, html in sent.items() if html} == {room.seats[0].id}
