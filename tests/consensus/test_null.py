import json
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from scipy import stats

from app.consensus import Ballot, Policy, Profile, chance
from app.consensus.concordance import p_value
from app.consensus.null import drawn_null, exact_null
from tests.consensus import brute
from tests.consensus.strategies import profiles

HERE = Path(__file__).parent / "cases"
EXACT: dict[str, Any] = json.loads((HERE / "null_friedman_exact.json").read_text())
CRITICAL: dict[str, Any] = json.loads((HERE / "critical_W_montecarlo.json").read_text())


def columns(n: int, m: int) -> tuple[tuple[tuple[int, ...], int], ...]:
    return tuple((tuple(range(2, 2 * n + 2, 2)), 1) for _ in range(m))


def w_of(spread: np.typing.NDArray[np.int64], n: int, m: int) -> np.typing.NDArray[np.float64]:
    """Turn Σ(2R)² into W."""
    return np.asarray(12 * (spread / 4 - n * (m * (n + 1) / 2) ** 2) / (m**2 * (n**3 - n)))


@pytest.mark.parametrize("name", [name for name, table in EXACT.items() if table["items"] > 3 or table["judges"] < 13])
def test_exact_null_is_the_published_table(name: str) -> None:
    table = EXACT[name]
    n, m = table["items"], table["judges"]
    found = exact_null(columns(n, m))

    assert found is not None
    values, ways = found
    tail = np.array(ways, dtype=object)[::-1].cumsum()[::-1] / sum(ways)
    w = w_of(values, n, m)
    for row in table["tail"]:
        at = int(np.argmin(np.abs(w - row["W"])))
        assert w[at] == pytest.approx(row["W"], abs=1e-9)
        assert float(tail[at]) == pytest.approx(row["p"], abs=1e-12)


@pytest.mark.parametrize("name", list(islice(CRITICAL, 0, None, 7)))
def test_drawn_null_has_the_critical_values_within_its_error(name: str) -> None:
    table = CRITICAL[name]
    n, m = table["n"], table["m"]
    w = w_of(drawn_null(columns(n, m), 9_999), n, m)
    error = float(w.std()) / 100

    assert abs(float(w.mean()) - table["mean"]) < 5 * error
    for share, value in ((0.05, table["w05"]), (0.01, table["w01"])):
        reached = float((w >= value - 1e-6).mean())
        step = float((np.abs(w - value) < 1e-6).mean())
        assert share - step - 5 * np.sqrt(share / 9_999) < reached < share + step + 5 * np.sqrt(share / 9_999)


@pytest.mark.parametrize("name", list(islice(CRITICAL, 0, None, 7)))
def test_f_and_chi_square_reach_their_critical_values(name: str) -> None:
    table = CRITICAL[name]
    n, m = table["n"], table["m"]
    df1 = n - 1 - 2 / m
    f = (m - 1) * table["w05_F"] / (1 - table["w05_F"])

    assert stats.f.sf(f, df1, (m - 1) * df1) == pytest.approx(0.05, abs=1e-9)
    assert stats.chi2.sf(m * (n - 1) * table["w05_chi2"], n - 1) == pytest.approx(0.05, abs=1e-9)


@settings(max_examples=30)
@given(profiles(complete=True, smallest=2, most=3, statements=(2, 4)))
def test_exact_p_is_the_share_of_all_shuffles(p: Profile) -> None:
    told = p.without_flat()
    assume(told.m > 1)
    found = chance(p)

    assert found is not None
    assert found.method == "exact"
    rows = [[rank or 0.0 for rank in row] for row in brute.ranks(told)]
    assert found.p == pytest.approx(brute.exact_p(rows), abs=1e-12)


def test_pair_is_exact_for_ten_statements() -> None:
    found = chance(Profile.of("abcdefghij", "abcdefghij"))

    assert found is not None
    assert (found.method, found.hits, found.total) == ("exact", 1, 3_628_800)


def test_long_ballots_with_few_different_orders_are_exact_at_once() -> None:
    first_of_thirty = Ballot(((0,), tuple(range(1, 30))))
    found = chance(Profile.from_ballots([first_of_thirty] * 3, 30))

    assert found is not None
    assert (found.method, found.hits, found.total) == ("exact", 1, 900)


def test_drawn_p_agrees_with_the_exact_one() -> None:
    n, m = 5, 4
    exact = exact_null(columns(n, m))
    assert exact is not None
    values, ways = exact
    drawn = drawn_null(columns(n, m), 9_999)
    for at in range(0, len(values), 7):
        p = sum(ways[at:]) / sum(ways)
        assert abs(float((drawn >= values[at]).mean()) - p) <= 5 * np.sqrt(p * (1 - p) / 9_999) + 1e-12


def test_same_ballots_get_the_same_p_whatever_was_asked_before() -> None:
    p = Profile.from_ballots([Ballot(((0, 1), (2,), (3,), (4, 5, 6), (7,)))] * 5 + [Ballot(((7,), (6,)))], 8)
    first = chance(p)
    drawn_null.cache_clear()
    np.random.default_rng(3).random(100)

    assert first is not None
    assert first.method == "monte_carlo"
    assert chance(p) == first


def test_drawn_p_is_never_zero() -> None:
    found = chance(Profile.of(*["abcdefgh"] * 6))

    assert found is not None
    assert found.p == 1 / 10_000


def test_no_p_without_two_ballots_that_say_something() -> None:
    assert chance(Profile.of("abc")) is None
    assert chance(Profile.from_ballots([Ballot(((0, 1, 2),))] * 4, 3)) is None
    gaps = Profile.from_ballots([Ballot.ranked((0, 1))] * 3, 3, policy=Policy(unlisted="missing"))
    assert chance(gaps) is None


def test_many_ballots_are_judged_by_f() -> None:
    orders = np.random.default_rng(2).permuted(np.tile(np.arange(10), (5_000, 1)), axis=1)
    judged = p_value(Profile.from_orders(orders))

    assert judged is not None
    assert judged[1] == "F"
    assert 0 < judged[0] <= 1
