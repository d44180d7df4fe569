"""A grid under way: who may write where, what is frozen at which moment, and what the whole room has together."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app.texts.models import SharedText
from app.workshops.models import Board
from tests.cast import GRID, Cast, assemble
from tests.live.acting import move, phase
from tests.live.pads import pad, write
from tests.running import Concord

NOT_THEIRS = 4404


def board(cast: Cast, place: int = 0) -> dict[str, Any]:
    """Read a board of the step, the first table's if nothing else is said."""
    return cast.read(lambda session: list(session.exec(select(Board).order_by(Board.table_id)))[place].content)  # type: ignore[arg-type]


@contextmanager
def closed_with(code: int) -> Iterator[None]:
    """Expect that a text's line is not opened."""
    with pytest.raises(WebSocketDisconnect) as refused:
        yield
    assert refused.value.code == code


def open_text(cast: Cast, device: TestClient, name: str, table: int = 1, wanted: str = "seat") -> list[str]:
    """Open a text and leave; gives what one may there."""
    with pad(cast, device, name, table, wanted) as page:
        return page.told


def with_wall(cast: Cast) -> TestClient:
    """Bring a device on which the wall was opened from the desk."""
    device = cast.concord.visitor()
    desk = cast.trainer.get(f"/trainer/w/{cast.code}").text
    key = desk.split(f"/wall/{cast.code}?key=")[1].split('"')[0]
    assert device.get(f"/wall/{cast.code}?key={key}").status_code == 303
    return device


def test_a_cell_is_open_to_the_people_of_its_agency_alone(grid_cast: Cast) -> None:
    phase(grid_cast, "jot")
    with closed_with(NOT_THEIRS):
        open_text(grid_cast, grid_cast.ann, "cell-r1-health")
    phase(grid_cast, "caucus")
    assert open_text(grid_cast, grid_cast.ann, "cell-r1-health") == ["write"]
    for device, name, table in (
        (grid_cast.ben, "cell-r1-health", 1),
        (grid_cast.cat, "cell-r1-health", 1),
        (grid_cast.ann, "cell-r1-health", 2),
        (grid_cast.ann, "cell-r1-health", 0),
        (grid_cast.ann, "cell-r9-health", 1),
        (grid_cast.ann, "joint-r1", 1),
    ):
        with closed_with(NOT_THEIRS):
            open_text(grid_cast, device, name, table)
    for wanted, device in (("desk", grid_cast.trainer), ("wall", with_wall(grid_cast))):
        with closed_with(NOT_THEIRS):
            open_text(grid_cast, device, "cell-r1-health", wanted=wanted)


def test_first_words_are_news_and_those_after_them_are_not(grid_cast: Cast) -> None:
    phase(grid_cast, "caucus")
    before = grid_cast.workshop().version
    with pad(grid_cast, grid_cast.ann, "cell-r1-health") as page:
        assert grid_cast.workshop().version == before
        page.write("Seeing families")
        assert grid_cast.workshop().version == before + 1
        page.write(" once.")
    assert grid_cast.workshop().version == before + 1
    assert board(grid_cast)["begun"] == ["cell-r1-health"]


def test_words_reach_the_table_at_the_reveal_and_not_before(grid_cast: Cast) -> None:
    phase(grid_cast, "caucus")
    write(grid_cast, grid_cast.ann, "cell-r1-health", "Seeing families\n- once\n- together")
    move(grid_cast, grid_cast.ann, "agree_cell", row="r1")
    assert board(grid_cast)["cells"] == {}
    assert "Seeing families" not in grid_cast.ben.get(f"/w/{grid_cast.code}").text
    assert open_text(grid_cast, grid_cast.ann, "cell-r1-health") == ["read"]
    phase(grid_cast, "reveal")
    assert board(grid_cast)["cells"] == {"r1": {"health": "Seeing families\n- once\n- together"}}
    assert "Seeing families" in grid_cast.ben.get(f"/w/{grid_cast.code}").text


def test_what_is_written_as_the_columns_open_is_refused_and_not_shown(grid_cast: Cast) -> None:
    phase(grid_cast, "caucus")
    with (
        pad(grid_cast, grid_cast.ann, "cell-r1-health") as begun,
        pad(grid_cast, grid_cast.ann, "cell-r2-health") as fresh,
    ):
        begun.write("In time")
        phase(grid_cast, "reveal")
        begun.write(", too late")
        fresh.write("Too late")
        # Told so, or let go: the server looks by itself who may still write.
        assert begun.refused in (["closed"], ["gone"])
        assert fresh.refused in (["closed"], ["gone"])
    assert board(grid_cast)["cells"] == {"r1": {"health": "In time"}}


def test_a_joint_statement_begins_with_its_opening_once(grid_cast: Cast) -> None:
    phase(grid_cast, "joint")
    with pad(grid_cast, grid_cast.ann, "joint-r2") as ann, pad(grid_cast, grid_cast.ben, "joint-r2") as ben:
        assert str(ann.words) == str(ben.words) == "We begin by "
        ann.write("listening.")
    assert write(grid_cast, grid_cast.ben, "joint-r2", " Every day.") == "We begin by listening. Every day."


def test_desk_and_wall_read_a_joint_statement_and_never_write(grid_cast: Cast) -> None:
    phase(grid_cast, "joint")
    write(grid_cast, grid_cast.ann, "joint-r1", "one plan.")
    for wanted, device in (("desk", grid_cast.trainer), ("wall", with_wall(grid_cast))):
        with pad(grid_cast, device, "joint-r1", wanted=wanted) as page:
            assert (str(page.words), page.told) == ("Together we mean one plan.", ["read"])
    with closed_with(4401):
        open_text(grid_cast, grid_cast.ann, "joint-r1", wanted="wall")


def test_a_blank_wall_reads_nothing(grid_cast: Cast) -> None:
    phase(grid_cast, "joint")
    wall = with_wall(grid_cast)
    assert open_text(grid_cast, wall, "joint-r1", wanted="wall") == ["read"]
    grid_cast.trainer.post(f"/trainer/w/{grid_cast.code}/wall", data={"blank": "true"})
    with closed_with(NOT_THEIRS):
        open_text(grid_cast, wall, "joint-r1", wanted="wall")


def agree(cast: Cast, row: str, value: int, *names: str) -> None:
    """Let people answer the open check."""
    for name in names:
        assert move(cast, cast.seats[name], "answer_check", row=row, value=value, note="").status_code == 200


def test_a_check_is_on_fixed_words_and_failing_opens_them_again(grid_cast: Cast) -> None:
    phase(grid_cast, "joint")
    write(grid_cast, grid_cast.ann, "joint-r1", "one plan.")
    assert move(grid_cast, grid_cast.ben, "open_check", row="r1").status_code == 200
    assert board(grid_cast)["joints"]["r1"]["text"] == "Together we mean one plan."
    assert open_text(grid_cast, grid_cast.ann, "joint-r1") == ["read"]
    agree(grid_cast, "r1", 1, "Ann", "Ben")
    assert write(grid_cast, grid_cast.ann, "joint-r1", " For all.") == "Together we mean one plan. For all."
    move(grid_cast, grid_cast.ben, "open_check", row="r1")
    agree(grid_cast, "r1", 4, "Ann", "Ben")
    assert move(grid_cast, grid_cast.ann, "lock_row", row="r1").status_code == 200
    row = board(grid_cast)["joints"]["r1"]
    assert (row["text"], row["locked"], row["ending"]) == ("Together we mean one plan. For all.", True, "agreed")


def test_the_trainer_brings_an_earlier_version_back_into_an_open_text(grid_cast: Cast) -> None:
    phase(grid_cast, "joint")
    write(grid_cast, grid_cast.ann, "joint-r1", "one plan.")
    move(grid_cast, grid_cast.ben, "open_check", row="r1")
    wanted = select(SharedText.id).where(SharedText.name == "joint-r1")
    text = grid_cast.read(lambda session: session.exec(wanted).one())
    restore, at = f"/trainer/w/{grid_cast.code}/texts/{text}/restore", f"/trainer/w/{grid_cast.code}/texts"
    assert grid_cast.trainer.post(restore, data={"number": "1"}).status_code == 409
    agree(grid_cast, "r1", 1, "Ann", "Ben")
    write(grid_cast, grid_cast.ann, "joint-r1", " Gone wrong.")
    assert "Gone wrong" in grid_cast.trainer.get(at).text
    with pad(grid_cast, grid_cast.ben, "joint-r1") as page:
        assert grid_cast.trainer.post(restore, data={"number": "1"}).headers["location"] == at
        page.sync()
        assert str(page.words) == "Together we mean one plan."
    assert grid_cast.trainer.post(restore, data={"number": "7"}).status_code == 404
    assert grid_cast.trainer.post(restore, data={}).status_code == 422
    assert grid_cast.other_trainer.post(restore, data={"number": "1"}).status_code == 404


def test_cells_are_on_the_versions_page_only_once_they_are_revealed(grid_cast: Cast) -> None:
    phase(grid_cast, "caucus")
    write(grid_cast, grid_cast.ann, "cell-r1-health", "Seeing families")
    at = f"/trainer/w/{grid_cast.code}/texts"
    assert "Seeing families" not in grid_cast.trainer.get(at).text
    phase(grid_cast, "reveal")
    assert "Seeing families" in grid_cast.trainer.get(at).text


@pytest.mark.parametrize("disclosure", ["confidential", "named"])
def test_closing_in_the_middle_keeps_what_was_written(concord: Concord, disclosure: str) -> None:
    cast = assemble(concord, kind="grid", setup=GRID, disclosure=disclosure)
    phase(cast, "joint")
    write(cast, cast.ann, "joint-r1", "one plan.")
    assert cast.trainer.post(f"/trainer/w/{cast.code}/close").status_code == 303
    row = board(cast)["joints"]["r1"]
    assert (row["text"], row["ending"]) == ("Together we mean one plan.", "unchecked")


def test_jots_reach_colleagues_at_the_caucus_and_nobody_else(grid_cast: Cast) -> None:
    grid_cast.join("Dee", "health", 1)
    phase(grid_cast, "jot")
    move(grid_cast, grid_cast.ann, "jot", row="r1", text="Sparrowhawk")
    pages = {name: device.get(f"/w/{grid_cast.code}").text for name, device in grid_cast.seats.items() if name != "Rob"}
    assert [name for name, html in pages.items() if "Sparrowhawk" in html] == ["Ann"]
    phase(grid_cast, "caucus")
    pages = {name: device.get(f"/w/{grid_cast.code}").text for name, device in grid_cast.seats.items() if name != "Rob"}
    assert [name for name, html in pages.items() if "Sparrowhawk" in html] == ["Ann", "Dee"]
    phase(grid_cast, "joint")
    everybody = [
        *(device.get(f"/w/{grid_cast.code}").text for name, device in grid_cast.seats.items() if name != "Rob")
    ]
    everybody += [grid_cast.trainer.get(f"/trainer/w/{grid_cast.code}").text]
    everybody += [with_wall(grid_cast).get(f"/wall/{grid_cast.code}").text]
    assert not any("Sparrowhawk" in html for html in everybody)


@pytest.fixture
def room_cast(concord: Concord) -> Cast:
    """Everybody with one grid for the whole room."""
    return assemble(concord, kind="grid", setup=GRID | {"scope": "room"})


def test_a_room_with_one_grid_has_one_board_and_everybody_at_it(room_cast: Cast) -> None:
    phase(room_cast, "jot")
    move(room_cast, room_cast.cat, "jot", row="r1", text="From table two")
    phase(room_cast, "caucus")
    assert "From table two" in room_cast.ann.get(f"/w/{room_cast.code}").text
    assert write(room_cast, room_cast.ann, "cell-r1-health", "Ann and ", table=0) == "Ann and "
    assert write(room_cast, room_cast.cat, "cell-r1-health", "Cat.", table=0) == "Ann and Cat."
    for table in (1, 2):
        with closed_with(NOT_THEIRS):
            open_text(room_cast, room_cast.seats["Ann" if table == 1 else "Cat"], "cell-r1-health", table)
    phase(room_cast, "reveal")
    assert room_cast.read(lambda session: len(session.exec(select(Board)).all())) == 1
    assert board(room_cast)["cells"] == {"r1": {"health": "Ann and Cat."}}
    for device in (room_cast.ben, room_cast.cat):
        assert "Ann and Cat." in device.get(f"/w/{room_cast.code}").text


def test_two_tables_write_and_check_one_sentence_of_the_room(room_cast: Cast) -> None:
    phase(room_cast, "joint")
    with pad(room_cast, room_cast.ann, "joint-r1", 0) as ann, pad(room_cast, room_cast.cat, "joint-r1", 0) as cat:
        ann.write("one ")
        cat.sync()
        cat.write("plan.")
    assert move(room_cast, room_cast.cat, "open_check", row="r1").status_code == 200
    agree(room_cast, "r1", 5, "Ann", "Ben")
    assert board(room_cast)["checks"][0]["outcome"] is None
    agree(room_cast, "r1", 5, "Cat")
    assert board(room_cast)["checks"][0]["outcome"]["answered"] == 3


def test_a_table_added_to_a_room_with_one_grid_gets_no_board_of_its_own(room_cast: Cast) -> None:
    phase(room_cast, "jot")
    dan = room_cast.join("Dan", "education", 2)
    assert move(room_cast, dan, "jot", row="r1", text="Late").status_code == 200
    assert phase(room_cast, "caucus", table=0).status_code == 200
    assert room_cast.read(lambda session: session.exec(select(Board)).one()).phase == "caucus"
    desk = room_cast.trainer.get(f"/trainer/w/{room_cast.code}").text
    assert "Table 0" not in desk


def test_a_seat_that_leaves_lets_the_rooms_check_close(room_cast: Cast) -> None:
    phase(room_cast, "joint")
    write(room_cast, room_cast.ann, "joint-r1", "one plan.", table=0)
    move(room_cast, room_cast.ann, "open_check", row="r1")
    agree(room_cast, "r1", 5, "Ann", "Ben")
    cat = room_cast.seat("Cat").id
    assert room_cast.trainer.post(f"/trainer/w/{room_cast.code}/seats/{cat}/remove").status_code == 303
    assert board(room_cast)["checks"][0]["outcome"]["passed"] is True


@pytest.mark.parametrize("disclosure", ["confidential", "named", "aggregate"])
def test_a_locked_grid_leaves_in_every_file(concord: Concord, disclosure: str) -> None:
    cast = assemble(concord, kind="grid", setup=GRID, disclosure=disclosure)
    phase(cast, "joint")
    for device, table in ((cast.ann, 1), (cast.cat, 2)):
        write(cast, device, "joint-r1", f"one plan of table {table}.", table)
    phase(cast, "locked")
    for kind in ("json", "csv"):
        for version in ("participant", "commissioner", "trainer"):
            reply = cast.trainer.get(f"/trainer/w/{cast.code}/export/{kind}?version={version}")
            assert reply.status_code == 200
            if kind == "json":
                told = [f"one plan of table {table}." in reply.text for table in (1, 2)]
                assert told == [disclosure != "aggregate"] * 2
