from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consensus import Ballot, Policy, Profile, Tally, UnknownItem
from tests.consensus.strategies import POLICIES, ballot_lists


def counts_of(tally: Tally) -> dict[str | None, tuple[object, ...]]:
    return {agency: (c.wins.tolist(), c.ties.tolist(), c.ballots) for agency, c in tally.counts.items()}


@given(ballot_lists(most=8), POLICIES, st.randoms(use_true_random=False))
def test_put_and_remove_in_any_order_give_what_counting_anew_gives(
    drawn: tuple[list[Ballot], int], policy: Policy, random: Random
) -> None:
    ballots, n = drawn
    steps = list(enumerate(ballots)) + [(seat, ballots[0]) for seat in range(3) if ballots]
    random.shuffle(steps)
    tally, kept = Tally(n, policy), dict[int, Ballot]()
    for seat, ballot in steps:
        tally.put(seat, ballot)
        kept[seat] = ballot
    for seat in list(kept)[::2]:
        tally.remove(seat)
        del kept[seat]
    anew = Tally(n, policy)
    for seat in sorted(kept):
        anew.put(seat, kept[seat])

    assert counts_of(tally) == counts_of(anew)
    assert len(tally) == len(kept)
    straight = Profile.from_ballots(kept.values(), n, policy=policy)
    assert tally.profile().wins.tolist() == straight.wins.tolist()
    assert tally.profile().ties.tolist() == straight.ties.tolist()


def test_removing_everybody_leaves_nothing() -> None:
    tally = Tally(2)
    tally.put("seat", Ballot(((0,), (1,)), agency="health"))
    tally.remove("seat")
    tally.remove("seat")

    assert tally.counts == {}
    assert tally.profile().m == 0


def test_refused_ballot_leaves_the_earlier_one() -> None:
    tally = Tally(2)
    tally.put("seat", Ballot(((1,), (0,))))
    with pytest.raises(UnknownItem):
        tally.put("seat", Ballot(((5,),)))

    assert tally.profile().wins.tolist() == [[0, 0], [1, 0]]


def test_tally_under_parity_weighs_agencies() -> None:
    tally = Tally(2, Policy(weighting="parity"))
    for seat, (order, agency) in enumerate([((0, 1), "health"), ((0, 1), "health"), ((1, 0), "police")]):
        tally.put(seat, Ballot.ranked(order, agency=agency))

    assert tally.profile().wins.tolist() == [[0, 2], [2, 0]]
