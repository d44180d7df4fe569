import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import disclosure


@pytest.mark.parametrize(
    ("answers", "order", "figures", "totals"),
    [
        (0, False, False, False),
        (2, False, False, False),
        (3, True, False, False),
        (4, True, True, False),
        (5, True, True, True),
        (30, True, True, True),
    ],
)
def test_more_is_shown_the_more_people_answered(answers: int, order: bool, figures: bool, totals: bool) -> None:
    assert disclosure.may_show_order(answers) == order
    assert disclosure.may_show_figures(answers) == figures
    assert disclosure.may_show_totals(answers) == totals
    assert disclosure.may_show_histogram(answers) == totals
    assert disclosure.may_tell_how_many_below(answers) == totals


@pytest.mark.parametrize(("count", "text"), [(0, "0"), (1, "1–2"), (2, "1–2"), (3, "3"), (40, "40")])
def test_count_in_an_export_hides_one_and_two(count: int, text: str) -> None:
    assert disclosure.count_for_export(count) == text


COUNTS = st.dictionaries(
    st.sampled_from(["education", "health", "housing", "police", "social care", None]), st.integers(0, 9)
)


@given(COUNTS)
def test_agency_lines_need_three_agencies_of_three_and_leave_nobody_to_subtract(answers: dict[str | None, int]) -> None:
    lines = disclosure.agency_lines(answers)
    rest = sum(answers.values()) - sum(answers[name] for name in lines)

    assert lines == () or len(lines) >= 3
    assert all(answers[name] >= 3 for name in lines)
    assert lines == () or rest == 0 or rest >= 3


@given(COUNTS)
def test_agency_lines_are_all_that_may_be_shown_where_nobody_is_too_few(answers: dict[str | None, int]) -> None:
    named = sorted(name for name in answers if name is not None)
    enough = len(named) >= 3 and all(count >= 3 for count in answers.values())

    if enough:
        assert disclosure.agency_lines(answers) == tuple(named)


def test_person_without_an_agency_is_not_left_to_subtract() -> None:
    assert disclosure.agency_lines({"education": 3, "health": 3, "police": 3, None: 1}) == ()
    assert disclosure.agency_lines({"education": 3, "health": 3, "police": 3, None: 3}) == (
        "education",
        "health",
        "police",
    )


def test_agency_without_answers_needs_no_line_and_hides_nobody() -> None:
    found = disclosure.agency_lines({"education": 3, "health": 3, "police": 3, "housing": 0})

    assert found == ("education", "health", "police")


@pytest.mark.parametrize(
    ("answers", "allowed"),
    [
        ({"education": 3, "health": 3, "police": 3}, True),
        ({"education": 3, "health": 3, "police": 2}, False),
        ({"education": 9, "health": 9}, False),
        ({"education": 3, "health": 3, "police": 3, None: 1}, False),
        ({"education": 3, "health": 3, None: 3}, True),
        ({"education": 3, "health": 3, "police": 3, "housing": 0}, True),
        ({}, False),
    ],
)
def test_parity_order_is_shown_where_no_group_is_a_few(answers: dict[str | None, int], allowed: bool) -> None:
    assert disclosure.may_show_parity(answers) == allowed
