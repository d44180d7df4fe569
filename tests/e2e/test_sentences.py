"""A grid's seat page: one sentence to a screen, whatever is pushed, and jots that go into the agency's own text."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2 as httpx
import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session

from app.accounts.service import add_trainer, find_trainer_by_email
from app.activities.registry import activity
from app.workshops.agenda import StepDetails, add_step
from app.workshops.find import id_of
from app.workshops.service import Details, create_workshop, open_workshop
from tests.e2e.conftest import Axe, Device
from tests.e2e.hall import AGENCIES, TRAINER, Hall, Person, Room
from tests.e2e.test_weight import SHIFTS

ITEM = Path(__file__).parents[2] / "app/library/items/grid/joint-visioning.toml"
FIRST = "Here, working in partnership across agencies means …"
THIRD = "Together we will improve the Every Child Matters outcomes for children and young people by …"


@pytest.fixture
def room(hall: Hall) -> Room:
    """A workshop of the test's own with one grid, open."""
    item, now, key = tomllib.loads(ITEM.read_text()), datetime.now(UTC), hall.settings.key

    def make(session: Session) -> tuple[int, int]:
        trainer = find_trainer_by_email(session, TRAINER) or add_trainer(session, TRAINER, now)
        session.flush()
        told = Details("Joint training", AGENCIES, 2, 9, "chosen")
        workshop = create_workshop(session, trainer.id or 0, told, now, key)
        step = add_step(session, workshop, "grid", StepDetails(item["title"], activity("grid").from_item(item)))
        open_workshop(session, workshop, now)
        session.flush()
        return id_of(workshop), id_of(step)

    return Room(hall, *hall.db.run_now(make))


@pytest.fixture
def trainer(room: Room) -> Iterator[httpx.Client]:
    """The trainer, without a browser."""
    with httpx.Client(base_url=room.hall.base, follow_redirects=True) as device:
        device.get(room.hall.link())
        yield device


@pytest.fixture
def ben(room: Room) -> Person:
    """A colleague of Ann's, who is from Health, too."""
    return room.person("Ben", "health", 1)


@pytest.fixture
def jotting(room: Room, ann: Person, ben: Person, trainer: httpx.Client) -> Room:
    """The room while each jots."""
    go(room, trainer, "jot")
    return room


def go(room: Room, trainer: httpx.Client, phase: str) -> None:
    """Move all tables to a phase."""
    reply = trainer.post(f"/w/{room.code}/steps/{room.step}/phase", data={"phase": phase})
    assert reply.status_code == 200, reply.text


def sentence(page: Page) -> str:
    """Read the one heading that a page shows."""
    heading = page.locator("h1:visible")
    expect(heading).to_have_count(1)
    return heading.inner_text()


def test_a_phone_goes_from_sentence_to_sentence_and_stays_there_over_pushes_and_reloads(
    jotting: Room, ann: Person, ben: Person, small_phone: Device
) -> None:
    page = jotting.seat(small_phone(), ann)
    assert sentence(page) == FIRST
    expect(page.get_by_test_id("row-back")).to_be_disabled()
    page.get_by_test_id("row-next").click()
    page.get_by_test_id("row-next").click()
    assert sentence(page) == THIRD
    expect(page.locator("#row-h-r3")).to_be_focused()
    back, on = (page.get_by_test_id(name).bounding_box() for name in ("row-back", "row-next"))
    assert back is not None
    assert on is not None
    assert back["y"] == on["y"]
    ben.move("done", done=True)
    expect(page.get_by_test_id("progress")).to_have_text("1 of 2 is done")
    assert sentence(page) == THIRD
    expect(page.locator("#row-h-r3")).to_be_focused()
    page.reload()
    assert sentence(page) == THIRD
    page.go_back()
    expect(page.locator("#row-h-r2")).to_be_visible()
    page.get_by_test_id("rows-open").click()
    page.get_by_test_id("to-r7").click()
    expect(page.get_by_test_id("row-next")).to_be_hidden()
    expect(page.get_by_test_id("to-r7")).to_be_hidden()
    page.get_by_test_id("done").click()
    expect(page.get_by_test_id("done")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#row-h-r7")).to_be_visible()


def test_a_page_loaded_at_a_sentence_never_paints_another(jotting: Room, ann: Person, phone: Device) -> None:
    context = phone()
    context.add_init_script("""
        window.painted = new Set();
        const look = () => {
          for (const one of document.querySelectorAll('h1')) {
            if (one.checkVisibility({ visibilityProperty: true })) window.painted.add(one.id);
          }
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    """)
    jotting.seat(context, ann).close()
    page = context.new_page()
    page.goto(f"{jotting.seat_url}#row-r3")
    assert sentence(page) == THIRD
    assert page.evaluate("[...window.painted]") == ["row-h-r3"]


def test_jots_are_added_until_there_are_three_and_a_push_shifts_nothing(
    jotting: Room, ann: Person, ben: Person, phone: Device
) -> None:
    page = jotting.seat(phone(), ann)
    page.evaluate("() => document.fonts.ready")
    assert page.evaluate(SHIFTS) < 0.01
    for words in ("one plan", "early", "together"):
        page.get_by_test_id("jot-text-r1").fill(words)
        page.get_by_test_id("jot-r1").get_by_test_id("add-jot").click()
        expect(page.locator("#row-r1 .jot", has_text=words)).to_be_visible()
    expect(page.get_by_test_id("jots-full-r1")).to_be_visible()
    page.get_by_test_id("row-next").click()
    page.get_by_test_id("jot-text-r2").fill("half a tho")
    before = page.evaluate(SHIFTS)
    ben.move("done", done=True)
    expect(page.get_by_test_id("progress")).to_have_text("1 of 2 is done")
    assert page.evaluate(SHIFTS) == before
    expect(page.get_by_test_id("jot-text-r2")).to_have_value("half a tho")


def test_colleagues_put_jots_into_one_text_and_only_the_text_in_sight_has_a_line(
    jotting: Room, ann: Person, ben: Person, trainer: httpx.Client, phone: Device, laptop: Device
) -> None:
    ann.move("jot", row="r1", text="one plan")
    ben.move("jot", row="r1", text="early")
    on_phone, on_laptop = jotting.seat(phone(), ann), jotting.seat(laptop(), ben)
    expect(on_laptop.get_by_test_id("rows-open")).to_be_hidden()
    lines: list[str] = []
    on_phone.on("websocket", lambda line: lines.append(line.url))
    go(jotting, trainer, "caucus")
    text, other = on_phone.get_by_test_id("cell-text-r1"), on_laptop.get_by_test_id("cell-text-r1")
    expect(text).to_be_editable()
    expect(other).to_be_editable()
    on_phone.locator("[data-put='one plan']").click()
    expect(other).to_have_value("one plan")
    on_laptop.locator("[data-put='early']").click()
    expect(text).to_have_value("one plan\nearly")
    expect(on_phone.locator("[data-put='early']")).to_have_text("In the text", use_inner_text=True)
    on_laptop.keyboard.press("Tab")
    other.press("Control+End")
    on_laptop.keyboard.type(" on")
    expect(on_phone.locator("[data-writers-of=cell-text-r1]")).to_contain_text("Health · 2 is writing")
    expect(text).to_have_value("one plan\nearly on")
    expect(on_phone.locator("#pad-cell-r1-health .pad__words")).to_have_text("4 of about 40 words")
    on_phone.get_by_test_id("agree-r1").click()
    expect(on_laptop.get_by_test_id("agreed-r1")).to_be_visible()
    expect(other).not_to_be_editable()
    expect(on_laptop.get_by_test_id("cell-r1-health-state")).to_have_text("To read only", use_inner_text=True)
    assert [url.split("/texts/")[1] for url in lines] == [f"{jotting.step}/1/cell-r1-health"]


@pytest.mark.parametrize("phase", ["jot", "caucus"])
def test_there_are_no_barriers(
    jotting: Room, ann: Person, trainer: httpx.Client, small_phone: Device, laptop: Device, axe: Axe, phase: str
) -> None:
    ann.move("jot", row="r1", text="one plan")
    go(jotting, trainer, phase)
    narrow, wide = jotting.seat(small_phone(viewport={"width": 320, "height": 640}), ann), jotting.seat(laptop(), ann)
    stranger = jotting.seat(small_phone(), jotting.person("Pat", "none", 1))
    for page in (narrow, wide, stranger):
        sentence(page)
        assert axe(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
