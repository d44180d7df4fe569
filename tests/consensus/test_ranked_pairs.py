from itertools import groupby, permutations, product

from hypothesis import given, settings

from app.consensus import Profile
from app.consensus.ranked_pairs import ranked_pairs_winners
from tests.consensus.strategies import profiles

Edge = tuple[int, int]


def leads_to(edges: list[Edge], start: int, end: int) -> bool:
    return start == end or any(leads_to(edges, below, end) for above, below in edges if above == start)


def winners_one_by_one(p: Profile) -> tuple[int, ...]:
    """Settle the majorities in every order that their sizes allow, and list whoever nobody stands above."""
    margin = (p.wins - p.wins.T).tolist()
    edges = [(x, y) for x, y in product(range(p.n), repeat=2) if margin[x][y] > 0]
    edges.sort(key=lambda edge: -margin[edge[0]][edge[1]])
    tiers = [list(tier) for _, tier in groupby(edges, key=lambda edge: margin[edge[0]][edge[1]])]
    found: set[int] = set()
    for ways in product(*(permutations(tier) for tier in tiers)):
        settled: list[Edge] = []
        for x, y in (edge for tier in ways for edge in tier):
            if not leads_to(settled, y, x):
                settled.append((x, y))
        found |= set(range(p.n)) - {y for _, y in settled}
    return tuple(sorted(found))


@settings(max_examples=40)
@given(profiles(statements=(2, 4), most=5))
def test_winners_are_those_of_every_way_to_settle_level_majorities(p: Profile) -> None:
    assert ranked_pairs_winners(p) == winners_one_by_one(p)


def test_the_smallest_majority_of_a_circle_is_dropped() -> None:
    p = Profile.of(*["abc"] * 4, *["bca"] * 3, *["cab"] * 2)

    assert ranked_pairs_winners(p) == (0,)


def test_a_majority_inside_one_circle_settles_nothing_in_another() -> None:
    p = Profile.of("abcdef", "bcaefd", "cabfde")

    assert ranked_pairs_winners(p) == (0, 1, 2)


def test_everybody_wins_where_nobody_answered() -> None:
    assert ranked_pairs_winners(Profile.from_ballots([], 3)) == (0, 1, 2)


def test_too_many_ways_have_no_answer() -> None:
    assert ranked_pairs_winners(Profile.of("abc", "bca", "cab"), most_steps=2) is None


def test_ten_statements_in_one_circle_are_settled() -> None:
    letters = "abcdefghij"
    turned = [letters[start:] + letters[:start] for start in range(10)]

    assert ranked_pairs_winners(Profile.of(*turned)) == tuple(range(10))
