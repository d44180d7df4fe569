"""Joining: by code or QR, alone or two hundred at once, under any name, and back again."""

import pytest
from sqlmodel import Session, select

from app.workshops import codes, deps, guesses
from app.workshops.models import Seat, Workshop, WrongGuess
from tests.cast import Cast, a_workshop, assemble, fields, token_of
from tests.running import Concord

HOSTILE = {
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>': '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}": "{{ 7*7 }}",
    "=HYPERLINK(1)": "=HYPERLINK(1)",
    "A\x00n\x07n\u009b": "Ann",
    "\u202eevil\u2066": "evil",
    "\ufeff  Zoe\u0308 \n of  Hall ": "Zoë of Hall",
    "🌱🤝🏽": "🌱🤝🏽",
    "שלום": "שלום",
    "x" * 80: "x" * 80,
    "Robert'); DROP TABLE seat;--": "Robert'); DROP TABLE seat;--",
}
REFUSED = ("", "   ", "\u200b\u200d\u3164", "\x00\x01", "x" * 81, "y" * 40_000)


@pytest.fixture(autouse=True)
def _not_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deps, "SLOW", 0.0)


def seats_by_name(cast: Cast) -> dict[str, Seat]:
    return {seat.name: seat for seat in cast.read(lambda session: session.exec(select(Seat)).all())}


def test_join_page_says_where_and_who_sees_what(cast: Cast) -> None:
    page = cast.nobody.get(f"/join/{cast.code.lower()}")
    assert page.status_code == 200
    for told in ("Joint training", codes.shown(cast.code), "Confidential", "never who answered what", "Health"):
        assert told in page.text
    assert page.headers["cache-control"] == "no-store"


def test_join_gives_a_seat_and_its_cookie(cast: Cast) -> None:
    device = cast.concord.visitor()
    reply = device.post(f"/join/{cast.code}", data={"name": "Dee", "agency": "education", "table": "2"})
    assert (reply.status_code, reply.headers["location"]) == (303, f"/w/{cast.code}")
    assert "HttpOnly" in reply.headers["set-cookie"]
    assert "SameSite=lax" in reply.headers["set-cookie"]
    cast.seats["Dee"] = device
    seat = cast.seat("Dee")
    assert (seat.name, seat.agency, seat.number) == ("Dee", "education", 2)


def test_join_by_the_qr_token_needs_no_code(cast: Cast) -> None:
    token = codes.qr_token(cast.concord.settings.key, cast.workshop_id, 0)
    device = cast.concord.visitor()
    assert device.get(f"/join/{token}").status_code == 200
    reply = device.post(f"/join/{token}", data={"name": "Dee", "agency": "none", "table": "1"})
    assert reply.headers["location"] == f"/w/{cast.code}"


@pytest.mark.parametrize("typed", ["{a}-{b}", "{a} {b}", " {a}–{b} ", "{a}{b}"])
def test_join_takes_the_code_however_it_is_typed(cast_on_sqlite: Cast, typed: str) -> None:
    code = typed.format(a=cast_on_sqlite.code[:4].lower(), b=cast_on_sqlite.code[4:])
    assert cast_on_sqlite.nobody.get(f"/join/{code}").status_code == 200


def test_join_gives_each_seat_the_next_number_at_its_table(cast: Cast) -> None:
    assert [cast.seat(name).number for name in ("Ann", "Ben", "Cat")] == [1, 2, 1]
    cast.join("Dee", table=1)
    assert cast.seat("Dee").number == 4  # Rob was the third, and keeps that number


@pytest.mark.parametrize(("typed", "kept"), HOSTILE.items())
def test_join_keeps_hostile_names_harmless(cast_on_sqlite: Cast, typed: str, kept: str) -> None:
    cast_on_sqlite.join(typed, table=2)
    assert kept in seats_by_name(cast_on_sqlite)


@pytest.mark.parametrize("typed", REFUSED)
def test_join_refuses_a_name_that_says_nothing_or_too_much(cast_on_sqlite: Cast, typed: str) -> None:
    device = cast_on_sqlite.concord.visitor()
    reply = device.post(f"/join/{cast_on_sqlite.code}", data={"name": typed, "agency": "none", "table": "1"})
    assert reply.status_code == 422
    assert 'href="#join-name"' in reply.text
    assert set(seats_by_name(cast_on_sqlite)) == {"Ann", "Ben", "Cat", "Rob"}


def test_join_says_all_that_is_missing_at_once(cast_on_sqlite: Cast) -> None:
    reply = cast_on_sqlite.nobody.post(f"/join/{cast_on_sqlite.code}", data={})
    assert reply.status_code == 422
    assert 'href="#join-name"' in reply.text
    assert 'href="#join-agency"' in reply.text


@pytest.mark.parametrize("sent", [{"agency": "nobody-has-this"}, {"agency": ""}, {"table": "9"}, {"table": "x"}, {}])
def test_join_refuses_an_agency_or_table_that_is_not_there(cast_on_sqlite: Cast, sent: dict[str, str]) -> None:
    whole = {"name": "Dee", "agency": "health", "table": "1"}
    sent = whole | sent if sent else {"name": "Dee", "agency": "health"}
    reply = cast_on_sqlite.nobody.post(f"/join/{cast_on_sqlite.code}", data=sent)
    assert reply.status_code == 422
    assert "Dee" in reply.text


def test_join_offers_full_tables_only_when_all_are_full(concord: Concord) -> None:
    cast = assemble(concord, tables=2, places=3)
    cast.join("Dee", table=1)
    reply = concord.visitor().post(f"/join/{cast.code}", data={"name": "Eve", "agency": "none", "table": "1"})
    assert (reply.status_code, "Table 1 is full" in reply.text) == (422, True)
    for name in ("Fay", "Gus"):
        cast.join(name, table=2)
    cast.join("Eve", table=1)
    assert cast.seat("Eve").number == 5


def test_join_mixes_agencies_where_tables_are_given(concord: Concord) -> None:
    cast = assemble(concord, joins="mixed", tables=2, places=4)
    for name in ("Hal", "Ida"):
        cast.join(name, "health")
    tables = {name: cast.seat(name).table_id for name in ("Ann", "Cat", "Hal", "Ida")}
    assert sorted(list(tables.values()).count(table) for table in set(tables.values())) == [2, 2]


def test_join_warns_once_of_a_namesake(cast: Cast) -> None:
    device = cast.concord.visitor()
    sent = {"name": "ann", "agency": "none", "table": "2"}
    asked = device.post(f"/join/{cast.code}", data=sent | fields(device.get(f"/join/{cast.code}").text))
    assert (asked.status_code, "called that already" in asked.text) == (422, True)
    assert device.post(f"/join/{cast.code}", data=sent | fields(asked.text)).status_code == 303


def test_join_sent_twice_gives_one_seat(cast: Cast) -> None:
    first, second = cast.concord.visitor(), cast.concord.visitor()
    sent = {"name": "Dee", "agency": "none", "table": "2"} | fields(first.get(f"/join/{cast.code}").text)
    replies = [device.post(f"/join/{cast.code}", data=sent) for device in (first, second)]
    assert [reply.status_code for reply in replies] == [303, 303]
    assert token_of(first, cast.workshop_id) == token_of(second, cast.workshop_id)
    assert len(seats_by_name(cast)) == 5


def test_join_sends_a_seated_device_to_its_seat(cast: Cast) -> None:
    assert cast.ann.get(f"/join/{cast.code}").headers["location"] == f"/w/{cast.code}"
    token = token_of(cast.ann, cast.workshop_id)
    assert cast.ann.post(f"/join/{cast.code}", data={"name": "Ann"}).status_code == 303
    assert token_of(cast.ann, cast.workshop_id) == token


def test_join_seats_somebody_else_on_the_same_phone_when_asked(cast: Cast) -> None:
    page = cast.ann.get(f"/join/{cast.code}?new=1")
    assert "for Ann" in page.text
    cast.ann.post(f"/join/{cast.code}", data={"name": "Nia", "agency": "none", "table": "1"} | fields(page.text))
    assert cast.seat("Ann").name == "Nia"


def test_join_of_a_removed_device_takes_a_new_seat(cast: Cast) -> None:
    cast.removed.post(f"/join/{cast.code}", data={"name": "Rob", "agency": "none", "table": "2"})
    assert cast.seat("Rob").removed_at is None


def test_join_of_two_hundred_from_one_address_lets_all_in(concord: Concord) -> None:
    cast = assemble(concord, tables=40, places=6, joins="mixed")
    for wrong in range(40):
        concord.visitor().get(f"/join/2222-22{2 + wrong % 8}{2 + wrong // 8}")
    for number in range(200):
        cast.join(f"Person {number}", ("education", "health", "police")[number % 3])
    assert len(seats_by_name(cast)) == 204


def test_join_stops_at_the_seat_limit(cast: Cast) -> None:
    def limit(session: Session, version: int) -> None:
        session.get_one(Workshop, cast.workshop_id).seat_limit = 3

    cast.concord.db.change_now(cast.workshop_id, limit)
    reply = cast.concord.visitor().post(f"/join/{cast.code}", data={"name": "Dee", "agency": "none", "table": "1"})
    assert (reply.status_code, "All 3 seats are taken" in reply.text) == (409, True)


def test_join_waits_calmly_for_a_workshop_that_is_not_open(concord: Concord) -> None:
    workshop_id = a_workshop(concord, opened=False, title="Secret plan")
    code = codes.join_code(concord.settings.key, workshop_id, 0)
    page = concord.visitor().get(f"/join/{code}")
    assert (page.status_code, "not open yet" in page.text, "Secret plan" in page.text) == (200, True, False)
    reply = concord.visitor().post(f"/join/{code}", data={"name": "Dee", "agency": "none", "table": "1"})
    assert reply.status_code == 409


@pytest.mark.parametrize("code", ["2222-2222", "nonsense", "1.AAAAAAAAAAAAAAAAAAAAAA", "999999999.x", "%00", "a" * 500])
def test_join_says_calmly_that_a_code_is_wrong(cast_on_sqlite: Cast, code: str) -> None:
    for reply in (
        cast_on_sqlite.nobody.get(f"/join/{code}"),
        cast_on_sqlite.nobody.post(f"/join/{code}", data={"name": "Dee"}),
    ):
        assert (reply.status_code, "No workshop has this code" in reply.text) == (404, True)


def test_wrong_codes_are_counted_and_then_typed_codes_rest(cast: Cast) -> None:
    cast.nobody.get("/join/2222-2222")
    assert cast.read(lambda session: session.exec(select(WrongGuess.count)).all()) == [1]

    def spend(session: Session) -> None:
        session.exec(select(WrongGuess)).one().count = guesses.DAY_BUDGET

    cast.read(spend)
    for code in (cast.code, "2222-2222"):
        reply = cast.nobody.get(f"/join/{code}")
        assert (reply.status_code, "Scan the QR code" in reply.text) == (429, True)
    token = codes.qr_token(cast.concord.settings.key, cast.workshop_id, 0)
    assert cast.nobody.get(f"/join/{token}").status_code == 200
    assert cast.ann.get(f"/join/{cast.code}").status_code == 303
    cast.concord.clock.forward(hours=25)
    assert cast.nobody.get(f"/join/{cast.code}").status_code == 200


def test_rejoin_brings_a_seat_to_another_device(cast: Cast) -> None:
    seat = cast.seat("Ann")
    code = codes.shown(codes.seat_code(cast.concord.settings.key, cast.workshop_id, seat.token_hash))
    other = cast.concord.visitor()
    reply = other.post("/rejoin", data={"code": cast.code.lower(), "seat_code": code.lower()})
    assert (reply.status_code, reply.headers["location"]) == (303, f"/w/{cast.code}")
    cast.seats["Ann on a tablet"] = other
    assert cast.seat("Ann on a tablet").id == cast.seat("Ann").id == seat.id


@pytest.mark.parametrize("sent", [("2222-2222", "222-222"), ("", ""), ("right", "222-222"), ("right", "x" * 5000)])
def test_rejoin_refuses_what_is_not_right(cast_on_sqlite: Cast, sent: tuple[str, str]) -> None:
    code = cast_on_sqlite.code if sent[0] == "right" else sent[0]
    reply = cast_on_sqlite.nobody.post("/rejoin", data={"code": code, "seat_code": sent[1]})
    assert reply.status_code in (404, 422)
    assert "error-summary" in reply.text
    assert "set-cookie" not in reply.headers


def test_rejoin_of_a_removed_seat_is_refused(cast: Cast) -> None:
    rob = seats_by_name(cast)["Rob"]
    code = codes.seat_code(cast.concord.settings.key, cast.workshop_id, rob.token_hash)
    assert cast.nobody.post("/rejoin", data={"code": cast.code, "seat_code": code}).status_code == 422


def test_rejoin_tries_have_a_limit_for_each_workshop(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    for _ in range(200):
        cast.nobody.post("/rejoin", data={"code": cast.code, "seat_code": "222-222"})
    assert cast.nobody.post("/rejoin", data={"code": cast.code, "seat_code": "222-222"}).status_code == 429


def test_rejoin_page_knows_the_code_it_came_from(cast_on_sqlite: Cast) -> None:
    assert cast_on_sqlite.code in cast_on_sqlite.nobody.get(f"/rejoin?code={cast_on_sqlite.code}").text
