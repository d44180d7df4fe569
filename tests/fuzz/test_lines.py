"""Sockets: whatever is said up a line or asked for with it, nothing breaks and nobody else's line notices."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from tests.fuzz import strange
from tests.fuzz.sending import tries
from tests.live.acting import move
from tests.rights.stage import Stage, changed

frames = st.one_of(
    st.text(max_size=60),
    st.binary(max_size=60),
    st.sampled_from(
        ['{"move": "done"}', '{"tick": 1}', "{" * 9000, "x" * 70_000, b"\x00" * 70_000, b"\xff" * 9, "", b""]
    ),
)


def drawn(line: WebSocketTestSession) -> str:
    """Wait for the next frame that is no heartbeat."""
    while True:
        text: str = line.receive_text()
        if not text.startswith("{"):
            return text


def closed(line: WebSocketTestSession) -> int:
    """Wait until the server closes a line; gives the code."""
    try:
        while True:
            line.receive_text()
    except WebSocketDisconnect as end:
        return end.code


def say(line: WebSocketTestSession, frame: str | bytes) -> None:
    """Send one frame up a line."""
    if isinstance(frame, str):
        line.send_text(frame)
    else:
        line.send_bytes(frame)


@tries(5)
@given(said=st.lists(frames, max_size=12))
def test_what_a_line_says_changes_nothing_and_disturbs_nobody(stage: Stage, said: list[str | bytes]) -> None:
    ann, ben, code = stage.device("ann"), stage.device("ben"), stage.cast.code
    with ann.websocket_connect(f"/w/{code}/live") as noisy, ben.websocket_connect(f"/w/{code}/live") as quiet:
        assert 'id="live"' in drawn(noisy)
        assert 'id="live"' in drawn(quiet)
        for frame in said:
            say(noisy, frame)
        assert changed(stage.rest, stage.rows()) == []
        assert move(stage.cast, stage.device("late"), "done", done=True).status_code == 200
        for line in (quiet, noisy):
            assert "1 of 3 is done" in drawn(line)
    stage.put_back()


@tries(25)
@given(
    query=st.lists(st.tuples(st.sampled_from(["v", "as"]), strange.pieces), max_size=3),
    code=st.one_of(st.none(), strange.pieces),
    who=st.sampled_from(["ann", "trainer", "nobody"]),
)
def test_a_line_that_is_asked_for_in_strange_ways_is_opened_or_closed(
    stage: Stage, query: list[tuple[str, str]], code: str | None, who: str
) -> None:
    asked = "&".join(f"{name}={value}" for name, value in query)
    end = end_of(stage.device(who), f"/w/{code or stage.cast.code}/live?{asked}", {})
    assert end in (0, 1008, 4401, 4403, 1000)
    assert changed(stage.rest, stage.rows()) == []


@tries(20)
@given(headers=strange.headers)
def test_a_line_with_strange_headers_is_opened_or_closed(stage: Stage, headers: dict[str, bytes]) -> None:
    plain = {name: value.decode("latin-1") for name, value in headers.items() if value.isascii() and value.strip()}
    end = end_of(stage.device("ann"), f"/w/{stage.cast.code}/live", plain)
    assert end in (0, 4401, 4403)


def end_of(device: TestClient, address: str, headers: dict[str, str]) -> int:
    """Open a line and look how it ends: 0 for one that brings the live area."""
    try:
        with device.websocket_connect(address, headers=headers) as line:
            return 0 if drawn(line) else -1
    except WebSocketDisconnect as end:
        return end.code


@pytest.mark.parametrize("number", [201, 1000])
def test_who_does_not_stop_talking_is_let_go_and_others_stay(stage: Stage, number: int) -> None:
    code = stage.cast.code
    quiet = stage.device("ben").websocket_connect(f"/w/{code}/live")
    with quiet as line:
        assert 'id="live"' in drawn(line)
        with stage.device("ann").websocket_connect(f"/w/{code}/live") as noisy:
            for _ in range(number):
                noisy.send_bytes(b"\x00")
            assert closed(noisy) == 1008
        assert move(stage.cast, stage.device("late"), "done", done=True).status_code == 200
        assert "1 of 3 is done" in drawn(line)
    stage.put_back()
