import numpy as np
import pytest
from hypothesis import given

from app.consensus import Ballot, Contest, Policy, Profile, borda, contested_pair, spread
from app.consensus.spread import splits
from tests.consensus import brute
from tests.consensus.strategies import profiles


@given(profiles())
def test_places_are_those_of_the_ranks_themselves(p: Profile) -> None:
    rows = brute.ranks(p)
    for item, place in enumerate(spread(p).items):
        ranks = np.array([row[item] for row in rows if row[item] is not None], dtype=float)
        assert place.k == len(ranks)
        if not len(ranks):
            assert place.mean is place.median is place.sd is place.iqr is place.split is None
            continue
        lower, median, upper = np.percentile(ranks, [25, 50, 75])
        found = (place.mean, place.median, place.sd, place.iqr, place.lowest, place.highest)
        expected = (ranks.mean(), median, ranks.std(), upper - lower, ranks.min(), ranks.max())
        assert found == pytest.approx(expected, abs=1e-9)
        if p.complete:
            assert place.split == pytest.approx(4 * ranks.var() / (p.n - 1) ** 2, abs=1e-9)


@given(profiles())
def test_contested_pair_is_the_closest_that_somebody_contradicts(p: Profile) -> None:
    wins = brute.wins(p)
    margins = [abs(wins[x][y] - wins[y][x]) for x in range(p.n) for y in range(x) if wins[x][y] and wins[y][x]]
    found = contested_pair(p)

    assert (found is None) == (not margins)
    if found is not None:
        assert (found.in_favour, found.against) == (wins[found.above][found.below], wins[found.below][found.above])
        assert found.in_favour - found.against == min(margins)


def test_most_split_and_most_shared_can_be_several() -> None:
    found = spread(Profile.of("abcd", "dbca"))

    assert found.most_split == (0, 3)
    assert found.most_shared == (1, 2)


def test_gaps_leave_no_split() -> None:
    found = spread(Profile.from_ballots([Ballot.ranked((0, 1))], 3, policy=Policy(unlisted="missing")))

    assert (found.most_split, found.most_shared) == ((), ())
    assert found.items[0].split is None


@pytest.mark.parametrize("p", [Profile.from_ballots([], 3), Profile.of("a", "a")])
def test_no_ballots_or_one_statement_have_no_split(p: Profile) -> None:
    assert [place.split for place in spread(p).items] == [None] * p.n


def test_nobody_contradicting_anybody_has_no_contested_pair() -> None:
    assert contested_pair(Profile.of("abc", "abc")) is None


def test_contested_pair_among_equals_is_the_highest_in_the_order() -> None:
    p = Profile.of("abcd", "abcd", "badc")

    assert borda(p).tiers == ((0,), (1,), (2,), (3,))
    assert contested_pair(p) == Contest(above=0, below=1, in_favour=2.0, against=1.0)


def test_split_is_one_when_half_stands_at_either_end() -> None:
    found = spread(Profile.of("abc", "cba"))

    assert [place.split for place in found.items] == [1.0, 0.0, 1.0]


@given(profiles(smallest=1))
def test_splits_are_what_the_whole_spread_says(p: Profile) -> None:
    whole, found = spread(p), splits(p)

    assert (found.most_shared, found.most_split) == (whole.most_shared, whole.most_split)
    if p.complete:
        ends = [(place.lowest, place.highest) for place in whole.items]
        assert found.reach == tuple(high - low for low, high in ends if low is not None and high is not None)
    else:
        assert found.reach == ()
