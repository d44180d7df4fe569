"""What robots are like: whom they speak for, what they prefer, how they answer a check. Pure, and the same by seed."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum


class Temperament(Enum):
    """How a robot takes part."""

    AGREEABLE = "agreeable"  # goes along, and helps to place what is left
    STUBBORN = "stubborn"  # answers low, and says what would help, until its statement is in
    CAMP = "camp"  # puts first what its agency puts first
    LATE = "late"  # comes when the answers alone are closed
    LEAVES = "leaves"  # goes away in the middle


# How much the room, the table, the agency and oneself weigh in what a robot prefers.
WEIGHTS: Mapping[Temperament, tuple[float, float, float, float]] = {
    Temperament.AGREEABLE: (3.0, 1.0, 0.5, 0.8),
    Temperament.STUBBORN: (2.0, 0.5, 0.5, 1.5),
    Temperament.CAMP: (1.5, 0.5, 3.0, 0.5),
    Temperament.LATE: (2.5, 1.0, 0.5, 1.0),
    Temperament.LEAVES: (2.5, 1.0, 0.5, 1.0),
}

NAMES = (
    *("Ada", "Bryn", "Carys", "Dev", "Elin", "Femi", "Grace", "Huw", "Ines", "Joe", "Kit", "Lowri", "Mo", "Nia"),
    *("Owen", "Priya", "Rhys", "Sian", "Tomos", "Uma", "Vik", "Wren", "Yusuf", "Zoe"),
)


@dataclass(frozen=True, slots=True)
class Mind:
    """One robot's part: its seed, its table and place there, both from 0, and its temperament."""

    seed: str
    table: int
    place: int
    temperament: Temperament
    name: str

    def drawn(self, *words: object) -> float:
        """Draw a number from 0 to 1 that belongs to these words and to this room."""
        return random.Random(f"{self.seed}:{':'.join(map(str, words))}").random()  # noqa: S311  # play, not secrets

    def liking(self, statement: str, agency: str) -> float:
        """Say how much this robot likes a statement."""
        room, table, camp, own = WEIGHTS[self.temperament]
        return (
            room * self.drawn("room", statement)
            + table * self.drawn("table", self.table, statement)
            + camp * self.drawn("agency", agency, statement)
            + own * self.drawn("own", self.table, self.place, statement)
        )

    def order(self, statements: Sequence[str], agency: str) -> tuple[str, ...]:
        """Put statements in this robot's order, best first; the stubborn one has a best that nobody else sees."""
        ordered = sorted(statements, key=lambda one: (-self.liking(one, agency), one))
        if self.temperament is Temperament.STUBBORN and ordered:
            pet = ordered.pop(len(ordered) * 2 // 3)
            ordered.insert(0, pet)
        return tuple(ordered)

    def on_discard(self, statement: str, order: Sequence[str], failed: int) -> int:
        """Answer the check on a discard, 0 to 5; `failed` checks have not passed before."""
        place = order.index(statement) if statement in order else len(order)
        if self.temperament is Temperament.STUBBORN and failed == 0 and place < len(order) - 1:
            return 1 if place < 3 else 2
        if place >= len(order) - 2:
            return 5
        return 4 if place * 2 >= len(order) else 3

    def on_list(self, listed: Sequence[str], order: Sequence[str]) -> int:
        """Answer the check on the list, 0 to 5."""
        if self.temperament is Temperament.STUBBORN and order and order[0] not in listed:
            return 2 if self.drawn("temper", self.table, self.place) < 0.7 else 1
        shared = len(set(order[: len(listed)]) & set(listed))
        return 5 if shared >= len(listed) - 1 else 4 if shared * 2 >= len(listed) else 3

    def on_row(self, row: str, rows: Sequence[str], failed: int) -> int:
        """Answer the check on a row's joint words, 0 to 5; one row of the first table finds no agreement."""
        if self.temperament is Temperament.STUBBORN:
            if row == self.apart(rows):
                return 1
            if not failed and self.drawn("row", self.table, row) < 0.3:
                return 2
        return 3 + int(self.drawn("on", self.table, self.place, row) * 3)

    def apart(self, rows: Sequence[str]) -> str:
        """Name the row that this robot's table will not agree on; empty at all tables but the first."""
        if self.table or not rows:
            return ""
        return max(sorted(rows), key=lambda row: self.drawn("apart", row))

    def reopens(self, rows: Sequence[str], failed: int) -> str:
        """Name the row of a whole grid that this robot would open again, if it would."""
        if self.temperament is not Temperament.STUBBORN or self.table != 1 or failed or not rows:
            return ""
        return min(sorted(rows), key=lambda row: self.drawn("reopens", row))


def cast(seed: str, tables: int, seats: int) -> tuple[Mind, ...]:
    """Give every seat of every table its robot; late ones and those that leave only where enough others stay."""
    minds = []
    for table in range(tables):
        for place in range(seats):
            number = table * seats + place
            name = NAMES[number % len(NAMES)] + (f" {number // len(NAMES) + 1}" if number >= len(NAMES) else "")
            minds.append(Mind(seed, table, place, _temperament(table, place, seats), name))
    return tuple(minds)


def _temperament(table: int, place: int, seats: int) -> Temperament:
    if place == seats - 1 and seats >= 4 and table % 2 == 1:
        return Temperament.LATE
    if place == seats - 1 and seats >= 5 and table % 2 == 0:
        return Temperament.LEAVES
    return (Temperament.AGREEABLE, Temperament.STUBBORN, Temperament.CAMP, Temperament.CAMP)[place % 4]
