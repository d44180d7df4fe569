"""Which table a newcomer gets, so that agencies are mixed evenly: pure, and the same for whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """One table as it is: its number, the places it has, and the agencies of those who sit there."""

    number: int
    places: int
    agencies: Sequence[str | None] = ()

    @property
    def full(self) -> bool:
        """Whether all places are taken."""
        return len(self.agencies) >= self.places


def mixed(tables: Sequence[Taken], agency: str | None) -> int:
    """Choose the number of the table for a newcomer.

    Tables with a free place first, unless all are full; then where the newcomer's agency has the fewest
    seats, then the fewest seats at all, then the lowest number. Who names no agency evens the tables out.

    >>> mixed([Taken(1, 5, ["health"]), Taken(2, 5, ["police"])], "health")
    2
    >>> mixed([Taken(1, 1, ["health"]), Taken(2, 5, ["health", "health"])], "health")
    2
    """

    def rank(table: Taken) -> tuple[bool, int, int, int]:
        alike = sum(1 for other in table.agencies if other == agency) if agency is not None else 0
        return table.full, alike, len(table.agencies), table.number

    return min(tables, key=rank).number
