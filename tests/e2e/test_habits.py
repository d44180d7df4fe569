"""What phones do all day: lose the line, reload, go back, sleep, be two at once.

Law: the seat continues where it was, and the last order on the server is the last one shown as saved.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.cable import Cable
from tests.e2e.conftest import Device
from tests.e2e.hall import Hall, Person, Room
from tests.e2e.hands import choose, is_not_saved, is_saved, kept_as_shown, move_on, moved, order, swapped
from tests.e2e.screens import shows_the_truth
from tests.e2e.troubles import CUT_OFF, Troubles
from tests.programs import wait_until

LATE = "status of 409"


@pytest.fixture
def cable(hall: Hall) -> Iterator[Cable]:
    with Cable(hall.port).lying() as laid:
        yield laid


def test_a_phone_that_goes_back_to_the_page_continues_where_it_was(
    room: Room, desk: Page, ann: Person, phone: Device
) -> None:
    page = room.seat(phone(), ann)
    page.get_by_test_id(f"down-{order(page)[0]}").click()
    made = order(page)
    page.goto(f"{room.hall.base}/rejoin")
    page.go_back()
    page.wait_for_selector("#ballot")
    assert order(page) == made
    kept_as_shown(room, page)
    move_on(desk, "compare", page)


def test_a_phone_that_sleeps_shows_the_room_as_it_is_when_it_wakes(
    room: Room, desk: Page, ann: Person, phone: Device
) -> None:
    page = room.seat(phone(), ann)
    set_hidden(page, hidden=True)
    expect(page.locator("#line")).to_have_count(1)
    move_on(desk, "compare")
    set_hidden(page, hidden=False)
    page.wait_for_selector("#mirror")
    expect(page.locator("#connection")).to_be_hidden()
    shows_the_truth(page, "woken")


def test_an_unsent_move_survives_a_page_that_is_closed_and_loaded_again(
    room: Room, desk: Page, ann: Person, phone: Device, cable: Cable, troubles: Troubles
) -> None:
    troubles.expect(CUT_OFF)
    page = room.seat(phone(), ann, cable.base)
    ids, address = order(page), page.url
    cable.pull()
    choose(page, ids[4], "top")
    is_not_saved(page)
    page.goto("about:blank")
    assert room.answer(ann.seat_id) == {}
    cable.plug()
    page.goto(address)
    assert order(page) == moved(ids, ids[4], 0)
    kept_as_shown(room, page)
    assert order(page) == moved(ids, ids[4], 0)


def test_a_move_that_was_not_yet_sent_is_handed_in_as_the_page_leaves(
    room: Room, desk: Page, ann: Person, phone: Device
) -> None:
    page = room.seat(phone(), ann)
    page.get_by_test_id(f"down-{order(page)[0]}").click()
    made = order(page)
    page.reload()
    assert order(page) == made
    kept_as_shown(room, page)


def test_two_tabs_of_one_seat_agree(room: Room, desk: Page, ann: Person, phone: Device) -> None:
    device = phone()
    one, other = room.seat(device, ann), room.seat(device, ann)
    ids = order(one)
    assert order(other) == ids
    one.get_by_test_id(f"down-{ids[0]}").click()
    shows(other, swapped(ids, 0))
    choose(other, ids[9], "discard")
    shows(one, swapped(ids, 0)[:9])
    one.get_by_test_id("done").click()
    expect(other.get_by_test_id("done")).to_have_attribute("aria-pressed", "true")
    other.get_by_test_id("done").click()
    expect(one.get_by_test_id("done")).to_have_attribute("aria-pressed", "false")
    kept_as_shown(room, one)
    kept_as_shown(room, other)


def test_the_seat_code_brings_the_seat_to_another_phone(room: Room, ann: Person, desk: Page, phone: Device) -> None:
    first = room.seat(phone(), ann)
    choose(first, order(first)[6], "top")
    is_saved(first)
    first.get_by_text("Your seat code").click()
    seat_code = first.get_by_test_id("seat-code").inner_text()
    second = phone().new_page()
    second.goto(f"{room.hall.base}/rejoin")
    second.get_by_test_id("rejoin-code").fill(room.code)
    second.get_by_test_id("rejoin-seat-code").fill(seat_code.lower())
    second.get_by_test_id("rejoin-submit").click()
    second.wait_for_selector("#ballot")
    assert order(second) == order(first)
    ids = order(second)
    second.get_by_test_id(f"down-{ids[0]}").click()
    shows(first, swapped(ids, 0))
    kept_as_shown(room, first)


def test_a_server_that_is_killed_and_started_again_has_all_that_was_saved_and_gets_the_rest(
    own_hall: Hall, phone: Device, laptop: Device, troubles: Troubles
) -> None:
    troubles.expect(CUT_OFF)
    room = own_hall.a_workshop()
    ann = room.person("Ann", "health", 1)
    desk, page = room.desk(laptop()), room.seat(phone(), ann)
    move_on(desk, "read")
    move_on(desk, "solo", page)
    choose(page, order(page)[5], "top")
    kept_as_shown(room, page)
    saved = order(page)
    own_hall.kill()
    page.get_by_test_id(f"down-{saved[0]}").click()
    is_not_saved(page)
    # Looked at while the server is dead: once it is back the phone sends the rest at once.
    assert room.ballot(ann.seat_id)["order"] == saved
    own_hall.start()
    kept_as_shown(room, page)
    assert order(page) == swapped(saved, 0)
    expect(desk.locator("#connection")).to_be_hidden()
    move_on(desk, "compare", page)


def test_polling_shows_the_truth_where_sockets_are_blocked(
    room: Room, desk: Page, ann: Person, phone: Device, troubles: Troubles
) -> None:
    troubles.expect(CUT_OFF)
    device = phone()
    device.route_web_socket("**/live**", lambda socket: socket.close())
    page = room.seat(device, ann)
    page.clock.install()
    page.reload()
    page.get_by_test_id(f"down-{order(page)[0]}").click()
    kept_as_shown(room, page)
    move_on(desk, "compare")
    page.clock.run_for(16_000)
    page.wait_for_selector("#mirror", timeout=25_000)
    expect(page.locator("#connection")).to_be_hidden()
    shows_the_truth(page, "polled")


def test_a_line_that_is_dead_without_knowing_it_is_made_anew(
    room: Room, desk: Page, ann: Person, phone: Device, cable: Cable, troubles: Troubles
) -> None:
    troubles.expect(CUT_OFF)
    page = room.seat(phone(), ann, cable.base)
    page.clock.install()
    heard: list[object] = []
    page.on("websocket", lambda line: line.on("framereceived", lambda frame: heard.append(frame)))
    page.reload()
    # Asking the page anything lets what has come to it be told.
    wait_until(lambda: bool(heard or page.evaluate("0")), "the line speak")
    cable.go_dead()
    move_on(desk, "compare")
    page.clock.run_for(16_000)
    page.wait_for_selector("#mirror")


def test_a_move_made_on_a_stale_list_is_refused_in_words_and_the_list_is_fresh(
    room: Room, desk: Page, ann: Person, phone: Device, troubles: Troubles
) -> None:
    troubles.expect(LATE)
    device = phone()
    device.route_web_socket("**/live**", keep_quiet)
    page = room.seat(device, ann)
    ids = order(page)
    elsewhere = moved(ids, ids[9], 0)
    ann.rank(elsewhere, done=False)
    page.get_by_test_id(f"down-{ids[0]}").click()
    expect(page.locator("#notice")).to_have_text("This was changed on another screen. Here is how it stands now.")
    shows(page, elsewhere)
    kept_as_shown(room, page)
    page.get_by_test_id(f"down-{elsewhere[0]}").click()
    expect(page.locator("#notice")).to_be_hidden()
    kept_as_shown(room, page)
    assert order(page) == swapped(elsewhere, 0)


def test_a_phone_that_was_away_as_its_phase_closed_is_told_so(
    room: Room, desk: Page, ann: Person, phone: Device, cable: Cable, troubles: Troubles
) -> None:
    troubles.expect(CUT_OFF, LATE)
    device = phone()
    page = room.seat(device, ann, cable.base)
    choose(page, order(page)[3], "top")
    kept_as_shown(room, page)
    saved = order(page)
    device.set_offline(True)
    cable.pull()
    page.get_by_test_id(f"down-{saved[0]}").click()
    is_not_saved(page)
    move_on(desk, "compare")
    cable.plug()
    device.set_offline(False)
    page.wait_for_selector("#mirror")
    expect(page.locator("#notice")).to_have_text("Your table has moved on. Here is where it is now.")
    assert room.ballot(ann.seat_id)["order"] == saved


def shows(page: Page, ids: list[str]) -> None:
    """Wait until a phone shows this order."""
    expect(page.locator("#ballot [data-order] .statement__text")).to_have_count(len(ids))
    wanted = [f"statement-{one}" for one in ids]
    page.wait_for_function(
        "wanted => [...document.querySelectorAll('#ballot [data-order] > li')].map(one => one.id).join() === wanted",
        arg=",".join(wanted),
    )


def keep_quiet(socket: WebSocketRoute) -> None:
    """Open a socket on which nothing ever comes down."""


def set_hidden(page: Page, *, hidden: bool) -> None:
    """Put a phone into a pocket, or take it out."""
    page.evaluate(
        "hidden => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });"
        " Object.defineProperty(document, 'visibilityState', { configurable: true,"
        " get: () => hidden ? 'hidden' : 'visible' }); document.dispatchEvent(new Event('visibilitychange')) }",
        hidden,
    )
