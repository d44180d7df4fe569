"""Files of ballots: read a case, a CSV or a PrefLib file and give all figures, as JSON or as a trainer reads them.

Law: a file that cannot be read is a `FileTrouble` with line, column and what was expected, never another error.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.consensus.files import cases, preflib, tables
from app.consensus.files.answers import answers
from app.consensus.files.reading import Reading, text_of
from app.consensus.files.telling import tell
from app.consensus.files.trouble import FileTrouble
from app.consensus.profile import Profile

__all__ = ["Analysis", "FileTrouble", "Reading", "analyse", "read"]

TABLES = (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class Analysis:
    """A file that was read, ready to be told."""

    path: Path
    reading: Reading

    def as_json(self) -> str:
        """Give every figure as one JSON object with the keys of the reference cases."""
        reading = self.reading
        earlier = None
        if reading.before is not None:
            earlier = Profile.from_ballots(reading.before, len(reading.items), policy=reading.policy)
        told = {"statements": reading.items, "read_as": reading.read_as, **answers(reading.profile(), earlier)}
        return json.dumps(told, allow_nan=False)

    def as_text(self, translate: Callable[[str], str] = str) -> str:
        """Give the report that a trainer would read, held to what the number of answers allows."""
        return tell(self.reading, translate)


def analyse(path: Path) -> Analysis:
    """Read a file of ballots: .json (a case), .soc .soi .toc .toi (PrefLib), .csv .tsv .txt (a ranking a line).

    Refuses a file that cannot be read, or not understood, with a `FileTrouble`.
    """
    return Analysis(path, read(path))


def read(path: Path) -> Reading:
    """Read the ballots of a file by its ending."""
    ending = path.suffix.lower()
    if ending not in (".json", *preflib.SUFFIXES, *TABLES):
        known = " ".join((".json", ".csv", *preflib.SUFFIXES))
        raise FileTrouble(path, f"a file whose name ends in one of {known}")
    text = text_of(path, older=ending in preflib.SUFFIXES)
    if ending == ".json":
        return cases.read(path, text)
    return preflib.read(path, text) if ending in preflib.SUFFIXES else tables.read(path, text)
