"""A grid on the desk and the wall: the trainer and the room read along while people write, one text at a time."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Axe, Device
from tests.e2e.grids import OPENINGS, a_grid, begins, goes_on, keys
from tests.e2e.hall import Hall, Person, Room
from tests.e2e.tables import Trainer


@pytest.fixture
def room(hall: Hall) -> Room:
    """A workshop of the test's own with one grid of two sentences, open."""
    return a_grid(hall)


@pytest.fixture
def lead(room: Room) -> Trainer:
    """The trainer, without a browser."""
    return Trainer(room)


def lines_of(page: Page) -> list[str]:
    """Note the shared texts that a page opens from now on."""
    found: list[str] = []
    page.on("websocket", lambda line: found.append(line.url) if "/texts/" in line.url else None)
    return found


def names(lines: list[str]) -> list[str]:
    """Name the texts of lines, and for whom they were opened."""
    return [url.rsplit("/", 1)[1] for url in lines]


def test_desk_and_wall_read_along_and_open_only_the_text_in_sight(
    room: Room, ann: Person, lead: Trainer, laptop: Device, projector: Device, phone: Device, axe: Axe
) -> None:
    page, desk, wall = room.seat(phone(), ann), room.desk(laptop()), room.wall(projector())
    on_desk, on_wall = lines_of(desk), lines_of(wall)
    goes_on(lead, "joint", (page,))
    fold = desk.get_by_test_id("grid-1-r1")
    expect(fold).to_be_visible()
    expect(wall.locator("#wall table")).to_be_visible()
    lead.move("show_row", row="r1")
    expect(wall.locator("h1")).to_have_text("Here, working in partnership across agencies means …")
    begins(page, "joint-r1")
    keys(page, "seeing a family once.")
    on_screen = wall.get_by_test_id("wall-text")
    expect(on_screen).to_have_value(OPENINGS["r1"] + "seeing a family once.")
    assert (names(on_desk), names(on_wall)) == ([], ["joint-r1?as=wall"])
    fold.locator("summary").click()
    along = desk.get_by_test_id("joint-text-desk-1-r1")
    expect(along).to_have_value(OPENINGS["r1"] + "seeing a family once.")
    expect(along).not_to_be_editable()
    keys(page, " And again")
    expect(fold).to_contain_text("Health · 1 is writing")
    expect(wall.locator(".wall-joint__writers")).to_contain_text("Health · 1 is writing")
    assert (axe(desk), axe(wall)) == ([], [])
    lead.move("show_row", row="r2")
    expect(on_screen).to_have_value(OPENINGS["r2"])
    expect(along).to_have_value(OPENINGS["r1"] + "seeing a family once. And again")
    assert (names(on_desk), names(on_wall)) == (["joint-r1?as=desk"], ["joint-r1?as=wall", "joint-r2?as=wall"])
    fold.locator("summary").click()
    expect(along).to_be_hidden()


@pytest.mark.parametrize("phase", ["jot", "caucus", "reveal", "joint", "locked"])
def test_there_are_no_barriers_on_the_desk_and_the_wall(
    room: Room, ann: Person, lead: Trainer, laptop: Device, projector: Device, axe: Axe, phase: str
) -> None:
    desk, wall = room.desk(laptop(viewport={"width": 320, "height": 900})), room.wall(projector())
    ann.move("jot", row="r1", text="one plan")
    goes_on(lead, phase)
    expect(desk.get_by_test_id("grid-1")).to_be_visible()
    expect(wall.get_by_test_id("wall")).to_be_visible()
    assert (axe(desk), axe(wall)) == ([], [])
    assert desk.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert wall.evaluate("() => document.documentElement.scrollHeight <= innerHeight")
