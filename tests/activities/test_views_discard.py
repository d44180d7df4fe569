"""What a seat sees while its table agrees on what to discard."""

from dataclasses import replace

from app.activities.checks import CheckAnswer
from app.activities.ranking.shapes import Answer, Ballot, Board, Discarded, Either, EitherAnswer, EitherOutcome
from app.activities.ranking.views.words import seat_words
from tests.activities.seats import PROPOSAL, answer, check, page, regions, scene

OPEN = Board(proposals=(PROPOSAL,), checks=(check(1, "p1"),))
GONE = Discarded(statement="s6", reason="It can go.", reason_id="p1", check=1)
PAIR = {1: ("s1", "s2", "s3", "s4", "s5"), 2: ("s2", "s1", "s3", "s4", "s5")}


def test_nominations_of_five_are_counts_with_their_reasons() -> None:
    shown = page(scene("discard", Board()))["nominations"]
    assert '<span class="tally__count num">2' in shown
    assert shown.index("Statement 5.") < shown.index("Statement 4.")
    assert "“Because of this.”" in shown
    assert "“Because of that.”" in shown


def test_nominations_of_three_have_no_counts() -> None:
    shown = page(scene("discard", Board(), people=3))["nominations"]
    assert "tally__count" not in shown
    assert "Statement 6." in shown
    assert "“Because of this.”" in shown


def test_nominations_of_two_stay_private() -> None:
    shown = page(scene("discard", Board(), people=2))["nominations"]
    assert "Statement" not in shown
    assert "Because" not in shown


def test_a_hidden_reason_is_left_out() -> None:
    seen = scene("discard", Board())
    ids = {said.text: said.id for one in seen.revealed["solo"].nominations for said in one.reasons}
    shown = page(scene("discard", Board(hidden=(ids["Because of this."],))))["nominations"]
    assert "Because of this." not in shown
    assert "Because of that." in shown


def test_the_card_of_an_open_check_asks_in_private_and_says_the_rule() -> None:
    shown = page(scene("discard", OPEN))
    assert 'data-version="3"' in shown["proposal"]
    assert "Discard “Statement 6”" in shown["proposal"]
    assert "“It can go.”" in shown["proposal"]
    assert "Passes when all present are at 3 or more." in shown["proposal"]
    assert "if you all answer alike" in shown["proposal"]
    assert "Send answer" in shown["send"]
    assert "on" not in shown


def test_the_card_stays_as_it_is_when_others_answer() -> None:
    before, after = (
        {region.id: region for region in regions(scene("discard", OPEN, done=done, board_version=version))}
        for done, version in ((1, 7), (4, 9))
    )
    assert before["proposal"] == after["proposal"]
    assert before["send"] == after["send"]
    assert before["progress"] != after["progress"]


def test_an_answer_stands_in_the_form_and_can_be_changed() -> None:
    own = answer(0, check=CheckAnswer(check=1, value=2, note="Not without talking."))
    shown = page(scene("discard", OPEN, answer=own))
    assert 'value="2" data-testid="check-2" required checked' in shown["proposal"]
    assert "Not without talking.</textarea>" in shown["proposal"]
    assert "Change my answer" in shown["send"]


def test_an_answer_to_an_earlier_check_does_not_stand_in_the_form() -> None:
    own = answer(0, check=CheckAnswer(check=9, value=2, note="About another one."))
    shown = page(scene("discard", OPEN, answer=own))
    assert "checked" not in shown["proposal"]
    assert "About another one." not in shown["proposal"]


def test_only_who_proposed_can_take_it_back_and_only_before_an_answer() -> None:
    mine = PROPOSAL.model_copy(update={"seat": 1})
    board = OPEN.model_copy(update={"proposals": (mine,)})
    assert "withdraw-p1" in page(scene("discard", board, done=0))["queue"]
    assert "queue" not in page(scene("discard", board, done=1))
    assert "queue" not in page(scene("discard", OPEN, done=0))


def test_a_failed_check_shows_words_reasons_and_what_to_do() -> None:
    failed = check(1, "p1", (0, 0, 1, 2, 2, 0), said=(("", "It matters to us."),))
    shown = page(scene("discard", Board(proposals=(PROPOSAL,), checks=(failed,))))
    assert "Not everybody yet" in shown["histogram"]
    assert "<svg" in shown["histogram"]
    assert "“It matters to us.”" in shown["histogram"]
    assert "choose_ending" not in shown["after-check"]
    assert "Propose another one" in shown["propose"]


def test_a_failed_check_of_three_has_no_figures() -> None:
    failed = check(1, "p1", (0, 0, 1, 2, 0, 0))
    shown = page(scene("discard", Board(proposals=(PROPOSAL,), checks=(failed,)), people=3))["histogram"]
    assert "Not everybody yet" in shown
    assert "<svg" not in shown
    assert "<table" not in shown


def test_two_failed_checks_offer_two_endings() -> None:
    failed = tuple(check(number, "p1", (0, 0, 1, 2, 2, 0)) for number in (1, 2))
    shown = page(scene("discard", Board(proposals=(PROPOSAL,), checks=failed)))["after-check"]
    assert 'value="with_reservations"' in shown
    assert 'value="not_agreed"' in shown
    assert "all_but_one" not in shown


def test_a_settled_discard_shows_why_and_the_way_on() -> None:
    passed = check(1, "p1", (0, 0, 0, 2, 2, 1), passed=True)
    shown = page(scene("discard", Board(proposals=(PROPOSAL,), checks=(passed,), discarded=(GONE,))))
    assert "Statement 6." in shown["discarded"]
    assert "It can go." in shown["discarded"]
    assert "Everybody can stand behind it" in shown["histogram"]
    assert "propose" not in shown
    assert 'value="rank"' in shown["on"]


def test_a_hidden_proposal_loses_its_reason_everywhere() -> None:
    hidden = Board(proposals=(PROPOSAL,), checks=(check(1, "p1"),), hidden=("p1",))
    assert "It can go." not in "".join(page(scene("discard", hidden)).values())
    settled = Board(proposals=(PROPOSAL,), discarded=(GONE,), hidden=("p1",))
    assert "It can go." not in "".join(page(scene("discard", settled)).values())


def test_level_ones_can_be_put_to_a_private_either_or() -> None:
    shown = page(scene("discard", Board()))["either"]
    assert '<option value="s5">' in shown
    assert '<option value="s6">' in shown
    assert '<option value="s4">' not in shown


def test_an_open_either_or_shows_ones_own_choice_and_nobody_elses() -> None:
    asked = Board(eithers=(Either(id=1, a="s5", b="s6", subject="discard"),))
    own = answer(0, either=EitherAnswer(either=1, choice="s6"))
    shown = page(scene("discard", asked, answer=own, done=3))
    assert 'value="s6" data-testid="either-s6" required checked' in shown["either"]
    assert "3 of 5 have answered" in shown["progress"]
    assert 'form="either-1"' in shown["send"]
    assert "propose" not in shown


def test_an_even_either_or_may_be_drawn_by_lots() -> None:
    even = EitherOutcome(winner=None, answered=4)
    board = Board(eithers=(Either(id=1, a="s5", b="s6", subject="discard", outcome=even),))
    shown = page(scene("discard", board, people=4))["either"]
    assert "It came out even" in shown
    assert 'value="draw_lots"' in shown


def test_a_latecomer_has_a_list_of_its_own_beside_the_table() -> None:
    shown = page(scene("discard", OPEN, late=True, own={}, answer=Answer()))
    assert 'data-testid="own-up-s1"' in shown["own-list"]
    assert " open>" not in shown["own-list"]
    assert " open>" in page(scene("discard", Board(), late=True, own={}, answer=Answer()))["own-list"]
    assert "own-list" not in page(scene("discard", OPEN))


def test_a_table_of_two_sees_both_lists_only_once_they_are_on_the_board() -> None:
    asks = page(scene("discard", Board(), people=2))["lists"]
    assert 'value="show_list"' in asks
    assert "Statement" not in asks
    lists = {seat: Ballot(discard="s6", order=order) for seat, order in PAIR.items()}
    shown = page(scene("discard", Board(lists=lists), people=2))["lists"]
    assert '<th scope="row">Statement 1.</th><td class="num">1</td><td class="num">2</td>' in shown
    assert "lists" not in page(scene("discard", Board(lists=lists), people=2, own={}))
    assert "lists" not in page(scene("discard", Board(), people=3))


def test_a_table_that_discards_one_of_two_is_not_told_that_it_keeps_them_all() -> None:
    board = Board(discarded=(GONE,), nothing_discarded=True)
    two = replace(scene("discard", board), setup=scene("discard", board).setup.model_copy(update={"discard": 2}))
    assert seat_words(two.setup, "discard", board).heading == "That is settled"
    assert "more to discard" not in page(two)["discarded"]
    assert "keep all" not in page(two)["discarded"]
