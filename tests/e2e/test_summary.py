"""The summary's pages in a browser: the trainer takes files home, people read and print, and nothing bars the way."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Download, Page, expect

from tests.e2e.album import Album
from tests.e2e.conftest import Axe, Device
from tests.e2e.fit import misfits
from tests.e2e.hall import Hall, Person, Room, close
from tests.e2e.tables import ORDER, Trainer, answer, fill, lay, propose, taken
from tests.e2e.troubles import Troubles

Look = Callable[[Page, str], None]
PLACES = (ORDER, ("s1", "s8", "s10", "s2", "s9", "s4", "s6", "s7", "s5"), ("s10", "s1", "s4", "s9", "s8", *ORDER[3:4]))
SLOWLY = 60_000  # a first file starts the process that makes files


@pytest.fixture
def look(axe: Axe) -> Look:
    """Look for all sorts of barriers on a page, on the device it is on."""

    def at(page: Page, name: str) -> None:
        assert {name: axe(page) + misfits(page)} == {name: []}

    return at


def a_told_room(hall: Hall) -> tuple[Room, dict[int, list[Person]]]:
    """Bring three tables of five to the end of a ranking, one of them with reservations."""
    room = hall.a_workshop(tables=3, purpose="To agree what we want from working together.")
    trainer = Trainer(room)
    agencies = ("education", "health", "police", "social-care", "none")
    tables = {
        number: [room.person(f"Person {number}.{n}", one, number) for n, one in enumerate(agencies)]
        for number in (1, 2, 3)
    }
    trainer.phase("solo")
    for number, people in tables.items():
        for n, person in enumerate(people):
            turned = [*ORDER[n * number % 5 :], *ORDER[: n * number % 5]]
            person.rank(turned, "s3")
    trainer.phase("discard")
    for people in tables.values():
        propose(people[0])
        answer(people, 4)
    trainer.phase("rank")
    for number, people in tables.items():
        lay(people, PLACES[number - 1] if number < 3 else ORDER)
    trainer.phase("top")
    for number, people in tables.items():
        fill(people[0], PLACES[number - 1][:5])
    trainer.phase("check")
    answer(tables[1], 4, 5, 3)
    answer(tables[2], 3, 3, 5)
    answer(tables[3], 1, 4)
    taken(tables[3][0].move("check_again"))
    answer(tables[3], 1, 4)
    taken(tables[3][0].move("choose_ending", ending="reservations", note="If training is paid for."))
    trainer.phase("locked")
    return room, tables


def summary_of(room: Room, page: Page, query: str = "") -> None:
    """Open the trainer's page of a room, signed in."""
    page.goto(room.hall.link(f"/trainer/w/{room.code}/summary{query}"))
    page.wait_for_selector("h1")


def open_all(page: Page) -> None:
    """Open all that can be opened on a page."""
    page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true })")


def downloads(page: Page) -> Download:
    """Press the button of a file that is ready."""
    with page.expect_download() as coming:
        page.locator("[data-testid=made-file]").click(timeout=SLOWLY)
    return coming.value


@pytest.mark.parametrize("on", ["small_phone", "laptop"])
def test_nothing_bars_a_trainer_who_takes_a_summary_home(
    hall: Hall, request: pytest.FixtureRequest, on: str, look: Look, album: Album, troubles: Troubles
) -> None:
    troubles.expect("status of 4")
    room, _ = a_told_room(hall)
    page = request.getfixturevalue(on)().new_page()
    for version in ("participant", "commissioner", "trainer"):
        summary_of(room, page, f"?version={version}")
        expect(page.get_by_test_id(f"version-{version}")).to_have_attribute("aria-current", "page")
        if version == "trainer":
            album.take(page, "summary-trainer" if on == "laptop" else "summary-trainer-360")
        open_all(page)
        look(page, version)
    page.get_by_test_id("make-link").click()
    expect(page.get_by_test_id("made-link")).to_be_in_viewport()
    look(page, "a link that was made")
    page.locator("#review_on").fill("1999-01-01")
    page.get_by_test_id("keep-review").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page, "a day that cannot be")
    page.locator("#review_on").fill(str(date.today().replace(year=date.today().year + 1, day=1)))  # noqa: DTZ011  # any day
    page.get_by_test_id("keep-review").click()
    expect(page.get_by_test_id("saved")).to_be_in_viewport()
    page.get_by_test_id("withdraw-1").click()
    expect(page.get_by_test_id("saved")).to_contain_text("The link is withdrawn.")
    look(page, "a link that was withdrawn, and a day")


def test_nothing_bars_those_who_took_part(
    hall: Hall, small_phone: Device, laptop: Device, look: Look, album: Album, troubles: Troubles
) -> None:
    troubles.expect("status of 410")
    room, tables = a_told_room(hall)
    seat = room.seat(small_phone(), tables[1][0])
    seat.get_by_test_id("summary").click()
    expect(seat.locator("h1")).to_have_text("Joint training, half a day")
    open_all(seat)
    look(seat, "the page at a seat")
    seat.get_by_role("link", name="Back to your seat").click()
    seat.wait_for_selector("#live")
    close(room)
    expect(seat.locator("#phase h1")).to_have_text("Thank you for taking part")
    look(seat, "a seat once the workshop is closed")
    seat.get_by_test_id("summary").click()
    expect(seat.get_by_role("link", name="Back to your seat")).to_have_count(0)
    album.take(seat, "summary-participant-360")
    trainer = laptop().new_page()
    summary_of(room, trainer)
    trainer.get_by_test_id("make-link").click()
    address = trainer.get_by_test_id("link").inner_text().replace("http://concord.example", hall.base)
    reader = laptop().new_page()
    reader.goto(address)
    expect(reader.locator("h1")).to_have_text("Joint training, half a day")
    album.take(reader, "summary-participant")
    open_all(reader)
    look(reader, "the page by a link")
    trainer.get_by_test_id("withdraw-1").click()
    expect(trainer.get_by_test_id("saved")).to_contain_text("The link is withdrawn.")
    reader.reload()
    expect(reader.locator("h1")).not_to_have_text("Joint training, half a day")
    album.take(reader, "summary-withdrawn")


def test_page_prints_without_what_is_only_for_screens(hall: Hall, small_phone: Device) -> None:
    room, tables = a_told_room(hall)
    page = room.seat(small_phone(), tables[1][0])
    page.goto(f"{room.seat_url}/summary")
    page.emulate_media(media="print")
    for gone in (".seat-bar", ".taken__way", ".taken__act"):
        for one in page.locator(gone).all():
            expect(one).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    page.set_viewport_size({"width": 670, "height": 980})
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_words_of_withdrawn_and_empty_pages_are_clear_and_bar_nobody(
    hall: Hall, small_phone: Device, look: Look, troubles: Troubles
) -> None:
    troubles.expect("status of 4")
    room = hall.a_workshop()
    page = small_phone().new_page()
    summary_of(room, page)
    expect(page.get_by_test_id("nothing")).to_contain_text("There is nothing to take home yet.")
    look(page, "nothing to take home yet, for the trainer")
    page.goto(f"{hall.base}/summary/never-given-to-anybody")
    expect(page.locator("h1")).to_have_text("There is nothing here")
    look(page, "no such link")
    page.goto(f"{room.seat_url}/summary")
    expect(page.get_by_role("alert").filter(has_text="those who took part")).to_be_visible()
    look(page, "no seat")


def test_file_is_made_beside_its_button_by_keyboard_alone(hall: Hall, laptop: Device) -> None:
    room, _ = a_told_room(hall)
    page = laptop().new_page()
    summary_of(room, page, "?version=commissioner")
    while page.evaluate("() => document.activeElement.dataset.testid") != "make-pdf":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#made-here [data-state=ready]", timeout=SLOWLY)
    assert page.url.endswith(f"/trainer/w/{room.code}/summary?version=commissioner")
    assert downloads(page).suggested_filename == "concord-joint-training-half-a-day-commissioner.pdf"


def test_file_is_made_without_a_script(hall: Hall, laptop: Device, album: Album) -> None:
    room, _ = a_told_room(hall)
    page = laptop(java_script_enabled=False).new_page()
    summary_of(room, page, "?version=participant&language=cy")
    page.get_by_test_id("make-json").click()
    album.take(page, "summary-made")
    assert downloads(page).suggested_filename == "concord-joint-training-half-a-day-participant.json"
    summary_of(room, page)
    page.get_by_test_id("make-link").click()
    address = page.get_by_test_id("link").inner_text().replace("http://concord.example", hall.base)
    page.goto(address)
    assert page.locator("h1").inner_text() == "Joint training, half a day"
