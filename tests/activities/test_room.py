"""The room: what all tables locked, side by side, and what of the first answers may stand beside it."""

from dataclasses import replace

import pytest

from app.activities.base import Given, TableScene
from app.activities.ranking.record import CellRecord, LikenessRecord, RoomRecord, RowRecord, SpanRecord
from app.activities.ranking.room import Pair, RoomCell, RoomView, Span, room
from app.activities.ranking.shapes import Board
from app.activities.summary import Sentence
from tests.activities.locking import SETUP, ballots, scene, table


def shown(*tables: TableScene, given: tuple[tuple[Given, ...], ...] = ()) -> RoomView:
    """Put tables side by side."""
    found = room(SETUP, tables, given)
    assert found is not None
    return found


def now(view: RoomView) -> dict[str, Span]:
    """Map statements to their places in the room."""
    return {row.id: row.now for row in view.rows}


def test_no_table_that_has_locked_makes_no_room() -> None:
    assert room(SETUP, (scene(1, Board(), "check"), scene(2, Board())), ()) is None


def test_every_table_counts_once_and_level_statements_share_their_places() -> None:
    view = shown(table(1, "a b c", "abcde", "f"), table(2, "b a c", "baced", "f"))
    assert now(view) == {
        "a": Span(1, 2),
        "b": Span(1, 2),
        "c": Span(3, 3),
        "d": Span(4, 5),
        "e": Span(4, 5),
        "f": Span(6, 6),
    }
    assert [row.id for row in view.rows] == list("abcdef")


def test_a_cell_says_where_a_statement_stands_at_a_table() -> None:
    view = shown(table(1, "a bc -", "dabce", "f"), table(2, "a b c", "abc-d", "e"))
    cells = {row.id: row.cells for row in view.rows}
    assert cells["a"] == (RoomCell(1, top=True), RoomCell(1, top=True))
    assert cells["b"] == (RoomCell(2, shared=True, top=True), RoomCell(2, top=True))
    assert cells["c"] == (RoomCell(2, shared=True, top=True), RoomCell(3, top=True))
    assert cells["d"] == (RoomCell(4), RoomCell(4))
    assert cells["e"] == (RoomCell(5), RoomCell(None, dropped=True))
    assert cells["f"] == (RoomCell(None, dropped=True), RoomCell(None))


def test_more_statements_than_top_places_push_the_rest_down() -> None:
    view = shown(table(1, "a b cd", "abcde", "f"))
    assert [(row.id, row.cells[0].place) for row in view.rows] == [
        ("a", 1),
        ("b", 2),
        ("c", 3),
        ("d", 3),
        ("e", 5),
        ("f", None),
    ]
    assert now(view)["c"] == Span(3, 4)


def test_places_that_stayed_empty_push_nothing_down() -> None:
    view = shown(table(1, "a b -", "abcde", "f"), table(2, "- - -", "abcde", "f"), table(3, "- a -", "abcde", "f"))
    cells = [[row.cells[at].place for row in view.rows if row.id in "abcde"] for at in range(3)]
    assert cells == [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [2, 3, 4, 5, 6]]


def test_what_stands_on_an_open_place_is_not_among_the_top() -> None:
    locked = table(1, "a b c", "abcde", "f", ending="all_but_one")
    result = locked.board.results[0].model_copy(update={"open_place": 3})
    view = shown(replace(locked, board=Board(results=(result,))))
    assert [(row.id, row.cells[0].place) for row in view.rows if not row.cells[0].top][:1] == [("c", 3)]


def test_discarded_statements_stand_last_in_the_room() -> None:
    view = shown(table(1, "a b c", "abcd", "fe"), table(2, "a b c", "abcd", "fe"))
    assert now(view)["e"] == now(view)["f"] == Span(5, 6)


def test_what_is_in_every_top_and_in_only_one() -> None:
    view = shown(table(1, "a b c", "abcde", "f"), table(2, "a b d", "abdce", "f"), table(3, "b a c", "bacde", "f"))
    assert [row.id for row in view.in_all] == ["a", "b"]
    assert [row.id for row in view.in_one] == ["d"]
    assert [row.tops for row in view.rows] == [3, 3, 2, 1, 0, 0]


def test_tables_are_compared_two_by_two() -> None:
    view = shown(table(1, "a b c", "abcde", "f"), table(2, "a b c", "abcde", "f"), table(3, "f e d", "fedcb", "a"))
    assert view.pairs == (Pair(1, 2, 1.0), Pair(1, 3, -1.0), Pair(2, 3, -1.0))
    assert [(pair.one, pair.other) for pair in view.most_alike] == [(1, 2)]
    assert [(pair.one, pair.other) for pair in view.least_alike] == [(1, 3), (2, 3)]
    assert [pair.times for pair in view.pairs] == [10, 0, 0]


def test_tables_that_are_all_as_alike_have_no_least_alike_pair() -> None:
    view = shown(table(1, "a b c", "abcde", "f"), table(2, "a b c", "abcde", "f"))
    assert (len(view.most_alike), view.least_alike) == (1, ())


def test_one_table_alone_is_compared_with_nothing() -> None:
    view = shown(table(1, "a b c", "abcde", "f"))
    assert (view.pairs, view.in_one, view.least_alike) == ((), (), ())


def test_a_table_that_has_not_agreed_stands_with_its_list() -> None:
    view = shown(table(1, "a b c", "abcde", "f"), table(2, "b a c", "bacde", "f", ending="not_agreed"))
    assert [(one.number, one.ending, one.contested) for one in view.tables] == [
        (1, "agreed", ("c",)),
        (2, "not_agreed", ("c",)),
    ]


def test_a_table_without_a_result_is_not_in_the_picture_and_one_whose_phones_sleep_is() -> None:
    view = shown(table(1, "a b c", "abcde", "f"), scene(2, Board()), table(3, "c b a", "cbade", "f", seats=0))
    assert [one.number for one in view.tables] == [1, 3]


def test_the_first_answers_of_the_room_are_all_orders_together() -> None:
    given = (ballots("abcdef", "abcdef", "bacdef"), ballots("abcdef", "abcdef", "abcdef", "abcdfe"))
    view = shown(table(1, "a b c", "abcde", "f"), given=given)
    assert view.answers == 7
    assert [row.first for row in view.rows] == [Span(place, place) for place in range(1, 7)]


@pytest.mark.parametrize(
    ("small", "answers"), [((("fedcba",),), 3), ((("fedcba",) * 2,), 3), ((("fedcba",), ("fedcba",)), 3)]
)
def test_orders_that_could_be_had_by_subtraction_are_left_out(small: tuple[tuple[str, ...], ...], answers: int) -> None:
    given = (ballots("abcdef", "abcdef", "abcdef"), *(ballots(*orders) for orders in small))
    view = shown(table(1, "a b c", "abcde", "f"), given=given)
    assert view.answers == answers
    assert view.rows[0].first == Span(1, 1)


def test_three_orders_of_small_tables_together_hide_in_each_other() -> None:
    given = (ballots("abcdef", "abcdef", "abcdef"), ballots("fedcba"), ballots("fedcba", "fedcba"))
    view = shown(table(1, "a b c", "abcde", "f"), given=given)
    assert view.answers == 6
    assert {row.first for row in view.rows} == {Span(1, 6)}


def test_two_first_answers_show_no_order() -> None:
    view = shown(table(1, "a b c", "abcde", "f"), given=(ballots("abcdef", "abcdef"),))
    assert (view.answers, {row.first for row in view.rows}) == (0, {None})


def of_agencies(police: int = 3) -> tuple[tuple[Given, ...], ...]:
    """Keep the answers of six people of one agency against those of two others."""
    return (
        (*ballots(*("abcdef",) * 6, agency="health"), *ballots(*("bacdef",) * police, agency="police")),
        ballots(*("bacdef",) * 2, *("bacdef",), agency="education"),
    )


def test_each_agency_counting_the_same_stands_beside_it_when_it_differs() -> None:
    view = shown(table(1, "a b c", "abcde", "f"), given=of_agencies())
    assert [(row.id, row.first, row.parity) for row in view.rows[:2]] == [
        ("a", Span(1, 2), Span(2, 2)),
        ("b", Span(1, 2), Span(1, 1)),
    ]


def test_agencies_of_two_have_no_parity_order() -> None:
    view = shown(table(1, "a b c", "abcde", "f"), given=of_agencies(police=2))
    assert {row.parity for row in view.rows} == {None}


def test_a_parity_order_that_is_the_same_is_not_shown_again() -> None:
    alike = tuple(replace(one, answer=of_agencies()[0][0].answer) for part in of_agencies() for one in part)
    assert {row.parity for row in shown(table(1, "a b c", "abcde", "f"), given=(alike,)).rows} == {None}


def test_the_record_has_tables_only_when_they_are_asked_for() -> None:
    view = shown(table(1, "a b c", "abcde", "f"), table(2, "b a c", "bacde", "f", ending="not_agreed"))
    whole, bare = view.record(), view.record(tables=False)
    assert whole.likeness == (LikenessRecord(one=1, other=2, tau=0.867),)
    assert [one.ending for one in whole.endings] == ["agreed", "not_agreed"]
    assert whole.statements[0].places[1] == CellRecord(table=2, place=2, top=True)
    assert (bare.tables_counted, bare.endings, bare.likeness, bare.orders) == (2, (), (), 0)
    assert bare.statements[0] == RowRecord(statement="a", in_the_top_of=2, now=SpanRecord(first=1, last=2))


def test_the_record_says_in_words_how_far_the_room_s_first_answers_agree() -> None:
    given = (ballots("abcdef", "abcdef", "bacdef"), ballots("abcdef", "abcdef", "abcdef", "abcdfe"))
    view = shown(table(1, "a b c", "abcde", "f"), given=given)
    kept = view.record()
    assert (kept.orders, kept.agreement, kept.meter) == (7, Sentence(text="Unusually strong agreement"), 5)
    assert RoomRecord.model_validate_json(kept.model_dump_json()) == kept
    bare = view.record(tables=False)
    assert (bare.orders, bare.agreement, bare.meter) == (0, None, 0)
    assert {row.first for row in bare.statements} == {None}


def test_two_first_answers_have_no_words_in_the_record() -> None:
    kept = shown(table(1, "a b c", "abcde", "f"), given=(ballots("abcdef", "abcdef"),)).record()
    assert (kept.orders, kept.agreement) == (0, None)


def test_a_room_is_a_value() -> None:
    tables = (table(1, "a b c", "abcde", "f"), table(2, "b a c", "bacde", "f"))
    assert hash(shown(*tables)) == hash(shown(*tables))
