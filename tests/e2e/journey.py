"""One seat's way through a whole ranking at a table of three, with whatever hand is given."""

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from tests.e2e.hall import Person, Room
from tests.e2e.hands import is_saved, order
from tests.e2e.tables import Trainer, answer, mark, stands

SURE = ("s1", "s10", "s8", "s2")
OTHERS = ("s1 s9 s7 s2 s4 s8 s6 s10 s5", "s1 s6 s10 s4 s7 s9 s2 s8 s5")


class Hand(Protocol):
    """How somebody works a page; every act leaves the page as it should be for that hand."""

    page: Page

    def press(self, to: Locator) -> None:
        """Press a button or what opens a part."""

    def tick(self, to: Locator) -> None:
        """Tick one of several."""

    def choose(self, to: Locator, value: str) -> None:
        """Choose from a list that opens."""

    def write(self, to: Locator, words: str) -> None:
        """Write into a field."""

    def place(self, statement: str, place: int) -> None:
        """Put a statement of the board on a place."""

    def stays(self) -> None:
        """Hold that what somebody else did took nothing out of this hand."""


class Journey:
    """Ann's way with the page, beside Ben and Cat."""

    def __init__(self, room: Room, hand: Hand) -> None:
        self.room = room
        self.hand = hand
        self.page = hand.page
        self.ben, self.cat = (room.person(name, "none", 1) for name in ("Ben", "Cat"))
        self.trainer = Trainer(room)

    @property
    def others(self) -> tuple[Person, Person]:
        """Ben and Cat."""
        return self.ben, self.cat

    def the(self, test_id: str) -> Locator:
        """Find something on the page."""
        return self.page.get_by_test_id(test_id)

    def moves_on(self, phase: str, region: str) -> None:
        """Let the trainer move on, and wait for the page."""
        self.trainer.phase(phase)
        self.page.wait_for_selector(f"#{region}")
        self.hand.stays()

    def read(self) -> None:
        """Say that one is not clear."""
        self.moves_on("read", "statements")
        self.hand.press(self.the("flag-s9"))
        expect(self.the("flag-s9")).to_have_attribute("aria-pressed", "true")

    def solo(self) -> None:
        """Move one down, discard one, be done; the others follow."""
        self.moves_on("solo", "ballot")
        first, second = order(self.page)[:2]
        self.hand.press(self.the(f"down-{first}"))
        assert order(self.page)[:2] == [second, first]
        self.hand.press(self.page.locator("#statement-s3 [data-handle]"))
        self.hand.press(self.the("discard-s3"))
        is_saved(self.page)
        self.hand.press(self.the("done"))
        expect(self.the("done")).to_have_attribute("aria-pressed", "true")
        for person, own in zip(self.others, OTHERS, strict=True):
            person.rank(own.split(), "s3")
        expect(self.the("progress")).to_have_text("3 of 3 are done")
        self.hand.stays()

    def discard(self) -> None:
        """Propose one, answer the check on it, go on."""
        self.moves_on("discard", "nominations")
        self.hand.press(self.the("propose").locator("summary"))
        self.hand.choose(self.the("propose-statement"), "s3")
        self.hand.write(self.the("propose-reason"), "It is about us")
        self.hand.press(self.the("propose-send"))
        self.page.wait_for_selector("#proposal")
        expect(self.the("propose-send")).to_be_hidden()
        self.hand.stays()
        self.hand.tick(self.the("check-4"))
        self.hand.press(self.the("send"))
        is_saved(self.page)
        answer(self.others, 4)
        self.page.wait_for_selector("#discarded")
        self.hand.stays()
        self.hand.press(self.the("on"))
        self.page.wait_for_selector("#board")
        self.hand.stays()

    def rank(self) -> None:
        """Put what waits on the open places, and take the last one back and put it there again."""
        tray = self.page.locator(".tray [data-statement]")
        waiting = tray.evaluate_all("all => all.map(one => one.dataset.statement)")
        assert len(waiting) > 2
        for one in waiting[:-1]:
            self.place_first_free(one)
        statement = waiting[-1]
        place = self.place_first_free(statement)
        self.hand.press(self.the("undo"))
        expect(tray).to_have_count(1)
        self.hand.stays()
        assert self.place_first_free(statement) == place
        self.hand.press(self.page.get_by_role("button", name="List", exact=True))
        expect(self.page.locator("#board")).to_have_attribute("data-shape", "list")
        self.hand.press(self.the(f"up-{statement}"))
        stands([self.page], {statement: place - 1})
        expect(self.the("who-moved")).to_contain_text(f"You moved one to place {place - 1}")
        self.hand.stays()

    def place_first_free(self, statement: str) -> int:
        """Put a statement on the first free place."""
        free = self.page.locator("#board [data-place]:has([data-free])").first.get_attribute("data-place")
        place = int(free or 0)
        self.hand.place(statement, place)
        stands([self.page], {statement: place})
        expect(self.the("who-moved")).to_contain_text(f"You moved one to place {place}")
        self.hand.stays()
        return place

    def compare(self) -> None:
        """Link two statements and take the link away."""
        self.moves_on("compare", "strips")
        self.hand.choose(self.the("link-a"), "s2")
        self.hand.choose(self.the("link-b"), "s7")
        self.hand.tick(self.page.get_by_label("Pulling apart"))
        self.hand.press(self.the("link"))
        self.page.wait_for_selector("#link-l1")
        self.hand.stays()
        self.hand.press(self.the("unlink-l1"))
        expect(self.page.locator("#link-l1")).to_have_count(0)
        self.hand.stays()

    def top(self) -> None:
        """Mark five, fill the last place, move it up, share a place and part again."""
        self.moves_on("top", "marking")
        for statement in (*SURE, "s4"):
            self.hand.tick(self.the(f"mark-{statement}"))
        self.hand.press(self.the("send-marks"))
        expect(self.page.locator("#marking")).to_contain_text("Sent.")
        self.hand.stays()
        mark(self.others, (*SURE, "s9"))
        self.page.wait_for_selector("#places")
        self.hand.stays()
        self.hand.press(self.the("put-s9"))
        stands([self.page], {"s9": 5})
        self.hand.stays()
        self.hand.press(self.the("up-s9"))
        stands([self.page], {"s9": 4})
        expect(self.page.locator("#places > [data-say]")).to_contain_text("between agencies.: place 4 of 5")
        self.hand.stays()
        self.hand.press(self.page.locator("#more-top-s9 > summary"))
        self.hand.press(self.the("share-s9"))
        stands([self.page], {"s9": 3})
        self.hand.stays()
        self.hand.press(self.the("part-s9"))
        stands([self.page], {"s9": 4})
        self.hand.stays()
        self.hand.press(self.the("on"))
        self.page.wait_for_selector("#check")
        self.hand.stays()

    def check(self) -> None:
        """Have a concern and say what would help, change the list, check again."""
        self.hand.tick(self.the("check-2"))
        self.hand.choose(self.page.locator("#check-about"), "s9")
        self.hand.write(self.page.locator("#check-note"), "Room to try")
        self.hand.press(self.the("send"))
        is_saved(self.page)
        self.hand.stays()
        answer(self.others, 4)
        expect(self.the("histogram")).to_contain_text("Not everybody yet")
        self.hand.stays()
        self.hand.press(self.page.locator("#more-top-s9 > summary"))
        self.hand.press(self.the("take-out-s9"))
        self.page.wait_for_selector("[data-testid=put-s9]")
        self.hand.stays()
        self.hand.press(self.the("put-s4"))
        stands([self.page], {"s4": 4})
        self.hand.stays()
        self.hand.press(self.the("check-again"))
        self.page.wait_for_selector("#check")
        self.hand.stays()
        self.hand.tick(self.the("check-5"))
        self.hand.press(self.the("send"))
        is_saved(self.page)
        answer(self.others, 4)
        expect(self.the("histogram")).to_contain_text("Everybody can stand behind it")
        self.hand.stays()

    def locked(self) -> None:
        """Lock the list."""
        self.hand.press(self.the("on"))
        expect(self.the("result")).to_contain_text("Agreed by all 3 of you")
        self.hand.stays()


def travel(room: Room, hand: Hand) -> None:
    """Go the whole way from the first reading to the locked list."""
    journey = Journey(room, hand)
    for step in (
        *(journey.read, journey.solo, journey.discard, journey.rank),
        *(journey.compare, journey.top, journey.check, journey.locked),
    ):
        step()
