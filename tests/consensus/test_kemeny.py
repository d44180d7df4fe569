from itertools import combinations
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings

from app.consensus import Ballot, Policy, Profile, TooManyItems, borda, kemeny
from tests.consensus import brute
from tests.consensus.strategies import profiles


@given(profiles(statements=(1, 6)))
def test_exact_search_finds_what_trying_every_order_finds(p: Profile) -> None:
    score, orders = brute.kemeny(p)
    found = kemeny(p, cap=1_000)

    assert (found.score, found.n_optimal, found.rankings) == (score, len(orders), tuple(orders))
    assert found.complete
    assert found.max_agreement == int(p.wins.sum()) - score


@settings(max_examples=15)
@given(profiles(complete=True, smallest=3, statements=(7, 7)))
def test_exact_search_holds_for_seven_statements(p: Profile) -> None:
    score, orders = brute.kemeny(p)
    found = kemeny(p)

    assert (found.score, found.n_optimal, found.rankings) == (score, len(orders), tuple(orders[:50]))


@given(profiles(statements=(2, 6)))
def test_backbone_is_what_all_optima_share(p: Profile) -> None:
    orders = brute.kemeny(p)[1]
    shared = set(combinations(orders[0], 2)).intersection(*(combinations(order, 2) for order in orders[1:]))
    found = kemeny(p).backbone

    assert {(x, y) for x in range(p.n) for y in range(p.n) if found[x][y]} == shared


@given(profiles(statements=(2, 6)))
def test_order_shown_is_the_optimum_nearest_to_borda(p: Profile) -> None:
    place = borda(p).places
    gaps = {order: sum(place[y] < place[x] for x, y in combinations(order, 2)) for order in brute.kemeny(p)[1]}
    least = min(gaps.values())
    found = kemeny(p)

    assert found.borda_gap == least
    assert found.shown == min(order for order, gap in gaps.items() if gap == least)


def test_cap_keeps_the_first_optima_and_counts_them_all() -> None:
    found = kemeny(Profile.of("abcdef", "fedcba"), cap=50)

    assert found.n_optimal == 720
    assert len(found.rankings) == 50
    assert not found.complete
    assert list(found.rankings) == sorted(found.rankings)
    assert not any(any(row) for row in found.backbone)


def test_fifteen_level_statements_have_all_orders() -> None:
    assert kemeny(Profile.from_ballots([Ballot((tuple(range(15)),))], 15)).n_optimal == factorial(15)


def test_fifteen_statements_are_exact() -> None:
    orders = np.random.default_rng(5).permuted(np.tile(np.arange(15), (9, 1)), axis=1)
    p = Profile.from_orders(orders)
    found = kemeny(p)
    score = sum(int(p.wins[y, x]) for x, y in combinations(found.shown, 2))

    assert found.score == score
    for i in range(14):
        swapped = list(found.shown)
        swapped[i], swapped[i + 1] = swapped[i + 1], swapped[i]
        assert sum(int(p.wins[y, x]) for x, y in combinations(swapped, 2)) >= score


def test_sixteen_statements_are_refused() -> None:
    with pytest.raises(TooManyItems, match="the limit is 15"):
        kemeny(Profile.from_ballots([], 16))


def test_score_under_parity_comes_in_ballots_of_agencies() -> None:
    ballots = [Ballot.ranked((0, 1), agency="health")] * 2 + [Ballot.ranked((1, 0), agency="police")] * 3
    found = kemeny(Profile.from_ballots(ballots, 2, policy=Policy(weighting="parity")))

    assert (found.score, found.max_agreement, found.n_optimal) == (1.0, 1.0, 2)


@pytest.mark.parametrize("n", [1, 2])
def test_one_and_two_statements_have_an_order(n: int) -> None:
    assert kemeny(Profile.from_ballots([Ballot.ranked(range(n))], n)).shown == tuple(range(n))
