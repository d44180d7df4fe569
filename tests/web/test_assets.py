"""The built front end, served from memory."""

import gzip
import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.errors import NotFound
from app.web.assets import Assets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a built script and a font."""
    (tmp_path / "manifest.json").write_text(json.dumps({"seat.js": "seat-AB12.js"}))
    (tmp_path / "seat-AB12.js").write_text("export const a = 1;\n" * 100)
    (tmp_path / "font-CD34.woff2").write_bytes(b"wOF2")
    return tmp_path


def test_pages_find_a_file_by_its_own_name(folder: Path) -> None:
    assert Assets(folder).address("seat.js") == "/static/seat-AB12.js"


def test_script_is_packed_and_a_font_is_not(folder: Path) -> None:
    device = TestClient(Assets(folder))
    script, font = device.get("/static/seat-AB12.js"), device.get("/static/font-CD34.woff2")
    assert script.headers["content-encoding"] == "gzip"
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.text == "export const a = 1;\n" * 100
    assert "content-encoding" not in font.headers
    assert (font.headers["content-type"], font.content) == ("font/woff2", b"wOF2")


def test_device_that_cannot_unpack_gets_the_file_as_it_is(folder: Path) -> None:
    reply = TestClient(Assets(folder)).get("/static/seat-AB12.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in reply.headers


@pytest.mark.parametrize("path", ["/static/manifest.json", "/static/../secret.key", "/static/", "/static/x/a.js"])
def test_nothing_else_can_be_asked_for(folder: Path, path: str) -> None:
    (folder.parent / "secret.key").write_text("secret")
    with pytest.raises(NotFound):
        TestClient(Assets(folder)).get(path)


def test_front_end_that_is_not_built_is_told(tmp_path: Path) -> None:
    assert not Assets(tmp_path / "dist").built
    assert Assets(tmp_path / "dist").address("seat.js") == "/static/seat.js"


def test_packing_the_same_file_twice_gives_the_same_bytes(folder: Path) -> None:
    packed = [TestClient(Assets(folder)).get("/static/seat-AB12.js").headers["content-length"] for _ in range(2)]
    assert packed[0] == packed[1]
    assert int(packed[0]) < len(gzip.compress(b"")) + 200
