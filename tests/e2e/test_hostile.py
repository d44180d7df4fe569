"""No script of a participant runs: what people type is text on every screen, whatever it looks like."""

from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Device
from tests.e2e.hall import Hall, Room
from tests.e2e.hands import choose, is_saved, move_on, order

HOSTILE = (
    "<script>window.hacked = 1</script>",
    '"><img src=x onerror="window.hacked=1">',
    "<svg/onload=window.hacked=1>",
    '<b hx-get="/icon.svg" hx-trigger="load" hx-on:click="window.hacked=1">b</b>',
    '</hx-partial><hx-partial hx-target="#live" hx-swap="innerHTML">gone',
    "{{ 7 * 7 }} ${7*7} {place} {count} %(num)s %s",
    "javascript:window.hacked=1//' onclick=window.hacked=1 x='",
    "</title></textarea></style><iframe srcdoc='<script>top.hacked=1</script>'>",
    "👩🏽‍🚒 e\u0301\u0323 ﷽ 𝕮 " + "W" * 50,
    "<a href='javascript:window.hacked=1' id=live data-version=999999>click</a>",
)
# marks that turn the direction of what follows, and what no name has: they are taken out
MARKS = "\u202eAnn\u2066\u200f\u0000\u0007\u2028\u202c"
LOOK = "window.hacked = 0"
STRANGERS = "#live :is(script, img, iframe, object, embed, style, link, base, template, [onerror], [onclick], [onload])"


def watched(context: BrowserContext) -> BrowserContext:
    """Let every page of a device notice a script that runs."""
    context.add_init_script(LOOK)
    return context


def is_unharmed(page: Page) -> None:
    """Hold that no script ran, nothing strange was built, and the page still works."""
    assert page.evaluate("() => window.hacked") == 0
    expect(page.locator(STRANGERS)).to_have_count(0)
    expect(page.locator("#live, #line")).to_have_count(2)
    strange = "() => [...document.querySelectorAll('#live *')].flatMap(one => one.getAttributeNames())"
    allowed = {"hx-morph-skip-children", "hx-morph-skip"}
    assert {name for name in page.evaluate(strange) if name.startswith(("hx-", "on"))} <= allowed


@pytest.fixture
def room(hall: Hall) -> Room:
    item: Mapping[str, Any] = {
        "title": HOSTILE[0],
        "discard": 1,
        "top": 5,
        "statements": [{"id": f"s{n}", "text": text} for n, text in enumerate(HOSTILE, 1)],
        "prompts": {"read": HOSTILE[1], "rank": HOSTILE[2], "compare": HOSTILE[3]},
    }
    return hall.a_workshop(title=HOSTILE[3], item=item, step=HOSTILE[4], agencies=HOSTILE[:9], places=9)


def test_a_name_is_text_on_the_pages_that_show_it(room: Room, phone: Device, laptop: Device) -> None:
    names = [normalize("NFC", name) for name in (*HOSTILE, "N" * 80)]
    device = watched(phone())
    for place, name in enumerate(names):
        page = room.seat(device, room.person(name, HOSTILE[place % 9], 1 + place % 2))
        expect(page.locator("#waiting-h")).to_have_text(f"Hello {name}")
        is_unharmed(page)
        page.close()
    people = watched(laptop()).new_page()
    people.goto(room.hall.link(f"/trainer/w/{room.code}/people"))
    for name in names:
        expect(people.locator("main")).to_contain_text(name)
    assert people.evaluate("() => window.hacked") == 0


def test_marks_that_turn_what_follows_are_taken_out_of_a_name(room: Room, phone: Device) -> None:
    page = room.seat(phone(), room.person("Bea"))
    page.goto(f"{room.hall.base}/join/{room.code}?new=yes")
    page.get_by_test_id("join-name").fill(MARKS)
    page.get_by_test_id("join-agency").select_option(index=1)
    page.get_by_test_id("join-table").select_option("1")
    page.get_by_test_id("join-submit").click()
    expect(page.locator("#waiting-h")).to_have_text("Hello Ann")


def test_hostile_texts_are_text_on_every_screen_in_every_phase(
    room: Room, phone: Device, laptop: Device, projector: Device
) -> None:
    desk, wall = room.desk(watched(laptop())), room.wall(watched(projector()))
    seat = room.seat(watched(phone()), room.person("Ann", table=1))
    screens = (seat, desk, wall)
    move_on(desk, "read", seat)
    expect(seat.locator("#phase h1")).to_have_text(HOSTILE[4])
    assert texts(seat) == set(HOSTILE)
    seat.get_by_test_id("flag-s2").click()
    expect(desk.locator("#flagged-s2 p")).to_have_text(HOSTILE[1])
    desk.locator("#clarify summary").click()
    desk.locator("#clarify-statement").select_option("s2")
    desk.locator("#clarify-text").fill(HOSTILE[4])
    desk.locator("#clarify button").click()
    expect(seat.get_by_test_id("statement-s2").locator(".note")).to_have_text(HOSTILE[4])
    expect(desk.locator("#flagged-s2 blockquote")).to_have_text(HOSTILE[4])
    for page in screens:
        is_unharmed(page)
    move_on(desk, "solo", seat)
    assert texts(seat) == set(HOSTILE)
    # where it stands at first depends on the seat
    for key in ("Alt+End", "Alt+Home"):
        seat.locator("#statement-s6 [data-handle]").press(key)
    expect(seat.locator("#ballot [data-say]")).to_have_text(f"{HOSTILE[5]}: place 1 of 10")
    choose(seat, "s1", "discard")
    is_saved(seat)
    for n in range(3):
        room.person(f"Person {n}", table=1).rank(order(seat), "s1")
    for page in screens:
        is_unharmed(page)
    move_on(desk, "compare", seat)
    assert set(seat.locator(".strip__words").all_inner_texts()) == set(HOSTILE)
    wall.wait_for_selector("table.heat")
    assert set(wall.locator("table.heat tbody th").all_inner_texts()) == set(HOSTILE)
    for page in screens:
        is_unharmed(page)
        page.reload()
        is_unharmed(page)


def texts(page: Page) -> set[str]:
    """Read the statements off a phone, letter by letter."""
    return set(page.locator("#statements li > p, #ballot .statement__text").all_text_contents())
