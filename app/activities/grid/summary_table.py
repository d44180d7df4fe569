"""What a summary tells of one table's grid: what was agreed first, then what was not, then how it came about.

Law: it tells what the record holds; whoever may not read something has a record without it.
"""

from collections.abc import Sequence

from app.activities.grid import summary_checks, summary_rows
from app.activities.grid.record import Record, ResultRecord
from app.activities.grid.shapes import Setup
from app.activities.grid.summary_rows import Stand, State
from app.activities.grid.summary_views import asked, marked, whole
from app.activities.summary import Block, Bullets, Details, Fact, Facts, Paragraph, Quote, Quotes, Section, Statements
from app.errors import N_, Phrase

ENDED = {
    "agreed": N_("Agreed"),
    "with_reservations": N_("Agreed with reservations"),
    "all_but_one": N_("All but one sentence agreed"),
    "not_agreed": N_("Not agreed"),
    "unchecked": N_("Locked without a passed check"),
}
TOLD = {
    "with_reservations": N_("The grid stands as a whole. What some still miss is kept beside it."),
    "not_agreed": N_("There was no agreement on the grid as a whole. What was agreed sentence by sentence stands."),
    "unchecked": N_("The grid was locked without a check of the whole that passed."),
}
HELD = {
    "all-at-3": N_("All who answered the last check can at least live with the whole grid."),
    "none-at-0": N_("Nobody said no to the whole grid in the last check."),
    "most-at-3": N_("At least 80 % of those who answered the last check can live with the whole grid."),
}
HEADS: dict[State, str] = {
    "agreed": N_("What was agreed"),
    "both": N_("Where both sentences stand"),
    "open": N_("Written, but not agreed"),
}
BESIDE: dict[State, str] = {
    "both": N_("There was no agreement here, so both sentences are kept."),
    "open": N_("These words were written together. They do not have everybody’s agreement."),
}


def is_bare(record: Record) -> bool:
    """Say whether a table has opened and written nothing yet that could be told."""
    written = any(one.text or one.other or one.hidden for one in record.statements)
    return not (written or record.cells or record.guesses or record.result)


def told(setup: Setup, record: Record, *, short: bool = False, inner: bool = True) -> tuple[Block, ...]:
    """Tell one table's grid; a short telling leaves out the views and how it came about.

    `inner`: it is told to those who sat there, or to the trainer.
    """
    found = summary_rows.stands(setup, record)
    blocks = (*head(setup, record, found), *sentences(setup, record, found))
    if short:
        return blocks
    came_about = (*summary_checks.told(setup, record, inner=inner), *asked(setup, record), *more(setup, record))
    return (*blocks, *came_about, *whole(setup, record, found))


def head(setup: Setup, record: Record, found: Sequence[Stand]) -> tuple[Block, ...]:
    """Say how a grid ended, and what is kept beside it."""
    held = summary_rows.holding(record)
    agreed = sum(one.state == "agreed" for one in found)
    facts = [
        Fact(Phrase(N_("The grid as a whole")), ended(held)),
        Fact(Phrase(N_("Sentences agreed")), Phrase(N_("{agreed} of {all}"), {"agreed": agreed, "all": len(found)})),
    ]
    if held is not None and held.checks:
        facts.append(Fact(Phrase(N_("Checks of the whole grid")), str(held.checks)))
    beside = (kept_beside(held.note),) if held is not None and held.note else ()
    return (Facts(tuple(facts)), Paragraph(ending(setup, record, held)), *beside)


def ended(held: ResultRecord | None) -> Phrase:
    """Say in a few words how a grid ended."""
    return Phrase(N_("Not locked") if held is None else ENDED.get(held.ending, ENDED["unchecked"]))


def kept_beside(note: str) -> Quotes:
    """Quote what stands beside a grid."""
    return Quotes(Phrase(N_("Kept beside the grid")), (Quote(note),))


def ending(setup: Setup, record: Record, held: ResultRecord | None) -> Phrase:
    """Say in a sentence how a grid ended."""
    if held is None:
        return Phrase(N_("The grid was not locked. What stands here is as far as it had come."))
    if held.ending == "agreed":
        last = next((one for one in record.checks if one.number == held.check), None)
        return Phrase(HELD.get(last.rule, HELD["all-at-3"]) if last is not None else N_("The whole grid was agreed."))
    if held.ending == "all_but_one":
        row = setup.row(held.open_row)
        sentence = row.prompt if row is not None else held.open_row
        return Phrase(N_("“{sentence}” stays open. The other sentences stand."), {"sentence": sentence})
    return Phrase(TOLD.get(held.ending, TOLD["unchecked"]))


def sentences(setup: Setup, record: Record, found: Sequence[Stand]) -> tuple[Block, ...]:
    """Write the joint statements, those that were agreed first, and say where there is none."""
    if not any(one.state != "nothing" for one in found):
        return (Paragraph(Phrase(N_("No joint statement has been put to a check or locked.")), "note"),)
    labels = {column.id: column.label for column in setup.columns}
    blocks: list[Block] = []
    for state, title in HEADS.items():
        there = [one for one in found if one.state == state]
        if there:
            note = (Paragraph(Phrase(BESIDE[state]), "note"),) if state in BESIDE else ()
            written = Statements(summary_rows.statements(there, record, labels))
            blocks.append(Section(Phrase(title), (*note, written)))
    return (*blocks, *missing(found))


def missing(found: Sequence[Stand]) -> tuple[Block, ...]:
    """Name the sentences that have no words here, and say why."""
    bare = tuple(one.row.prompt for one in found if one.state == "nothing")
    hidden = tuple(
        Phrase(N_("Hidden by the trainer: “{sentence}”"), {"sentence": one.row.prompt})
        for one in found
        if one.state == "hidden"
    )
    if not bare and not hidden:
        return ()
    return (Section(Phrase(N_("Sentences without a joint statement")), (Bullets((*bare, *hidden)),)),)


def more(setup: Setup, record: Record) -> tuple[Block, ...]:
    """Keep what was marked, and what was locked before it was opened again."""
    return (*marked(setup, record), *(version(setup, record, one) for one in reversed(earlier(record))))


def earlier(record: Record) -> tuple[ResultRecord, ...]:
    """List what was locked and has been opened again."""
    reopened = record.result is not None and summary_rows.holding(record) is None
    return (*record.earlier, record.result) if reopened and record.result is not None else record.earlier


def version(setup: Setup, record: Record, result: ResultRecord) -> Details:
    """Tell an earlier version."""
    labels = {column.id: column.label for column in setup.columns}
    found = [one for one in summary_rows.of_result(setup, result) if one.state in HEADS]
    beside = (kept_beside(result.note),) if result.note else ()
    return Details(
        Phrase(N_("Version {number}, which was opened again"), {"number": result.version}),
        (
            Paragraph(ending(setup, record, result)),
            *beside,
            Statements(summary_rows.statements(found, record, labels)),
        ),
    )
