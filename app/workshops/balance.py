"""Balancing tables: who moves so that tables are of a size and agencies mixed evenly, and nobody beside them.

Pure. The even seating with the fewest moves is a flow: an agency's people spread over the tables by whole shares, and
those left over go where most of them sit already.
"""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from app.workshops.tables import Taken

# At more than seven, people stop hearing each other: an empty table is laid then.
MOST_AT_ONE = 7

Agency = str | None


@dataclass(frozen=True, slots=True)
class Shift:
    """One person of an agency, who goes from one table's number to another's."""

    agency: Agency
    leaves: int
    joins: int


def shifts(tables: Sequence[Taken]) -> tuple[Shift, ...]:
    """Find the fewest moves after which tables, and each agency over them, differ by at most one.

    Empty tables stay empty unless the others would be too large. Who names no agency evens the tables out.

    >>> shifts([Taken(1, 9, ["health"] * 3), Taken(2, 9, ["health"])])
    (Shift(agency='health', leaves=1, joins=2),)
    """
    used = in_use(tables)
    before = [Counter(table.agencies) for table in used]
    after = evened(before)
    found: list[Shift] = []
    for agency in sorted({agency for held in before for agency in held}, key=lambda agency: agency or ""):
        more = [(table.number, had[agency] - has[agency]) for table, had, has in zip(used, before, after, strict=True)]
        leaves = [number for number, over in more for _ in range(over)]
        joins = [number for number, over in more for _ in range(-over)]
        found += [Shift(agency, *ends) for ends in zip(leaves, joins, strict=True)]
    return tuple(found)


def in_use(tables: Sequence[Taken]) -> list[Taken]:
    """Pick the tables that people sit at, and as many empty ones as they need, by number."""
    people = sum(len(table.agencies) for table in tables)
    sat_at = [table for table in tables if table.agencies]
    empty = sorted((table for table in tables if not table.agencies), key=lambda table: table.number)
    most = min((MOST_AT_ONE, *(table.places for table in tables)))
    needed = max(0, ceil(people / most) - len(sat_at))
    return sorted(sat_at + empty[:needed], key=lambda table: table.number)


def evened(before: Sequence[Counter[Agency]]) -> list[Counter[Agency]]:
    """Seat as many people of each agency at each table as is even, with the largest overlap with how they sit."""
    if not before:
        return []
    number = len(before)
    agencies = sorted({agency for held in before for agency in held if agency is not None})
    shares = {agency: divmod(sum(held[agency] for held in before), number) for agency in agencies}
    unnamed = sum(held[None] for held in before)
    rest = unnamed + sum(over for _, over in shares.values())
    each, more = divmod(rest, number)
    graph = Flow()
    for table, held in enumerate(before):
        for agency, (share, _) in shares.items():
            graph.edge(("agency", agency), ("table", table), 1, -1 if held[agency] > share else 0)
        graph.edge("unnamed", ("table", table), held[None], -1)
        graph.edge("unnamed", ("table", table), unnamed, 0)
        # What every table must hold comes before any gain.
        graph.edge(("table", table), "end", each, -2 * rest - 1)
        graph.edge(("table", table), "end", min(more, 1), 0)
    for agency, (_, over) in shares.items():
        graph.edge("begin", ("agency", agency), over, 0)
    graph.edge("begin", "unnamed", unnamed, 0)
    graph.fill("begin", "end")
    named = list(shares.items())
    return [
        Counter({agency: share + graph.sent(("agency", agency), ("table", at)) for agency, (share, _) in named})
        + Counter({None: graph.sent("unnamed", ("table", at))})
        for at in range(number)
    ]


class Flow:
    """The cheapest way to send as much as possible, found by cheapest further paths (Busacker & Gowen, 1960)."""

    def __init__(self) -> None:
        # An edge and its way back stand side by side: from, to, room left, cost.
        self._edges: list[tuple[object, object, int]] = []
        self._room: list[int] = []
        self._from: dict[object, list[int]] = {}

    def edge(self, begins: object, ends: object, room: int, cost: int) -> None:
        """Lay an edge; edges that cost less than nothing must make no circle."""
        for one, other, space, price in ((begins, ends, room, cost), (ends, begins, 0, -cost)):
            self._from.setdefault(one, []).append(len(self._edges))
            self._edges.append((one, other, price))
            self._room.append(space)

    def fill(self, begins: object, ends: object) -> None:
        """Send all that there is room for, the cheapest way."""
        while path := self._cheapest(begins, ends):
            for edge in path:
                self._room[edge] -= 1
                self._room[edge ^ 1] += 1

    def sent(self, begins: object, ends: object) -> int:
        """Tell how much goes along the edges from one place to another."""
        forth = (edge for edge in self._from[begins] if edge % 2 == 0 and self._edges[edge][1] == ends)
        return sum(self._room[edge ^ 1] for edge in forth)

    def _cheapest(self, begins: object, ends: object) -> list[int]:
        cost, came_by = {begins: 0}, dict[object, int]()
        waiting = deque([begins])
        while waiting:
            at = waiting.popleft()
            for edge in self._from[at]:
                _, to, price = self._edges[edge]
                if self._room[edge] and cost[at] + price < cost.get(to, cost[at] + price + 1):
                    cost[to], came_by[to] = cost[at] + price, edge
                    if to not in waiting:
                        waiting.append(to)
        path: list[int] = []
        while ends in came_by and ends != begins:
            path.append(came_by[ends])
            ends = self._edges[came_by[ends]][0]
        return path
