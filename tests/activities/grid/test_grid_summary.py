"""What a summary tells of grids: what was agreed and what was not, by table and in the room, for each reader."""

from dataclasses import replace
from typing import Any

import pytest

from app.activities.base import TableScene
from app.activities.grid import activity
from app.activities.grid.shapes import Board, Setup
from app.activities.summary import Bullets, Details, Quotes, Section, Statement, Statements, Telling
from tests.activities.grid.playing import SETUP, GridTable, at_check, at_joint, at_reveal
from tests.activities.grid.telling import blocks, rows, telling, texts, titled, titles, together, told
from tests.activities.grid.test_grid_report import played

AGREED, BOTH, OPEN = "What was agreed", "Where both sentences stand", "Written, but not agreed"


def passed(**more: Any) -> GridTable:
    """Play to a grid that all stand behind: row 1 checked by itself, row 2 with the whole, row 3 without words."""
    table = at_check(**more)
    table.check(3, 4, 5, 3, 4)
    table.to("locked")
    return table


def ended(ending: str, **fields: str) -> GridTable:
    """Play to a grid that two checks have not carried, and end it so."""
    table = at_check()
    table.check(0, 3, 3, 3, 3, note="We would wait.")
    table.make(1, "open_check")
    table.check(0, 3, 3, 3, 3, note="We would wait.")
    table.make(1, "choose_ending", ending=ending, **fields)
    table.to("locked")
    return table


def written(value: Any, title: str) -> list[tuple[str, str, list[str]]]:
    """Read the statements under a title: each opening, its words, and what stands beside them."""
    found: Statements = blocks(titled(value, title), Statements)[0]
    return [(one.opening, one.text, list(texts(one.notes))) for one in found.statements]


def head(value: Any) -> list[str]:
    """Read how a grid ended: facts and the sentence after them."""
    return list(texts(value.blocks[:2]))


def test_a_grid_begins_with_what_was_agreed() -> None:
    one = titled(told(passed()), "Table 1")
    assert head(one) == [
        "The grid as a whole",
        "Agreed",
        "Sentences agreed",
        "2 of 3",
        "Checks of the whole grid",
        "1",
        "All who answered the last check can at least live with the whole grid.",
        "plain",
    ]
    assert written(one, AGREED) == [("Sentence 1 is …", "ours.", []), ("Sentence 2 is …", "ours.", [])]
    bare: Bullets = titled(one, "Sentences without a joint statement").blocks[0]
    assert bare.items == ("Sentence 3 is …",)


def test_a_sentence_without_agreement_keeps_both() -> None:
    one = titled(told(played()), "Table 1")
    both: Statements = blocks(titled(one, BOTH), Statements)[0]
    kept = both.statements[0]
    assert (kept.opening, kept.text, kept.other) == ("Sentence 1 is …", "ours.", "theirs.")
    assert list(texts(kept.notes)) == ["It draws on the views of: Health."]


def test_reservations_stand_beside_what_they_are_about() -> None:
    table = at_joint("r1")
    for _ in range(2):
        table.make(1, "open_check", row="r1")
        table.check(1, 3, 3, 3, 3, row="r1")
    table.make(1, "choose_ending", row="r1", ending="with_reservations", note="If there is time for it.")
    table.to("locked")
    one = titled(told(table), "Table 1")
    beside = ["Agreed with reservations.", "Beside it stands: “If there is time for it.”"]
    assert written(one, AGREED) == [("Sentence 1 is …", "ours.", beside)]


def test_one_sentence_stays_open_and_the_others_stand() -> None:
    one = titled(told(ended("all_but_one", open_row="r2", note="We come back to it.")), "Table 1")
    assert head(one)[1] == "All but one sentence agreed"
    assert "“Sentence 2 is …” stays open. The other sentences stand." in head(one)
    assert [list(texts(quotes)) for quotes in one.blocks if isinstance(quotes, Quotes)] == [
        ["Kept beside the grid", "We come back to it.", ""]
    ]
    assert [text for _, text, _ in written(one, AGREED)] == ["ours."]
    assert written(one, OPEN) == [("Sentence 2 is …", "ours.", ["It alone stays open; the other sentences stand."])]


def test_a_grid_agreed_with_reservations_carries_sentences_that_had_no_check_of_their_own() -> None:
    one = titled(told(ended("with_reservations")), "Table 1")
    assert written(one, AGREED)[1] == (
        "Sentence 2 is …",
        "ours.",
        ["Agreed as a part of the whole grid, without a check of its own."],
    )


@pytest.mark.parametrize("ending", ["not_agreed", "unchecked"])
def test_words_that_nothing_carried_are_not_called_agreed(ending: str) -> None:
    if ending == "unchecked":
        table = at_joint("r1", "r2")
        table.to("locked")
    else:
        table = ended(ending)
    one = titled(told(table), "Table 1")
    assert written(one, OPEN)[-1] == ("Sentence 2 is …", "ours.", ["It was not checked by itself."])


def test_a_statement_that_begins_otherwise_than_its_opening_is_told_whole() -> None:
    table = at_joint()
    table.write(1, "joint-r1", "Ours is sentence 1.")
    table.to("locked")
    one = titled(told(table), "Table 1")
    assert written(one, OPEN)[0][:2] == ("Sentence 1 is …", "Ours is sentence 1.")


def test_the_whole_grid_lies_on_its_side_with_empty_cells_guesses_and_what_all_say() -> None:
    whole: Section = titled(titled(told(played()), "Table 1"), "The whole grid")
    assert whole.page == "wide"
    note, table = whole.blocks
    assert next(texts(note)) == "Nobody wrote for: Police."
    assert list(texts(table.columns)) == ["Sentence", "Education", "Health", "Police", "Joint statement"]
    assert rows(table) == [
        (
            "Sentence 1 is …",
            "School says so.",
            "Clinic says so.",
            "Empty. A guess by others: “One number”",
            "Both are kept: “Sentence 1 is ours.” and “Sentence 1 is theirs.”",
        ),
        ("Sentence 2 is …", "Empty", "Empty", "Empty", "Nothing written"),
        ("Sentence 3 is …", "Empty", "Empty", "Empty", "Nothing written"),
    ]


def test_those_who_sat_there_and_the_trainer_read_what_was_asked_and_how_cells_were_marked() -> None:
    for more in ({"version": "trainer"}, {"version": "participant", "own": 1}):
        made = told(played(), **more)
        asked: Quotes = titled(made, "What was asked, and answered").blocks[0]
        assert list(texts(asked)) == [
            "Health, on “Sentence 1 is …”",
            "Which clinic?",
            "a question",
            "All of them.",
            "their answer",
        ]
        marks: Details = titled(made, "How the views were marked")
        of_education, of_health = rows(marks.blocks[0])
        assert of_education == ("Sentence 1 is …", "Education", 0, 0, 3)
        assert of_health[:2] == ("Sentence 1 is …", "Health")
        assert of_health[3] not in (0, 1, 2)
