"""Balancing: tables of a size, agencies mixed, and never a move too many."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workshops.balance import Shift, in_use, shifts
from app.workshops.tables import Taken

Seating = dict[int, Counter[str | None]]

AGENCIES = ("education", "health", "police", None)
seatings = st.lists(st.lists(st.sampled_from(AGENCIES), max_size=14), min_size=1, max_size=7)
small = st.lists(st.lists(st.sampled_from(("health", "police", None)), min_size=1, max_size=3), min_size=2, max_size=3)


def laid(seating: Sequence[Sequence[str | None]], places: int = 7) -> list[Taken]:
    return [Taken(number, places, agencies) for number, agencies in enumerate(seating, 1)]


def after(tables: Sequence[Taken], moves: Sequence[Shift]) -> Seating:
    at: Seating = {table.number: Counter(table.agencies) for table in tables}
    for move in moves:
        assert at[move.leaves][move.agency] > 0
        at[move.leaves][move.agency] -= 1
        at[move.joins][move.agency] += 1
    return at


def spread(numbers: Sequence[int]) -> int:
    return max(numbers) - min(numbers)


def is_even(at: Sequence[Counter[str | None]]) -> bool:
    named = {agency for held in at for agency in held if agency is not None}
    sizes_are = spread([held.total() for held in at]) <= 1
    return sizes_are and all(spread([held[agency] for held in at]) <= 1 for agency in named)


def test_nine_and_three_become_six_and_six_by_three_moves() -> None:
    tables = laid([["health"] * 3 + ["police"] * 3 + ["education"] * 3, ["health"] * 3], places=12)
    moves = shifts(tables)
    at = after(tables, moves)
    assert ([held.total() for held in at.values()], len(moves)) == ([6, 6], 3)


def test_even_tables_are_left_alone() -> None:
    assert shifts(laid([["health", "police"], ["police", "health", None]])) == ()


def test_tables_of_one_agency_each_are_mixed() -> None:
    tables = laid([["health"] * 4, ["police"] * 4])
    assert after(tables, shifts(tables)) == {1: Counter(health=2, police=2), 2: Counter(health=2, police=2)}


def test_nobody_to_move_moves_nobody() -> None:
    assert (shifts([]), shifts(laid([[], []])), shifts(laid([["health"] * 9]))) == ((), (), ())


@pytest.mark.parametrize(("people", "places", "sizes"), [(6, 7, [6, 0]), (9, 12, [5, 4]), (6, 5, [3, 3])])
def test_an_empty_table_is_laid_only_when_the_others_are_too_large(people: int, places: int, sizes: list[int]) -> None:
    tables = laid([["health"] * people, []], places)
    assert [held.total() for held in after(tables, shifts(tables)).values()] == sizes


@given(seatings)
def test_balanced_tables_and_agencies_differ_by_at_most_one(seating: list[list[str | None]]) -> None:
    tables = laid(seating)
    at = after(tables, shifts(tables))
    used = [at[table.number] for table in in_use(tables)]
    assert not used or is_even(used)
    assert sum(at.values(), Counter()) == Counter(agency for there in seating for agency in there)


@given(seatings)
def test_balancing_twice_moves_nobody_the_second_time(seating: list[list[str | None]]) -> None:
    tables = laid(seating)
    at = after(tables, shifts(tables))
    assert shifts([Taken(number, 7, list(held.elements())) for number, held in at.items()]) == ()


@given(small)
def test_no_even_seating_takes_fewer_moves(seating: list[list[str | None]]) -> None:
    tables = laid(seating)
    before = [Counter(table.agencies) for table in tables]
    fewest = min(
        sum((had - has).total() for had, has in zip(before, at, strict=True))
        for at in every_seating(before)
        if is_even(at)
    )
    assert len(shifts(tables)) == fewest


def every_seating(before: list[Counter[str | None]]) -> Iterator[list[Counter[str | None]]]:
    people = sum(before, Counter[str | None]())
    ways = [list(splits(count, len(before))) for count in people.values()]
    for chosen in product(*ways):
        yield [Counter(dict(zip(people, counts, strict=True))) for counts in zip(*chosen, strict=True)]


def splits(count: int, number: int) -> Iterator[tuple[int, ...]]:
    return (parts for parts in product(range(count + 1), repeat=number) if sum(parts) == count)
