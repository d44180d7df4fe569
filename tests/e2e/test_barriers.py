"""No page bars anybody's way: axe, narrow screens, large text, and targets for thumbs, on every page there is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Axe, Device
from tests.e2e.fit import misfits
from tests.e2e.hall import Hall, Person, Room, close
from tests.e2e.hands import choose, is_saved, move_on, order
from tests.e2e.tables import ORDER as NINE
from tests.e2e.tables import Trainer, answer, fill, lay, mark, propose, taken
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


def test_nothing_bars_a_seat_in_the_talk_of_its_table(hall: Hall, small_phone: Device, look: Look) -> None:
    room, trainer, people = a_table(hall, 5)
    page = room.seat(small_phone(), people[0])
    trainer.phase("discard")
    page.get_by_test_id("propose").locator("summary").tap()
    look(page, "nominations, and where to propose")
    propose(people[1])
    propose(people[1], "s5")
    page.get_by_test_id("check-1").tap()
    look(page, "a proposal with its check, and one that waits")
    answer(people, 1, 4)
    expect(page.locator("#histogram")).to_be_visible()
    look(page, "a check that did not carry")
    answer(people, 4)
    trainer.phase("rank")
    page.locator("#board [data-pick]").first.tap()
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    look(page, "the board, with one in hand")
    page.keyboard.press("Escape")
    lay(people, [one for one in NINE if one != "s5"])
    page.get_by_role("button", name="List", exact=True).tap()
    page.locator("#board [data-pick]").nth(2).tap()
    look(page, "the board as a list, with all its buttons")
    trainer.phase("compare")
    taken(people[1].move("link", a="s1", b="s2", relation="apart", note="W" * 60))
    page.wait_for_selector("#link-l1")
    open_all(page)
    look(page, "comparing, with everything open")
    trainer.phase("top")
    page.get_by_test_id("mark-s1").check()
    look(page, "marking")
    mark(people, NINE[:5], [*NINE[:4], "s6"])
    taken(people[1].move("ask_either", a=NINE[4], b="s6"))
    page.wait_for_selector("#either input[type=radio]")
    look(page, "an either/or, and what was marked")
    for at, person in enumerate(people[:4]):
        taken(person.move("answer_either", choice=("s6", NINE[4])[at % 2]))
    trainer.move("close_check")
    page.wait_for_selector("[data-testid=draw-lots]")
    open_all(page)
    look(page, "level, with everything open")


def test_nothing_bars_a_latecomer_nor_a_table_of_two(hall: Hall, small_phone: Device, look: Look) -> None:
    room, trainer, people = a_table(hall, 2)
    trainer.phase("compare")
    late = room.seat(small_phone(), room.person("Late", "none", 2))
    late.locator("#own-list [data-handle]").first.tap()
    look(late, "a latecomer's own list")
    page = room.seat(small_phone(), people[0])
    look(page, "two that may show their lists")
    for person in people:
        taken(person.move("show_list", show=True))
    page.wait_for_selector("#lists table")
    look(page, "two lists side by side")


def test_nothing_bars_a_seat_at_the_end(hall: Hall, small_phone: Device, look: Look) -> None:
    room, trainer, people = a_table(hall, 5)
    others = [room.person(f"Other {n}", "none", 2) for n in range(3)]
    page = room.seat(small_phone(), people[0])
    trainer.phase("top")
    for person in (people[0], others[0]):
        fill(person)
    trainer.phase("check")
    answer(others, 4)
    page.get_by_test_id("check-1").tap()
    page.locator("#again-list summary").tap()
    look(page, "the check, with a concern")
    answer(people, 1, 4)
    page.wait_for_selector("#histogram")
    page.locator("#histogram-table summary").tap()
    look(page, "a check that failed")
    taken(people[0].move("check_again"))
    answer(people, 1, 4)
    page.get_by_test_id("ending-not_agreed").tap()
    look(page, "endings")
    taken(people[0].move("choose_ending", ending="not_agreed", note="We hold that room to try belongs here."))
    trainer.phase("locked", 1)
    trainer.move("reopen", phase="check")
    trainer.phase("locked")
    page.wait_for_selector("#plenary")
    open_all(page)
    look(page, "locked, with the plenary")


def test_nothing_bars_the_desk_and_the_wall_while_tables_talk(
    hall: Hall, laptop: Device, projector: Device, look: Look
) -> None:
    room, trainer, people = a_table(hall, 5)
    others = [room.person(f"Other {n}", "none", 2) for n in range(3)]
    desk, wall = room.desk(laptop()), room.wall(projector())

    def look_at_both(name: str) -> None:
        open_all(desk)
        look(desk, f"desk, {name}")
        look(wall, f"wall, {name}")

    trainer.phase("discard")
    propose(people[1])
    answer(people, 1, 4)
    propose(people[1], "s5")
    expect(desk.locator("#phase .now")).to_contain_text("Discard")
    look_at_both("discard")
    answer(people, 4)
    trainer.phase("rank")
    lay(people, NINE[:3])
    expect(desk.locator("#phase .now")).to_contain_text("Rank")
    look_at_both("rank")
    trainer.phase("top")
    mark(people[:3], NINE[:5], [*NINE[:4], "s6"])
    trainer.move("close_check")
    fill(others[0])
    expect(desk.locator("#phase .now")).to_contain_text("Top places")
    look_at_both("top")
    fill(people[0], [NINE[4]])
    trainer.phase("check")
    answer(people, 1, 4)
    expect(desk.locator("#phase .now")).to_contain_text("Check")
    look_at_both("check")
    answer(others, 4)
    trainer.phase("locked")
    expect(wall.get_by_role("heading", name="Where the two tables meet")).to_be_visible()
    look_at_both("plenary")


def open_all(page: Page) -> None:
    """Open all that can be opened on a page."""
    page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true })")


def a_table(hall: Hall, people: int) -> tuple[Room, Trainer, list[Person]]:
    """Bring a table whose people have answered alone, and not alike."""
    room = hall.a_workshop(places=8)
    trainer = Trainer(room)
    seats = [room.person(f"Person {n}", "none", 1) for n in range(people)]
    trainer.phase("solo")
    for n, person in enumerate(seats):
        person.rank([*NINE[n:], *NINE[:n]], "s3")
        taken(person.move("say_why", reason=f"It is about us, and {n} more."))
    return room, trainer, seats


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
