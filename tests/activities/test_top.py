"""The top places: marks in private, places filled together, shared only by choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.ranking import activity, top
from app.activities.ranking.shapes import Board, Marks
from app.errors import Closed, Unclear
from tests.activities.sitting import LIKE, Sitting, ranked, setup_of

SETUP = setup_of(8, 1, 5)
IDS = tuple(f"s{n}" for n in range(1, 8))
PLACINGS = st.lists(st.tuples(st.sampled_from(IDS), st.none() | st.integers(1, 5), st.booleans()), max_size=14)


def marking(people: int) -> Sitting:
    at = ranked(people)
    at.go("top")
    return at


def put(board: Board, statement: str, position: int | None, *, joint: bool = False) -> Board:
    if position is None:
        return top.take_out(SETUP, board, statement)
    return top.put(SETUP, board, statement, position, joint=joint)


@pytest.mark.parametrize("people", [1, 2])
def test_below_three_marks_come_to_nothing_that_could_be_read(people: int) -> None:
    at = marking(people)
    at.all("mark_top", *[["s1", "s2"]] * people, of="statements")
    assert at.board.marks == Marks(answered=people)
    assert top.placed(at.board) == ()


@pytest.mark.parametrize("people", [3, 4, 5])
def test_from_three_on_marks_are_sorted_and_what_all_marked_has_its_place(people: int) -> None:
    at = marking(people)
    at.all("mark_top", *[["s2", "s1"]] * (people - 1), ["s3", "s2"], of="statements")
    assert at.board.marks == Marks(answered=people, for_all=("s2",), contested=("s1", "s3"), out=("s4",))
    assert at.board.top == (("s2",), ())


def test_marks_wait_for_all_who_are_here_and_can_be_changed_until_then() -> None:
    at = marking(3)
    at.make(1, "mark_top", statements=["s3", "s4"])
    at.make(1, "mark_top", statements=["s1", "s2"])
    assert at.make(2, "mark_top", statements=["s1", "s2"]).marks is None
    marks = Marks(answered=3, for_all=("s1", "s2"), out=("s3", "s4"))
    assert at.make(3, "mark_top", statements=["s1", "s2"]).marks == marks
    with pytest.raises(Closed):
        at.make(1, "mark_top", statements=["s3", "s4"])


def test_the_trainer_closes_marks_once_there_are_any() -> None:
    at = marking(4)
    with pytest.raises(Unclear):
        at.make(None, "close_check")
    for seat in (1, 2, 3):
        at.make(seat, "mark_top", statements=["s1", "s2"])
    at.make(None, "close_check")
    assert at.board.marks is not None
    assert at.board.marks.answered == 3


@pytest.mark.parametrize("statements", [[], ["s1"], ["s1", "s1"], ["s1", "s2", "s3"], ["s1", "s5"], ["s1", "s9"]])
def test_marks_are_as_many_as_places_each_once_and_of_what_stays(statements: list[str]) -> None:
    at = marking(3)
    with pytest.raises(Unclear):
        at.make(1, "mark_top", statements=statements)


def test_marks_of_before_a_reopening_are_not_counted() -> None:
    at = marking(2)
    at.make(1, "mark_top", statements=["s1", "s2"])
    at.reopen("top")
    at.make(2, "mark_top", statements=["s3", "s4"])
    assert at.board.marks is None


def test_places_may_be_taken_before_the_marks_are_shown_and_are_not_taken_twice() -> None:
    at = marking(3)
    at.make(1, "place_top", statement="s2", position=1)
    at.all("mark_top", *[["s1", "s2"]] * 3, of="statements")
    assert at.board.top == (("s2",), ("s1",))


@given(PLACINGS)
def test_whatever_is_placed_stands_once_on_as_many_places_as_there_are(
    placings: list[tuple[str, int | None, bool]],
) -> None:
    board = Board()
    for statement, position, joint in placings:
        before = board
        try:
            board = put(board, statement, position, joint=joint)
        except Closed:
            full = [tier for tier in before.top if tier and tier != (statement,)]
            assert len(full) == 5
            continue
        stands = next((at for at, tier in enumerate(board.top, 1) if statement in tier), None)
        assert stands == position
        others = [[one for one in tier if one != statement] for tier in (*before.top, *((),) * 5)[:5]]
        order = [one for tier in others for one in tier]
        assert [one for one in top.placed(board) if one != statement] == order
        assert len(board.top) == 5
        shared = {one for tier in board.top if len(tier) > 1 for one in tier}
        assert {one for one, how in board.settled.items() if how == "shared"} <= shared


def test_two_share_a_place_only_when_it_is_said() -> None:
    board = put(put(Board(), "s1", 1), "s2", 1)
    assert board.top == (("s2",), ("s1",), (), (), ())
    board = put(put(Board(), "s1", 1), "s2", 1, joint=True)
    assert board.top == (("s1", "s2"), (), (), (), ())
    assert board.settled == {"s1": "shared", "s2": "shared"}


def test_who_leaves_a_shared_place_shares_it_no_longer() -> None:
    board = put(put(Board(), "s1", 1), "s2", 1, joint=True)
    assert put(board, "s2", 2).settled == {}
    assert put(board, "s2", None).settled == {}


def test_a_shared_place_uses_up_the_next_one() -> None:
    board = Board()
    for statement, position in (("s1", 1), ("s2", 2), ("s3", 2), ("s4", 4), ("s5", 5)):
        board = put(board, statement, position, joint=True)
        done = statement == "s5"
        assert top.is_complete(SETUP, board) is done
    assert board.top == (("s1",), ("s2", "s3"), (), ("s4",), ("s5",))
    assert top.first_open(SETUP, board) is None


@pytest.mark.parametrize(
    ("tiers", "first"),
    [
        ((), 1),
        ((("s1",),), 2),
        (((), ("s1",)), 1),
        ((("s1", "s2"),), 3),
        ((("s1", "s2"), (), ("s3",)), 4),
        ((("s1", "s2", "s3", "s4", "s5"),), None),
    ],
)
def test_the_first_open_place_is_not_one_that_a_shared_place_has_used_up(
    tiers: tuple[tuple[str, ...], ...], first: int | None
) -> None:
    assert top.first_open(SETUP, Board(top=tiers)) == first


def test_six_in_five_places_are_complete_when_two_share() -> None:
    board = Board(top=(("s1",), ("s2",), ("s3",), ("s4",), ("s5", "s6")))
    assert top.is_complete(SETUP, board)
    assert not top.is_complete(SETUP, Board(top=(("s1",), (), ("s3",), ("s4",), ("s5", "s6"))))


def test_a_sixth_is_refused_where_all_five_are_taken() -> None:
    board = Board(top=(("s1",), ("s2",), ("s3",), ("s4",), ("s5",)))
    with pytest.raises(Closed):
        put(board, "s6", 3)
    assert put(board, "s5", 1).top == (("s5",), ("s1",), ("s2",), ("s3",), ("s4",))


def test_what_is_discarded_after_a_reopening_leaves_the_places() -> None:
    at = marking(3)
    at.make(1, "place_top", statement="s1", position=1)
    at.make(1, "place_top", statement="s2", position=1, joint=True)
    at.reopen("discard")
    at.propose(1, "s1")
    at.check(4, 4, 4)
    at.go("rank", "top")
    assert (at.board.top, at.board.settled) == ((("s2",), ()), {})


def test_a_place_beyond_the_last_and_what_is_gone_are_refused() -> None:
    at = marking(3)
    for fields in ({"statement": "s1", "position": 3}, {"statement": "s5", "position": 1}, {"statement": "s9"}):
        with pytest.raises(Unclear):
            at.make(1, "place_top", **fields)


def test_a_seat_that_goes_to_another_table_leaves_its_marks_and_answers_behind() -> None:
    at = Sitting(people=3)
    at.solo(*[LIKE] * 3)
    at.propose(1, "s5")
    at.make(1, "answer_check", value=0, note="No.")
    left = activity.leave(at.answers[1])
    assert left == at.answers[1].model_copy(update={"check": None})
