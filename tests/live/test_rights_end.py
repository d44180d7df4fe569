"""Rights that end while a page is open: its line ends within two seconds, and its next request is refused."""

import time

from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app.accounts.models import Trainer
from app.accounts.service import find_trainer_by_email, known
from tests.cast import Cast
from tests.live.acting import move, phase
from tests.live.test_socket import address, next_frame

AT_MOST = 2.0


def how_a_line_ends(cast: Cast, device: TestClient, audience: str, end_right: str) -> tuple[int, bool]:
    """Open a line, let the trainer end the right to it, and tell how it was closed and whether in time."""
    with device.websocket_connect(address(cast, audience)) as line:
        next_frame(line)
        assert cast.trainer.post(f"/trainer/w/{cast.code}/{end_right}").status_code == 303
        begun = time.monotonic()
        code = None
        while code is None:
            try:
                next_frame(line)
            except WebSocketDisconnect as end:
                code = end.code
    return code, time.monotonic() - begun < AT_MOST


def test_a_seat_that_is_taken_away_is_out_within_two_seconds(cast: Cast) -> None:
    phase(cast, "solo")
    ben = cast.seat("Ben").id
    assert how_a_line_ends(cast, cast.ben, "seat", f"seats/{ben}/remove") == (4403, True)
    assert cast.ben.get(f"/w/{cast.code}/regions").status_code == 401
    assert move(cast, cast.ben, "done", done=True).status_code == 401


def test_a_co_trainer_who_is_removed_is_out_within_two_seconds(cast: Cast) -> None:
    bob = cast.other_trainer
    cast.trainer.post(f"/trainer/w/{cast.code}/co-trainers", data={"email": "bob@example.org"})
    assert bob.post(f"/w/{cast.code}/steps/{cast.step()}/phase", data={"phase": "read"}).status_code == 200

    def found(cast: Cast) -> Trainer | None:
        return cast.read(lambda session: find_trainer_by_email(session, "bob@example.org"))

    trainer = found(cast)
    assert trainer is not None
    assert how_a_line_ends(cast, bob, "desk", f"co-trainers/{known(trainer)}/remove") == (4401, True)
    assert bob.get(f"/w/{cast.code}/regions?as=desk").status_code == 401
    assert bob.post(f"/w/{cast.code}/steps/{cast.step()}/phase", data={"phase": "solo"}).status_code == 401


def test_the_trainers_own_desk_stays_when_a_co_trainer_goes(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    cast.trainer.post(f"/trainer/w/{cast.code}/co-trainers", data={"email": "bob@example.org"})
    with cast.trainer.websocket_connect(address(cast, "desk")) as line:
        next_frame(line)
        bob = cast.read(lambda session: find_trainer_by_email(session, "bob@example.org"))
        assert bob is not None
        cast.trainer.post(f"/trainer/w/{cast.code}/co-trainers/{known(bob)}/remove")
        phase(cast, "read")
        assert "hx-partial" in next_frame(line)


def test_the_same_key_of_two_trainers_is_two_acts(cast: Cast) -> None:
    cast.trainer.post(f"/trainer/w/{cast.code}/co-trainers", data={"email": "bob@example.org"})
    once = {"Idempotency-Key": "the same key of sixteen"}
    for device, blank in ((cast.trainer, "true"), (cast.other_trainer, "false"), (cast.trainer, "true")):
        device.post(f"/trainer/w/{cast.code}/wall", data={"blank": blank}, headers=once)
    assert cast.workshop().wall_blank is False
