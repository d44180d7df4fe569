"""Moves: made once, on what they were made on, by whom they may be made.

Everything else is refused and changes nothing.
"""

import json
from typing import Any

import pytest
from sqlmodel import col, select

from app.workshops.models import Answer, MadeMove
from tests.cast import Cast
from tests.live.acting import AS_PAGE, move, phase, version_on

ORDER = ["s1", "s2", "s3", "s4"]


def answers(cast: Cast) -> list[dict[str, Any]]:
    """Read all answers that are stored."""
    return cast.read(
        lambda session: [row.content for row in session.exec(select(Answer).order_by(col(Answer.seat_id)))]
    )


def test_a_move_is_stored_before_it_is_answered(cast: Cast) -> None:
    phase(cast, "solo")
    reply = move(cast, cast.ann, "put_ballot", discard="s5", order=ORDER)
    assert reply.status_code == 200
    assert version_on(reply.text) == cast.workshop().version
    assert [answer["ballot"] for answer in answers(cast)] == [{"discard": "s5", "order": ORDER}]


def test_the_same_key_has_one_effect_and_the_same_reply(cast: Cast) -> None:
    phase(cast, "read")
    first = move(cast, cast.ann, "flag", key="k" * 32, statement="s1")
    again = move(cast, cast.ann, "flag", key="k" * 32, statement="s1")
    assert (again.status_code, again.text) == (200, first.text)
    assert answers(cast)[0]["unclear"] == ["s1"]
    assert cast.workshop().version == version_on(first.text)


def test_a_move_whose_reply_was_lost_is_not_refused_once_the_phase_has_closed(cast: Cast) -> None:
    phase(cast, "read")
    seen = cast.workshop().version
    move(cast, cast.ann, "flag", at=seen, key="k" * 32, statement="s1")
    phase(cast, "solo")
    again = move(cast, cast.ann, "flag", at=seen, key="k" * 32, statement="s1")
    assert (again.status_code, 'id="ballot"' in again.text) == (200, True)


def test_a_key_is_the_makers_own(cast: Cast) -> None:
    phase(cast, "read")
    move(cast, cast.ann, "flag", key="k" * 32, statement="s1")
    move(cast, cast.ben, "flag", key="k" * 32, statement="s2")
    assert [answer["unclear"] for answer in answers(cast)] == [["s1"], ["s2"]]


def test_a_move_on_an_answer_that_has_changed_is_stale_and_brings_the_fresh_one(cast: Cast) -> None:
    phase(cast, "solo")
    seen = cast.workshop().version
    move(cast, cast.ann, "put_ballot", at=seen, discard="s5", order=ORDER)
    late = move(cast, cast.ann, "put_ballot", at=seen, discard="s1", order=["s5", "s4", "s3", "s2"])
    assert late.status_code == 409
    assert "changed on another screen" in late.text
    assert 'data-testid="discard-s5" aria-pressed="true"' in late.text
    assert answers(cast)[0]["ballot"]["discard"] == "s5"


def test_thirty_people_who_save_at_once_never_meet_a_stale_answer(cast: Cast) -> None:
    phase(cast, "solo")
    seen = cast.workshop().version
    people = [cast.join(f"Person {number}", table=1 + number % 2) for number in range(6)] + [
        cast.ann,
        cast.ben,
        cast.cat,
    ]
    statuses = [move(cast, one, "put_ballot", at=seen, discard="s5", order=ORDER).status_code for one in people]
    assert statuses == [200] * len(people)


def test_a_move_that_changes_nothing_is_taken_and_changes_no_version(cast: Cast) -> None:
    phase(cast, "solo")
    move(cast, cast.ann, "done", done=True)
    before = cast.workshop().version
    assert move(cast, cast.ann, "done", done=True).status_code == 200
    assert cast.workshop().version == before


def test_a_closed_phase_takes_no_move_and_shows_where_the_table_is(cast: Cast) -> None:
    phase(cast, "solo")
    seen = cast.workshop().version
    phase(cast, "compare")
    reply = move(cast, cast.ann, "put_ballot", at=seen, discard="s5", order=ORDER)
    assert reply.status_code == 409
    assert "Your table has moved on" in reply.text
    assert 'id="mirror"' in reply.text
    assert answers(cast) == []


def test_a_move_before_the_first_phase_is_refused(cast: Cast) -> None:
    assert move(cast, cast.ann, "flag", statement="s1").status_code == 409


BAD = {
    "unknown statement": {"move": "put_ballot", "discard": "s9", "order": ORDER},
    "missing statement": {"move": "put_ballot", "discard": "s5", "order": ORDER[:3]},
    "doubled statement": {"move": "put_ballot", "discard": "s5", "order": ["s1", "s1", "s2", "s3"]},
    "discarded and ranked": {"move": "put_ballot", "discard": "s1", "order": ORDER},
    "order is no list": {"move": "put_ballot", "discard": "s5", "order": "s1"},
    "order of numbers": {"move": "put_ballot", "discard": "s5", "order": [1, 2, 3, 4]},
    "order missing": {"move": "put_ballot", "discard": "s5"},
    "hostile id": {"move": "put_ballot", "discard": "<script>", "order": ORDER},
    "unknown move": {"move": "fly"},
    "no move": {"discard": "s5"},
    "move is no name": {"move": {"a": 1}},
    "foreign field": {"move": "done", "done": True, "seat": 1},
    "not true or false": {"move": "done", "done": "perhaps"},
    "no version": {"move": "done", "done": True, "version": None},
    "negative version": {"move": "done", "done": True, "version": -1},
    "version of words": {"move": "done", "done": True, "version": "newest"},
    "control characters": {"move": "done", "done": "\x00\u202e"},
    "half a character": {"move": "flag", "statement": "\ud800"},
    "too deep": {"move": "done", "done": [[[[[[True]]]]]]},
}


@pytest.mark.parametrize("body", BAD.values(), ids=list(BAD))
def test_a_move_that_cannot_be_understood_is_refused_in_a_sentence(cast_on_sqlite: Cast, body: dict[str, Any]) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    move(cast, cast.ann, "put_ballot", discard="s5", order=ORDER)
    before, version = answers(cast), cast.workshop().version
    sent = {"version": version} | body
    headers = AS_PAGE | {"Content-Type": "application/json"}
    reply = cast.ann.post(f"/w/{cast.code}/steps/{cast.step()}/moves", content=json.dumps(sent), headers=headers)
    assert reply.status_code == 422, reply.text
    assert 'hx-target="#notice"' in reply.text
    assert (answers(cast), cast.workshop().version) == (before, version)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 422),
        (b"[]", "application/json", 422),
        (b"[" * 60_000, "application/json", 422),
        (b"\xff\xfe", "application/json", 422),
        (b'{"version": 1, "move": "done", "done": true}', "text/plain", 422),
        (b"x" * 70_000, "application/json", 413),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(cast_on_sqlite: Cast, body: bytes, kind: str, status: int) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    headers = AS_PAGE | {"Content-Type": kind}
    reply = cast.ann.post(f"/w/{cast.code}/steps/{cast.step()}/moves", content=body, headers=headers)
    assert reply.status_code == status
    assert answers(cast) == []


def test_a_key_that_cannot_be_kept_is_refused(cast: Cast) -> None:
    phase(cast, "solo")
    assert move(cast, cast.ann, "done", key="short", done=True).status_code == 422
    assert move(cast, cast.ann, "done", key="k" * 81, done=True).status_code == 422
    assert cast.read(lambda session: session.exec(select(MadeMove)).all()) == []


def test_only_a_seat_of_this_workshop_makes_a_seats_move(cast: Cast) -> None:
    phase(cast, "solo")
    assert move(cast, cast.nobody, "done", done=True).status_code == 401
    assert move(cast, cast.removed, "done", done=True).status_code == 401
    assert move(cast, cast.trainer, "done", done=True).status_code == 403
    assert move(cast, cast.other_trainer, "done", done=True).status_code == 401
    assert answers(cast) == []


def test_only_the_trainer_of_this_workshop_makes_a_trainers_move(cast: Cast) -> None:
    phase(cast, "read")
    assert move(cast, cast.ann, "clarify", statement="s1", text="It means this.").status_code == 403
    assert move(cast, cast.other_trainer, "clarify", statement="s1", text="It means this.").status_code == 401
    assert move(cast, cast.trainer, "clarify", statement="s1", text="It means this.").status_code == 200
    assert "It means this." in cast.ann.get(f"/w/{cast.code}").text
    assert "It means this." in cast.cat.get(f"/w/{cast.code}").text


def test_a_step_of_another_workshop_or_none_is_not_found(cast: Cast) -> None:
    phase(cast, "solo")
    sent = {"version": 1, "move": "done", "done": True}
    assert cast.ann.post(f"/w/{cast.code}/steps/9999/moves", json=sent).status_code == 404
    for beyond in (2**31, 2**63, "one"):
        assert cast.ann.post(f"/w/{cast.code}/steps/{beyond}/moves", json=sent).status_code == 422
        assert cast.trainer.post(f"/w/{cast.code}/steps/{beyond}/phase", data={"phase": "read"}).status_code == 422


def test_a_form_without_scripts_moves_and_comes_back_to_its_page(cast: Cast) -> None:
    phase(cast, "read")
    sent = {"version": str(cast.workshop().version), "move": "flag", "statement": "s1"}
    reply = cast.ann.post(
        f"/w/{cast.code}/steps/{cast.step()}/moves", data=sent, headers={"Accept": "text/html,application/xhtml+xml"}
    )
    assert (reply.status_code, reply.headers["location"]) == (303, f"/w/{cast.code}")
    assert "You said: not clear" in cast.ann.get(f"/w/{cast.code}").text


def test_a_late_retry_never_overwrites_something_newer(cast: Cast) -> None:
    phase(cast, "solo")
    seen = cast.workshop().version
    move(cast, cast.ann, "put_ballot", at=seen, key="a" * 32, discard="s5", order=ORDER)
    move(cast, cast.ann, "put_ballot", discard="s4", order=["s1", "s2", "s3", "s5"])
    repeated = move(cast, cast.ann, "put_ballot", at=seen, key="a" * 32, discard="s5", order=ORDER)
    never_arrived = move(cast, cast.ann, "put_ballot", at=seen, key="b" * 32, discard="s5", order=ORDER)
    assert (repeated.status_code, never_arrived.status_code) == (200, 409)
    assert answers(cast)[0]["ballot"]["discard"] == "s4"


def test_a_database_that_cannot_be_reached_is_said_and_nothing_is_acknowledged(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    version, step = cast.workshop().version, cast.step()
    file = cast.concord.settings.data_dir / "concord.db"
    away = file.rename(file.with_suffix(".away"))
    sent = {"version": version, "move": "done", "done": True}
    address = f"/w/{cast.code}/steps/{step}/moves"
    reply = cast.ann.post(address, json=sent, headers=AS_PAGE)
    assert (reply.status_code, "cannot save at the moment" in reply.text) == (503, True)
    away.rename(file)
    assert answers(cast) == []
    assert cast.ann.post(address, json=sent, headers=AS_PAGE).status_code == 200
