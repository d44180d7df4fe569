"""What every reply carries and every request must pass."""

from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.config import Settings
from app.web.security import HEADERS
from app.web.templates import assets
from tests.running import Concord, run

HERE = "http://testserver"


@pytest.fixture
def visitor(concord_on_sqlite: Concord) -> TestClient:
    """A device in front of a Concord that has routes to be tried."""
    app = concord_on_sqlite.app

    async def broken() -> None:
        raise RuntimeError("a secret that nobody may read")

    async def change(request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))

    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text("come in")
        await websocket.close()

    app.add_api_route("/broken", broken)
    app.add_api_route("/change", change, methods=["POST", "PUT", "PATCH", "DELETE"])
    app.add_api_route("/w/change", change, methods=["POST"])
    app.add_api_websocket_route("/socket", socket)
    return concord_on_sqlite.visitor()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/healthz", 200),
        ("GET", "/icon.svg", 200),
        ("GET", f"/static/{assets().names.get('concord.css')}", 200),
        ("GET", "/static/nothing.js", 404),
        ("GET", "/static/../config.py", 404),
        ("GET", "/nothing", 404),
        ("GET", "/trainer/account", 303),
        ("GET", "/metrics", 403),
        ("DELETE", "/", 405),
        ("POST", "/", 422),
        ("POST", "/language", 422),
        ("GET", "/broken", 500),
    ],
)
def test_every_reply_carries_the_headers(visitor: TestClient, method: str, path: str, status: int) -> None:
    reply = visitor.request(method, path)
    assert reply.status_code == status
    assert {name: reply.headers[name] for name in HEADERS} == HEADERS


def test_refusals_before_the_app_carry_the_headers(visitor: TestClient) -> None:
    foreign = visitor.post("/change", headers={"origin": "http://evil.example"})
    large = visitor.post("/change", content=b"x" * 2_000_000)
    assert (foreign.status_code, large.status_code) == (403, 413)
    for reply in (foreign, large):
        assert {name: reply.headers[name] for name in HEADERS} == HEADERS


def test_policy_allows_no_inline_script_and_no_other_site() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy


def test_pages_are_kept_by_nobody_and_built_files_for_ever(visitor: TestClient) -> None:
    assert visitor.get("/").headers["cache-control"] == "no-store"
    assert "immutable" in visitor.get(assets().address("concord.css")).headers["cache-control"]


def test_accident_tells_nothing_of_what_broke(visitor: TestClient) -> None:
    reply = visitor.get("/broken")
    assert "Something broke on our side" in reply.text
    assert "secret" not in reply.text
    assert "RuntimeError" not in reply.text


CAME_FROM = [
    ({}, True),
    ({"sec-fetch-site": "same-origin"}, True),
    ({"sec-fetch-site": "none"}, True),
    ({"sec-fetch-site": "same-site"}, False),
    ({"sec-fetch-site": "cross-site"}, False),
    ({"sec-fetch-site": "cross-site", "origin": HERE}, False),
    ({"sec-fetch-site": "same-origin", "origin": HERE}, True),
    ({"origin": HERE}, True),
    ({"origin": "http://testserver:80"}, True),
    ({"origin": "http://testserver:8000"}, False),
    ({"origin": "http://testserver.evil.example"}, False),
    ({"origin": "http://evil.example"}, False),
    ({"origin": "null"}, False),
    ({"origin": ""}, False),
    ({"origin": "http://[broken"}, False),
    ({"origin": "file://"}, False),
]


@pytest.mark.parametrize(("headers", "let_in"), CAME_FROM)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_unsafe_request_is_taken_from_our_own_pages_only(
    visitor: TestClient, method: str, headers: dict[str, str], let_in: bool
) -> None:
    reply = visitor.request(method, "/change", headers=headers)
    assert reply.status_code == (200 if let_in else 403)


@pytest.mark.parametrize(("headers", "let_in"), CAME_FROM)
def test_reading_is_possible_from_anywhere(visitor: TestClient, headers: dict[str, str], let_in: bool) -> None:
    assert visitor.get("/", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("headers", "let_in"),
    [
        ({}, True),
        ({"origin": HERE}, True),
        ({"origin": HERE, "sec-fetch-site": "cross-site"}, True),  # some browsers say so of ws: beside http:
        ({"origin": "http://evil.example"}, False),
        ({"origin": "http://evil.example", "sec-fetch-site": "same-origin"}, False),
        ({"origin": "null"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
    ],
)
def test_socket_is_opened_by_our_own_pages_only(visitor: TestClient, headers: dict[str, str], let_in: bool) -> None:
    if let_in:
        with visitor.websocket_connect("/socket", headers=headers) as socket:
            assert socket.receive_text() == "come in"
    else:
        with pytest.raises(WebSocketDisconnect), visitor.websocket_connect("/socket", headers=headers):
            pass


@pytest.fixture
def behind_tls(sqlite_settings: Settings) -> Iterator[Concord]:
    """A Concord that people reach by https."""
    yield from run(sqlite_settings.model_copy(update={"public_url": "https://concord.example"}))


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://concord.example", 303),
        ("https://concord.example:443", 303),
        ("http://concord.example", 403),
        ("https://testserver", 303),
        ("http://testserver", 403),
    ],
)
def test_behind_tls_only_https_is_our_own(behind_tls: Concord, origin: str, status: int) -> None:
    reply = behind_tls.visitor().post("/language", data={"lang": "cy"}, headers={"origin": origin})
    assert reply.status_code == status


def test_behind_tls_browsers_are_told_to_stay_with_it(behind_tls: Concord, concord_on_sqlite: Concord) -> None:
    assert behind_tls.visitor().get("/").headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in concord_on_sqlite.visitor().get("/").headers


def pieces(size: int) -> Iterator[bytes]:
    """Send a body in pieces, so that its size is not announced."""
    for _ in range(size // 1000):
        yield b"x" * 1000


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/change", 1_048_000, 200),
        ("/change", 1_049_000, 413),
        ("/w/change", 65_000, 200),
        ("/w/change", 66_000, 413),
    ],
)
def test_body_is_taken_up_to_its_limit(visitor: TestClient, path: str, size: int, status: int) -> None:
    announced = visitor.post(path, content=b"x" * size)
    in_pieces = visitor.post(path, content=pieces(size))
    assert (announced.status_code, in_pieces.status_code) == (status, status)
    if status == 200:
        assert (announced.text, in_pieces.text) == (str(size), str(size))
    else:
        assert "more than we can take in one piece" in announced.text
        assert "more than we can take in one piece" in in_pieces.text
        assert announced.headers["connection"] == "close"


def test_body_of_a_size_that_makes_no_sense_is_refused(visitor: TestClient) -> None:
    assert visitor.post("/change", content=b"x", headers={"content-length": "-1"}).status_code == 413
    assert visitor.post("/change", content=b"x", headers={"content-length": "9" * 30}).status_code == 413


def test_pages_and_built_files_are_packed_and_moves_are_not(visitor: TestClient) -> None:
    packed = {"accept-encoding": "gzip"}
    assert visitor.get("/", headers=packed).headers["content-encoding"] == "gzip"
    assert visitor.get(assets().address("concord.css"), headers=packed).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in visitor.post("/nothing", headers=packed).headers
    assert "content-encoding" not in visitor.get("/", headers={"accept-encoding": "identity"}).headers
