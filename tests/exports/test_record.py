"""The record: what each version holds of a workshop, as JSON holds it and its schema describes it."""

import json
from typing import Any

import jsonschema
import pytest
from sqlmodel import Session, col, select

from app.activities.registry import KINDS
from app.activities.summary import Version
from app.errors import Closed
from app.exports import schema
from app.exports.as_json import as_json
from app.exports.build import build
from app.exports.record import Record
from app.exports.report import report
from app.exports.wording import in_words
from app.workshops.models import Seat, Workshop
from tests.cast import GRID, Cast, a_workshop, assemble
from tests.exports.crowd import crowd, locked, reveal
from tests.live.acting import phase
from tests.running import Concord

VERSIONS: tuple[Version, ...] = ("participant", "commissioner", "trainer")
MODES = ("named", "confidential", "aggregate")


def record(cast: Cast, version: Version = "trainer", own: int | None = None) -> Record:
    return cast.read(lambda session: build(session, cast.workshop_id, version, own))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("version", VERSIONS)
def test_json_is_as_its_schema_says_and_comes_back_the_same(
    concord_on_sqlite: Concord, mode: str, version: Version
) -> None:
    cast = crowd(concord_on_sqlite, disclosure=mode)
    reveal(cast, "locked", locked(cast))
    made = record(cast, version)
    told = json.loads(as_json(made))
    jsonschema.Draft202012Validator(schema.schema()).validate(told)
    assert Record.model_validate({name: one for name, one in told.items() if name != "$schema"}) == made


def test_schema_refuses_what_no_kind_writes(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast, "locked", locked(cast))
    told = json.loads(as_json(record(cast)))
    told["steps"][0]["tables"]["1"]["ballots"] = []
    with pytest.raises(jsonschema.ValidationError, match="ballots"):
        jsonschema.Draft202012Validator(schema.schema()).validate(told)


def test_schema_in_its_file_is_that_of_the_shapes() -> None:
    jsonschema.Draft202012Validator.check_schema(schema.schema())
    assert schema.FILE.read_text(encoding="utf-8") == schema.written()


def test_fields_that_only_a_table_reads_can_be_left_out() -> None:
    for kind in KINDS.values():
        empty = kind.Record.model_validate({})
        assert kind.inner
        assert {name.partition(".")[0] for name in kind.inner} <= set(empty.model_dump())


def test_commissioners_and_participants_read_nothing_that_is_a_table_s_own(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast, "locked", locked(cast))
    inner = KINDS["ranking"].inner
    whole = record(cast).steps[0].tables[1]
    commissioner = record(cast, "commissioner").steps[0].tables
    assert [values(whole, name) != values(commissioner[1], name) for name in inner if values(whole, name)] != []
    for version in ("commissioner", "participant"):
        for table in record(cast, version).steps[0].tables.values():
            assert [values(table, name) for name in inner] == [[] for _ in inner]


def test_participants_read_all_that_their_own_table_has_revealed(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast, "locked", locked(cast))
    trainer, own = record(cast).steps[0].tables, record(cast, "participant", 1).steps[0].tables
    assert own[1] == trainer[1]
    assert own[2] == record(cast, "commissioner").steps[0].tables[2]


def values(told: Any, name: str) -> list[Any]:
    """Find what a record says under a dotted name; what is empty says nothing."""
    first, _, rest = name.partition(".")
    if isinstance(told, list):
        return [one for each in told for one in values(each, name)]
    if not isinstance(told, dict) or not told.get(first):
        return []
    return values(told[first], rest) if rest else [told[first]]


def test_participants_read_other_tables_once_the_room_is_together_or_all_is_over(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast, "top")
    step = record(cast, "participant").steps[0]
    assert (step.tables, step.room) == ({}, None)
    assert set(record(cast, "participant", 1).steps[0].tables) == {1}
    assert set(record(cast, "commissioner").steps[0].tables) == {1, 2}
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    assert set(record(cast, "participant").steps[0].tables) == {1, 2}


def test_a_reader_s_own_table_is_kept_only_in_the_participant_s_version(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast)
    assert [record(cast, version, 1).own for version in VERSIONS] == [1, None, None]


def test_a_room_with_one_board_is_everybody_s_own(concord_on_sqlite: Concord) -> None:
    cast = assemble(concord_on_sqlite, kind="grid", setup=GRID | {"scope": "room"})
    phase(cast, "jot")
    phase(cast, "caucus")
    assert set(record(cast, "participant").steps[0].tables) == set()
    assert set(record(cast, "participant", 2).steps[0].tables) == {0}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_workshop_that_nobody_came_to_has_nothing_to_take_home(concord_on_sqlite: Concord, version: Version) -> None:
    empty = a_workshop(concord_on_sqlite)
    with pytest.raises(Closed, match="nothing to take home yet"):
        concord_on_sqlite.db.run_now(lambda session: build(session, empty, version))


def test_who_took_part_is_told_by_agency_and_table(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    for name in ("Hal", "Ida", "Jon"):
        cast.join(name, "police", 2)
    told = record(cast).workshop
    assert (told.people, [one.people for one in told.tables]) == ("10", ["5", "5"])
    assert [(one.label, one.people) for one in told.agencies] == [("Education", "0"), ("Health", "5"), ("Police", "5")]
    told = record(crowd(concord_on_sqlite)).workshop
    assert (told.people, [one.people for one in told.tables]) == ("6 or more", ["5", "1–2"])
    assert [one.people for one in told.agencies] == [None, None, None]


def test_days_are_told_and_no_times(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    cast.concord.clock.forward(days=1, hours=2, minutes=34)
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    told = json.loads(as_json(record(cast)))["workshop"]
    assert (told["opened"], told["closed"], told["review"]) == ("2026-11-23", "2026-11-24", None)


@pytest.mark.parametrize("mode", MODES)
def test_names_are_in_the_trainer_s_version_of_a_named_workshop_alone(concord_on_sqlite: Concord, mode: str) -> None:
    cast = crowd(concord_on_sqlite, disclosure=mode)
    reveal(cast, "locked", locked(cast))
    for version in VERSIONS:
        made = record(cast, version)
        told = repr(in_words(report(made), "en"))
        for name in ("Ann", "Ben", "Dee", "Gus"):
            assert (name in told) == (mode == "named" and version == "trainer")
        assert bool(made.people) == (mode == "named" and version == "trainer")


def test_what_is_told_is_the_same_whoever_came_first(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast, "locked", locked(cast))
    before = record(cast)

    def turn_round(session: Session, version: int) -> None:
        seats = session.exec(select(Seat).where(Seat.workshop_id == cast.workshop_id).order_by(col(Seat.id)))
        for place, seat in enumerate(seats):
            seat.number = 100 - place
            session.add(seat)

    cast.concord.db.change_now(cast.workshop_id, turn_round)
    assert record(cast) == before
    assert cast.read(lambda session: session.get_one(Workshop, cast.workshop_id).title) == before.workshop.title
