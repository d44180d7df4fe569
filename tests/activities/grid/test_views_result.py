"""What a seat sees of a locked grid, and of the whole grid in one table."""

import re

from app.activities.grid.shapes import Board
from tests.activities.grid.playing import GridTable, at_check, at_joint, at_reveal
from tests.activities.grid.test_views_check import FAILED, page


def locked(*values: int) -> GridTable:
    """Lock a grid whose last check came out so."""
    table = at_check()
    table.check(*values)
    table.to("locked")
    return table


def apart() -> GridTable:
    """Lock a grid of which one sentence was not agreed."""
    table = at_joint("r1")
    for _ in range(2):
        table.make(1, "open_check", row="r1")
        table.check(*FAILED, row="r1")
    table.make(1, "choose_ending", row="r1", ending="not_agreed", other="We say <otherwise>.", note="For now.")
    table.to("locked")
    return table


def test_an_agreed_grid_says_who_agreed_and_shows_every_statement() -> None:
    shown = page(locked(3, 4, 5, 3, 4))["result"]
    assert "Agreed by all 5 of you" in shown
    assert "The grid of table 2" in shown
    assert "Sentence 1 is</span> ours." in shown
    assert "Nothing was written here." in shown
    assert "version" not in shown


def test_what_was_not_checked_is_said_so() -> None:
    table = at_joint("r1")
    table.to("locked")
    shown = page(table)["result"]
    assert "Locked without a passed check" in shown
    assert "The whole grid was not checked." in shown
    assert "not checked on its own" in shown


def test_a_sentence_without_agreement_keeps_both_and_what_stands_beside() -> None:
    shown = page(apart())["result"]
    assert "Sentence 1 is</span> ours." in shown
    assert "We say &lt;otherwise&gt;." in shown
    assert "“For now.”" in shown
    assert "both kept" in shown
    assert "chip--split" not in shown


def test_hidden_words_are_in_no_part_of_the_page() -> None:
    table = apart()
    for entry in ("joint-r1", "other-r1", "note-r1", "cell-r1-health"):
        table.make(None, "hide", entry=entry)
    drawn = "".join(page(table).values())
    for words in ("ours.", "otherwise", "For now.", "Clinic says one worker."):
        assert words not in drawn
    assert "hidden by the trainer" in drawn


def test_what_each_agency_wrote_is_folded_beneath() -> None:
    shown = page(locked(3, 4, 5, 3, 4))["result"]
    assert '<details class="figures" id="views-r1"><summary>What each service wrote</summary>' in shown
    assert "School says one plan.\n- and one list" in shown
    assert "Nobody here speaks for Police" in shown


def test_a_grid_locked_again_has_a_version_and_keeps_the_first() -> None:
    table = locked(*FAILED)
    table.reopen("check")
    table.check(3, 4, 5, 3, 4)
    table.to("locked")
    shown = page(table)
    assert "version 2" in shown["result"]
    assert "Version 1" in shown["record"]


def test_before_anything_is_locked_there_is_nothing_to_show() -> None:
    table = at_check()
    table.phase = "locked"
    table.board = Board()
    assert page(table) == {}


def test_the_whole_grid_is_a_table_with_headers_for_every_row_and_column() -> None:
    shown = page(locked(3, 4, 5, 3, 4))["whole"]
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', shown) == [
        "Sentence",
        "Education",
        "Health",
        "Police",
        "Joint statement",
    ]
    assert shown.count('<th scope="row">') == 3
    assert shown.count("<td") == 3 * 4
    assert "<caption>The grid of table 2" in shown
    assert "The whole grid at one glance is for a larger screen" in shown


def test_empty_cells_say_why_and_guesses_are_called_so() -> None:
    table = at_reveal()
    table.make(1, "guess", row="r1", column="police", text="Ring us first.")
    shown = page(table)["whole"]
    assert 'nobody here</span><span class="whole__guess">Guess: Ring us first.</span>' in shown
    assert "left empty" in shown
    assert "still open" in shown
    assert "A guess is what others think might stand there." in shown


def test_the_whole_grid_of_the_room_says_so() -> None:
    table = at_reveal()
    assert "The grid of the whole room" in page(table, table=0)["whole"]
