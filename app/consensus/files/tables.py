"""CSV files: a ranking on each line, as statements best first or as the rank of each statement.

Law: what a table means is decided by its first line and told in `read_as`, never guessed silently.

- A first line of places (1st, 2nd; first, second; rank 1, place 1 …) or none at all: each line names statements,
  best first, by name or by number. Numbers count from 0 if a 0 occurs, else from 1. `a = b` in a cell is a tie.
- A first line of statement names above numbers: each line gives the rank of each statement; equal ranks tie.
- Columns headed count, agency (or group) and discarded are taken for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.consensus.ballots import Ballot, Tiers
from app.consensus.files.cells import Cell, rows_of
from app.consensus.files.reading import MOST_STATEMENTS, Reading, check_number_of, count_of
from app.consensus.files.trouble import FileTrouble, shown

PLACE = re.compile(
    r"(?:(?:rank|place|position|choice|preference|pref|r|p|#)[ _.-]*)?\d{1,3}(?:st|nd|rd|th)?[.:]?"
    r"(?:[ _-]*(?:rank|place|position|choice|preference))?"
    r"|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|best|next|then|last|worst)"
    r"(?:[ _-]*(?:rank|place|position|choice|preference))?",
    re.IGNORECASE,
)
COUNT, AGENCY, DISCARDED = "count", "agency", "discarded"
EXTRA = {
    "count": COUNT,
    "number": COUNT,
    "weight": COUNT,
    "agency": AGENCY,
    "group": AGENCY,
    "service": AGENCY,
    "discard": DISCARDED,
    "discarded": DISCARDED,
}
SKIP = {"id", "name", "seat", "member", "person", "voter", "judge", "rater", "respondent"}
NUMBER = re.compile(r"\d{1,6}")
RANK = re.compile(r"\d{1,6}(?:\.\d{1,6})?")


@dataclass(slots=True)
class _Table:
    """A file's rows, parted into the header, the columns of the ranking, and the columns beside it."""

    path: Path
    header: list[Cell]
    rows: list[list[Cell]]
    extra: dict[int, str] = field(default_factory=dict)
    passed: set[int] = field(default_factory=set)

    def ranking(self, row: list[Cell]) -> list[Cell]:
        return [cell for index, cell in enumerate(row) if index not in self.extra and index not in self.passed]

    def beside(self, row: list[Cell], what: str) -> Cell | None:
        for index, name in self.extra.items():
            if name == what and index < len(row) and row[index].text:
                return row[index]
        return None


def read(path: Path, text: str) -> Reading:
    """Read a CSV file; see the module for how its first line is understood."""
    rows = rows_of(path, text)
    table = _parted(path, rows)
    if not table.rows:
        raise FileTrouble(path, "a ranking below the header", rows[-1][0].line + 1)
    names = table.ranking(table.header)
    numbers = _are_numbers(piece for cell in _filled(table) for piece in _split(cell.text))
    if numbers and names and not _are_places(names):
        return _by_rank(table, names)
    return _by_order(table, numbers=numbers)


def _parted(path: Path, rows: list[list[Cell]]) -> _Table:
    first = [cell.text.lower() for cell in rows[0]]
    extra = {index: EXTRA[name] for index, name in enumerate(first) if name in EXTRA}
    if not extra and not _is_header(rows):
        return _Table(path, [], rows)
    passed = {index for index, name in enumerate(first) if name in SKIP}
    return _Table(path, rows[0], rows[1:], extra, passed)


def _is_header(rows: list[list[Cell]]) -> bool:
    """Say whether the first row heads the others: words above numbers, or names that nothing below names."""
    first = [cell.text for cell in rows[0] if cell.text]
    below = [piece for row in rows[1:] for cell in row if cell.text for piece in _split(cell.text)]
    if not below:
        return False
    if _are_numbers(below):
        return not any(NUMBER.fullmatch(piece) for text in first for piece in _split(text))
    return not any(piece in set(below) for text in first for piece in _split(text))


def _are_places(names: list[Cell]) -> bool:
    return all(PLACE.fullmatch(cell.text) for cell in names if cell.text)


def _are_numbers(pieces: Iterable[str]) -> bool:
    """Say whether cells are meant as numbers: most of them are. One that is not is then refused."""
    listed = list(pieces)
    return 2 * sum(bool(RANK.fullmatch(piece)) for piece in listed) > len(listed)


def _filled(table: _Table) -> Iterator[Cell]:
    return (cell for row in table.rows for cell in table.ranking(row) if cell.text)


def _split(text: str) -> list[str]:
    return [piece.strip() for piece in text.split("=")]


def _by_rank(table: _Table, names: list[Cell]) -> Reading:
    """Read the rank of each statement; a blank is a statement that was not listed."""
    index: dict[str, int] = {}
    for cell in names:
        if not cell.text or cell.text in index:
            what = "a name for this column" if not cell.text else f"each statement once, found {shown(cell.text)} again"
            raise FileTrouble(table.path, what, cell.line, cell.column)
        index[cell.text] = len(index)
    check_number_of(table.path, names, names[0].line)
    return _finish(table, index, [_ranked(table, row, len(names)) for row in table.rows], "the rank of each statement")


def _ranked(table: _Table, row: list[Cell], n: int) -> Tiers:
    cells = table.ranking(row)
    if len(cells) > n:
        extra = cells[n]
        raise FileTrouble(table.path, f"{n} ranks, found more", extra.line, extra.column)
    told: dict[float, list[int]] = {}
    for item, cell in enumerate(cells):
        if cell.text and not RANK.fullmatch(cell.text):
            raise FileTrouble(table.path, f"a rank, found {shown(cell.text)}", cell.line, cell.column)
        if cell.text:
            told.setdefault(float(cell.text), []).append(item)
    return tuple(tuple(told[rank]) for rank in sorted(told))


def _by_order(table: _Table, *, numbers: bool) -> Reading:
    """Read statements best first, by number or by name."""
    cells = [*_filled(table), *(cell for row in table.rows if (cell := table.beside(row, DISCARDED)))]
    index = _numbered(table.path, cells) if numbers else _named(cells)
    check_number_of(table.path, list(index))
    how = f"statement numbers from {min(map(int, index))}" if numbers else "statement names"
    return _finish(table, index, [_ordered(table, row, index) for row in table.rows], f"{how}, best first")


def _numbered(path: Path, cells: list[Cell]) -> dict[str, int]:
    """Number the statements from 0 if a 0 occurs, else from 1, up to the largest."""
    found = set()
    for cell in cells:
        for piece in _split(cell.text):
            if not NUMBER.fullmatch(piece) or int(piece) > MOST_STATEMENTS:
                wanted = f"a statement number up to {MOST_STATEMENTS}"
                raise FileTrouble(path, f"{wanted}, found {shown(cell.text)}", cell.line, cell.column)
            found.add(int(piece))
    lowest = 0 if 0 in found else 1
    return {str(number): number - lowest for number in range(lowest, max(found) + 1)}


def _named(cells: list[Cell]) -> dict[str, int]:
    """Number the statements in the order in which the file names them."""
    names = dict.fromkeys(piece for cell in cells for piece in _split(cell.text) if piece)
    return {name: number for number, name in enumerate(names)}


def _ordered(table: _Table, row: list[Cell], index: dict[str, int]) -> Tiers:
    seen: set[int] = set()
    return tuple(_tier(table, cell, index, seen) for cell in table.ranking(row) if cell.text)


def _tier(table: _Table, cell: Cell, index: dict[str, int], seen: set[int]) -> tuple[int, ...]:
    """Read the statements of a cell; `seen` grows by them."""
    items = []
    for piece in _split(cell.text):
        item = index.get(str(int(piece)) if NUMBER.fullmatch(piece) and piece not in index else piece)
        if item is None:
            wanted = "a statement on both sides of “=”" if not piece else "one of the statements of the ranking"
            raise FileTrouble(table.path, f"{wanted}, found {shown(cell.text)}", cell.line, cell.column)
        if item in seen:
            raise FileTrouble(
                table.path, f"each statement once on a line, found {shown(piece)} again", cell.line, cell.column
            )
        seen.add(item)
        items.append(item)
    return tuple(items)


def _finish(table: _Table, index: dict[str, int], tiers: list[Tiers], how: str) -> Reading:
    """Put the columns beside the ranking to it."""
    ballots, counts = [], []
    for row, ranked in zip(table.rows, tiers, strict=True):
        agency, count, dropped = (table.beside(row, what) for what in (AGENCY, COUNT, DISCARDED))
        seen = {item for tier in ranked for item in tier}
        discarded = _tier(table, dropped, index, seen) if dropped else ()
        ballots.append(Ballot(ranked, discarded, agency.text if agency else None))
        told = None if count is None else count_of(table.path, count.text, count.line, count.column, "a count")
        counts.append(1 if told is None else told)
    return Reading(tuple(index), tuple(ballots), tuple(counts), read_as=f"CSV: {how}")
