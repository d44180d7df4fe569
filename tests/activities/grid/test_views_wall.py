"""The grid's part of the wall: cell states, the heat view, one sentence at a time, and what was agreed."""

import re
from typing import Any

import pytest

from app.activities.base import TableScene
from app.activities.checks import Check
from app.activities.grid.room import room
from app.activities.grid.shapes import Board
from app.activities.grid.views.wall import clipped, wall
from tests.activities.grid.room import CELLS, PROMPTS, SETUP, WORDS, at, board_of, html_of, result_of

ENDINGS = ("agreed", "with_reservations", "not_agreed")


def shown(*scenes: TableScene, whole: Any = None) -> str:
    """Draw all that the wall shows of tables."""
    regions = wall(scenes, whole)
    return "\n".join(html_of(regions, one.id) for one in regions)


def locked(number: int = 1, *endings: str, **more: Any) -> TableScene:
    """Make a table that has locked so."""
    return at("locked", board_of(results=[result_of(*(endings or ENDINGS))], **more), number=number)


def all_locked(*scenes: TableScene) -> str:
    """Draw the wall once all tables have locked."""
    return shown(*scenes, whole=room(SETUP, scenes, ()))


def test_wall_adds_nothing_while_people_jot() -> None:
    assert wall((at("jot"),), None) == ()


def test_wall_shows_states_and_no_words_while_agencies_write() -> None:
    board = Board.model_validate({"begun": ["cell-r1-education", "cell-r2-education"], "agreed": {"r1": ["education"]}})
    html = shown(at("caucus", board))
    assert [html.count(f"<span>{word}</span></td>") for word in ("agreed", "draft", "jots only", "nobody")] == [
        1,
        1,
        1,
        7,
    ]


def test_wall_says_how_far_each_of_several_tables_is() -> None:
    html = " ".join(shown(at("caucus", number=1), at("caucus", number=2)).split())
    assert html.count("0 of 21 cells agreed") == 2


def test_heat_view_shows_numbers_and_no_words_of_cells() -> None:
    html = shown(at("reveal", board_of()))
    assert "</span>2</b>" in html
    assert not any(text in html for there in CELLS.values() for text in there.values())


def test_heat_view_of_several_tables_adds_up_and_says_so() -> None:
    html = shown(at("reveal", board_of(), number=1), at("reveal", board_of(), number=2))
    assert "Sums of 2 tables." in html
    assert '<td data-place="2"><b><span class="visually-hidden">Tension: </span>4</b>' in html


def test_heat_view_of_the_joint_phase_says_how_far_each_sentence_is() -> None:
    html = shown(at("joint", board_of()))
    assert html.count("being written") == 2


def test_a_chosen_sentence_stands_large_with_its_cells_beside_each_other() -> None:
    html = shown(at("reveal", board_of(shown="r1")))
    assert f'<h1 id="phase-h">{PROMPTS[0]}</h1>' in html
    assert [text for text in CELLS["r1"].values() if text not in html] == []
    assert "Nothing stands here." in html
    assert "Table 2" not in html


def test_of_several_tables_the_one_shown_last_stands_there_with_its_number() -> None:
    early = at("reveal", board_of(shown="r1"), number=1, board_version=7)
    late = at("reveal", board_of(shown="r2"), number=3, board_version=9)
    html = shown(early, late, at("reveal", board_of(), number=4, board_version=12))
    assert "Table 3 · " in html
    assert PROMPTS[1].replace("'", "&#39;") in html


def test_wall_reads_along_while_a_statement_is_open() -> None:
    html = shown(at("joint", board_of(shown="r1")))
    assert 'data-text="/w/abcd/texts/1/2/joint-r1?as=wall" data-may="read"' in html


@pytest.mark.parametrize("more", [{"locked": True, "ending": "agreed"}, {}])
def test_wall_shows_frozen_words_once_a_statement_is_checked(more: dict[str, Any]) -> None:
    checks = () if more else (Check(id=1, subject="r1", rule="all-at-3"),)
    html = shown(
        at("joint", board_of(shown="r1", joints={"r1": {"text": WORDS, "frozen": True} | more}, checks=checks))
    )
    assert "data-text" not in html
    assert "which a family tells us once" in html


def test_hidden_words_are_not_on_the_wall() -> None:
    hidden = ["cell-r1-health", "joint-r1", "g-1"]
    guesses = {"r1": {"social-care": [{"id": "g-1", "text": "CANARY guess", "seat": 1}]}}
    html = shown(at("joint", board_of(shown="r1", hidden=hidden, guesses=guesses)))
    assert CELLS["r1"]["health"] not in html
    assert "Not shown." in html
    assert "joint-r1?as=wall" not in html
    assert "CANARY" not in html


def test_guess_is_called_a_guess() -> None:
    guesses = {"r1": {"social-care": [{"id": "g-1", "text": "Meet sooner.", "seat": 1}]}}
    html = shown(at("reveal", board_of(shown="r1", guesses=guesses)))
    assert "Others guess:" in html
    assert "“Meet sooner.”" in html


def test_pasted_wall_of_text_is_clipped_and_says_where_the_rest_is() -> None:
    cells = {"r1": {"education": "many words " * 400, "health": "\n".join(f"line {n}" for n in range(40))}}
    html = shown(at("reveal", board_of(shown="r1", cells=cells)))
    assert html.count("… more on phones") == 2
    assert len(html) < 6000


@pytest.mark.parametrize(
    ("text", "kept", "more"),
    [
        ("short", "short", False),
        ("one two three", "one two", True),
        ("x" * 30, "x" * 10, True),
        ("a\n" * 9, "a\na\na\na\na\na", True),
    ],
)
def test_clipped_text_keeps_whole_words_and_lines(text: str, kept: str, more: bool) -> None:
    found = clipped(text, 10 if "\n" not in text else 100)
    assert (found.text, found.more) == (kept, more)


def test_check_of_the_whole_grid_says_how_many_have_answered_and_no_more() -> None:
    html = " ".join(shown(at("check", board_of(checks=(Check(id=1, subject="grid", rule="all-at-3"),)))).split())
    assert "2 of 4 answered" in html


def test_agreed_grid_of_one_table_is_all_there_with_both_views() -> None:
    html = all_locked(locked())
    assert [n for n in (1, 2, 3) if f"having agreed {n}." not in html] == []
    assert "Others say otherwise of r3." in html
    assert "both kept" in html


def test_agreed_grids_of_several_tables_are_compared_by_how_they_ended() -> None:
    html = all_locked(locked(1), locked(2, "agreed", "unchecked"))
    assert "having agreed" not in html
    assert [html.count(f"</svg>{word}<") for word in ("agreed", "with reservations", "both kept", "not checked")] == [
        2,
        1,
        1,
        1,
    ]


def test_a_sentence_shown_at_the_end_has_every_tables_words() -> None:
    html = all_locked(locked(1), locked(2, shown="r2"))
    assert html.count("having agreed 2.") == 2
    assert "having agreed 1." not in html


def test_hidden_statement_is_not_among_the_agreed() -> None:
    html = all_locked(locked(1, hidden=["joint-r1", "other-r3"]))
    assert "having agreed 1." not in html
    assert "Others say otherwise" not in html


def test_agreed_statements_are_drawn_as_large_as_they_fit_and_only_then_clipped() -> None:
    sizes, clips = [], []
    for length in (0, 8, 30):
        result = result_of(*["agreed"] * 7)
        for one in result["rows"]:
            one["text"] += " and more words to it" * length
        html = all_locked(at("locked", board_of(results=[result])))
        sizes.append(re.findall(r'data-size="(\w+)"', html)[0])
        clips.append(html.count("… more on phones"))
    order = ["one", "few", "some", "many", "more", "most"]
    assert order.index(sizes[0]) < order.index(sizes[1]) <= order.index(sizes[2])
    assert clips == [0, 0, 7]


def test_wall_without_people_shows_nothing_of_a_grid() -> None:
    assert wall((at("reveal", board_of(), people=(), seats=0),), None) == ()
