"""CSV files: a ranking on each line, as statements best first or as the rank of each statement.

Law: what a table means is decided by its first line and told in `read_as`, never guessed silently.

- A first line of places (1st, 2nd; first, second; rank 1, place 1 …) or none at all: each line names statements,
  best first, by name or by number. Numbers count from 0 if a 0 occurs, else from 1. `a = b` in a cell is a tie.
- A first line of statement names above numbers: each line gives the rank of each statement; equal ranks tie.
- Columns headed count, agency (or group) and discarded are taken for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from app.consensus.ballots import Ballot, Tiers
from app.consensus.files.cells import Cell, rows_of
from app.consensus.files.reading import Reading, check_number_of, count_of
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
    if names and not _are_places(names) and _all(RANK, _filled(table)):
        return _by_rank(table, names)
    return _by_order(table)


def _parted(path: Path, rows: list[list[Cell]]) -> _Table:
    first = [cell.text.lower() for cell in rows[0]]
    extra = {index: EXTRA[name] for index, name in enumerate(first) if name in EXTRA}
    if not extra and not _is_header(rows):
        return _Table(path, [], rows)
    passed = {index for index, name in enumerate(first) if name in SKIP}
    return _Table(path, rows[0], rows[1:], extra, passed)


def _is_header(rows: list[list[Cell]]) -> bool:
    """Say whether the first row heads the others: it has words where they have numbers, or names nothing they name."""
    first = [cell.text for cell in rows[0] if cell.text]
    below = {cell.text for row in rows[1:] for cell in row if cell.text}
    if not below:
        return False
    if all(NUMBER.fullmatch(text) for text in first) and _all(NUMBER, below):
        return False
    pieces = {piece for text in below for piece in _split(text)}
    return not any(piece in pieces for text in first for piece in _split(text))


def _are_places(names: list[Cell]) -> bool:
    return all(PLACE.fullmatch(cell.text) for cell in names if cell.text)


def _all(pattern: re.Pattern[str], texts: Iterable[str]) -> bool:
    return all(pattern.fullmatch(text) for text in texts)


def _filled(table: _Table) -> Iterable[str]:
    return (cell.text for row in table.rows for cell in table.ranking(row) if cell.text)


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
    told = [(float(cell.text), item) for item, cell in enumerate(cells) if cell.text]
    return tuple(tuple(item for rank, item in told if rank == value) for value in sorted({rank for rank, _ in told}))


def _by_order(table: _Table) -> Reading:
    """Read statements best first, by number if all cells are numbers, else by name."""
    pieces = [piece for text in _filled(table) for piece in _split(text)]
    dropped = [cell for row in table.rows if (cell := table.beside(row, DISCARDED))]
    pieces += [piece for cell in dropped for piece in _split(cell.text)]
    index: dict[str, int]
    if _all(NUMBER, pieces):
        numbers = {int(piece) for piece in pieces}
        lowest = 0 if 0 in numbers else 1
        check_number_of(table.path, range(max(numbers, default=0) + 1 - lowest))
        index = {str(number): number - lowest for number in range(lowest, max(numbers) + 1)}
        how = f"statement numbers from {lowest}, best first"
    else:
        index = {}
        for piece in pieces:
            index.setdefault(piece, len(index))
        index.pop("", None)
        index = {name: number for number, name in enumerate(index)}
        check_number_of(table.path, list(index))
        how = "statement names, best first"
    return _finish(table, index, [_ordered(table, row, index) for row in table.rows], how)


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
