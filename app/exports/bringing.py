"""Bringing a record back: a JSON file becomes a closed workshop to look at and to copy.

Law: nothing of a file is kept that its shapes do not know, and a file that cannot be told makes no workshop.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any, NoReturn

from pydantic import BaseModel, ValidationError
from sqlmodel import Session

from app.activities.registry import KINDS
from app.errors import N_, Refusal, TooLarge, Unclear
from app.exports.as_json import SCHEMA
from app.exports.models import BroughtRecord
from app.exports.record import FORMAT, Record, StepRecord
from app.exports.report import report
from app.workshops import choices
from app.workshops.agenda import StepDetails, add_step
from app.workshops.find import id_of
from app.workshops.models import Workshop
from app.workshops.service import MOST_TABLES, Details, create_workshop

MOST_BYTES = 8 * 2**20
MOST_DEPTH = 24
MOST_NUMBERS = 18
"""How many digits a number may have."""

# Whole texts, so that no bracket in them counts, then brackets and long numbers.
PIECES = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]|[0-9]{%d,}' % (MOST_NUMBERS + 1), re.DOTALL)


def bring(session: Session, content: bytes, trainer_id: int, now: datetime, key: bytes) -> Workshop:
    """Make a closed workshop of a trainer's from a record in JSON; its summaries are told as the record was kept.

    Refuses, with a sentence, what is no record of this format or could not be told.
    """
    record = read(content)
    workshop = create_workshop(session, trainer_id, _details(record), now, key)
    for step in record.steps:
        add_step(session, workshop, step.kind, StepDetails(step.title, step.setup, rule=step.rule))
    workshop.opened_at = min(_moment(record.workshop.opened) or now, now)
    # Closed as it is brought: what is kept for so many days is kept for so many days from here.
    workshop.closed_at = now
    session.add(workshop)
    session.add(BroughtRecord(workshop_id=id_of(workshop), content=record.model_dump(mode="json")))
    session.flush()
    return workshop


def read(content: bytes) -> Record:
    """Read a record, every value by its shape, and make sure that it can be told."""
    found = _parsed(content)
    if not isinstance(found, dict) or "format" not in found:
        raise Unclear(N_("This file is no record of a workshop. Bring the JSON file that Concord has written."))
    if found["format"] == 1:
        raise Unclear(N_("An earlier Concord has written this record, before records could be brought back."))
    if found["format"] != FORMAT:
        raise Unclear(N_("This record is of a format that this Concord does not know. A newer one may read it."))
    record: Record = _shaped(Record, {name: value for name, value in found.items() if name != SCHEMA_KEY}, "")
    record = record.model_copy(update={"steps": tuple(_step(at, step) for at, step in enumerate(record.steps))})
    try:
        report(record)
    except Refusal:
        raise
    except Exception as trouble:
        # Shapes hold each value; whether they belong together shows when they are told.
        raise Unclear(N_("This record does not fit together, so nothing of it can be told.")) from trouble
    return record


SCHEMA_KEY = next(iter(SCHEMA))


def _parsed(content: bytes) -> Any:
    if len(content) > MOST_BYTES:
        raise TooLarge(N_("This file is too large to be a record: at most {most} MB."), most=MOST_BYTES // 2**20)
    if any(deep > MOST_DEPTH for deep in _depths(content)):
        raise Unclear(N_("This file is no record of a workshop: it goes too deep."))
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_once)
    except (ValueError, RecursionError) as trouble:
        raise Unclear(N_("This file cannot be read as JSON.")) from trouble


def _depths(content: bytes) -> Iterator[int]:
    """Follow how deep a file goes before anything is read from it; a number that is too long counts as too deep."""
    deep = 0
    for piece in PIECES.finditer(content):
        first = piece[0][:1]
        deep += first in b"[{"
        deep -= first in b"]}"
        yield MOST_DEPTH + 1 if first.isdigit() else deep


def _no_number(told: str) -> NoReturn:
    raise ValueError(f"{told} is no number of JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _step(at: int, step: StepRecord) -> StepRecord:
    """Hold what a kind has written of a step to its shapes."""
    kind = KINDS.get(step.kind)
    if kind is None:
        raise Unclear(N_("This record has an activity that this Concord does not know: “{kind}”."), kind=step.kind[:40])
    where = f"steps.{at}"
    return step.model_copy(
        update={
            "setup": _plain(kind.Setup, step.setup, f"{where}.setup"),
            "tables": {
                number: _plain(kind.Record, one, f"{where}.tables.{number}") for number, one in step.tables.items()
            },
            "room": None if step.room is None else _plain(kind.RoomRecord, step.room, f"{where}.room"),
            "whole": None if step.whole is None else _plain(kind.Record, step.whole, f"{where}.whole"),
        }
    )


def _plain(shape: type[BaseModel], value: Any, where: str) -> dict[str, Any]:
    # What the file does not say stays unsaid: a version may have been kept without it.
    plain: dict[str, Any] = _shaped(shape, value, where).model_dump(mode="json", exclude_unset=True)
    return plain


def _shaped(shape: type[BaseModel], value: Any, where: str) -> Any:
    try:
        return shape.model_validate(value)
    except (ValidationError, RecursionError) as trouble:
        first = trouble.errors()[0]["loc"] if isinstance(trouble, ValidationError) else ()
        place = ".".join(one for one in (where, *(str(part)[:40] for part in first)) if one)
        raise Unclear(N_("This record cannot be read: something is wrong at “{place}”."), place=place) from trouble


def _details(record: Record) -> Details:
    told = record.workshop
    seen = [number for step in record.steps for number in step.tables]
    tables = max((*seen, *(one.table for one in told.tables), 1))
    return Details(
        title=told.title,
        agencies=tuple(agency.label for agency in told.agencies),
        tables=min(tables, MOST_TABLES),
        disclosure=told.disclosure,
        language=told.language if told.language in {one.value for one in choices.LANGUAGES} else "en",
        purpose=told.purpose,
        review_on=told.review,
    )


def _moment(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), UTC)
