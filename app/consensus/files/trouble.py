"""What is wrong with a file, where in it, and what was expected instead."""

from __future__ import annotations

from pathlib import Path

from app.consensus.errors import ConsensusError


class FileTrouble(ConsensusError):
    """A file cannot be read as ballots; its text names the file, the line, the column and what was expected."""

    def __init__(self, path: Path, expected: str, line: int = 1, column: int = 1) -> None:
        self.path, self.expected, self.line, self.column = path, expected, line, column
        super().__init__(f"{path}, line {line}, column {column}: expected {expected}")


def shown(text: str, most: int = 40) -> str:
    """Quote a piece of a file for a message: printable, and not longer than it helps."""
    clean = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return f"“{clean[:most]}…”" if len(clean) > most else f"“{clean}”"
