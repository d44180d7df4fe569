"""What a summary tells of grids: what was agreed and what was not, by table and in the room, for each reader."""

from dataclasses import replace
from typing import Any

import pytest

from app.activities.grid import activity
from app.activities.grid.shapes import Board
from app.activities.summary import Bullets, Details, Quotes, Section, Statements, Telling
from tests.activities.grid.playing import SETUP, GridTable, at_check, at_joint, at_reveal
from tests.activities.grid.telling import blocks, rows, texts, titled, titles, together, told
from tests.activities.grid.test_grid_report import played

ROOM = SETUP.model_copy(update={"scope": "room"})
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
    whole: Any = titled(titled(told(played()), "Table 1"), "The whole grid")
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


def test_others_read_neither_questions_nor_marks_nor_reasons_and_that_is_said() -> None:
    table = ended("not_agreed")
    table.reopen("joint")
    table.to("locked")
    for more in ({"version": "commissioner"}, {"version": "participant"}):
        made = told(played(), table, **more)
        words = " ".join(texts(made))
        inner = ("Which clinic?", "All of them.", "We differ.", "We would wait.", "which was opened again")
        assert [one for one in inner if one in words] == []
        assert [next(texts(one.what)) for one in made.withheld] == [
            "What people jotted down alone",
            "How tables marked and questioned the agencies’ views",
            "Earlier versions of grids that were opened again",
        ]


def test_what_was_masked_or_hidden_is_named_among_what_was_left_out() -> None:
    table = played()
    table.make(None, "hide", entry="cell-r1-health")
    assert [next(texts(one.what)) for one in told(table).withheld] == [
        "What people jotted down alone",
        "Small numbers of marks, exactly",
        "Entries that the trainer has hidden",
    ]


def test_hidden_words_leave_a_place_that_says_so() -> None:
    table = passed()
    for entry in ("cell-r1-health", "joint-r2"):
        table.make(None, "hide", entry=entry)
    one = titled(told(table), "Table 1")
    grid = titled(one, "The whole grid").blocks[1]
    assert [row[2] for row in rows(grid)] == ["Hidden by the trainer", "Empty", "Empty"]
    assert [row[4] for row in rows(grid)] == ["Sentence 1 is ours.", "Hidden by the trainer", "Nothing written"]
    bare: Bullets = titled(one, "Sentences without a joint statement").blocks[0]
    assert list(texts(bare.items)) == ["Sentence 3 is …", "Hidden by the trainer: “Sentence 2 is …”"]


@pytest.mark.parametrize(("entry", "left"), [("joint-r1", "theirs."), ("other-r1", "ours.")])
def test_of_two_sentences_one_may_be_hidden_and_the_other_stays(entry: str, left: str) -> None:
    table = played()
    table.make(None, "hide", entry=entry)
    one = titled(told(table), "Table 1")
    beside = "The trainer has hidden the other of the two sentences."
    assert [(text, notes[0]) for _, text, notes in written(one, BOTH)] == [(left, beside)]


def test_a_grid_opened_again_is_told_as_it_stands_with_the_earlier_version_beneath() -> None:
    table = passed()
    table.reopen("joint")
    table.make(1, "reopen_row", row="r1")
    one = titled(told(table), "Table 1")
    assert head(one)[1] == "Not locked"
    assert written(one, "Version 1, which was opened again") == [
        ("Sentence 1 is …", "ours.", []),
        ("Sentence 2 is …", "ours.", []),
    ]


def test_in_mid_workshop_a_table_is_told_as_far_as_it_has_opened_its_views() -> None:
    private = GridTable()
    private.make(1, "jot", row="r1", text="A private jot")
    private.to("caucus")
    private.write(1, "cell-r1-education", "School says so.")
    made = told(at_reveal(), private)
    assert titles(made) == ["Table 1"]
    one = titled(made, "Table 1")
    assert "The grid was not locked. What stands here is as far as it had come." in head(one)
    assert rows(titled(one, "The whole grid").blocks[1])[0][1] == "School says one plan.\n- and one list"
    assert next(texts(made.blocks[1])) == "At table 2 nothing had been opened when this was written."
    assert "School says so." not in " ".join(texts(made))


def test_a_statement_that_is_being_checked_or_was_not_carried_is_not_agreed_yet() -> None:
    table = at_joint("r1", "r2", "r3")
    table.make(1, "open_check", row="r1")
    table.check(4, 4, 4, 4, 4, row="r1")
    table.make(1, "open_check", row="r2")
    table.check(0, 4, 4, 4, 4, row="r2")
    table.make(1, "open_check", row="r3")
    one = titled(told(table), "Table 1")
    assert [notes for _, _, notes in written(one, OPEN)] == [
        ["The last check on it passed. It was not locked."],
        ["The last check on it did not pass."],
        ["It was not checked by itself."],
    ]


def test_before_anything_is_opened_nothing_is_told() -> None:
    for tables in ((GridTable(),), (GridTable(), GridTable())):
        made = told(*tables)
        assert list(texts(made.blocks)) == ["Nothing was agreed here yet.", "note"]
        assert (made.facts, made.sheets) == ((), ())


def test_a_commissioner_reads_of_the_room_first_and_a_participant_of_the_own_table() -> None:
    tables = (passed(), played(), passed())
    room = "The room: all tables"
    assert titles(told(*tables, version="commissioner")) == [room, "Table 1", "Table 2", "Table 3"]
    assert titles(told(*tables, version="trainer")) == [room, "Table 1", "Table 2", "Table 3"]
    own = told(*tables, version="participant", own=2)
    assert titles(own) == ["Your table: table 2", room, "Table 1", "Table 3"]
    assert [one.page for one in own.blocks if isinstance(one, Section)] == ["flow"] * 4
    assert [one.folds for one in own.blocks if isinstance(one, Section)] == [False, False, True, True]
    assert [one.title for one in blocks(titled(own, "Table 1"), Section) if one.page == "wide"] == []
    assert len([one for one in blocks(titled(own, "Your table: table 2"), Section) if one.page == "wide"]) == 1


def test_the_room_puts_the_tables_statements_side_by_side() -> None:
    room = titled(told(passed(), played(), GridTable(), version="commissioner"), "The room: all tables")
    assert next(texts(room.blocks[0])) == "None of the 3 sentences has a statement that was agreed at all 2 tables."
    assert rows(room.blocks[1]) == [("Table 1", "Agreed", 2, 0, 0), ("Table 2", "Agreed", 0, 1, 0)]
    assert list(texts(titled(room, "What to take from it").blocks[0].items)) == [
        "For “Sentence 1 is …” both sentences stand at 1 table.",
        "No table has words for “Sentence 3 is …”.",
        "At 2 tables nobody wrote for Police.",
    ]
    assert rows(titled(room, "Sentence 1 is …").blocks[0]) == [
        ("Table 1", "ours.", "agreed"),
        ("Table 2", "ours.", "both sentences kept"),
        ("Table 2", "theirs.", "the other sentence"),
    ]


def test_sentences_that_every_table_agreed_are_counted() -> None:
    room = titled(told(passed(), passed()), "The room: all tables")
    said = "For 2 of the 3 sentences, each of the 2 tables agreed on a statement."
    assert next(texts(room.blocks[0])) == said


def test_the_one_grid_of_a_room_is_told_by_itself() -> None:
    table = passed(setup=ROOM)
    made = told(table, first=0, setup=ROOM, version="commissioner")
    assert titles(made)[:2] == [AGREED, "Sentences without a joint statement"]
    assert list(texts(made.facts)) == ["Joint vision", "2 of 3 sentences agreed"]
    assert "Each table" not in " ".join(texts(made.method))


def test_where_only_the_room_is_told_tables_are_counted_and_nobody_is_quoted() -> None:
    room = together(passed(), played()).record(tables=False)
    whole = activity.record(replace(passed().scene(), number=0, board=Board()))
    made = activity.summary(Telling("Our joint vision", SETUP, "trainer", whole=whole, room=room))
    assert rows(made.blocks[0]) == [("Sentence 1 is …", 2), ("Sentence 2 is …", 1), ("Sentence 3 is …", 0)]
    assert rows(made.sheets[0]) == rows(made.blocks[0])
    assert [next(texts(one.what)) for one in made.withheld] == ["What was written, at any table"]


def test_sheets_have_a_row_for_each_thing_that_was_said() -> None:
    made = {one.name: rows(one) for one in told(played(), ended("with_reservations")).sheets}
    assert list(made) == [
        "grid-statements",
        "grid-views",
        "grid-questions",
        "grid-checks",
        "grid-reasons",
    ]
    assert made["grid-statements"][0] == (
        1,
        "Sentence 1 is …",
        "both sentences kept",
        "Sentence 1 is ours.",
        "Sentence 1 is theirs.",
        "",
        "Health",
    )
    assert (1, "Sentence 1 is …", "Police", "a guess by others", "One number", None, None, None) in made["grid-views"]
    assert (1, "Sentence 2 is …", "Health", "empty", "", None, None, None) in made["grid-views"]
    assert made["grid-questions"] == [(1, "Sentence 1 is …", "Health", "Which clinic?", "All of them.")]
    assert [row[:5] for row in made["grid-checks"]][2:4] == [
        (1, 3, "the whole grid", "yes", 5),
        (2, 1, "Sentence 1 is …", "yes", 5),
    ]
    assert made["grid-reasons"][0] == (1, 1, "Sentence 1 is …", "We differ.")


def test_the_last_check_on_the_whole_is_told_to_all_and_the_others_to_those_who_sat_there() -> None:
    for version, there in (("trainer", True), ("commissioner", False)):
        one = titled(told(passed(), version=version), "Table 1")
        found = [next(texts(block.title)) for block in one.blocks if hasattr(block, "title")]
        assert "The last check on the whole grid" in found
        assert ("All other checks" in found) is there
