import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from app.consensus import Ballot, Policy, Profile, concordance
from tests.consensus import brute
from tests.consensus.strategies import profiles


@settings(max_examples=30)
@given(profiles(complete=True, smallest=3, statements=(3, 6)))
def test_w_is_friedmans_statistic_on_its_scale(p: Profile) -> None:
    told = p.without_flat()
    assume(told.m > 2)
    table = np.array(brute.ranks(told), dtype=float)
    statistic = stats.friedmanchisquare(*table.T)
    found = concordance(p)

    assert found is not None
    assert found.chi2 == pytest.approx(statistic.statistic, abs=1e-9)
    assert found.p_chi2 == pytest.approx(statistic.pvalue, abs=1e-9)
    assert found.m_used == told.m


@settings(max_examples=30)
@given(st.lists(st.permutations(range(5)), min_size=2, max_size=5))
def test_w_without_ties_gives_the_mean_spearman(orders: list[list[int]]) -> None:
    p = Profile.of(*orders)
    found = concordance(p)
    rows = brute.ranks(p)
    pairs = [(i, j) for i in range(p.m) for j in range(i)]
    rho = [stats.spearmanr(np.array(rows[i]), np.array(rows[j])).statistic for i, j in pairs]

    assert found is not None
    assert found.r == pytest.approx(sum(rho) / len(rho), abs=1e-9)


@pytest.mark.parametrize("m", [0, 1])
def test_fewer_than_two_ballots_have_no_concordance(m: int) -> None:
    assert concordance(Profile.from_ballots([Ballot.ranked((0, 1))] * m, 2)) is None


def test_one_statement_has_no_concordance() -> None:
    assert concordance(Profile.of("a", "a", "a")) is None


def test_ballots_with_gaps_have_no_concordance() -> None:
    ballots = [Ballot.ranked((0, 1)), Ballot.ranked((1, 2))]
    assert concordance(Profile.from_ballots(ballots, 3, policy=Policy(unlisted="missing"))) is None


def test_flat_ballots_are_left_out_and_the_rest_is_as_without_them() -> None:
    ballots = [Ballot.ranked((0, 1, 2)), Ballot.ranked((0, 2, 1))]
    flat = Ballot(((0, 1, 2),))

    assert concordance(Profile.from_ballots([*ballots, flat, flat], 3)) == concordance(Profile.from_ballots(ballots, 3))
    assert concordance(Profile.from_ballots([flat] * 5, 3)) is None


def test_identical_ballots_give_one_and_no_f() -> None:
    found = concordance(Profile.of("abcd", "abcd"))

    assert found is not None
    assert (found.w, found.r, found.f, found.p_f) == (1.0, 1.0, None, 0.0)


def test_identical_ballots_with_ties_give_one_too() -> None:
    found = concordance(Profile.from_ballots([Ballot(((0, 1), (2,), (3, 4, 5)))] * 3, 6))

    assert found is not None
    assert (found.w, found.f) == (1.0, None)
    assert found.w_uncorrected < 1


def test_f_has_no_p_where_it_has_no_degrees_of_freedom() -> None:
    found = concordance(Profile.of("ab", "ba"))

    assert found is not None
    assert found.f_df1 == 0
    assert found.p_f is None


def test_parity_has_the_chance_level_of_its_effective_number() -> None:
    ballots = [Ballot.ranked((0, 1, 2), agency="health")] * 4 + [Ballot.ranked((2, 1, 0), agency="police")]
    found = concordance(Profile.from_ballots(ballots, 3, policy=Policy(weighting="parity")))

    assert found is not None
    assert found.m_eff == pytest.approx(2**2 / (4 / 16 + 1))
    assert found.by_chance == pytest.approx(1 / 3.2)
    assert found.w == 0.0


def test_weighted_w_of_random_ballots_averages_its_chance_level() -> None:
    random = np.random.default_rng(7)
    agencies = ["health"] * 5 + ["police"] * 2
    found = []
    for _ in range(400):
        ballots = [Ballot.ranked(random.permutation(5).tolist(), agency=name) for name in agencies]
        measured = concordance(Profile.from_ballots(ballots, 5, policy=Policy(weighting="parity")))
        assert measured is not None
        found.append(measured.w - measured.by_chance)

    assert abs(float(np.mean(found))) < 4 * float(np.std(found)) / 20
