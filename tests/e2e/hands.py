"""What people do with their hands and see with their eyes: drag, press, and read an order off a page."""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.e2e.hall import Room


def order(page: Page) -> list[str]:
    """Read the order that a phone shows, best first."""
    found: list[str] = page.locator("#ballot [data-order] > li").evaluate_all("all => all.map(one => one.dataset.id)")
    return found


def aside(page: Page) -> list[str]:
    """Read what a phone shows as set aside."""
    found: list[str] = page.locator("#aside > li").evaluate_all("all => all.map(one => one.dataset.id)")
    return found


def shown(page: Page) -> dict[str, Any]:
    """Read a phone's whole ballot, as the server would keep it."""
    return {"discard": next(iter(aside(page)), None), "order": order(page)}


def is_saved(page: Page) -> None:
    """Wait until a phone says that all is saved, in the words people see."""
    # The browser tells at once; `expect` looks again after a quarter of a second, half of one, and then every second.
    page.wait_for_selector("[data-testid=saved][data-state=saved]", state="attached")
    expect(page.get_by_test_id("saved")).to_have_text("Saved", use_inner_text=True)


def is_not_saved(page: Page) -> None:
    """Wait until a phone says that it could not save yet."""
    expect(page.get_by_test_id("saved")).to_have_text("Not saved, trying again", use_inner_text=True)


PHASES = {
    "read": ("Read", "#statements"),
    "solo": ("On your own", "#ballot"),
    "discard": ("Discard", "#nominations"),
    "rank": ("Rank", "#board"),
    "compare": ("Compare", "#mirror"),
    "top": ("Top places", "#marking"),
    "check": ("Check", "#phase"),
    "locked": ("Locked", "#result"),
}


def move_on(desk: Page, phase: str, *pages: Page) -> None:
    """Press the big button as often as it takes to come to a phase, and wait until the other pages are there."""
    words, region = PHASES[phase]
    now = desk.locator("#phase .track .now")
    for coming in following(now.inner_text() if now.count() else "", phase):
        desk.get_by_test_id("next-phase").click()
        expect(now).to_contain_text(PHASES[coming][0])
    expect(now).to_contain_text(words)
    for page in pages:
        page.wait_for_selector(region, state="attached")


def following(now: str, phase: str) -> list[str]:
    """List the phases after the one whose words the desk shows, up to and with `phase`."""
    names = list(PHASES)
    at = next((place for place, name in enumerate(names) if now.startswith(PHASES[name][0])), -1)
    return names[at + 1 : names.index(phase) + 1]


def said_by(page: Page) -> str:
    """Read what a page shows, less what only the clock or a finger makes different."""
    words: str = page.locator("#live").inner_text()
    return words


def swapped(ids: Sequence[str], earlier: int) -> list[str]:
    """Change two neighbours; `earlier` is the first one's index."""
    changed = list(ids)
    changed[earlier], changed[earlier + 1] = changed[earlier + 1], changed[earlier]
    return changed


def moved(ids: Sequence[str], which: str, to: int) -> list[str]:
    """Put one at an index."""
    changed = [one for one in ids if one != which]
    changed.insert(to, which)
    return changed


def choose(page: Page, statement: str, deed: str) -> None:
    """Open a statement's other ways to move, and take one: top, bottom, discard."""
    page.locator(f"#statement-{statement} [data-handle]").click()
    page.get_by_test_id(f"{deed}-{statement}").click()


class Finger:
    """One finger on a touch screen, by the browser's own touch events."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.glass: CDPSession = page.context.new_cdp_session(page)
        self.x = self.y = 0.0

    def down(self, on: Locator) -> None:
        """Touch the middle of something."""
        on.scroll_into_view_if_needed()
        box = on.bounding_box()
        assert box is not None
        self.x, self.y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self._touch("touchStart")

    def slide(self, to: float, steps: int = 12) -> None:
        """Slide to a height on the screen."""
        start = self.y
        for step in range(1, steps + 1):
            self.y = start + (to - start) * step / steps
            self._touch("touchMove")
            # a frame of its own: the list moves out of the way between two of them
            self.page.evaluate("() => new Promise(requestAnimationFrame)")

    def up(self) -> None:
        """Lift the finger."""
        self.glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def drag(self, on: Locator, past: Locator) -> None:
        """Drag one thing beyond the middle of another."""
        self.down(on)
        self.slide(middle(past))
        self.up()

    def _touch(self, kind: str) -> None:
        self.glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": self.x, "y": self.y}]})


def middle(of: Locator) -> float:
    """Find the height on the screen of something's middle."""
    box = of.bounding_box()
    assert box is not None
    return box["y"] + box["height"] / 2


def join(page: Page, name: str, agency: str, table: int) -> None:
    """Fill in the joining form that a page shows, and send it."""
    page.get_by_test_id("join-name").fill(name)
    page.get_by_test_id("join-agency").select_option(label=agency)
    page.get_by_test_id("join-table").select_option(str(table))
    page.get_by_test_id("join-submit").click()
    page.wait_for_selector("#live")


def seat_of(page: Page) -> int:
    """Read which seat a phone holds."""
    return int(page.locator("#live").get_attribute("data-seat") or 0)


def kept_as_shown(room: Room, page: Page) -> None:
    """Hold that the server has the very order the phone shows as saved."""
    is_saved(page)
    assert room.ballot(seat_of(page)) == shown(page)
