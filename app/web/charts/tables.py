"""The pictures that are tables: where statements stand at each table, and how many tables have them on each place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from app.activities.pictures import Heat, SideBySide, SideCell, Text
from app.errors import N_, Phrase
from app.web.charts.lines import length
from app.web.charts.parts import Cell, Say, Words, block, fitted, head, head_height, keys, middle, plain, striped

GAP = 3
WIDEST, NARROW = 60, 40
"""How wide cells of words and of figures may be."""
HIGHEST = 40
FEW, LONG = 16, 130
"""Up to how many statements are few, and from how many signs on a text is long."""
CROSS = "×"


@dataclass(frozen=True, slots=True)
class Row:
    """A statement, its cells, and what is said of it at the end."""

    top: float
    height: float
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
    rules: str
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
    cut = _cut(width, len(drawing.columns), (plain(drawing.last), *told), [row.text for row in drawing.rows], WIDEST)
    fits = {cell.label: _gone(plain(cell.label), cut) for row in drawing.rows for cell in row.cells if cell.gone}
    rows = [(row.text, tuple(_side(cell, fits) for cell in row.cells)) for row in drawing.rows]
    crosses = sorted({plain(label) for label, shown in fits.items() if shown == CROSS})
    heads = (*(plain(column) for column in drawing.columns), plain(drawing.last))
    return _table(cut, heads, rows, told, [f"{CROSS} {label}." for label in crosses])


def heat(drawing: Heat, width: float, say: Say) -> TableLayout:
    """Measure statements × places."""
    cut = _cut(width, len(drawing.columns), (), [row.text for row in drawing.rows], NARROW)
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


def _cut(width: float, columns: int, told: Sequence[str], texts: list[str], widest: float) -> _Cut:
    few = len(texts) <= FEW
    size = 12.5 if few else 11.5
    last = min(92.0, max(length(text, 11.5) for text in told) + 10) if told else 0.0
    if any(len(text) > LONG for text in texts):
        widest *= 0.7
    cell = min(widest, (width - 190 - last) / max(1, columns))
    return _Cut(width - last - cell * columns, cell, last, size, 32 if few else 26)


def _table(
    cut: _Cut, heads: tuple[str, ...], rows: list[tuple[str, tuple[_Filled, ...]]], told: Sequence[str], said: list[str]
) -> TableLayout:
    placed, top = _heads(cut, heads)
    # Rows of one height where that is not much.
    highest = max((block(text, 0, 0, cut.words - 12, cut.size).height for text, _ in rows), default=0) + 7
    cut = replace(cut, least=max(cut.least, highest)) if highest <= HIGHEST else cut
    made = []
    for number, (text, cells) in enumerate(rows):
        made.append(_row(cut, top, text, cells, told[number] if told else ""))
        top += made[-1].height
    width = round(cut.left(len(heads) - bool(cut.told)) + cut.told, 1)
    foot = keys(said, 0, top + 6, width)
    rules = tuple(f"M0 {row.top - GAP / 2:.1f}H{width}" for row in made[1:]) if any(map(_is_tall, made)) else ()
    height = round(top + (foot.height + 8 if foot else 0), 1)
    return TableLayout(width, height, placed, tuple(made), "".join(rules), foot)


def _heads(cut: _Cut, texts: tuple[str, ...]) -> tuple[tuple[Words, ...], float]:
    columns = texts[:-1] if cut.told else texts
    last = block(texts[-1], cut.left(len(columns)) + 6, 0, cut.told - 6, 11.5, "strong") if cut.told else None
    bottom = max(head_height(columns, cut.cell - 2), last.height if last else 0)
    heads = [head(text, cut.left(at) + (cut.cell - GAP) / 2, bottom, cut.cell - 2) for at, text in enumerate(columns)]
    return (*heads, *([last.moved(bottom - last.height)] if last else [])), bottom + 6


def _row(cut: _Cut, top: float, text: str, cells: tuple[_Filled, ...], told: str) -> Row:
    words = block(text, 0, 0, cut.words - 12, cut.size, "said")
    last = block(told, cut.left(len(cells)) + 6, 0, cut.told - 6, 11.5) if told else None
    high = max(cut.least, words.height + 7, last.height + 7 if last else 0)
    cell = min(HIGHEST, high) - GAP
    return Row(
        top,
        high,
        middle(words, top, high - GAP),
        tuple(
            _cell(one, cut.left(at), top + (high - GAP - cell) / 2, cut.cell - GAP, cell)
            for at, one in enumerate(cells)
        ),
        middle(last, top, high - GAP) if last else None,
    )


def _is_tall(row: Row) -> bool:
    return row.height > HIGHEST + 2 * GAP


def _cell(one: _Filled, x: float, y: float, width: float, height: float) -> Cell:
    size = fitted(one.text, width - 3, (14, 13, 12, 11, 10, 9, 8), 1) or 8
    words = middle(block(one.text, x + width / 2, 0, 1000, size, f"mid {one.ink}"), y, height) if one.text else None
    stripes = striped(x, y, width, height) if one.kind == "striped" else ""
    return Cell(
        round(x, 1), round(y, 1), round(width, 1), round(height, 1), min(6, width / 4), one.kind, words, stripes
    )
