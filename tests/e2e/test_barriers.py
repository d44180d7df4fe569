"""No page bars anybody's way: axe, narrow screens, large text, and targets for thumbs, on every page there is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Axe, Device
from tests.e2e.fit import misfits
from tests.e2e.hall import Hall, Room, close
from tests.e2e.hands import choose, is_saved, move_on, order
from tests.e2e.troubles import Troubles

Look = Callable[[Page, str], None]
ORDER = [f"s{n}" for n in range(1, 11)]
WRONG = "status of 4"
# as a page looks that was refused a move and has lost its line
TROUBLE = """
() => {
  const line = document.getElementById('connection');
  line.hidden = false;
  line.querySelector('[data-words]').textContent = line.dataset.lost;
  const notice = document.getElementById('notice');
  notice.hidden = false;
  notice.textContent = notice.dataset.refused;
}
"""


@pytest.fixture
def look(axe: Axe) -> Look:
    """Look at a page on the device it is on; the wall fits itself to its projector."""

    def at(page: Page, name: str) -> None:
        found = axe(page)
        if page.locator("html[data-audience=wall]").count() == 0:
            found += misfits(page)
        assert {name: found} == {name: []}

    return at


@pytest.fixture(params=["phone", "laptop"])
def page(request: pytest.FixtureRequest) -> Page:
    """A page on a phone, and one on a laptop."""
    device: Device = request.getfixturevalue(request.param)
    return device().new_page()


def test_nothing_bars_the_way_in(hall: Hall, page: Page, look: Look, troubles: Troubles) -> None:
    troubles.expect(WRONG)
    room = hall.a_workshop()
    for name, path in (("first page", "/"), ("join", f"/join/{room.code}"), ("rejoin", "/rejoin")):
        page.goto(hall.base + path)
        look(page, name)
        page.locator("form:not(.language) button, footer button").last.click()
        expect(page.locator(".error-summary")).to_be_visible()
        look(page, f"{name}, left empty")
    early = hall.a_workshop(opened=False)
    for name, path in (
        ("join before the opening", f"/join/{early.code}"),
        ("join by a wrong code", "/join/AAAABBBB"),
        ("nothing there", "/nothing-here"),
        ("a wall without its key", f"/wall/{room.code}"),
        ("sign in", "/trainer/sign-in"),
        ("a spent link", "/sign-in/spent"),
    ):
        page.goto(hall.base + path)
        look(page, name)


def test_nothing_bars_a_trainer_who_prepares(hall: Hall, page: Page, look: Look) -> None:
    room = hall.a_workshop()
    room.person("Ann", "health", 1)
    page.goto(hall.link())
    at = f"/trainer/w/{room.code}"
    for path in (
        *("/trainer", "/trainer/account", "/trainer/workshops/new", "/library", "/library/good-practice-outcomes"),
        *(at + rest for rest in ("/edit", "/edit?step=new", "/edit?step=details", f"/edit?step={room.step}")),
        *(at + rest for rest in ("/people", "/code", "/close", "/delete")),
    ):
        page.goto(hall.base + path)
        expect(page.locator("h1")).to_have_count(1)
        look(page, path)


def test_nothing_bars_a_seat_in_any_phase(hall: Hall, page: Page, laptop: Device, look: Look) -> None:
    room, desk = a_room(hall, laptop)
    ann = room.person("Ann", "health", 1)
    seat = room.seat(page.context, ann)
    look(seat, "waiting")
    move_on(desk, "read", seat)
    seat.get_by_test_id("flag-s9").click()
    expect(seat.get_by_test_id("flag-s9")).to_have_attribute("aria-pressed", "true")
    look(seat, "reading")
    move_on(desk, "solo", seat)
    seat.locator("#ballot [data-handle]").nth(1).click()
    look(seat, "ranking, with a number open")
    choose(seat, order(seat)[4], "discard")
    is_saved(seat)
    rank_all(room)
    seat.get_by_test_id("done").click()
    expect(seat.get_by_test_id("done")).to_have_attribute("aria-pressed", "true")
    look(seat, "done")
    move_on(desk, "compare", seat)
    seat.locator("#mirror summary").click()
    look(seat, "comparing")
    seat.evaluate(TROUBLE)
    look(seat, "with a refusal and without a line")
    close(room)
    expect(seat.locator("#phase h1")).to_have_text("Thank you for taking part")
    look(seat, "closed")


def test_nothing_bars_the_desk_and_the_wall_in_any_phase(
    hall: Hall, laptop: Device, projector: Device, look: Look
) -> None:
    room, desk = a_room(hall, laptop)
    wall = room.wall(projector())

    def look_at_both(name: str) -> None:
        look(desk, f"desk, {name}")
        look(wall, f"wall, {name}")

    look_at_both("waiting")
    move_on(desk, "read")
    desk.locator("#clarify summary").click()
    look_at_both("reading")
    move_on(desk, "solo")
    desk.locator("#only-1 summary").click()
    look_at_both("ranking")
    rank_all(room)
    move_on(desk, "compare")
    wall.wait_for_selector("table.heat")
    look_at_both("comparing")
    desk.keyboard.press("b")
    expect(wall.locator("#wall h1")).to_have_text("The wall is blank")
    look_at_both("blank")
    close(room)
    expect(wall.locator("#wall h1")).to_have_text("Thank you for taking part")
    look_at_both("closed")


def a_room(hall: Hall, laptop: Device) -> tuple[Room, Page]:
    """Open a workshop and its desk."""
    room = hall.a_workshop()
    return room, room.desk(laptop())


def rank_all(room: Room, tables: int = 2) -> None:
    """Bring three people to each table who have ranked, so that there is a mirror to see."""
    for n in range(3 * tables):
        first = ORDER.index(f"s{n + 1}")
        room.person(f"Person {n}", "health", 1 + n % tables).rank(
            [*ORDER[first:], *ORDER[:first]][:9], ORDER[first - 1]
        )
