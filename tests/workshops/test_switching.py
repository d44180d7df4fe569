"""One phone for several people: whose turn it is, handing over, and nothing of the one before."""

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from app.workshops import codes, deps
from app.workshops.find import id_of
from app.workshops.models import Seat, SeatDevice
from tests.cast import Cast, fields
from tests.live.acting import move, phase


@pytest.fixture(autouse=True)
def _not_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deps, "SLOW", 0.0)


def code_of(cast: Cast, name: str) -> str:
    """Tell the seat code that somebody noted from their own page."""
    wanted = select(Seat).where(Seat.name == name)
    seat = cast.read(lambda session: session.exec(wanted).one())
    return codes.seat_code(cast.concord.settings.key, cast.workshop_id, seat.token_hash)


def turn(cast: Cast, phone: TestClient) -> str:
    """Read whose turn it is on a phone."""
    page = phone.get(f"/w/{cast.code}/switch").text
    return page.partition('data-testid="whose-turn">')[2].partition("<")[0]


def hand_over(cast: Cast, phone: TestClient, name: str) -> None:
    reply = phone.post(f"/w/{cast.code}/switch", data={"seat_code": code_of(cast, name)})
    assert (reply.status_code, reply.headers["location"]) == (303, f"/w/{cast.code}/switch"), reply.text


def test_a_phone_goes_round_and_everybody_comes_back_to_their_own_answer(cast: Cast) -> None:
    phone = cast.ann
    taken = phone.get(f"/join/{cast.code}?new=1").text
    phone.post(f"/join/{cast.code}", data={"name": "Nia", "agency": "none", "table": "1"} | fields(taken))
    phase(cast, "solo")
    orders = {"Nia": ["s1", "s2", "s3", "s4"], "Ann": ["s4", "s3", "s2", "s1"]}
    assert turn(cast, phone) == "Nia"
    for name in ("Nia", "Ann"):
        if turn(cast, phone) != name:
            hand_over(cast, phone, name)
        assert move(cast, phone, "put_ballot", discard="s5", order=orders[name]).status_code == 200
    for name in ("Nia", "Ann", "Nia"):
        hand_over(cast, phone, name)
        assert turn(cast, phone) == name
        page = phone.get(f"/w/{cast.code}").text
        shown = sorted(orders[name], key=lambda statement: page.index(f'data-testid="statement-{statement}"'))
        assert shown == orders[name]


def test_handing_over_shows_nothing_of_the_one_before(cast: Cast) -> None:
    phase(cast, "solo")
    before = cast.ann.get(f"/w/{cast.code}").text
    own = codes.shown(code_of(cast, "Ann"))
    assert own in before
    page = cast.ann.get(f"/w/{cast.code}/switch")
    assert (own in page.text, "Statement" in page.text) == (False, False)
    hand_over(cast, cast.ann, "Ben")
    for path in ("", "/switch", "/regions"):
        reply = cast.ann.get(f"/w/{cast.code}{path}")
        assert reply.headers["cache-control"] == "no-store"
        assert (own in reply.text, "Ann" in reply.text) == (False, False)


def test_a_phone_that_is_handed_over_a_hundred_times_still_takes_its_people(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    for name in ("Ben", "Ann") * 50:
        hand_over(cast, cast.ann, name)
    assert len(cast.read(lambda session: session.exec(select(SeatDevice)).all())) == 1
    assert cast.ben.get(f"/w/{cast.code}").status_code == 200


def test_a_wrong_seat_code_leaves_the_phone_as_it_is(cast: Cast) -> None:
    for typed, status in (("222-222", 422), ("", 422), ("x" * 5000, 422)):
        reply = cast.ann.post(f"/w/{cast.code}/switch", data={"seat_code": typed})
        assert (reply.status_code, "set-cookie" in reply.headers) == (status, False)
        assert "error-summary" in reply.text
    assert turn(cast, cast.ann) == "Ann"


def test_who_has_handed_the_phone_over_counts_as_here(cast: Cast) -> None:
    presence, portal = cast.concord.app.state.live.presence, cast.concord.first.portal
    assert portal is not None
    ann, ben = cast.seat("Ann"), cast.seat("Ben")
    hand_over(cast, cast.ann, "Ben")
    presence.heard(cast.workshop_id, id_of(ann), here=True)
    portal.call(presence.round)
    cast.concord.clock.forward(minutes=10)
    presence.heard(cast.workshop_id, id_of(cast.seat("Cat")), here=True)
    portal.call(presence.round)

    def here(session: Session) -> tuple[bool, bool]:
        return session.get_one(Seat, ann.id).here, session.get_one(Seat, ben.id).here

    assert cast.read(here) == (True, False)


def test_only_who_has_a_seat_hands_over(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    assert cast.nobody.get(f"/w/{cast.code}/switch").headers["location"] == f"/join/{cast.code}"
    reply = cast.nobody.post(f"/w/{cast.code}/switch", data={"seat_code": code_of(cast, "Ann")})
    assert (reply.headers["location"], "set-cookie" in reply.headers) == (f"/join/{cast.code}", False)
