"""No page of a grid bars anybody's way: axe, narrow screens, large text, thumbs, and the keyboard alone.

Law: whatever is swapped, and whichever sentence is turned to, the focus is somewhere and can be seen.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.album import Album
from tests.e2e.conftest import Axe, Device
from tests.e2e.fit import misfits
from tests.e2e.grids import a_grid, comes_to, goes_on, says, turn_to, types
from tests.e2e.hall import Hall, Person, Room
from tests.e2e.hands import is_saved
from tests.e2e.tables import Trainer, answer, taken
from tests.e2e.test_keyboard import Keys

Look = Callable[[Page, str], None]
PEOPLE = (("Ann", "health"), ("Ben", "education"), ("Cat", "police"), ("Dan", "health"), ("Eve", "education"))
HEALTH = "seeing families once, together, and - telling each other on the same day"


@pytest.fixture
def look(axe: Axe) -> Look:
    """Look at a page on the device it is on; the wall fits itself to its projector."""

    def at(page: Page, name: str) -> None:
        page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true })")
        found = axe(page)
        if page.locator("html[data-audience=wall]").count() == 0:
            found += misfits(page)
        assert {name: found} == {name: []}

    return at


@pytest.fixture
def room(hall: Hall) -> Room:
    """A workshop of the test's own with one grid of two sentences, open."""
    return a_grid(hall)


@pytest.fixture
def people(room: Room) -> dict[str, Person]:
    """Five at a table, of three agencies; nobody from social care."""
    return {name: room.person(name, agency) for name, agency in PEOPLE}


def answers(people: dict[str, Person], *values: int, row: str = "") -> None:
    """Let all answer the check; who cannot go along says what would help."""
    for at, person in enumerate(people.values()):
        value = values[min(at, len(values) - 1)]
        taken(person.move("answer_check", value=value, note="Say who keeps it." if value < 3 else "", row=row))


@pytest.mark.parametrize("on", ["small_phone", "laptop"])
def test_nothing_bars_a_seat_in_any_phase_of_a_grid(
    room: Room, people: dict[str, Person], on: str, look: Look, request: pytest.FixtureRequest, album: Album
) -> None:
    device: Device = request.getfixturevalue(on)
    page, trainer = room.seat(device(), people["Ann"]), Trainer(room)
    goes_on(trainer, "jot", (page,))
    for text in ("one plan", "a name for each family"):
        taken(people["Ann"].move("jot", row="r1", text=text))
    expect(page.locator("#row-r1 .jot")).to_have_count(2)
    look(page, "jotting")
    goes_on(trainer, "caucus", (page,))
    types(page, "cell-r1", HEALTH)
    says(page, "cell-r1", "saved")
    look(page, "an agency's cell")
    goes_on(trainer, "reveal", (page,))
    taken(people["Cat"].move("mark", row="r1", column="health", mark="question", text="Who holds it?" + "W" * 60))
    taken(people["Ben"].move("mark", row="r1", column="health", mark="tension"))
    taken(people["Ben"].move("guess", row="r1", column="social-care", text="We are told too late."))
    expect(page.get_by_test_id("cell-r1-health")).to_contain_text("1 sees a tension")
    look(page, "the columns")
    goes_on(trainer, "answer", (page,))
    turn_to(page, "r1")
    look(page, "what was asked")
    goes_on(trainer, "joint", (page,))
    turn_to(page, "r1")
    types(page, "joint-r1", HEALTH)
    says(page, "joint-r1", "saved")
    look(page, "the joint statement")
    taken(people["Ben"].move("open_check", row="r1"))
    page.get_by_test_id("check-1").check()
    look(page, "a sentence's check")
    answers(people, 1, 4, row="r1")
    expect(page.get_by_test_id("histogram")).to_be_visible()
    look(page, "a check that failed")
    taken(people["Ben"].move("open_check", row="r1"))
    answers(people, 1, 4, row="r1")
    page.get_by_test_id("ending-not_agreed").check()
    look(page, "how a sentence ends")
    taken(people["Ben"].move("choose_ending", row="r1", ending="not_agreed", other="Nothing without us."))
    expect(page.get_by_test_id("words-r1")).to_contain_text("Nothing without us.")
    look(page, "a sentence that is locked")
    goes_on(trainer, "check", (page,))
    page.get_by_test_id("check-2").check()
    look(page, "the check on the whole grid")
    answers(people, 2, 4)
    expect(page.get_by_test_id("after-check")).to_be_visible()
    look(page, "the whole grid after a check")
    goes_on(trainer, "locked", (page,))
    look(page, "locked")


def test_nothing_bars_one_without_an_agency(room: Room, small_phone: Device, look: Look) -> None:
    page, trainer = room.seat(small_phone(), room.person("Flo", "none")), Trainer(room)
    goes_on(trainer, "jot", (page,))
    expect(page.get_by_test_id("speak")).to_be_visible()
    look(page, "whose view one writes")
    page.get_by_test_id("speak-for-social-care").check()
    page.get_by_test_id("speak-for").click()
    expect(page.get_by_test_id("jot-text-r1")).to_be_visible()
    goes_on(trainer, "caucus", (page,))
    look(page, "writing for a view that one has chosen")


def test_nothing_bars_the_desk_of_a_grid(room: Room, people: dict[str, Person], laptop: Device, look: Look) -> None:
    desk, trainer = room.desk(laptop()), Trainer(room)
    ann = room.seat(laptop(), people["Ann"])
    goes_on(trainer, "caucus", (ann,))
    types(ann, "cell-r1", HEALTH)
    says(ann, "cell-r1", "saved")
    goes_on(trainer, "reveal", (ann,))
    taken(people["Cat"].move("mark", row="r1", column="health", mark="question", text="Who holds it?"))
    expect(desk.get_by_test_id("grid-1")).to_be_visible()
    look(desk, "desk, the columns")
    goes_on(trainer, "joint", (ann,))
    turn_to(ann, "r1")
    types(ann, "joint-r1", HEALTH)
    says(ann, "joint-r1", "saved")
    look(desk, "desk, the joint statements")
    taken(people["Ben"].move("open_check", row="r1"))
    answers(people, 1, 4, row="r1")
    goes_on(trainer, "locked", (ann,))
    look(desk, "desk, locked")


def test_a_whole_grid_is_made_by_keyboard_alone(room: Room, ann: Person, laptop: Device) -> None:
    page, trainer = room.seat(laptop(), ann), Trainer(room)
    ben = room.person("Ben", "education")
    hand, the = Keys(page), page.get_by_test_id
    goes_on(trainer, "jot", (page,))
    hand.write(the("jot-text-r1"), "one plan")
    hand.press(the("jot-r1").get_by_test_id("add-jot"))
    expect(page.locator("#row-r1 .jot")).to_have_count(1)
    hand.stays()
    hand.press(the("row-next"))
    expect(page.locator("#row-h-r2")).to_be_focused()
    hand.press(the("row-back"))
    expect(page.locator("#row-h-r1")).to_be_focused()

    goes_on(trainer, "caucus", (page,))
    hand.press(the("put-r1-1"))
    expect(the("cell-text-r1")).to_have_value("one plan")
    expect(page.locator("[data-say][data-said-of=cell-text-r1]")).to_have_text("In the text now: one plan")
    hand.stays()
    hand.write(the("cell-text-r1"), " early")
    says(page, "cell-r1", "saved")
    expect(the("agree-r1")).to_be_enabled()
    hand.press(the("agree-r1"))
    expect(the("agreed-r1")).to_be_visible()
    hand.stays()

    goes_on(trainer, "reveal", (page,))
    taken(ben.move("mark", row="r1", column="health", mark="question", text="Who holds it?"))
    hand.press(page.locator("#guesses-r1-social-care > summary"))
    hand.write(the("guess-text-r1-social-care"), "We are told too late")
    hand.press(the("guess-send-r1-social-care"))
    expect(the("cell-r1-social-care")).to_contain_text("We are told too late")
    hand.stays()

    goes_on(trainer, "answer", (page,))
    turn_to(page, "r1")
    hand.write(the("reply-text-r1-health"), "The one whom the family names")
    hand.press(the("reply-send-r1-health"))
    expect(the("cell-r1-health")).to_contain_text("The one whom the family names")
    hand.stays()

    goes_on(trainer, "joint", (page,))
    hand.press(the("to-r1"))
    expect(page.locator("#row-h-r1")).to_be_focused()
    hand.press(the("draw-r1-health"))
    expect(the("draw-r1-health")).to_have_attribute("aria-pressed", "true")
    hand.stays()
    hand.write(the("joint-text-r1"), "one plan")
    says(page, "joint-r1", "saved")
    taken(ben.move("draw_on", row="r1", column="health", drawn=False))
    expect(the("draw-r1-health")).to_have_attribute("aria-pressed", "false")
    expect(the("joint-text-r1")).to_be_focused()
    hand.press(the("open-check-r1"))
    page.wait_for_selector("#check")
    hand.stays()
    hand.tick(the("check-4"))
    hand.press(the("send"))
    is_saved(page)
    hand.stays()
    answer([ben], 4)
    expect(the("after-r1")).to_be_visible()
    hand.stays()
    hand.press(the("lock-r1"))
    expect(page.get_by_text("This sentence is locked")).to_be_attached()
    hand.stays()
    goes_on(trainer, "check", (page,))
    hand.tick(the("check-4"))
    hand.press(the("send"))
    answer([ben], 4)
    hand.press(the("on"))
    comes_to("locked", (page,))
    hand.stays()


def test_a_screen_reader_is_told_what_a_shared_text_is_and_how_it_stands(
    room: Room, ann: Person, phone: Device, laptop: Device
) -> None:
    ben, trainer = room.person("Ben", "education"), Trainer(room)
    page, other = room.seat(phone(), ann), room.seat(laptop(), ben)
    goes_on(trainer, "joint", (page, other))
    text = page.get_by_role("textbox", name="Joint statement for sentence 1")
    expect(text).to_be_editable()
    types(other, "joint-r1", "one plan")
    expect(text).to_have_value("Here, working in partnership across agencies means one plan")
    pad = page.locator("#pad-r1")
    expect(pad).to_match_aria_snapshot(
        """
        - heading "Joint statement" [level=2]
        - paragraph: 9 of about 40 words
        - text: Joint statement for sentence 1
        - textbox "Joint statement for sentence 1"
        - text: Saved
        - status
        - paragraph: Education · 2 is writing
        - paragraph: Everyone at the table can write here at once.
        """
    )
    taken(ben.move("open_check", row="r1"))
    expect(page.get_by_role("region", name="How far can you stand behind these words?")).to_be_visible()
    expect(
        page.get_by_role("heading", name="Here, working in partnership across agencies means …", level=1)
    ).to_be_visible()
