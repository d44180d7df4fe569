import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consensus import scale_agreement

EXAMPLES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "van_der_eijk.json").read_text())
ANSWERS = st.lists(st.integers(0, 20), min_size=3, max_size=7)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_van_der_eijks_examples_come_out(example: dict[str, Any]) -> None:
    expected = example["A"]
    assert scale_agreement(example["freq"]) == (None if expected is None else pytest.approx(expected, abs=1e-9))


@given(ANSWERS)
def test_agreement_on_a_scale_stays_between_its_ends(answers: list[int]) -> None:
    found = scale_agreement(answers)

    assert (found is None) == (sum(answers) == 0)
    assert found is None or -1 - 1e-9 <= found <= 1 + 1e-9


@given(ANSWERS)
def test_agreement_on_a_scale_is_the_same_upside_down_and_for_twice_as_many(answers: list[int]) -> None:
    found = scale_agreement(answers)

    for other in (answers[::-1], [2 * number for number in answers]):
        again = scale_agreement(other)
        assert again == (None if found is None else pytest.approx(found, abs=1e-9))
