"""The browsers that the other tests use."""

from playwright.sync_api import Page

from tests.e2e.conftest import Axe, Device

BARRIER = '<!doctype html><html lang="en"><title>One</title><main><h1>One</h1><img src="data:,"></main></html>'


def test_phones_have_touch_and_their_own_width(phone: Device, small_phone: Device) -> None:
    widths = [width_and_touch(opened.new_page()) for opened in (phone(), small_phone())]
    assert widths == [[390, True], [360, True]]


def test_laptop_and_projector_are_as_wide_as_in_the_hall(laptop: Device, projector: Device) -> None:
    widths = [width_and_touch(opened.new_page()) for opened in (laptop(), projector())]
    assert widths == [[1280, False], [1920, False]]


def test_axe_finds_a_picture_without_words_in_light_and_dark(laptop: Device, axe: Axe) -> None:
    page = laptop().new_page()
    page.set_content(BARRIER)
    assert axe(page) == [
        f"{scheme}: image-alt (critical): Images must have alternative text: img" for scheme in ("light", "dark")
    ]
    assert page.evaluate("() => 'theme' in document.documentElement.dataset") is False


def width_and_touch(page: Page) -> list[object]:
    found: list[object] = page.evaluate("() => [screen.width, navigator.maxTouchPoints > 0]")
    return found
