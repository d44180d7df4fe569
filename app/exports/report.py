"""The report: a workshop's record told in sections, before it is a page, a file or a sheet.

Law: every format draws from this and nothing else; no kind is named here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.activities.base import Activity
from app.activities.registry import KINDS
from app.activities.summary import Fact, Orders, Part, SeatRecord, Section, Table, Telling, Told, Version, Withheld
from app.errors import N_, Phrase
from app.exports import head, tail
from app.exports.record import Record, StepRecord

FOR = {
    "participant": N_("For those who took part"),
    "commissioner": N_("For the commissioner"),
    "trainer": N_("For the trainer"),
}
"""Whom a version is for."""


@dataclass(frozen=True, slots=True)
class Report:
    """A workshop told. `sections` are read in order; `sheets` and `orders` are what programs work with.

    `day` is when the workshop was held; `facts` stand at its head; `withheld` is what was left out, and why.
    """

    title: str
    version: Version
    audience: Told
    purpose: str
    day: date | None
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    sheets: tuple[Table, ...]
    orders: tuple[Orders, ...]
    withheld: tuple[Withheld, ...]


def report(record: Record) -> Report:
    """Tell a record."""
    parts = [_part(record, step) for step in record.steps]
    left_out = tail.withheld(record, parts)
    return Report(
        title=record.workshop.title,
        version=record.version,
        audience=Phrase(FOR[record.version]),
        purpose=record.workshop.purpose,
        day=record.workshop.opened,
        facts=(*head.facts(record), *(fact for part in parts for fact in part.facts)),
        sections=(
            *(Section(part.title, part.blocks) for part in parts),
            head.taking_part(record),
            tail.how_to_read(parts, record.workshop),
            tail.left_out(left_out),
        ),
        sheets=(*_each_its_own(record, parts), *head.sheets(record)),
        orders=tuple(one for part in parts for one in part.orders),
        withheld=left_out,
    )


def _each_its_own(record: Record, parts: list[Part]) -> Iterator[Table]:
    """Name the sheets of several steps by their steps' places, so that none is called as another."""
    for step, part in zip(record.steps, parts, strict=True):
        for sheet in part.sheets:
            yield replace(sheet, name=f"{step.position}-{sheet.name}") if len(parts) > 1 else sheet


def _part(record: Record, step: StepRecord) -> Part:
    kind: Activity = KINDS[step.kind]
    telling = Telling(
        title=step.title,
        setup=kind.Setup.model_validate(step.setup),
        version=record.version,
        rule=step.rule,
        tables=tuple((number, kind.Record.model_validate(one)) for number, one in sorted(step.tables.items())),
        room=None if step.room is None else kind.RoomRecord.model_validate(step.room),
        whole=None if step.whole is None else kind.Record.model_validate(step.whole),
        own=record.own,
        people=tuple(
            SeatRecord(
                person.name,
                person.agency,
                person.table,
                {one.phase: one.answer for one in person.answers if one.step == step.position},
            )
            for person in record.people
        ),
        agencies={agency.id: agency.label for agency in record.workshop.agencies},
    )
    return kind.summary(telling)
