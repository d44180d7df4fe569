"""The browser's half: a plain text area that several people write in, whatever line and keyboard they have."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect, sync_playwright

from app.config import Settings
from app.texts.room import MOST_CHARACTERS
from tests import browser as chromium
from tests.e2e.troubles import CUT_OFF, Troubles
from tests.reliability.nursery import Nursery
from tests.rooms import Held, Room, prepare
from tests.texts.gate import reared
from tests.texts.stored import stored_text

expect.set_options(timeout=15_000)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: bytes) -> Settings:
    """Settings with a database of this file's own."""
    folder = tmp_path_factory.mktemp("pads")
    (folder / "concord.db").write_bytes(migrated_sqlite)
    return Settings(data_dir=folder, secret_key="a key for tests that is long enough")


@pytest.fixture(scope="module")
def rearing(settings: Settings) -> Iterator[Nursery[None]]:
    """Servers with the tests' gate and a page for one text."""
    with reared(settings) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for this file."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.find_chromium(), args=chromium.flags())
        try:
            yield started
        finally:
            started.close()


@pytest.fixture
def room(settings: Settings) -> Room:
    """A room of two seats at one table."""
    return prepare(settings, seats=2)[0]


@contextmanager
def pads(browser: Browser, port: int, room: Room, name: str = "joint") -> Iterator[list[Page]]:
    """Open a text on the phones of all seats; what they complain of but for a cut line fails the test."""
    troubles = Troubles()
    troubles.expect(CUT_OFF)
    contexts = []
    try:
        opened = []
        for seat in room.seats:
            context = browser.new_context()
            contexts.append(context)
            troubles.watch(context)
            opened.append(pad(give_seat(context.new_page(), port, seat), port, room, name))
        yield opened
    finally:
        for context in contexts:
            context.close()
    assert troubles.unexpected == []


def give_seat(page: Page, port: int, seat: Held) -> Page:
    """Let a phone hold a seat."""
    name, value = seat.cookie.split("=", 1)
    page.context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{port}"}])
    return page


def pad(page: Page, port: int, room: Room, name: str = "joint") -> Page:
    """Open the text."""
    page.goto(f"http://127.0.0.1:{port}/pad?text=/w/{room.code}/texts/{room.step}/1/{name}")
    state(page, "saved")
    return page


def state(page: Page, wanted: str) -> None:
    """Wait until a page shows a save state."""
    expect(page.locator(f"[data-when={wanted}]")).to_be_visible()


def both(pages: list[Page], text: str) -> None:
    """Wait until all have a text."""
    for page in pages:
        expect(page.locator("#pad")).to_have_value(text)


def test_two_type_at_once_and_keep_their_carets(
    browser: Browser, rearing: Nursery[None], settings: Settings, room: Room
) -> None:
    with rearing.server() as server, pads(browser, server.port, room, "seeded") as (ann, ben):
        both([ann, ben], "We begin with ")
        ann.locator("#pad").press("Control+End")
        ben.locator("#pad").press("Control+Home")
        for turn in range(8):
            ann.keyboard.type(str(turn))
            ben.keyboard.type("abcdefgh"[turn])
        ann.keyboard.type("\n• ŵ🙂")
        both([ann, ben], "abcdefghWe begin with 01234567\n• ŵ🙂")
        state(ann, "saved")
        state(ben, "saved")
        assert ben.evaluate("document.querySelector('#pad').selectionStart") == 8
        expect(ann.locator("[data-words-of=pad]")).to_have_text("5")
        expect(ann.locator("[data-over]")).to_have_count(1)
    assert stored_text(settings, room, "seeded") == "abcdefghWe begin with 01234567\n• ŵ🙂"


def test_who_writes_is_shown(browser: Browser, rearing: Nursery[None], room: Room) -> None:
    with rearing.server() as server, pads(browser, server.port, room) as (ann, ben):
        ann.locator("#pad").press_sequentially("x")
        expect(ben.locator("[data-writer='1:1']")).to_be_visible()
        expect(ben.locator("[data-writers-of=pad]")).to_be_hidden()


def test_what_others_write_waits_while_a_keyboard_composes(
    browser: Browser, rearing: Nursery[None], room: Room
) -> None:
    with rearing.server() as server, pads(browser, server.port, room) as (ann, ben):
        ann.locator("#pad").press_sequentially("say ")
        both([ann, ben], "say ")
        keyboard = ann.context.new_cdp_session(ann)
        keyboard.send("Input.imeSetComposition", {"text": "hel", "selectionStart": 3, "selectionEnd": 3})
        ben.locator("#pad").press("Control+Home")
        ben.keyboard.type("We ")
        state(ben, "saved")
        ann.wait_for_function("() => performance.now() > 0")
        expect(ann.locator("#pad")).to_have_value("say hel")
        keyboard.send("Input.imeSetComposition", {"text": "hello", "selectionStart": 5, "selectionEnd": 5})
        keyboard.send("Input.insertText", {"text": "hello"})
        both([ann, ben], "We say hello")


def test_a_phone_without_a_line_loses_nothing_even_when_it_loads_again(
    browser: Browser, rearing: Nursery[None], settings: Settings, room: Room
) -> None:
    with rearing.server() as server, pads(browser, server.port, room) as (ann, ben):
        ann.locator("#pad").press_sequentially("one ")
        both([ann, ben], "one ")
        # Sockets are blocked, pages are not: as in many a venue.
        blocked = [True]
        ann.context.route_web_socket("**/texts/**", lambda line: None if blocked else line.connect_to_server())
        ann.reload()
        expect(ann.locator("#pad")).to_have_value("")
        ann.locator("#pad").press_sequentially("two ")
        state(ann, "not")
        ben.locator("#pad").press_sequentially("three ")
        state(ben, "saved")
        ann.reload()
        expect(ann.locator("#pad")).to_have_value("two ")
        state(ann, "not")
        blocked.clear()
        ann.reload()
        state(ann, "saved")
        state(ben, "saved")
        assert sorted(ann.input_value("#pad").split()) == ["one", "three", "two"]
        both([ben], ann.input_value("#pad"))
        assert ann.evaluate("Object.keys(localStorage).filter(key => key.startsWith('concord:text:'))") == []
    assert sorted(stored_text(settings, room).split()) == ["one", "three", "two"]


def test_a_text_too_long_can_be_copied_and_goes_on_with_what_is_stored(
    browser: Browser, rearing: Nursery[None], settings: Settings, room: Room
) -> None:
    with rearing.server() as server, pads(browser, server.port, room) as (ann, ben):
        ann.locator("#pad").press_sequentially("ours ")
        both([ann, ben], "ours ")
        ann.locator("#pad").press("Control+End")
        ann.keyboard.insert_text("x" * MOST_CHARACTERS)
        both([ann, ben], "ours ")
        expect(ann.locator("#left")).to_have_value("ours " + "x" * MOST_CHARACTERS)
        assert ann.locator("[data-why]").evaluate_all(
            "all => all.filter(one => !one.hidden).map(one => one.innerText)"
        ) == ["long"]
        expect(ann.locator("#pad")).to_be_editable()
        ann.locator("#pad").press("Control+End")
        ann.keyboard.type("again")
        both([ann, ben], "ours again")
    assert stored_text(settings, room) == "ours again"


def turn(page: Page, *, away: bool) -> str:
    """Turn the page from the text, or back to it, as a screen with several texts does; tells what it then shows."""
    shown: str = page.evaluate(
        """async away => {
            document.querySelector('#sheet').hidden = away;
            const { lookForTexts } = await import(document.querySelector('script[src*=text-pad]').src);
            lookForTexts();
            return document.querySelector('#pad').value;
        }""",
        away,
    )
    return shown


def test_what_was_typed_before_the_page_was_turned_is_stored_and_there_again_at_once(
    browser: Browser, rearing: Nursery[None], settings: Settings, room: Room
) -> None:
    with rearing.server() as server, pads(browser, server.port, room) as (ann, ben):
        lines: list[WebSocket] = []
        ann.on("websocket", lambda line: lines.append(line))
        ann.reload()
        state(ann, "saved")
        with lines[0].expect_event("close"):
            ann.locator("#pad").press_sequentially("typed ")
            turn(ann, away=True)
        assert stored_text(settings, room) == "typed "
        ben.locator("#pad").press("Control+End")
        ben.keyboard.type("meanwhile ")
        state(ben, "saved")
        assert turn(ann, away=False) == "typed "
        both([ann, ben], "typed meanwhile ")
        ann.locator("#pad").press("Control+End")
        ann.keyboard.type("and on")
        both([ann, ben], "typed meanwhile and on")
        state(ann, "saved")
        assert len(lines) == 2
    assert stored_text(settings, room) == "typed meanwhile and on"


def test_the_seat_page_of_a_ranking_does_not_load_it(settings: Settings) -> None:
    dist = Path(__file__).parents[2] / "app" / "static" / "dist"
    for name in ("seat-*.js", "desk-*.js", "wall-*.js", "page-*.js"):
        assert [path.name for path in dist.glob(name) if "encodeStateAsUpdate" in path.read_text()] == []
