"""The seat page's frame: one sentence to a screen, the list of them all, and whose view a seat writes."""

from typing import Any

from app.activities.base import Given, Person, Region, SeatScene
from app.activities.grid import jots, views
from app.activities.grid.shapes import Answer, Asked, Board, Heat, Joint, Reply, Setup
from app.activities.grid.views import frame
from app.errors import N_
from app.web.templates import draw

SETUP = Setup.model_validate(
    {
        "rows": [{"id": f"r{n}", "prompt": f"Sentence opening {n} …"} for n in (1, 2, 3)],
        "columns": [
            {"id": "education", "label": "Education"},
            {"id": "health", "label": "Health"},
            {"id": "police", "label": "Police"},
        ],
        "agreed": "Joint statement",
    }
)
PEOPLE = (
    Person(1, 1, "Education", here=True, agency_id="education", table=2),
    Person(2, 2, "Health", here=True, agency_id="health", table=2),
    Person(3, 3, "Health", here=True, agency_id="health", table=2),
    Person(4, 4, "", here=True, agency_id=None, table=2),
)
MINE = Answer.model_validate({"jots": {"r2": [{"id": "j1", "text": "one plan"}, {"id": "j2", "text": "<b>early</b>"}]}})


def scene(phase: str, board: Board | None = None, **more: Any) -> SeatScene:
    """Make what seat 2 sees, who speaks for Health with seat 3; `more` are fields of the scene."""
    known: dict[str, Any] = {"answer": MINE, "agency": "health", "seat": 2, "revealed": {}, "done": 1} | more
    return SeatScene(
        setup=known.pop("setup", SETUP),
        phase=phase,
        place=2,
        answer_version=5,
        board=board or Board(),
        board_version=7,
        own={},
        seats=4,
        moves_url="/w/abcd/steps/1/moves",
        people=known.pop("people", PEOPLE),
        table=2,
        texts_url="/w/abcd/texts/1/2",
        **known,
    )


def html(regions: tuple[Region, ...], name: str, language: str = "en") -> str:
    """Draw a region of a page."""
    region = next(one for one in regions if one.id == name)
    return draw(language, region.template, view=region.view)


def states(phase: str, board: Board, **more: Any) -> list[tuple[str, str]]:
    """Read the list of sentences: which, and how far each is."""
    region = frame.rows(scene(phase, board, **more))
    assert isinstance(region.view, frame.RowsView)
    return [(one.sentence.id, draw("en", "grid/row_state.html", view=one).strip()) for one in region.view.rows]


def test_all_sentences_are_in_the_page_and_only_the_first_is_shown() -> None:
    page = views.seat(scene("jot"))
    head = html(page, "phase")
    assert [part.split('"')[0] for part in head.split('data-row="')[1:]] == ["r1", "r2", "r3"]
    assert head.count(" hidden>") == 2
    assert "Sentence 1 of 3 · only you see your jots yet" in head
    assert "hidden>" not in html(page, "row-r1").splitlines()[0]
    assert "hidden>" in html(page, "row-r2").splitlines()[0]


def test_the_page_brings_what_its_kind_needs_and_no_other_does() -> None:
    head = html(views.seat(scene("jot")), "phase")
    assert 'data-needs="/static/grid' in head
    assert 'rel="stylesheet" href="/static/grid' in head


def test_ones_own_jots_stand_on_their_sentence_and_can_be_taken_away() -> None:
    page = views.seat(scene("jot"))
    second = html(page, "row-r2")
    assert "one plan" in second
    assert "&lt;b&gt;early&lt;/b&gt;" in second
    assert 'data-testid="drop-j2"' in second
    assert "one plan" not in html(page, "row-r1") + html(page, "row-r3")


def test_the_form_gives_way_to_a_sentence_at_three_jots() -> None:
    full = Answer.model_validate({"jots": {"r1": [{"id": f"j{n}", "text": f"Jot {n}"} for n in (1, 2, 3)]}})
    page = views.seat(scene("jot", answer=full))
    assert 'data-testid="jot-r1"' not in html(page, "row-r1")
    assert "That is three." in html(page, "row-r1")
    assert 'data-testid="jot-r2"' in html(page, "row-r2")


def test_who_has_no_column_chooses_whose_view_to_write_before_jotting() -> None:
    page = views.seat(scene("jot", agency=None, answer=Answer()))
    assert html(page, "speak").count('type="radio"') == 3
    assert "I would rather only listen for now" in html(page, "speak")
    assert "<textarea" not in html(page, "row-r1")
    chosen = views.seat(scene("jot", agency=None, answer=Answer(column="police")))
    assert "You write for Police." in html(chosen, "speak")
    assert "<textarea" in html(chosen, "row-r1")


def test_who_has_a_column_is_not_asked_for_one() -> None:
    assert "speak" not in [one.id for one in (*views.seat(scene("jot")), *views.seat(scene("caucus")))]


def test_being_done_is_said_at_the_last_sentence_or_in_the_list_and_taken_back() -> None:
    page = views.seat(scene("jot"))
    assert 'data-at="last" hidden' in html(page, "finish")
    assert 'name="done" value="true"' in html(page, "rows")
    done = views.seat(scene("jot", answer=MINE.model_copy(update={"done": True})))
    assert 'name="done" value="false"' in html(done, "finish")
    assert 'aria-pressed="true"' in html(done, "rows")


def test_colleagues_see_the_jots_of_their_column_and_no_names() -> None:
    given = (
        Given(2, "health", MINE),
        Given(3, "health", Answer.model_validate({"jots": {"r2": [{"id": "j1", "text": "listening first"}]}})),
        Given(1, "education", Answer.model_validate({"jots": {"r2": [{"id": "j1", "text": "not for Health"}]}})),
    )
    revealed = {"jot": jots.narrow(SETUP, "jot", jots.reveal(SETUP, "jot", given), given[0])}
    page = views.seat(scene("caucus", revealed=revealed))
    second = html(page, "row-r2")
    assert 'data-put="listening first" data-into="cell-text-r2"' in second
    assert "one plan" in second
    assert "not for Health" not in "".join(draw("en", one.template, view=one.view) for one in page)
    assert 'data-text="/w/abcd/texts/1/2/cell-r2-health"' in second
    assert "Sentence 2 of 3 · with Health at your table" in html(page, "phase")


def test_a_cell_names_those_who_write_it_together_and_who_writes_alone() -> None:
    assert "You write here together with Health · 3." in html(views.seat(scene("caucus")), "row-r1")
    alone = html(views.seat(scene("caucus", agency="education", seat=1, answer=Answer())), "row-r1")
    assert "You write alone for Education here." in alone
    assert 'data-writer="2:1"' in alone
    assert "Health" not in alone


def test_a_cell_is_agreed_on_once_somebody_has_written_in_it_and_can_be_changed_again() -> None:
    empty = html(views.seat(scene("caucus")), "row-r1")
    assert 'data-testid="agree-r1" disabled' in empty
    begun = html(views.seat(scene("caucus", Board(begun=("cell-r1-health",)))), "row-r1")
    assert 'data-testid="agree-r1">' in begun
    agreed = html(views.seat(scene("caucus", Board(begun=("cell-r1-health",), agreed={"r1": ("health",)}))), "row-r1")
    assert "Change it again" in agreed
    assert 'name="agreed" value="false"' in agreed


def test_who_writes_for_none_waits_while_the_agencies_write() -> None:
    page = views.seat(scene("caucus", agency=None, answer=Answer()))
    assert "Choose whose view you write, or wait" in html(page, "row-r1")
    assert "<textarea" not in html(page, "row-r1")
    assert "listen" not in html(page, "speak")


def test_the_list_says_how_far_each_sentence_is() -> None:
    assert states("jot", Board()) == [("r1", "nothing yet"), ("r2", "2 jots"), ("r3", "nothing yet")]
    caucus = Board(begun=("cell-r1-health", "cell-r2-health", "cell-r3-police"), agreed={"r1": ("health", "police")})
    assert states("caucus", caucus) == [("r1", "agreed"), ("r2", "a draft"), ("r3", "empty")]
    marks = Answer.model_validate(
        {"marks": {"r2": {"police": {"mark": "shared", "round": 1}}, "r3": {"police": {"mark": "shared"}}}}
    )
    assert states("reveal", Board(reveals=1), answer=marks) == [
        ("r1", "nothing yet"),
        ("r2", "1 mark of yours"),
        ("r3", "nothing yet"),
    ]


def test_the_least_tense_sentence_comes_first_and_keeps_its_number_but_questions_are_answered_before() -> None:
    asked = {one: {"health": (Asked(id="q1", seat=1, text="Why?"),)} for one in ("r1", "r2")}
    board = Board(order=("r3", "r2", "r1"), asked=asked, replies={"r2": {"health": Reply(text="So.", seat=2)}})
    assert states("answer", board) == [
        ("r2", "all questions answered"),
        ("r1", "1 question open"),
        ("r3", "no questions"),
    ]
    head = draw("en", "grid/_phase.html", view=frame.head(scene("answer", board), N_("answers")).view)
    assert head.index('data-row="r2"') < head.index('data-row="r3"')
    assert [(one.id, one.number, one.is_first) for one in frame.sentences(scene("joint", board))] == [
        ("r3", 3, True),
        ("r2", 2, False),
        ("r1", 1, False),
    ]
    assert [one.id for one in frame.sentences(scene("reveal", board))] == ["r1", "r2", "r3"]


def test_the_list_says_what_stands_out_among_cells_and_how_a_row_was_locked() -> None:
    cells = {one: {"education": "a", "health": "b", "police": "c"} for one in ("r1", "r2")}
    board = Board(
        cells=cells, heat={"r1": {"police": Heat(tension=2)}}, joints={"r2": Joint(locked=True, ending="agreed")}
    )
    assert states("joint", board) == [
        ("r1", "2 tensions marked"),
        ("r2", "locked, all at 3 or more"),
        ("r3", "3 cells are empty"),
    ]
    later = Board(cells=cells, begun=("joint-r1",), joints={"r2": Joint(locked=True, ending="not_agreed")})
    assert states("joint", later)[:2] == [("r1", "being written"), ("r2", "locked, not agreed")]


def test_the_way_on_is_offered_once_the_phase_has_what_it_is_for() -> None:
    assert "on" not in [one.id for one in frame.foot(scene("caucus", Board(begun=("cell-r1-health",))))]
    agreed = Board(begun=("cell-r1-health",), agreed={"r1": ("health",)})
    assert "Open all columns" in html(frame.foot(scene("caucus", agreed)), "on")
    assert "on" in [one.id for one in frame.foot(scene("reveal", by_table=True))]


def test_a_grid_of_one_sentence_has_no_back_and_next() -> None:
    one = SETUP.model_copy(update={"rows": SETUP.rows[:1]})
    page = views.seat(scene("jot", setup=one))
    assert "row-next" not in html(page, "turn")
    assert 'data-at="last" hidden' not in html(page, "finish")


def test_every_phase_has_words_for_desk_wall_and_seat() -> None:
    for phase in ("jot", "caucus", "reveal", "answer", "joint", "check", "locked"):
        for words in (views.seat_words(SETUP, phase, Board()), views.wall_words(SETUP, phase)):
            assert all((words.label, words.heading)), phase
