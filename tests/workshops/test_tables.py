"""Mixing: agencies spread evenly, whoever comes in whatever order."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.workshops.tables import Taken, mixed

AGENCIES = ("education", "health", "police", "voluntary")

arrivals = st.lists(st.sampled_from([*AGENCIES, None]), max_size=80)
numbers_of_tables = st.integers(1, 12)


def seated(tables: int, places: int, coming: Sequence[str | None]) -> dict[int, list[str | None]]:
    at: dict[int, list[str | None]] = {number: [] for number in range(1, tables + 1)}
    for agency in coming:
        at[mixed([Taken(number, places, there) for number, there in at.items()], agency)].append(agency)
    return at


@given(numbers_of_tables, arrivals)
def test_mixing_spreads_each_agency_evenly(tables: int, coming: list[str | None]) -> None:
    at = seated(tables, 1000, coming)
    for agency in AGENCIES:
        counts = [there.count(agency) for there in at.values()]
        assert max(counts) - min(counts) <= 1


@given(numbers_of_tables, arrivals)
def test_mixing_loses_nobody(tables: int, coming: list[str | None]) -> None:
    at = seated(tables, 5, coming)
    assert Counter(agency for there in at.values() for agency in there) == Counter(coming)


@given(numbers_of_tables, arrivals)
def test_mixing_keeps_tables_of_a_size(tables: int, coming: list[str | None]) -> None:
    sizes = [len(there) for there in seated(tables, 1000, coming).values()]
    assert max(sizes) - min(sizes) <= len(AGENCIES)


@given(numbers_of_tables, st.integers(1, 8), arrivals)
def test_mixing_fills_places_before_it_overfills_a_table(tables: int, places: int, coming: list[str | None]) -> None:
    sizes = [len(there) for there in seated(tables, places, coming).values()]
    if len(coming) <= tables * places:
        assert max(sizes) <= places
    else:
        assert min(sizes) >= places


@given(numbers_of_tables, st.lists(st.just(None), max_size=60))
def test_mixing_of_those_who_name_no_agency_evens_the_tables_out(tables: int, coming: list[str | None]) -> None:
    sizes = [len(there) for there in seated(tables, 1000, coming).values()]
    assert max(sizes) - min(sizes) <= 1
