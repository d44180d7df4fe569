"""Rights end at once, on whichever worker; and a hall of 200 honest phones behind one address is never refused."""

import asyncio
from collections import Counter
from urllib.parse import urlencode

from sqlalchemy import delete
from sqlmodel import Session

from app.accounts.models import SignedIn
from app.config import Settings
from app.db import Database
from app.web.state import utc_now
from app.workshops.models import Workshop
from app.workshops.service import remove_seat
from tests.phones import Line, request
from tests.reliability.crowd import looking, talking
from tests.rooms import Room, prepare

REMOVED, SIGNED_OUT = 4403, 4401


async def test_a_removed_seats_line_ends_within_two_seconds(database_settings: Settings, room: Room, port: int) -> None:
    def take_away(session: Session, version: int) -> None:
        remove_seat(session, session.get_one(Workshop, room.id), room.seats[0].id, utc_now())

    async with looking(port, room) as lines:
        # as another worker would: nothing rings here
        db = Database(database_settings.database_address)
        db.change_now(room.id, take_away)
        db.close()
        assert await ended(lines[0]) == REMOVED
        assert not any(line.closed.done() for line in lines[1:])


async def test_a_signed_out_trainers_line_ends_within_two_seconds(
    database_settings: Settings, room: Room, port: int
) -> None:
    def sign_out_everywhere(session: Session) -> None:
        session.execute(delete(SignedIn))

    async with looking(port, room) as lines:
        db = Database(database_settings.database_address)
        db.run_now(sign_out_everywhere)
        db.close()
        desk = lines[len(room.seats)]
        assert await ended(desk) == SIGNED_OUT
        assert [line.closed.done() for line in lines].count(True) == 1


async def test_two_hundred_honest_phones_behind_one_address_are_never_refused(
    sqlite_settings: Settings, sqlite_port: int
) -> None:
    room = prepare(sqlite_settings, seats=0, tables=8)[0]

    async def comes_in(number: int) -> tuple[int, int, int]:
        async with talking(sqlite_port, 1) as (phone,):
            asked = await phone.ask(request("GET", f"/join/{room.code}"))
            form = urlencode({"name": f"Person {number}", "agency": "none", "table": str(number % 8 + 1)}).encode()
            joined = await phone.ask(
                request("POST", f"/join/{room.code}", "", form, Content_Type="application/x-www-form-urlencoded")
            )
            cookie = joined.head.partition(b"set-cookie: ")[2].split(b";")[0].decode()
            return asked.status, joined.status, len(cookie)

    hall = [await asyncio.gather(*map(comes_in, range(at, at + 20))) for at in range(0, 200, 20)]
    answers = Counter((asked, joined) for some in hall for asked, joined, _ in some)
    assert answers == {(200, 303): 200}


async def ended(line: Line) -> int:
    """Wait until the server has closed a line; gives the code."""
    return await asyncio.wait_for(asyncio.shield(line.closed), 2)
