"""A table of robots: one after another, in the order of their seats, in whatever phase their table is."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from app.robots import screens
from app.robots.robot import Robot
from app.robots.temperaments import Temperament

KEPT_ALIVE = 25.0
"""Seconds between two looks of a table that has nothing to do: soon enough to count as here."""

PATIENCE = 60.0
"""Seconds for which robots wait for people who are not done yet."""


class MovedOn(Exception):
    """The table is in another phase by now."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast robots are: 1 is to be watched, 10 ten times as fast, 0 without any pause."""

    speed: float

    def of(self, seconds: float) -> float:
        """Turn the seconds that people would take into ours."""
        return seconds / self.speed if self.speed > 0 else 0.0


@dataclass(slots=True, eq=False)
class Talk:
    """One table's robots. `finished`: they have done all that the phase asks for; `waits`: for an answer not theirs.

    `written` are the shared texts that they wrote, by name, as the server has saved them; `locked` what the table's
    pages say was locked, one step after the other. `row` is the sentence that the table is at, if it is at one, and
    `prompts` are the openings of all. Where all tables have one grid `together`, each writes its `share` of the cells,
    and the first one the joint statements.
    """

    number: int
    pace: Pace
    here: list[Robot] = field(default_factory=list)
    coming: list[Robot] = field(default_factory=list)
    gone: list[Robot] = field(default_factory=list)
    phase: str = ""
    finished: bool = False
    waits: bool = False
    told: asyncio.Event = field(default_factory=asyncio.Event)
    called: asyncio.Event = field(default_factory=asyncio.Event)
    seated: Callable[[Robot], Awaitable[None]] | None = None
    written: dict[str, str] = field(default_factory=dict)
    locked: list[str] = field(default_factory=list)
    row: str = ""
    prompts: Mapping[str, str] = field(default_factory=dict)
    share: tuple[int, int] = (0, 1)
    together: bool = False

    @property
    def first(self) -> Robot:
        """Who looks for all."""
        return self.here[0]

    def with_temper(self, temperament: Temperament) -> list[Robot]:
        """List those here who are like that."""
        return [robot for robot in self.here if robot.mind.temperament is temperament]

    async def run(self, scripts: Mapping[str, "Script"]) -> None:
        """Do what each phase asks for, until the workshop is over."""
        while True:
            await self.look()
            now = self.first.phase
            if now != self.phase:
                self.phase, self.finished, self.row = now, False, ""
                script = scripts.get(now)
                try:
                    if script is not None:
                        await script(self)
                except MovedOn:
                    self.waits = False
                    continue
            self.waits = False
            self.finished = True
            self.told.set()
            await self._rest()

    def call(self) -> None:
        """Ask the table to look again, as its phase may be another now."""
        self.finished = False
        self.called.set()

    async def look(self) -> None:
        """Let the first robot look."""
        await self.first.look()

    async def _rest(self) -> None:
        """Wait until the socket tells something, somebody calls, or it is time to show that all are still here."""
        heard = [asyncio.create_task(event.wait()) for event in (self.called, self.first.news)]
        try:
            await asyncio.wait(heard, timeout=self._patience(), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in heard:
                task.cancel()
        self.called.clear()
        self.first.news.clear()
        if not self.first.device.server.has_sockets:
            for robot in self.here:
                await robot.look()

    def _patience(self) -> float:
        return KEPT_ALIVE if self.first.device.server.has_sockets else 1.0

    async def pause(self, seconds: float) -> None:
        """Take the time that people would; who is called away in the meantime goes."""
        left = self.pace.of(seconds)
        if not left:
            await asyncio.sleep(0)
        loop = asyncio.get_running_loop()
        until = loop.time() + left
        while (left := until - loop.time()) > 0:
            await asyncio.sleep(min(left, 0.5))
            self.still_here()

    def still_here(self) -> None:
        """Refuse to go on where the table has moved on."""
        if self.first.phase != self.phase:
            raise MovedOn

    async def each(self, seconds: float, robots: list[Robot] | None = None) -> AsyncIterator[Robot]:
        """Give each robot its turn within so many seconds, with a fresh page."""
        turn = list(self.here if robots is None else robots)
        for robot in turn:
            await self.pause(seconds / len(turn))
            await robot.look()
            if robot.phase != self.phase:
                raise MovedOn
            yield robot

    async def arrivals(self) -> AsyncIterator[Robot]:
        """Let those in who come late."""
        while self.coming:
            robot = self.coming.pop(0)
            await self.pause(2)
            await robot.join()
            if self.seated is not None:
                await self.seated(robot)
            yield robot

    async def until_closed(self, is_open: Callable[[Robot], bool]) -> None:
        """Wait for those who are no robots; after that for the trainer, who may close what is open."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self.pace.of(PATIENCE)
        while True:
            await self.first.look()
            self.still_here()
            if not is_open(self.first):
                self.waits = False
                return
            if loop.time() >= until or not self.others():
                self.waits = True
            await asyncio.sleep(max(0.02, min(1.0, self.pace.of(1.0))))

    async def for_others(self) -> None:
        """Wait a while for those who are no robots."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self.pace.of(PATIENCE)
        while self.others() and loop.time() < until:
            await asyncio.sleep(max(0.02, min(1.0, self.pace.of(1.0))))
            await self.first.look()
            self.still_here()

    def others(self) -> int:
        """Count those at the table who are no robots and are not done yet."""
        done, seats = screens.progress(self.first.page)
        return max(0, seats - len(self.gone) - max(done, len(self.here)))


Script = Callable[[Talk], Awaitable[None]]


def is_checking(robot: Robot) -> bool:
    """Say whether a check is open."""
    return screens.open_check(robot.page) is not None


def is_choosing(robot: Robot) -> bool:
    """Say whether an either/or is open."""
    return screens.open_either(robot.page) is not None


def is_marking(robot: Robot) -> bool:
    """Say whether marks are still asked for."""
    return bool(screens.marks(robot.page)[0])
