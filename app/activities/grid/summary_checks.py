"""What a summary tells of a grid's checks: how the last one on the whole grid came out, and those on single sentences.

Law: what one table said beside low answers is for those who sat there and the trainer.
"""

from collections.abc import Sequence

from app.activities import checks_told
from app.activities.checks import VALUES
from app.activities.checks_told import CheckReason, CheckRecord
from app.activities.grid import summary_rows
from app.activities.grid.naming import WHOLE
from app.activities.grid.record import Record
from app.activities.grid.shapes import Setup
from app.activities.summary import Block, Cell, Details, Quote, Quotes, Section, Table, Told
from app.errors import N_, Phrase


def told(setup: Setup, record: Record, *, inner: bool) -> tuple[Block, ...]:
    """Tell the last check on the whole grid; to those who sat there and the trainer the others, too."""
    blocks: list[Block] = []
    last = last_on_whole(record)
    if last is not None:
        blocks.append(Section(Phrase(N_("The last check on the whole grid")), one(setup, last)))
    others = [check for check in record.checks if check is not last] if inner else []
    if others:
        title = Phrase(N_("All other checks"))
        blocks.append(Details(title, (listed(setup, title, others), *said(setup, others))))
    return tuple(blocks)


def last_on_whole(record: Record) -> CheckRecord | None:
    """Find the check that the grid as it is told rests on: the result's, or the latest on the whole."""
    held = summary_rows.holding(record)
    if held is not None:
        return next((check for check in record.checks if check.number == held.check), None)
    return next((check for check in reversed(record.checks) if check.subject == WHOLE), None)


def called(setup: Setup, check: CheckRecord) -> Phrase:
    """Name a check by its number and what it was on."""
    row = setup.row(check.subject)
    if row is None:
        return Phrase(N_("Check {number}, on the whole grid"), {"number": check.number})
    return Phrase(N_("Check {number}, on “{sentence}”"), {"number": check.number, "sentence": row.prompt})


def one(setup: Setup, check: CheckRecord) -> tuple[Block, ...]:
    """Tell how a check on the whole grid came out, and which sentence each reason is about."""
    return checks_told.blocks(check, f"check-{check.number}", lambda name: about(setup, name))


def about(setup: Setup, name: str) -> Told:
    """Say which sentence a reason is about."""
    row = setup.row(name)
    return row.prompt if row is not None else ""


def said(setup: Setup, checks: Sequence[CheckRecord]) -> tuple[Quotes, ...]:
    """Quote what was said beside low answers, check by check."""
    return tuple(
        Quotes(called(setup, check), tuple(Quote(one.text, beside(setup, check, one)) for one in check.reasons))
        for check in checks
        if check.reasons
    )


def beside(setup: Setup, check: CheckRecord, reason: CheckReason) -> Told:
    """Say which sentence a reason is about, where its check does not say it."""
    return about(setup, reason.about) if check.subject == WHOLE else ""


def listed(setup: Setup, title: Phrase, checks: Sequence[CheckRecord]) -> Table:
    """List checks: what each was on, whether it passed, how many answered, and what, as far as may be told."""
    heads = (Phrase(N_("Check")), Phrase(N_("Passed")), Phrase(N_("Answered")))
    answers = tuple(str(value) for value in range(len(VALUES)))
    rows = tuple((called(setup, check), *figures(check)) for check in checks)
    return Table("checks", title, (*heads, *answers), rows)


def figures(check: CheckRecord) -> tuple[Cell, ...]:
    """Write whether a check passed, how many answered, and how many gave each answer; None where that is not told."""
    passed = Phrase(N_("yes") if check.passed else N_("no"))
    counts: tuple[Cell, ...] = (None,) * len(VALUES)
    if check.counts is not None:
        counts = tuple(checks_told.cell(told) for told in check.counts)
    return (passed, checks_told.cell(check.answered), *counts)
