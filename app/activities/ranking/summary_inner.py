"""What those who sat at a table and the trainer read beside its list: how its people came to it.

Law: nobody is named here; a count of nominations stands as it may be told.
"""

from collections.abc import Iterator

from app.activities import checks_told
from app.activities.ranking import summary_checks, summary_table
from app.activities.ranking.record import EitherRecord, Record, ResultRecord
from app.activities.ranking.shapes import Setup
from app.activities.ranking.summary_words import earlier, ended, texts, within
from app.activities.summary import Block, Bullets, Cell, Details, Paragraph, Quote, Quotes, Sentence, Table
from app.errors import N_, Phrase

HOW = {
    "talk": N_("proposed in the talk"),
    "either": N_("came from a private either/or"),
    "lots": N_("came from lots"),
}


def told(setup: Setup, record: Record) -> Iterator[Block]:
    """Tell what was explained, named, proposed, asked, checked and locked on the way, as far as there is any of it."""
    yield from explained(setup, record)
    yield from named(setup, record)
    yield from proposed(setup, record)
    yield from eithers(setup, record)
    yield from summary_checks.others(setup, record)
    yield from taken_back(setup, record)
    for one in reversed(earlier(record)):
        yield version(setup, record, one)


def explained(setup: Setup, record: Record) -> Iterator[Block]:
    """Quote what the trainer said about statements."""
    words = texts(setup)
    quotes = tuple(Quote(one.text, words(one.statement)) for one in record.clarifications if one.text)
    if quotes:
        yield Details(Phrase(N_("What the trainer explained")), (Quotes(Phrase(N_("Said to everyone")), quotes),))


def named(setup: Setup, record: Record) -> Iterator[Block]:
    """Tell which statements people would have discarded, and why."""
    found = record.nominations
    if found is None or not (found.statements or found.reasons):
        return
    words = texts(setup)
    title = Phrase(N_("Named to be discarded, alone and in private"))
    blocks: list[Block] = []
    if all(one.count is not None for one in found.statements):
        rows: tuple[tuple[Cell | Sentence, ...], ...] = tuple(
            (words(one.statement), checks_told.cell(one.count or "0")) for one in found.statements
        )
        blocks.append(Table("named", title, (Phrase(N_("Statement")), Phrase(N_("How many"))), rows))
    else:
        blocks.append(Bullets(tuple(words(one.statement) for one in found.statements)))
    if found.reasons:
        quotes = tuple(Quote(one.text, words(one.statement) if one.statement else "") for one in found.reasons)
        blocks.append(Quotes(Phrase(N_("Why, without names")), quotes))
    yield Details(title, tuple(blocks))


def proposed(setup: Setup, record: Record) -> Iterator[Block]:
    """Tell what was proposed to be discarded at the table."""
    if not record.proposals:
        return
    words = texts(setup)
    title = Phrase(N_("Proposed to be discarded, at the table"))
    columns = (Phrase(N_("Statement")), Phrase(N_("Reason")), Phrase(N_("How")))
    rows = tuple((words(one.statement), one.reason, Phrase(HOW.get(one.how, HOW["talk"]))) for one in record.proposals)
    yield Details(title, (Table("proposed", title, columns, rows),))


def eithers(setup: Setup, record: Record) -> Iterator[Block]:
    """Tell what was put to a private either/or, and how that came out."""
    points = tuple(either(setup, one) for one in record.eithers)
    if points:
        yield Details(Phrase(N_("Private either/ors")), (Bullets(points),))


def either(setup: Setup, one: EitherRecord) -> Phrase:
    """Say how an either/or came out."""
    words = texts(setup)
    values: dict[str, object] = {
        name: within(words(id_ or "")) for name, id_ in (("one", one.a), ("other", one.b), ("winner", one.winner))
    }
    if one.winner is None:
        return Phrase(N_("“{one}” or “{other}”: it came out even or was put away."), values)
    if one.how == "lots":
        return Phrase(N_("“{one}” or “{other}”: it came out even, and lots chose “{winner}”."), values)
    return Phrase(N_("“{one}” or “{other}”: “{winner}” was chosen."), values)


def taken_back(setup: Setup, record: Record) -> Iterator[Block]:
    """Tell what was discarded first and taken back as the phase was opened again."""
    blocks: list[Block] = []
    for one in record.taken_back:
        blocks += summary_table.discarded(setup, one)
    if blocks:
        yield Details(Phrase(N_("Discarded at first, and taken back")), tuple(blocks))


def version(setup: Setup, record: Record, held: ResultRecord) -> Details:
    """Tell a list that was locked and opened again."""
    blocks: list[Block] = [Paragraph(ended(held))]
    if held.note:
        blocks.append(summary_table.beside(held))
    if held.top:
        blocks.append(summary_table.places(setup, held.top, held, Record()))
    for one in held.discarded:
        blocks += summary_table.discarded(setup, one)
    return Details(Phrase(N_("Version {number}, which was opened again"), {"number": held.version}), tuple(blocks))
