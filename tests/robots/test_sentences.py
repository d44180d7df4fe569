from app.robots import screens, sentences
from app.robots.page import Page

HEAD = """<header id="phase" data-phase="joint" data-step="/w/A/steps/1/moves">
<div data-row="r2"><p>Sentence 1 of 2</p><h1>We begin with\u00a0<span class="nb">multi-agency</span> …</h1></div>
<div data-row="r1" hidden><h1>We &amp; they …</h1></div></header>"""


def page(inside: str) -> Page:
    return Page(f'<html><body><div id="live" data-version="7">{HEAD}{inside}</div></body></html>')


def form(move: str, inside: str = "", **fields: str) -> str:
    hidden = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in fields.items())
    return f'<form action="/w/A/steps/1/moves"><input type="hidden" name="move" value="{move}">{hidden}{inside}</form>'


def test_sentences_are_read_in_the_order_of_the_page() -> None:
    assert sentences.prompts(page("")) == {"r2": "We begin with multi-agency …", "r1": "We & they …"}


def test_a_grid_names_its_phase_and_where_moves_go() -> None:
    assert (screens.phase(page("")), screens.moves_url(page(""))) == ("grid-joint", "/w/A/steps/1/moves")


def test_texts_that_may_be_written_are_told_from_those_to_read() -> None:
    shown = page(
        '<textarea data-text="/w/A/texts/1/2/joint-r1" data-may="write"></textarea>'
        '<textarea data-text="/w/A/texts/1/2/joint-r2" data-may="read"></textarea>'
        '<textarea data-text="/w/A/texts/1/2/cell-r1-social-care" data-may="write"></textarea>'
    )
    assert sentences.open_rows(shown) == ("r1",)
    cell = sentences.own_cell(shown, "r1")
    assert cell is not None
    assert (cell.address, sentences.column(cell, "r1")) == ("/w/A/texts/1/2/cell-r1-social-care", "social-care")
    assert sentences.own_cell(shown, "r2") is None


def test_cells_that_a_move_is_offered_for_are_listed_once() -> None:
    choice = '<select name="column"><option value="">Choose</option><option value="police">Police</option></select>'
    shown = page(form("mark", row="r1", column="health") * 2 + form("mark", choice, row="r2") + form("guess", row="r1"))
    assert sentences.cells(shown, "mark") == (("r1", "health"), ("r2", "police"))
    assert sentences.cells(shown, "guess") == ()


def test_only_questions_without_an_answer_are_to_be_answered() -> None:
    shown = page(
        form("reply", '<textarea name="text">We do.</textarea>', row="r1", column="health")
        + form("reply", '<textarea name="text"></textarea>', row="r2", column="health")
    )
    assert sentences.unanswered(shown) == (("r2", "health"),)


def test_endings_are_told_by_row_and_those_of_the_whole_grid_by_none() -> None:
    ending = (
        '<input type="radio" name="ending" value="not_agreed"><button name="ending" value="all_but_one">Go</button>'
    )
    shown = page(form("choose_ending", ending) + form("choose_ending", row="r1", ending="with_reservations"))
    assert sentences.endings(shown) == {"": ("not_agreed", "all_but_one"), "r1": ("with_reservations",)}


def test_a_grid_that_is_shown_whole_is_checked_or_locked() -> None:
    whole, result = '<table id="whole"></table>', '<p id="result"></p>'
    assert screens.phase(Page(f"<html>{whole}</html>")) == "grid-check"
    assert screens.phase(Page(f"<html>{whole}{result}</html>")) == "grid-locked"
    assert screens.phase(Page(f"<html>{result}</html>")) == "locked"
