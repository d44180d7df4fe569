"""Changing a workshop's code: newcomers need the new one, and nobody inside is thrown out."""

import pytest
from sqlmodel import select
from starlette.websockets import WebSocketDisconnect

from app.accounts.models import Act
from app.workshops import codes, deps
from app.workshops.models import Workshop
from tests.cast import Cast
from tests.live.acting import AS_PAGE, move, phase, version_on
from tests.live.test_socket import next_frame


@pytest.fixture(autouse=True)
def _not_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deps, "SLOW", 0.0)


def rotate(cast: Cast) -> str:
    """Change the code; gives the new one."""
    reply = cast.trainer.post(f"/trainer/w/{cast.code}/rotate")
    new = codes.join_code(cast.concord.settings.key, cast.workshop_id, cast.workshop().code_turn)
    assert (reply.status_code, reply.headers["location"]) == (303, f"/trainer/w/{new}/people")
    return new


def test_newcomers_need_the_new_code_and_the_new_square(cast: Cast) -> None:
    key = cast.concord.settings.key
    new = rotate(cast)
    assert new != cast.code
    old_square, square = (codes.qr_token(key, cast.workshop_id, turn) for turn in (0, 1))
    joining = {"name": "Dee", "agency": "none", "table": "1"}
    for code, status in ((cast.code, 404), (old_square, 404), (new, 303), (square, 303)):
        newcomer = cast.concord.visitor()
        assert newcomer.get(f"/join/{code}").status_code == (200 if status == 303 else 404)
        assert newcomer.post(f"/join/{code}", data=joining).status_code == status
    assert cast.nobody.get(f"/w/{cast.code}").headers["location"] == f"/join/{cast.code}"
    seat = codes.seat_code(key, cast.workshop_id, cast.seat("Ann").token_hash)
    for code, status in ((cast.code, 404), (new, 303)):
        assert cast.concord.visitor().post("/rejoin", data={"code": code, "seat_code": seat}).status_code == status


def test_whoever_is_inside_goes_on_at_the_old_address_and_is_led_to_the_new(cast: Cast) -> None:
    phase(cast, "solo")
    before = cast.ann.get(f"/w/{cast.code}").text
    assert f'action="/w/{cast.code}/steps/' in before
    new = rotate(cast)
    page = cast.ann.get(f"/w/{cast.code}").text
    assert (f"/w/{cast.code}/" in page.partition('id="live"')[2], f'action="/w/{new}/steps/' in page) == (False, True)
    assert cast.ann.get(f"/w/{cast.code}/regions?v={version_on(before)}").status_code == 200
    reply = move(cast, cast.ann, "put_ballot", discard="s5", order=["s1", "s2", "s3", "s4"])
    assert (reply.status_code, f"/w/{new}/steps/" in reply.text) == (200, True)
    assert cast.ann.get(f"/join/{cast.code}").headers["location"] == f"/w/{new}"
    assert cast.ann.get(f"/w/{cast.code}/switch").status_code == 200


def test_an_open_line_stays_and_brings_the_new_addresses(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    with cast.ann.websocket_connect(f"/w/{cast.code}/live") as line:
        next_frame(line)
        new = rotate(cast)
        frame = next_frame(line)
        assert (f'data-code="{new}"' in frame, cast.code in frame) == (True, False)
    with cast.ann.websocket_connect(f"/w/{cast.code}/live") as line:
        assert f"/w/{new}/steps/" in next_frame(line)


def test_the_desk_goes_on_at_the_old_address_for_those_who_lead(cast: Cast) -> None:
    rotate(cast)
    for path in ("", "/people", "/edit", "/paper"):
        assert cast.trainer.get(f"/trainer/w/{cast.code}{path}").status_code == 200
        assert cast.other_trainer.get(f"/trainer/w/{cast.code}{path}").status_code == 404
    assert phase(cast, "solo").status_code == 200


def test_the_wall_ends_until_the_desk_opens_it_again(cast_on_sqlite: Cast) -> None:
    cast, wall = cast_on_sqlite, cast_on_sqlite.concord.visitor()
    key = cast.concord.settings.key
    wall.get(f"/wall/{cast.code}?key={codes.wall_key(key, cast.workshop_id, 0)}")
    with wall.websocket_connect(f"/w/{cast.code}/live?as=wall") as line:
        next_frame(line)
        new = rotate(cast)
        with pytest.raises(WebSocketDisconnect) as end:
            next_frame(line)
        assert end.value.code == 4403
    assert wall.get(f"/wall/{new}").status_code == 403
    assert wall.get(f"/wall/{new}?key={codes.wall_key(key, cast.workshop_id, 1)}").status_code == 303
    assert wall.get(f"/wall/{new}").status_code == 200


def test_a_removed_seat_and_a_strangers_cookie_do_not_make_an_old_code_right(cast: Cast) -> None:
    rotate(cast)
    liar = cast.concord.visitor()
    liar.cookies.set(f"concord_seat_{cast.workshop_id}", "made up")
    for device in (cast.removed, liar, cast.nobody):
        assert device.get(f"/w/{cast.code}").headers["location"] == f"/join/{cast.code}"
        assert device.get(f"/join/{cast.code}").status_code == 404
        reply = device.post(f"/w/{cast.code}/steps/{cast.step()}/moves", json={"version": 1, "move": "done"})
        assert reply.status_code == 401


def test_codes_may_change_again_and_again_but_not_once_a_workshop_is_over(cast: Cast) -> None:
    first = cast.code
    seen = {first}
    for _ in range(3):
        cast.code = rotate(cast)
        seen.add(cast.code)
    assert (len(seen), cast.ann.get(f"/w/{first}", headers=AS_PAGE).status_code) == (4, 200)
    done = cast.read(lambda session: session.exec(select(Act.what).where(Act.workshop_id == cast.workshop_id)).all())
    assert list(done).count("code rotated") == 3
    assert cast.trainer.post(f"/trainer/w/{cast.code}/close").status_code == 303
    assert cast.trainer.post(f"/trainer/w/{cast.code}/rotate").status_code == 409
    assert cast.read(lambda session: session.get_one(Workshop, cast.workshop_id)).code_turn == 3
