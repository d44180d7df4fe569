"""A report laid out as sheets, for Excel and CSV: what is read, line by line, and every table in it.

Law: nothing of the report is missing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.activities.summary import (
    Block,
    Bullets,
    Card,
    Details,
    Facts,
    Paragraph,
    Picture,
    Places,
    Quotes,
    Section,
    Statements,
    Table,
    Told,
)
from app.errors import N_, Phrase
from app.exports.cells import Value, file_names, plain, value
from app.exports.report import Report
from app.web.templates import say


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells under a header. `name` is for a file: small letters, digits and hyphens, no two alike."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of what is read: where it stands, what it is about, what it says; `sheet` has the table meant here."""

    part: str
    heading: str
    about: Value
    text: str
    notes: str = ""
    sheet: int | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """All of a report: the lines that are read, and the sheets beside them."""

    lines: tuple[Line, ...]
    sheets: tuple[Sheet, ...]


def book(report: Report, language: str) -> Book:
    """Lay a report out that is in words already."""
    shelf = _Shelf.of(report)
    lines = [*_head(report, language)]
    for section in report.sections:
        within = _Within(plain(section.title), (), language, shelf)
        lines.extend(line for block in section.blocks for line in _lines(block, within))
    return Book(tuple(lines), (*shelf.sheets(say(language, N_("Where"))), *_orders(report, language)))


def summary(made: Book, called: Sequence[str], language: str) -> Sheet:
    """Make a sheet of what is read; `called` are the other sheets' names, as a reader finds them."""
    columns = (N_("Part"), N_("Heading"), N_("About"), N_("Text"), N_("Notes"), N_("Figures are in"))
    rows = (
        (one.part, one.heading, one.about, one.text, one.notes, None if one.sheet is None else called[one.sheet])
        for one in made.lines
    )
    title = say(language, N_("Summary"))
    return Sheet("summary", title, tuple(say(language, column) for column in columns), tuple(rows))


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Which sheet every table of a report is on.

    Tables of the same title and columns, such as one of each table of people, are one sheet, and say where they stand.
    """

    given: tuple[Table, ...]
    places: Mapping[tuple[object, ...], int]
    alike: Mapping[tuple[str, tuple[str, ...]], list[tuple[str, Table]]]

    @classmethod
    def of(cls, report: Report) -> "_Shelf":
        places = {_what(sheet): place for place, sheet in enumerate(report.sheets)}
        alike: dict[tuple[str, tuple[str, ...]], list[tuple[str, Table]]] = {}
        for where, table in _tables(report.sections, ()):
            tables = alike.setdefault(_sort(table), []) if _what(table) not in places else []
            if (where, table) not in tables:
                tables.append((where, table))
        return cls(report.sheets, places, alike)

    def number(self, table: Table) -> int:
        """Say on which sheet a table is."""
        if _what(table) in self.places:
            return self.places[_what(table)]
        return len(self.given) + list(self.alike).index(_sort(table))

    def sheets(self, where: str) -> list[Sheet]:
        """Make all sheets, those for programs first; `where` heads where a row stands."""
        made = [_sheet(table) for table in self.given]
        for tables in self.alike.values():
            made.append(_sheet(tables[0][1]) if len(tables) == 1 else _together(where, tables))
        names = file_names(sheet.name for sheet in made)
        return [replace(sheet, name=name) for sheet, name in zip(made, names, strict=True)]


@dataclass(frozen=True, slots=True)
class _Within:
    """Where a line stands."""

    part: str
    headings: tuple[str, ...]
    language: str
    shelf: _Shelf

    def line(self, text: Told, about: Told | int = "", notes: Iterable[Told] = (), sheet: int | None = None) -> Line:
        """Write a line here."""
        about = about if isinstance(about, int) else plain(about)
        noted = "\n".join(plain(note) for note in notes)
        return Line(self.part, _path(self.headings), about, plain(text), noted, sheet)

    def under(self, title: Told) -> "_Within":
        """Go under a heading."""
        return replace(self, headings=(*self.headings, plain(title)))

    def say(self, sentence: Phrase | str) -> str:
        """Say something of our own."""
        return say(self.language, sentence)


def _what(table: Table) -> tuple[object, ...]:
    return (table.columns, table.rows)


def _sort(table: Table) -> tuple[str, tuple[str, ...]]:
    return (plain(table.title), tuple(plain(column) for column in table.columns))


def _path(headings: Iterable[str]) -> str:
    return " – ".join(heading for heading in headings if heading)


def _sheet(table: Table) -> Sheet:
    rows = tuple(tuple(value(cell) for cell in row) for row in table.rows)
    return Sheet(table.name, plain(table.title), tuple(plain(column) for column in table.columns), rows)


def _together(where: str, tables: list[tuple[str, Table]]) -> Sheet:
    first = _sheet(tables[0][1])
    rows = tuple((place, *row) for place, table in tables for row in _sheet(table).rows)
    return replace(first, columns=(where, *first.columns), rows=rows)


def _tables(blocks: Iterable[Block], above: tuple[str, ...]) -> Iterator[tuple[str, Table]]:
    """Find every table, with the headings above it."""
    for block in blocks:
        if isinstance(block, Table):
            yield _path(above), block
        elif isinstance(block, Picture):
            yield _path(above), block.table
        elif isinstance(block, Section | Card | Details):
            yield from _tables(block.blocks, (*above, plain(block.title)))


def _orders(report: Report, language: str) -> Iterator[Sheet]:
    """Lay out the orders: a row for each place of each."""
    rows = [
        (plain(orders.title), number, count, place, orders.statements[one])
        for orders in report.orders
        for number, (count, tiers) in enumerate(orders.ballots, 1)
        for place, tier in enumerate(tiers, 1)
        for one in tier
    ]
    if rows:
        columns = (N_("What is put in order"), N_("Order"), N_("How many have it"), N_("Place"), N_("Statement"))
        title = say(language, N_("Orders"))
        # The name is kept free for it: kinds name their sheets after themselves.
        yield Sheet("all-orders", title, tuple(say(language, column) for column in columns), tuple(rows))


def _head(report: Report, language: str) -> Iterator[Line]:
    within = _Within(say(language, N_("This workshop")), (), language, _Shelf((), {}, {}))
    yield within.line(report.title, within.say(N_("Title")))
    yield within.line(report.audience, within.say(N_("For whom")))
    if report.purpose:
        yield within.line(report.purpose, within.say(N_("Purpose")))
    if report.day:
        yield within.line(report.day.isoformat(), within.say(N_("Day")))
    yield from (within.line(fact.value, fact.label) for fact in report.facts)


def _lines(block: Block, within: _Within) -> Iterator[Line]:
    return _WRITE[type(block)](block, within)


def _paragraph(block: Paragraph, within: _Within) -> Iterator[Line]:
    yield within.line(block.text)


def _bullets(block: Bullets, within: _Within) -> Iterator[Line]:
    return (within.line(item) for item in block.items)


def _facts(block: Facts, within: _Within) -> Iterator[Line]:
    return (within.line(fact.value, fact.label) for fact in block.facts)


def _quotes(block: Quotes, within: _Within) -> Iterator[Line]:
    said = within.under(block.label)
    return (said.line(quote.text, quote.about) for quote in block.quotes)


def _places(block: Places, within: _Within) -> Iterator[Line]:
    for one in block.places:
        own = [N_("shares this place")] * one.shared + [N_("not agreed")] * one.open
        yield within.line(one.text, one.place, (*one.notes, *map(within.say, own)))


def _statements(block: Statements, within: _Within) -> Iterator[Line]:
    for one in block.statements:
        if not one.other:
            yield within.line(one.text, one.opening, one.notes)
            continue
        yield within.line(one.text, one.opening, (within.say(N_("the first of two sentences")), *one.notes))
        yield within.line(one.other, one.opening, (within.say(N_("the second of two sentences")), *one.notes))


def _table(block: Table, within: _Within) -> Iterator[Line]:
    yield within.line(block.title, within.say(N_("Table of figures")), sheet=within.shelf.number(block))


def _picture(block: Picture, within: _Within) -> Iterator[Line]:
    told = " ".join(plain(sentence) for sentence in block.alt)
    yield within.line(told, block.title, sheet=within.shelf.number(block.table))


def _titled(block: Section | Card | Details, within: _Within) -> Iterator[Line]:
    inner = within.under(block.title)
    return (line for one in block.blocks for line in _lines(one, inner))


_WRITE: Mapping[type, Callable[..., Iterator[Line]]] = {
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: _facts,
    Quotes: _quotes,
    Places: _places,
    Statements: _statements,
    Table: _table,
    Picture: _picture,
    Details: _titled,
    Card: _titled,
    Section: _titled,
}
