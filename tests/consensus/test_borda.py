from hypothesis import given

from app.consensus import Ballot, Policy, Profile, borda
from tests.consensus import brute
from tests.consensus.strategies import profiles


@given(profiles(complete=True, smallest=1))
def test_points_are_ballots_times_places_below_the_mean_rank(p: Profile) -> None:
    rows = brute.ranks(p)
    means = [sum(row[item] or 0 for row in rows) / len(rows) for item in range(p.n)]
    found = borda(p)

    assert found.mean_rank is not None
    assert [round(rank, 9) for rank in found.mean_rank] == [round(mean, 9) for mean in means]
    assert [round(points, 9) for points in found.points] == [round(p.m * (p.n - mean), 9) for mean in means]


@given(profiles())
def test_every_ballot_hands_out_the_same_total_however_much_it_lists(p: Profile) -> None:
    if p.complete:
        assert sum(borda(p).points) == p.m * p.n * (p.n - 1) / 2


@given(profiles())
def test_order_goes_down_the_shares(p: Profile) -> None:
    found = borda(p)
    shares = [-1.0 if share is None else share for tier in found.tiers for share in [found.share[tier[0]]]]

    assert shares == sorted(shares, reverse=True)
    assert sorted(item for tier in found.tiers for item in tier) == list(range(p.n))


def test_exactly_level_statements_share_a_tier() -> None:
    assert borda(Profile.of("abc", "bac")).tiers == ((0, 1), (2,))


def test_shares_equal_in_value_tie_though_their_fractions_differ() -> None:
    missing = Policy(unlisted="missing")
    ballots = [Ballot.ranked(order) for order in ((0, 1), (2, 3), (2, 3), (2, 3), (1, 0), (3, 2), (3, 2), (3, 2))]

    assert borda(Profile.from_ballots(ballots, 4, policy=missing)).tiers == ((0, 1, 2, 3),)


def test_statement_that_nobody_compares_comes_last_without_a_share() -> None:
    found = borda(Profile.from_ballots([Ballot.ranked((1, 0))], 3, policy=Policy(unlisted="missing")))

    assert found.share == (0.0, 1.0, None)
    assert found.tiers == ((1,), (0,), (2,))
    assert found.mean_rank is None


def test_no_ballots_leave_everything_level() -> None:
    found = borda(Profile.from_ballots([], 3))

    assert found.tiers == ((0, 1, 2),)
    assert found.mean_rank is None


def test_one_statement_is_an_order_of_its_own() -> None:
    assert borda(Profile.of("a", "a")).mean_rank == (1.0,)


def test_parity_points_come_in_votes_of_agencies() -> None:
    ballots = [Ballot.ranked((0, 1), agency="health")] * 3 + [Ballot.ranked((1, 0), agency="police")]
    found = borda(Profile.from_ballots(ballots, 2, policy=Policy(weighting="parity")))

    assert found.points == (1.0, 1.0)
    assert found.mean_rank == (1.5, 1.5)
