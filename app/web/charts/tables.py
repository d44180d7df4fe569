"""The pictures that are tables: where statements stand at each table, and how many tables have them on each place."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from app.activities.pictures import Heat, SideBySide, SideCell, Text
from app.errors import N_, Phrase
from app.web.charts.lines import length
from app.web.charts.parts import Cell, Say, Words, block, fitted, head, head_height, keys, middle, plain, striped

GAP = 3
WIDEST_CELL = 60
CROSS = "×"


@dataclass(frozen=True, slots=True)
class Row:
    """A statement, its cells, and what is said of it at the end."""

    words: Words
    cells: tuple[Cell, ...]
    told: Words | None


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table, measured."""

    width: float
    height: float
    heads: tuple[Words, ...]
    rows: tuple[Row, ...]
    keys: Words | None


@dataclass(frozen=True, slots=True)
class _Cut:
    """How the width is shared, and how large letters are."""

    words: float
    cell: float
    told: float
    size: float
    least: float

    def left(self, column: int) -> float:
        return self.words + self.cell * column


@dataclass(frozen=True, slots=True)
class _Filled:
    """What is to stand in a cell; `kind` is its class and `ink` that of its words."""

    text: str
    kind: str
    ink: str = "soft"


def side_by_side(drawing: SideBySide, width: float, say: Say) -> TableLayout:
    """Measure statements × tables."""
    told = tuple(plain(row.told) for row in drawing.rows)
    cut = _cut(width, len(drawing.columns), (plain(drawing.last), *told), len(drawing.rows))
    fits = {cell.label: _gone(plain(cell.label), cut) for row in drawing.rows for cell in row.cells if cell.gone}
    rows = [(row.text, tuple(_side(cell, fits) for cell in row.cells)) for row in drawing.rows]
    crosses = sorted({plain(label) for label, shown in fits.items() if shown == CROSS})
    heads = (*(plain(column) for column in drawing.columns), plain(drawing.last))
    return _table(cut, heads, rows, told, [f"{CROSS} {label}." for label in crosses])


def heat(drawing: Heat, width: float, say: Say) -> TableLayout:
    """Measure statements × places."""
    cut = _cut(width, len(drawing.columns), (), len(drawing.rows))
    rows = [(row.text, tuple(_warm(count, drawing.most) for count in row.counts)) for row in drawing.rows]
    said = [say(Phrase(N_("The deeper the colour, the more tables.")))]
    if any(count is None for row in drawing.rows for count in row.counts):
        said.append(say(Phrase(N_("Striped: not told."))))
    return _table(cut, tuple(plain(column) for column in drawing.columns), rows, (), said)


def _side(cell: SideCell, fits: dict[Text, str]) -> _Filled:
    if cell.gone:
        return _Filled(fits[cell.label], "striped")
    return _deep(plain(cell.label), cell.depth)


def _gone(label: str, cut: _Cut) -> str:
    return label if fitted(label, cut.cell - GAP - 4, (11, 10, 9), 1) else CROSS


def _warm(count: int | None, most: int) -> _Filled:
    if count is None:
        return _Filled("", "striped")
    level = min(5, ceil(5 * count / max(1, most)))
    return _deep(str(count) if count else "", 6 - level if level else 0)


def _deep(text: str, depth: int) -> _Filled:
    if not depth:
        return _Filled(text, "plain")
    return _Filled(text, f"deep-{min(depth, 5)}", f"head {'on-deep' if depth <= 3 else 'on-pale'}")


def _cut(width: float, columns: int, told: Sequence[str], rows: int) -> _Cut:
    size = 12.5 if rows <= 16 else 11.5
    last = min(92.0, max(length(text, 11.5) for text in told) + 10) if told else 0.0
    cell = min(WIDEST_CELL, (width - 190 - last) / max(1, columns))
    return _Cut(width - last - cell * columns, cell, last, size, 32 if rows <= 16 else 26)


def _table(
    cut: _Cut,
    heads: tuple[str, ...],
    rows: list[tuple[str, tuple[_Filled, ...]]],
    told: Sequence[str],
    said: list[str],
) -> TableLayout:
    columns = len(heads) - (1 if cut.told else 0)
    width = cut.left(columns) + cut.told
    bottom = max(head_height(heads[:columns], cut.cell - 2), _last(cut, heads).height + 6 if cut.told else 0)
    placed = [
        head(text, cut.left(at) + (cut.cell - GAP) / 2, bottom - 6, cut.cell - 2)
        for at, text in enumerate(heads[:columns])
    ]
    if cut.told:
        last = _last(cut, heads)
        placed.append(last.moved(bottom - 6 - last.height))
    top, made = bottom, []
    for number, (text, cells) in enumerate(rows):
        row = _row(cut, top, text, cells, told[number] if told else "")
        made.append(row)
        top += _high(cut, row)
    foot = keys(said, 0, top + 6, width)
    return TableLayout(width, round(top + (foot.height + 8 if foot else 0), 1), tuple(placed), tuple(made), foot)


def _last(cut: _Cut, heads: tuple[str, ...]) -> Words:
    return block(heads[-1], cut.left(len(heads) - 1) + 6, 0, cut.told - 6, 11.5, "strong")


def _row(cut: _Cut, top: float, text: str, cells: tuple[_Filled, ...], told: str) -> Row:
    words = block(text, 0, 0, cut.words - 12, cut.size, "said")
    last = block(told, cut.left(len(cells)) + 6, 0, cut.told - 6, 11.5) if told else None
    high = max(cut.least, words.height + 7, last.height + 7 if last else 0)
    return Row(
        middle(words, top, high - GAP),
        tuple(_cell(one, cut.left(at), top, cut.cell - GAP, high - GAP) for at, one in enumerate(cells)),
        middle(last, top, high - GAP) if last else None,
    )


def _high(cut: _Cut, row: Row) -> float:
    return row.cells[0].height + GAP if row.cells else cut.least


def _cell(one: _Filled, x: float, y: float, width: float, height: float) -> Cell:
    size = fitted(one.text, width - 3, (14, 13, 12, 11, 10, 9, 8), 1) or 8
    words = middle(block(one.text, x + width / 2, 0, 1000, size, f"mid {one.ink}"), y, height) if one.text else None
    stripes = striped(x, y, width, height) if one.kind == "striped" else ""
    return Cell(
        round(x, 1), round(y, 1), round(width, 1), round(height, 1), min(6, width / 4), one.kind, words, stripes
    )
