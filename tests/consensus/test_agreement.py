import numpy as np
import pytest

from app.consensus import Ballot, Policy, Profile, agreement
from app.consensus.agreement import label
from app.consensus.words import BY_CHANCE, GAPS, LEVELS, PAIR, TOO_FEW

FLAT = Ballot(((0, 1, 2, 3, 4, 5),))


def phrase_of(p: Profile) -> str | None:
    found = agreement(p).phrase
    return None if found is None else found.text


def test_one_answer_has_no_words() -> None:
    assert agreement(Profile.of("abc")).phrase is None
    assert agreement(Profile.from_ballots([], 3)).phrase is None


def test_flat_answers_have_no_words_however_many() -> None:
    assert agreement(Profile.from_ballots([FLAT] * 8, 6)).phrase is None


def test_two_answers_are_told_how_many_pairs_they_put_alike_and_get_no_label() -> None:
    found = agreement(Profile.of("abcde", "abced"))

    assert found.phrase is not None
    assert found.phrase.say() == "You put 9 of 10 pairs in the same order."
    assert (found.meter, found.p) == (0, None)


def test_two_answers_that_tie_the_same_two_put_that_pair_alike() -> None:
    found = agreement(Profile.from_ballots([Ballot(((0, 1), (2,))), Ballot(((0, 1), (2,)))], 3)).phrase

    assert found is not None
    assert found.say() == "You put 3 of 3 pairs in the same order."


def test_two_answers_with_gaps_are_compared_on_what_both_place() -> None:
    ballots = [Ballot.ranked((0, 1, 2)), Ballot.ranked((2, 1))]
    found = agreement(Profile.from_ballots(ballots, 4, policy=Policy(unlisted="missing"))).phrase

    assert found is not None
    assert found.say() == "You put 0 of 1 pairs in the same order."


def test_third_flat_answer_leaves_a_pair() -> None:
    ballots = [Ballot.ranked(range(6)), Ballot.ranked(range(6)), FLAT]

    assert phrase_of(Profile.from_ballots(ballots, 6)) == PAIR


@pytest.mark.parametrize(("m", "told"), [(3, TOO_FEW), (4, TOO_FEW), (5, TOO_FEW), (6, LEVELS[4])])
def test_two_statements_need_six_people_to_tell(m: int, told: str) -> None:
    assert phrase_of(Profile.of(*["ab"] * m)) == told


def test_three_people_can_be_told_apart_from_chance_over_three_statements() -> None:
    assert phrase_of(Profile.of("abc", "abc", "abc")) == LEVELS[4]


def test_one_statement_puts_nothing_in_order_and_has_no_words() -> None:
    assert phrase_of(Profile.of(*["a"] * 8)) is None


def test_circle_is_no_more_alike_than_chance() -> None:
    found = agreement(Profile.of("abc", "bca", "cab"))

    assert found.phrase is not None
    assert (found.phrase.text, found.meter, found.p) == (BY_CHANCE, 0, 1.0)
    assert not found.beyond_chance


def test_answers_with_gaps_get_no_figure() -> None:
    ballots = [Ballot.ranked((0, 1, 2))] * 4 + [Ballot.ranked((0, 1))]

    assert phrase_of(Profile.from_ballots(ballots, 3, policy=Policy(unlisted="missing"))) == GAPS
    assert phrase_of(Profile.from_ballots(ballots, 3)) == LEVELS[4]


@pytest.mark.parametrize(
    ("level", "lowest", "highest"), [(0, -1.0, 0.3), (1, 0.3, 0.5), (2, 0.5, 0.7), (3, 0.7, 0.9), (4, 0.9, 1.01)]
)
def test_label_goes_by_the_mean_correlation(level: int, lowest: float, highest: float) -> None:
    random = np.random.default_rng(level)
    seen = 0
    for noise in np.linspace(0.1, 9, 120):
        scores = np.arange(8) + noise * random.standard_normal((8, 8))
        found = agreement(Profile.from_orders(scores.argsort(axis=1)))
        assert found.measured is not None
        if found.beyond_chance and lowest <= found.measured.r < highest:
            assert found.phrase is not None
            assert (found.phrase.text, found.meter) == (LEVELS[level], level + 1)
            seen += 1
        elif not found.beyond_chance:
            assert found.meter == 0
    assert seen > 2


@pytest.mark.parametrize("bound", range(4))
def test_bound_itself_gets_the_higher_label(bound: int) -> None:
    value = (0.3, 0.5, 0.7, 0.9)[bound]
    assert label(value) == bound + 1
    assert label(value - 1e-9) == bound


def test_random_answers_are_rarely_labelled() -> None:
    random = np.random.default_rng(21)
    labelled = 0
    for _ in range(400):
        orders = random.permuted(np.tile(np.arange(6), (5, 1)), axis=1)
        labelled += agreement(Profile.from_orders(orders)).meter > 0

    assert labelled <= 400 * 0.05 + 4 * (400 * 0.05 * 0.95) ** 0.5
