import asyncio
import importlib
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session, select

from app.db import Database
from app.library import loader
from app.robots import visions
from app.robots.device import Server
from app.robots.play import Outcome, Plan, Room
from app.robots.temperaments import Temperament
from app.workshops.models import Step
from tests.served import served
from tests.services import free_port

demo = importlib.import_module("app.cli.demo")
SECONDS = 150.0
RANKING, GRID, HALF_DAY = "good-practice-outcomes", "joint-visioning", "joint-training-half-day"


class Stage:
    """A ready workshop on a server of its own."""

    def __init__(self, folder: Path, tables: int, seats: int, agenda: str = RANKING) -> None:
        self.tables, self.seats = tables, seats
        port = free_port()
        self.stage = demo.prepare(demo.Wanted(tables, seats, 1, 0, "127.0.0.1", port, agenda), folder)
        self.serving = served(self.stage.settings, port=port)
        self.address = f"http://127.0.0.1:{port}"

    def change(self, **told: object) -> "Stage":
        """Set up the first step otherwise."""

        def write(session: Session) -> None:
            step = session.exec(select(Step)).one()
            step.setup = step.setup | told
            session.add(step)

        with closing(Database(self.stage.settings.database_address)) as db:
            db.run_now(write)
        return self

    def play(self, seed: int = 1) -> tuple[Room, Outcome]:
        """Let robots play it to the end."""
        plan = Plan(
            Server(self.address), self.stage.told["workshop"], self.tables, self.seats, seed, 0, self.stage.link
        )
        room = Room(plan)

        async def whole() -> Outcome:
            try:
                async with asyncio.timeout(SECONDS):
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


GRID_PHASES = ["jot", "caucus", "reveal", "answer", "joint", "check", "locked"]
JOINTS = [f"joint-r{number}" for number in range(1, 8)]


@pytest.fixture(scope="module")
def half_day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Room, Outcome]:
    return Stage(tmp_path_factory.mktemp("half-day"), 2, 4, HALF_DAY).play()


def even(words: str) -> str:
    """Make the spaces of a text even, as a page's are read."""
    return " ".join(words.split())


def test_robots_play_half_a_day_from_the_first_jot_to_the_last_list(half_day: tuple[Room, Outcome]) -> None:
    _, outcome = half_day
    assert (outcome.phases, outcome.troubles) == (GRID_PHASES + PHASES, [])
    assert {number: [bool(one) for one in locked] for number, locked in outcome.locked.items()} == {
        1: [True, True],
        2: [True, True],
    }


def test_every_joint_statement_that_is_locked_is_what_robots_wrote(half_day: tuple[Room, Outcome]) -> None:
    _, outcome = half_day
    assert len(outcome.written) == 2
    for number, written in outcome.written.items():
        grid = even(outcome.locked[number][0])
        assert [name for name in JOINTS if even(written.get(name, "nothing")) not in grid] == []


def test_two_wrote_in_each_joint_statement_and_where_one_was_mended_it_says_so(half_day: tuple[Room, Outcome]) -> None:
    _, outcome = half_day
    prompts = [row["prompt"] for row in loader.everything()["joint-visioning"].fields["rows"]]
    mended = 0
    for written in outcome.written.values():
        for name, prompt in zip(JOINTS, prompts, strict=True):
            begun, added = f"{prompt.rstrip(' …')} {visions.joint(prompt).whole}", written[name]
            assert added.startswith(begun)
            assert added.removeprefix(begun) in ("", visions.mended(prompt), visions.mended(prompt) + visions.MENDED)
            mended += added != begun
    assert mended > 0


def test_each_agency_of_a_table_has_written_all_its_cells(half_day: tuple[Room, Outcome]) -> None:
    _, outcome = half_day
    columns = ("education", "health", "social-care", "other")
    cells = {f"cell-r{number}-{column}" for number in range(1, 8) for column in columns}
    assert {name for name in outcome.written[1] if name.startswith("cell")} == cells


def test_one_row_of_the_first_table_keeps_both_sentences(half_day: tuple[Room, Outcome]) -> None:
    room, outcome = half_day
    prompts = {f"r{n}": row["prompt"] for n, row in enumerate(loader.everything()["joint-visioning"].fields["rows"], 1)}
    apart = room.talks[1].first.mind.apart(tuple(prompts))
    said = {
        number: [visions.other(one) in even(locked[0]) for one in prompts.values()]
        for number, locked in outcome.locked.items()
    }
    assert said == {1: [row == apart for row in prompts], 2: [False] * 7}


def test_two_tables_with_one_grid_write_each_statement_once(tmp_path: Path) -> None:
    rows = [{"id": "r1", "prompt": "We begin by …"}, {"id": "r2", "prompt": "What could stop us is …"}]
    room, outcome = Stage(tmp_path, 2, 2, GRID).change(rows=rows, scope="room").play()
    assert (outcome.phases, outcome.troubles) == (GRID_PHASES, [])
    written = {number: [name for name in texts if name in JOINTS] for number, texts in outcome.written.items()}
    assert written == {1: JOINTS[:2], 2: []}
    assert {talk.together for talk in room.talks.values()} == {True}
    for number in (1, 2):
        locked = even(outcome.locked[number][0])
        assert [locked.count(visions.joint(row["prompt"]).whole[:40]) for row in rows] == [1, 1]
