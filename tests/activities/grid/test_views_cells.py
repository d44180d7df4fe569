"""The open columns on a seat's page: cells with marks, counts, questions, replies and guesses."""

import re
from typing import Any

from app.activities.base import Given, Person, Region
from app.activities.grid import jots, views
from app.activities.grid.shapes import Answer, Asked, Board, Guess, Heat, Reply
from app.web.templates import draw
from tests.activities.grid.test_grid_frame import MINE, PEOPLE, SETUP, html, scene

CELLS = {
    "r1": {"education": "School says <b>one</b> plan.\n- and one list", "health": "Clinic says one worker."},
    "r2": {"health": "Clinic says time."},
}
POLICE = Person(5, 5, "Police", here=False, agency_id="police", table=2)
ASKED = {"r1": {"health": (Asked(id="q1", seat=1, text="At the start of what?"), Asked(id="q2", seat=9, text="Who?"))}}


def board(**more: Any) -> Board:
    """Make a board whose columns are open; `more` are fields of it."""
    return Board.model_validate({"cells": CELLS, **more})


def one(phase: str, name: str, held: Board | None = None, **more: Any) -> str:
    """Draw one region of seat 2's page, who speaks for Health."""
    return html(views.seat(scene(phase, held or board(), **more)), name)


def cell(phase: str, name: str, held: Board | None = None, **more: Any) -> str:
    """Draw one cell."""
    shown = one(phase, f"row-{name.split('-')[0]}", held, **more)
    return shown.split(f' id="cell-{name}"')[1].split('<li class="cell')[0]


def ids(regions: tuple[Region, ...]) -> list[str]:
    """List a page's regions."""
    return [region.id for region in regions]


def marked(mark: str, text: str = "", round_: int = 0) -> Answer:
    """Make an answer that has marked what Education wrote on the first sentence."""
    return Answer.model_validate({"marks": {"r1": {"education": {"mark": mark, "text": text, "round": round_}}}})


def test_every_sentence_shows_all_columns_with_their_words_as_they_were_written() -> None:
    shown = one("reveal", "row-r1")
    assert re.findall(r'data-testid="(cell-r1-\w+)"', shown) == [
        "cell-r1-education",
        "cell-r1-health",
        "cell-r1-police",
    ]
    assert "School says &lt;b&gt;one&lt;/b&gt; plan.\n- and one list" in shown
    assert "Sentence 2 of 3 · all columns are open" in one("reveal", "phase")


def test_others_cells_are_marked_with_three_words_and_ones_own_is_not() -> None:
    theirs, own = cell("reveal", "r1-education"), cell("reveal", "r1-health")
    for mark in ("shared", "question", "tension"):
        assert f'data-testid="mark-r1-education-{mark}" name="mark" value="{mark}" aria-pressed="false"' in theirs
    assert 'data-coalesce="mark-r1-education"' in theirs
    assert "Yours" in own
    assert "mark-r1-health" not in own
    assert "Yours" not in theirs


def test_a_mark_pressed_again_is_taken_back() -> None:
    shown = cell("reveal", "r1-education", answer=marked("tension"))
    assert 'data-testid="mark-r1-education-tension" name="mark" value="" aria-pressed="true"' in shown
    assert 'data-testid="mark-r1-education-shared" name="mark" value="shared" aria-pressed="false"' in shown


def test_marks_of_an_earlier_reveal_are_not_pressed() -> None:
    shown = cell("reveal", "r1-education", board(reveals=1), answer=marked("question", "Why?"))
    assert 'aria-pressed="true"' not in shown
    assert "You ask" not in shown


def test_counts_are_words_with_a_drawing_and_none_stands_for_nothing() -> None:
    held = board(heat={"r1": {"education": Heat(shared=3, question=1, tension=2), "health": Heat(shared=1)}})
    shown = cell("reveal", "r1-education", held)
    for words in ("3 say shared", "1 question", "2 see a tension"):
        assert re.search(rf"<svg[^>]*>.*?</svg>{words}</span>", shown)
    own = cell("reveal", "r1-health", held)
    assert "1 says shared" in own
    assert "tension" not in own
    assert "chip" not in cell("reveal", "r2-health", held)


def test_an_empty_cell_says_whether_anybody_could_have_written_it() -> None:
    assert "Nobody here speaks for Police" in cell("reveal", "r1-police")
    assert "Left empty" in cell("reveal", "r1-police", people=(*PEOPLE, POLICE))
    assert "Left empty" in cell("reveal", "r2-education")
    assert 'data-testid="mark-' not in cell("reveal", "r2-education")


def test_a_guess_is_always_called_one_and_is_offered_only_where_nobody_speaks() -> None:
    held = board(guesses={"r1": {"police": (Guess(id="g1", seat=1, text="One <i>number</i>."),)}})
    shown = cell("reveal", "r1-police", held)
    assert "A guess by others, not by Police" in shown
    assert "“One &lt;i&gt;number&lt;/i&gt;.”" in shown
    say = one("reveal", "say-r1")
    assert "What might Police say?" in say
    assert 'data-testid="guess-r1-police"' in say
    assert "guess-r1-police" not in one("reveal", "say-r1", people=(*PEOPLE, POLICE))


def test_a_question_is_asked_about_others_words_alone_and_says_who_sees_it() -> None:
    say = one("reveal", "say-r1")
    assert re.findall(r'<option value="(\w+)"', say) == ["education"]
    assert 'maxlength="280"' in say
    assert "Your table sees that you ask. Please do not name clients." in say
    assert "ask-r2" not in one("reveal", "say-r2")
    assert "You ask: “What &lt;plan&gt;?”" in cell("reveal", "r1-education", answer=marked("question", "What <plan>?"))


def test_what_one_types_in_is_redrawn_by_nobody_elses_marks() -> None:
    asked = {"r1": {"education": (Asked(id="q1", seat=1, text="Why?"),)}}
    later = board(heat={"r1": {"education": Heat(shared=4)}}, asked=asked)
    before = {region.id: region for region in views.seat(scene("reveal", board()))}
    after = {region.id: region for region in views.seat(scene("reveal", later))}
    assert before["say-r1"] == after["say-r1"]
    assert before["row-r1"] != after["row-r1"]


def test_a_sentence_with_nothing_to_ask_or_guess_has_no_form() -> None:
    held = board(cells={"r1": CELLS["r1"] | {"education": "", "police": ""}})
    assert "say-r1" not in ids(views.seat(scene("reveal", held, people=(*PEOPLE, POLICE))))


def test_a_pasted_wall_of_text_is_folded_and_a_few_lines_are_not() -> None:
    wall = "\n".join(f"line {number}" for number in range(13))
    shown = cell("reveal", "r1-education", board(cells={"r1": {"education": wall}}))
    assert "Show all" in shown
    assert "line 12" in shown
    assert "Show all" in cell("reveal", "r1-education", board(cells={"r1": {"education": "word " * 200}}))
    assert "Show all" not in cell("reveal", "r1-education")


def test_what_the_trainer_hid_is_on_no_cell() -> None:
    held = board(
        hidden=("cell-r1-education", "g1", "q2", "reply-r1-health"),
        guesses={"r1": {"police": (Guess(id="g1", seat=1, text="Bad guess"),)}},
        asked=ASKED,
        replies={"r1": {"health": Reply(text="Bad reply", seat=2)}},
    )
    page = "".join(
        draw("en", part.template, view=part.view)
        for phase in ("reveal", "answer", "joint")
        for part in views.seat(scene(phase, held))
    )
    for text in ("School says", "Bad guess", "Who?", "Bad reply"):
        assert text not in page
    assert "hidden by the trainer" in cell("reveal", "r1-education", held)
    assert 'data-testid="mark-r1-education' not in page
    assert "hidden by the trainer" in cell("reveal", "r1-police", held)
    assert cell("answer", "r1-health", held).count("hidden by the trainer") == 2


def test_questions_say_who_asks_as_the_table_knows_it() -> None:
    shown = cell("answer", "r1-health", board(asked=ASKED))
    assert "Education · 1 asked: “At the start of what?”" in shown
    assert "Somebody who has left asked: “Who?”" in shown
    mine = {"r1": {"health": (Asked(id="q1", seat=2, text="Why?"), Asked(id="q2", seat=4, text=""))}}
    shown = cell("answer", "r1-health", board(asked=mine))
    assert "You asked: “Why?”" in shown
    assert "Seat 4 has a question here." in shown


def test_only_a_cells_people_answer_what_is_asked_about_it() -> None:
    page = views.seat(scene("answer", board(asked=ASKED)))
    form = html(page, "reply-r1")
    assert 'data-testid="reply-r1-health"' in form
    assert "What does Health answer?" in form
    assert "“At the start of what?”" in form
    assert "reply-r2" not in ids(page)
    assert "reply-r1" not in ids(views.seat(scene("answer", board(asked=ASKED), agency="education", seat=1)))


def test_an_answer_stands_in_the_cell_and_in_its_peoples_form() -> None:
    held = board(asked=ASKED, replies={"r1": {"health": Reply(text="Of <school>.", seat=3)}})
    assert "Health: “Of &lt;school&gt;.”" in cell("answer", "r1-health", held)
    form = one("answer", "reply-r1", held)
    assert "Of &lt;school&gt;.</textarea>" in form
    assert "Change the answer" in form


def test_where_nobody_is_left_to_answer_the_cell_says_so() -> None:
    held = board(asked=ASKED)
    alone = tuple(person for person in PEOPLE if person.agency_id != "health")
    seen = {"agency": "education", "seat": 1, "people": alone}
    assert "Nobody from Health is here now" in cell("answer", "r1-health", held, **seen)
    assert "Not answered yet" in cell("answer", "r1-health", held, agency="education", seat=1)


def test_only_cells_that_were_asked_about_are_up_for_answers() -> None:
    shown = one("answer", "row-r1", board(asked=ASKED))
    assert re.findall(r'data-testid="(cell-[\w-]+)"', shown) == ["cell-r1-health"]
    other = one("answer", "row-r2", board(asked=ASKED))
    assert "Nobody asked anything about this sentence." in other
    assert 'data-to="r1"' in other
    assert "Nobody asked anything. You can go on when you are ready." in one("answer", "row-r1")


def test_no_jot_is_ever_on_an_open_column() -> None:
    given = (Given(2, "health", MINE),)
    revealed = {"jot": jots.narrow(SETUP, "jot", jots.reveal(SETUP, "jot", given), given[0])}
    for phase in ("reveal", "answer", "joint"):
        page = views.seat(scene(phase, board(asked=ASKED), revealed=revealed))
        drawn = "".join(draw("en", part.template, view=part.view) for part in page)
        assert "one plan</" not in drawn
        assert "early" not in drawn
