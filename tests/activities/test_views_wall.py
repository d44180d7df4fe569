"""The wall's part of a ranking: how far the tables are, their mirrors, the plenary, and the plenary on phones."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from app.activities.base import Given, Region, SeatScene, TableScene
from app.activities.checks import Check, Outcome
from app.activities.ranking.mirror import reveal
from app.activities.ranking.room import RoomView, room
from app.activities.ranking.shapes import Answer, Board, Discarded, Either, Marks, Setup, Statement
from app.activities.ranking.views.wall import Progress, phone, progress, wall
from app.web.templates import draw
from tests.activities.locking import SETUP, ballots, scene, table

TWO = (table(1, "a b c", "abcde", "f"), table(2, "b a d", "badec", "f"))
GIVEN = (ballots("abcdef", "bacdef", "abcdef"), ballots("abcdef", "abcdfe", "bacdef", "abdcef"))


class Text(HTMLParser):
    """Collects what a reader reads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def __str__(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.found)).strip()


def read(regions: tuple[Region, ...], id_: str, language: str = "en") -> str:
    """Draw a region and read its words."""
    region = next(region for region in regions if region.id == id_)
    return str(Text(draw(language, region.template, view=region.view)))


def the_room(tables: tuple[TableScene, ...] = TWO, given: tuple[tuple[Given, ...], ...] = GIVEN) -> RoomView:
    """Put tables in one room."""
    found = room(tables[0].setup, tables, given)
    assert found is not None
    return found


def at(phase: str, *, board: Board | None = None, number: int = 1, done: int = 0, **more: Any) -> TableScene:
    """Stand at a table of four in a phase."""
    return replace(scene(number, board or Board(), phase), done=done, **more)


OUTCOME = Outcome(passed=False, answered=4, counts=None, reasons=())
OPEN = Check(id=1, subject="top", rule="all-at-3")
GONE = (Discarded(statement="f", reason="", reason_id=""),)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (at("read"), Progress(1, "reading")),
        (at("solo", done=3), Progress(1, "done", 3, 4)),
        (at("discard"), Progress(1, "talking")),
        (at("discard", board=Board(checks=(OPEN,)), done=2), Progress(1, "answered", 2, 4)),
        (
            at("discard", board=Board(eithers=(Either(id=1, a="a", b="b", subject="discard"),))),
            Progress(1, "answered", 0, 4),
        ),
        (at("discard", board=Board(discarded=GONE)), Progress(1, "settled")),
        (at("discard", board=Board(nothing_discarded=True)), Progress(1, "settled")),
        (at("rank", board=Board(places=("a", None, "b", None, "c"))), Progress(1, "placed", 3, 5)),
        (at("compare"), Progress(1, "comparing")),
        (at("top", done=1), Progress(1, "marked", 1, 4)),
        (at("top", board=Board(marks=Marks(answered=4), top=(("a",), ("b", "c"), ()))), Progress(1, "placed", 2, 3)),
        (at("check", board=Board(checks=(OPEN,)), done=4), Progress(1, "answered", 4, 4)),
        (at("locked"), Progress(1, "locked")),
    ],
    ids=lambda one: f"{one.phase}" if isinstance(one, TableScene) else one.state,
)
def test_progress_says_how_far_a_table_is(told: TableScene, expected: Progress) -> None:
    assert progress(told) == expected


def test_a_check_that_may_be_tried_again_is_not_told_to_the_room() -> None:
    failed = at("check", board=Board(checks=(OPEN.model_copy(update={"outcome": OUTCOME}),)))
    assert progress(failed) == Progress(1, "talking")
    passed = OUTCOME.model_copy(update={"passed": True})
    assert progress(at("check", board=Board(checks=(OPEN.model_copy(update={"outcome": passed}),)))).state == "passed"
    assert progress(at("check", board=Board(ending="not_agreed"))).state == "passed"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_table_with_people_is_in_the_wall_s_lower_edge(language: str) -> None:
    tables = (at("discard"), at("rank", number=2), replace(at("locked", number=3), seats=0), at("locked", number=4))
    regions = wall(tables, None)
    assert [(region.id, region.slot) for region in regions] == [("progress", "foot")]
    words = read(regions, "progress", language)
    assert [bool(re.search(rf"\b{number}\b", words)) for number in (1, 2, 4)] == [True] * 3
    assert "Table 3" not in words


def test_nothing_is_added_while_everybody_works_alone() -> None:
    assert wall((at("read"), at("solo", number=2)), None) == ()
    assert wall((replace(at("rank"), seats=0),), None) == ()


def test_mirrors_are_shown_while_most_tables_compare() -> None:
    mirrors = [{"solo": reveal(SETUP, "solo", given, ("f",))} for given in GIVEN]
    one, two = (at("compare", number=place, revealed=kept) for place, kept in enumerate(mirrors, 1))
    both = wall((one, two), None)
    assert [region.id for region in both] == ["wall"]
    assert [row.cells[0].first for row in both[0].view.rows] == [1, 2, 3, 4, 5, 0]  # type: ignore[attr-defined]
    assert "dropped" in read(both, "wall")
    most = wall((one, two, at("rank", number=3)), None)
    assert [region.id for region in most] == ["wall"]
    assert "Table 3 is in another phase." in read(most, "wall")
    assert [region.id for region in wall((one, at("rank", number=3)), None)] == ["progress"]


def test_the_plenary_says_where_tables_meet() -> None:
    regions = wall(TWO, the_room())
    assert [(region.id, region.slot) for region in regions] == [
        ("phase", "main"),
        ("wall", "main"),
        ("wall-foot", "foot"),
    ]
    assert "Where the two tables meet" in read(regions, "phase")
    assert "comes from 7 private answers" in read(regions, "wall-foot")
    words = read(regions, "wall")
    assert "2 of 2 In every table’s top 3 Statement a. Statement b." in words
    assert "Table 2: Statement d. Table 1: Statement c." in words
    assert "two tables order them the same way" in words
    assert "How they ended" not in words


def test_the_plenary_tells_other_endings_without_blame() -> None:
    tables = (
        TWO[0],
        table(2, "b a d", "badec", "f", ending="not_agreed"),
        table(3, "b a c", "abcde", "f", ending="with_reservations"),
    )
    words = read(wall(tables, the_room(tables)), "wall")
    assert "Table 2: Not agreed. The majority’s list is shown." in words
    assert "Table 3: Agreed with reservations." in words


def test_a_shared_place_says_so() -> None:
    tables = (table(1, "a bc", "abcde", "f"), table(2, "a b", "abcde", "f"))
    html = draw("en", "ranking/_wall_plenary.html", view=wall(tables, the_room(tables))[1].view)
    assert html.count(">2=<") == 2


def test_without_first_answers_the_journey_begins_nowhere() -> None:
    regions = wall(TWO, the_room(given=()))
    assert "too few private answers" in read(regions, "wall-foot")
    html = draw("en", "ranking/_wall_plenary.html", view=regions[1].view)
    assert ('<path class="path' in html, html.count("<circle")) == (False, 6)


def test_one_table_alone_has_its_list_and_no_comparison() -> None:
    regions = wall(TWO[:1], the_room(TWO[:1], GIVEN[:1]))
    assert "What the table agreed" in read(regions, "phase")
    words = read(regions, "wall")
    assert "alike" not in words
    assert "1 Statement a. 2 Statement b. 3 Statement c." in words
    assert "discarded" in words


def crowd(tables: int, statements: int) -> tuple[TableScene, ...]:
    """Lock many tables on many statements, each turned a little further."""
    ids = [f"s{number}" for number in range(statements)]
    setup = Setup(statements=tuple(Statement(id=one, text=f"Words of {one}") for one in ids), discard=0, top=2)
    found = []
    for number in range(1, tables + 1):
        order = ids[number % 3 :] + ids[: number % 3]
        result = (
            TWO[0]
            .board.results[0]
            .model_copy(update={"top": ((order[0],), (order[1],)), "order": tuple(order), "discarded": ()})
        )
        found.append(replace(scene(number, Board(results=(result,))), setup=setup))
    return tuple(found)


@pytest.mark.parametrize("tables", [2, 3, 6, 9, 12])
@pytest.mark.parametrize("statements", [3, 10, 11, 30])
def test_the_plenary_has_a_row_for_every_statement_and_a_column_for_every_table(tables: int, statements: int) -> None:
    scenes = crowd(tables, statements)
    view: Any = wall(scenes, the_room(scenes, ()))[1].view
    html = draw("en", "ranking/_wall_plenary.html", view=view)
    assert html.count('<tr><th scope="row"') == statements
    assert html.count("<td data-place") == tables * statements
    assert view.height <= 510
    assert view.rows >= statements


def seat(room: RoomView | None, number: int = 1, own: str = "abcdef") -> SeatScene:
    """Look at the plenary from a seat at a table."""
    kept = {"solo": ballots(own)[0].answer} if own else {}
    at_table = TWO[number - 1]
    mirror = {"solo": reveal(SETUP, "solo", GIVEN[number - 1], ("f",))}
    return SeatScene(
        SETUP, "locked", 7, 1, Answer(), 7, at_table.board, 7, mirror, kept, 4, 4, "/m", room=room, table=number
    )


def test_there_is_no_plenary_on_phones_before_all_tables_have_locked() -> None:
    assert phone(seat(None)) == ()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_phone_compares_its_table_with_the_room(language: str) -> None:
    regions = phone(seat(the_room(), 2))
    assert [region.id for region in regions] == ["plenary"]
    assert read(regions, "plenary", language)
    view: Any = regions[0].view
    assert [(row.row.id, row.ours.place, row.apart, row.others) for row in view.rows] == [
        ("a", 2, 0, (1,)),
        ("b", 1, 0, (1,)),
        ("d", 3, 0, ()),
        ("c", 5, -1, (1,)),
        ("e", 4, 1, ()),
        ("f", None, 0, ()),
    ]


def test_a_phone_tells_where_the_room_began() -> None:
    given = (ballots("dabcef", "dabcef", "dabcef"),)
    words = read(phone(seat(the_room(given=given))), "plenary")
    assert "In the room’s first answers: 1" in words
    assert "first answers" not in read(phone(seat(the_room(given=()))), "plenary")


def test_a_phone_of_one_table_alone_compares_nothing() -> None:
    assert phone(seat(the_room(TWO[:1], GIVEN[:1]))) == ()


def test_the_plenary_is_the_same_value_for_the_same_room() -> None:
    one, other = wall(TWO, the_room()), wall(TWO, the_room())
    assert one == other
    assert hash(one) == hash(other)
