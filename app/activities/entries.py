"""What people have written that their table can see, for the trainer to hide; never who wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.activities.base import Region

ANY_VERSION = 0
"""Hiding an entry is never stale: its id names the same text for good."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text: what it stands beside, what it is about, and whether it is hidden."""

    id: str
    label: str
    about: str
    text: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class TableEntries:
    """A table's texts; number 0 is the whole room."""

    number: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class EntriesView:
    """All texts, by table."""

    moves_url: str
    version: int
    tables: tuple[TableEntries, ...]

    @property
    def count(self) -> int:
        """How many texts there are."""
        return sum(len(table.entries) for table in self.tables)


def region(moves_url: str, tables: Iterable[TableEntries]) -> tuple[Region, ...]:
    """Draw what tables have written, where there is anything."""
    told = tuple(table for table in tables if table.entries)
    return (Region("entries", "asking/_entries.html", EntriesView(moves_url, ANY_VERSION, told)),) if told else ()
