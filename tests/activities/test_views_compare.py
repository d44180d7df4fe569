"""The seat page while a table compares: strips against mirror and board, links, agencies."""

import re
from dataclasses import replace

import pytest

from app.activities.ranking.mirror import AgencyOrder
from app.activities.ranking.shapes import Link
from app.activities.ranking.views.compare import agencies, compare
from tests.activities.scenes import ORDER, OWN, SETUP, TEXT, ballot, board_of, html_of, ids_of, mirror_of, scene_of

TURNED = (*ORDER[:3], "s4", "s2", *ORDER[5:])
LINKS = (
    Link(id="l1", a="s2", b="s7", relation="alike", note="One is a case of the other.", seat=1),
    Link(id="l2", a="s4", b="s10", relation="apart", seat=3),
)


def told(html: str) -> list[str]:
    """Read the line under each strip."""
    lines = re.findall(r'<p class="strip__told">(.*?)</p>', html, re.S)
    return [re.sub(r"<[^>]+>", "", one).strip() for one in lines]


def words(html: str) -> list[str]:
    """Read the statements in the order of the strips."""
    return re.findall(r'<p class="strip__words">(.*?)</p>', html)


def test_strips_show_the_mirror_until_the_board_is_full() -> None:
    html = html_of(compare(scene_of("compare", board_of((None, *ORDER[:8])))), "strips")
    assert words(html) == [TEXT[one] for one in ORDER]
    assert told(html)[3:5] == ["You 5 · table 4 1 place apart", "You 4 · table 5 1 place apart"]
    assert "first answers" not in html


def test_strips_follow_the_full_board_and_keep_the_first_answers_beside_it() -> None:
    html = html_of(compare(scene_of("compare", board_of(TURNED))), "strips")
    assert words(html) == [TEXT[one] for one in TURNED]
    assert told(html)[0] == "You 1 · table 1 Same place"
    assert told(html)[3] == "You 4 · table 4 · first answers 5 Same place"
    assert html.count('class="first" d="M') == 3  # its key, and the two that moved


def test_own_places_are_counted_without_what_the_table_discarded() -> None:
    own = ballot("s3", *ORDER[:8])
    own = own.model_copy(update={"ballot": own.ballot.model_copy(update={"discard": "s5"}) if own.ballot else None})
    html = html_of(compare(scene_of("compare", board_of(), own={"solo": own})), "strips")
    assert [one.split(" ·")[0] for one in told(html)] == [f"You {place}" for place in range(1, 10)]
    assert f"You would discard “{TEXT['s5']}”" in html


def test_who_has_no_ballot_sees_the_tables_marks_alone() -> None:
    html = html_of(compare(scene_of("compare", board_of(), own={})), "strips")
    assert told(html)[0] == "table 1"
    assert "You " not in "".join(told(html))


@pytest.mark.parametrize("answers", [1, 2])
def test_too_few_orders_show_only_ones_own_beside_the_board(answers: int) -> None:
    revealed = {"solo": mirror_of(answers)}
    early = compare(scene_of("compare", board_of((None, *ORDER[:8])), revealed=revealed))
    assert "strips" not in ids_of(early)
    html = html_of(compare(scene_of("compare", board_of(), revealed=revealed)), "strips")
    assert told(html)[0] == "You 1 · table 1 Same place"
    assert "first answers" not in html


def test_links_are_listed_with_a_way_to_take_each_away() -> None:
    html = html_of(compare(scene_of("compare", board_of(links=LINKS))), "links")
    assert re.findall(r' id="link-(l\d)"', html) == ["l1", "l2"]
    assert re.findall(r'name="link" value="(l\d)"', html) == ["l1", "l2"]
    assert "Nearly the same" in html
    assert "Pulling apart" in html
    assert "One is a case of the other." in html


def test_a_hidden_note_is_left_out_and_said_to_be() -> None:
    html = html_of(compare(scene_of("compare", board_of(links=LINKS, hidden=("l1", "l2")))), "links")
    assert "One is a case" not in html
    assert html.count("hidden by the trainer") == 1


def test_the_form_stays_as_it_is_whatever_others_do() -> None:
    def form(**board: object) -> object:
        page = compare(scene_of("compare", board_of(**board)))  # type: ignore[arg-type]  # fields of a board
        return next(one for one in page if one.id == "link-form")

    assert form() == form(links=LINKS[:1]) == form(places=TURNED)
    assert form() != form(links=LINKS), "one's own link empties it"


def test_discarded_statements_cannot_be_linked() -> None:
    html = html_of(compare(scene_of("compare", board_of())), "link-form")
    assert sorted(set(re.findall(r'<option value="(s\d+)"', html))) == sorted(ORDER)


def test_no_agency_is_named_and_none_stands_out() -> None:
    orders = (
        AgencyOrder("health", tuple((one,) for one in ORDER)),
        AgencyOrder("police", tuple((one,) for one in (*ORDER[:3], *reversed(ORDER[3:])))),
        AgencyOrder("social-care", (ORDER[:3], *((one,) for one in ORDER[3:]))),
    )
    view = agencies(SETUP, orders)
    assert view.alike == tuple(TEXT[one] for one in (*ORDER[:3], *ORDER[5:7]))
    assert (view.others[0].text, view.others[0].first, view.others[0].last) == (TEXT["s2"], 4, 9)
    scene = scene_of("compare", board_of(), revealed={"solo": replace(mirror_of(), agencies=orders)})
    html = html_of(compare(scene), "agencies")
    assert not re.search("health|police|social", html, re.I)


def test_no_section_on_agencies_where_they_have_no_lines() -> None:
    assert "agencies" not in ids_of(compare(scene_of("compare", board_of())))


def test_the_board_can_still_be_moved() -> None:
    moved = ids_of(compare(scene_of("compare", board_of(), answer=OWN)))
    assert [one for one in moved if one in ("board", "undo", "who-moved", "link-two")] == [
        "board",
        "who-moved",
        "undo",
        "link-two",
    ]


def test_the_way_to_the_form_is_the_main_button_until_the_table_moves_itself() -> None:
    assert "btn--quiet" not in html_of(compare(scene_of("compare", board_of())), "link-two")
    assert "btn--quiet" in html_of(compare(scene_of("compare", board_of(), by_table=True)), "link-two")
