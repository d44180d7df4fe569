import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.consensus import Ballot, DuplicateItem, EmptyItems, Policy, Profile, UnknownItem, kemeny, report
from app.consensus.orders import BLOCK
from app.consensus.pairs import pair_counts
from tests.consensus import brute
from tests.consensus.strategies import profiles


@given(profiles())
def test_pairwise_counts_are_those_of_the_definition(p: Profile) -> None:
    assert p.wins.tolist() == brute.wins(p)
    total = sum(p.counts.tolist())
    if p.complete:
        assert (p.wins + p.wins.T + p.ties + total * np.eye(p.n, dtype=int) == total).all()


@settings(max_examples=30)
@given(profiles(), st.lists(st.integers(1, 5), min_size=7, max_size=7))
def test_counting_in_blocks_equals_counting_at_once(p: Profile, weights: list[int]) -> None:
    many = np.tile(p.places, 20_000)
    wins, ties = pair_counts(many, None)

    assert (wins.tolist(), ties.tolist()) == ((20_000 * p.wins).tolist(), (20_000 * p.ties).tolist())

    weighed = np.tile(np.array(weights[: p.places.shape[1]], dtype=np.int64), 20_000)
    wins, ties = pair_counts(many, weighed)
    once = pair_counts(p.places, weighed[: p.places.shape[1]])
    assert (wins.tolist(), ties.tolist()) == ((20_000 * once[0]).tolist(), (20_000 * once[1]).tolist())


@pytest.mark.parametrize(("m", "n"), [(5, 4), (2_000, 7), (70_000, 3), (1_500, 40), (40, 100)])
def test_array_of_orders_counts_as_its_ballots_would(m: int, n: int) -> None:
    orders = np.random.default_rng(m).permuted(np.tile(np.arange(n), (m, 1)), axis=1)
    quick = Profile.from_orders(orders)
    few = orders[:60].tolist()

    assert quick.places[:, :60].tolist() == Profile.from_ballots(map(Ballot.ranked, few), n).places.tolist()
    assert quick.wins.tolist() == pair_counts(quick.places, None)[0].tolist()
    assert quick.m == m
    assert not quick.ties.any()


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int64, np.uint16])
def test_array_of_orders_may_have_any_whole_type(kind: type) -> None:
    assert Profile.from_orders(np.array([[1, 0], [1, 0]], dtype=kind)).wins.tolist() == [[0, 0], [2, 0]]


@pytest.mark.parametrize("row", [[0, 1, 3], [0, 1, -1], [0, 1, 256]])
def test_array_with_an_unknown_statement_is_refused(row: list[int]) -> None:
    for times in (1, 2_000):
        with pytest.raises(UnknownItem):
            Profile.from_orders([row] * times)


def test_array_with_a_doubled_statement_is_refused() -> None:
    for times in (1, 2_000):
        with pytest.raises(DuplicateItem):
            Profile.from_orders([[0, 1, 1]] * times)


def test_array_of_fractions_or_without_statements_is_refused() -> None:
    with pytest.raises(UnknownItem):
        Profile.from_orders([[0.0, 1.0]])
    with pytest.raises(EmptyItems):
        Profile.from_orders(np.zeros((3, 0), dtype=int))


def test_array_without_ballots_is_an_empty_profile() -> None:
    assert Profile.from_orders(np.zeros((0, 3), dtype=int)).m == 0


def test_parity_gives_every_agency_the_same_weight() -> None:
    ballots = [Ballot.ranked((0, 1), agency="health")] * 3 + [Ballot.ranked((1, 0), agency="police")] * 2
    p = Profile.from_ballots(ballots, 2, policy=Policy(weighting="parity"))

    assert p.unit == 6
    assert p.row_weights.tolist() == [2, 2, 2, 3, 3]
    assert p.wins.tolist() == [[0, 6], [6, 0]]


def test_profile_of_fifty_statements_and_no_exact_order() -> None:
    orders = np.random.default_rng(1).permuted(np.tile(np.arange(50), (30, 1)), axis=1)
    told = report(Profile.from_orders(orders), k=5)

    assert told.cross_check is None
    assert len(told.order) > 1


def test_flat_ballots_are_found_with_gaps_too() -> None:
    p = Profile.from_ballots(
        [Ballot(((0, 1),)), Ballot(((0,), (1,))), Ballot(((0,),)), Ballot(())], 2, policy=Policy(unlisted="missing")
    )

    assert p.flat.tolist() == [True, False, True, True]
    assert p.flat_ballots == 3


def test_empty_profile_has_no_winner_and_every_order_is_optimal() -> None:
    p = Profile.from_ballots([], 3)

    assert kemeny(p).n_optimal == 6
    assert p.weight == 0


def test_ballots_that_order_everything_are_ranked_as_any_others() -> None:
    orders = [[2, 0, 1], [0, 1, 2], [1, 0, 2]]
    strict = Profile.from_ballots([Ballot.ranked(order) for order in orders], 3)
    mixed = Profile.from_ballots([*(Ballot.ranked(order) for order in orders), Ballot(((0, 1, 2),))], 3)

    assert (strict.strict, mixed.strict) == (True, False)
    assert strict.places.tolist() == mixed.places[:, :3].tolist()
    assert strict.wins.tolist() == mixed.wins.tolist()
    assert strict.flat.tolist() == [False, False, False]


@pytest.mark.parametrize("orders", [[[0, 0], [1, 1]], [[0, 1], [1, 1]], [[0, 1], [0, 2]], [[0, 1], [0, True]]])
def test_ballots_that_only_seem_to_order_everything_are_refused(orders: list[list[int]]) -> None:
    with pytest.raises((DuplicateItem, UnknownItem)):
        Profile.from_ballots([Ballot.ranked(order) for order in orders], 2)


def test_counts_of_orders_do_not_depend_on_where_blocks_end() -> None:
    rows = BLOCK + 5
    orders = np.random.default_rng(1).permuted(np.tile(np.arange(4), (rows, 1)), axis=1)
    parts = [Profile.from_orders(orders[start : start + 900]).wins for start in range(0, rows, 900)]

    assert Profile.from_orders(orders).wins.tolist() == np.sum(parts, axis=0).tolist()


def test_part_of_a_large_room_is_counted_anew() -> None:
    p = Profile.from_orders(np.tile([[0, 1], [1, 0]], (1_000, 1)))

    assert p.rows(np.arange(0, 2_000, 2)).wins.tolist() == [[0, 1_000], [0, 0]]
    assert p.weighted("parity").wins.tolist() == [[0, 1_000], [1_000, 0]]
