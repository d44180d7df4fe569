"""Answers from paper: the trainer enters them for a seat, with a phone or without, under the rules of phones."""

from typing import Any

import pytest
from httpx2 import Response
from sqlmodel import select

from app.accounts.models import Act
from app.activities.ranking.shapes import Answer as Held
from app.workshops.find import id_of
from app.workshops.models import Answer, Seat, Workshop
from tests.cast import Cast
from tests.live.acting import move, phase
from tests.live.test_ranking import board, discard, ok, rank, row, solo, table_of, top


@pytest.fixture
def cast(cast_on_sqlite: Cast) -> Cast:
    """Everybody, on one database: the rules are the same on both, and the state machine plays them on both."""
    return cast_on_sqlite


def at(cast: Cast) -> str:
    return f"/trainer/w/{cast.code}/paper"


def seat_on_paper(cast: Cast, name: str = "Pat", agency: str = "education", table: int = 1) -> int:
    """Give somebody without a phone a seat."""
    reply = cast.trainer.post(f"{at(cast)}/seats", data={"name": name, "agency": agency, "table": str(table)})
    assert reply.status_code == 303, reply.text
    return int(reply.headers["location"].partition("seat=")[2])


def enter(cast: Cast, seat: int, part: str = "ballot", **fields: Any) -> Response:
    """Enter a part of a seat's sheet, from a page as it is now."""
    told = {"part": part, "version": str(cast.workshop().version), "step": str(cast.step())} | fields
    return cast.trainer.post(f"{at(cast)}/{seat}", data=told)


def entered(reply: Response) -> None:
    assert (reply.status_code, "saved=1" in reply.headers.get("location", "")) == (303, True), reply.text


def answer(cast: Cast, seat: int) -> Held:
    step = cast.step()
    wanted = select(Answer).where(Answer.seat_id == seat, Answer.step_id == step)
    return Held.model_validate(cast.read(lambda session: session.exec(wanted).one()).content)


def ben_on(cast: Cast) -> str:
    return cast.ben.get(f"/w/{cast.code}").text


def test_a_sheet_is_entered_for_somebody_without_a_phone_and_counts_in_the_mirror(cast: Cast) -> None:
    people = table_of(cast, 2)
    pat = seat_on_paper(cast)
    solo(cast, people)
    entered(enter(cast, pat, order="a b c d", why="We do this already."))
    held = answer(cast, pat)
    assert held.ballot is not None
    assert (held.ballot.order, held.ballot.discard) == (("s1", "s2", "s3", "s4"), "s5")
    assert (held.reason, held.done, held.paper) == ("We do this already.", True, True)
    ok(phase(cast, "discard"))
    assert [one["seat"] for one in row(cast).frozen["solo"]["answers"]][-1] == pat
    assert len(row(cast).frozen["solo"]["answers"]) == 3
    assert "We do this already." in cast.ann.get(f"/w/{cast.code}").text


@pytest.mark.parametrize(
    "fields",
    [
        {"place-s3": "1", "place-s1": "2", "place-s5": "3", "place-s2": "4", "discard": "s4"},
        {"place-s3": "1", "place-s1": "2", "place-s5": "3", "place-s2": "4"},
        {"order": "C, A, E, B", "discard": "s4"},
        {"order": "caeb"},
        {"order": "3 1 5 2"},
        {"order": "s3 s1 s5 s2", "place-s1": "9"},
    ],
)
def test_an_order_is_read_by_places_by_letters_and_by_numbers(cast_on_sqlite: Cast, fields: dict[str, str]) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    ben = id_of(cast.seat("Ben"))
    entered(enter(cast, ben, **fields))
    held = answer(cast, ben).ballot
    assert held is not None
    assert (held.order, held.discard) == (("s3", "s1", "s5", "s2"), "s4")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "These have no place yet: A, B, C, D, E."),
        ({"order": "a b"}, "These have no place yet: C, D, E."),
        ({"order": "a b c d x"}, "“x” is none of the statements on this sheet."),
        ({"order": "a b c d d", "discard": "s5"}, "A statement stands in this order twice."),
        ({"place-s1": "1", "place-s2": "1"}, "A and B both stand on place 1."),
        ({"place-s1": "first"}, "The place of A is a whole number from 1 to 5."),
        ({"order": "a b c d", "version": "soon"}, "which version of the page"),
        ({"order": "a b c d", "part": "everything"}, "Say which part of the sheet this is."),
    ],
)
def test_a_sheet_that_cannot_be_read_is_said_and_what_was_typed_stays(
    cast_on_sqlite: Cast, fields: dict[str, str], said: str
) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    reply = enter(cast, id_of(cast.seat("Ben")), why="kept on the page", **fields)
    assert (reply.status_code, said in reply.text) == (422, True), reply.text
    assert "kept on the page" in reply.text
    assert cast.read(lambda session: session.exec(select(Answer)).all()) == []


def test_the_seats_own_page_says_that_its_answer_is_from_paper_until_it_answers_itself(cast: Cast) -> None:
    phase(cast, "solo")
    move(cast, cast.ben, "put_ballot", discard="s1", order=["s5", "s4", "s3", "s2"])
    assert "Entered from paper by the trainer" not in ben_on(cast)
    ben = id_of(cast.seat("Ben"))
    entered(enter(cast, ben, order="a b c d"))
    assert "Entered from paper by the trainer" in ben_on(cast)
    assert "Entered from paper by the trainer" not in cast.ann.get(f"/w/{cast.code}").text
    ok(move(cast, cast.ben, "put_ballot", discard="s1", order=["s5", "s4", "s3", "s2"]))
    assert "Entered from paper by the trainer" not in ben_on(cast)
    assert answer(cast, ben).paper is False


def test_the_page_never_shows_what_a_seat_holds(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    blank = cast.trainer.get(f"{at(cast)}?seat={id_of(cast.seat('Ben'))}").text
    ok(move(cast, cast.ben, "put_ballot", discard="s1", order=["s5", "s4", "s3", "s2"]))
    ok(move(cast, cast.ben, "say_why", reason="Nobody may read this."))
    ok(move(cast, cast.ben, "done", done=True))
    filled = cast.trainer.get(f"{at(cast)}?seat={id_of(cast.seat('Ben'))}").text

    def plain(page: str) -> str:
        return "\n".join(one for one in page.splitlines() if 'name="version"' not in one and 'name="once"' not in one)

    assert plain(blank) == plain(filled)
    assert "done" not in cast.trainer.get(at(cast)).text


def test_an_answer_that_changed_on_a_phone_in_the_meantime_is_not_written_over(cast: Cast) -> None:
    phase(cast, "solo")
    ben, before = id_of(cast.seat("Ben")), str(cast.workshop().version)
    ok(move(cast, cast.ben, "put_ballot", discard="s1", order=["s5", "s4", "s3", "s2"]))
    reply = enter(cast, ben, order="a b c d", version=before)
    assert (reply.status_code, "has changed since you opened this page" in reply.text) == (409, True)
    held = answer(cast, ben)
    assert held.ballot is not None
    assert (held.ballot.discard, held.paper) == ("s1", False)


def test_a_sheet_after_the_first_answers_is_for_its_writer_alone(cast: Cast) -> None:
    people = table_of(cast, 3)
    solo(cast, people)
    before = str(cast.workshop().version)
    ok(phase(cast, "discard"))
    pat = seat_on_paper(cast)
    page = cast.trainer.get(f"{at(cast)}?seat={pat}").text
    assert "it does not enter the table’s first answers" in page
    assert enter(cast, pat, order="a b c d", version=before).status_code == 409
    entered(enter(cast, pat, order="a b c d"))
    assert len(row(cast).frozen["solo"]["answers"]) == 3
    reply = enter(cast, id_of(cast.seat("Ann")), order="d c b a")
    assert (reply.status_code, "what this seat had said then stays as it is" in reply.text) == (409, True)


def test_a_check_waits_for_who_answers_on_paper_and_the_trainer_may_close_it(cast: Cast) -> None:
    people = table_of(cast, 2)
    pat, quinn = seat_on_paper(cast), seat_on_paper(cast, "Quinn", "police")
    solo(cast, people)
    for seat in (pat, quinn):
        entered(enter(cast, seat, order="a b c d"))
    ok(phase(cast, "discard"))
    ok(move(cast, people[0], "nominate_discard", statement="s5", reason=""))
    for person in people:
        ok(move(cast, person, "answer_check", value=4))
    assert board(cast).check is not None
    assert "The check on the discard" in cast.trainer.get(f"{at(cast)}?seat={pat}").text
    entered(enter(cast, pat, "check", value="1", note="I would miss it.", check="1"))
    assert board(cast).check is not None
    ok(move(cast, cast.trainer, "close_check", table=1))
    outcome = board(cast).checks[0].outcome
    assert outcome is not None
    assert (outcome.answered, outcome.passed, [one.text for one in outcome.reasons]) == (3, False, ["I would miss it."])
    reply = enter(cast, quinn, "check", value="4", check="1")
    assert (reply.status_code, "No check is open" in reply.text) == (409, True)


def test_nobody_turns_what_a_phone_has_answered_into_something_else(cast: Cast) -> None:
    people = table_of(cast, 3)
    solo(cast, people)
    ok(phase(cast, "discard"))
    ok(move(cast, people[0], "nominate_discard", statement="s5", reason=""))
    ok(move(cast, people[0], "answer_check", value=1, note="I would miss it."))
    reply = enter(cast, id_of(cast.seat("Ann")), "check", value="5", check="1")
    assert (reply.status_code, "has answered on a phone already" in reply.text) == (409, True)
    for person in people[1:]:
        ok(move(cast, person, "answer_check", value=4))
    outcome = board(cast).checks[0].outcome
    assert outcome is not None
    assert not outcome.passed


def test_the_last_sheet_entered_closes_the_check(cast: Cast) -> None:
    people = table_of(cast, 2)
    pat = seat_on_paper(cast)
    solo(cast, people)
    ok(phase(cast, "discard"))
    ok(move(cast, people[0], "nominate_discard", statement="s5", reason=""))
    for person in people:
        ok(move(cast, person, "answer_check", value=4))
    entered(enter(cast, pat, "check", value="3", check="1"))
    assert [one.statement for one in board(cast).discarded] == ["s5"]


def test_a_table_all_on_paper_comes_to_a_result(cast: Cast) -> None:
    people = [seat_on_paper(cast, name, table=2) for name in ("Pat", "Quinn", "Robin")]
    phase(cast, "solo", 2)
    gone = id_of(cast.seat("Cat"))
    assert cast.trainer.post(f"/trainer/w/{cast.code}/seats/{gone}/remove").status_code == 303
    for seat in people:
        entered(enter(cast, seat, order="a b c d"))
    ok(phase(cast, "discard", 2))
    ok(move(cast, cast.trainer, "open_check", table=2, subject="s5"))
    for seat in people:
        assert board(cast, 2).discarded == ()
        entered(enter(cast, seat, "check", value="4", check="1"))
    assert [one.statement for one in board(cast, 2).discarded] == ["s5"]
    ok(phase(cast, "rank", 2))
    ok(phase(cast, "top", 2))
    for seat in people:
        entered(enter(cast, seat, "marks", **{"mark-s1": "yes", "mark-s2": "yes"}))
    assert board(cast, 2).top == (("s1",), ("s2",))
    ok(phase(cast, "check", 2))
    for seat in people:
        entered(enter(cast, seat, "check", value="5", check="2"))
    ok(phase(cast, "locked", 2))
    assert board(cast, 2).results[-1].ending == "agreed"


def test_who_is_on_paper_is_here_until_the_end_whatever_a_phone_has_told(cast: Cast) -> None:
    pat = seat_on_paper(cast)
    presence, portal = cast.concord.app.state.live.presence, cast.concord.first.portal
    assert portal is not None

    def is_here() -> bool:
        portal.call(presence.round)
        return cast.read(lambda session: session.get_one(Seat, pat).here)

    presence.heard(cast.workshop_id, pat, here=True)
    assert is_here()
    cast.concord.clock.forward(hours=3)
    presence.heard(cast.workshop_id, id_of(cast.seat("Ann")), here=True)
    assert is_here()
    assert not cast.seat("Ben").here


def test_somebody_without_a_phone_is_seated_at_the_table_the_trainer_says_also_in_a_locked_room(cast: Cast) -> None:
    cast.trainer.post(f"/trainer/w/{cast.code}/lock", data={"locked": "true"})
    pat = seat_on_paper(cast, "Pat", "police", 2)
    seat = cast.read(lambda session: session.get_one(Seat, pat))
    assert (seat.name, seat.agency, seat.table_id, seat.number) == ("Pat", "police", cast.seat("Cat").table_id, 2)
    once = {"name": "Quinn", "agency": "none", "table": "1", "once": "o" * 43}
    for _ in range(2):
        assert cast.trainer.post(f"{at(cast)}/seats", data=once).status_code == 303
    names = cast.read(lambda session: session.exec(select(Seat.name)).all())
    assert sorted(names) == ["Ann", "Ben", "Cat", "Pat", "Quinn", "Rob"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"name": ""}, 422), ({"agency": "navy"}, 422), ({"table": "9"}, 422), ({"table": ""}, 422)],
)
def test_a_seat_that_is_not_clear_is_asked_for_again(cast_on_sqlite: Cast, sent: dict[str, str], status: int) -> None:
    whole = {"name": "Pat", "agency": "none", "table": "1"} | sent
    reply = cast_on_sqlite.trainer.post(f"{at(cast_on_sqlite)}/seats", data=whole)
    assert (reply.status_code, "error-summary" in reply.text) == (status, True)
    assert len(cast_on_sqlite.read(lambda session: session.exec(select(Seat)).all())) == 4


def test_nothing_is_entered_before_a_step_has_begun_nor_once_it_is_locked_nor_after_closing(cast: Cast) -> None:
    ben = id_of(cast.seat("Ben"))
    assert "Nothing is under way at this table." in cast.trainer.get(f"{at(cast)}?seat={ben}").text
    assert enter(cast, ben, order="a b c d").status_code == 409
    phase(cast, "read")
    assert "There is nothing to enter in this phase: Read." in cast.trainer.get(f"{at(cast)}?seat={ben}").text
    assert enter(cast, ben, order="a b c d").status_code == 409
    people = table_of(cast, 3)
    solo(cast, people)
    discard(cast, people)
    rank(cast, people)
    top(cast, people)
    ok(phase(cast, "locked"))
    assert enter(cast, ben, order="a b c d").status_code == 409
    assert cast.trainer.post(f"/trainer/w/{cast.code}/close").status_code == 303
    assert enter(cast, ben, order="a b c d").status_code == 409
    assert cast.trainer.post(f"{at(cast)}/seats", data={"name": "Pat", "table": "1"}).status_code == 409


def test_the_audit_says_that_a_sheet_was_entered_and_nothing_of_it(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    pat = seat_on_paper(cast)
    entered(enter(cast, pat, order="a b c d", why="Nobody may read this."))
    done = cast.read(lambda session: session.exec(select(Act).where(Act.workshop_id == cast.workshop_id)).all())
    assert [act.what for act in done][-2:] == ["seat added for paper", "answers entered from paper"]
    assert "Nobody may read this" not in repr(done)


def test_after_closing_nothing_says_which_answer_was_on_paper(cast: Cast) -> None:
    phase(cast, "solo")
    entered(enter(cast, id_of(cast.seat("Ben")), order="a b c d"))
    phase(cast, "discard")
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    assert cast.read(lambda session: session.get_one(Workshop, cast.workshop_id)).closed_at is not None
    held = cast.read(lambda session: session.exec(select(Answer)).all())
    assert [one.content["paper"] for one in held] == [False]
    assert [one["answer"]["paper"] for one in row(cast).frozen["solo"]["answers"]] == [False]


def test_the_people_page_leads_to_everybodys_sheet(cast_on_sqlite: Cast) -> None:
    people = cast_on_sqlite.trainer.get(f"/trainer/w/{cast_on_sqlite.code}/people").text
    for name in ("Ann", "Ben", "Cat"):
        assert f'href="{at(cast_on_sqlite)}?seat={cast_on_sqlite.seat(name).id}"' in people
    assert cast_on_sqlite.trainer.get(at(cast_on_sqlite), headers={"Accept-Language": "cy"}).status_code == 200
