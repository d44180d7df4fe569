"""The ranking's part of the desk: what a card says, what cues tell, what the trainer can do, what was written."""

from dataclasses import replace
from typing import Any

import pytest

from app.activities.base import Given, Person, TableScene
from app.activities.checks import Check, Outcome, Reason
from app.activities.ranking.mirror import reveal
from app.activities.ranking.shapes import Answer, Board, Discarded, Either, Link, Marks, Placing, Proposal, Result
from app.activities.ranking.views.cues import cues
from app.activities.ranking.views.desk import desk, fact
from app.web.templates import draw, say
from tests.activities.scenes import GONE, ORDER, PEOPLE, SETUP, TEXT, ballot, board_of, mirror_of

NO = Outcome(passed=False, answered=5, counts=(0, 1, 1, 1, 2, 0), reasons=())
YES = Outcome(passed=True, answered=5, counts=(0, 0, 0, 1, 4, 0), reasons=())
NO_OF_FOUR = Outcome(passed=False, answered=4, counts=None, reasons=())
TWO = (Proposal(id="p1", statement="s3", reason="Not ours."), Proposal(id="p2", statement="s7", reason=""))
MOVED = (Placing(seat=1, statement="s1", to=1, before=()),)
HALF = (*ORDER[:4], None, None, None, None, None)


def at(phase: str, board: Board | None = None, **more: Any) -> TableScene:
    """Stand at a table of five in a phase."""
    known: dict[str, Any] = {"answers": (), "done": 2, "seats": 5, "people": PEOPLE, "revealed": {"solo": mirror_of()}}
    return TableScene(
        setup=SETUP,
        phase=phase,
        number=3,
        board=board or Board(),
        board_version=7,
        moves_url="/moves",
        **(known | more),
    )


def checks_on(*outcomes: Outcome | None, subject: str = "") -> tuple[Check, ...]:
    """Make checks one after the other, on the list or on proposals named p1, p2."""
    return tuple(
        Check(id=number, subject=subject or f"p{number}", rule="all-at-3", outcome=outcome)
        for number, outcome in enumerate(outcomes, 1)
    )


def words(sentence: Any) -> str:
    """Say a sentence, if there is one."""
    return say("en", sentence) if sentence else ""


def told(scene: TableScene) -> str:
    """Read what a card says, as far as words go."""
    found = fact(scene)
    number = "" if found.number is None else f"{found.number} "
    return f"{number}{words(found.phrase)} | {words(found.note)}".removesuffix(" | ")


def left(scene: TableScene) -> str:
    """Read what moving on would leave behind."""
    return words(fact(scene).leaves)


def acts_at(scene: TableScene) -> list[tuple[str, list[str]]]:
    """List the acts at a table, each with what is asked for before it."""
    return [(act.move, [choice.name for choice in act.choices]) for act in fact(scene).acts]


def cues_at(scene: TableScene) -> dict[str, str]:
    """Read a table's cues: the fact and its evidence, by name."""
    return {cue.name: f"{say('en', cue.fact)} | {say('en', cue.evidence)}" for cue in cues(scene)}


@pytest.mark.parametrize(
    ("scene", "card", "leaves"),
    [
        (at("read", answers=(Answer(unclear=("s1", "s2")), Answer(unclear=("s1",)))), "3 “not clear” so far", ""),
        (at("solo"), "2 of 5 are done", ""),
        (at("discard"), "0 proposals", "the discard is not agreed, so all 10 stay in"),
        (
            at("discard", Board(proposals=TWO, checks=checks_on(NO, NO))),
            "2 proposals | 2 checks that did not pass",
            "the discard is not agreed, so all 10 stay in",
        ),
        (
            at("discard", Board(proposals=TWO, checks=checks_on(NO, None))),
            "2 of 5 have answered the check | 1 check that did not pass",
            "the discard is not agreed, so all 10 stay in",
        ),
        (at("discard", Board(discarded=(GONE,))), "1 discarded | the check passed", ""),
        (
            at("discard", Board(discarded=(GONE.model_copy(update={"ending": "with_reservations"}),))),
            "1 discarded | with reservations",
            "",
        ),
        (at("discard", Board(nothing_discarded=True)), "Nothing discarded, by agreement to differ", ""),
        (at("rank", board_of(HALF)), "4 of 9 placed | 5 in the tray", "statements are still in the tray"),
        (at("rank", board_of()), "9 of 9 placed | board complete", ""),
        (at("top", board_of()), "2 of 5 have marked theirs", "the private marks are not closed"),
        (
            at("top", board_of(marks=Marks(answered=5, contested=("s1", "s2")), top=(("s1",),))),
            "1 of 5 places filled | 1 contested",
            "not all places are filled",
        ),
        (
            at("top", board_of(marks=Marks(answered=5), eithers=(Either(id=1, a="s1", b="s2", subject="top"),))),
            "0 of 5 places filled | 2 of 5 have chosen between two",
            "not all places are filled",
        ),
        (at("check"), "No check yet", "it locks without a check"),
        (
            at("check", board_of(checks=checks_on(None, subject="top"))),
            "2 of 5 have answered the check",
            "the check is still open, so it locks without one",
        ),
        (
            at("check", board_of(checks=checks_on(NO, subject="top"))),
            "2 of 5 below the rule | 1 check that did not pass",
            "it locks without a check that passed",
        ),
        (at("check", board_of(checks=checks_on(NO, YES, subject="top"))), "The check passed", ""),
        (
            at("check", board_of(checks=checks_on(NO, NO, subject="top"), ending="not_agreed")),
            "Not agreed | 2 checks that did not pass",
            "",
        ),
        (
            at("locked", board_of(results=(Result(number=1, top=(), order=(), discarded=(), ending="agreed"),))),
            "Agreed",
            "",
        ),
        (
            at("locked", board_of(results=(Result(number=2, top=(), order=(), discarded=(), ending="unchecked"),))),
            "Locked without a check | version 2",
            "",
        ),
    ],
)
def test_a_card_says_how_far_a_table_is_and_what_moving_on_leaves(scene: TableScene, card: str, leaves: str) -> None:
    assert (told(scene), left(scene)) == (card, leaves)


def test_a_card_counts_links_and_draws_the_board() -> None:
    links = (Link(id="l1", a="s1", b="s2", relation="alike"),)
    found = fact(at("compare", board_of(HALF, links=links)))
    assert (found.number, say("en", found.phrase), found.dots) == (1, "link so far", (True,) * 4 + (False,) * 5)
    assert words(found.note) == words(mirror_of().words)


def test_of_fewer_than_five_a_failed_check_has_no_count_and_no_bars() -> None:
    found = fact(at("check", board_of(checks=checks_on(NO_OF_FOUR, subject="top"))))
    assert (found.number, found.text, found.bars) == (None, "The check did not pass", ())
    of_five = fact(at("check", board_of(checks=checks_on(NO, subject="top"))))
    assert of_five.bars == (0, 1, 1, 1, 2, 0)


@pytest.mark.parametrize(
    ("scene", "offered"),
    [
        (at("read"), []),
        (at("solo"), []),
        (at("rank", board_of()), []),
        (at("discard"), [("open_check", ["subject"])]),
        (at("discard", Board(proposals=TWO, checks=checks_on(None))), [("close_check", [])]),
        (at("discard", Board(proposals=TWO, checks=checks_on(None)), done=0), []),
        (
            at("discard", Board(proposals=TWO, checks=checks_on(NO, NO))),
            [("open_check", ["subject"]), ("end", ["ending"])],
        ),
        (at("discard", Board(discarded=(GONE,))), []),
        (at("top", board_of()), [("close_check", [])]),
        (at("top", board_of(marks=Marks(answered=5))), []),
        (at("check", board_of()), []),
        (at("check", board_of(top=(("s1",),))), [("open_check", [])]),
        (
            at("check", board_of(top=(("s1",),), checks=checks_on(NO, NO, subject="top"))),
            [("open_check", []), ("end", ["ending", "position"])],
        ),
        (
            at("check", board_of(top=(("s1",),), checks=checks_on(NO, NO, NO, subject="top"))),
            [("end", ["ending", "position"])],
        ),
        (at("check", board_of(top=(("s1",),), checks=checks_on(YES, subject="top"))), []),
        (at("locked", board_of()), []),
    ],
)
def test_only_acts_that_make_sense_now_are_offered(scene: TableScene, offered: list[tuple[str, list[str]]]) -> None:
    assert acts_at(scene) == offered


def test_a_discarded_statement_cannot_be_put_to_the_check_again() -> None:
    of_two = SETUP.model_copy(update={"discard": 2})
    scene = replace(at("discard", Board(discarded=(GONE,))), setup=of_two)
    assert [value for value, _ in fact(scene).acts[0].choices[0].options] == [one for one in SETUP.ids if one != "s3"]


@pytest.mark.parametrize(
    ("scene", "name", "cue"),
    [
        (
            at("discard", Board(proposals=TWO, checks=checks_on(NO, NO))),
            "failed",
            "two checks did not pass | They may propose another, or end it with reservations or without.",
        ),
        (
            at("check", board_of(checks=checks_on(NO, NO, NO, subject="top"))),
            "failed",
            "3 checks did not pass | The list was changed twice. One of the three endings is left to choose.",
        ),
        (
            at("discard", Board(proposals=TWO, checks=checks_on(NO))),
            "longer",
            "a long time on the discard | One proposal, one check that did not pass.",
        ),
        (
            at("rank", board_of(moved={1: 8, 2: 2}, last=MOVED)),
            "one-hand",
            "one seat has made 8 of 10 moves | All 5 seats are here.",
        ),
        (
            at("rank", board_of(HALF)),
            "nobody",
            "nobody has moved anything yet | 5 statements wait in the tray.",
        ),
        (
            at("read", answers=(Answer(unclear=("s9",)),) * 3),
            "unclear",
            f"3 of 5 find one statement unclear | “{TEXT['s9'].rstrip('.')}”",
        ),
        (
            at("compare", board_of(), revealed={"solo": replace(mirror_of(), cut=("s4", "s9"))}),
            "level",
            "2 statements are level around place 5 | In the first answers. Which of them belongs to the list is open.",
        ),
        (
            at("compare", board_of(), revealed={"solo": mirror_of(2)}),
            "few",
            "fewer than three first answers | There is no mirror and there are no figures.",
        ),
        (
            at("read", people=PEOPLE * 2),
            "many",
            "10 people at one table"
            " | From eight on, some hardly get a word in. Two tables of half the size would do better.",
        ),
    ],
)
def test_a_cue_tells_its_fact_and_its_evidence(scene: TableScene, name: str, cue: str) -> None:
    assert cues_at(scene)[name] == cue


@pytest.mark.parametrize(
    "scene",
    [
        at("discard", Board(proposals=TWO, checks=checks_on(NO, None))),
        at("discard", Board(proposals=TWO, checks=checks_on(NO, NO), nothing_discarded=True)),
        at("check", board_of(checks=checks_on(NO, NO, subject="top"), ending="not_agreed")),
        at("rank", board_of(moved={1: 7, 2: 3}, last=MOVED)),
        at("rank", board_of(moved={1: 9}, last=MOVED)),
        at("rank", board_of(moved={1: 20}, last=MOVED), people=PEOPLE[:1]),
        at("rank", board_of()),
        at("read", answers=(Answer(unclear=("s9",)),) * 2),
        at(
            "read",
            Board.model_validate({"clarifications": ({"statement": "s9", "text": "So."},)}),
            answers=(Answer(unclear=("s9",)),) * 4,
        ),
        at("rank", board_of(HALF), people=()),
        at("locked", board_of()),
    ],
)
def test_what_is_not_so_gives_no_cue(scene: TableScene) -> None:
    assert set(cues_at(scene)) <= {"longer"}


def test_two_camps_are_told_by_the_statement_that_parts_them_and_never_by_who() -> None:
    halves = [ballot(*ORDER) if seat % 2 else ballot(*reversed(ORDER)) for seat in range(8)]
    given = tuple(Given(seat, "health" if seat % 2 else "police", answer) for seat, answer in enumerate(halves))
    mirror = reveal(SETUP, "solo", given, ("s3",))
    assert mirror.split_on
    cue = cues_at(at("rank", board_of(), revealed={"solo": mirror}))["split"]
    assert cue.startswith("split in two on one statement | What parts the first answers most: “")
    assert not {"health", "police", "Health", "Police"} & set(cue.split())


def test_another_order_by_agency_is_told_only_where_it_may_be_shown_and_differs() -> None:
    mirror = mirror_of()
    same = tuple((place.id,) for place in mirror.places)
    other = (same[1], same[0], *same[2:])
    for parity, is_told in ((None, False), (same, False), (other, True)):
        scene = at("rank", board_of(), revealed={"solo": replace(mirror, parity=parity)})
        assert ("parity" in cues_at(scene)) is is_told


def test_who_is_away_is_counted_and_not_named() -> None:
    people = (*PEOPLE[:4], Person(5, 5, "Housing", here=False))
    cue = cues_at(at("rank", board_of(moved={5: 12}, last=MOVED), people=people))["one-hand"]
    assert cue == "one seat has made 12 of 12 moves | 5 seats are at this table, 1 of them away."


@pytest.mark.parametrize("language", ["en", "cy"])
def test_what_people_have_written_can_be_hidden_and_shown_again(language: str) -> None:
    about = (Reason(id="c1r1", about="s9", text="Not for me."),)
    board = board_of(
        proposals=TWO,
        checks=checks_on(NO.model_copy(update={"reasons": about}), subject="top"),
        links=(Link(id="l1", a="s1", b="s2", relation="alike", note="Nearly."),),
        note="Some of us would rather wait.",
        hidden=("l1",),
    )
    region = next(one for one in desk((at("read"), at("locked", board))) if one.id == "entries")
    assert [(one.id, one.text, one.hidden) for one in region.view.tables[0].entries] == [  # type: ignore[attr-defined]
        ("p1", "Not ours.", False),
        ("c1r1", "Not for me.", False),
        ("l1", "Nearly.", True),
        ("note", "Some of us would rather wait.", False),
    ]
    html = draw(language, region.template, view=region.view)
    assert html.count('name="hidden" value="true"') == 3
    assert html.count('name="hidden" value="false"') == 1
    assert 'name="table" value="3"' in html


def test_nothing_that_was_written_is_shown_before_the_first_answers_are_closed() -> None:
    assert [one.id for one in desk((at("solo", Board(proposals=TWO)),))] == []


def test_what_went_with_reservations_is_nobodys() -> None:
    gone = Discarded(statement="s3", reason="r", reason_id="p1", ending="with_reservations")
    assert told(at("discard", Board(discarded=(gone,)))) == "1 discarded | with reservations"
