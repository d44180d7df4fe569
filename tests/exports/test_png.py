"""Pictures as PNG: as wide as wished, in our faces, with every script, and nothing fetched for them."""

import base64
import socket
import struct

import pytest

from app.activities.pictures import Diamond, Drawing
from app.activities.summary import Picture, Table
from app.exports.png import HIGHEST_PX, address, fonts, png
from app.exports.wording import clean
from app.web import charts
from tests.exports.sample import HOSTILE, STATEMENTS, histogram

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def svg_of(*statements: str) -> str:
    drawing: Drawing = Diamond(statements, 1)
    return charts.standing_alone("en", Picture("P", ("Told.",), drawing, Table("t", "T", ("a",), (("b",),))), "p")


def size_of(image: bytes) -> tuple[int, int]:
    assert image.startswith(SIGNATURE)
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def test_a_picture_is_as_wide_as_wished() -> None:
    svg = charts.standing_alone("en", histogram(), "p")
    width, height = size_of(png(svg, 1000))
    assert width == 1000
    assert height == pytest.approx(1000 * float(svg.split('height="')[1].split('"')[0]) / 340, abs=2)


def test_a_very_high_picture_is_drawn_no_higher_than_memory_bears() -> None:
    _, height = size_of(png(svg_of(*STATEMENTS[:3], "word " * 8000), 1320))
    assert height <= HIGHEST_PX


def test_the_same_picture_is_the_same_file() -> None:
    assert png(svg_of(*STATEMENTS), 600) == png(svg_of(*STATEMENTS), 600)


def test_each_face_is_one_file_for_all_its_signs() -> None:
    assert [path.name for path in fonts()] == [
        "Atkinson Hyperlegible Next-400.ttf",
        "Atkinson Hyperlegible Next-700.ttf",
        "Bricolage Grotesque-700.ttf",
    ]


def test_strong_words_are_set_in_a_strong_face() -> None:
    words = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40" viewBox="0 0 300 40"><style>'
        'text { font-family: "Atkinson Hyperlegible Next"; font-weight: 650; }</style>'
        '<text x="5" y="30" font-size="24">Ann Ŵyn</text></svg>'
    )
    assert png(words, 300) != png(words.replace("650", "400"), 300)
    assert png(words, 300) == png(words.replace("650", "700"), 300)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_drawn_and_nothing_is_asked_for_them(text: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0)
        said = clean(text).replace("127.0.0.1:1", f"127.0.0.1:{canary.getsockname()[1]}")
        assert size_of(png(svg_of(said, *STATEMENTS[:2]), 400))[0] == 400
        with pytest.raises(BlockingIOError):
            canary.accept()


def test_signs_that_our_faces_lack_leave_a_mark() -> None:
    assert png(svg_of("α", "b"), 600) != png(svg_of(" ", "b"), 600)


def test_a_ligature_is_drawn_as_its_letters() -> None:
    assert png(svg_of("ﬁnd", "b"), 600) == png(svg_of("find", "b"), 600)


def test_paper_gets_a_picture_as_it_is_where_our_faces_have_every_sign() -> None:
    svg = svg_of(*STATEMENTS)
    kind, _, data = address(svg).partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(data).decode() == svg


@pytest.mark.parametrize("text", ["شراكة", "👩\u200d🚒", "q\u0301"])
def test_paper_gets_a_picture_of_dots_where_signs_must_be_joined(text: str) -> None:
    kind, _, data = address(svg_of(text, "b")).partition(",")
    assert kind == "data:image/png;base64"
    assert size_of(base64.b64decode(data))[0] == 2 * charts.WIDE
