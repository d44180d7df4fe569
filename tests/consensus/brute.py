"""The same figures worked out the long way, straight from their definitions."""

from itertools import combinations, permutations, product
from math import sqrt

from app.consensus import Profile

Ranks = list[list[float | None]]


def ranks(p: Profile) -> Ranks:
    """Give one list of midranks for each ballot; None where it says nothing."""
    rows = p.places.T.tolist()
    return [
        [rank / 2 if rank else None for rank in row]
        for row, count in zip(rows, p.counts.tolist(), strict=True)
        for _ in range(count)
    ]


def wins(p: Profile) -> list[list[int]]:
    def above(row: list[float | None], x: int, y: int) -> bool:
        one, other = row[x], row[y]
        return one is not None and other is not None and one < other

    return [[sum(above(row, x, y) for row in ranks(p)) for y in range(p.n)] for x in range(p.n)]


def kemeny(p: Profile) -> tuple[int, list[tuple[int, ...]]]:
    """Give the least score and all orders that have it, in numerical order."""
    count = wins(p)
    scores = {order: sum(count[y][x] for x, y in combinations(order, 2)) for order in permutations(range(p.n))}
    best = min(scores.values())
    return best, [order for order, score in scores.items() if score == best]


def smith(p: Profile) -> tuple[int, ...]:
    count = wins(p)
    for size in range(1, p.n + 1):
        for group in combinations(range(p.n), size):
            others = [item for item in range(p.n) if item not in group]
            if all(count[x][y] > count[y][x] for x in group for y in others):
                return group
    raise AssertionError("everybody together beats nobody outside")


def signs(row: list[float | None]) -> list[int | None]:
    found: list[int | None] = []
    for x, y in combinations(range(len(row)), 2):
        one, other = row[x], row[y]
        found.append(None if one is None or other is None else (one < other) - (one > other))
    return found


def tau_b(one: list[float | None], other: list[float | None]) -> float | None:
    """Give tau_b over the statements that both place."""
    pairs = [(a, b) for a, b in zip(signs(one), signs(other), strict=True) if a is not None and b is not None]
    size = sqrt(sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs))
    return sum(a * b for a, b in pairs) / size if size else None


def mean_tau_b(p: Profile) -> float | None:
    found = [tau for one, other in combinations(ranks(p), 2) if (tau := tau_b(one, other)) is not None]
    return sum(found) / len(found) if found else None


def agreeing(p: Profile) -> tuple[int, int, int]:
    """Count comparisons of two ballots that agree, that disagree, and all."""
    agree = disagree = every = 0
    for one, other in combinations(ranks(p), 2):
        for a, b in zip(signs(one), signs(other), strict=True):
            if a is not None and b is not None:
                every += 1
                agree += a * b > 0
                disagree += a * b < 0
    return agree, disagree, every


def spread_of_sums(rows: list[list[float]]) -> float:
    sums = [sum(column) for column in zip(*rows, strict=True)]
    mean = sum(sums) / len(sums)
    return float(sum((value - mean) ** 2 for value in sums))


def exact_p(rows: list[list[float]]) -> float:
    """Shuffle every ballot every way and count how often the rank sums spread at least as far."""
    reached = spread_of_sums(rows)
    shuffles = [list(permutations(row)) for row in rows]
    spreads = [spread_of_sums([list(row) for row in chosen]) for chosen in product(*shuffles)]
    return sum(spread >= reached - 1e-9 for spread in spreads) / len(spreads)


def bootstrap(p: Profile) -> list[list[float]]:
    """Draw the ballots again in every way and share the places of level statements."""
    rows = [[rank or 0.0 for rank in row] for row in ranks(p)]
    chance = [[0.0] * p.n for _ in range(p.n)]
    for drawn in product(rows, repeat=len(rows)):
        sums = [sum(column) for column in zip(*drawn, strict=True)]
        for item, value in enumerate(sums):
            above = sum(other < value for other in sums)
            level = sums.count(value)
            for place in range(above, above + level):
                chance[item][place] += 1 / level / len(rows) ** len(rows)
    return chance
