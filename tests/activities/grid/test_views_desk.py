"""The grid's part of the desk: what a card says, what cues tell, what the trainer can do, what was written."""

import re
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest

from app.activities.base import TableScene
from app.activities.checks import Check, Outcome, Reason
from app.activities.grid.setting import from_form
from app.activities.grid.shapes import Board, Setup
from app.activities.grid.views.cues import cues
from app.activities.grid.views.desk import desk, fact
from app.web.templates import draw, say
from tests.activities.grid.room import PEOPLE, SETUP, WORDS, at, board_of, html_of, jotted, result_of

COLUMNS = [{"id": "education", "label": "Education", "hint": "schools, colleges"}, {"id": "health", "label": "Health"}]
NO = Outcome(passed=False, answered=5, counts=(0, 1, 1, 1, 2, 0), reasons=())
YES = Outcome(passed=True, answered=5, counts=(0, 0, 0, 1, 4, 0), reasons=())
NO_OF_FOUR = Outcome(passed=False, answered=4, counts=None, reasons=())


def checks_on(*outcomes: Outcome | None, subject: str = "grid") -> tuple[Check, ...]:
    """Make checks one after the other, on the whole grid or on a sentence."""
    return tuple(Check(id=n, subject=subject, rule="all-at-3", outcome=one) for n, one in enumerate(outcomes, 1))


def words(sentence: Any) -> str:
    """Say a sentence, if there is one."""
    return say("en", sentence) if sentence else ""


def told(scene: TableScene) -> str:
    """Read what a card says, as far as words go."""
    found = fact(scene)
    number = "" if found.number is None else f"{found.number} "
    return f"{number}{words(found.phrase)} | {words(found.note)}".removesuffix(" | ")


def names(scene: TableScene) -> list[str]:
    """List the cues by their names."""
    return [cue.name for cue in cues(scene)]


def desk_of(scene: TableScene) -> str:
    """Draw one table's grid."""
    return html_of(desk((scene,)), f"grid-{scene.number}")


def test_card_counts_jots_and_names_columns_without_people_while_they_jot() -> None:
    scene = at("jot", answers=(jotted("CANARY one", "CANARY two"), jotted("CANARY three")))
    assert told(scene) == (
        "2 of 4 are done | 3 jots · nobody for Social care · one person for Health, Voluntary, community and other"
    )


def test_desk_shows_no_jot_but_how_many_there_are() -> None:
    html = desk_of(at("jot", answers=(jotted("CANARY one", "CANARY two"),)))
    assert "CANARY" not in html
    assert "2 jots so far" in html
    assert "<table" not in html


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "0 of 21 cells agreed | 3 with jots only · 18 empty"),
        (
            {"begun": ["cell-r1-education", "cell-r1-health"], "agreed": {"r1": ["education"]}},
            "1 of 21 cells agreed | 1 draft · 1 with jots only · 18 empty",
        ),
    ],
)
def test_card_counts_cells_of_columns_with_people_while_agencies_write(more: dict[str, Any], expected: str) -> None:
    scene = at("caucus", Board.model_validate(more))
    assert told(scene) == expected
    assert words(fact(scene).leaves) == "not every cell is agreed"


def test_desk_says_each_cells_state_in_a_word() -> None:
    board = Board.model_validate({"begun": ["cell-r1-education"], "agreed": {"r1": ["education"]}})
    html = desk_of(at("caucus", board))
    assert [html.count(f">{word}</span></td>") for word in ("agreed", "draft", "jots only", "nobody")] == [1, 0, 2, 7]


@pytest.mark.parametrize(
    ("phase", "more", "expected"),
    [
        ("reveal", {}, "9 marks so far | most tension on sentence 2"),
        ("reveal", {"heat": {}}, "0 marks so far"),
        ("answer", {}, "1 of 1 cells with questions wait for a reply"),
        ("answer", {"replies": {"r1": {"other": {"text": "Of planning.", "seat": 4}}}}, "All questions have a reply"),
        ("answer", {"asked": {}}, "No questions were asked"),
        ("joint", {}, "0 of 7 sentences locked | 2 being written"),
        ("joint", {"joints": {"r1": {"text": WORDS, "locked": True, "frozen": True}}},
         "1 of 7 sentences locked | 1 being written"),
        ("joint", {"checks": checks_on(None, subject="r1")}, "0 of 7 sentences locked | 1 in a check, 2 of 4 answered"),
        ("check", {"checks": checks_on(None)}, "2 of 4 have answered the check"),
        ("check", {"checks": checks_on(NO)}, "2 of 5 below the rule | 1 check that did not pass"),
        ("check", {"checks": checks_on(NO_OF_FOUR)}, "The check did not pass | 1 check that did not pass"),
        ("check", {"checks": checks_on(NO, YES)}, "The check passed"),
        ("check", {"ending": "all_but_one"}, "All but one sentence agreed"),
        ("check", {}, "No check yet"),
        ("locked", {"results": [result_of("agreed", number=2)]}, "Agreed | version 2"),
    ],
)  # fmt: skip
def test_card_says_how_far_the_table_is(phase: str, more: dict[str, Any], expected: str) -> None:
    assert told(at(phase, board_of(**more))) == expected


def test_moving_on_says_what_it_would_leave_behind() -> None:
    assert words(fact(at("answer", board_of())).leaves) == "some questions have no reply"
    assert words(fact(at("joint", board_of())).leaves) == "not every sentence is locked"
    assert words(fact(at("check", board_of())).leaves) == "it locks without a check"


def test_trainer_closes_only_a_check_that_enough_have_answered() -> None:
    board = board_of(checks=checks_on(None, subject="r1"))
    assert [act.move for act in fact(at("joint", board, done=3)).acts] == ["close_check", "show_row"]
    assert [act.move for act in fact(at("joint", board, done=0)).acts] == ["show_row"]


def test_trainer_chooses_what_the_wall_shows_only_once_cells_are_revealed() -> None:
    assert fact(at("caucus")).acts == ()
    shown = fact(at("reveal", board_of(shown="r2"))).acts[0].choices[0].options
    assert [value for value, _ in shown] == ["", "r1", "r3", "r4", "r5", "r6", "r7"]
    assert "" not in [value for value, _ in fact(at("reveal", board_of())).acts[0].choices[0].options]


def test_desk_shows_marks_in_numbers_with_their_words() -> None:
    html = desk_of(at("reveal", board_of()))
    assert 'data-place="4"><b><span class="visually-hidden">Tension: </span>2</b>' in html
    assert html.count("no words") == 23
    assert "knowing the child" not in html


def test_trainer_reads_along_where_a_statement_is_open_and_its_words_where_it_is_locked() -> None:
    joints = {"r1": {"text": WORDS, "locked": True, "frozen": True, "ending": "agreed"}}
    html = desk_of(at("joint", board_of(joints=joints)))
    assert 'data-text="/w/abcd/texts/1/2/joint-r2?as=desk" data-may="read"' in html
    assert "joint-r1?as=desk" not in html
    assert "which a family tells us once" in html
    assert 'data-writer="1:4"' in html


def test_texts_within_closed_folds_are_out_of_sight() -> None:
    html = desk_of(at("joint", board_of()))
    assert html.count('class="grid-desk__text">') == 7


def test_hidden_statement_is_not_shown_on_the_desk() -> None:
    joints = {"r1": {"text": WORDS, "other": "CANARY other", "locked": True, "ending": "not_agreed", "frozen": True}}
    html = desk_of(at("joint", board_of(joints=joints, hidden=["joint-r1", "joint-r2", "other-r1"])))
    assert "tells us once" not in html
    assert "CANARY" not in html
    assert "joint-r2?as=desk" not in html


def test_each_table_is_a_region_of_its_own_and_the_first_is_open() -> None:
    scenes = (at("joint", board_of(), number=1), at("caucus", number=3))
    regions = desk(scenes)
    assert [one.id for one in regions] == ["grid-1", "grid-3", "entries"]
    assert 'id="grid-1-all" open>' in html_of(regions, "grid-1")
    assert 'id="grid-3-all">' in html_of(regions, "grid-3")


def test_one_grid_for_the_room_is_called_so() -> None:
    assert "The whole room: its grid" in desk_of(at("reveal", board_of(), number=0))
    assert "Table 0" not in html_of(desk((at("reveal", board_of(), number=0),)), "entries")


def test_entries_can_be_hidden_by_their_names_and_say_nobody() -> None:
    reason = Reason(id="c1-1", about="r2", text="CANARY reason")
    outcome = NO.model_copy(update={"reasons": (reason,)})
    joints = {
        "r1": {"text": WORDS, "other": "Another view.", "note": "A note.", "ending": "not_agreed", "locked": True}
    }
    board = board_of(
        checks=checks_on(outcome),
        joints=joints,
        replies={"r1": {"other": {"text": "Of planning.", "seat": 4}}},
        guesses={"r1": {"social-care": [{"id": "g-1", "text": "A guess.", "seat": 1}]}},
        hidden=["q-1"],
    )
    html = html_of(desk((at("check", board),)), "entries")
    wanted = ("cell-r1-health", "q-1", "reply-r1-other", "g-1", "joint-r1", "other-r1", "note-r1", "c1-1")
    assert [one for one in wanted if f'name="entry" value="{one}"' not in html] == []
    assert html.count('name="hidden" value="false"') == 1


def test_nothing_written_can_be_seen_or_hidden_before_the_reveal() -> None:
    assert [one.id for one in desk((at("caucus", board_of()),))] == ["grid-2"]


def test_cues_tell_of_empty_and_one_person_columns_before_the_reveal() -> None:
    assert names(at("jot")) == ["empty", "alone"]
    assert names(at("reveal", board_of())) == []
    assert words(cues(at("jot"))[0].fact) == "nobody speaks for Social care"


def test_cue_on_untouched_cells_waits_until_late() -> None:
    found = next(cue for cue in cues(at("caucus")) if cue.name == "untouched")
    assert words(found.fact) == "21 cells that nobody has begun"
    assert found.after >= 300


def test_cue_on_questions_is_gone_once_they_have_a_reply() -> None:
    assert names(at("answer", board_of())) == ["unanswered"]
    assert names(at("answer", board_of(replies={"r1": {"other": {"text": "Of planning.", "seat": 4}}}))) == []


def test_cue_tells_of_tense_sentences_that_nobody_has_begun() -> None:
    found = cues(at("joint", board_of(begun=["joint-r1"])))
    assert [(cue.name, words(cue.fact)) for cue in found] == [("tense", "no words yet on a tense sentence: 2")]
    assert words(found[0].evidence) == "3 tensions were marked on sentence 2."
    assert names(at("joint", board_of())) == []


def test_cue_tells_of_a_statement_that_draws_on_one_agency() -> None:
    assert names(at("joint", board_of(joints={"r1": {"draws": ["health"]}}))) == ["one-source"]
    assert names(at("joint", board_of(joints={"r1": {"draws": ["health", "education"]}}))) == []


def test_cue_tells_of_two_checks_that_did_not_pass() -> None:
    assert names(at("joint", board_of(checks=checks_on(NO, NO, subject="r1")))) == ["failed"]
    assert names(at("joint", board_of(checks=checks_on(NO, subject="r1")))) == []
    assert names(at("check", board_of(checks=checks_on(NO, NO)))) == ["failed"]
    assert names(at("check", board_of(checks=checks_on(NO, NO), ending="not_agreed"))) == []


def test_no_cue_is_told_of_a_table_without_people() -> None:
    assert cues(at("jot", people=())) == ()


def test_every_cue_has_evidence_and_something_to_say() -> None:
    scenes = [at("jot"), at("caucus"), at("answer", board_of()), at("joint", board_of(begun=[]))]
    found = [cue for scene in scenes for cue in cues(scene)]
    assert [cue.name for cue in found if not (words(cue.evidence) and cue.say)] == []
    assert not any(person.agency and f"{person.agency} · " in words(cue.fact) for cue in found for person in PEOPLE)


def test_setup_form_shows_again_what_was_typed_and_which_agencies_have_no_line() -> None:
    agenda = SimpleNamespace(details=SimpleNamespace(agencies=("Education", "Social care", "Police")))
    typed = SETUP.model_dump(mode="json") | {"rows": [{"text": "We begin by …"}]}
    html = draw("en", "grid/setup_fields.html", setup=typed, wrong="", agenda=agenda)
    assert ">\nWe begin by …\n</textarea>" in html
    assert "\nSocial care\n" in html
    assert "Police. They write under “Voluntary, community and other”." in " ".join(html.split())


def test_setup_form_comes_back_as_it_was_prepared() -> None:
    hinted = Setup.model_validate(SETUP.model_dump() | {"columns": COLUMNS})
    html = draw("en", "grid/setup_fields.html", setup=hinted.model_dump(mode="json"), wrong="")
    areas = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n(.*?)</textarea>', html, flags=re.S)
    form = {name: unescape(text) for name, text in areas} | {"agreed": SETUP.agreed}
    assert from_form(form, hinted.model_dump(mode="json")) == hinted.model_dump(mode="json")
