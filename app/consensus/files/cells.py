"""Cells of a CSV file with the place where each begins, so that a refusal can name it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.consensus.files.reading import lines_of
from app.consensus.files.trouble import FileTrouble

SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell without the blanks around it, and where it begins, from 1."""

    text: str
    line: int
    column: int


def rows_of(path: Path, text: str) -> list[list[Cell]]:
    """Split a file into rows of cells: commas, semicolons or tabs, whichever the file has most of.

    Empty lines and lines that begin with # are passed over. A cell may be quoted, on one line.
    """
    told = [(number, line) for number, line in lines_of(text) if not line.lstrip().startswith("#")]
    if not told:
        raise FileTrouble(path, "a ranking on a line, found none")
    bare = "".join(_unquoted(line) for _, line in told)
    separator = max(SEPARATORS, key=bare.count)
    return [_cells(path, line, number, separator) for number, line in told]


def _unquoted(line: str) -> str:
    return "".join(line.split('"')[::2])


def _cells(path: Path, line: str, number: int, separator: str) -> list[Cell]:
    cells, position = [], 0
    while True:
        start = position
        while start < len(line) and line[start].isspace() and line[start] != separator:
            start += 1
        if line.startswith('"', start):
            text, position = _quoted(path, line, number, start)
            rest = line.find(separator, position)
            rest = len(line) if rest < 0 else rest
            if line[position:rest].strip():
                raise FileTrouble(path, "a separator after the closing quote", number, position + 1)
            position = rest
        else:
            position = line.find(separator, start)
            position = len(line) if position < 0 else position
            text = line[start:position]
        cells.append(Cell(text.strip(), number, start + 1))
        if position >= len(line):
            return cells
        position += 1


def _quoted(path: Path, line: str, number: int, start: int) -> tuple[str, int]:
    """Read a quoted cell, where two quotes stand for one; give its text and where it ends."""
    text, position = "", start + 1
    while True:
        end = line.find('"', position)
        if end < 0:
            raise FileTrouble(path, "a closing quote on the same line", number, start + 1)
        text += line[position:end]
        if not line.startswith('"', end + 1):
            return text, end + 1
        text, position = text + '"', end + 2
