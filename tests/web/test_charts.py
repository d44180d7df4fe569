"""Pictures of summaries: nothing is cut, nothing stands outside, nothing is evaluated."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from app.activities.pictures import (
    Bar,
    Diamond,
    Drawing,
    End,
    Heat,
    HeatRow,
    Histogram,
    Journey,
    Journeys,
    Meter,
    SideBySide,
    SideCell,
    SideRow,
)
from app.activities.summary import Picture, Table
from app.exports.wording import clean
from app.web import charts
from app.web.assets import DIST
from app.web.charts.lines import broken, length
from tests.exports.sample import GONE, HOSTILE, STATEMENTS, histogram, meter

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {SVG + name for name in ("svg", "title", "desc", "style", "text", "rect", "path", "circle")}
LONG = ("Staff from different services have room, time and trust to think differently together. " * 4)[:300]
CSS = Path("app/static/css/components/chart.css").read_text()


def side_by_side(texts: tuple[str, ...], tables: int) -> Drawing:
    rows = [
        SideRow(
            text, tuple(SideCell(str(at + 1), at + 1 if at < 5 else 0) for _ in range(tables)), f"in {tables} fives"
        )
        for at, text in enumerate(texts[:-1])
    ]
    last = SideRow(texts[-1], tuple(SideCell("discarded", gone=True) for _ in range(tables)), "in none")
    return SideBySide(tuple(f"Table {number + 1}" for number in range(tables)), (*rows, last), "In the five")


def heat(texts: tuple[str, ...], tables: int) -> Drawing:
    places = tuple(str(place + 1) for place in range(len(texts)))
    rows = [
        HeatRow(text, tuple(tables if place == at else None if place > at else 0 for place in range(len(texts))))
        for at, text in enumerate(texts)
    ]
    return Heat((*places, "discarded"), tuple(replace(row, counts=(*row.counts, 0)) for row in rows), tables)


def journeys(texts: tuple[str, ...], tables: int) -> Drawing:
    many = len(texts)
    ways = [
        Journey(text, End(many - at, many - at, at > 1), End(at + 1, at + 1 + at % 2, at < 5))
        for at, text in enumerate(texts[:-1])
    ]
    return Journeys("First answers", "Agreed", (*ways, Journey(texts[-1], End(1, 1), None, gone=True)))


def diamond(texts: tuple[str, ...], tables: int) -> Drawing:
    return Diamond(texts, min(5, len(texts) - 1))


LARGE = (side_by_side, heat, journeys, diamond)
Large = Callable[[tuple[str, ...], int], Drawing]


def picture(drawing: Drawing, title: str = "A <title> & more") -> Picture:
    return Picture(title, ("What is told", "instead."), drawing, Table("t", "T", ("a",), (("b",),)))


def alone(drawing: Drawing, width: float = charts.WIDE) -> ElementTree.Element:
    return ElementTree.fromstring(charts.standing_alone("en", picture(drawing), "p", width))


def some(texts: tuple[str, ...], many: int) -> tuple[str, ...]:
    return tuple(texts[number % len(texts)] for number in range(many))


def letters(svg: ElementTree.Element) -> str:
    return re.sub(r"\s", "", "".join(text.text or "" for text in svg.iter(f"{SVG}text")))


@pytest.mark.parametrize("tables", [1, 3, 12])
@pytest.mark.parametrize(
    "texts", [(*STATEMENTS, GONE), (LONG,), tuple(map(clean, HOSTILE))], ids=["usual", "long", "hostile"]
)
@pytest.mark.parametrize("many", [3, 9, 10, 30])
@pytest.mark.parametrize("large", LARGE)
def test_a_picture_holds_all_words_within_its_frame(
    large: Large, many: int, texts: tuple[str, ...], tables: int
) -> None:
    chosen = some(texts, many)
    svg = alone(large(chosen, tables))
    width, height = (float(svg.attrib[name]) for name in ("width", "height"))
    written = letters(svg)
    assert [text for text in chosen if re.sub(r"\s", "", text) not in written] == []
    assert {element.tag for element in svg.iter()} <= ELEMENTS
    for text in svg.iter(f"{SVG}text"):
        assert within(text, width, height), ElementTree.tostring(text)
    for box in svg.iter(f"{SVG}rect"):
        x, y, across, down = (float(box.attrib[name]) for name in ("x", "y", "width", "height"))
        assert min(x, y) >= 0
        assert x + across <= width + 0.5
        assert y + down <= height + 0.5


def within(text: ElementTree.Element, width: float, height: float) -> bool:
    x, y, size = (float(text.attrib[name]) for name in ("x", "y", "font-size"))
    long = length(text.text or "", size)
    if "transform" in text.attrib:
        return y <= height and y - long >= -0.5 and x <= width
    kinds = text.get("class", "").split()
    left = x - long if "end" in kinds else x - long / 2 if "mid" in kinds else x
    return left >= -1.5 and left + long <= width + 1.5 and size * 0.6 <= y <= height


@pytest.mark.parametrize("large", LARGE)
def test_pictures_take_the_width_they_are_given(large: Large) -> None:
    svg = alone(large(STATEMENTS, 6), 1000)
    assert float(svg.attrib["width"]) == 1000
    assert {text.attrib["font-size"] for text in alone(large((LONG,) * 9, 6), 1000).iter(f"{SVG}text")} == {
        text.attrib["font-size"] for text in alone(large((LONG,) * 9, 6)).iter(f"{SVG}text")
    }


@pytest.mark.parametrize(
    "drawing", [*(large(STATEMENTS, 3) for large in LARGE), meter(()).drawing, histogram().drawing]
)
def test_a_picture_is_named_and_told(drawing: Drawing) -> None:
    svg = ElementTree.fromstring(charts.draw_chart("en", picture(drawing), "fourth"))
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-labelledby"] == "fourth-t fourth-d"
    assert {one.attrib["id"]: one.text for one in svg if "id" in one.attrib} == {
        "fourth-t": "A <title> & more",
        "fourth-d": "What is told instead.",
    }
    assert [one for one in svg.iter() if one.tag == "style"] == []


@pytest.mark.parametrize(
    "drawing", [*(large(STATEMENTS, 3) for large in LARGE), meter(()).drawing, histogram().drawing]
)
def test_a_picture_wears_only_what_the_style_sheet_has(drawing: Drawing) -> None:
    svg = alone(drawing)
    worn = {kind for one in svg.iter() for kind in one.get("class", "").split() if not kind.startswith("chart")}
    assert sorted(kind for kind in worn if f".chart .{kind} " not in CSS and f".chart .{kind}:" not in CSS) == []
    style = svg.findtext(f"{SVG}style") or ""
    assert ".chart .deep-1 { fill: #3b1677; }" in style
    assert re.findall(r"var\(|light-dark|url\(|@", style) == []


@pytest.mark.parametrize(
    ("drawing", "wide"),
    [*((large(STATEMENTS, 3), True) for large in LARGE), (meter(()).drawing, False), (histogram().drawing, False)],
)
def test_wide_is_what_a_phone_has_no_room_for(drawing: Drawing, wide: bool) -> None:
    assert charts.is_wide(drawing) is wide


@pytest.mark.parametrize("large", LARGE)
def test_a_picture_too_high_for_a_page_comes_in_parts(large: Large) -> None:
    texts = tuple(f"{number} {LONG}" for number in range(100, 130))
    parts = [ElementTree.fromstring(one) for one in charts.on_sheets("en", picture(large(texts, 12)), "p")]
    assert max(float(one.attrib["height"]) for one in parts) <= charts.HIGH
    written = [letters(one) for one in parts]
    found = [sum(re.sub(r"\s", "", text) in one for one in written) for text in texts]
    assert found == [1] * 30
    ids = [one.attrib["aria-labelledby"] for one in parts]
    assert len(set(ids)) == len(ids) > 1


@pytest.mark.parametrize("large", LARGE)
def test_a_picture_that_fits_a_page_stays_whole(large: Large) -> None:
    drawn = picture(large(STATEMENTS, 3))
    assert charts.on_sheets("en", drawn, "p") == (charts.standing_alone("en", drawn, "p"),)


@pytest.mark.parametrize("large", LARGE)
def test_a_text_longer_than_a_page_is_left_to_the_table(large: Large) -> None:
    assert charts.on_sheets("en", picture(large((*STATEMENTS[:3], "word " * 8000, GONE), 3)), "p") == ()


def test_the_parts_of_a_board_go_on_counting() -> None:
    parts = charts.on_sheets("en", picture(Diamond((LONG,) * 30, 5)), "p", height=600)
    numbers = [
        [text.text for text in ElementTree.fromstring(one).iter(f"{SVG}text") if "head" in text.get("class", "")]
        for one in parts
    ]
    assert [number for part in numbers for number in part] == [str(place) for place in range(1, 31)]


def test_nine_statements_stand_as_a_diamond() -> None:
    frames = [box for box in alone(Diamond(STATEMENTS, 5)).iter(f"{SVG}rect") if "spot" in box.attrib["class"]]
    heights = [box.attrib["y"] for box in frames]
    assert [heights.count(y) for y in dict.fromkeys(heights)] == [1, 2, 3, 2, 1]


def test_a_count_that_is_not_told_has_no_number_but_stripes() -> None:
    svg = alone(Heat(("1", "2"), (HeatRow("A", (None, 2)),), 3))
    assert [text.text for text in svg.iter(f"{SVG}text")][:4] == ["1", "2", "A", "2"]
    assert [path.attrib["class"] for path in svg.iter(f"{SVG}path")] == ["stripes"]
    assert "Striped: not told." in (list(svg.iter(f"{SVG}text"))[-1].text or "")


def test_a_masked_bar_shows_what_is_told_and_no_blocks_to_count() -> None:
    bars = (Bar(2, "Concerns", "1–2", 1.5, masked=True), Bar(3, "I can live with it", "4", 4))
    svg = alone(Histogram(bars, 3))
    kinds = [box.attrib["class"] for box in svg.iter(f"{SVG}rect")]
    assert kinds == ["below masked", *["above"] * 4]
    assert {"1–2", "4", "2", "3"} <= {text.text for text in svg.iter(f"{SVG}text")}


def test_a_hall_of_answers_keeps_the_histogram_low() -> None:
    svg = alone(Histogram(tuple(Bar(value, "", str(60 * value), 60 * value) for value in range(6)), 3))
    assert float(svg.attrib["height"]) < 220
    assert len(list(svg.iter(f"{SVG}rect"))) == 5


def test_agreement_without_steps_is_words_alone() -> None:
    svg = alone(Meter("Too few answers for figures", 0))
    assert list(svg.iter(f"{SVG}rect")) == []
    assert letters(svg) == "Toofewanswersforfigures"


def test_a_statement_discarded_at_a_narrow_table_is_crossed_out_and_the_cross_told() -> None:
    texts = [text.text for text in alone(side_by_side((*STATEMENTS, GONE), 12)).iter(f"{SVG}text")]
    assert texts.count("×") == 12
    assert texts[-1] == "× discarded."


def test_heads_of_columns_are_not_divided_within_a_word() -> None:
    texts = [text.text for text in alone(side_by_side((*STATEMENTS, GONE), 12)).iter(f"{SVG}text")]
    assert texts.count("Table") == 12


@pytest.mark.parametrize(
    "text", ["شراكة من أجل الأطفال", "👩\u200d👩\u200d👧\u200d👦" * 30, "字" * 50, "e\u0301" * 200, "no-break" * 40]
)
def test_any_script_is_broken_where_it_may_be(text: str) -> None:
    lines = broken(text, 120, 12)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert [line for line in lines if length(line, 12) > 120] == []
    assert [line for line in lines if line.startswith(("\u0301", "\u200d"))] == []


def test_breaking_an_endless_word_takes_no_time_to_speak_of() -> None:
    lines = broken("x" * 40_000, 200, 12)
    assert sum(map(len, lines)) == 40_000


def test_lines_are_measured_no_shorter_than_our_face_sets_them() -> None:
    (source,) = DIST.glob("atkinson-hyperlegible-next-latin-wght*.woff2")
    font = instantiateVariableFont(TTFont(source), {"wght": 600})
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    for text in (*STATEMENTS, LONG, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", "abcdefghijklmnopqrstuvwxyz"):
        real = sum(widths[glyphs[ord(sign)]][0] for sign in text) / 1000
        assert real <= length(text, 1) <= real * 1.12
