"""The whole way with only taps on buttons: no drag and no keys, and nothing too small for a thumb."""

from playwright.sync_api import Locator, Page

from tests.e2e.conftest import Device
from tests.e2e.fit import SMALL_TARGETS
from tests.e2e.hall import Person, Room
from tests.e2e.journey import travel
from tests.e2e.tables import put


class Thumb:
    """Taps; what a phone asks in a sheet of its own, a list or its keys, it answers there."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, to: Locator) -> None:
        to.tap()

    def tick(self, to: Locator) -> None:
        to.tap()

    def choose(self, to: Locator, value: str) -> None:
        to.tap()
        to.select_option(value)

    def write(self, to: Locator, words: str) -> None:
        to.tap()
        self.page.keyboard.insert_text(words)

    def place(self, statement: str, place: int) -> None:
        put(self.page, statement, place)

    def stays(self) -> None:
        assert self.page.evaluate(SMALL_TARGETS) == []


def test_a_whole_ranking_is_made_with_only_taps(room: Room, ann: Person, small_phone: Device) -> None:
    travel(room, Thumb(room.seat(small_phone(), ann)))
