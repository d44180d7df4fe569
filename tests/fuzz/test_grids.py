"""A grid: whatever is sent as a move of its own, or said up the line of one of its texts."""

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.texts.frames import sync
from tests.cast import GRID, assemble
from tests.fuzz import strange
from tests.fuzz.sending import send, tries
from tests.live.acting import move, phase
from tests.live.pads import pad, write
from tests.rights.stage import Stage, changed
from tests.running import Concord, run

AT: dict[str, Any] = {"version": 10**8, "row": "r1", "column": "health"}
USUAL: tuple[dict[str, Any], ...] = (
    {"version": 10**8, "move": "open_check", "row": "r1"},
    {"version": 10**8, "move": "answer_check", "row": "r1", "value": 4, "note": "", "check": 1},
    {"version": 10**8, "move": "choose_ending", "row": "r1", "ending": "not_agreed", "other": "Each their own."},
    {"version": 10**8, "move": "hide", "entry": "cell-r1-health", "hidden": True, "table": 1},
    AT | {"move": "draw_on", "drawn": True},
    AT | {"move": "reply", "text": "The trust."},
    AT | {"move": "guess", "column": "education", "text": "One number to ring."},
)


@pytest.fixture(scope="module")
def grid_stage(module_settings: Any) -> Iterator[Stage]:
    """A table with a grid, in the midst of its joint statements, once on SQLite and once on PostgreSQL."""
    for concord in run(module_settings):
        yield in_the_midst(concord)


def in_the_midst(concord: Concord) -> Stage:
    """Bring a table to a joint statement that was begun, and a question that is still asked."""
    cast = assemble(concord, kind="grid", setup=GRID)
    phase(cast, "caucus")
    write(cast, cast.ann, "cell-r1-health", "Seeing families")
    phase(cast, "reveal")
    move(cast, cast.ben, "mark", row="r1", column="health", mark="question", text="Who pays?")
    phase(cast, "joint")
    write(cast, cast.ann, "joint-r1", "one plan.")
    held = {"ann": cast.ann, "ben": cast.ben, "trainer": cast.trainer}
    stage = Stage(cast, cast, {name: dict(device.cookies.items()) for name, device in held.items()}, {})
    stage.rest = stage.rows()
    stage.put_back()
    return stage


@tries(40)
@given(
    body=st.sampled_from(USUAL).flatmap(strange.bodies_of_json),
    who=st.sampled_from(["ann", "ben", "trainer"]),
    accept=st.sampled_from([b"text/html", b"application/json"]),
)
def test_a_grids_move_of_anything_is_answered(grid_stage: Stage, body: bytes, who: str, accept: bytes) -> None:
    cast = grid_stage.cast
    headers = {"Content-Type": b"application/json", "Accept": accept}
    send(grid_stage, who, "POST", f"/w/{cast.code}/steps/{cast.step()}/moves", body, headers)


said = st.one_of(
    st.binary(max_size=80),
    st.binary(max_size=60).map(lambda data: sync(2, data)),
    st.binary(max_size=60).map(lambda data: sync(0, data)),
    st.binary(max_size=20).map(lambda data: sync(2, b"\1\1\x4d\0" + data)),
)


@tries(12)
@given(frames=st.lists(said, min_size=1, max_size=6))
def test_whatever_is_said_up_a_texts_line_others_write_on(grid_stage: Stage, frames: list[bytes]) -> None:
    cast, before = grid_stage.cast, grid_stage.rows()
    ann, ben = grid_stage.device("ann"), grid_stage.device("ben")
    with pad(cast, ben, "joint-r1") as quiet:
        with suppress(CancelledError), ann.websocket_connect(f"/w/{cast.code}/texts/{cast.step()}/1/joint-r1") as line:
            for one in frames:
                line.send_bytes(one)
        assert " Still." in quiet.write(" Still.")
        assert quiet.refused == []
    assert set(changed(before, grid_stage.rows())) <= {"shared_text", "text_update"}
