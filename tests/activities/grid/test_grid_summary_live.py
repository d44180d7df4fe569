"""A grid that people played in a workshop, told from the database: to whom, when, and nothing that is not theirs."""

import json
from typing import Any

import pytest
from sqlmodel import select

from app.exports.build import build
from app.exports.record import Record
from app.exports.report import report
from app.exports.wording import in_words
from app.workshops.models import Board
from tests.activities.grid.telling import blocks, texts
from tests.cast import GRID, Cast, assemble
from tests.live.acting import move, phase
from tests.live.pads import write
from tests.running import Concord

VERSIONS: tuple[tuple[Any, int | None], ...] = (
    ("trainer", None),
    ("commissioner", None),
    ("participant", None),
    ("participant", 1),
    ("participant", 2),
)


def recorded(cast: Cast, version: Any, own: int | None = None) -> Record:
    """Record a workshop."""
    return cast.read(lambda session: build(session, cast.workshop_id, version, own))


def told(cast: Cast, version: Any, own: int | None = None) -> str:
    """Tell a workshop, all of it in one text."""
    made = in_words(report(recorded(cast, version, own)), "en")
    return "\n".join(texts(made))


def who_reads(cast: Cast, words: str) -> list[tuple[Any, int | None]]:
    """List the versions in which some words stand."""
    return [(version, own) for version, own in VERSIONS if words in told(cast, version, own)]


def agree(cast: Cast, row: str, value: int, *names: str, note: str = "") -> None:
    """Let people answer the open check."""
    for name in names:
        assert move(cast, cast.seats[name], "answer_check", row=row, value=value, note=note).status_code == 200


def play(cast: Cast, table: int | None = None) -> None:
    """Let table 1, or all together, come from jots to a locked grid: a sentence agreed, one with both kept."""
    first = 0 if cast.steps()[0].setup.get("scope") == "room" else 1
    people = [name for name in cast.seats if name != "Rob" and (first == 0 or cast.seat(name).table_id == at(cast))]
    phase(cast, "jot", table)
    move(cast, cast.ann, "jot", row="r1", text="Sparrowhawk")
    phase(cast, "caucus", table)
    write(cast, cast.ann, "cell-r1-health", "Clinic says so.", table=first)
    phase(cast, "reveal", table)
    move(cast, cast.ben, "mark", row="r1", column="health", mark="question", text="Which clinic?")
    phase(cast, "joint", table)
    write(cast, cast.ann, "joint-r1", "one plan.", table=first)
    move(cast, cast.ben, "open_check", row="r1")
    agree(cast, "r1", 4, *people)
    assert move(cast, cast.ann, "lock_row", row="r1").status_code == 200
    write(cast, cast.ann, "joint-r2", "listening.", table=first)
    for _ in range(2):
        move(cast, cast.ben, "open_check", row="r2")
        agree(cast, "r2", 1, *people, note="It is too vague.")
    both = move(cast, cast.ann, "choose_ending", ending="not_agreed", row="r2", other="We begin by asking.")
    assert both.status_code == 200
    phase(cast, "locked", table)


def at(cast: Cast) -> int:
    """Tell the id of table 1."""
    return cast.seat("Ann").table_id


@pytest.fixture
def played(grid_cast: Cast) -> Cast:
    """A workshop in which table 1 has locked its grid, and table 2 has not begun."""
    play(grid_cast, 1)
    return grid_cast


def test_what_is_told_of_a_grid_is_what_the_database_has(played: Cast) -> None:
    table = at(played)
    held = played.read(lambda session: session.exec(select(Board).where(Board.table_id == table)).one()).content
    made = told(played, "trainer")
    for row in held["joints"].values():
        for text in (row["text"], row["other"]):
            assert text.removeprefix("Together we mean ").removeprefix("We begin by ") in made
    found = json.loads(recorded(played, "trainer").model_dump_json())["steps"][0]["tables"]["1"]
    assert [one["text"] for one in found["cells"]] == [held["cells"]["r1"]["health"]]
    assert [one["text"] for one in found["statements"]] == [held["joints"][row]["text"] for row in ("r1", "r2")]


def test_in_mid_workshop_another_table_reads_nothing_of_it(played: Cast) -> None:
    for words in ("one plan.", "asking.", "Clinic says so."):
        assert who_reads(played, words) == [("trainer", None), ("commissioner", None), ("participant", 1)]


def test_once_the_workshop_is_closed_all_read_what_was_agreed_and_the_table_alone_how(played: Cast) -> None:
    assert played.trainer.post(f"/trainer/w/{played.code}/close").status_code == 303
    for words in ("one plan.", "listening.", "asking."):
        assert who_reads(played, words) == list(VERSIONS)
    assert who_reads(played, "Which clinic?") == [("trainer", None), ("participant", 1)]
    assert who_reads(played, "It is too vague.") == [("trainer", None), ("participant", 1)]


def test_nobody_reads_a_jot(played: Cast) -> None:
    assert who_reads(played, "Sparrowhawk") == []


def test_what_the_trainer_hides_is_gone_from_every_version(played: Cast) -> None:
    readers = who_reads(played, "Clinic says so.")
    assert readers == [("trainer", None), ("commissioner", None), ("participant", 1)]
    assert move(played, played.trainer, "hide", table=1, entry="cell-r1-health").status_code == 200
    assert who_reads(played, "Clinic says so.") == []
    assert who_reads(played, "one plan.") == readers


def test_the_one_grid_of_a_room_is_everybodys(concord: Concord) -> None:
    cast = assemble(concord, kind="grid", setup=GRID | {"scope": "room"})
    play(cast)
    assert who_reads(cast, "one plan.") == list(VERSIONS)
    assert who_reads(cast, "Which clinic?") == [("trainer", None), ("participant", 1), ("participant", 2)]


def test_where_only_the_rooms_figures_are_told_nothing_that_was_written_is(concord: Concord) -> None:
    cast = assemble(concord, kind="grid", setup=GRID, disclosure="aggregate")
    play(cast, 1)
    assert cast.trainer.post(f"/trainer/w/{cast.code}/close").status_code == 303
    for words in ("one plan.", "asking.", "Clinic says so."):
        assert who_reads(cast, words) == []
    assert "How many tables locked a joint statement" in told(cast, "trainer")


def test_a_sheet_has_the_whole_of_what_the_grid_says(played: Cast) -> None:
    made = report(recorded(played, "trainer"))
    whole = blocks(made.sections, type(made.sheets[0]))
    assert {"whole-grid"} <= {one.name for one in whole}
    assert "grid-statements" in [one.name for one in made.sheets]
