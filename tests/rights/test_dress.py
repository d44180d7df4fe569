"""What every reply carries: headers and cookie attributes, also where something was refused, missing or broken."""

import sqlite3
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest

from app.config import Settings
from app.web.templates import assets
from app.workshops import codes
from tests.cast import a_workshop
from tests.rights.asking import COOKIES, ask, look_at
from tests.rights.stage import Stage, changed
from tests.rights.table import ROWS, SIGN_IN, Row
from tests.running import Concord, run

REQUESTS = tuple(row for row in ROWS if row.method != "WS")
# What works without a database.
ALWAYS = {"/", "/language", "/icon.svg", "/healthz", "/metrics"}


def test_headers_stand_on_every_status(stage: Stage) -> None:
    device = stage.device("trainer")
    code, css = stage.cast.code, assets().address("concord.css")
    moves = f"/w/{code}/steps/{stage.words['step']}/moves"
    replies = {
        200: device.get(css),
        204: stage.device("ann").get(f"/w/{code}/regions?v=999999999"),
        303: device.get("/trainer/sign-in"),
        400: device.post("/language", content=b"x", headers={"Content-Type": "multipart/form-data"}),
        401: stage.device("nobody").post(moves, json={"version": 1, "move": "done"}),
        403: device.post(moves, json={}, headers={"Origin": "http://evil.example"}),
        404: device.get("/nothing"),
        405: device.delete("/"),
        409: device.post(f"/trainer/w/{code}/delete", data={"sure": "yes"}),
        410: stage.device("nobody").get("/sign-in/spent"),
        413: device.post(moves, content=b"x" * 70_000),
        422: device.post(moves, json={}),
    }
    for status, reply in replies.items():
        assert reply.status_code == status
        look_at(reply)


def test_too_many_wrong_passwords_are_refused_with_headers_and_a_time_to_come_back(stage: Stage) -> None:
    device = stage.device("nobody")
    sent = {"email": "nobody@example.org", "password": "guessed by somebody"}
    replies = [device.post("/trainer/sign-in", data=sent) for _ in range(11)]
    assert [reply.status_code for reply in replies] == [422] * 10 + [429]
    look_at(replies[-1])
    assert 0 < int(replies[-1].headers["retry-after"]) <= 900


@pytest.mark.parametrize(
    ("trouble", "status", "said"),
    [
        (RuntimeError("a secret of ours"), 500, "It has been written down."),
        (sqlite3.OperationalError("a secret of ours"), 503, "We cannot save at the moment"),
    ],
    ids=["broken", "missing"],
)
def test_a_database_that_breaks_is_said_on_every_address_without_a_detail(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, trouble: Exception, status: int, said: str
) -> None:
    def break_off(*_: Any) -> NoReturn:
        raise trouble

    told: dict[str, set[int]] = {}
    with monkeypatch.context() as broken:
        broken.setattr(stage.concord.db, "_once", break_off)
        for row in REQUESTS:
            reply = ask(stage, row, stage.device(whose(row)))
            assert "secret" not in reply.text
            if reply.status_code == status and row.path != "/readyz":
                assert said in reply.text
            told.setdefault(row.path, set()).add(reply.status_code)
    assert {path for path, statuses in told.items() if max(statuses) < 500} >= ALWAYS
    assert {max(statuses) for statuses in told.values() if max(statuses) >= 500} == {status}
    assert changed(stage.rest, stage.rows()) == []


def whose(row: Row) -> str:
    """Find somebody who gets what a row asks for."""
    refusals = {401, 403, 404, SIGN_IN}
    return next((who for who in ("trainer", "ann", "wall") if row.gets[who] not in refusals), "trainer")


def test_every_cookie_that_devices_are_given_is_known(stage: Stage) -> None:
    given = {told.partition("=")[0] for told in cookies_given(stage)}
    assert {name.rstrip("0123456789").rstrip("_") for name in given} == set(COOKIES)


@pytest.fixture
def behind_tls(sqlite_settings: Settings) -> Iterator[Concord]:
    """A Concord that people reach by https."""
    yield from run(sqlite_settings.model_copy(update={"public_url": "https://concord.example"}))


def cookies_given(stage: Stage) -> list[str]:
    """Ask for everything, and list the cookies that come back."""
    given: list[str] = []
    for row in REQUESTS:
        # Cookies come along where somebody is led on.
        who = next((who for who in ("nobody", "trainer") if row.gets[who] not in (SIGN_IN, 401)), None)
        if who is not None and isinstance(row.gets[who], str):
            given += ask(stage, row, stage.device(who)).headers.get_list("set-cookie")
            if changed(stage.rest, stage.rows()):
                stage.put_back()
    return given


def test_behind_tls_every_cookie_is_for_this_host_and_for_https_alone(behind_tls: Concord) -> None:
    key, workshop_id = behind_tls.settings.key, a_workshop(behind_tls)
    code, wall = codes.join_code(key, workshop_id, 0), codes.wall_key(key, workshop_id, 0)
    device = behind_tls.visitor()
    device.base_url = "https://testserver"
    replies = [
        device.get(f"/sign-in/{behind_tls.link()}"),
        device.post("/trainer/account/keys", data={"keys": "off"}),
        device.post("/language", data={"lang": "cy"}),
        device.get(f"/wall/{code}?key={wall}"),
        device.post(f"/join/{code}", data={"name": "Ann", "agency": "health", "table": "1"}),
        device.post("/trainer/sign-out"),
    ]
    assert [reply.status_code for reply in replies] == [303] * 6
    told = [reply.headers.get_list("set-cookie") for reply in replies]
    assert {of_one[0].partition("=")[0] for of_one in told} == {
        "__Host-concord_trainer",
        "__Host-concord_keys",
        "__Host-concord_language",
        f"__Host-concord_wall_{workshop_id}",
        f"__Host-concord_seat_{workshop_id}",
    }
    for reply in replies:
        look_at(reply, secure=True)
