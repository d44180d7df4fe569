"""The browser and the devices that people bring: phones, the trainer's laptop, the projector."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import browser as chromium
from tests.e2e.album import LARGE, SMALL, Album
from tests.e2e.hall import Hall, Person, Room, open_hall
from tests.e2e.hands import move_on
from tests.e2e.troubles import Troubles

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
LIGHT = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# the ground's colour changes what depends on colour, and nothing else
DARK = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
# On two cores a browser may wait for its turn; nothing here takes this long by itself.
PATIENCE = 10_000
expect.set_options(timeout=PATIENCE)


class Device(Protocol):
    """Opens a new device of its sort; everything it holds is its own."""

    def __call__(self, **options: Any) -> BrowserContext:
        """Open one; `options` are Playwright's, `color_scheme="dark"` for instance."""
        ...


class Axe(Protocol):
    """Looks for barriers in a page."""

    def __call__(self, page: Page) -> list[str]:
        """List what axe finds in light, and of colours in dark, one line for each rule and place."""
        ...


# A package's, not a session's: Playwright's own event loop would stand in the way of async tests after it.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of this folder."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.find_chromium(), args=chromium.flags())
        try:
            yield started
        finally:
            started.close()


@pytest.fixture
def troubles() -> Troubles:
    """What the test's browsers complain of; whatever it does not expect fails it."""
    return Troubles()


@pytest.fixture
def device(browser: Browser, troubles: Troubles) -> Iterator[Device]:
    """Open devices of any sort, and put them all away after the test."""
    opened: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"locale": "en-GB", **options})
        context.set_default_timeout(PATIENCE)
        troubles.watch(context)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
    assert troubles.unexpected == []


@pytest.fixture(scope="package")
def shared_hall(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: bytes) -> Iterator[Hall]:
    """A running server for the tests of this folder."""
    with open_hall(tmp_path_factory.mktemp("hall"), migrated_sqlite, "http://concord.example") as opened:
        yield opened


@pytest.fixture
def hall(shared_hall: Hall) -> Iterator[Hall]:
    """The running server, in which each test makes a workshop of its own; an accident on it fails the test."""
    before = len(shared_hall.accidents())
    yield shared_hall
    assert shared_hall.accidents()[before:] == []


@pytest.fixture
def own_hall(tmp_path: Path, migrated_sqlite: bytes) -> Iterator[Hall]:
    """A running server of the test's own, to be killed and started again."""
    with open_hall(tmp_path, migrated_sqlite) as opened:
        yield opened
        assert opened.accidents() == []


@pytest.fixture
def phone(device: Device, screenshots: Path | None) -> Device:
    """A phone of 390 by 844; `viewport=SMALL` makes it one of 360 by 740."""
    # Four times as many dots take their time to draw, and only pictures for the documents show them.
    scale = 2 if screenshots else 1
    return lambda **options: device(
        **{"viewport": LARGE, "device_scale_factor": scale, "has_touch": True, "is_mobile": True, **options}
    )


@pytest.fixture
def small_phone(phone: Device) -> Device:
    """A phone of 360 by 740."""
    return lambda **options: phone(**{"viewport": SMALL, **options})


@pytest.fixture
def laptop(device: Device) -> Device:
    """The trainer's laptop, 1280 by 800."""
    return lambda **options: device(**{"viewport": {"width": 1280, "height": 800}, **options})


@pytest.fixture
def projector(device: Device) -> Device:
    """The projector, 1920 by 1080."""
    return lambda **options: device(**{"viewport": {"width": 1920, "height": 1080}, **options})


@pytest.fixture
def room(hall: Hall) -> Room:
    """A workshop of the test's own, open, with one ranking."""
    return hall.a_workshop()


@pytest.fixture
def ann(room: Room) -> Person:
    """Somebody at table 1."""
    return room.person("Ann", "health", 1)


@pytest.fixture
def desk(room: Room, laptop: Device, ann: Person) -> Page:
    """The desk, with the tables ranking and Ann at hers."""
    page = room.desk(laptop())
    move_on(page, "read")
    move_on(page, "solo")
    return page


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Look for barriers with axe-core; evaluating passes our CSP, a script element would not."""
    script = AXE.read_text()

    def look(page: Page) -> list[str]:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(script)
        before = page.evaluate("() => document.documentElement.dataset.theme ?? null")
        found = []
        for scheme, rules in (("light", LIGHT), ("dark", DARK)):
            page.evaluate("scheme => { document.documentElement.dataset.theme = scheme }", scheme)
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
            found += [f"{scheme}: {line}" for line in violations(page, rules)]
        page.evaluate(
            "theme => { theme === null ? delete document.documentElement.dataset.theme"
            " : document.documentElement.dataset.theme = theme }",
            before,
        )
        page.emulate_media(color_scheme="null", reduced_motion="null")
        return found

    return look


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """List what axe finds in the page as it looks now."""
    found = page.evaluate("async rules => (await axe.run(document, rules)).violations", rules)
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {' '.join(map(str, node['target']))}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.fixture(scope="session")
def screenshots() -> Path | None:
    """Where to put the pictures for the documents, if they are wanted (`make docs-screenshots`)."""
    wanted = os.environ.get("CONCORD_SCREENSHOTS")
    return Path(wanted) if wanted else None


@pytest.fixture(scope="session")
def album(screenshots: Path | None) -> Album:
    """The pictures for the documents; without `CONCORD_SCREENSHOTS` none are taken."""
    return Album(screenshots)
