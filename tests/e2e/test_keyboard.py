"""Everything by keyboard alone, said aloud, and still where people asked for stillness."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Device
from tests.e2e.hall import Person, Room
from tests.e2e.hands import kept_as_shown, move_on, moved, order, shown, swapped
from tests.e2e.journey import travel

# Where the focus is: somewhere, seen by its outline or its label's; and, as it comes there, not under bar or foot.
UNSEEN = """
comes => {
  const one = document.activeElement;
  if (!one || one === document.body) return 'the focus is lost';
  const seen = [one.closest('label'), one].filter(Boolean);
  const name = `${one.localName}.${one.className} ${one.dataset.testid ?? one.id}`;
  const outlined = seen.some(part => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  });
  if (!outlined) return `no outline around ${name}`;
  if (!comes) return '';
  const { top, bottom } = seen[0].getBoundingClientRect();
  const above = document.querySelector('.seat-bar').getBoundingClientRect().bottom;
  const foot = document.querySelector('.seat-foot');
  const below = foot && !foot.contains(one) ? foot.getBoundingClientRect().top : innerHeight;
  const inBar = one.closest('.seat-bar, .skip');
  return inBar || (bottom > above && top < below) ? '' : `${name} is out of sight`;
}
"""


class Keys:
    """The keyboard alone; whatever happens, the focus is somewhere and can be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, to: Locator, within: str = "one => one === document.activeElement") -> None:
        for _ in range(120):
            if to.evaluate(within):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to {to}")

    def press(self, to: Locator) -> None:
        self.go(to)
        assert self.page.evaluate(UNSEEN, arg=True) == ""
        self.page.keyboard.press("Enter")

    def tick(self, to: Locator) -> None:
        if to.get_attribute("type") == "checkbox":
            self.go(to)
            self.page.keyboard.press("Space")
        else:
            self.go(to, "one => document.activeElement.name === one.name")
            if not to.is_checked():
                self.page.keyboard.press("Space")
            for _ in range(6):
                if to.is_checked():
                    break
                self.page.keyboard.press("ArrowDown")
        assert self.page.evaluate(UNSEEN, arg=True) == ""
        expect(to).to_be_checked()

    def choose(self, to: Locator, value: str) -> None:
        self.go(to)
        assert self.page.evaluate(UNSEEN, arg=True) == ""
        for _ in range(12):
            if to.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never came to {value}")

    def write(self, to: Locator, words: str) -> None:
        self.go(to)
        assert self.page.evaluate(UNSEEN, arg=True) == ""
        self.page.keyboard.type(words)

    def place(self, statement: str, place: int) -> None:
        pick = self.page.get_by_test_id(f"statement-{statement}").locator("[data-pick]")
        self.press(pick)
        expect(self.page.locator("#board [data-say]")).to_contain_text("In hand, choose a place for it")
        self.press(self.page.locator(f"#board [data-place='{place}'] > .place"))
        expect(pick).to_be_focused()

    def stays(self) -> None:
        assert self.page.evaluate(UNSEEN, arg=False) == ""


def test_a_whole_journey_is_made_by_keyboard_alone(room: Room, ann: Person, laptop: Device) -> None:
    page = room.seat(laptop(), ann)
    page.keyboard.press("Tab")
    travel(room, Keys(page))


def test_a_whole_ranking_is_made_by_keyboard_alone(room: Room, desk: Page, ann: Person, laptop: Device) -> None:
    page = room.seat(laptop(), ann)
    ids = order(page)
    tab_to(page, f"down-{ids[0]}")
    page.keyboard.press("Enter")
    made = swapped(ids, 0)
    assert order(page) == made
    expect(page.get_by_test_id(f"down-{ids[0]}")).to_be_focused()
    tab_to(page, f"up-{made[4]}")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    made = moved(made, made[4], 2)
    assert order(page) == made
    page.keyboard.press("Alt+End")
    made = moved(made, made[2], 9)
    assert order(page) == made
    tab_to(page, f"statement-{made[5]}", "[data-handle]", backwards=True)
    page.keyboard.press("Enter")
    tab_to(page, f"top-{made[5]}")
    page.keyboard.press("Enter")
    made = moved(made, made[5], 0)
    assert order(page) == made
    expect(page.locator(f"#statement-{made[0]} [data-handle]")).to_be_focused()
    tab_to(page, f"statement-{made[8]}", "[data-handle]")
    page.keyboard.press("Enter")
    tab_to(page, f"discard-{made[8]}")
    page.keyboard.press("Enter")
    assert shown(page) == {"discard": made[8], "order": [*made[:8], made[9]]}
    expect(page.get_by_test_id(f"discard-{made[8]}")).to_be_focused()
    kept_as_shown(room, page)
    tab_to(page, "done")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("done")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("done")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_test_id("done")).to_have_attribute("aria-pressed", "false")


def test_a_moved_statement_says_where_it_is(room: Room, desk: Page, ann: Person, laptop: Device) -> None:
    page = room.seat(laptop(), ann)
    ids = order(page)
    words = page.locator(f"#words-{ids[3]}").inner_text()
    said = page.locator("#ballot [data-say]")
    page.get_by_test_id(f"up-{ids[3]}").click()
    expect(said).to_have_text(f"{words}: place 3 of 10")
    page.locator(f"#statement-{ids[3]} [data-handle]").press("Alt+Home")
    expect(said).to_have_text(f"{words}: place 1 of 10")
    expect(page.get_by_test_id(f"up-{ids[3]}")).to_have_attribute("aria-disabled", "true")
    handle = page.locator(f"#statement-{ids[3]}").get_by_role("button", name="Place 1 of 10. More ways to move")
    handle.press("Enter")
    expect(handle).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(handle).to_have_attribute("aria-expanded", "false")
    expect(handle).to_be_focused()


def test_a_push_leaves_the_focus_and_the_open_number_where_they_are(
    room: Room, desk: Page, ann: Person, laptop: Device
) -> None:
    page = room.seat(laptop(), ann)
    handle = page.locator("#ballot [data-handle]").nth(3)
    handle.press("Enter")
    top = page.locator("#ballot [data-do=top]:visible")
    top.focus()
    room.person("Ben", "police", 1).rank([f"s{n}" for n in range(1, 11)])
    expect(page.get_by_test_id("progress")).to_have_text("1 of 2 is done")
    expect(top).to_be_focused()
    expect(handle).to_have_attribute("aria-expanded", "true")
    top.press("Enter")
    kept_as_shown(room, page)


def test_the_focus_goes_to_the_new_phase_when_what_had_it_is_gone(
    room: Room, desk: Page, ann: Person, laptop: Device
) -> None:
    page = room.seat(laptop(), ann)
    page.locator("#ballot [data-handle]").first.focus()
    move_on(desk, "compare", page)
    expect(page.locator("#phase h1")).to_be_focused()


def test_a_new_phase_is_seen_from_its_top_and_a_push_scrolls_nothing(
    room: Room, desk: Page, ann: Person, phone: Device
) -> None:
    page = room.seat(phone(), ann)
    page.locator("#ballot [data-handle]").last.scroll_into_view_if_needed()
    scrolled = page.evaluate("() => scrollY")
    assert scrolled > 100
    for n in (1, 2, 3):
        room.person(f"Person {n}", "police", 1).rank(order(page))
    expect(page.get_by_test_id("progress")).to_have_text("3 of 4 are done")
    assert page.evaluate("() => scrollY") == scrolled
    move_on(desk, "compare", page)
    expect(page.locator("#phase h1")).to_be_in_viewport()
    assert page.evaluate("() => scrollY") == 0


def test_the_skip_link_comes_first_and_leads_to_the_main_part(
    room: Room, desk: Page, ann: Person, laptop: Device
) -> None:
    for page in (room.seat(laptop(), ann), desk):
        page.reload()
        page.wait_for_selector("#live")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the main part")).to_be_focused()
        page.keyboard.press("Enter")
        assert page.url.endswith("#main")


def test_nothing_moves_by_itself_for_those_who_asked_for_stillness(
    room: Room, desk: Page, ann: Person, phone: Device
) -> None:
    page = room.seat(phone(reduced_motion="reduce"), ann)
    moving = (
        "() => [...document.querySelectorAll('*')].filter(one => {"
        " const style = getComputedStyle(one);"
        " return style.animationName !== 'none' || style.transitionDuration.split(', ').some(time => time !== '0s') })"
        ".map(one => one.className || one.localName)"
    )
    assert page.evaluate(moving) == []
    other = room.seat(phone(reduced_motion="no-preference"), ann)
    assert "btn" in other.evaluate(moving)


def tab_to(page: Page, test_id: str, within: str = "", *, backwards: bool = False) -> None:
    """Press Tab until something has the focus."""
    wanted = page.locator(f'[data-testid="{test_id}"] {within}'.strip())
    for _ in range(80):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"Tab never came to {test_id}")
