"""The job, played by the people who do it: a trainer, a wall, four phones at two tables, and the others of the room."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.album import Album
from tests.e2e.cable import Cable
from tests.e2e.conftest import Device
from tests.e2e.hall import ITEM, Hall, Person, Room
from tests.e2e.hands import (
    Finger,
    choose,
    is_not_saved,
    is_saved,
    join,
    kept_as_shown,
    middle,
    move_on,
    moved,
    order,
    seat_of,
    shown,
    swapped,
)
from tests.e2e.troubles import CUT_OFF, Troubles

# what the two beyond the phones put at each table, best first; the last is what they would discard
OTHERS = {1: ("s8 s10 s1 s2 s4 s9 s6 s5 s7 s3", "s8 s1 s10 s4 s2 s9 s5 s6 s7 s3"),
          2: ("s10 s8 s9 s1 s4 s2 s7 s6 s5 s3", "s9 s10 s8 s4 s1 s2 s6 s7 s5 s3")}  # fmt: skip


@pytest.fixture
def cable(hall: Hall) -> Iterator[Cable]:
    """The line of the one phone that loses it."""
    with Cable(hall.port).lying() as laid:
        yield laid


def test_a_workshop_from_the_first_seat_to_the_mirror(
    hall: Hall, laptop: Device, projector: Device, phone: Device, cable: Cable, troubles: Troubles, album: Album
) -> None:
    troubles.expect(CUT_OFF)
    desk = laptop().new_page()
    room = the_trainer_prepares(hall, desk, album)
    wall = room.wall(projector())
    phones, others = people_join(room, phone, cable, album)
    expect(desk.locator("#desk-head")).to_contain_text("8 people")
    album.take(desk, "desk-join")
    album.take(wall, "wall-join")

    move_on(desk, "read", *phones)
    people_read(desk, phones, album)
    album.take(wall, "wall-read")

    move_on(desk, "solo", *phones)
    people_rank(room, desk, phones, cable, album)
    for table, pairs in others.items():
        for person, ranked in zip(pairs, OTHERS[table], strict=True):
            person.rank(ranked.split()[:-1], ranked.split()[-1])
    desk.reload()
    people_are_done(desk, wall, phones)
    for name, page in (("seat-done", phones[0]), ("desk-solo", desk), ("wall-solo", wall)):
        album.take(page, name)

    before = {seat_of(page): shown(page) for page in phones}
    move_on(desk, "compare", *phones)
    for seat, ballot in before.items():
        assert room.ballot(seat) == ballot
    same_mirror_everywhere(room, desk, wall, phones, others)
    for page in (desk, wall, *phones):
        page.reload()
        page.wait_for_selector("#live")
    same_mirror_everywhere(room, desk, wall, phones, others)


def the_trainer_prepares(hall: Hall, page: Page, album: Album) -> Room:
    """The trainer signs in by a one-time link, makes a workshop from the library, and opens it."""
    page.goto(hall.link("/library"))
    album.take(page, "library")
    page.get_by_role("link", name="What good multi-agency work leads to").click()
    page.get_by_test_id("use-item").click()
    page.get_by_role("textbox", name="Title").fill("Joint training, half a day")
    page.get_by_role("textbox", name="Agencies").fill("Education\nHealth\nPolice\nSocial care")
    page.get_by_role("spinbutton", name="Tables").fill("2")
    page.get_by_label("Places at each").fill("5")
    page.get_by_label("people choose their table").check()
    page.get_by_test_id("make-workshop").click()
    page.locator(".agenda a").first.click()
    album.take(page, "setup")
    page.get_by_test_id("open-workshop").click()
    expect(page.locator("#roster li")).to_have_count(2)
    return hall.room(page.url.rpartition("/")[2])


def people_join(room: Room, phone: Device, cable: Cable, album: Album) -> tuple[list[Page], dict[int, list[Person]]]:
    """Four phones come: by QR, by typing the code, by the join address, and through a line that will break."""
    first, second, third, fourth = (phone().new_page() for _ in range(4))
    first.goto(room.qr_url)
    album.take(first, "seat-join")
    join(first, "Ann", "Health", 1)
    second.goto(room.hall.base)
    second.get_by_test_id("code").fill(f" {room.code[:4].lower()} {room.code[4:]} ")
    second.get_by_test_id("code-submit").click()
    join(second, "Ben", "I would rather not say", 1)
    third.goto(f"{room.hall.base}/join/{room.code}")
    join(third, "Cat", "Police", 2)
    fourth.goto(f"{cable.base}/join/{room.code}")
    join(fourth, "Dan", "Social care", 2)
    others = {table: [room.person(f"Person {table}{n}", "education", table) for n in (1, 2)] for table in (1, 2)}
    expect(first.locator("#waiting")).to_contain_text("So far there are 4 of you at this table.")
    expect(second.locator("#waiting")).to_contain_text("You would rather not say which service you speak for.")
    album.take(first, "seat-wait")
    return [first, second, third, fourth], others


def people_read(desk: Page, phones: list[Page], album: Album) -> None:
    """Two find a statement unclear; the trainer explains it to everyone."""
    for page in phones[1:3]:
        page.get_by_test_id("flag-s9").click()
        expect(page.get_by_test_id("flag-s9")).to_have_text("You said: not clear")
    expect(desk.locator("#flagged-s9 .tally__count")).to_have_text("2 people find this unclear:")
    desk.get_by_text("Explain a statement to everyone").click()
    desk.get_by_label("Statement").select_option("s9")
    desk.get_by_label("What it means here").fill(
        "“Friction” here means work that is held up because services disagree."
    )
    desk.evaluate("() => scrollTo(0, 0)")
    album.take(desk, "desk-read")
    desk.get_by_role("button", name="Tell everyone").click()
    for page in phones:
        expect(page.get_by_test_id("statement-s9")).to_contain_text("work that is held up")
    phones[1].get_by_test_id("flag-s9").click()
    expect(desk.locator("#flagged-s9 .tally__count")).to_have_text("1 person finds this unclear:")
    album.take(phones[0], "seat-read")


def people_rank(room: Room, desk: Page, phones: list[Page], cable: Cable, album: Album) -> None:
    """Four people rank in four ways; what the server holds is always what the phone shows as saved."""
    buttons, keys, finger, unlucky = phones
    by_buttons(room, buttons, album)
    by_keys(room, keys)
    by_finger(room, finger)
    by_finger_without_a_line(room, unlucky, cable)
    desk.reload()
    expect(desk.locator("#phase .now")).to_contain_text("On your own")


def by_buttons(room: Room, page: Page, album: Album) -> None:
    ids = order(page)
    page.get_by_test_id(f"down-{ids[0]}").click()
    page.get_by_test_id(f"up-{ids[3]}").click()
    expected = swapped(swapped(ids, 0), 2)
    assert order(page) == expected
    choose(page, expected[-1], "top")
    page.locator("#ballot [data-handle]").nth(1).click()
    page.evaluate("() => scrollTo(0, 0)")
    is_saved(page)
    album.take(page, "seat-solo")
    page.locator("#ballot [data-handle]").nth(1).click()
    choose(page, "s3", "discard")
    assert shown(page) == {"discard": "s3", "order": [one for one in moved(expected, expected[-1], 0) if one != "s3"]}
    kept_as_shown(room, page)


def by_keys(room: Room, page: Page) -> None:
    ids = order(page)
    page.locator(f"#statement-{ids[4]} [data-handle]").focus()
    for _ in range(3):
        page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowDown")
    assert order(page) == moved(ids, ids[4], 2)
    expect(page.locator(f"#statement-{ids[4]} [data-handle]")).to_be_focused()
    choose(page, "s3", "discard")
    kept_as_shown(room, page)


def by_finger(room: Room, page: Page) -> None:
    ids = order(page)
    handles = page.locator("#ballot [data-handle]")
    Finger(page).drag(handles.nth(0), handles.nth(2))
    expect(page.get_by_test_id("saved")).to_have_attribute("data-state", "saving")
    assert order(page) == moved(ids, ids[0], 2)
    choose(page, "s3", "discard")
    kept_as_shown(room, page)


def by_finger_without_a_line(room: Room, page: Page, cable: Cable) -> None:
    choose(page, "s3", "discard")
    kept_as_shown(room, page)
    ids = order(page)
    page.evaluate("() => scrollTo(0, 0)")
    finger, handles = Finger(page), page.locator("#ballot [data-handle]")
    finger.down(handles.nth(2))
    finger.slide(middle(handles.nth(1)))
    page.context.set_offline(True)
    cable.pull()
    finger.slide(middle(handles.nth(0)) - 30)
    finger.up()
    assert order(page) == moved(ids, ids[2], 0)
    is_not_saved(page)
    expect(page.locator("#connection")).to_contain_text("No connection. We keep your moves on this device")
    page.get_by_test_id(f"down-{ids[2]}").click()
    assert room.ballot(seat_of(page))["order"] == ids
    cable.plug()
    page.context.set_offline(False)
    kept_as_shown(room, page)
    assert order(page) == moved(ids, ids[2], 1)
    expect(page.locator("#connection")).to_be_hidden()


def people_are_done(desk: Page, wall: Page, phones: list[Page]) -> None:
    """All four say that they are done, one of them thinks again; desk and wall count along."""
    for page in phones:
        page.get_by_test_id("done").click()
        expect(page.get_by_test_id("done")).to_have_attribute("aria-pressed", "true")
    expect(wall.get_by_test_id("progress").locator("li")).to_have_text(["Table 1 4 of 4 done", "Table 2 4 of 4 done"])
    phones[0].get_by_test_id("done").click()
    expect(desk.locator("#next")).to_contain_text("One person is not done yet; what is saved counts.")
    expect(phones[1].get_by_test_id("progress")).to_have_text("3 of 4 are done")
    phones[0].get_by_test_id("done").click()
    expect(desk.get_by_test_id("table-1")).to_contain_text("Ready")
    expect(phones[1].get_by_test_id("progress")).to_have_text("4 of 4 are done")


def same_mirror_everywhere(
    room: Room, desk: Page, wall: Page, phones: list[Page], others: Mapping[int, Sequence[Person]]
) -> None:
    """Hold that both phones of a table, the wall and the desk show one mirror: the mean of its first answers."""
    on_wall = wall_places(wall)
    for table, pages in ((1, phones[:2]), (2, phones[2:])):
        seats = [seat_of(page) for page in pages] + [person.seat_id for person in others[table]]
        expected = mean_places([room.ballot(seat) for seat in seats])
        for page in pages:
            page.wait_for_selector("#strips")
        assert [phone_places(page) for page in pages] == [expected, expected]
        assert on_wall[table] == expected
        words = pages[0].locator("#mirror .meter__words").inner_text()
        for other in (pages[1].locator("#mirror"), desk.get_by_test_id(f"table-{table}"), wall.locator("tfoot")):
            expect(other).to_contain_text(words)


def phone_places(page: Page) -> dict[str, int]:
    """Read the mirror off a phone: each statement's first place at the table."""
    strips = page.locator("#strips .strip").evaluate_all(
        "all => all.map(one => [one.querySelector('.strip__words').textContent,"
        " one.querySelector('.strip__told span').textContent.match(/table (\\d+)/)[1]])"
    )
    return {words: int(place) for words, place in strips}


def wall_places(page: Page) -> dict[int, dict[str, int]]:
    """Read all mirrors off the wall, by table."""
    page.wait_for_selector("table.heat")
    rows = page.locator("table.heat tbody tr").evaluate_all(
        "all => all.map(one => [one.querySelector('th').textContent,"
        " ...[...one.querySelectorAll('td')].map(cell => cell.dataset.place)])"
    )
    return {table: {row[0]: int(row[table]) for row in rows} for table in range(1, len(rows[0]))}


def mean_places(ballots: Sequence[Mapping[str, object]]) -> dict[str, int]:
    """Work the mirror out by hand: by mean place, what somebody would discard coming last."""
    texts = {one["id"]: one["text"] for one in tomllib.loads(ITEM.read_text())["statements"]}
    ranked = [[*list(ballot["order"]), ballot["discard"]] for ballot in ballots]  # type: ignore[call-overload]
    total = {one: sum(order.index(one) for order in ranked) for one in texts}
    return {texts[one]: 1 + sum(other < total[one] for other in total.values()) for one in texts}
