"""What happens to tables: a phone dies, people are moved, a phase closes again, a table is added, twelve sit at one."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from app.activities.ranking.shapes import Answer as Held
from app.workshops import codes
from app.workshops.find import id_of, seats_of, tables_of
from app.workshops.models import Answer, Board, Workshop
from app.workshops.service import change_workshop, details_of, edition
from tests.cast import Cast
from tests.live.acting import AS_PAGE, move, phase
from tests.live.test_paper import enter, entered
from tests.live.test_ranking import board, check, discard, ok, phase_at, rank, row, solo, table_of, top
from tests.live.test_socket import next_frame

PHASES = ("read", "solo", "discard", "rank", "compare", "top", "check", "locked")


@pytest.fixture
def cast(cast_on_sqlite: Cast) -> Cast:
    """Everybody, on one database: the rules are the same on both, and the state machine plays them on both."""
    return cast_on_sqlite


def page(cast: Cast, device: TestClient) -> str:
    return device.get(f"/w/{cast.code}/regions").text


def another_device(cast: Cast, name: str) -> TestClient:
    """Bring a device to a seat by its seat code, as it stands on the seat's page."""
    code = codes.seat_code(cast.concord.settings.key, cast.workshop_id, cast.seat(name).token_hash)
    assert codes.shown(code) in page(cast, cast.seats[name])
    device = cast.concord.visitor()
    assert device.post("/rejoin", data={"code": cast.code, "seat_code": code}).status_code == 303
    return device


def act(cast: Cast, path: str, **sent: str) -> None:
    reply = cast.trainer.post(f"/trainer/w/{cast.code}/{path}", data=sent)
    assert reply.status_code == 303, reply.text


def move_seat(cast: Cast, name: str, table: int) -> int:
    """Move somebody to another table; gives their seat's id."""
    seat = id_of(cast.seat(name))
    act(cast, f"seats/{seat}/table", table=str(table))
    return seat


def kept(cast: Cast, table: int = 1) -> list[int]:
    """List whose answers a table counts."""
    return [one["seat"] for one in row(cast, table).frozen["solo"]["answers"]]


def places(cast: Cast, number: int) -> None:
    def more(session: Session) -> None:
        for table in tables_of(session, cast.workshop_id):
            table.places = number
            session.add(table)

    cast.read(more)


def test_a_seat_whose_phone_died_goes_on_elsewhere_in_every_phase(cast: Cast) -> None:
    people = table_of(cast, 3)
    go: dict[str, Callable[[], object]] = {
        "read": lambda: phase(cast, "read"),
        "solo": lambda: solo(cast, people),
        "discard": lambda: discard(cast, people),
        "rank": lambda: rank(cast, people),
        "compare": lambda: ok(phase(cast, "compare")),
        "top": lambda: top(cast, people),
        "check": lambda: ok(phase(cast, "check")),
        "locked": lambda: ok(phase(cast, "locked")),
    }
    for name in PHASES:
        go[name]()
        assert phase_at(cast) == name
        tablet = another_device(cast, "Ann")
        assert page(cast, tablet) == page(cast, cast.ann)
        if name == "check":
            ok(move(cast, tablet, "answer_check", value=5))
            check(cast, people[1:], 4, 4)
    outcome = board(cast).checks[-1].outcome
    assert outcome is not None
    assert outcome.answered == 3
    assert "result" in page(cast, cast.ann)


def test_two_devices_of_a_seat_show_the_same_whichever_moves(cast: Cast) -> None:
    phase(cast, "solo")
    tablet = another_device(cast, "Ann")
    ok(move(cast, tablet, "put_ballot", discard="s5", order=["s4", "s3", "s2", "s1"]))
    before = cast.workshop().version
    ok(move(cast, cast.ann, "put_ballot", discard="s1", order=["s2", "s3", "s4", "s5"]))
    assert page(cast, tablet) == page(cast, cast.ann)
    stale = move(cast, tablet, "put_ballot", at=before, discard="s5", order=["s4", "s3", "s2", "s1"])
    assert stale.status_code == 409


def test_who_moves_before_solo_closes_counts_at_the_new_table_alone(cast: Cast) -> None:
    table_of(cast, 3)
    phase(cast, "solo")
    ok(move(cast, cast.ben, "put_ballot", discard="s5", order=["s1", "s2", "s3", "s4"]))
    ok(move(cast, cast.ben, "done", done=True))
    ben = move_seat(cast, "Ben", 2)
    ok(phase(cast, "discard"))
    assert (ben in kept(cast, 1), kept(cast, 2)) == (False, [ben])


def test_who_moves_after_solo_has_closed_is_late_at_the_new_table_and_counts_once(cast: Cast) -> None:
    people = table_of(cast, 4)
    solo(cast, people)
    ok(move(cast, cast.cat, "put_ballot", discard="s5", order=["s1", "s2", "s3", "s4"]))
    ok(phase(cast, "discard", 1))
    ben = move_seat(cast, "Ben", 2)
    assert "Table 2 <" in page(cast, cast.ben)
    ok(phase(cast, "discard", 2))
    assert (ben in kept(cast, 1), kept(cast, 2)) == (True, [id_of(cast.seat("Cat"))])
    assert 'data-testid="own-list"' in page(cast, cast.ben)
    ok(move(cast, cast.ben, "put_ballot", discard="s1", order=["s5", "s4", "s3", "s2"]))
    ballots = [one["answer"]["ballot"]["discard"] for one in row(cast, 1).frozen["solo"]["answers"]]
    assert sorted(ballots) == ["s4", "s5", "s5", "s5"]


def test_a_check_at_the_old_table_closes_and_the_one_at_the_new_waits_for_who_has_come(cast: Cast) -> None:
    people = table_of(cast, 4)
    solo(cast, people)
    ok(phase(cast, "discard"))
    ok(move(cast, people[0], "nominate_discard", statement="s5", reason=""))
    ok(move(cast, cast.cat, "nominate_discard", statement="s4", reason=""))
    check(cast, [people[0], people[2], people[3]], 4, 4, 4)
    assert board(cast, 1).check is not None
    move_seat(cast, "Ben", 2)
    assert [one.statement for one in board(cast, 1).discarded] == ["s5"]
    ok(move(cast, cast.cat, "answer_check", value=4))
    assert board(cast, 2).check is not None
    ok(move(cast, cast.ben, "answer_check", value=4))
    assert [one.statement for one in board(cast, 2).discarded] == ["s4"]


def test_what_somebody_said_on_the_check_of_their_old_table_is_not_said_at_the_new(cast: Cast) -> None:
    people = table_of(cast, 4)
    solo(cast, people)
    ok(phase(cast, "discard"))
    ok(move(cast, people[0], "nominate_discard", statement="s5", reason=""))
    ok(move(cast, cast.ben, "answer_check", value=0, note="Not this one."))
    ok(move(cast, cast.cat, "nominate_discard", statement="s4", reason=""))
    ben = move_seat(cast, "Ben", 2)
    step = cast.step()
    wanted = select(Answer).where(Answer.seat_id == ben, Answer.step_id == step)
    assert Held.model_validate(cast.read(lambda session: session.exec(wanted).one()).content).check is None
    ok(move(cast, cast.cat, "answer_check", value=4))
    assert board(cast, 2).check is not None


def test_a_moved_seats_open_line_shows_its_new_table_at_once(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    with cast.ben.websocket_connect(f"/w/{cast.code}/live") as line:
        next_frame(line)
        move_seat(cast, "Ben", 2)
        assert "Table 2 <" in next_frame(line)
        ok(phase(cast, "compare", 2))
        assert 'id="phase"' in next_frame(line)


@pytest.mark.parametrize("way", ["remove", "move"])
def test_a_phase_that_closes_again_still_counts_who_has_gone(cast: Cast, way: str) -> None:
    people = table_of(cast, 5)
    solo(cast, people)
    ok(phase(cast, "discard"))
    before = kept(cast)
    ben = id_of(cast.seat("Ben"))
    if way == "remove":
        act(cast, f"seats/{ben}/remove")
    else:
        move_seat(cast, "Ben", 2)
    ok(move(cast, cast.trainer, "reopen", phase="solo", table=1))
    ok(move(cast, cast.ann, "put_ballot", discard="s1", order=["s2", "s3", "s4", "s5"]))
    ok(phase(cast, "discard", 1))
    assert kept(cast) == before
    answers = {one["seat"]: one["answer"]["ballot"]["discard"] for one in row(cast).frozen["solo"]["answers"]}
    assert (answers[ben], answers[id_of(cast.seat("Ann"))]) == ("s5", "s1")


@pytest.mark.parametrize(("people", "more", "counted"), [(2, 1, 3), (3, 1, 3), (5, 1, 5), (5, 2, 5), (5, 3, 8)])
def test_one_or_two_newcomers_stay_out_of_what_was_shown(cast: Cast, people: int, more: int, counted: int) -> None:
    places(cast, 12)
    solo(cast, table_of(cast, people))
    ok(phase(cast, "discard"))
    ok(move(cast, cast.trainer, "reopen", phase="solo", table=1))
    for number in range(more):
        device = cast.join(f"Later {number}", "health", 1)
        ok(move(cast, device, "put_ballot", discard="s1", order=["s5", "s4", "s3", "s2"]))
    ok(phase(cast, "discard", 1))
    assert len(kept(cast)) == counted
    assert ('data-testid="own-list"' in page(cast, cast.seats["Later 0"])) is (counted == people)


def test_a_third_stays_out_of_the_mirror_of_two_who_have_shown_each_other_their_lists(cast: Cast) -> None:
    people = table_of(cast, 2)
    solo(cast, people)
    ok(phase(cast, "discard"))
    for person in people:
        ok(move(cast, person, "show_list", show=True))
    assert board(cast).lists
    third = cast.join("Third", "health", 1)
    ok(move(cast, cast.trainer, "reopen", phase="solo", table=1))
    ok(move(cast, third, "put_ballot", discard="s1", order=["s5", "s4", "s3", "s2"]))
    ok(phase(cast, "discard", 1))
    assert len(kept(cast)) == 2
    assert "this would show somebody’s own choice" in page(cast, cast.ann)


def test_somebody_who_had_only_flagged_a_statement_is_a_newcomer_to_the_figures(cast: Cast) -> None:
    places(cast, 12)
    people = table_of(cast, 6)
    phase(cast, "read")
    ok(move(cast, people[5], "flag", statement="s1"))
    solo(cast, people[:5])
    ok(phase(cast, "discard"))
    ok(move(cast, cast.trainer, "reopen", phase="solo", table=1))
    ok(move(cast, people[5], "put_ballot", discard="s1", order=["s5", "s4", "s3", "s2"]))
    ok(phase(cast, "discard", 1))
    assert sum(1 for one in row(cast).frozen["solo"]["answers"] if one["answer"]["ballot"]) == 5


def add_table(cast: Cast) -> None:
    """Add a third table while the workshop runs."""

    def more(session: Session, version: int) -> None:
        workshop = session.get_one(Workshop, cast.workshop_id)
        change_workshop(session, workshop, replace(details_of(session, workshop), tables=3), edition(session, workshop))

    cast.concord.db.change_now(cast.workshop_id, more)


@pytest.mark.parametrize(("others", "begins"), [("read", "read"), ("solo", "solo"), ("compare", "solo")])
def test_a_table_added_in_mid_step_begins_where_people_work_alone_at_the_latest(
    cast: Cast, others: str, begins: str
) -> None:
    phase(cast, others)
    add_table(cast)
    assert (phase_at(cast, 3), phase_at(cast, 1)) == (begins, others)
    newcomer = cast.join("New", "health", 3)
    assert 'id="phase"' in page(cast, newcomer)
    assert 'id="waiting"' not in page(cast, newcomer)
    if begins == "solo":
        ok(move(cast, newcomer, "put_ballot", discard="s5", order=["s1", "s2", "s3", "s4"]))
        ok(phase(cast, "compare", 3))
        assert len(kept(cast, 3)) == 1


def test_a_table_added_before_the_first_step_waits_like_the_others(cast_on_sqlite: Cast) -> None:
    add_table(cast_on_sqlite)
    assert cast_on_sqlite.read(lambda session: session.exec(select(Board)).all()) == []
    assert 'id="waiting"' in page(cast_on_sqlite, cast_on_sqlite.join("New", "health", 3))


@pytest.mark.parametrize(
    ("agencies", "lines"), [(("education", "health", "police"), True), (("health", "none"), False)]
)
def test_a_table_of_twelve_goes_all_the_way_with_agency_lines_only_where_they_may_be(
    cast_on_sqlite: Cast, agencies: tuple[str, ...], lines: bool
) -> None:
    cast = cast_on_sqlite
    places(cast, 12)
    for number in range(3, 13):
        cast.join(f"Person {number}", agencies[number % len(agencies)], 1)
    people = table_of(cast, 2) + [cast.seats[f"Person {number}"] for number in range(3, 13)]
    for number in range(len(agencies)):
        # Reveals are kept by version: the two rooms of this test must not come to the same one.
        cast.join(f"Other {number}", "none", 2)
    assert cast.read(lambda session: len(seats_of(session, cast.workshop_id))) == 13 + len(agencies)
    phase(cast, "read")
    solo(cast, people)
    discard(cast, people)
    seen = page(cast, people[11])
    rank(cast, people)
    ok(phase(cast, "compare"))
    seen += page(cast, people[11])
    top(cast, people)
    ok(phase(cast, "check"))
    check(cast, people, *([4] * 11 + [3]))
    outcome = board(cast).checks[-1].outcome
    assert outcome is not None
    assert (outcome.passed, outcome.counts) == (True, (0, 0, 0, 1, 11, 0))
    ok(phase(cast, "locked"))
    assert 'data-testid="result"' in page(cast, people[11])
    assert ('data-testid="agencies"' in seen) is lines
    for path in (f"/trainer/w/{cast.code}", f"/trainer/w/{cast.code}/people", f"/trainer/w/{cast.code}/paper"):
        assert cast.trainer.get(path, headers=AS_PAGE).status_code == 200
    assert "Think of splitting this one" in cast.trainer.get(f"/trainer/w/{cast.code}/people").text


def test_a_dead_phone_may_go_on_by_paper(cast: Cast) -> None:
    people = table_of(cast, 3)
    phase(cast, "solo")
    ok(move(cast, cast.ben, "put_ballot", discard="s1", order=["s5", "s4", "s3", "s2"]))
    solo(cast, [people[0], people[2]])
    entered(enter(cast, id_of(cast.seat("Ben")), order="a b c d"))
    ok(phase(cast, "discard"))
    assert [one["answer"]["paper"] for one in row(cast).frozen["solo"]["answers"]] == [False, True, False]
