"""The seat page while a table agrees on its top places: marking, places, what is contested."""

import re

import pytest

from app.activities.ranking.shapes import Answer, Marks, Setup
from app.activities.ranking.views.top import places_part, top
from tests.activities.scenes import ORDER, SETUP, TEXT, board_of, html_of, ids_of, scene_of

MARKS = Marks(answered=5, for_all=("s1", "s10", "s8", "s2"), contested=("s4", "s9"), out=("s6", "s7", "s5"))
FOUR = (("s1",), ("s10",), ("s8",), ("s2",), ())
MINE = ("s1", "s2", "s4", "s8", "s9")


def row(html: str, statement: str) -> str:
    """Take one statement's row on the top places."""
    found = re.search(rf'<li class="topped" id="statement-{statement}".*?</li>', html, re.S)
    assert found is not None
    return found[0]


def leads(html: str, statement: str) -> dict[str, str]:
    """Read where each of a row's buttons leads."""
    return {deed: place for place, deed in re.findall(r'value="(\d)" data-testid="(\w+)-s\d+"', row(html, statement))}


def test_marking_offers_what_stays_and_asks_for_exactly_the_number() -> None:
    regions = top(scene_of("top", board_of()))
    assert ids_of(regions) == ["marking", "progress", "send"]
    html = html_of(regions, "marking")
    assert sorted(re.findall(r'type="checkbox" name="statements" value="(s\d+)"', html)) == sorted(ORDER)
    assert "Only you see this" in html
    assert 'data-version="40"' in html
    foot = html_of(regions, "send")
    assert 'data-marks="5"' in foot
    assert "Send my five" in foot
    assert "disabled" not in foot


@pytest.mark.parametrize(("wanted", "words"), [(1, "Send my choice"), (3, "Send my 3"), (5, "Send my five")])
def test_the_button_says_how_many(wanted: int, words: str) -> None:
    setup = Setup(statements=SETUP.statements, top=wanted)
    assert words in html_of(top(scene_of("top", board_of(), setup=setup)), "send")


def test_sent_marks_are_shown_to_their_seat_and_can_be_changed() -> None:
    regions = top(scene_of("top", board_of(), answer=Answer(marks=MINE)))
    assert ids_of(regions) == ["marking", "progress", "on"]
    html = html_of(regions, "marking")
    listed = html[: html.index("<details")]
    assert [one for one in ORDER if TEXT[one] in listed] == [one for one in ORDER if one in MINE]
    assert re.findall(r'value="(s\d+)"[^>]* checked', html) == sorted(MINE, key=lambda one: int(one[1:]))
    assert "Send my five" in html


def test_marks_of_an_earlier_round_do_not_count() -> None:
    regions = top(scene_of("top", board_of(round=1), answer=Answer(marks=MINE)))
    assert "send" in ids_of(regions)
    assert "checked" not in html_of(regions, "marking")


def test_marking_does_not_change_as_others_move_the_board() -> None:
    one, other = (top(scene_of("top", board_of(order)))[0] for order in (ORDER, ORDER[::-1]))
    assert one == other


def test_places_show_the_list_with_its_open_places() -> None:
    html = html_of(top(scene_of("top", board_of(marks=MARKS, top=FOUR))), "places")
    assert re.findall(r'id="statement-(s\d+)"[^>]*data-place="(\d)"', html) == [
        ("s1", "1"),
        ("s10", "2"),
        ("s8", "3"),
        ("s2", "4"),
    ]
    assert "1 place open" in html
    assert "Choose from the contested ones" in html
    assert 'id="open-5"' in html


def test_up_and_down_lead_to_the_neighbours() -> None:
    html = html_of(top(scene_of("top", board_of(marks=MARKS, top=FOUR))), "places")
    assert leads(html, "s10") == {"up": "1", "down": "3", "share": "1"}
    assert leads(html, "s1") == {"up": "1", "down": "2"}
    assert 'data-testid="up-s1"' in row(html, "s1")
    assert re.search(r'data-testid="up-s1"[^>]*aria-disabled="true"', row(html, "s1"))
    assert 'data-testid="take-out-s10"' in row(html, "s10")


def test_a_shared_place_uses_up_the_next_and_is_passed_whole() -> None:
    tiers = (("s1",), ("s10", "s8"), (), ("s2",), ("s9",))
    settled = {"s10": "shared", "s8": "shared", "s9": "lots"}
    html = html_of(top(scene_of("top", board_of(marks=MARKS, top=tiers, settled=settled))), "places")
    assert "open-" not in html
    assert leads(html, "s8") == {"up": "1", "down": "4", "part": "3"}
    assert leads(html, "s2") == {"up": "2", "down": "5", "share": "2"}
    assert "shared place" in row(html, "s8")
    assert "settled by lots" in row(html, "s9")


def test_sorted_says_what_all_some_and_nobody_marked() -> None:
    html = html_of(top(scene_of("top", board_of(marks=MARKS, top=FOUR))), "sorted")
    parts = html.split("<h2")
    assert [re.findall(r'id="sorted-(s\d+)"', one) for one in parts[1:]] == [
        ["s4", "s9"],
        ["s1", "s10", "s8", "s2"],
        ["s6", "s7", "s5"],
    ]
    assert re.findall(r'value="(\d)" data-testid="put-(s\d+)"', html) == [("5", "s4"), ("5", "s9")]
    assert "all 5 marked it" in html


def test_below_five_marks_no_number_is_told() -> None:
    marks = MARKS.model_copy(update={"answered": 4})
    html = html_of(top(scene_of("top", board_of(marks=marks, top=FOUR))), "sorted")
    assert "all marked it" in html
    assert "all 4" not in html


def test_too_few_marks_leave_one_list_to_choose_from() -> None:
    html = html_of(top(scene_of("top", board_of(marks=Marks(answered=2), top=(("s8",), (), (), (), ())))), "sorted")
    assert re.findall(r'id="sorted-(s\d+)"', html) == list(ORDER)
    assert [one for _, one in re.findall(r'value="(2)" data-testid="put-(s\d+)"', html)] == [
        one for one in ORDER if one != "s8"
    ]
    assert "Contested" not in html


def test_nothing_more_can_be_put_on_a_full_list() -> None:
    regions = top(scene_of("top", board_of(marks=MARKS, top=(*FOUR[:4], ("s4",)))))
    assert 'data-testid="put-' not in html_of(regions, "sorted")
    assert "disabled" not in html_of(regions, "on")
    assert "Check our five" in html_of(regions, "on")


def test_what_nobody_marked_is_offered_where_nothing_else_is_left() -> None:
    tiers = (("s1",), ("s10",), ("s8",), ("s2",), ())
    marks = MARKS.model_copy(update={"contested": (), "out": ("s4", "s9", "s6", "s7", "s5")})
    html = html_of(top(scene_of("top", board_of(marks=marks, top=tiers))), "sorted")
    assert len(re.findall('data-testid="put-', html)) == 5


def test_the_way_on_waits_until_the_list_is_full() -> None:
    html = html_of(top(scene_of("top", board_of(marks=MARKS, top=FOUR))), "on")
    assert "Check our five" in html
    assert "disabled" in html


def test_each_statement_stands_once_on_the_page() -> None:
    regions = top(scene_of("top", board_of(marks=MARKS, top=FOUR)))
    html = html_of(regions, "places") + html_of(regions, "sorted")
    found = re.findall(r'\bid="([^"]+)"', html)
    assert len(found) == len(set(found))
    assert sorted(re.findall(r'data-testid="statement-(s\d+)"', html)) == sorted(ORDER)


def test_the_check_takes_the_places_and_what_to_put_on_them() -> None:
    assert ids_of(places_part(scene_of("check", board_of(marks=MARKS, top=FOUR)))) == ["places", "sorted"]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_state_is_drawn_in_both_languages(language: str) -> None:
    for board in (board_of(), board_of(marks=MARKS, top=FOUR), board_of(marks=Marks(answered=1))):
        for region in top(scene_of("top", board)):
            assert f'id="{region.id}"' in html_of((region,), region.id, language)


def test_an_open_either_or_takes_the_foot() -> None:
    asked = {"id": 1, "a": "s4", "b": "s9", "subject": "top"}
    regions = top(scene_of("top", board_of(marks=MARKS, top=FOUR, eithers=(asked,))))
    assert ids_of(regions) == ["places", "either", "progress", "send", "sorted"]
