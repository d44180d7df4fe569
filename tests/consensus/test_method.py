"""The worked table of `docs/method.md` is what the engine computes."""

from pathlib import Path

import pytest

from app.consensus import Profile, borda, chance, concordance, contested_pair, kemeny, report, spread, stability, tau

PAGE = (Path(__file__).parents[2] / "docs" / "method.md").read_text()
TABLE = Profile.of("abcde", "abdce", "bacde", "abced", "adbce")


def test_page_shows_the_orders_it_works_with() -> None:
    lines = [line for line in PAGE.splitlines() if line[:3] in {f"| {place}" for place in range(1, 6)}]
    rows = [line.strip("| ").split(" | ")[1:] for line in lines[:5]]
    orders = ["".join(column).lower() for column in zip(*rows, strict=True)]

    assert Profile.of(*orders).places.tolist() == TABLE.places.tolist()


def test_mean_ranks_points_and_pairs_are_as_the_page_says() -> None:
    found = borda(TABLE)

    assert found.mean_rank == pytest.approx((1.2, 2.0, 3.4, 3.6, 4.8))
    for item, (points, mean) in enumerate(zip(found.points, found.mean_rank or (), strict=True)):
        assert f"| {5 * mean:.0f} | {mean:.1f} | {points:.0f} |" in PAGE
        pairs = [("–" if item == other else str(count)) for other, count in enumerate(TABLE.wins[item].tolist())]
        assert f"| **{'ABCDE'[item]}** | {' | '.join(pairs)} |" in PAGE


def test_agreement_is_as_the_page_says() -> None:
    found, pairs, p = concordance(TABLE), tau(TABLE), chance(TABLE)

    assert found is not None
    assert p is not None
    assert (found.s, found.w, found.r) == pytest.approx((200, 0.8, 0.75))
    assert p.p == 0.0005
    assert (pairs.agree, pairs.mean_tau_a) == pytest.approx((0.82, 0.64))


def test_cross_check_split_and_stability_are_as_the_page_says() -> None:
    found, order, held = spread(TABLE), kemeny(TABLE), stability(TABLE)
    pair = contested_pair(TABLE)

    assert (order.score, order.n_optimal, order.shown) == (5, 1, (0, 1, 2, 3, 4))
    assert found.items[3].split == pytest.approx(0.26)
    assert (found.most_split, found.most_shared) == ((3,), (0, 4))
    assert pair is not None
    assert (pair.above, pair.below, pair.in_favour, pair.against) == (2, 3, 3, 2)
    assert held.same_top == 5
    assert held.first is not None
    assert held.first[0] == pytest.approx(0.95488)


def test_report_on_the_table_says_what_the_page_says() -> None:
    found = report(TABLE, k=3)

    assert found.agreement is not None
    assert found.agreement.text == "Strong agreement"
    assert found.drawn_again is not None
    assert "9 times in 10" in found.drawn_again.say()
