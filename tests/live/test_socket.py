"""The socket: line first, then picture; only what changed; closed as soon as a right has ended."""

import json
import re

import pytest
from sqlmodel import Session
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from app.accounts.models import Trainer
from app.accounts.service import sign_out_devices
from app.workshops.find import id_of
from app.workshops.models import Workshop
from app.workshops.seats import remove_seat
from tests.cast import Cast
from tests.live.acting import move, phase, version

ORDER = ["s1", "s2", "s3", "s4"]


def next_frame(line: WebSocketTestSession) -> str:
    """Wait for the next frame that is no heartbeat."""
    while True:
        text: str = line.receive_text()
        if not text.startswith("{"):
            return text


def targets(frame: str) -> list[str]:
    """List the regions that a frame brings."""
    return re.findall(r'<hx-partial hx-target="#([\w-]+)"', frame)


def address(cast: Cast, audience: str = "seat", seen: int = 0) -> str:
    """Write the socket's address."""
    return f"/w/{cast.code}/live?v={seen}&as={audience}"


def test_a_line_begins_with_a_heartbeat_and_what_the_page_lacks(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    seen = version(cast, cast.ann)
    phase(cast, "read")
    with cast.ann.websocket_connect(address(cast, seen=seen)) as line:
        first = json.loads(line.receive_text())
        assert list(first) == ["tick"]
        assert first["tick"] == round(cast.concord.clock().timestamp() * 1000)
        frame = next_frame(line)
    assert targets(frame) == ["live"]
    assert set(re.findall(r'data-version="(\d+)"', frame.partition("id=")[0])) == {str(cast.workshop().version)}


def test_a_page_that_is_up_to_date_is_sent_only_what_changes(cast: Cast) -> None:
    cast.join("Dan", "health", 1)
    phase(cast, "solo")
    with cast.ann.websocket_connect(address(cast, seen=version(cast, cast.ann))) as line:
        move(cast, cast.ben, "put_ballot", discard="s5", order=ORDER)
        move(cast, cast.seats["Dan"], "done", done=True)
        frame = next_frame(line)
    assert targets(frame) == ["progress"]
    assert "1 of 3 is done" in frame
    assert f'data-version="{cast.workshop().version}"' in frame


def test_another_device_of_the_seat_shows_the_same(cast: Cast) -> None:
    phase(cast, "solo")
    with cast.ann.websocket_connect(address(cast, seen=version(cast, cast.ann))) as line:
        reply = move(cast, cast.ann, "put_ballot", discard="s5", order=ORDER)
        frame = next_frame(line)
    assert targets(frame) == ["ballot", "finish"]
    drawn = re.findall(r"<hx-partial[^>]*>(.*?)</hx-partial>", frame, re.DOTALL)
    assert [region in reply.text for region in drawn] == [True, True]


def test_a_new_phase_brings_the_whole_live_area(cast: Cast) -> None:
    phase(cast, "read")
    with cast.ann.websocket_connect(address(cast, seen=version(cast, cast.ann))) as line:
        phase(cast, "solo")
        frame = next_frame(line)
    assert targets(frame) == ["live"]
    assert 'id="ballot"' in frame


def test_desk_and_wall_have_lines_of_their_own(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    key = cast.trainer.get(f"/trainer/w/{cast.code}").text.partition("?key=")[2].partition('"')[0]
    cast.trainer.get(f"/wall/{cast.code}?key={key}")
    for audience, region in (("desk", "roster"), ("wall", "wall")):
        with cast.trainer.websocket_connect(address(cast, audience)) as line:
            assert f'id="{region}"' in next_frame(line)


def test_a_removed_seats_line_ends(cast: Cast) -> None:
    phase(cast, "read")
    with cast.ben.websocket_connect(address(cast)) as line:
        next_frame(line)

        def take_away(session: Session, _: int) -> None:
            remove_seat(session, session.get_one(Workshop, cast.workshop_id), ben, cast.concord.clock())

        ben = id_of(cast.seat("Ben"))
        cast.concord.db.change_now(cast.workshop_id, take_away)
        with pytest.raises(WebSocketDisconnect) as end:
            next_frame(line)
    assert end.value.code == 4403


def test_a_signed_out_trainers_desk_ends(cast: Cast) -> None:
    with cast.trainer.websocket_connect(address(cast, "desk")) as line:
        next_frame(line)
        now = cast.concord.clock()
        leads = cast.workshop().trainer_id
        cast.concord.db.run_now(lambda session: sign_out_devices(session, session.get_one(Trainer, leads), now))
        with pytest.raises(WebSocketDisconnect) as end:
            next_frame(line)
    assert end.value.code == 4401


@pytest.mark.parametrize(
    ("who", "audience", "code"),
    [
        ("nobody", "seat", 4401),
        ("removed", "seat", 4401),
        ("other_trainer", "desk", 4401),
        ("ann", "desk", 4403),
        ("ann", "wall", 4403),
        ("trainer", "seat", 4401),
    ],
)
def test_whoever_may_not_look_is_told_so_and_let_go(cast_on_sqlite: Cast, who: str, audience: str, code: int) -> None:
    cast = cast_on_sqlite
    device: TestClient = getattr(cast, who)
    with device.websocket_connect(address(cast, audience)) as line, pytest.raises(WebSocketDisconnect) as end:
        line.receive_text()
    assert end.value.code == code


def test_a_line_from_another_site_is_refused(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    with (
        pytest.raises(WebSocketDisconnect),
        cast.ann.websocket_connect(address(cast), headers={"Origin": "https://evil.example"}),
    ):
        pass


def test_what_a_line_says_is_not_listened_to_and_too_much_of_it_ends_the_line(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "read")
    before = cast.workshop().version
    with cast.ann.websocket_connect(address(cast)) as line:
        next_frame(line)
        for _ in range(250):
            line.send_text('{"move": "flag", "statement": "s1"}')
        with pytest.raises(WebSocketDisconnect) as end:
            next_frame(line)
    assert (end.value.code, cast.workshop().version) == (1008, before)
