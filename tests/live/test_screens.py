"""Screens: each audience sees what is its own to see, the same by every way, and nothing early."""

import re

import pytest
from starlette.testclient import TestClient

from tests.cast import Cast
from tests.live.acting import AS_PAGE, move, phase, version_on

ORDER = ["s1", "s2", "s3", "s4"]


def desk(cast: Cast) -> str:
    """Read the desk."""
    return cast.trainer.get(f"/trainer/w/{cast.code}").text


def wall(cast: Cast) -> str:
    """Read the wall, as the desk opens it."""
    key = desk(cast).partition("?key=")[2].partition('"')[0]
    screen = cast.concord.visitor()
    reply = screen.get(f"/wall/{cast.code}?key={key}")
    assert (reply.status_code, reply.headers["location"]) == (303, f"/wall/{cast.code}")
    return screen.get(f"/wall/{cast.code}").text


def area(page: str) -> str:
    """Cut out the live area of a page, without its version."""
    return re.sub(r'data-version="\d+"', "", page.partition('id="live"')[2])


def rank_all(cast: Cast) -> None:
    """Let five at table 1 and one at table 2 rank."""
    for name in ("Dan", "Eve", "Fay"):
        cast.join(name, "education", 1)
    phase(cast, "solo")
    for name in ("Ann", "Ben", "Cat", "Dan", "Eve", "Fay"):
        order = ORDER if name != "Fay" else [*reversed(ORDER)]
        assert move(cast, cast.seats[name], "put_ballot", discard="s5", order=order).status_code == 200


def test_the_desk_and_the_wall_know_how_many_are_done_and_nothing_else(cast: Cast) -> None:
    rank_all(cast)
    before = area(desk(cast)), area(wall(cast))
    move(cast, cast.ann, "put_ballot", discard="s1", order=["s5", "s4", "s3", "s2"])
    assert (area(desk(cast)), area(wall(cast))) == before
    move(cast, cast.ann, "done", done=True)
    assert '<span class="table-card__big num">1</span> of 5 are done' in desk(cast)
    assert "1 of 6 is done" in wall(cast)


def test_a_mirror_is_shown_only_once_it_is_revealed(cast: Cast) -> None:
    rank_all(cast)
    for page in (cast.ann.get(f"/w/{cast.code}").text, desk(cast), wall(cast)):
        assert 'id="mirror"' not in page
        assert "agreement" not in page
    phase(cast, "compare")
    for page in (cast.ann.get(f"/w/{cast.code}").text, desk(cast), wall(cast)):
        assert "agreement" in page or "chance" in page


def test_a_table_of_one_or_two_has_no_mirror(cast: Cast) -> None:
    rank_all(cast)
    phase(cast, "compare")
    page = cast.cat.get(f"/w/{cast.code}").text
    assert "Too few answers for a mirror" in page
    assert "strip__words" not in page
    assert "Table 2 has too few answers to show a mirror." in wall(cast)


def test_one_table_moves_by_itself(cast: Cast) -> None:
    phase(cast, "read")
    assert phase(cast, "solo", table=2).status_code == 200
    assert 'id="statements"' in cast.ann.get(f"/w/{cast.code}").text
    assert 'id="ballot"' in cast.cat.get(f"/w/{cast.code}").text


def test_those_in_the_phase_before_move_and_the_others_stay(cast: Cast) -> None:
    phase(cast, "read")
    phase(cast, "solo", table=2)
    phase(cast, "discard")
    assert 'id="statements"' in cast.ann.get(f"/w/{cast.code}").text
    assert 'id="own-list"' in cast.cat.get(f"/w/{cast.code}").text


def test_a_phase_that_there_is_not_is_refused(cast: Cast) -> None:
    assert phase(cast, "party").status_code == 422
    assert phase(cast, "read", table=9).status_code == 404
    assert cast.workshop().live_step_id is None


@pytest.mark.parametrize("who", ["ann", "removed", "other_trainer", "nobody"])
def test_only_the_workshops_trainer_moves_phases_blanks_the_wall_and_gives_time(cast_on_sqlite: Cast, who: str) -> None:
    cast = cast_on_sqlite
    device: TestClient = getattr(cast, who)
    acts = {
        f"/w/{cast.code}/steps/{cast.step()}/phase": {"phase": "read"},
        f"/w/{cast.code}/steps/{cast.step()}/time": {"seconds": "60"},
        f"/trainer/w/{cast.code}/wall": {"blank": "true"},
    }
    version = cast.workshop().version
    for address, fields in acts.items():
        assert device.post(address, data=fields, headers=AS_PAGE).status_code in (401, 403)
    assert cast.workshop().version == version


@pytest.mark.parametrize("who", ["ann", "removed", "other_trainer", "nobody"])
def test_only_the_workshops_trainer_has_its_desk(cast_on_sqlite: Cast, who: str) -> None:
    cast = cast_on_sqlite
    device: TestClient = getattr(cast, who)
    assert device.get(f"/trainer/w/{cast.code}").status_code in (303, 404)
    assert device.get(f"/w/{cast.code}/regions?as=desk").status_code in (401, 403)
    assert device.get(f"/w/{cast.code}/regions?as=wall").status_code == 403
    assert device.get(f"/wall/{cast.code}").status_code == 403
    assert device.get(f"/wall/{cast.code}?key=AAAAAAAAAAAAAAAAAAAAAA").status_code == 403


def test_whoever_has_no_seat_is_asked_to_take_one(cast: Cast) -> None:
    for device in (cast.nobody, cast.removed, cast.other_trainer):
        reply = device.get(f"/w/{cast.code}")
        assert (reply.status_code, reply.headers["location"]) == (303, f"/join/{cast.code}")
        assert device.get(f"/w/{cast.code}/regions").status_code == 401


def test_a_wrong_code_is_answered_as_a_right_one_without_a_seat(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    wrong = "ABCDEFGH"
    for path in (
        "/w/{}",
        "/w/{}/regions",
        "/w/{}/regions?as=desk",
        "/w/{}/regions?as=wall",
        "/wall/{}",
        "/wall/{}?key=k",
    ):
        replies = [cast.nobody.get(path.format(code)) for code in (cast.code, wrong)]
        statuses = [reply.status_code for reply in replies]
        assert statuses[0] == statuses[1], path
        assert replies[0].text.replace(cast.code, wrong) == replies[1].text
    for path in ("/w/{}/steps/1/moves", "/w/{}/steps/1/phase", "/w/{}/steps/1/time", "/trainer/w/{}/wall"):
        sent = {"version": "1", "move": "done", "phase": "read", "seconds": "60", "blank": "true"}
        statuses = [
            cast.nobody.post(path.format(code), data=sent, headers=AS_PAGE).status_code for code in (cast.code, wrong)
        ]
        assert statuses[0] == statuses[1], path


def test_polling_brings_what_is_newer_and_nothing_else(cast: Cast) -> None:
    phase(cast, "read")
    page = cast.ann.get(f"/w/{cast.code}").text
    version = version_on(page)
    assert cast.ann.get(f"/w/{cast.code}/regions?v={version}").status_code == 204
    phase(cast, "solo")
    reply = cast.ann.get(f"/w/{cast.code}/regions?v={version}")
    assert reply.status_code == 200
    fresh = cast.ann.get(f"/w/{cast.code}").text
    area = fresh[fresh.index('<header class="seat-bar"') : fresh.index("</footer>")]
    assert area in reply.text
    assert cast.ann.get(f"/w/{cast.code}/regions?v=many").status_code == 422


def test_the_wall_is_blank_while_the_trainer_wants_it(cast: Cast) -> None:
    phase(cast, "read")
    blank = f"/trainer/w/{cast.code}/wall"
    assert cast.trainer.post(blank, data={"blank": "true"}, headers=AS_PAGE).status_code == 200
    assert "The wall is blank" in wall(cast)
    assert cast.code[:4] not in wall(cast).partition('id="live"')[2].partition(">")[2]
    cast.trainer.post(blank, data={"blank": "false"}, headers=AS_PAGE)
    assert "The wall is blank" not in wall(cast)


def test_more_time_moves_the_deadline_of_all_or_of_one_table(cast: Cast) -> None:
    phase(cast, "read")
    address = f"/w/{cast.code}/steps/{cast.step()}/time"
    assert 'data-total="180"' in cast.ann.get(f"/w/{cast.code}").text
    cast.trainer.post(address, data={"seconds": "120"}, headers=AS_PAGE)
    cast.trainer.post(address, data={"seconds": "60", "table": "2"}, headers=AS_PAGE)
    assert 'data-total="300"' in cast.ann.get(f"/w/{cast.code}").text
    assert 'data-total="360"' in cast.cat.get(f"/w/{cast.code}").text
    for wrong in ("0", "-5", "soon", "99999"):
        assert cast.trainer.post(address, data={"seconds": wrong}, headers=AS_PAGE).status_code == 422


def test_an_act_that_is_sent_again_has_no_second_effect(cast: Cast) -> None:
    phase(cast, "read")
    headers = AS_PAGE | {"Idempotency-Key": "k" * 32}
    for _ in range(3):
        reply = cast.trainer.post(f"/w/{cast.code}/steps/{cast.step()}/time", data={"seconds": "120"}, headers=headers)
        assert reply.status_code == 200
    assert 'data-total="300"' in cast.ann.get(f"/w/{cast.code}").text


def test_a_phase_gone_back_to_keeps_the_answers_and_closes_anew(cast: Cast) -> None:
    rank_all(cast)
    phase(cast, "compare")
    phase(cast, "solo")
    assert 'data-testid="discard-s5" aria-pressed="true"' in cast.ann.get(f"/w/{cast.code}").text
    for name in ("Ann", "Ben", "Dan", "Eve", "Fay"):
        move(cast, cast.seats[name], "put_ballot", discard="s1", order=["s4", "s3", "s2", "s5"])
    phase(cast, "compare")
    words = re.findall(r'class="strip__words">([^<]+)<', cast.ann.get(f"/w/{cast.code}").text)
    assert words == ["Statement 4", "Statement 3", "Statement 2", "Statement 5", "Statement 1"]


def test_the_big_button_takes_those_along_who_are_behind(cast: Cast) -> None:
    phase(cast, "check")
    phase(cast, "locked", table=2)
    assert 'name="phase" value="locked"><button class="btn btn--big" id="next-phase"' in desk(cast)
    phase(cast, "locked")
    assert "This was the last of the agenda." in desk(cast)


def test_a_seats_right_ends_a_day_after_closing_also_on_live_addresses(cast: Cast) -> None:
    cast.trainer.post(f"/trainer/w/{cast.code}/close", data={})
    assert cast.workshop().closed_at is not None
    assert "This workshop is closed" in cast.ann.get(f"/w/{cast.code}").text
    cast.concord.clock.forward(hours=25)
    assert cast.ann.get(f"/w/{cast.code}/regions").status_code == 401
    assert cast.ann.get(f"/w/{cast.code}").headers["location"] == f"/join/{cast.code}"
