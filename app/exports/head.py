"""Who took part, as it stands at a report's head and in a section of its own."""

from app.activities.pictures import Text
from app.activities.summary import Block, Cell, Details, Fact, Paragraph, Section, Table, said_count
from app.errors import N_, NN_, Phrase
from app.exports.record import Outline, Record


def facts(record: Record) -> tuple[Fact, ...]:
    """Tell how many took part, at how many tables, and when the people meet again."""
    workshop = record.workshop
    found = [Fact(Phrase(N_("People")), people(workshop))]
    if workshop.tables:
        found.append(Fact(Phrase(N_("Tables")), str(sum(table.people != "0" for table in workshop.tables))))
    if workshop.review is not None:
        found.append(Fact(Phrase(N_("Review")), Phrase("{day}", {"day": workshop.review})))
    return tuple(found)


def people(workshop: Outline) -> Text:
    """Tell how many took part, and from how many agencies where that may be told."""
    spoken_for = [agency.people for agency in workshop.agencies]
    count = said_count(workshop.people)
    agencies = sum(one not in ("0", None) for one in spoken_for)
    if not agencies or None in spoken_for:
        return count
    return NN_("{people}, from {n} agency", "{people}, from {n} agencies", agencies, people=count)


def taking_part(record: Record) -> Section:
    """Tell who took part: counts, and names in the trainer's version of a workshop that names people."""
    blocks: list[Block] = [table for table in counts(record.workshop) if table.rows]
    if not blocks:
        blocks = [Paragraph(Phrase(N_("{people} people took part."), {"people": said_count(record.workshop.people)}))]
    if record.people:
        blocks.append(Details(Phrase(N_("By name")), (names(record),)))
    return Section(Phrase(N_("Who took part")), tuple(blocks))


def sheets(record: Record) -> tuple[Table, ...]:
    """Lay out who took part for programs."""
    found = tuple(table for table in counts(record.workshop) if table.rows)
    return (*found, names(record)) if record.people else found


def counts(workshop: Outline) -> tuple[Table, Table]:
    """Lay out how many took part by agency and by table, as far as it may be told."""
    people = Phrase(N_("People"))
    agencies: list[tuple[Cell, Cell]] = [
        (agency.label, _count(agency.people)) for agency in workshop.agencies if agency.people is not None
    ]
    if workshop.no_agency not in (None, "0"):
        agencies.append((Phrase(N_("No agency named")), _count(workshop.no_agency)))
    tables = [(one.table, _count(one.people)) for one in workshop.tables if one.people != "0"]
    return (
        Table("people-by-agency", Phrase(N_("People by agency")), (Phrase(N_("Agency")), people), tuple(agencies)),
        Table("people-by-table", Phrase(N_("People by table")), (Phrase(N_("Table")), people), tuple(tables)),
    )


def names(record: Record) -> Table:
    """Lay out who took part by name."""
    columns = Phrase(N_("Name")), Phrase(N_("Agency")), Phrase(N_("Table"))
    rows = tuple((one.name, one.agency, one.table) for one in record.people)
    return Table("people", Phrase(N_("People by name")), columns, rows)


def _count(told: str | None) -> Text | int | None:
    """Write a count of people as a number, or in the words that stand for it."""
    if told is None or told.isdecimal():
        return None if told is None else int(told)
    return said_count(told)
