"""Retries are harmless, and exactly what was acknowledged before a phase closed is counted."""

import asyncio
import secrets

from sqlmodel import Session, select

from app.config import Settings
from app.workshops.models import Answer, Board, Workshop
from tests.phones import move_request
from tests.reliability.crowd import FAR, begin, move, talking
from tests.rooms import Room, prepare, reading


async def test_fifty_copies_of_one_move_have_one_effect_and_equal_replies(
    database_settings: Settings, room: Room, port: int
) -> None:
    before = version_of(database_settings, room)
    sent = move_request(
        room.code, room.step, room.seats[0].cookie, {"version": before} | room.ballot(3), secrets.token_hex(16)
    )
    async with talking(port, 50) as phones:
        replies = await asyncio.gather(*(phone.ask(sent) for phone in phones))
    assert {reply.status for reply in replies} == {200}
    assert len({reply.body for reply in replies}) == 1
    assert version_of(database_settings, room) == before + 1


async def test_a_late_retry_never_overwrites_something_newer(
    database_settings: Settings, room: Room, port: int
) -> None:
    seat, key = room.seats[0], secrets.token_hex(16)
    first = await move(port, room, seat, room.ballot(1), key)
    second = await move(port, room, seat, room.ballot(2), version=first.version)
    retried = await move(port, room, seat, room.ballot(1), key, version=first.version - 1)
    without_key = await move(port, room, seat, room.ballot(1), version=first.version - 1)
    assert [one.status for one in (first, second, retried, without_key)] == [200, 200, 200, 409]
    wanted = {name: room.ballot(2)[name] for name in ("discard", "order")}
    assert ballots_of(database_settings, room)[seat.id] == wanted
    assert version_of(database_settings, room) == second.version


async def test_exactly_the_acknowledged_answers_are_counted_when_a_phase_closes(
    database_settings: Settings, port: int
) -> None:
    room = prepare(database_settings, seats=50, tables=2)[0]
    closes = move_request(room.code, room.step, room.trainer, {"phase": "compare"}, path="phase")
    async with talking(port, 51) as (trainer, *phones):
        asked = []
        for turn, (phone, seat) in enumerate(zip(phones, room.seats, strict=True)):
            if turn == 25:
                asked.append(trainer.ask(closes))
            fields = {"version": FAR} | room.ballot(turn)
            asked.append(phone.ask(move_request(room.code, room.step, seat.cookie, fields)))
        replies = await asyncio.gather(*asked)
    closing = replies.pop(25)
    assert closing.status == 200
    assert {reply.status for reply in replies} <= {200, 409}
    told = {seat.id for seat, reply in zip(room.seats, replies, strict=True) if reply.status == 200}
    assert counted(database_settings, room) == told
    assert len(told) > 0


async def test_a_phase_that_closes_among_moves_under_way_counts_those_that_were_told_so(
    database_settings: Settings, port: int
) -> None:
    room = prepare(database_settings, seats=30, tables=2)[0]
    moves = [asyncio.create_task(move(port, room, seat, room.ballot(seat.id))) for seat in room.seats]
    await asyncio.wait(moves, return_when=asyncio.FIRST_COMPLETED)
    assert (await begin(port, room, "compare")).status == 200
    replies = await asyncio.gather(*moves)
    told = {seat.id for seat, reply in zip(room.seats, replies, strict=True) if reply.status == 200}
    assert counted(database_settings, room) == told


def version_of(settings: Settings, room: Room) -> int:
    """Read the workshop's version."""
    return reading(settings, lambda session: session.get_one(Workshop, room.id).version)


def ballots_of(settings: Settings, room: Room) -> dict[int, object]:
    """Read the ballots by seat."""

    def read(session: Session) -> dict[int, object]:
        return {one.seat_id: one.content["ballot"] for one in session.exec(select(Answer))}

    return reading(settings, read)


def counted(settings: Settings, room: Room) -> set[int]:
    """Read the seats whose ballots were kept as the phase closed."""

    def read(session: Session) -> set[int]:
        boards = session.exec(select(Board).where(Board.step_id == room.step))
        return {one["seat"] for board in boards for one in board.frozen["solo"]["answers"] if one["answer"]["ballot"]}

    return reading(settings, read)
