from hypothesis import given, settings

from app.consensus import Profile, condorcet, schulze
from tests.consensus import brute
from tests.consensus.strategies import profiles


@given(profiles(statements=(1, 6)))
def test_smith_set_is_the_smallest_that_beats_the_rest(p: Profile) -> None:
    assert condorcet(p).smith == brute.smith(p)


@given(profiles(statements=(2, 6)))
def test_winner_and_copeland_are_counts_of_majorities(p: Profile) -> None:
    wins = brute.wins(p)
    score = tuple(
        sum(wins[x][y] > wins[y][x] for y in range(p.n)) - sum(wins[x][y] < wins[y][x] for y in range(p.n))
        for x in range(p.n)
    )
    found = condorcet(p)

    assert found.copeland == score
    assert found.winner == (score.index(p.n - 1) if p.n - 1 in score else None)
    assert found.loser == (score.index(1 - p.n) if 1 - p.n in score else None)


def strengths(p: Profile, *, margins: bool) -> list[list[int]]:
    """Grow the strongest paths edge by edge until nothing gets stronger."""
    wins = brute.wins(p)
    best = [
        [(wins[x][y] - wins[y][x] if margins else wins[x][y]) if wins[x][y] > wins[y][x] else 0 for y in range(p.n)]
        for x in range(p.n)
    ]
    edges = [row[:] for row in best]
    for _ in range(p.n):
        best = [
            [max(best[x][y], *(min(best[x][z], edges[z][y]) for z in range(p.n))) for y in range(p.n)]
            for x in range(p.n)
        ]
    return best


@settings(max_examples=30)
@given(profiles(statements=(2, 5)))
def test_schulze_never_puts_a_stronger_path_below(p: Profile) -> None:
    found = schulze(p)
    for tiers, margins in ((found.winning, False), (found.margins, True)):
        path = strengths(p, margins=margins)
        place = {item: number for number, tier in enumerate(tiers) for item in tier}
        for x in range(p.n):
            for y in range(p.n):
                if x != y and path[x][y] > path[y][x]:
                    assert place[x] < place[y]
        top = {x for x in range(p.n) if all(path[x][y] >= path[y][x] for y in range(p.n) if y != x)}
        assert set(tiers[0]) == top


def test_majorities_in_a_circle_are_a_cycle() -> None:
    assert condorcet(Profile.of("abc", "bca", "cab")).cycle


def test_order_without_a_circle_is_no_cycle() -> None:
    found = condorcet(Profile.of("abc", "abc", "cab"))

    assert not found.cycle
    assert found.winner == 0


def test_exact_halves_beat_nobody() -> None:
    found = condorcet(Profile.of("ab", "ba"))

    assert (found.winner, found.loser, found.weak_winners, found.smith, found.cycle) == (
        None,
        None,
        (0, 1),
        (0, 1),
        False,
    )


def test_single_statement_is_winner_and_loser() -> None:
    found = condorcet(Profile.of("a"))

    assert (found.winner, found.loser, found.smith) == (0, 0, (0,))
