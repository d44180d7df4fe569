"""A grid that people fill in with their hands: turning to a sentence, typing as keyboards do, and what texts say."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect
from sqlmodel import Session

from app.activities.registry import activity
from app.texts import keeping
from app.texts.service import Key
from app.workshops.agenda import StepDetails, add_step
from app.workshops.find import id_of
from app.workshops.models import Workshop
from tests.e2e.hall import Hall, Room
from tests.e2e.hands import is_saved
from tests.e2e.tables import Trainer
from tests.programs import wait_until

ITEM = Path(__file__).parents[2] / "app/library/items/grid/joint-visioning.toml"
# The same words as the server begins a joint statement with.
OPENINGS = {
    "r1": "Here, working in partnership across agencies means ",
    "r2": "Our partnership's mission statement should be ",
}


def a_grid(hall: Hall, rows: int = 2, **details: Any) -> Room:
    """Prepare a workshop with one grid, of the library's first sentences."""
    item = tomllib.loads(ITEM.read_text())
    return hall.a_workshop(kind="grid", item=item | {"rows": item["rows"][:rows]}, **{"places": 9, **details})


def comes_to(phase: str, seats: Iterable[Page]) -> None:
    """Wait until all of these seat pages are in a phase."""
    whole = {"check": "#joints", "locked": "#result"}
    for page in seats:
        page.wait_for_selector(whole.get(phase, f"#phase[data-phase={phase}]"))


def goes_on(trainer: Trainer, phase: str, seats: Iterable[Page] = ()) -> None:
    """Let the trainer move all tables, and wait until seat pages are there."""
    trainer.phase(phase)
    comes_to(phase, seats)


def turn_to(page: Page, row: str) -> None:
    """Turn to a sentence by Next and Back, as thumbs do; on a laptop by the list that stands there."""
    shown = page.locator("#phase > [data-row]:visible")
    link = page.get_by_test_id(f"to-{row}")
    if link.is_visible():
        link.click()
    else:
        order = page.locator("#phase > [data-row]").evaluate_all("all => all.map(one => one.dataset.row)")
        by = order.index(row) - order.index(shown.get_attribute("data-row"))
        for _ in range(abs(by)):
            page.get_by_test_id("row-next" if by > 0 else "row-back").click()
    expect(shown).to_have_attribute("data-row", row)


def pad(page: Page, name: str) -> Locator:
    """Find the shared text on a seat page: "cell-r1" (one's own) or "joint-r1"."""
    return page.get_by_test_id(name.replace("-", "-text-", 1))


def state_of(page: Page, name: str) -> Locator:
    """Find what a seat page says of a shared text: saved or not."""
    return page.locator(f'[data-state-of="{name.replace("-", "-text-", 1)}"]')


def says(page: Page, name: str, state: str) -> None:
    """Wait until a seat page says that a text is saved, not saved, or to be read only."""
    area = name.replace("-", "-text-", 1)
    page.wait_for_selector(f'[data-state-of="{area}"][data-state={state}]', state="attached")


def begins(page: Page, name: str, after: str = "") -> None:
    """Put the caret behind some words of a text, else at its end."""
    text = pad(page, name)
    expect(text).to_be_editable()
    text.click()
    page.keyboard.press("Control+End")
    if after:
        behind = "(area, words) => area.setSelectionRange(...Array(2).fill(area.value.indexOf(words) + words.length))"
        expect(text).to_have_value(re.compile(re.escape(after)))
        text.evaluate(behind, after)


def types(page: Page, name: str, words: str, after: str = "") -> None:
    """Type into a text, line by line, as on a keyboard."""
    begins(page, name, after)
    keys(page, words)


def keys(page: Page, words: str) -> None:
    """Type where the caret is; a line break is the Enter key."""
    for number, line in enumerate(words.split("\n")):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.type(line)


def type_at_once(*writers: tuple[Page, str]) -> None:
    """Let several type at once where their carets are, a letter each in turn; nobody waits for anybody."""
    for at in range(max(len(words) for _, words in writers)):
        for page, words in writers:
            if at < len(words):
                keys(page, words[at])


@dataclass(frozen=True, slots=True)
class Soft:
    """A phone's soft keyboard: it composes every word and changes its mind while it does."""

    page: Page

    def writes(self, words: str) -> None:
        """Write words where the caret is."""
        for word in words.split(" "):
            self.begins(word)
            self.ends(f"{word} ")

    def begins(self, word: str) -> None:
        """Compose a word, letter by letter, and leave it underlined."""
        for length in range(1, len(word) + 1):
            underlined = {"text": word[:length], "selectionStart": length, "selectionEnd": length}
            self._send("Input.imeSetComposition", underlined)

    def ends(self, word: str) -> None:
        """Take the word that was composed, or what the keyboard makes of it."""
        self._send("Input.insertText", {"text": word})

    def _send(self, what: str, told: Mapping[str, Any]) -> None:
        glass = self.page.context.new_cdp_session(self.page)
        glass.send(what, dict(told))
        glass.detach()


def shows(pages: Iterable[Page], name: str, words: str) -> None:
    """Wait until all of these seat pages show these very words in a text."""
    for page in pages:
        expect(pad(page, name)).to_have_value(words)


def stored(room: Room, name: str, table: int = 1) -> str:
    """Read a text in the database, past the server."""
    return room.hall.db.run_now(lambda session: keeping.flatten(session, Key(room.id, room.step, table, name)))


def comes_in(room: Room, name: str, words: str) -> None:
    """Wait until the database has these very words; a page that has turned away shows nothing of it any more."""
    wait_until(lambda: stored(room, name) == words, f"{name} come in")


def jots(page: Page, row: str, words: str) -> None:
    """Jot on the sentence that is shown, and wait until it stands there."""
    page.get_by_test_id(f"jot-text-{row}").click()
    page.keyboard.type(words)
    page.get_by_test_id(f"jot-{row}").get_by_test_id("add-jot").click()
    expect(page.locator(f"#row-{row} .jot", has_text=words)).to_be_visible()


def marks(page: Page, row: str, column: str, mark: str) -> None:
    """Mark a cell, and wait until it is marked."""
    button = page.get_by_test_id(f"mark-{row}-{column}-{mark}")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def answers_all(pages: Sequence[Page], *values: int, note: str = "") -> None:
    """Answer the check on all pages; the last value counts for all who are left, the note goes with the low ones."""
    for at, page in enumerate(pages):
        value = values[min(at, len(values) - 1)]
        page.get_by_test_id(f"check-{value}").check()
        if value < 3 and note:
            page.locator("#check-note").fill(note)
        page.get_by_test_id("send").click()
        is_saved(page)


def then_a_grid(room: Room) -> Room:
    """Put a grid behind the workshop's step, and give the same workshop at that step."""
    item = tomllib.loads(ITEM.read_text())

    def add(session: Session, version: int) -> int:
        details = StepDetails(item["title"], activity("grid").from_item(item))
        return id_of(add_step(session, session.get_one(Workshop, room.id), "grid", details))

    return Room(room.hall, room.id, room.hall.db.change_now(room.id, add).value)
