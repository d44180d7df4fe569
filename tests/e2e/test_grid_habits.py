"""What phones do all day while people write together: reload, go back, turn on, lose the line, sleep, be two at once.

Law: what was typed is stored, or is there to be copied.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.cable import Cable
from tests.e2e.conftest import Device
from tests.e2e.grids import (
    OPENINGS,
    Soft,
    a_grid,
    begins,
    comes_in,
    goes_on,
    keys,
    pad,
    says,
    shows,
    stored,
    then_a_grid,
    turn_to,
    types,
)
from tests.e2e.hall import Hall, Person, Room
from tests.e2e.tables import Trainer, answer, taken
from tests.e2e.troubles import CUT_OFF, Troubles

FIRST = OPENINGS["r1"]
# Only the code of shared texts says so; names of properties stay as they are when scripts are made small.
TEXT_CODE = "wsLastMessageReceived"


@pytest.fixture
def room(hall: Hall) -> Room:
    """A workshop of the test's own with one grid of two sentences, open."""
    return a_grid(hall)


@pytest.fixture
def ben(room: Room) -> Person:
    """Somebody of another agency at the same table."""
    return room.person("Ben", "education", 1)


@pytest.fixture
def writing(room: Room, ann: Person, ben: Person) -> Room:
    """The room while its tables write together."""
    goes_on(Trainer(room), "joint")
    return room


@pytest.fixture
def cable(hall: Hall) -> Iterator[Cable]:
    with Cable(hall.port).lying() as laid:
        yield laid


def test_words_that_were_not_stored_come_back_with_the_page(
    writing: Room, ann: Person, phone: Device, cable: Cable, troubles: Troubles
) -> None:
    troubles.expect(CUT_OFF)
    page = writing.seat(phone(), ann, cable.base)
    types(page, "joint-r1", "one plan ")
    says(page, "joint-r1", "saved")
    cable.pull()
    soft = Soft(page)
    soft.writes("made early")
    soft.begins("toge")
    says(page, "joint-r1", "not")
    address = page.url
    page.goto("about:blank")
    assert stored(writing, "joint-r1") == f"{FIRST}one plan "
    cable.plug()
    page.goto(address)
    shows([page], "joint-r1", f"{FIRST}one plan made early toge")
    says(page, "joint-r1", "saved")
    begins(page, "joint-r1")
    keys(page, "ther")
    says(page, "joint-r1", "saved")
    assert stored(writing, "joint-r1") == f"{FIRST}one plan made early together"
    page.reload()
    shows([page], "joint-r1", f"{FIRST}one plan made early together")


def test_turning_at_once_after_typing_loses_nothing_and_back_leads_to_the_sentence_before(
    writing: Room, ann: Person, phone: Device
) -> None:
    page = writing.seat(phone(), ann)
    types(page, "joint-r1", "one plan")
    turn_to(page, "r2")
    types(page, "joint-r2", "to plan once")
    page.go_back()
    expect(page.locator("#row-h-r1")).to_be_visible()
    shows([page], "joint-r1", f"{FIRST}one plan")
    page.go_forward()
    expect(page.locator("#row-h-r2")).to_be_visible()
    shows([page], "joint-r2", f"{OPENINGS['r2']}to plan once")
    page.goto("about:blank")
    comes_in(writing, "joint-r1", f"{FIRST}one plan")
    comes_in(writing, "joint-r2", f"{OPENINGS['r2']}to plan once")


def test_a_phone_that_slept_shows_what_was_written_and_sends_what_it_had(
    writing: Room, ann: Person, ben: Person, phone: Device, cable: Cable, troubles: Troubles
) -> None:
    troubles.expect(CUT_OFF)
    page, other = writing.seat(phone(), ann, cable.base), writing.seat(phone(), ben)
    page.clock.install()
    page.reload()
    types(page, "joint-r1", "one plan")
    says(page, "joint-r1", "saved")
    cable.go_dead()
    # it does not know yet that nobody hears it
    keys(page, ", early")
    says(page, "joint-r1", "saving")
    shows([other], "joint-r1", f"{FIRST}one plan")
    types(other, "joint-r1", "always ", after=FIRST)
    says(other, "joint-r1", "saved")
    page.clock.run_for(31_000)
    says(page, "joint-r1", "saved")
    shows([page, other], "joint-r1", f"{FIRST}always one plan, early")


def test_two_tabs_of_one_seat_write_in_one_text(writing: Room, ann: Person, phone: Device) -> None:
    device = phone()
    one, other = writing.seat(device, ann), writing.seat(device, ann)
    types(one, "joint-r1", "one plan")
    shows([other], "joint-r1", f"{FIRST}one plan")
    types(other, "joint-r1", ", early")
    shows([one], "joint-r1", f"{FIRST}one plan, early")
    one.close()
    keys(other, " and together")
    says(other, "joint-r1", "saved")
    assert stored(writing, "joint-r1") == f"{FIRST}one plan, early and together"


def test_what_is_typed_as_a_text_is_closed_is_there_to_be_copied(
    writing: Room, ann: Person, ben: Person, phone: Device, cable: Cable, troubles: Troubles
) -> None:
    troubles.expect(CUT_OFF)
    page = writing.seat(phone(), ann, cable.base)
    types(page, "joint-r1", "one plan")
    says(page, "joint-r1", "saved")
    cable.pull()
    keys(page, ", and not two")
    says(page, "joint-r1", "not")
    taken(ben.move("open_check", row="r1"))
    cable.plug()
    left = page.get_by_test_id("joint-r1-left")
    expect(left).to_be_visible()
    expect(left).to_contain_text("The text was closed before this was stored.")
    expect(left.get_by_label("What you had")).to_have_value(f"{FIRST}one plan, and not two")
    expect(page.get_by_test_id("check-words")).to_have_text(f"{FIRST}one plan")
    assert stored(writing, "joint-r1") == f"{FIRST}one plan"
    answer([ann, ben], 2)
    expect(pad(page, "joint-r1")).to_be_editable()
    shows([page], "joint-r1", f"{FIRST}one plan")
    expect(left).to_be_visible()
    left.get_by_role("button", name="I have what I need").tap()
    expect(left).to_be_hidden()


def test_a_ranking_loads_no_text_code_and_the_grid_after_it_brings_its_own_without_a_reload(
    hall: Hall, phone: Device
) -> None:
    ranking = hall.a_workshop()
    grid = then_a_grid(ranking)
    ann = ranking.person("Ann", "health", 1)
    Trainer(ranking).phase("solo")
    page = phone().new_page()
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if request.resource_type == "script" else None)
    page.context.add_cookies([{"name": f"concord_seat_{ranking.id}", "value": ann.token, "url": hall.base}])
    page.goto(ranking.seat_url)
    page.wait_for_selector("#ballot")
    page.wait_for_load_state("networkidle")
    before = list(found)
    assert before
    assert [url for url in before if has_text_code(page, url)] == []
    page.evaluate("() => { window.same = true }")
    goes_on(Trainer(grid), "jot", (page,))
    goes_on(Trainer(grid), "caucus", (page,))
    types(page, "cell-r1", "one plan")
    says(page, "cell-r1", "saved")
    assert page.evaluate("() => window.same")
    assert any(has_text_code(page, url) for url in found[len(before) :])


def has_text_code(page: Page, url: str) -> bool:
    """Say whether a script holds the code of shared texts."""
    return TEXT_CODE in page.request.get(url).text()
