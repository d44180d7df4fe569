"""A storm: workers killed, Redis restarted, PostgreSQL's lines cut, again and again, while people go on."""

import asyncio
import random
import secrets
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import psycopg
from sqlalchemy import make_url
from sqlmodel import Session, col, func, select

from app.config import Settings
from app.workshops.models import Answer, MadeMove
from tests.phones import HungUp, Line, look
from tests.reliability.crowd import current, hang_up, keep_moving, until
from tests.reliability.forked import forked
from tests.rooms import Held, Room, reading
from tests.services import embedded_redis, free_port


class Weather:
    """Two workers, a Redis of their own and the lines of a PostgreSQL database, and what befalls them."""

    def __init__(self, settings: Settings) -> None:
        self.redis_port = free_port()
        self.settings = settings.model_copy(update={"redis_url": f"redis://127.0.0.1:{self.redis_port}/0"})
        self.ports = free_port(), free_port()
        self.workers = ExitStack(), ExitStack()
        self.redis = ExitStack()
        self.blows = 0

    def start(self, worker: int) -> None:
        """Start one worker."""
        self.workers[worker].enter_context(forked(self.settings, self.ports[worker]))

    def blow(self) -> None:
        """Let one thing happen."""
        self.blows += 1
        what = self.blows % 4
        if what < 2:
            self.workers[what].close()
            self.start(what)
        elif what == 2:
            self.redis.close()
            self.redis.enter_context(embedded_redis(self.redis_port))
        else:
            self.cut_lines()

    def cut_lines(self) -> None:
        """End every line to the database."""
        address = make_url(self.settings.database_url or "")
        with psycopg.connect(address.set(drivername="postgresql").render_as_string(False), autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    @contextmanager
    def blowing(self, pause: float) -> Iterator[None]:
        """Let it blow while the block runs; everything runs again when it is over."""
        over = threading.Event()

        def blow() -> None:
            while not over.wait(pause):
                self.blow()

        wind = threading.Thread(target=blow, name="storm")
        wind.start()
        try:
            yield
        finally:
            over.set()
            wind.join(60)


@contextmanager
def weather(settings: Settings) -> Iterator[Weather]:
    """Run two workers and a Redis while the block runs."""
    made = Weather(settings)
    with made.redis, made.workers[0], made.workers[1]:
        made.redis.enter_context(embedded_redis(made.redis_port))
        made.start(0)
        made.start(1)
        yield made


@dataclass(slots=True)
class Person:
    """Somebody who goes on moving, and whose page comes back whenever its line is lost."""

    room: Room
    seat: Held
    ports: tuple[int, int]
    line: Line | None = None
    shown: int = 0
    saved: list[dict[str, object]] = field(default_factory=list)

    async def move(self, turn: int) -> int:
        """Make one move and stay at it until it is saved; gives the version of the reply."""
        fields = self.room.ballot(turn + self.seat.id)
        port = self.ports[(turn + self.seat.id) % 2]
        reply = await keep_moving(port, self.room, self.seat, fields, secrets.token_hex(16))
        assert reply.status == 200, reply.body
        self.saved.append({name: fields[name] for name in ("discard", "order")})
        return reply.version

    async def go_on(self, over: asyncio.Event) -> None:
        """Move at a person's pace."""
        turn = 0
        while not over.is_set():
            await self.move(turn)
            turn += 1
            await asyncio.sleep(random.uniform(0.05, 0.3))

    async def watch(self, over: asyncio.Event) -> None:
        """Keep a line open, at whichever worker answers."""
        tried = 0
        while not over.is_set():
            tried += 1
            try:
                self.line = await look(self.ports[(self.seat.id + tried) % 2], self.room.code, self.seat.cookie)
                await self.line.closed
            except (HungUp, OSError):
                pass
            await asyncio.sleep(0.2)


async def ride_out(air: Weather, room: Room, seconds: float, pause: float) -> float:
    """Let a room go through a storm; gives the seconds after the last write until every screen showed it."""
    people = [Person(room, seat, air.ports) for seat in room.seats]
    calm, over = asyncio.Event(), asyncio.Event()
    watching = [asyncio.create_task(person.watch(over)) for person in people]
    moving = [asyncio.create_task(person.go_on(calm)) for person in people]
    with air.blowing(pause):
        await asyncio.sleep(seconds)
    calm.set()
    await asyncio.gather(*moving)
    done = {"move": "done", "done": "true"}
    last = await keep_moving(air.ports[0], room, room.seats[0], done, secrets.token_hex(16))
    took = await until(lambda: all(one.line and current([one.line], last.version) for one in people), "screens follow")
    over.set()
    await hang_up(*(person.line for person in people if person.line))
    await asyncio.gather(*watching)
    check(air.settings, room, people)
    return took


def check(settings: Settings, room: Room, people: list[Person]) -> None:
    """Hold that nothing acknowledged was lost and nothing done twice."""

    def read(session: Session) -> tuple[dict[int, object], int]:
        answers = {one.seat_id: one.content["ballot"] for one in session.exec(select(Answer))}
        moves = select(func.count()).where(col(MadeMove.workshop_id) == room.id, col(MadeMove.maker).like("seat:%"))
        return answers, session.exec(moves).one()

    answers, made = reading(settings, read)
    assert {one.seat.id: one.saved[-1] for one in people} == {one.seat.id: answers[one.seat.id] for one in people}
    assert made == sum(len(person.saved) for person in people) + 1
