"""The browsers that the other tests use."""

from playwright.sync_api import Page

from tests.e2e.conftest import Axe, Device
from tests.e2e.fit import misfits

BARRIER = """<!doctype html><html lang="en"><title>One</title><style>
:root { color-scheme: light dark }
[data-theme="light"] { color-scheme: light }
[data-theme="dark"] { color-scheme: dark }
body { background: light-dark(#fff, #000); color: light-dark(#ccc, #333) }
</style><main><h1>One</h1><img src="data:,"></main></html>"""
PALE = "color-contrast (serious): Elements must meet minimum color contrast ratio thresholds: h1"


def test_phones_have_touch_and_their_own_width(phone: Device, small_phone: Device) -> None:
    widths = [width_and_touch(opened.new_page()) for opened in (phone(), small_phone())]
    assert widths == [[390, True], [360, True]]


def test_laptop_and_projector_are_as_wide_as_in_the_hall(laptop: Device, projector: Device) -> None:
    widths = [width_and_touch(opened.new_page()) for opened in (laptop(), projector())]
    assert widths == [[1280, False], [1920, False]]


def test_axe_finds_a_picture_without_words_and_what_is_pale_in_light_and_dark(laptop: Device, axe: Axe) -> None:
    page = laptop().new_page()
    page.set_content(BARRIER)
    assert axe(page) == [
        f"light: {PALE}",
        "light: image-alt (critical): Images must have alternative text: img",
        f"dark: {PALE}",
    ]
    assert page.evaluate("() => 'theme' in document.documentElement.dataset") is False


def width_and_touch(page: Page) -> list[object]:
    found: list[object] = page.evaluate("() => [screen.width, navigator.maxTouchPoints > 0]")
    return found


def test_what_is_too_wide_or_too_small_for_a_thumb_is_found(phone: Device) -> None:
    page = phone().new_page()
    page.set_content(
        '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><body style="margin:0">'
        '<p style="width:21em">Wide</p><button style="width:40px;height:40px">No</button></html>'
    )
    assert misfits(page) == [
        'target: button. "No" 40 by 40',
        "at 320 px: the page is 336 wide",
        "at 320 px: p. from 0 to 336 of 320",
        "at 200 %: the page is 672 wide",
        "at 200 %: p. from 0 to 672 of 390",
    ]
