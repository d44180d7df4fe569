import json
from collections.abc import Callable
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.consensus import Ballot, Policy, Profile, camps
from app.consensus.camps import best_split, parting

Orders = np.typing.NDArray[np.int64]
CALIBRATION: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "camps_null_calibration.json").read_text())
STATEMENTS = 10
REPEATS = 100


def mallows(random: np.random.Generator, m: int, concentration: float, *, reverse: bool = False) -> Orders:
    """Draw orders around 0, 1, 2 … (or its reverse): each item is inserted with weight e^(−concentration·steps)."""
    orders = []
    for _ in range(m):
        order: list[int] = []
        for item in range(STATEMENTS):
            weight = np.exp(-concentration * np.arange(item + 1))
            order.insert(item - int(random.choice(item + 1, p=weight / weight.sum())), item)
        orders.append(order[::-1] if reverse else order)
    return np.array(orders)


def opposed(random: np.random.Generator, m: int) -> Orders:
    return np.vstack([mallows(random, m // 2, 0.6), mallows(random, m - m // 2, 0.6, reverse=True)])


MODELS: dict[str, Callable[[np.random.Generator, int], Orders]] = {
    "uniform": partial(mallows, concentration=0.0),
    "mallows0.3": partial(mallows, concentration=0.3),
    "mallows0.6": partial(mallows, concentration=0.6),
    "two_opposed0.6": opposed,
}


def within_error(found: list[float], expected: float) -> bool:
    return bool(abs(float(np.mean(found)) - expected) < 5 * float(np.std(found)) / REPEATS**0.5)


@pytest.mark.parametrize("name", [name for name in CALIBRATION if name.startswith(("m4", "m6", "m8"))])
def test_camps_of_random_orders_are_as_calibrated(name: str) -> None:
    table = CALIBRATION[name]
    random = np.random.default_rng(11)
    draw = MODELS[name.split("_", 1)[1]]
    found = [camps(Profile.from_orders(draw(random, table["m"]))) for _ in range(REPEATS)]
    silhouettes = [split.silhouette for split in found if split is not None]

    assert len(silhouettes) == REPEATS
    assert within_error(silhouettes, table["sil_mean"])
    assert within_error([split.tau_between for split in found if split is not None], table["cross_mean"])
    for share, key in ((0.95, "sil_95"), (0.05, "sil_05")):
        if key in table:
            below = float(np.mean(np.array(silhouettes) <= table[key]))
            assert abs(below - share) < 5 * (share * (1 - share) / REPEATS) ** 0.5
    named = sum(split.found for split in found if split is not None)
    assert named <= 0.05 * REPEATS or table["model"] == "two_opposed"


def test_two_real_camps_of_three_are_found() -> None:
    random = np.random.default_rng(12)
    found = [camps(Profile.from_orders(opposed(random, 8))) for _ in range(100)]

    assert sum(split is not None and split.found for split in found) > 90


def test_best_split_leaves_the_least_distance_inside() -> None:
    random = np.random.default_rng(13)
    for m in (4, 5, 7):
        distance = random.random((m, m))
        distance = distance + distance.T
        np.fill_diagonal(distance, 0)

        def inside(group: tuple[int, ...], distance: Any = distance, m: int = m) -> float:
            rest = tuple(item for item in range(m) if item not in group)
            return sum(float(distance[np.ix_(part, part)].sum()) / len(part) for part in (group, rest))

        groups = [group for size in range(2, m - 1) for group in combinations(range(m), size)]
        side, _ = best_split(distance)
        assert inside(tuple(np.nonzero(side)[0].tolist())) == pytest.approx(min(map(inside, groups)))


def test_opposed_orders_are_two_camps() -> None:
    found = camps(Profile.of(*["abcdef"] * 3, *["fedcba"] * 4))

    assert found is not None
    assert (found.sizes, found.silhouette, found.tau_between, found.tau_within, found.found) == ((3, 4), 1, -1, 1, True)


def test_camp_of_two_is_not_named() -> None:
    found = camps(Profile.of(*["abcdef"] * 2, *["fedcba"] * 4))

    assert found is not None
    assert not found.found


def test_camps_that_agree_on_the_whole_are_not_named() -> None:
    found = camps(Profile.of(*["abcdefgh"] * 3, *["bacdefhg"] * 3))

    assert found is not None
    assert found.silhouette == 1.0
    assert not found.found


def test_identical_orders_have_no_camps() -> None:
    found = camps(Profile.of(*["abcdef"] * 6))

    assert found is not None
    assert (found.silhouette, found.found) == (0.0, False)


@pytest.mark.parametrize("m", [0, 3, 13])
def test_too_few_and_too_many_are_not_split(m: int) -> None:
    assert camps(Profile.from_ballots([Ballot.ranked((0, 1, 2))] * m, 3)) is None


def test_gaps_are_not_split() -> None:
    ballots = [Ballot.ranked((0, 1))] * 6
    assert camps(Profile.from_ballots(ballots, 3, policy=Policy(unlisted="missing"))) is None


def test_statements_that_part_the_camps_are_those_furthest_apart() -> None:
    p = Profile.of(*["abcdef"] * 3, *["fbcdea"] * 3)
    found = camps(p)

    assert found is not None
    assert parting(p, found) == (0, 5)
