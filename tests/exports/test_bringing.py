"""Bringing a record back as a workshop to look at, and refusing what is none."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from app.activities.summary import Version
from app.errors import Refusal, TooLarge, Unclear
from app.exports.as_json import as_json
from app.exports.bringing import MOST_BYTES, bring, read
from app.exports.build import build
from app.exports.record import Record
from app.exports.report import report
from app.workshops.find import id_of, steps_of
from app.workshops.models import Workshop
from app.workshops.service import copy_workshop
from tests.cast import trainer_id
from tests.exports.crowd import crowd, locked, reveal
from tests.exports.test_record import VERSIONS, record
from tests.running import Concord

Change = Callable[[dict[str, Any]], object]


def a_record(concord: Concord, version: Version = "trainer", mode: str = "confidential") -> Record:
    cast = crowd(concord, disclosure=mode, purpose="To agree on what matters.", review_on=date(2027, 2, 1))
    reveal(cast, "locked", locked(cast))
    return record(cast, version)


def brought(concord: Concord, content: bytes) -> Workshop:
    """Bring a file back for the trainer."""
    leads, now, key = trainer_id(concord, "ann@example.org"), concord.clock(), concord.settings.key
    return concord.db.run_now(lambda session: bring(session, content, leads, now, key))


def told_again(concord: Concord, workshop: Workshop, version: Version = "trainer") -> Record:
    return concord.db.run_now(lambda session: build(session, id_of(workshop), version))


@pytest.mark.parametrize("mode", ["named", "confidential", "aggregate"])
@pytest.mark.parametrize("version", VERSIONS)
def test_a_record_comes_back_as_it_was_kept(concord: Concord, version: Version, mode: str) -> None:
    kept = a_record(concord, version, mode)
    found = told_again(concord, brought(concord, as_json(kept)))
    assert (found, report(found)) == (kept, report(kept))


def test_what_was_kept_for_the_trainer_is_told_to_others_as_it_would_have_been(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite, disclosure="named")
    reveal(cast, "locked", locked(cast))
    workshop = brought(concord_on_sqlite, as_json(record(cast)))
    for version in VERSIONS:
        assert told_again(concord_on_sqlite, workshop, version) == record(cast, version)


def test_nobody_is_told_more_than_a_record_was_kept_for(concord_on_sqlite: Concord) -> None:
    kept = a_record(concord_on_sqlite, "commissioner", "named")
    assert told_again(concord_on_sqlite, brought(concord_on_sqlite, as_json(kept))) == kept


def test_the_workshop_is_closed_and_can_be_copied(concord_on_sqlite: Concord) -> None:
    concord = concord_on_sqlite
    workshop = brought(concord, as_json(a_record(concord)))
    assert workshop.trainer_id == trainer_id(concord, "ann@example.org")
    assert (workshop.title, workshop.purpose) == ("Joint training", "To agree on what matters.")
    assert (workshop.review_on, workshop.closed_at) == (date(2027, 2, 1), concord.clock())
    assert [agency["label"] for agency in workshop.agencies] == ["Education", "Health", "Police"]
    now, key = concord.clock(), concord.settings.key

    def again(session: Any) -> tuple[list[str], list[dict[str, Any]]]:
        copy = copy_workshop(session, session.get_one(Workshop, id_of(workshop)), "Again", now, key)
        steps = [*steps_of(session, id_of(workshop)), *steps_of(session, id_of(copy))]
        return [step.title for step in steps], [step.setup for step in steps]

    titles, setups = concord.db.run_now(again)
    assert titles == ["What matters most"] * 2
    assert setups[0] == setups[1]
    assert [one["text"] for one in setups[0]["statements"]] == [f"Statement {n}" for n in range(1, 6)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "cannot be read as JSON"),
        (b"\xff\xfe", "cannot be read as JSON"),
        (b'{"format": 2, "format": 2}', "cannot be read as JSON"),
        (b'{"format": NaN}', "cannot be read as JSON"),
        (b"[1, 2]", "no record of a workshop"),
        (b'"format"', "no record of a workshop"),
        (b'{"title": "x"}', "no record of a workshop"),
        (b'{"format": 1, "workshop": {}}', "An earlier Concord"),
        (b'{"format": 3}', "a format that this Concord does not know"),
        (b'{"format": "2"}', "a format that this Concord does not know"),
        (b'{"format": 2}', "something is wrong at “version”"),
        (b"[" * 100_000, "goes too deep"),
        (b'{"format": ' + b"9" * 5_000 + b"}", "goes too deep"),
    ],
)
def test_what_is_no_record_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Unclear, match=sentence):
        read(content)


def test_a_file_that_is_too_large_is_not_even_read() -> None:
    with pytest.raises(TooLarge, match="at most 8 MB"):
        read(b" " * (MOST_BYTES + 1))


def test_brackets_in_what_people_wrote_are_no_depth(concord_on_sqlite: Concord) -> None:
    kept = a_record(concord_on_sqlite)
    kept = kept.model_copy(update={"workshop": kept.workshop.model_copy(update={"purpose": '[{\\"' * 100})})
    assert read(as_json(kept)) == kept


def answer(content: bytes) -> str | type[Refusal]:
    """Bring a file: the version that it is told in, or how it was refused."""
    try:
        return report(read(content)).version
    except Refusal as refused:
        return type(refused)


def change_step(name: str, value: object) -> Change:
    return lambda told: told["steps"][0].update({name: value})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda told: told.update(more=1), "at “more”"),
        (lambda told: told["workshop"].update(disclosure="open"), "at “workshop.disclosure”"),
        (lambda told: told["workshop"].update(opened="soon"), "at “workshop.opened”"),
        (change_step("kind", "quiz"), "does not know: “quiz”"),
        (change_step("setup", {"statements": []}), "at “steps.0.setup"),
        (change_step("tables", {"1": {"ballots": []}}), "at “steps.0.tables.1.ballots"),
        (change_step("tables", {"one": {}}), "at “steps.0.tables"),
        (change_step("room", {"seats": [1]}), "at “steps.0.room"),
        (change_step("rule", "whatever"), "."),
        (lambda told: told["workshop"].update(title=""), "Give it a title"),
        (lambda told: told["workshop"].update(title="long " * 100), "too long"),
    ],
)
def test_what_does_not_fit_is_refused_and_makes_no_workshop(
    concord_on_sqlite: Concord, change: Change, sentence: str
) -> None:
    told = json.loads(as_json(a_record(concord_on_sqlite)))
    change(told)
    before = concord_on_sqlite.db.run_now(lambda session: session.exec(select(Workshop.id)).all())
    with pytest.raises(Refusal, match=sentence):
        brought(concord_on_sqlite, json.dumps(told).encode())
    assert concord_on_sqlite.db.run_now(lambda session: session.exec(select(Workshop.id)).all()) == before


def test_an_agency_or_statement_that_nothing_else_knows_is_told_or_refused(concord_on_sqlite: Concord) -> None:
    whole = json.loads(as_json(a_record(concord_on_sqlite, mode="named")))
    text = json.dumps(whole)
    for known in ('"s1"', '"health"', '"solo"', '"locked"', '"agreed"'):
        assert answer(text.replace(known, '"nothing"').encode()) in (*VERSIONS, Unclear)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="replace")))
def test_anything_at_all_is_refused_and_breaks_nothing(content: bytes) -> None:
    with pytest.raises(Refusal):
        read(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


# Nothing is changed in what is read.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_record_with_anything_in_the_place_of_a_value_is_told_or_refused(
    whole_record: bytes, data: st.DataObject
) -> None:
    told = json.loads(whole_record)
    value: Any = told
    while True:
        places = sorted(value) if isinstance(value, dict) else range(len(value))
        place = data.draw(st.sampled_from(list(places)))
        inner = value[place]
        if not (isinstance(inner, dict | list) and inner and data.draw(st.integers(0, 9))):
            value[place] = data.draw(JSON)
            break
        value = inner
    assert answer(json.dumps(told).encode()) in (*VERSIONS, Unclear)


@pytest.fixture
def whole_record(concord_on_sqlite: Concord) -> bytes:
    """A record with names, as a file."""
    return as_json(a_record(concord_on_sqlite, mode="named"))
