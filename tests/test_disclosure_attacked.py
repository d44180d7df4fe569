"""Taking counts back out of what is told of them: all ways that answers could have been, told as they would be told.

Whoever reads knows how masks are chosen, so two ways are apart as soon as they are told differently.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import product

import pytest

from app.activities.checks import RULES, holds, told_counts
from app.disclosure import counts_for_export, took_part

Counts = tuple[int, ...]


def every(cells: int, whole: int) -> Iterator[Counts]:
    """List all ways in which counts can come to a whole."""
    if cells == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        yield from ((first, *rest) for rest in every(cells - 1, whole - first))


def found_out(ways: Iterable[Counts], told: Callable[[Counts], Hashable]) -> list[tuple[Counts, Hashable]]:
    """List the ways of which a count below three can be told from how they are told."""
    alike: dict[Hashable, list[Counts]] = defaultdict(list)
    for way in ways:
        alike[told(way)].append(way)
    return [
        (together[0], known)
        for known, together in alike.items()
        if any(len(set(cell)) == 1 and 0 < cell[0] < 3 for cell in zip(*together, strict=True))
    ]


@pytest.mark.parametrize("whole", range(5, 11))
@pytest.mark.parametrize("cells", [2, 3, 4])
def test_no_count_below_three_can_be_had_from_counts_of_a_known_whole(whole: int, cells: int) -> None:
    def told(way: Counts) -> Hashable:
        return tuple(counts_for_export(way))

    # That each of so many was named by one is told by their being named.
    several = [way for way in every(cells, whole) if whole > sum(map(bool, way))]
    assert found_out(several, told) == []


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("whole", range(5, 11))
@pytest.mark.parametrize("reasons", range(3))
def test_no_answer_below_three_can_be_had_from_a_check(rule: str, whole: int, reasons: int) -> None:
    def told(way: Counts) -> Hashable:
        passed = holds(rule, values_of(way))
        return passed, reasons, told_counts(rule, passed, way, reasons)

    ways = [way for way in every(6, whole) if sum(way[:3]) >= reasons]
    assert found_out(ways, told) == []


def values_of(counts: Sequence[int]) -> list[int]:
    return [value for value, count in enumerate(counts) for _ in range(count)]


def test_no_small_table_or_agency_can_be_had_from_who_took_part() -> None:
    def told(way: Counts) -> Hashable:
        # How many a table of three or more had is known from what it answered.
        known = tuple(count if count >= 3 else None for count in way[:2])
        return known, took_part(sum(way[:2]), way[:2], way[2:])

    ways = [
        (*tables, *agencies) for people in range(12) for tables, agencies in product(every(2, people), every(3, people))
    ]
    # Of the largest there is nobody more that they could be taken for.
    assert [one for one in found_out(ways, told) if sum(one[0]) < 20] == []
