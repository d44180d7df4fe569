from itertools import combinations, product

import pytest
from hypothesis import given, settings

from app.consensus import Ballot, Profile, Tiers
from app.consensus.weak_orders import LIMIT, median_weak_orders
from tests.consensus import brute
from tests.consensus.strategies import profiles


def weak_orders(n: int) -> list[Tiers]:
    """Give every way of putting n statements in tiers."""
    numbers = [chosen for chosen in product(range(n), repeat=n) if set(chosen) == set(range(max(chosen) + 1))]
    return [
        tuple(tuple(item for item in range(n) if chosen[item] == tier) for tier in range(max(chosen) + 1))
        for chosen in numbers
    ]


def tau_x(p: Profile, order: Tiers) -> float:
    """Average Emond and Mason's tau_x of an order with every ballot."""
    place = {item: tier for tier, items in enumerate(order) for item in items}
    total = 0
    for row in brute.ranks(p):
        for x, y in combinations(range(p.n), 2):
            one, other = row[x], row[y]
            if one is not None and other is not None:
                ahead, behind = (1 if one <= other else -1), (1 if other <= one else -1)
                total += ahead * (1 if place[x] <= place[y] else -1) + behind * (1 if place[y] <= place[x] else -1)
    return total / (p.m * p.n * (p.n - 1))


@settings(max_examples=40)
@given(profiles(statements=(2, 5), smallest=1, most=5))
def test_medians_are_the_best_of_all_weak_orders(p: Profile) -> None:
    scores = {order: tau_x(p, order) for order in weak_orders(p.n)}
    best = max(scores.values())

    found = median_weak_orders(p, cap=1_000)

    assert found is not None
    assert found.mean_tau_x == pytest.approx(best)
    assert set(found.rankings) == {order for order, score in scores.items() if score > best - 1e-9}
    assert found.n_optimal == len(found.rankings)


def test_a_tie_that_most_share_stays_a_tie() -> None:
    tied = Ballot(((0, 1), (2,)))

    found = median_weak_orders(Profile.from_ballots([tied, tied, Ballot.ranked([0, 1, 2])], 3))

    assert found is not None
    assert found.rankings == (((0, 1), (2,)),)


def test_all_75_orders_of_four_are_counted_and_the_first_are_listed() -> None:
    found = median_weak_orders(Profile.of("abcd", "dcba"), cap=2)

    assert found is not None
    assert (found.mean_tau_x, found.n_optimal, found.complete) == (0.0, 75, False)
    assert found.rankings == (((0,), (1,), (2,), (3,)), ((0,), (1,), (2, 3)))


def test_no_median_without_ballots_below_two_statements_or_above_the_limit() -> None:
    assert median_weak_orders(Profile.from_ballots([], 3)) is None
    assert median_weak_orders(Profile.of("a")) is None
    assert median_weak_orders(Profile.of("abcdefghijk"[: LIMIT + 1])) is None
