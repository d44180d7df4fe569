"""Taking a workshop home as JSON, the record itself: what is in it, what never is, and who gets it."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.exports.as_json import as_json as written
from app.exports.record import Record
from app.workshops.find import id_of
from app.workshops.models import Workshop
from tests.cast import Cast, assemble
from tests.exports.crowd import ORDERS, crowd, locked, reveal
from tests.exports.test_record import MODES, VERSIONS, record
from tests.running import Concord

CANARIES = ("CANARY", "987654", "moved", "lists", "s4,s3,s2,s1", '"seat"', "token", "code_hash")
"""What is only on boards, and what the trainer has hidden."""


def as_json(cast: Cast, query: str = "", device: TestClient | None = None) -> dict[str, Any]:
    reply = (device or cast.trainer).get(f"/trainer/w/{cast.code}/export/json{query}")
    assert reply.status_code == 200, reply.text[:300]
    found: dict[str, Any] = json.loads(reply.text)
    return found


def table_1(cast: Cast) -> dict[str, Any]:
    found: dict[str, Any] = as_json(cast)["steps"][0]["tables"]["1"]
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_file_is_the_record_of_its_version(concord: Concord, version: Any) -> None:
    cast = crowd(concord)
    reveal(cast, "locked", locked(cast))
    reply = cast.trainer.get(f"/trainer/w/{cast.code}/export/json?version={version}")
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["content-disposition"] == f'attachment; filename="concord-joint-training-{version}.json"'
    assert reply.content == written(record(cast, version))


def test_json_holds_the_agenda_and_what_tables_revealed(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast)
    found = as_json(cast)
    assert found["workshop"]["title"] == "Joint training"
    assert found["workshop"]["tables"] == [{"table": 1, "people": "5"}, {"table": 2, "people": "1–2"}]
    step = found["steps"][0]
    assert (step["title"], len(step["setup"]["statements"])) == ("What matters most", 5)
    assert [(number, table["phase"]) for number, table in step["tables"].items()] == [
        ("1", "compare"),
        ("2", "compare"),
    ]
    assert [one["statement"] for one in step["tables"]["1"]["mirror"]["places"]][:2] == ["s1", "s2"]


@pytest.mark.parametrize("mode", ["confidential", "aggregate"])
def test_no_name_and_no_ranking_leaves_a_workshop_that_is_not_named(concord_on_sqlite: Concord, mode: str) -> None:
    cast = crowd(concord_on_sqlite, disclosure=mode)
    reveal(cast)
    told = json.dumps(as_json(cast))
    for canary in ("Ann", "Ben", "Cat", "Dee", "Eve()", "Fay", "Gus", "ballot"):
        assert canary not in told


def test_aggregate_only_gives_the_room_and_no_table(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite, disclosure="aggregate")
    reveal(cast)
    found = as_json(cast)
    step = found["steps"][0]
    assert (found["workshop"]["tables"], step["tables"], step["room"]) == ([], {}, None)
    assert step["whole"]["mirror"]["orders"] == "7"


def test_record_tells_how_a_table_came_to_its_result(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast, "locked", locked(cast))
    table = table_1(cast)
    assert [(one["statement"], one["reason"], one["ending"]) for one in table["discarded"]] == [
        ("s5", "Too vague.", "agreed")
    ]
    assert [one["statement"] for one in table["board"]] == ["s2", "s1", "s3", "s4"]
    assert [(one["statement"], one["place"], one["settled"]) for one in table["top"]] == [
        ("s2", 1, "either"),
        ("s1", 2, "talk"),
    ]
    assert [(one["relation"], one["note"]) for one in table["links"]] == [("alike", "Both are about time.")]
    assert table["marks"]["contested"] == ["s2"]
    assert [one["text"] for one in table["checks"][0]["reasons"]] == ["Put it first."]
    assert (table["result"]["ending"], table["earlier"]) == ("agreed", [])
    assert [one["statement"] for one in table["mirror"]["places"]] == ["s1", "s2", "s3", "s4"]


def test_counts_below_three_are_masked_and_cannot_be_had_from_the_others(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast, "locked", locked(cast, checks=[checked(cast, [0, 1, 0, 0, 4, 0])]))
    table = table_1(cast)
    assert table["checks"][0]["counts"] == ["0", "1–2", "0", "0", "3 or more", "0"]
    assert table["nominations"]["statements"] == [{"statement": "s5", "count": "5"}]
    # Two reasons stand beside it, so two were low at least, and "1–2" would say that it was two.
    reveal(other := crowd(concord_on_sqlite), "locked", locked(other, checks=[checked(other, [0, 2, 0, 0, 3, 0])]))
    assert table_1(other)["checks"][0]["counts"] is None


def checked(cast: Cast, counts: list[int]) -> dict[str, Any]:
    """Make a check that has not passed; for each low answer there is a reason."""
    check: dict[str, Any] = locked(cast)["checks"][0]
    low = sum(counts[:3])
    reasons = [{"id": f"c1r{n}", "about": "", "text": f"Because of {n}."} for n in range(low)]
    return check | {"outcome": {"passed": False, "answered": 5, "counts": counts, "reasons": reasons}}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("version", ["participant", "commissioner"])
def test_no_seat_and_nothing_hidden_is_in_the_record(concord_on_sqlite: Concord, mode: str, version: str) -> None:
    cast = crowd(concord_on_sqlite, disclosure=mode)
    reveal(cast, "locked", locked(cast))
    told = json.dumps(as_json(cast, f"?version={version}"))
    assert [canary for canary in CANARIES if canary in told] == []


def test_the_room_stands_beside_its_tables(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast, "locked", locked(cast))
    room = as_json(cast)["steps"][0]["room"]
    assert [row["statement"] for row in room["statements"]] == ["s2", "s1", "s3", "s4", "s5"]
    assert room["likeness"] == [{"one": 1, "other": 2, "tau": 1.0}]
    # The two at table 2 could be had by subtraction.
    assert room["orders"] == 5
    gone = {"table": 2, "place": None, "shared": False, "top": False, "discarded": True}
    assert room["statements"][4]["places"][1] == gone


def test_aggregate_only_gives_the_room_s_order_and_no_words_of_anybody(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite, disclosure="aggregate")
    reveal(cast, "locked", locked(cast))
    step = as_json(cast)["steps"][0]
    assert step["room"]["statements"][0]["in_the_top_of"] == 2
    assert (step["room"]["endings"], step["room"]["statements"][0]["places"], step["tables"]) == ([], [], {})
    told = json.dumps(step)
    for words in ("Too vague.", "Put it first.", "Both are about time.", "table 1", '"table":'):
        assert words not in told


def test_order_is_not_told_while_the_discard_is_open(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast, "discard")
    table = table_1(cast)
    assert table["mirror"] is None
    assert table["nominations"]["statements"][0]["statement"] == "s5"


def test_named_workshop_gives_names_with_their_answers_to_its_trainer(concord: Concord) -> None:
    cast = crowd(concord, disclosure="named")
    reveal(cast)
    people = as_json(cast)["people"]
    assert [one["name"] for one in people] == ["Ann", "Ben", "Dee", "=Eve()", "Fay", "Cat", "Gus"]
    assert people[0]["agency"] == "Health"
    assert people[0]["answers"][0]["answer"]["ballot"]["order"] == list(ORDERS[0])
    for version in ("participant", "commissioner"):
        assert as_json(cast, f"?version={version}")["people"] == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_leaves_before_it_is_revealed(concord_on_sqlite: Concord, mode: str, version: Any) -> None:
    cast = crowd(concord_on_sqlite, disclosure=mode)
    before = record(cast, version).model_dump_json()
    reveal(cast, phase="solo")
    found = record(cast, version)
    told = [*found.steps[0].tables.values(), *filter(None, [found.steps[0].whole])]
    assert [(one["mirror"], one.get("nominations")) for one in told] == [(None, None)] * len(told)
    assert found.steps[0].room is None
    assert [one.answers for one in found.people] == [()] * len(found.people)
    assert Record.model_validate_json(before).workshop == found.workshop


def test_workshop_that_has_not_begun_can_be_taken_home(cast_on_sqlite: Cast) -> None:
    step = as_json(cast_on_sqlite)["steps"][0]
    assert (step["tables"], step["room"], step["whole"]) == ({}, None, None)


def test_closed_workshop_still_has_its_results(concord: Concord) -> None:
    cast = crowd(concord)
    reveal(cast)
    before = as_json(cast)
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    after = as_json(cast)
    assert after["steps"] == before["steps"]
    assert after["workshop"] == before["workshop"] | {"closed": "2026-11-23"}


def test_exports_are_for_the_workshop_s_trainer_alone(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    address = f"/trainer/w/{cast.code}/export/json"
    assert cast.trainer.get(address).status_code == 200
    assert cast.other_trainer.get(address).status_code == 404
    for device in (cast.nobody, cast.ann, cast.removed):
        assert device.get(address).headers["location"].startswith("/trainer/sign-in")


def test_formats_that_are_not_written_are_not_there(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    assert cast.trainer.get(f"/trainer/w/{cast.code}/export/exe").status_code == 404
    assert cast.trainer.get(f"/trainer/w/{cast.code}/export/json?version=mine").status_code == 422


def test_export_of_a_removed_seat_s_table_names_only_who_is_there(concord_on_sqlite: Concord) -> None:
    cast = assemble(concord_on_sqlite, disclosure="named")
    assert "Rob" not in json.dumps(as_json(cast))
    assert cast.read(lambda session: id_of(session.get_one(Workshop, cast.workshop_id))) == cast.workshop_id
