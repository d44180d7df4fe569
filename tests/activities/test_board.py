"""The table's board: whatever is moved, nothing is lost or doubled, and the others keep their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.ranking.board import KEPT_MOVES, Places, moved, refit, tray
from app.errors import Closed, Unclear
from tests.activities.sitting import LIKE, Sitting, ranked, setup_of

STATEMENTS = tuple(f"s{n}" for n in range(1, 10))


@st.composite
def moves(draw: st.DrawFn) -> tuple[Places, str, int | None]:
    """Draw a board of one to nine places, one of its statements, and where it goes; None is the tray."""
    size = draw(st.integers(1, 9))
    order = draw(st.permutations(STATEMENTS[:size]))
    gaps = draw(st.sets(st.integers(0, size - 1)))
    places = tuple(None if at in gaps else one for at, one in enumerate(order))
    return places, draw(st.sampled_from(order)), draw(st.none() | st.integers(1, size))


def standing(places: Places, without: str = "") -> list[str]:
    return [one for one in places if one not in (None, without)]


@given(moves())
def test_a_move_puts_the_statement_where_it_goes(move: tuple[Places, str, int | None]) -> None:
    places, statement, position = move
    new = moved(places, statement, position)
    assert (statement in new) is (position is not None)
    assert position is None or new[position - 1] == statement


@given(moves())
def test_a_move_loses_and_doubles_nothing_and_moves_nobody_else_past_another(
    move: tuple[Places, str, int | None],
) -> None:
    places, statement, position = move
    new = moved(places, statement, position)
    assert len(new) == len(places)
    assert standing(new, statement) == standing(places, statement)
    assert sorted(standing(new)) == sorted({*standing(places), statement} - ({statement} if position is None else {""}))


@given(moves())
def test_a_move_leaves_all_beyond_where_it_came_from_or_the_gap_it_fills_where_they_are(
    move: tuple[Places, str, int | None],
) -> None:
    places, statement, position = move
    new = moved(places, statement, position)
    changed = [at for at, (old, now) in enumerate(zip(places, new, strict=True)) if old != now]
    if statement in places:
        ends = places.index(statement), places.index(statement) if position is None else position - 1
        assert all(min(ends) <= at <= max(ends) for at in changed)
    elif position is not None:
        gaps = [at for at, one in enumerate(places) if one is None]
        nearest = min(abs(at - position + 1) for at in gaps)
        assert all(abs(at - position + 1) <= nearest for at in changed)
        assert new.count(None) == len(gaps) - 1


@given(moves())
def test_a_move_that_is_made_again_changes_nothing_more(move: tuple[Places, str, int | None]) -> None:
    places, statement, position = move
    once = moved(places, statement, position)
    assert moved(once, statement, position) == once


@given(moves(), st.sets(st.sampled_from(STATEMENTS)))
def test_a_board_that_is_fitted_keeps_the_order_of_what_stays(
    move: tuple[Places, str, int | None], gone: set[str]
) -> None:
    places, *_ = move
    staying = tuple(one for one in STATEMENTS if one not in gone)
    new = refit(tuple(one for one in places if one is None or one in STATEMENTS), staying)
    assert len(new) == len(staying)
    assert standing(new) == [one for one in standing(places) if one in staying]


def test_what_all_placed_alike_stands_there_and_the_rest_waits_in_the_trainers_order() -> None:
    at = Sitting()
    at.solo("s1 s2 s3 s4/s5", "s1 s3 s2 s4/s5", "s1 s4 s2 s3/s5")
    at.propose(1, "s5")
    at.check(4, 4, 4)
    assert at.go("rank").places == ("s1", None, None, None)
    assert tray(at.setup, at.board) == ("s2", "s3", "s4")


@pytest.mark.parametrize(("people", "start"), [(2, "mirror"), (5, "blank")])
def test_a_table_of_two_and_a_blank_start_begin_with_all_in_the_tray(people: int, start: str) -> None:
    at = Sitting(people=people, setup=setup_of(start=start))
    at.solo(*[LIKE] * people)
    at.propose(1, "s5")
    at.check(*[4] * people)
    assert at.go("rank").places == (None,) * 4


def test_a_place_that_there_is_not_is_refused() -> None:
    at = ranked()
    for fields in ({"statement": "s1", "position": 5}, {"statement": "s5", "position": 1}, {"statement": "s9"}):
        with pytest.raises(Unclear):
            at.make(1, "place", **fields)


def test_a_move_that_changes_nothing_counts_for_nobody() -> None:
    at = ranked()
    before = at.board
    assert at.make(2, "place", statement="s1", position=1) is before
    assert 2 not in at.board.moved


def test_moves_are_counted_by_seat_and_who_made_the_last_is_known() -> None:
    at = ranked()
    at.make(2, "place", statement="s4", position=1)
    at.make(3, "place", statement="s4", position=4)
    last = at.board.last[-1]
    assert (last.seat, last.statement, last.to) == (3, "s4", 4)
    assert (at.board.moved[2], at.board.moved[3]) == (1, 1)


def test_ten_moves_can_be_taken_back_and_no_more() -> None:
    at = ranked()
    boards = [at.board.places]
    for number in range(12):
        boards.append(at.make(1, "place", statement=f"s{number % 4 + 1}", position=4).places)
    for before in reversed(boards[-1 - KEPT_MOVES : -1]):
        assert at.make(2, "undo").places == before
    with pytest.raises(Closed):
        at.make(2, "undo")


def test_a_board_keeps_its_order_when_its_phase_is_left_and_entered_again() -> None:
    at = ranked()
    at.make(1, "place", statement="s4", position=1)
    at.go("compare", "rank")
    assert at.board.places == ("s4", "s1", "s2", "s3")
    with pytest.raises(Closed):
        at.make(1, "undo")


def test_another_discard_leaves_the_rest_of_the_board_as_it_was() -> None:
    at = ranked()
    at.make(1, "place", statement="s4", position=1)
    at.reopen("discard")
    at.propose(1, "s2")
    at.check(4, 4, 4)
    assert at.go("rank").places == ("s4", "s1", "s3", None)
    assert tray(at.setup, at.board) == ("s5",)
