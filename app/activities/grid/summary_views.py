"""What a summary tells of the agencies' views: the whole grid, what was asked and answered, how cells were marked.

Law: an empty cell is shown empty, a guess is called one, and a count is told as the record tells it.
"""

from collections.abc import Sequence

from app.activities import checks_told
from app.activities.grid.record import CellRecord, Record
from app.activities.grid.shapes import Setup
from app.activities.grid.summary_rows import Stand
from app.activities.summary import Block, Cell, Details, Paragraph, Quote, Quotes, Section, Table, Told
from app.errors import N_, NN_, Phrase

MARKS = (N_("Shared"), N_("Question"), N_("Tension"))


def whole(setup: Setup, record: Record, found: Sequence[Stand]) -> tuple[Section, ...]:
    """Lay out the whole grid on a page that lies on its side, once the views are open."""
    if not record.cells and not record.empty:
        return ()
    title = Phrase(N_("The whole grid"))
    columns: tuple[Told, ...] = (Phrase(N_("Sentence")), *(one.label for one in setup.columns), setup.agreed)
    rows = tuple(
        (one.row.prompt, *(view(record, one.row.id, column.id) for column in setup.columns), joint(one))
        for one in found
    )
    silent = silent_columns(setup, record)
    note = (
        (Paragraph(Phrase(N_("Nobody wrote for: {agencies}."), {"agencies": ", ".join(silent)}), "note"),)
        if silent
        else ()
    )
    return (Section(title, (*note, Table("whole-grid", title, columns, rows, wide=True)), "wide"),)


def silent_columns(setup: Setup, record: Record) -> tuple[str, ...]:
    """Name the agencies for which no cell has words."""
    spoken = {one.column for one in record.cells}
    return tuple(column.label for column in setup.columns if column.id not in spoken)


def view(record: Record, row: str, column: str) -> Told:
    """Write what stands in a cell: an agency's words, or what others guessed, or that it is empty."""
    held = next((one for one in record.cells if (one.row, one.column) == (row, column)), None)
    if held is not None:
        return Phrase(N_("Hidden by the trainer")) if held.hidden else held.text
    guesses = [f"“{one.guess}”" for one in record.guesses if (one.row, one.column) == (row, column)]
    if guesses:
        said = " ".join(guesses)
        return NN_(
            "Empty. A guess by others: {guesses}", "Empty. Guesses by others: {guesses}", len(guesses), guesses=said
        )
    return Phrase(N_("Empty"))


def joint(one: Stand) -> Told:
    """Write what stands in the last column, and call it what it is."""
    if one.state == "agreed":
        return one.said.text
    if one.state == "both" and one.said.text and one.said.other:
        both: dict[str, object] = {"one": one.said.text, "other": one.said.other}
        return Phrase(N_("Both are kept: “{one}” and “{other}”"), both)
    if one.state in ("both", "open"):
        return Phrase(N_("Not agreed: “{text}”"), {"text": one.said.text or one.said.other})
    return Phrase(N_("Hidden by the trainer") if one.state == "hidden" else N_("Nothing written"))


def asked(setup: Setup, record: Record) -> tuple[Block, ...]:
    """Quote what was asked about cells, and what their owners answered, without who asked."""
    prompts = {row.id: row.prompt for row in setup.rows}
    labels = {column.id: column.label for column in setup.columns}
    quotes = tuple(
        Quotes(
            Phrase(
                N_("{agency}, on “{sentence}”"),
                {"agency": labels.get(one.column, ""), "sentence": prompts.get(one.row, "")},
            ),
            (
                *(Quote(said, Phrase(N_("a question"))) for said in one.questions),
                *((Quote(one.reply, Phrase(N_("their answer"))),) if one.reply else ()),
            ),
        )
        for one in record.questions
    )
    return (Section(Phrase(N_("What was asked, and answered")), quotes),) if quotes else ()


def marked(setup: Setup, record: Record) -> tuple[Details, ...]:
    """Tell how many have marked each cell, where a record has it."""
    prompts = {row.id: row.prompt for row in setup.rows}
    labels = {column.id: column.label for column in setup.columns}
    rows = tuple(
        (prompts.get(one.row, ""), labels.get(one.column, ""), *map(count, marks(one)))
        for one in record.cells
        if any(told not in (None, "0") for told in marks(one))
    )
    if not rows:
        return ()
    title = Phrase(N_("How the views were marked"))
    columns = (Phrase(N_("Sentence")), Phrase(N_("View of")), *(Phrase(mark) for mark in MARKS))
    return (Details(title, (Table("marks", title, columns, rows),)),)


def marks(one: CellRecord) -> tuple[str | None, ...]:
    """Give how many have marked a cell, as it may be told, in the order of MARKS."""
    return one.shared, one.question, one.tension


def count(told: str | None) -> Cell:
    """Write a count as a number, where it is one; None where nothing may be told.

    >>> count("3"), count("1–2"), count(None)
    (3, '1–2', None)
    """
    return None if told is None else checks_told.cell(told)
