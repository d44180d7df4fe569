"""Random ballots for property tests: ties, gaps, discards and agencies."""

from hypothesis import strategies as st

from app.consensus import Ballot, Policy, Profile

AGENCIES = st.sampled_from(["health", "police", "education", None])
POLICIES = st.builds(Policy, st.sampled_from(["below", "missing"]), st.sampled_from(["last", "missing"]))
UNLISTED, DISCARDED = -1, -2


def ballot(marks: list[int], agency: str | None) -> Ballot:
    """Make a ballot from a mark for each statement: lower is better, equal is level, below 0 is not ranked."""
    tiers = [tuple(i for i, mark in enumerate(marks) if mark == value) for value in sorted(set(marks)) if value >= 0]
    return Ballot(tuple(tiers), tuple(i for i, mark in enumerate(marks) if mark == DISCARDED), agency)


def ballots(n: int, *, complete: bool = False) -> st.SearchStrategy[Ballot]:
    """Draw a ballot on n statements; a complete one ranks each of them."""
    marks = st.integers(0 if complete else DISCARDED, 2 * n)
    return st.builds(ballot, st.lists(marks, min_size=n, max_size=n), AGENCIES)


@st.composite
def ballot_lists(
    draw: st.DrawFn, *, complete: bool = False, smallest: int = 0, most: int = 7, statements: tuple[int, int] = (2, 6)
) -> tuple[list[Ballot], int]:
    """Draw some ballots and the number of statements they are on."""
    n = draw(st.integers(*statements))
    return draw(st.lists(ballots(n, complete=complete), min_size=smallest, max_size=most)), n


@st.composite
def profiles(
    draw: st.DrawFn, *, complete: bool = False, smallest: int = 0, most: int = 7, statements: tuple[int, int] = (2, 6)
) -> Profile:
    """Draw a profile; one that need not be complete gets a random policy."""
    drawn, n = draw(ballot_lists(complete=complete, smallest=smallest, most=most, statements=statements))
    return Profile.from_ballots(drawn, n, policy=Policy() if complete else draw(POLICIES))
