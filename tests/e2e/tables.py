"""Tables whose people need no browser, their trainer, and what one sees of a table on any page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import httpx2 as httpx
from playwright.sync_api import Page, expect

from tests.e2e.hall import Person, Room
from tests.e2e.hands import is_saved

DISCARD = "s3"
ORDER = ("s1", "s10", "s8", "s2", "s4", "s9", "s6", "s7", "s5")


class Trainer:
    """The trainer without a browser."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.client = httpx.Client(base_url=room.hall.base, follow_redirects=True)
        room.hall.around.callback(self.client.close)
        self.client.get(room.hall.link())

    def phase(self, name: str, table: int | None = None) -> None:
        """Move all tables to a phase, or one."""
        told = {"phase": name} | ({"table": str(table)} if table else {})
        taken(self.client.post(f"/w/{self.room.code}/steps/{self.room.step}/phase", data=told))

    def move(self, name: str, table: int = 1, **fields: Any) -> None:
        """Make a move at a table."""
        body = {"version": self.room.version(), "move": name, "table": table, **fields}
        taken(self.client.post(self.room.moves, json=body, headers={"HX-Request": "true", "Accept": "text/html"}))


def taken(reply: httpx.Response) -> None:
    """Insist that a move was taken."""
    assert reply.status_code == 200, reply.text


def propose(person: Person, statement: str = DISCARD, reason: str = "It is about us.") -> None:
    """Propose one to discard."""
    taken(person.move("nominate_discard", statement=statement, reason=reason))


def answer(people: Iterable[Person], *values: int) -> None:
    """Answer the open check; the last value counts for all who are left."""
    for at, person in enumerate(people):
        taken(person.move("answer_check", value=values[min(at, len(values) - 1)]))


def lay(people: Sequence[Person], order: Sequence[str] = ORDER) -> None:
    """Put statements on the board's first places, taking turns."""
    for at, one in enumerate(order):
        taken(people[at % len(people)].move("place", statement=one, position=at + 1))


def mark(people: Iterable[Person], *fives: Sequence[str]) -> None:
    """Mark in private; the last five counts for all who are left."""
    for at, person in enumerate(people):
        taken(person.move("mark_top", statements=list(fives[min(at, len(fives) - 1)])))


def fill(person: Person, five: Sequence[str] = ORDER[:5]) -> None:
    """Put five on the top places."""
    for place, one in enumerate(five, 1):
        taken(person.move("place_top", statement=one, position=place))


def sees(pages: Iterable[Page], test_id: str, words: str) -> None:
    """Wait until all of these pages say so."""
    for page in pages:
        expect(page.get_by_test_id(test_id)).to_contain_text(words)


def stands(pages: Iterable[Page], places: Mapping[str, int]) -> None:
    """Wait until statements stand on these places, on all pages."""
    for page in pages:
        for statement, place in places.items():
            page.wait_for_selector(f"[data-testid=statement-{statement}][data-place='{place}']")


def says_nothing_of(pages: Iterable[Page], *private: str) -> None:
    """Hold that nothing private is anywhere in these pages, hidden or not."""
    for page in pages:
        held = page.content()
        assert [words for words in private if words in held] == []


def answers(page: Page, value: int, note: str = "", about: str = "") -> None:
    """Answer the check on the page, and send it."""
    page.get_by_test_id(f"check-{value}").check()
    if note:
        page.locator("#check-note").fill(note)
    if about:
        page.locator("#check-about").select_option(about)
    page.get_by_test_id("send").click()
    is_saved(page)


def put(page: Page, statement: str, place: int) -> None:
    """Take a statement of the board in hand and tap its place."""
    page.get_by_test_id(f"statement-{statement}").locator("[data-pick]").tap()
    page.locator(f"#board [data-place='{place}'] > .place").tap()
    stands([page], {statement: place})
