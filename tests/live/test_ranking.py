"""The ranking task as tables play it, from its first reading to a locked result: through the addresses, by moves."""

import pytest
from httpx2 import Response
from sqlmodel import select
from starlette.testclient import TestClient

from app.activities.ranking.shapes import Board as Held
from app.workshops.find import id_of
from app.workshops.models import Board, Table
from tests.cast import Cast
from tests.live.acting import move, phase

ORDERS = (
    ("s5", ["s1", "s2", "s3", "s4"]),
    ("s5", ["s1", "s2", "s4", "s3"]),
    ("s5", ["s1", "s3", "s2", "s4"]),
    ("s4", ["s1", "s2", "s3", "s5"]),
    ("s4", ["s1", "s2", "s5", "s3"]),
)


@pytest.fixture
def cast(cast_on_sqlite: Cast) -> Cast:
    """Everybody, on one database: the rules are the same on both, and the state machine plays them on both."""
    return cast_on_sqlite


def table_of(cast: Cast, people: int) -> list[TestClient]:
    """Fill table 1, where two sit, up to so many people."""
    for number in range(3, people + 1):
        cast.join(f"Person {number}", ("education", "health", "police")[number % 3], 1)
    return [cast.ann, cast.ben, *(cast.seats[f"Person {number}"] for number in range(3, people + 1))][:people]


def row(cast: Cast, table: int = 1) -> Board:
    """Read a table's board as the database has it."""
    step = cast.step()
    wanted = select(Board).join(Table).where(Table.number == table, Board.step_id == step)
    return cast.read(lambda session: session.exec(wanted).one())


def board(cast: Cast, table: int = 1) -> Held:
    """Read a table's board."""
    return Held.model_validate(row(cast, table).content)


def phase_at(cast: Cast, table: int = 1) -> str:
    """Read which phase a table is in."""
    return row(cast, table).phase


def ok(reply: Response) -> Response:
    """Insist that a move was taken."""
    assert reply.status_code == 200, reply.text[-600:]
    return reply


def solo(cast: Cast, people: list[TestClient]) -> None:
    """Let everybody put their order, and close solo."""
    phase(cast, "solo")
    for person, (discard, order) in zip(people, ORDERS * 3, strict=False):
        ok(move(cast, person, "put_ballot", discard=discard, order=order))
        ok(move(cast, person, "say_why", reason=f"because of {discard}"))
        ok(move(cast, person, "done", done=True))


def check(cast: Cast, people: list[TestClient], *values: int, note: str = "") -> None:
    """Answer the open check, each with their value."""
    for person, value in zip(people, values, strict=True):
        ok(move(cast, person, "answer_check", value=value, note=note if value < 3 else ""))


def discard(cast: Cast, people: list[TestClient], statement: str = "s5") -> None:
    """Go to the discard, and agree on one."""
    ok(phase(cast, "discard"))
    ok(move(cast, people[0], "nominate_discard", statement=statement, reason="It follows from the others."))
    check(cast, people, *(4 for _ in people))


def rank(cast: Cast, people: list[TestClient]) -> None:
    """Go to the board and place whatever waits in the tray."""
    ok(phase(cast, "rank"))
    for number, statement in enumerate(one for one in ("s1", "s2", "s3", "s4", "s5")):
        held = board(cast)
        if statement in {one.statement for one in held.discarded} or statement in held.places:
            continue
        free = held.places.index(None) + 1
        ok(move(cast, people[number % len(people)], "place", statement=statement, position=free))


def top(cast: Cast, people: list[TestClient], *, first: str = "s1", second: str = "s2") -> None:
    """Go to the top places, mark, and fill them."""
    ok(phase(cast, "top"))
    for person in people:
        ok(move(cast, person, "mark_top", statements=[first, second]))
    for place, statement in ((1, first), (2, second)):
        if statement not in {one for tier in board(cast).top for one in tier}:
            ok(move(cast, people[0], "place_top", statement=statement, position=place))


def test_a_table_of_five_goes_from_reading_to_a_result(cast: Cast) -> None:
    people = table_of(cast, 5)
    phase(cast, "read")
    solo(cast, people)
    discard(cast, people)
    assert [one.statement for one in board(cast).discarded] == ["s5"]
    rank(cast, people)
    held = board(cast)
    assert sorted(one or "" for one in held.places) == ["s1", "s2", "s3", "s4"]
    ok(phase(cast, "compare"))
    ok(move(cast, people[1], "link", a="s1", b="s2", relation="alike", note="One is a case of the other."))
    top(cast, people)
    assert board(cast).top == (("s1",), ("s2",))
    ok(phase(cast, "check"))
    check(cast, people, 5, 4, 4, 3, 3)
    outcome = board(cast).checks[-1].outcome
    assert outcome is not None
    assert (outcome.passed, outcome.answered, outcome.counts) == (True, 5, (0, 0, 0, 2, 2, 1))
    ok(phase(cast, "locked"))
    result = board(cast).results[-1]
    assert (result.number, result.ending, result.top, result.checks) == (1, "agreed", (("s1",), ("s2",)), 1)
    assert 'data-testid="result"' in people[0].get(f"/w/{cast.code}").text


def test_what_all_placed_alike_is_on_the_board_already_and_the_rest_waits(cast: Cast) -> None:
    people = table_of(cast, 3)
    solo(cast, people)
    discard(cast, people)
    ok(phase(cast, "rank"))
    assert board(cast).places == ("s1", None, None, None)


def test_a_check_that_fails_lets_the_next_proposal_open(cast: Cast) -> None:
    people = table_of(cast, 3)
    solo(cast, people)
    ok(phase(cast, "discard"))
    ok(move(cast, people[0], "nominate_discard", statement="s5", reason="One"))
    ok(move(cast, people[1], "nominate_discard", statement="s4", reason="Two"))
    check(cast, people, 4, 4, 1, note="I would miss it.")
    held = board(cast)
    assert [one.subject for one in held.checks] == ["p1", "p2"]
    first = held.checks[0].outcome
    assert first is not None
    assert (first.passed, first.counts, [one.text for one in first.reasons]) == (False, None, ["I would miss it."])
    check(cast, people, 3, 3, 3)
    assert [(one.statement, one.reason, one.ending) for one in board(cast).discarded] == [("s4", "Two", "agreed")]


def test_two_failed_checks_end_the_discard_with_reservations(cast: Cast) -> None:
    people = table_of(cast, 3)
    solo(cast, people)
    ok(phase(cast, "discard"))
    assert move(cast, cast.trainer, "end", table=1, ending="with_reservations").status_code == 409
    for statement in ("s5", "s4"):
        ok(move(cast, people[0], "nominate_discard", statement=statement, reason=""))
        check(cast, people, 5, 5, 0)
    ok(move(cast, cast.trainer, "end", table=1, ending="agreed with reservations"))
    assert [(one.statement, one.ending) for one in board(cast).discarded] == [("s4", "with_reservations")]


def test_an_even_either_or_is_settled_by_lots_and_the_record_says_so(cast: Cast) -> None:
    people = table_of(cast, 4)
    solo(cast, people)
    ok(phase(cast, "discard"))
    ok(move(cast, people[0], "ask_either", a="s4", b="s5"))
    for person, choice in zip(people, ("s4", "s4", "s5", "s5"), strict=True):
        ok(move(cast, person, "answer_either", choice=choice))
    outcome = board(cast).eithers[-1].outcome
    assert outcome is not None
    assert (outcome.winner, outcome.answered, outcome.counts) == (None, 4, None)
    ok(move(cast, people[1], "draw_lots"))
    held = board(cast)
    assert held.proposals[-1].how == "lots"
    check(cast, people, 3, 3, 3, 3)
    assert [one.how for one in board(cast).discarded] == ["lots"]


def test_a_failed_check_an_amendment_and_a_second_check(cast: Cast) -> None:
    people = table_of(cast, 5)
    solo(cast, people)
    discard(cast, people)
    rank(cast, people)
    top(cast, people)
    ok(phase(cast, "check"))
    assert move(cast, people[0], "place_top", statement="s3", position=2).status_code == 409
    check(cast, people, 5, 4, 4, 3, 2, note="The third belongs in it.")
    ok(move(cast, people[0], "place_top", statement="s2"))
    ok(move(cast, people[0], "place_top", statement="s3", position=2))
    ok(move(cast, people[3], "check_again"))
    check(cast, people, 5, 4, 4, 3, 3)
    ok(phase(cast, "locked"))
    result = board(cast).results[-1]
    assert (result.ending, result.top, result.checks, result.amended) == ("agreed", (("s1",), ("s3",)), 2, True)


@pytest.mark.parametrize(("ending", "place"), [("with_reservations", None), ("all_but_one", 2), ("not_agreed", None)])
def test_a_table_may_end_after_two_failed_checks(cast: Cast, ending: str, place: int | None) -> None:
    people = table_of(cast, 3)
    solo(cast, people)
    discard(cast, people)
    rank(cast, people)
    top(cast, people)
    ok(phase(cast, "check"))
    check(cast, people, 5, 5, 0)
    assert move(cast, people[0], "choose_ending", ending=ending).status_code == 409
    ok(move(cast, people[0], "check_again"))
    check(cast, people, 5, 5, 1)
    ok(move(cast, people[0], "choose_ending", ending=ending, note="I stand by the third."))
    ok(move(cast, people[1], "move_on", phase="locked"))
    result = board(cast).results[-1]
    assert (result.ending, result.open_place, result.note) == (ending, place, "I stand by the third.")


def test_a_locked_result_changes_only_by_reopening_and_stays_as_an_earlier_version(cast: Cast) -> None:
    people = table_of(cast, 3)
    solo(cast, people)
    discard(cast, people)
    rank(cast, people)
    top(cast, people)
    ok(phase(cast, "check"))
    check(cast, people, 4, 4, 4)
    ok(phase(cast, "locked"))
    assert move(cast, people[0], "place_top", statement="s3", position=1).status_code == 409
    ok(move(cast, cast.trainer, "reopen", table=1, phase="top"))
    assert (phase_at(cast), board(cast).marks) == ("top", None)
    ok(move(cast, people[0], "place_top", statement="s3", position=1, joint=True))
    ok(phase(cast, "check", table=1))
    check(cast, people, 4, 4, 4)
    ok(phase(cast, "locked", table=1))
    assert [(one.number, one.top) for one in board(cast).results] == [
        (1, (("s1",), ("s2",))),
        (2, (("s1", "s3"), ("s2",))),
    ]


def test_who_comes_late_does_a_short_solo_that_is_not_in_the_mirror_and_counts_in_checks(cast: Cast) -> None:
    people = table_of(cast, 3)
    solo(cast, people)
    ok(phase(cast, "discard"))
    late = cast.join("Late", "police", 1)
    assert move(cast, people[0], "put_ballot", discard="s5", order=["s1", "s2", "s3", "s4"]).status_code == 409
    ok(move(cast, late, "put_ballot", discard="s1", order=["s5", "s4", "s3", "s2"]))
    ok(move(cast, people[0], "nominate_discard", statement="s5", reason=""))
    check(cast, people, 4, 4, 4)
    assert board(cast).check is not None
    ok(move(cast, late, "answer_check", value=3))
    assert [one.statement for one in board(cast).discarded] == ["s5"]
    assert len(row(cast).frozen["solo"]["answers"]) == 3


def test_a_check_that_waits_for_one_who_is_taken_away_closes(cast: Cast) -> None:
    people = table_of(cast, 4)
    solo(cast, people)
    ok(phase(cast, "discard"))
    ok(move(cast, people[0], "nominate_discard", statement="s5", reason=""))
    check(cast, people[:3], 4, 4, 4)
    gone = id_of(cast.seat("Person 4"))
    reply = cast.trainer.post(f"/trainer/w/{cast.code}/seats/{gone}/remove")
    assert reply.status_code == 303
    assert [one.statement for one in board(cast).discarded] == ["s5"]


def test_a_table_of_two_sees_both_lists_only_when_both_agree(cast: Cast) -> None:
    people = table_of(cast, 2)
    solo(cast, people)
    ok(phase(cast, "compare", table=1))
    ok(move(cast, people[0], "show_list", show=True))
    assert board(cast).lists == {}
    ok(move(cast, people[1], "show_list", show=True))
    assert {tuple(one.order) for one in board(cast).lists.values()} == {tuple(order) for _, order in ORDERS[:2]}


def test_the_latest_move_on_the_board_can_be_taken_back(cast: Cast) -> None:
    people = table_of(cast, 3)
    solo(cast, people)
    discard(cast, people)
    ok(phase(cast, "rank"))
    before = board(cast).places
    ok(move(cast, people[2], "place", statement="s2", position=1))
    assert board(cast).places == ("s2", "s1", None, None)
    ok(move(cast, people[0], "undo"))
    assert board(cast).places == before
    assert move(cast, people[0], "undo").status_code == 409


def test_an_answer_to_a_check_that_is_over_is_not_counted_for_the_next(cast: Cast) -> None:
    people = table_of(cast, 3)
    solo(cast, people)
    ok(phase(cast, "discard"))
    ok(move(cast, people[0], "nominate_discard", statement="s5", reason=""))
    ok(move(cast, people[0], "withdraw", proposal="p1"))
    ok(move(cast, people[0], "nominate_discard", statement="s4", reason=""))
    assert move(cast, people[1], "answer_check", value=5, check=1).status_code == 409
    ok(move(cast, people[1], "answer_check", value=5, check=2))


def test_a_table_goes_on_by_itself_once_its_tray_is_empty(cast: Cast) -> None:
    people = table_of(cast, 3)
    solo(cast, people)
    discard(cast, people)
    ok(phase(cast, "rank"))
    assert move(cast, people[0], "move_on", phase="compare").status_code == 409
    rank(cast, people)
    ok(move(cast, people[0], "move_on", phase="compare"))
    assert phase_at(cast) == "compare"
    assert move(cast, people[0], "reopen", phase="rank").status_code == 403
