"""The seat page while a table ranks: tray, board, who moved last, and the ways back and on."""

import re

import pytest

from app.activities.base import Person
from app.activities.ranking.shapes import Placing, Setup
from app.activities.ranking.views.board import rank
from tests.activities.scenes import ORDER, PEOPLE, SETUP, TEXT, board_of, html_of, ids_of, scene_of

PART = ("s1", "s8", None, "s2", None, None, "s6", "s7", "s5")


def moved(seat: int | None, to: int | None = 4, statement: str = "s2") -> Placing:
    """Make the latest move on a board."""
    return Placing(seat=seat, statement=statement, to=to, before=PART)


def test_board_has_every_statement_once_and_every_free_place() -> None:
    html = html_of(rank(scene_of("rank", board_of(PART))), "board")
    assert sorted(re.findall(r'data-testid="statement-(s\d+)"', html)) == sorted(ORDER)
    assert re.findall(r'id="free-(\d)"', html) == ["3", "5", "6"]
    tray = html[html.index('id="tray-h"') : html.index('id="board-h"')]
    assert re.findall(r'data-statement="(s\d+)"', tray) == ["s4", "s9", "s10"]
    assert "s3" not in re.findall(r'data-statement="(s\d+)"', html)


def test_board_names_its_version_and_where_moves_go() -> None:
    html = html_of(rank(scene_of("rank", board_of(PART))), "board")
    assert 'data-version="41" data-action="/w/abcd/steps/1/moves"' in html
    assert 'name="version" value="41"' in html


def test_board_can_be_moved_without_scripts() -> None:
    html = html_of(rank(scene_of("rank", board_of(PART))), "board")
    form = re.search(r'<form[^>]*data-coalesce="place-s4".*?</form>', html, re.S)
    assert form is not None
    assert 'method="post"' in form[0]
    assert '<option value="3" selected>3, free</option>' in form[0]
    row = re.search(r'<form[^>]*data-coalesce="place-s8".*?</form>', html, re.S)
    assert row is not None
    ways = re.findall(r'<button[^>]*name="position" value="(\d)"[^>]*data-testid="(\w+)-s8"', row[0])
    assert ways == [("1", "up"), ("3", "down"), ("1", "top"), ("9", "bottom")]


def test_the_first_cannot_go_up_and_the_last_not_down() -> None:
    html = html_of(rank(scene_of("rank", board_of())), "board")
    stuck = [one for one in re.findall(r"<button[^>]*>", html) if "aria-disabled" in one]
    assert [re.findall(r'data-testid="([^"]+)"', one) for one in stuck] == [
        ["up-s1"],
        ["top-s1"],
        ["down-s5"],
        ["bottom-s5"],
    ]


def test_a_full_board_has_no_tray() -> None:
    html = html_of(rank(scene_of("rank", board_of())), "board")
    assert "tray-h" not in html


@pytest.mark.parametrize(("places", "is_diamond"), [(9, True), (8, False), (10, False)])
def test_only_nine_places_make_a_diamond(places: int, is_diamond: bool) -> None:
    setup = SETUP if places > 8 else Setup(statements=SETUP.statements[:9])
    without = ["s3"] if places < 10 else []
    order = tuple(one.id for one in setup.statements if one.id not in without)
    board = board_of(order, **({} if without else {"discarded": ()}))
    html = html_of(rank(scene_of("rank", board, setup=setup)), "board")
    assert ("data-shape-tab" in html) is is_diamond


@pytest.mark.parametrize(
    ("seat", "to", "words"),
    [
        (2, 4, "Health · 2 moved one to place 4"),
        (5, 4, "Seat 5 moved one to place 4"),
        (3, 4, "You moved one to place 4"),
        (2, None, "Health · 2 put one back into the tray"),
        (3, None, "You put one back into the tray"),
        (99, 4, "Somebody moved one to place 4"),
        (None, None, "Somebody put one back into the tray"),
    ],
)
def test_the_latest_move_says_who_by_agency_and_place(seat: int | None, to: int | None, words: str) -> None:
    html = html_of(rank(scene_of("rank", board_of(PART, last=(moved(4), moved(seat, to))))), "who-moved")
    assert re.sub(r"<[^>]+>", "", html).strip() == f"{words}: {TEXT['s2']}"


def test_the_latest_move_is_marked_on_the_board() -> None:
    html = html_of(rank(scene_of("rank", board_of(PART, last=(moved(1), moved(4))))), "board")
    assert 'data-just="s2"' in html
    assert html.count("place--just") == html.count(">just moved<") == 1


def test_everybody_at_a_table_is_drawn_the_same_board() -> None:
    board = board_of(PART, last=(moved(2),))
    first, second = (rank(scene_of("rank", board, seat=seat))[0] for seat in (1, 4))
    assert first == second


def test_nothing_to_undo_is_said_and_the_button_keeps_its_place() -> None:
    assert 'aria-disabled="true"' in html_of(rank(scene_of("rank", board_of(PART))), "undo")
    assert "aria-disabled" not in html_of(rank(scene_of("rank", board_of(PART, last=(moved(1),)))), "undo")


def test_the_way_on_opens_when_the_tray_is_empty() -> None:
    assert ids_of(rank(scene_of("rank", board_of(PART)))) == ["board", "who-moved", "undo"]
    assert ids_of(rank(scene_of("rank", board_of()))) == ["board", "who-moved", "undo", "on"]


def test_who_came_late_is_offered_a_list_of_their_own() -> None:
    regions = rank(scene_of("rank", board_of(PART), late=True, own={}))
    assert ids_of(regions)[:2] == ["own-list", "board"]
    both = "".join(html_of(regions, name) for name in ("own-list", "board"))
    assert len(re.findall(r' id="([^"]+)"', both)) == len(set(re.findall(r' id="([^"]+)"', both)))


def test_an_agency_is_written_as_text() -> None:
    people = (*PEOPLE[:1], Person(2, 2, "<b>Health", here=True))
    html = html_of(rank(scene_of("rank", board_of(PART, last=(moved(2),)), people=people)), "who-moved")
    assert "&lt;b&gt;Health · 2" in html
