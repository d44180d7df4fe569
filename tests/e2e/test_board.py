"""Two phones at one table rank together: by taps, buttons and keys; what comes too late is refused, nothing is lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.e2e.conftest import Axe, Device
from tests.e2e.fit import misfits
from tests.e2e.hall import Person, Room
from tests.e2e.hands import is_saved
from tests.e2e.screens import shows_the_truth
from tests.e2e.troubles import Troubles
from tests.programs import wait_until

NINE = ["s1", "s2", "s4", "s5", "s6", "s7", "s8", "s9", "s10"]
LATE = "status of 409"
CHANGED = "The table’s board has changed. Here is how it stands now."


@pytest.fixture
def ben(room: Room) -> Person:
    """Somebody else at table 1."""
    return room.person("Ben", "police", 1)


@pytest.fixture
def ranking(room: Room, desk: Page, ann: Person, ben: Person) -> Page:
    """The desk, with a table of two that has discarded s3 and has nine statements in its tray."""
    for person in (ann, ben):
        person.rank(NINE, "s3")
    bring_to(room, desk, "discard")
    assert ann.move("nominate_discard", statement="s3", reason="Not ours to decide.").status_code == 200
    for person in (ann, ben):
        assert person.move("answer_check", value=5).status_code == 200
    bring_to(room, desk, "rank")
    return desk


@pytest.fixture
def page(room: Room, ranking: Page, ann: Person, phone: Device) -> Page:
    """Ann's phone."""
    return room.seat(phone(), ann)


@pytest.fixture
def other(room: Room, ranking: Page, ben: Person, phone: Device) -> Page:
    """Ben's phone."""
    return room.seat(phone(), ben)


def bring_to(room: Room, desk: Page, phase: str) -> None:
    """Press the desk's big button until the table is in a phase."""
    for _ in range(8):
        now = room.phases()
        if phase in now:
            return
        leads_to = desk.locator("#next input[name=phase]")
        was = leads_to.input_value()
        desk.get_by_test_id("next-phase").click()
        wait_until(lambda now=now: room.phases() != now, "the table moving on")  # type: ignore[misc]  # a lambda's default
        # The desk hears of it a moment later; until then its button leads where the table is already.
        expect(leads_to).not_to_have_value(was)
    raise AssertionError(f"the table never came to {phase}")


def shows(page: Page, **wanted: int) -> None:
    """Wait until statements stand on these places; 0 is the tray."""
    for statement, place in wanted.items():
        item = page.get_by_test_id(f"statement-{statement}")
        if place:
            expect(item).to_have_attribute("data-place", str(place))
        else:
            expect(page.locator(f".tray [data-statement={statement}]")).to_have_count(1)


def pick(page: Page, statement: str) -> Locator:
    """Find what picks a statement up."""
    return page.get_by_test_id(f"statement-{statement}").locator("[data-pick]")


def place(page: Page, number: int) -> Locator:
    """Find what a tap on a place meets."""
    return page.locator(f"#board [data-place='{number}'] > .place")


def put(page: Page, statement: str, number: int) -> None:
    """Pick a statement up and tap a place."""
    pick(page, statement).tap()
    expect(pick(page, statement)).to_have_attribute("aria-pressed", "true")
    place(page, number).tap()
    shows(page, **{statement: number})


def lay_out(page: Page, person: Person, *statements: str) -> None:
    """Put statements on the first places, without a browser."""
    for number, statement in enumerate(statements, 1):
        assert person.move("place", statement=statement, position=number).status_code == 200
    shows(page, **{statements[-1]: len(statements)})


def as_list(page: Page) -> None:
    """Choose the list."""
    page.get_by_role("button", name="List", exact=True).tap()
    expect(page.locator("#board")).to_have_attribute("data-shape", "list")


def keep_quiet(socket: WebSocketRoute) -> None:
    """Open a socket on which nothing ever comes down."""


def test_a_statement_is_put_on_a_place_by_two_taps_and_everybody_sees_it(page: Page, other: Page) -> None:
    expect(page.get_by_role("button", name="Diamond")).to_have_attribute("aria-pressed", "true")
    put(page, "s4", 1)
    shows(other, s4=1)
    is_saved(page)
    expect(pick(page, "s4")).to_be_focused()
    expect(pick(page, "s4")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_test_id("who-moved")).to_contain_text("You moved one to place 1")
    expect(other.get_by_test_id("who-moved")).to_contain_text("Health · 1 moved one to place 1")
    expect(other.locator(".place--just")).to_contain_text("just moved")
    put(other, "s9", 1)
    shows(page, s9=1, s4=2)
    for one in (page, other):
        shows_the_truth(one, "after two moves")


def test_nothing_moves_without_something_in_hand(page: Page) -> None:
    place(page, 5).tap()
    expect(page.locator("[data-hand]")).to_have_text(re.compile("Pick up a statement first"))
    pick(page, "s1").tap()
    expect(page.locator("[data-hand]")).to_be_hidden()
    pick(page, "s1").tap()
    expect(pick(page, "s1")).to_have_attribute("aria-pressed", "false")
    shows(page, s1=0)


def test_the_list_has_buttons_for_every_move_and_two_taps_are_two_steps(page: Page, other: Page, ben: Person) -> None:
    lay_out(page, ben, *NINE[:5])
    as_list(page)
    up = page.get_by_test_id("up-s6")
    up.evaluate("one => { one.click(); one.click(); }")
    shows(page, s6=3, s2=2, s4=4)
    shows(other, s6=3)
    is_saved(page)
    page.get_by_test_id("down-s1").tap()
    shows(page, s2=1, s1=2)
    pick(page, "s5").tap()
    page.get_by_test_id("top-s5").tap()
    shows(page, s5=1, s2=2)
    expect(pick(page, "s5")).to_have_attribute("aria-pressed", "false")
    pick(page, "s5").tap()
    page.get_by_test_id("bottom-s5").tap()
    shows(page, s5=9)
    pick(page, "s5").tap()
    page.get_by_test_id("tray-s5").tap()
    shows(page, s5=0)


def test_a_button_stays_under_the_finger_that_pressed_it(page: Page, ben: Person) -> None:
    lay_out(page, ben, *NINE)
    as_list(page)
    up = page.get_by_test_id("up-s7")
    up.scroll_into_view_if_needed()
    before = up.bounding_box()
    up.tap()
    shows(page, s7=5)
    after = up.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2


def test_everything_is_moved_by_keyboard_alone(room: Room, ranking: Page, ann: Person, laptop: Device) -> None:
    page = room.seat(laptop(), ann)
    pick(page, "s1").focus()
    page.keyboard.press("Alt+ArrowUp")
    shows(page, s1=9)
    expect(pick(page, "s1")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    shows(page, s1=7)
    page.keyboard.press("Alt+Home")
    shows(page, s1=1)
    expect(pick(page, "s1")).to_be_focused()
    page.keyboard.press("Alt+End")
    shows(page, s1=9)
    page.keyboard.press("Enter")
    expect(pick(page, "s1")).to_have_attribute("aria-pressed", "true")
    place(page, 4).focus()
    page.keyboard.press("Enter")
    shows(page, s1=4)
    expect(pick(page, "s1")).to_be_focused()
    expect(page.get_by_test_id("who-moved")).to_contain_text("You moved one to place 4: ")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(pick(page, "s1")).to_have_attribute("aria-pressed", "false")


def test_what_is_in_hand_is_said_and_stays_there_as_others_move(page: Page, other: Page) -> None:
    words = pick(page, "s10").locator("[data-words]").inner_text()
    pick(page, "s10").tap()
    expect(page.locator("#board [data-say]")).to_have_text(f"In hand, choose a place for it: {words}")
    put(other, "s1", 1)
    shows(page, s1=1)
    expect(pick(page, "s10")).to_have_attribute("aria-pressed", "true")
    place(page, 9).scroll_into_view_if_needed()
    expect(page.locator("[data-hand]")).to_contain_text(words)
    place(page, 9).tap()
    shows(page, s10=9)


def test_what_somebody_else_moves_leaves_the_hand_and_that_is_said(page: Page, other: Page) -> None:
    pick(page, "s10").tap()
    put(other, "s10", 2)
    shows(page, s10=2)
    expect(pick(page, "s10")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-hand]")).to_contain_text("Somebody has just moved it to place 2")
    expect(page.locator("#board [data-say]")).to_contain_text("Somebody has just moved it to place 2")


def test_a_tap_on_a_stale_board_is_refused_with_a_fresh_one_and_stays_in_hand(
    room: Room, ranking: Page, ann: Person, ben: Person, phone: Device, troubles: Troubles
) -> None:
    troubles.expect(LATE)
    device = phone()
    device.route_web_socket("**/live**", keep_quiet)
    page = room.seat(device, ann)
    pick(page, "s10").tap()
    assert ben.move("place", statement="s1", position=1).status_code == 200
    place(page, 1).tap()
    expect(page.locator("#notice")).to_have_text(CHANGED)
    shows(page, s1=1, s10=0)
    expect(pick(page, "s10")).to_have_attribute("aria-pressed", "true")
    place(page, 1).tap()
    shows(page, s10=1, s1=2)
    expect(page.locator("#notice")).to_be_hidden()
    is_saved(page)


def test_anybody_takes_the_latest_move_back(page: Page, other: Page) -> None:
    expect(page.get_by_test_id("undo")).to_have_attribute("aria-disabled", "true")
    put(page, "s1", 1)
    put(page, "s2", 1)
    shows(other, s2=1, s1=2)
    other.get_by_test_id("undo").tap()
    shows(page, s1=1, s2=0)
    other.get_by_test_id("undo").tap()
    shows(page, s1=0)
    expect(other.get_by_test_id("undo")).to_have_attribute("aria-disabled", "true")


def test_the_chosen_shape_is_the_viewers_own_and_outlives_swaps_and_reloads(page: Page, other: Page) -> None:
    as_list(page)
    put(other, "s1", 1)
    shows(page, s1=1)
    expect(page.get_by_test_id("up-s1")).to_be_visible()
    expect(other.get_by_test_id("up-s1")).to_be_hidden()
    page.reload()
    expect(page.get_by_test_id("up-s1")).to_be_visible()
    expect(page.get_by_role("button", name="List", exact=True)).to_have_attribute("aria-pressed", "true")


def test_a_table_ranks_without_scripts(room: Room, ranking: Page, ann: Person, phone: Device) -> None:
    page = room.seat(phone(java_script_enabled=False), ann)
    item = page.get_by_test_id("statement-s4")
    item.get_by_label("Place").select_option("2")
    item.get_by_role("button", name="Put it there").click()
    shows(page, s4=2)
    page.get_by_test_id("up-s4").click()
    shows(page, s4=1)
    page.get_by_test_id("bottom-s4").click()
    shows(page, s4=9)
    page.get_by_test_id("undo").click()
    shows(page, s4=1)
    page.get_by_test_id("tray-s4").click()
    shows(page, s4=0)


@pytest.mark.parametrize("shape", ["diamond", "list"])
def test_the_board_bars_nobodys_way(page: Page, ben: Person, axe: Axe, shape: str) -> None:
    lay_out(page, ben, *NINE[:6])
    if shape == "list":
        as_list(page)
    pick(page, "s5").tap()
    assert axe(page) + misfits(page) == []


def test_links_are_made_together_and_nobodys_half_written_one_is_lost(
    room: Room, ranking: Page, page: Page, other: Page, axe: Axe
) -> None:
    bring_to(room, ranking, "compare")
    page.locator("#link-two").tap()
    expect(page.get_by_test_id("link-a")).to_be_in_viewport()
    page.get_by_test_id("link-a").select_option("s1")
    page.get_by_test_id("link-note").fill("Both are about")
    for one, two in (("s2", "s7"), ("s4", "s5")):
        other.get_by_test_id("link-a").select_option(one)
        other.get_by_test_id("link-b").select_option(two)
        other.get_by_label("Pulling apart").check()
        other.get_by_test_id("link").tap()
        words = page.get_by_test_id("link-a").locator(f"option[value={one}]").inner_text()
        expect(page.locator("#links li", has_text=words)).to_be_visible()
        expect(other.get_by_test_id("link-a")).to_have_value("")
    expect(page.get_by_test_id("link-a")).to_have_value("s1")
    expect(page.get_by_test_id("link-note")).to_have_value("Both are about")
    page.get_by_test_id("link-b").select_option("s2")
    page.get_by_label("Nearly the same").check()
    page.get_by_test_id("link").tap()
    expect(other.get_by_test_id("link-l3")).to_contain_text("Both are about")
    expect(page.get_by_test_id("link-note")).to_have_value("")
    other.get_by_test_id("unlink-l3").tap()
    expect(page.locator("#links li")).to_have_count(2)
    assert axe(page) + misfits(page) == []


def test_a_list_of_five_is_marked_alone_and_filled_together(
    room: Room, ranking: Page, ann: Person, page: Page, other: Page, axe: Axe
) -> None:
    cat = room.person("Cat", "education", 1)
    bring_to(room, ranking, "top")
    send = page.get_by_test_id("send-marks")
    expect(send).to_be_disabled()
    for statement in NINE[:5]:
        page.get_by_test_id(f"mark-{statement}").check()
    expect(page.locator("[data-count]")).to_have_text("5 of 5 chosen")
    page.get_by_test_id("mark-s7").check()
    expect(page.locator("[data-count]")).to_have_text("6 chosen, 1 too many")
    expect(send).to_be_disabled()
    page.get_by_test_id("mark-s7").uncheck()
    assert axe(page) + misfits(page) == []
    send.tap()
    expect(page.locator("#marking")).to_contain_text("Sent.")
    assert room.answer(ann.seat_id)["marks"] == NINE[:5]
    for marks in (NINE[:4] + NINE[5:6],):
        assert cat.move("mark_top", statements=marks).status_code == 200
    for statement in NINE[:5]:
        other.get_by_test_id(f"mark-{statement}").check()
    other.get_by_test_id("send-marks").tap()
    shows(page, s1=1, s2=2, s4=3, s5=4)
    expect(page.locator("#places")).to_contain_text("1 place open")
    expect(page.get_by_test_id("on")).to_be_disabled()
    assert axe(page) + misfits(page) == []
    page.get_by_test_id("put-s6").tap()
    shows(other, s6=5)
    expect(other.get_by_test_id("on")).to_be_enabled()
    page.get_by_test_id("up-s6").tap()
    shows(page, s6=4, s5=5)
    page.locator("#more-top-s2 summary").tap()
    page.get_by_test_id("share-s2").tap()
    shows(other, s1=1, s2=1)
    expect(other.get_by_test_id("statement-s2")).to_contain_text("shared place")
    page.locator("#more-top-s5 summary").tap()
    page.get_by_test_id("take-out-s5").tap()
    expect(page.get_by_test_id("put-s5")).to_be_visible()
