"""Reading between a record's lines: what somebody who takes files at chosen moments must not find in them."""

import json
from typing import Any

from app.live import scenes
from tests.cast import Cast, assemble
from tests.exports.test_exports import as_json
from tests.live.acting import move, phase
from tests.live.test_canaries import reading
from tests.live.test_ranking import check, discard, ok, rank, solo, table_of
from tests.live.test_tables import move_seat
from tests.running import Concord


def first_step(cast: Cast) -> dict[str, Any]:
    found: dict[str, Any] = as_json(cast)["steps"][0]
    return found


def test_a_named_workshop_names_nobody_beside_an_answer_to_a_check(concord_on_sqlite: Concord) -> None:
    cast = assemble(concord_on_sqlite, disclosure="named")
    people = table_of(cast, 5)
    solo(cast, people)
    discard(cast, people)
    # What a phase keeps as it closes again was written after the check.
    ok(move(cast, cast.trainer, "reopen", phase="solo", table=1))
    ok(phase(cast, "discard", 1))
    answers = [one["answer"] for person in as_json(cast)["people"] for one in person["answers"]]
    assert [answer["ballot"]["discard"] for answer in answers if answer["ballot"]] == ["s5", "s5", "s5", "s4", "s4"]
    assert all(set(answer) == {"done", "paper", "ballot", "reason"} for answer in answers)


def test_a_named_workshop_has_no_reason_that_was_hidden(concord_on_sqlite: Concord) -> None:
    cast = assemble(concord_on_sqlite, disclosure="named")
    people = table_of(cast, 5)
    solo(cast, people)
    ok(phase(cast, "discard"))
    assert "because of s5" in json.dumps(as_json(cast))
    for entry in hidden_ids(cast, "because of s5"):
        ok(move(cast, cast.trainer, "hide", entry=entry, table=1))
    told = json.dumps(as_json(cast))
    assert "because of s5" not in told
    assert "because of s4" in told


def hidden_ids(cast: Cast, text: str) -> list[str]:
    """Find what the trainer hides a reason by."""
    snapshot = reading(cast)
    assert snapshot.step is not None
    table = next(table.id for table in snapshot.tables if table.number == 1)
    mirror = scenes.revealed(snapshot.step, table, snapshot.boards[table])["solo"]
    return [said.id for one in mirror.nominations for said in one.reasons if said.text == text]


def test_the_room_is_in_no_file_before_all_tables_have_come_to_it(concord_on_sqlite: Concord) -> None:
    cast = assemble(concord_on_sqlite)
    people = table_of(cast, 4)
    others = [cast.cat, *(cast.join(name, "health", 2) for name in ("Xan", "Yve", "Zed"))]
    phase(cast, "solo")
    for person in (*people, *others):
        ok(move(cast, person, "put_ballot", discard="s5", order=["s1", "s2", "s3", "s4"]))
    for name in ("discard", "rank", "compare", "top", "check", "locked"):
        ok(phase(cast, name, 1))
    ok(phase(cast, "discard", 2))
    # Less the mirror of table 1 it would be the other table's, which is not shown yet.
    assert first_step(cast)["room"] is None
    for name in ("rank", "compare", "top", "check", "locked"):
        ok(phase(cast, name, 2))
    assert first_step(cast)["room"]["orders"] == 8


def test_a_table_that_nobody_sits_at_is_not_in_the_room(concord_on_sqlite: Concord) -> None:
    cast = assemble(concord_on_sqlite)
    people = table_of(cast, 3)
    move_seat(cast, "Cat", 1)
    people.append(cast.cat)
    solo(cast, people)
    discard(cast, people)
    rank(cast, people)
    ok(phase(cast, "compare"))
    ok(phase(cast, "top"))
    for place in (1, 2):
        ok(move(cast, cast.ann, "place_top", statement=f"s{place}", position=place))
    ok(phase(cast, "check"))
    check(cast, people, 4, 4, 4, 4)
    ok(phase(cast, "locked"))
    room = first_step(cast)["room"]
    assert [one["table"] for one in room["endings"]] == [1]
    assert [row["statement"] for row in room["statements"] if row["in_the_top_of"] == 1] == ["s1", "s2"]


def test_a_table_that_nobody_sits_at_does_not_hold_up_the_room_s_figures(concord_on_sqlite: Concord) -> None:
    cast = assemble(concord_on_sqlite, disclosure="aggregate")
    people = table_of(cast, 3)
    move_seat(cast, "Cat", 1)
    solo(cast, [*people, cast.cat])
    for name in ("discard", "rank"):
        ok(phase(cast, name, 1))
    assert first_step(cast)["whole"]["mirror"]["orders"] == "4"
