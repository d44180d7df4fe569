"""Every screen shows the truth: a page kept open through every move equals a fresh one, for every audience."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from playwright.sync_api import Page, expect
from sqlmodel import Session

from app.workshops.models import Workshop
from app.workshops.service import remove_seat
from tests.e2e.conftest import Device
from tests.e2e.hall import Hall, Person, Room, close
from tests.e2e.hands import choose, is_saved, order
from tests.e2e.screens import shows_the_truth, steps_back, write_versions_down

S = [f"s{n}" for n in range(1, 11)]


def test_a_page_kept_open_through_every_move_equals_a_fresh_one(
    hall: Hall, phone: Device, laptop: Device, projector: Device
) -> None:
    room = hall.a_workshop()
    ann = room.person("Ann", "health", 1)
    pages: dict[str, Page] = {}
    for language in ("en", "cy"):
        seat, desk, wall = (device(locale=f"{language}-GB") for device in (phone, laptop, projector))
        for device in (seat, desk, wall):
            write_versions_down(device)
        pages[f"seat {language}"] = room.seat(seat, ann)
        pages[f"desk {language}"] = room.desk(desk)
        pages[f"wall {language}"] = room.wall(wall)
    for act in play(room, pages["seat en"], pages["desk en"]):
        for name, page in pages.items():
            shows_the_truth(page, f"{name}, {act}")
    assert {name: steps_back(page) for name, page in pages.items()} == {name: {} for name in pages}


def play(room: Room, seat: Page, desk: Page) -> Iterator[str]:
    """Play a workshop, act by act: some by people without a browser, some on the very pages that are looked at."""
    yield "the beginning"
    ben, cat = room.person("Ben", "police", 1), room.person("Cat", "none", 1)
    yield "two sit down"
    dan = room.person("Dan", "education", 2)
    eve = room.person("Eve", "education", 2)
    yield "two sit down at the other table"
    desk.get_by_test_id("next-phase").click()
    yield "the activity begins"
    ben.move("flag", statement="s9")
    dan.move("flag", statement="s9")
    seat.get_by_test_id("flag-s4").click()
    yield "statements are not clear"
    desk.locator("#clarify summary").click()
    desk.locator("#clarify-statement").select_option("s9")
    desk.locator("#clarify-text").fill("Less <b>friction</b> & more talk")
    desk.locator("#clarify button").click()
    expect(seat.get_by_test_id("statement-s9")).to_contain_text("Less <b>friction</b> & more talk")
    yield "the trainer explains one"
    ben.move("flag", statement="s9")
    yield "one is clear after all"
    desk.locator("#only-2 summary").click()
    desk.locator("#only-2").get_by_role("button", name="On your own").click()
    yield "one table goes on before the other"
    dan.rank(S[:-1], S[-1])
    eve.move("put_ballot", order=S[1:], discard="s1")
    yield "the early table ranks"
    room.person("Flo", "none", 2)
    yield "one comes late"
    desk.locator("#next button[name=seconds]").last.click()
    yield "three minutes more"
    desk.locator("#only-1 summary").click()
    desk.locator("#only-1").get_by_role("button", name="On your own").click()
    seat.wait_for_selector("#ballot")
    yield "the other table follows"
    ids = order(seat)
    seat.get_by_test_id(f"down-{ids[0]}").click()
    is_saved(seat)
    yield "the seat puts an order"
    choose(seat, ids[3], "discard")
    is_saved(seat)
    yield "and discards one"
    seat.get_by_test_id(f"discard-{ids[3]}").click()
    is_saved(seat)
    yield "and brings it back"
    choose(seat, "s3", "discard")
    is_saved(seat)
    yield "and discards another"
    for person in (ben, cat):
        person.rank(["s1", "s2", "s10", "s9", "s8", "s7", "s6", "s5", "s4"], "s3")
    yield "the others are done"
    seat.get_by_test_id("done").click()
    expect(seat.get_by_test_id("done")).to_have_attribute("aria-pressed", "true")
    yield "the seat is done"
    seat.get_by_test_id("done").click()
    expect(seat.get_by_test_id("done")).to_have_attribute("aria-pressed", "false")
    yield "and is not"
    desk.keyboard.press("b")
    yield "the wall is blank"
    say(room, "Tea is served at <half past ten>")
    yield "the trainer says a word to all"
    desk.keyboard.press("b")
    yield "the wall shows again"
    desk.locator("#only-1").get_by_role("button", name="Compare").click()
    seat.wait_for_selector("#strips")
    yield "the table compares"
    desk.locator("#only-2").get_by_role("button", name="Compare").click()
    yield "the room compares"
    desk.locator("#only-1").get_by_role("button", name="On your own").click()
    seat.wait_for_selector("#ballot")
    yield "the table goes back"
    seat.get_by_test_id(f"up-{order(seat)[5]}").click()
    is_saved(seat)
    yield "and thinks again"
    moves_to_another_phone(room, ben)
    yield "a seat moves to another phone"
    take_away(room, cat.seat_id)
    yield "a seat is taken away"
    close(room)
    expect(seat.locator("#phase h1")).to_have_text("Thank you for taking part")
    yield "the workshop closes"


def moves_to_another_phone(room: Room, person: Person) -> None:
    """Come back to a seat on a device that knows nothing yet, and make a move there."""
    seat_code = re.search(r'data-testid="seat-code">([^<]+)<', person.device.get(f"/w/{room.code}").text)
    assert seat_code is not None
    person.device.cookies.clear()
    back = person.device.post("/rejoin", data={"code": room.code, "seat_code": seat_code[1]})
    assert back.status_code == 303, back.text
    assert person.move("done", done=False).status_code == 200


def say(room: Room, words: str) -> None:
    """Say a word to everybody, past the server, which must find out by itself."""

    def tell(session: Session, version: int) -> None:
        session.get_one(Workshop, room.id).message = words

    room.hall.db.change_now(room.id, tell)


def take_away(room: Room, seat_id: int) -> None:
    """Take a seat away, past the server."""

    def remove(session: Session, version: int) -> None:
        remove_seat(session, session.get_one(Workshop, room.id), seat_id, datetime.now(UTC))

    room.hall.db.change_now(room.id, remove)
