"""The report: what stands around the steps, and that all of it is in words once it is written in a language."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest

from app.activities.summary import Section, Sentence
from app.errors import Phrase
from app.exports.record import Agency, Outline, Record, TableCount
from app.exports.report import Report, report
from app.exports.wording import clean, in_words
from tests.activities.grid.telling import texts
from tests.exports.crowd import crowd, locked, reveal
from tests.exports.sample import HOSTILE, STATEMENTS, sample
from tests.exports.test_record import MODES, VERSIONS, record
from tests.running import Concord

OUTLINE = Outline(
    title="Joint training",
    purpose="To agree.",
    disclosure="confidential",
    people="9",
    agencies=(Agency(id="h", label="Health", people="3 or more"), Agency(id="p", label="Police", people="1–2")),
    no_agency="4",
    tables=(TableCount(table=1, people="5"), TableCount(table=2, people="4"), TableCount(table=3, people="0")),
    opened=date(2026, 11, 20),
    review=date(2027, 2, 1),
)


def told(**more: Any) -> Report:
    return in_words(report(Record(version="commissioner", workshop=OUTLINE.model_copy(update=more))), "en")


def section(made: Report, title: str) -> Section:
    return next(one for one in made.sections if one.title == title)


def test_head_says_how_many_took_part_and_when_they_meet_again() -> None:
    assert [(fact.label, fact.value) for fact in told().facts] == [
        ("People", "9, from 2 agencies"),
        ("Tables", "2"),
        ("Review", "1 February 2027"),
    ]
    assert (told().title, told().purpose, told().day) == ("Joint training", "To agree.", date(2026, 11, 20))


def test_counts_that_may_not_be_told_are_not_guessed_at() -> None:
    unknown = tuple(one.model_copy(update={"people": None}) for one in OUTLINE.agencies)
    made = told(people="8 or more", agencies=unknown, no_agency=None)
    assert made.facts[0].value == "8 or more"
    assert [sheet.name for sheet in made.sheets] == ["people-by-table"]


def test_who_took_part_stands_as_figures_where_they_are_figures() -> None:
    agencies, tables = (sheet.rows for sheet in told().sheets)
    assert agencies == (("Health", "3 or more"), ("Police", "1–2"), ("No agency named", 4))
    assert tables == ((1, 5), (2, 4))


@pytest.mark.parametrize("mode", MODES)
def test_what_was_left_out_is_told_with_its_reason(mode: str) -> None:
    made = told(disclosure=mode)
    assert made.withheld
    assert section(made, "What was left out, and why").blocks[0].rows == tuple(  # type: ignore[union-attr]  # a table
        (one.what, one.why) for one in made.withheld
    )


def test_nothing_left_out_is_said() -> None:
    exact = OUTLINE.model_copy(update={"disclosure": "named", "agencies": (), "no_agency": "9"})
    made = in_words(report(Record(version="trainer", workshop=exact)), "en")
    assert made.withheld == ()
    assert list(texts(section(made, "What was left out, and why").blocks)) == ["Nothing was left out.", "plain"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("mode", MODES)
def test_every_text_is_in_words(concord_on_sqlite: Concord, version: Any, mode: str) -> None:
    cast = crowd(concord_on_sqlite, disclosure=mode)
    reveal(cast, "locked", locked(cast))
    made = report(record(cast, version))
    for language in ("en", "cy"):
        left = [one for one in everything(in_words(made, language)) if isinstance(one, Phrase | Sentence)]
        assert left == []


def everything(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, tuple):
        for one in value:
            yield from everything(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from everything(getattr(value, each.name))


def test_titles_and_parts_are_no_two_alike_in_sheets(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast, "locked", locked(cast))
    step = record(cast).steps[0]
    twice = record(cast).model_copy(update={"steps": (step, step.model_copy(update={"position": 2}))})
    names = [sheet.name for sheet in report(twice).sheets]
    assert len(set(names)) == len(names)
    assert {name[:2] for name in names} == {"1-", "2-", "pe"}


def test_what_people_wrote_keeps_every_sign_that_can_be_read() -> None:
    for text in HOSTILE:
        assert clean(clean(text)) == clean(text)
        assert [one for one in clean(text) if one.isalnum()] == [one for one in clean(text + "\u202e") if one.isalnum()]
    long = "long " * 8_000
    assert long in list(texts(sample((long, *STATEMENTS[1:]))))
