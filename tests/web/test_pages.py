"""The first page, the language switch, and what machines ask."""

from functools import partial

import pytest
from prometheus_client import REGISTRY
from starlette.testclient import TestClient

from app.config import Settings
from tests.programs import wait_until
from tests.running import Concord, run
from tests.services import free_port


@pytest.mark.parametrize(
    ("typed", "goes_to"),
    [
        ("K7QM-4TXR", "/join/K7QM4TXR"),
        (" k7qm 4txr ", "/join/K7QM4TXR"),
        ("../../trainer", "/join/TRAINER"),
        ("ŵ" * 100, "/join/" + "%C5%B4" * 40),
    ],
)
def test_typed_code_leads_to_the_workshop_s_door(concord_on_sqlite: Concord, typed: str, goes_to: str) -> None:
    reply = concord_on_sqlite.visitor().post("/", data={"code": typed})
    assert (reply.status_code, reply.headers["location"]) == (303, goes_to)


@pytest.mark.parametrize("typed", ["", "   ", "-/-", "\u202e"])
def test_empty_code_is_asked_for_again(concord_on_sqlite: Concord, typed: str) -> None:
    reply = concord_on_sqlite.visitor().post("/", data={"code": typed})
    assert reply.status_code == 422
    assert '<a href="#code">Type the code that the trainer shows.</a>' in reply.text


def test_language_is_the_one_that_the_device_asks_for(concord_on_sqlite: Concord) -> None:
    device = concord_on_sqlite.visitor()
    assert '<html lang="cy"' in device.get("/", headers={"accept-language": "cy, en;q=0.8"}).text
    assert '<html lang="en"' in device.get("/", headers={"accept-language": "de, fr"}).text


def test_language_switch_keeps_the_page_and_the_choice(concord_on_sqlite: Concord) -> None:
    device = concord_on_sqlite.visitor()
    reply = device.post("/language", data={"lang": "cy", "back": "/trainer/sign-in?next=/library"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/trainer/sign-in?next=/library")
    assert '<html lang="cy"' in device.get("/", headers={"accept-language": "en"}).text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", ""])
def test_language_switch_never_leaves_the_site(concord_on_sqlite: Concord, back: str) -> None:
    assert concord_on_sqlite.visitor().post("/language", data={"lang": "en", "back": back}).headers["location"] == "/"


def test_language_we_do_not_speak_is_not_kept(concord_on_sqlite: Concord) -> None:
    assert "set-cookie" not in concord_on_sqlite.visitor().post("/language", data={"lang": "xx"}).headers


def test_health_and_readiness_are_told(concord: Concord) -> None:
    device = concord.visitor()
    assert device.get("/healthz").text == "ok\n"
    assert device.get("/readyz").json() == {"database": "ok", "broker": "memory"}


def hears_redis(device: TestClient) -> bool:
    """Tell whether the doorbell is heard, as readiness says."""
    told: dict[str, str] = device.get("/readyz").json()
    return told["broker"] == "ok"


def test_readiness_tells_of_redis_and_does_not_hang_on_it(sqlite_settings: Settings, redis_url: str) -> None:
    for concord in run(sqlite_settings.model_copy(update={"redis_url": redis_url})):
        wait_until(partial(hears_redis, concord.visitor()), "Redis be heard")
    for concord in run(sqlite_settings.model_copy(update={"redis_url": f"redis://127.0.0.1:{free_port()}/0"})):
        reply = concord.visitor().get("/readyz")
        assert (reply.status_code, reply.json()) == (200, {"database": "ok", "broker": "unreachable"})


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 403),
        ("127.0.0.1", {"x-forwarded-for": "203.0.113.9"}, 403),
    ],
)
def test_metrics_without_a_token_are_for_this_machine(
    concord_on_sqlite: Concord, address: str, headers: dict[str, str], status: int
) -> None:
    assert concord_on_sqlite.visitor(address).get("/metrics", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"authorization": "Bearer figures, please"}, 200), ({"authorization": "Bearer figures"}, 403), ({}, 403)],
)
def test_metrics_with_a_token_are_for_whoever_has_it(
    sqlite_settings: Settings, headers: dict[str, str], status: int
) -> None:
    for concord in run(sqlite_settings.model_copy(update={"metrics_token": "figures, please"})):
        assert concord.visitor("127.0.0.1").get("/metrics", headers=headers).status_code == status


def test_metrics_count_replies_by_their_status(concord_on_sqlite: Concord) -> None:
    def count(status: int) -> float:
        return REGISTRY.get_sample_value("concord_replies_total", {"status": str(status)}) or 0

    before = count(404)
    concord_on_sqlite.visitor().get("/nothing")
    assert count(404) == before + 1
    assert 'concord_replies_total{status="404",' in concord_on_sqlite.visitor("127.0.0.1").get("/metrics").text
