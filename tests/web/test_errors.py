"""Replies that say no, in the form their reader understands."""

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from app import errors
from app.web.errors import SignInFirst
from tests.running import Concord

SENTENCE = "The list has changed since. Look at it again."


def open_door(concord: Concord, refusal: errors.Refusal) -> TestClient:
    """Add a route that refuses, and bring a device."""

    async def refuse() -> None:
        raise refusal

    async def refuse_socket(websocket: WebSocket) -> None:
        raise refusal

    concord.app.add_api_route("/refuse", refuse, methods=["GET", "POST"])
    concord.app.add_api_websocket_route("/refuse", refuse_socket)
    return concord.visitor()


KINDS = [
    (errors.Refusal, 400, "refused"),
    (errors.Unclear, 422, "unclear"),
    (errors.Stale, 409, "stale"),
    (errors.Closed, 409, "closed"),
    (errors.SignedOut, 401, "signed-out"),
    (errors.Forbidden, 403, "forbidden"),
    (errors.NotFound, 404, "not-found"),
    (errors.TooLarge, 413, "too-large"),
    (errors.TooMany, 429, "too-many"),
    (errors.Unavailable, 503, "unavailable"),
]


@pytest.mark.parametrize(("kind", "status", "code"), KINDS)
def test_refusal_is_a_page_a_region_or_json(
    concord_on_sqlite: Concord, kind: type[errors.Refusal], status: int, code: str
) -> None:
    device = open_door(concord_on_sqlite, kind(SENTENCE))
    page = device.get("/refuse", headers={"accept": "text/html"})
    region = device.post("/refuse", headers={"hx-request": "true"})
    json = device.post("/refuse", headers={"accept": "application/json"})
    assert (page.status_code, region.status_code, json.status_code) == (status, status, status)
    assert f'<p class="lead" role="alert">{SENTENCE}</p>' in page.text
    assert region.text.startswith('<hx-partial hx-target="#notice" hx-swap="outerMorph"><p id="notice"')
    assert region.text.endswith(f">{SENTENCE}</p></hx-partial>")
    assert json.json() == {"code": code, "sentence": SENTENCE}


def test_refusal_of_too_many_says_when_to_come_back(concord_on_sqlite: Concord) -> None:
    device = open_door(concord_on_sqlite, errors.TooMany(SENTENCE, wait=7))
    assert device.get("/refuse").headers["retry-after"] == "7"


def test_refusal_fills_its_values_in_and_escapes_them(concord_on_sqlite: Concord) -> None:
    device = open_door(concord_on_sqlite, errors.Unclear("No table {name}.", name="<b>{name}"))
    assert "No table &lt;b&gt;{name}." in device.get("/refuse").text


def test_page_that_needs_signing_in_leads_there_and_a_move_does_not(concord_on_sqlite: Concord) -> None:
    device = open_door(concord_on_sqlite, SignInFirst(SENTENCE, "/trainer/sign-in?next=/refuse"))
    page = device.get("/refuse")
    assert (page.status_code, page.headers["location"]) == (303, "/trainer/sign-in?next=/refuse")
    assert device.get("/refuse", headers={"hx-request": "true"}).status_code == 401
    assert device.post("/refuse").status_code == 401


def test_refused_socket_hears_why_before_it_is_closed(concord_on_sqlite: Concord) -> None:
    device = open_door(concord_on_sqlite, errors.Forbidden(SENTENCE))
    with device.websocket_connect("/refuse") as socket, pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_text()
    assert closed.value.code == 4403


def test_unknown_address_is_a_page_in_words(concord_on_sqlite: Concord) -> None:
    reply = concord_on_sqlite.visitor().get("/nothing/here")
    assert reply.status_code == 404
    assert "There is nothing at this address." in reply.text


def test_wrong_method_is_refused_and_says_which_are_right(concord_on_sqlite: Concord) -> None:
    reply = concord_on_sqlite.visitor().get("/language")
    assert reply.status_code == 405
    assert reply.headers["allow"] == "POST"
    assert "We could not read that." in reply.text


def test_missing_field_is_unclear_in_words(concord_on_sqlite: Concord) -> None:
    reply = concord_on_sqlite.visitor().post("/language", data={})
    assert reply.status_code == 422
    assert "Something is missing" in reply.text


def test_missing_database_is_said_and_does_not_last(concord_on_sqlite: Concord) -> None:
    device = concord_on_sqlite.trainer()
    kept = concord_on_sqlite.settings.data_dir / "concord.db"
    kept.rename(kept.with_name("elsewhere.db"))
    page, region = device.get("/trainer/account"), device.get("/trainer/account", headers={"hx-request": "true"})
    assert (page.status_code, region.status_code) == (503, 503)
    assert "We cannot save at the moment." in region.text
    assert device.get("/readyz").json() == {"database": "unreachable", "broker": "memory"}
    kept.with_name("elsewhere.db").rename(kept)
    assert device.get("/trainer/account").status_code == 200
