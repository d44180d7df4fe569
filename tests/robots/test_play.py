import asyncio
import importlib
from pathlib import Path

import pytest

from app.robots.device import Server
from app.robots.play import Outcome, Plan, Room
from app.robots.temperaments import Temperament
from tests.served import served
from tests.services import free_port

demo = importlib.import_module("app.cli.demo")
SECONDS = 25.0
RANKING, GRID, HALF_DAY = "good-practice-outcomes", "joint-visioning", "joint-training-half-day"


class Stage:
    """A ready workshop on a server of its own."""

    def __init__(self, folder: Path, tables: int, seats: int, agenda: str = RANKING) -> None:
        self.tables, self.seats = tables, seats
        port = free_port()
        self.stage = demo.prepare(demo.Wanted(tables, seats, 1, 0, "127.0.0.1", port, agenda), folder)
        self.serving = served(self.stage.settings, port=port)
        self.address = f"http://127.0.0.1:{port}"

    def play(self, seed: int = 1) -> tuple[Room, Outcome]:
        """Let robots play it to the end."""
        plan = Plan(
            Server(self.address), self.stage.told["workshop"], self.tables, self.seats, seed, 0, self.stage.link
        )
        room = Room(plan)

        async def whole() -> Outcome:
            try:
                async with asyncio.timeout(SECONDS * 3):
                    return await room.play()
            finally:
                await room.leave()

        with self.serving:
            return room, asyncio.run(whole())


PHASES = ["read", "solo", "discard", "rank", "compare", "top", "check", "locked"]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Room, Outcome]:
    return Stage(tmp_path_factory.mktemp("play"), 2, 4).play()


def test_robots_play_a_workshop_to_the_plenary(played: tuple[Room, Outcome]) -> None:
    room, outcome = played
    assert (outcome.phases, outcome.troubles) == (PHASES, [])
    assert [bool(result) for _, result in sorted(outcome.results.items())] == [True, True]
    assert {talk.first.page.has("plenary") for talk in room.talks.values()} == {True}


def test_same_seed_comes_out_the_same(played: tuple[Room, Outcome], tmp_path: Path) -> None:
    _, again = Stage(tmp_path, 2, 4).play()
    assert again.results == played[1].results


def test_late_robot_joins_after_the_first_answers_and_has_a_list_of_its_own(played: tuple[Room, Outcome]) -> None:
    room, _ = played
    late = [robot for robot in room.robots if robot.mind.temperament is Temperament.LATE]
    assert [(robot.table, robot in room.talks[2].here, len(robot.statements)) for robot in late] == [(2, True, 10)]


def test_camps_speak_for_the_agencies_of_the_workshop(played: tuple[Room, Outcome]) -> None:
    room, _ = played
    assert len({robot.agency for robot in room.talks[1].here}) == 4


def test_robot_that_leaves_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    room, outcome = Stage(tmp_path, 1, 5).play(seed=3)
    assert [robot.mind.temperament for robot in room.talks[1].gone] == [Temperament.LEAVES]
    assert (outcome.phases, bool(outcome.results[1])) == (PHASES, True)
