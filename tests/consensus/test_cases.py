"""The reference cases: answers from books, R, scipy and brute force, compared key by key."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.consensus.files import analyse

CASES = sorted(
    path for path in (Path(__file__).parent / "cases").glob("*.json") if "expected" in json.loads(path.read_text())
)

NOT_OURS = {
    "kemeny_cpsat_only",  # above the limit of the exact search
}

TOLERANCES = {
    "borda_points": "borda",
    "borda_net": "borda",
    "borda_share": "borda",
    "mean_rank": "borda",
    "mean_spearman": "tau",
    "tau": "tau",
    "generalised_w": "W",
    "items": "shares",
    "bootstrap_exact": "shares",
    "skillings_mack": "p",
}
OF_W = {"chi2": "chi2", "F": "F", "p_chi2": "p", "p_F": "p"}


def differences(expected: Any, found: Any, tolerance: float, trail: str) -> list[str]:
    """List where two answers differ by more than the tolerance; keys that are not expected are not compared."""
    if isinstance(expected, dict):
        assert isinstance(found, dict), trail
        return [
            text
            for key in expected
            for text in differences(expected[key], found.get(key, "absent"), tolerance, f"{trail}.{key}")
        ]
    if isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            return [f"{trail}: {found} instead of {expected}"]
        pairs = enumerate(zip(expected, found, strict=True))
        return [text for i, (a, b) in pairs for text in differences(a, b, tolerance, f"{trail}[{i}]")]
    if isinstance(expected, float) and isinstance(found, float | int):
        return [] if abs(expected - found) <= tolerance else [f"{trail}: {found} instead of {expected}"]
    same = expected == found and isinstance(expected, bool) == isinstance(found, bool)
    return [] if same else [f"{trail}: {found} instead of {expected}"]


def differences_of_p(expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    exact = expected["method"] == "exact"
    allowed = 1e-12 if exact else 4 * (expected["se"] + found["se"])
    wrong = abs(expected["p"] - found["p"]) > allowed or (exact and found["method"] != "exact")
    return [f"p_permutation: {found} instead of {expected}"] if wrong else []


def differences_of_median(expected: dict[str, Any], found: dict[str, Any], tolerance: float) -> list[str]:
    """Compare the best orders as a set; where every order is as good, the source lists only one of them."""
    wrong = differences(float(expected["mean_tau_x"]), found["mean_tau_x"], tolerance, "median.mean_tau_x")
    listed = [order in found["rankings"] for order in expected["rankings"]]
    all_listed = len(listed) == found["n_optimal"] or expected["mean_tau_x"] == 0
    return wrong if all(listed) and all_listed else [*wrong, f"median: {found} instead of {expected}"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_gives_every_expected_figure(path: Path) -> None:
    case = json.loads(path.read_text())
    found = json.loads(analyse(path).as_json())
    wrong: list[str] = []
    for key, expected in case["expected"].items():
        if key in NOT_OURS:
            continue
        if key == "p_permutation":
            wrong += differences_of_p(expected, found[key])
        elif key == "tau_x_median_weak_orders":
            wrong += differences_of_median(expected, found[key], case["tolerance"]["tau"])
        elif key == "kendall_w":
            for part, value in expected.items():
                tolerance = case["tolerance"][OF_W.get(part, "W")]
                wrong += differences(value, found[key][part], tolerance, f"kendall_w.{part}")
        else:
            tolerance = case["tolerance"].get(TOLERANCES.get(key, "counts"), 0)
            wrong += differences(expected, found[key], tolerance, key)
    assert wrong == []


def test_case_above_fifteen_statements_has_no_exact_order() -> None:
    found = json.loads(analyse(Path(__file__).parent / "cases" / "irr_anxiety.json").as_json())

    assert found["kemeny"] is None
    assert found["borda_is_kemeny_optimal"] is None
