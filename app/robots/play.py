"""A whole room of robots: who comes when, which table they make, and how it comes out."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from app.robots.acts import SCRIPTS
from app.robots.device import Server
from app.robots.leader import Leader
from app.robots.robot import Robot, Trouble
from app.robots.talk import Pace, Talk
from app.robots.temperaments import Temperament, cast

JOINING = 20.0
"""Seconds that people take to come in, altogether."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A room to play: where, which workshop, how many, how fast, and the seed that makes it the same again.

    `link` is the trainer's one-time link to the desk; without it somebody else leads.
    """

    server: Server
    code: str
    tables: int = 3
    seats: int = 5
    seed: int = 1
    speed: float = 1.0
    link: str = ""


@dataclass(slots=True)
class Outcome:
    """How it came out: what each table locked, in the words of its seat pages, and what robots stumbled over.

    `results` are the last step's, `locked` those of all steps; `written` are the shared texts as robots wrote them.
    """

    results: dict[int, str] = field(default_factory=dict)
    locked: dict[int, tuple[str, ...]] = field(default_factory=dict)
    written: dict[int, dict[str, str]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    phases: list[str] = field(default_factory=list)


class Room:
    """All robots of one workshop."""

    def __init__(self, plan: Plan, moved: Callable[[str], None] = lambda _: None) -> None:
        self.plan = plan
        self.pace = Pace(plan.speed)
        self.robots = [
            Robot.new(mind, plan.server, plan.code) for mind in cast(str(plan.seed), plan.tables, plan.seats)
        ]
        self.talks: dict[int, Talk] = {}
        self.outcome = Outcome()
        self.moved = moved
        self.link = plan.link
        self._tasks: list[asyncio.Task[None]] = []

    async def play(self) -> Outcome:
        """Come in and take part, to the end of the agenda where a robot leads, else until the workshop is over."""
        try:
            await self.come_in()
            self._tasks = [asyncio.create_task(talk.run(SCRIPTS)) for talk in self.talks.values()]
            if self.link:
                self._tasks.append(asyncio.create_task(self.lead()))
            over: list[asyncio.Task[None]] = []
            while not over:
                # Somebody may begin to lead in the meantime, so look again now and then.
                await asyncio.wait(self._tasks, timeout=1, return_when=asyncio.FIRST_COMPLETED)
                over = [task for task in self._tasks if task.done()]
            for task in over:
                task.result()
            await self.write_down()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        return self.outcome

    def hand_over(self, link: str) -> bool:
        """Let a robot lead from now on; False where one does already."""
        if self.link:
            return False
        self.link = link
        if self._tasks:
            self._tasks.append(asyncio.create_task(self.lead()))
        return True

    async def come_in(self) -> None:
        """Take seats one after another, but for those who come late."""
        early = [robot for robot in self.robots if robot.mind.temperament is not Temperament.LATE]
        for robot in early:
            await asyncio.sleep(self.pace.of(JOINING / len(early)))
            await robot.join()
            await self.seat(robot)
        late = [robot for robot in self.robots if robot.mind.temperament is Temperament.LATE]
        tables = sorted(self.talks)
        for robot in late:
            self.talks[tables[robot.mind.table % len(tables)]].coming.append(robot)
        for place, table in enumerate(tables):
            self.talks[table].share = (place, len(tables))

    async def seat(self, robot: Robot) -> None:
        """Let a robot take part in the talk of the table it was given."""
        talk = self.talks.get(robot.table)
        if talk is None:
            talk = self.talks[robot.table] = Talk(robot.table, self.pace, seated=self.seat)
        talk.here.append(robot)

    async def lead(self) -> None:
        """Let a robot be the trainer."""
        plan = self.plan
        leader = Leader.new(plan.server, self.link, self.pace, str(plan.seed))
        leader.moved = self._moved
        try:
            await leader.sign_in()
            await leader.lead(list(self.talks.values()))
        finally:
            self.outcome.troubles += leader.troubles
            await leader.leave()

    def _moved(self, phase: str) -> None:
        self.outcome.phases.append(phase)
        self.moved(phase)

    async def write_down(self) -> None:
        """Read from the seat pages what each table has locked."""
        for number, talk in sorted(self.talks.items()):
            await talk.look()
            self.outcome.results[number] = talk.first.page.region("result").text
            self.outcome.locked[number] = tuple(talk.locked)
            self.outcome.written[number] = dict(talk.written)
        self.outcome.troubles += [trouble for robot in self.robots for trouble in robot.troubles]

    async def stay(self) -> None:
        """Stay seated after the play, so that screens show who is here."""
        while True:
            await asyncio.sleep(30)
            for robot in self.robots:
                if robot.table and not any(robot in talk.gone for talk in self.talks.values()):
                    await robot.look()

    async def leave(self) -> None:
        """Switch all devices off."""
        await asyncio.gather(*(robot.leave() for robot in self.robots), return_exceptions=True)
