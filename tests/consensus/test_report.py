"""Which sentence and figure appears when, and when it must not."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from app import disclosure
from app.consensus import Ballot, Phrase, Policy, Profile, Report, report
from app.consensus import words as w
from tests.consensus.strategies import ballot_lists, profiles

SIX = "abcdef"
FLAT = Ballot((tuple(range(6)),))


def of(*orders: str, agencies: str = "", policy: Policy | None = None) -> Profile:
    """Make a profile of letters; `agencies` gives each order's agency as a letter, - for none."""
    names = [None if name == "-" else name for name in agencies] or [None] * len(orders)
    ballots = [
        Ballot.ranked([ord(x) - ord("a") for x in order], agency=name)
        for order, name in zip(orders, names, strict=True)
    ]
    return Profile.from_ballots(ballots, max(map(len, orders)), policy=policy or Policy())


def texts(phrases: tuple[Phrase, ...]) -> list[str]:
    return [phrase.text for phrase in phrases]


def shown(told: Report) -> set[str]:
    """Name the parts of a report that hold anything."""
    always = {"n", "k", "answers", "counted", "left_out", "summary"}
    empty: tuple[Any, ...] = (None, (), 0)
    return {field.name for field in fields(told) if field.name not in always and getattr(told, field.name) not in empty}


FROM_THREE = {"order", "places", "agreement", "meter", "top", "alike", "cross_check"}


@pytest.mark.parametrize(
    ("m", "parts"),
    [
        (0, set()),
        (1, set()),
        (2, {"agreement"}),
        (3, FROM_THREE | {"warnings", "prompts"}),
        (4, FROM_THREE | {"warnings", "prompts", "figures", "likeness"}),
        (5, FROM_THREE | {"figures", "likeness", "mean_ranks", "most_shared", "most_split", "steady", "drawn_again"}),
        (8, FROM_THREE | {"figures", "likeness", "mean_ranks", "most_shared", "most_split", "steady", "drawn_again"}),
        (9, FROM_THREE | {"figures", "likeness", "mean_ranks", "most_shared", "most_split", "steady"}),
    ],
)
def test_number_of_answers_decides_what_is_in_the_report(m: int, parts: set[str]) -> None:
    assert shown(report(Profile.from_ballots([Ballot.ranked(range(6))] * m, 6), k=3)) == parts


@pytest.mark.parametrize("m", [3, 4, 5, 8])
def test_answers_that_tie_everything_do_not_lift_a_table_over_a_threshold(m: int) -> None:
    alone = report(of(SIX, SIX), k=3)
    told = report(Profile.from_ballots([Ballot.ranked(range(6))] * 2 + [FLAT] * (m - 2), 6), k=3)

    assert shown(told) == shown(alone) == {"agreement"}
    assert (told.answers, told.counted, told.left_out) == (m, 2, m - 2)


def test_summary_says_how_many_were_counted_and_left_out() -> None:
    told = report(Profile.from_ballots([Ballot.ranked(range(6))] * 4 + [FLAT], 6), k=3)

    assert told.summary.say() == "Orders counted: 4. Statements: 6. Left out: 1."


@pytest.mark.parametrize(("m", "told"), [(3, True), (4, True), (5, False), (8, False)])
def test_one_person_can_turn_a_table_of_three_or_four(m: int, told: bool) -> None:
    found = report(of(*[SIX] * m), k=3)

    assert (w.FEW in texts(found.warnings)) == told
    assert (w.ASK_FEW in texts(found.prompts)) == told


def test_clean_order_of_five_needs_no_warning() -> None:
    found = report(of(*[SIX] * 5), k=3)

    assert (found.warnings, found.prompts, found.contested) == ((), (), ())


def test_incomplete_answers_are_warned_about_in_the_words_of_the_policy() -> None:
    orders = [SIX, SIX, SIX, SIX, "abc"]

    assert texts(report(of(*orders), k=3).warnings) == [w.INCOMPLETE]
    missing = report(of(*orders, policy=Policy(unlisted="missing")), k=3)
    assert texts(missing.warnings) == [w.INCOMPLETE_UNKNOWN]


def test_discarded_statement_is_not_left_out() -> None:
    ballots = [Ballot.ranked(range(5), discarded=[5])] * 5

    assert report(Profile.from_ballots(ballots, 6), k=3).warnings == ()


def test_many_ties_are_warned_about() -> None:
    tied = Ballot(((0, 1, 2), (3, 4, 5)))

    assert w.MANY_TIES in texts(report(Profile.from_ballots([tied] * 5, 6), k=3).warnings)
    some = Ballot(((0, 1), (2,), (3,), (4,), (5,)))
    assert w.MANY_TIES not in texts(report(Profile.from_ballots([some] * 5, 6), k=3).warnings)


def test_level_statements_across_the_cut_are_shown_and_not_broken() -> None:
    found = report(of("abcdef", "abdcef", "abcdef", "abdcef", "abcdef", "abdcef"), k=3)

    assert found.order == ((0,), (1,), (2, 3), (4,), (5,))
    assert (found.top, found.level_at_cut) == ((0, 1), (2, 3))
    assert Phrase(w.LEVEL_AT_CUT, (("place", 3),)) in found.warnings
    assert w.ASK_LEVEL in texts(found.prompts)


@pytest.mark.parametrize("k", [1, 2, 4, 5, 6])
def test_level_statements_beside_the_cut_are_no_matter(k: int) -> None:
    found = report(of("abcdef", "abdcef", "abcdef", "abdcef", "abcdef", "abdcef"), k=k)

    assert found.level_at_cut == ()
    assert len(found.top) == k
    assert w.LEVEL_AT_CUT not in texts(found.warnings)


def test_borda_and_kemeny_that_differ_are_said_and_marked() -> None:
    found = report(of(*["abc"] * 3, *["bca"] * 2), k=1)

    assert found.order == ((1,), (0,), (2,))
    assert found.cross_check == (0, 1, 2)
    assert w.DIFFER in texts(found.warnings)
    assert w.SEVERAL not in texts(found.warnings)
    assert w.CYCLE not in texts(found.warnings)
    assert found.contested == (0, 1)
    assert w.ASK_CONTESTED in texts(found.prompts)


def test_several_optima_are_said() -> None:
    found = report(of("abc", "acb", "abc", "acb"), k=2)

    assert w.SEVERAL in texts(found.warnings)
    assert w.DIFFER not in texts(found.warnings)
    assert found.order == ((0,), (1, 2))
    assert found.contested == ()


def test_contested_are_the_statements_that_optima_order_otherwise_than_the_means() -> None:
    found = report(of("abc", "abc", "bca", "bac"), k=1)

    assert found.order == ((1,), (0,), (2,))
    assert w.SEVERAL in texts(found.warnings)
    assert found.contested == (0, 1)


def test_majorities_in_a_circle_are_said() -> None:
    found = report(of("abcd", "bcad", "cabd"), k=2)

    assert w.CYCLE in texts(found.warnings)
    assert w.ASK_CYCLE in texts(found.prompts)


def test_order_above_fifteen_statements_has_no_cross_check_and_no_contest() -> None:
    orders = np.random.default_rng(8).permuted(np.tile(np.arange(16), (6, 1)), axis=1)
    found = report(Profile.from_orders(orders), k=5)

    assert (found.cross_check, found.contested) == (None, ())
    assert len(found.order) > 1


THREE_AGENCIES = "hhhhhhpppeee"


def test_parity_that_changes_the_top_is_said_where_it_may_be_shown() -> None:
    found = report(of(*["abc"] * 6, *["bac"] * 3, *["bac"] * 3, agencies=THREE_AGENCIES), k=1)

    assert found.order[0] == (0, 1)
    assert found.parity_order == ((1,), (0,), (2,))
    assert w.PARITY in texts(found.warnings)
    assert w.ASK_PARITY in texts(found.prompts)


def test_parity_that_keeps_the_top_is_shown_without_a_warning() -> None:
    found = report(of(*["abc"] * 9, *["acb"] * 3, agencies=THREE_AGENCIES), k=1)

    assert found.parity_order == ((0,), (1,), (2,))
    assert w.PARITY not in texts(found.warnings)


@pytest.mark.parametrize(
    "agencies",
    [
        "hhhhhhhhhhpe",  # agencies of one
        "hhhhhhppppee",  # one agency of two
        "hhhhhhpppppp",  # two agencies
        "hhhhhpppeee-",  # one person who named none
        "------------",
    ],
)
def test_parity_is_not_shown_where_it_would_show_a_few(agencies: str) -> None:
    found = report(of(*["abc"] * 6, *["bac"] * 6, agencies=agencies), k=1)

    assert found.parity_order is None
    assert w.PARITY not in texts(found.warnings)


def test_profile_that_is_weighed_by_parity_has_no_second_parity_order() -> None:
    p = of(*["abc"] * 6, *["bac"] * 6, agencies=THREE_AGENCIES).weighted("parity")

    assert report(p, k=1).parity_order is None
    assert report(p, k=1).order[0] == (1,)


@pytest.mark.parametrize(("orders", "words"), [((SIX,) * 6, w.STEADY), ((SIX,) * 4 + ("bacdef",) * 4, w.UNSTEADY)])
def test_first_place_that_holds_or_hangs_on_one_person_is_said(orders: tuple[str, ...], words: str) -> None:
    found = report(of(*orders), k=3)

    assert found.steady == Phrase(words)
    assert found.drawn_again is not None


def test_nothing_is_said_of_stability_where_chance_could_agree_as_well() -> None:
    found = report(of("abcdef", "fedcba", "bcdaef", "edfabc", "cafebd"), k=3)

    assert found.meter == 0
    assert (found.steady, found.drawn_again) == (None, None)


def test_drawn_again_counts_every_statement_that_leads() -> None:
    found = report(of(*[SIX] * 8), k=3).drawn_again

    assert found is not None
    assert found.say() == "Drawn again from the same people, first place stays as it is 10 times in 10."


def test_two_camps_are_said_without_saying_who() -> None:
    found = report(of(*["abcdef"] * 3, *["fbcdea"] * 3), k=3)

    assert found.camps == Phrase(w.CAMPS)
    assert found.split_on == (0, 5)
    assert w.ASK_CAMPS in texts(found.prompts)


@pytest.mark.parametrize("sizes", [(2, 4), (1, 5), (2, 2), (7, 6)])
def test_camps_of_fewer_than_three_and_tables_above_twelve_are_not_split(sizes: tuple[int, int]) -> None:
    found = report(of(*["abcdef"] * sizes[0], *["fedcba"] * sizes[1]), k=3)

    assert (found.camps, found.split_on) == (None, ())


def test_likeness_is_five_in_ten_for_strangers_and_ten_for_twins() -> None:
    twins = report(of(*[SIX] * 4), k=3).likeness
    assert twins is not None
    assert twins.values == (("times", 10),)
    orders = np.random.default_rng(9).permuted(np.tile(np.arange(10), (60, 1)), axis=1)
    strangers = report(Profile.from_orders(orders), k=3).likeness
    assert strangers is not None
    assert strangers.values == (("times", 5),)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (("abcdef", "fedcba", "badcfe"), (SIX,) * 3, w.CLOSER),
        ((SIX,) * 3, ("abcdef", "fedcba", "badcfe"), w.FURTHER),
        ((SIX,) * 3, (SIX,) * 3, w.AS_BEFORE),
    ],
)
def test_change_between_rounds_is_said(before: tuple[str, ...], after: tuple[str, ...], words: str) -> None:
    found = report(of(*after), k=3, before=of(*before))

    assert found.change == Phrase(words)
    assert found.rounds is None


def test_figures_of_the_change_need_five_in_both_rounds() -> None:
    five, four, two = (of(*[SIX] * m) for m in (5, 4, 2))

    assert report(five, k=3, before=five).rounds is not None
    assert report(five, k=3, before=four).rounds is None
    assert report(five, k=3, before=two).change is None
    assert report(two, k=3, before=five).change is None
    assert report(five, k=3).change is None


def test_alike_are_statements_that_nobody_places_far_off() -> None:
    found = report(of("abcdefghi", "abcdefgih", "bahdefgic"), k=5)

    assert found.alike == (0, 1, 3, 4, 5, 6, 8)


@settings(max_examples=60)
@given(profiles(most=9))
def test_report_of_any_profile_is_hashable_and_knows_no_more_than_is_allowed(p: Profile) -> None:
    told = report(p, k=2)

    hash(told)
    assert told.answers == told.counted + told.left_out == p.m
    assert bool(told.order) == disclosure.may_show_order(told.counted)
    if not disclosure.may_show_figures(told.counted):
        assert (told.figures, told.likeness) == (None, None)
    if not disclosure.may_show_totals(told.counted):
        assert (told.mean_ranks, told.most_shared, told.most_split, told.contested_pair) == (None, (), (), None)


@settings(max_examples=60)
@given(ballot_lists(smallest=1, most=8))
def test_flat_ballot_changes_nothing_but_the_count_of_those_left_out(drawn: tuple[list[Ballot], int]) -> None:
    ballots, n = drawn
    flat = Ballot((tuple(range(n)),))
    one, other = (report(Profile.from_ballots(some, n), k=2) for some in (ballots, [*ballots, flat]))
    differ = {field.name for field in fields(one) if getattr(one, field.name) != getattr(other, field.name)}

    assert differ == {"answers", "left_out", "summary"}


def test_report_of_a_room_of_thousands_is_ready() -> None:
    orders = np.random.default_rng(10).permuted(np.tile(np.arange(10), (20_000, 1)), axis=1)
    told = report(Profile.from_orders(orders), k=5)

    assert told.figures is not None
    assert told.figures.method == "F"
    assert told.counted == 20_000
