"""A grid for people who go on working with it: tidy sheets, one row for each thing that was said.

Law: nothing stands in a sheet that the record does not hold. Table 0 is the whole room.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.activities.checks import VALUES
from app.activities.grid import summary_checks, summary_rows, summary_table
from app.activities.grid.record import Record, RoomRecord, StatementRecord
from app.activities.grid.shapes import Setup
from app.activities.grid.summary_rows import STATES
from app.activities.grid.summary_table import earlier
from app.activities.grid.summary_views import MARKS, count, marks
from app.activities.summary import Cell, Sentence, Table, Told
from app.errors import N_, Phrase

Tables = Sequence[tuple[int, Record]]
Row = tuple[Cell | Sentence, ...]
Words = Mapping[str, str]
"""Sentences by the ids of rows, or agencies by those of columns."""

TABLE, SENTENCE, AGENCY = N_("Table"), N_("Sentence"), N_("Agency")
STATEMENT_HEADS = (N_("Joint statement"), N_("The other sentence"), N_("Beside it"), N_("Draws on"))


def sheets(setup: Setup, tables: Tables) -> tuple[Table, ...]:
    """Write every sheet that has anything in it."""
    prompts = {row.id: row.prompt for row in setup.rows}
    labels = {column.id: column.label for column in setup.columns}
    made = (
        statements(setup, tables, labels),
        views(tables, prompts, labels),
        questions(tables, prompts, labels),
        checks(tables, prompts),
        reasons(tables, prompts),
        versions(tables, prompts, labels),
    )
    return tuple(one for one in made if one.rows)


def sheet(name: str, title: str, heads: Iterable[str], rows: Iterable[Row]) -> Table:
    """Make a sheet."""
    return Table(f"grid-{name}", Phrase(title), tuple(Phrase(head) for head in heads), tuple(rows))


def statements(setup: Setup, tables: Tables, labels: Words) -> Table:
    """Write the joint statements as they stand."""
    rows = (
        (number, one.row.prompt, Phrase(STATES[one.state]), *said(one.said, labels))
        for number, record in tables
        for one in summary_rows.stands(setup, record)
        if one.state != "nothing"
    )
    return sheet("statements", N_("Joint statements"), (TABLE, SENTENCE, N_("How it stands"), *STATEMENT_HEADS), rows)


def said(one: StatementRecord, labels: Words) -> Row:
    """Write the words of a statement, and what stands with them."""
    return one.text, one.other, one.note, ", ".join(labels[name] for name in one.draws_on if name in labels)


def views(tables: Tables, prompts: Words, labels: Words) -> Table:
    """Write every cell: an agency's words with how they were marked, empty ones, and guesses called so."""
    heads = (TABLE, SENTENCE, AGENCY, N_("What it is"), N_("Words"), *MARKS)
    return sheet("views", N_("The agencies’ views"), heads, cells(tables, prompts, labels))


def cells(tables: Tables, prompts: Words, labels: Words) -> Iterator[Row]:
    """Write the rows of views, table by table."""
    bare: Row = ("", None, None, None)
    for number, record in tables:
        for one in record.cells:
            sort = N_("hidden by the trainer") if one.hidden else N_("view")
            at = (number, prompts.get(one.row, ""), labels.get(one.column, ""))
            yield (*at, Phrase(sort), one.text, *map(count, marks(one)))
        for empty in record.empty:
            at = (number, prompts.get(empty.row, ""), labels.get(empty.column, ""))
            yield (*at, Phrase(N_("empty")), *bare)
        for guess in record.guesses:
            at = (number, prompts.get(guess.row, ""), labels.get(guess.column, ""))
            yield (*at, Phrase(N_("a guess by others")), guess.guess, *bare[1:])


def questions(tables: Tables, prompts: Words, labels: Words) -> Table:
    """Write what was asked about cells and answered; an answer is for all that was asked about its cell."""
    rows = (
        (number, prompts.get(one.row, ""), labels.get(one.column, ""), asked, one.reply)
        for number, record in tables
        for one in record.questions
        for asked in one.questions or ("",)
    )
    return sheet(
        "questions", N_("Questions and answers"), (TABLE, SENTENCE, AGENCY, N_("Question"), N_("Answer")), rows
    )


def checks(tables: Tables, prompts: Words) -> Table:
    """Write every check: what it was on, how it came out, and how many gave each answer, as may be told."""
    rows = tuple(
        (number, one.number, subject(one.subject, prompts), *summary_checks.figures(one))
        for number, record in tables
        for one in record.checks
    )
    heads = [Phrase(head) for head in (TABLE, N_("Check"), N_("On"), N_("Passed"), N_("Answered"))]
    answers = [Phrase(N_("Answer {value}"), {"value": value}) for value in range(len(VALUES))]
    return Table("grid-checks", Phrase(N_("Checks")), (*heads, *answers), rows)


def subject(name: str, prompts: Words) -> Told:
    """Say what a check was on."""
    return prompts.get(name) or Phrase(N_("the whole grid"))


def reasons(tables: Tables, prompts: Words) -> Table:
    """Write what was said beside low answers, and about which sentence."""
    rows = (
        (number, one.number, prompts.get(reason.about) or prompts.get(one.subject, ""), reason.text)
        for number, record in tables
        for one in record.checks
        for reason in one.reasons
    )
    return sheet("reasons", N_("Said beside low answers"), (TABLE, N_("Check"), SENTENCE, N_("Reason")), rows)


def versions(tables: Tables, prompts: Words, labels: Words) -> Table:
    """Write what was locked and has been opened again."""
    rows = (
        (number, result.version, summary_table.ended(result), prompts.get(one.row, ""), *said(one, labels))
        for number, record in tables
        for result in earlier(record)
        for one in result.rows
        if one.text or one.other
    )
    heads = (TABLE, N_("Version"), N_("How it ended"), SENTENCE, *STATEMENT_HEADS)
    return sheet("versions", N_("Earlier versions"), heads, rows)


def room(setup: Setup, found: RoomRecord) -> Table:
    """Write how many tables have locked words for each sentence."""
    counts = {one.row: one.tables_counted for one in found.sentences}
    rows = ((row.prompt, counts.get(row.id, 0)) for row in setup.rows)
    return sheet("room", N_("How many tables locked a joint statement"), (SENTENCE, N_("Tables")), rows)
