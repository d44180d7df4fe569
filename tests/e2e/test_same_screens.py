"""Every screen shows the truth: a page kept open through every move equals a fresh one, for every audience."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, expect
from sqlmodel import Session

from app.workshops.models import Board, Workshop
from app.workshops.service import remove_seat
from tests.e2e.conftest import Device
from tests.e2e.hall import Hall, Person, Room, close
from tests.e2e.hands import choose, is_saved, order
from tests.e2e.screens import shows_the_truth, steps_back, write_versions_down
from tests.e2e.tables import Trainer, answer, lay, mark, propose, taken

S = [f"s{n}" for n in range(1, 11)]
TOP = ("s1", "s10", "s4", "s2")
LAID = ("s1", "s10", "s4", "s2", "s9", "s6", "s8", "s7", "s3", "s5")
OWN = (
    "s1 s10 s8 s2 s4 s9 s6 s7 s5",
    "s1 s7 s6 s9 s4 s2 s8 s10 s5",
    "s1 s2 s4 s7 s10 s6 s9 s8 s5",
    "s1 s9 s10 s4 s6 s8 s2 s7 s5",
)


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


def test_pages_kept_open_through_a_tables_talk_equal_fresh_ones(
    hall: Hall, phone: Device, laptop: Device, projector: Device
) -> None:
    room = hall.a_workshop(places=6)
    tables = {table: [room.person(f"{table}.{n}", "none", table) for n in range(of)] for table, of in ((1, 4), (2, 3))}
    devices = {"seat": phone(), "seat at the other table": phone(), "desk": laptop(), "wall": projector()}
    for device in devices.values():
        write_versions_down(device)
    pages = {
        "seat": room.seat(devices["seat"], tables[1][0]),
        "seat at the other table": room.seat(devices["seat at the other table"], tables[2][0]),
        "desk": room.desk(devices["desk"]),
        "wall": room.wall(devices["wall"]),
    }
    for act in talk(Talk(room, Trainer(room), tables, pages["seat"])):
        for name, page in pages.items():
            shows_the_truth(page, f"{name}, {act}")
    assert {name: steps_back(page) for name, page in pages.items()} == {name: {} for name in pages}


@dataclass(frozen=True, slots=True)
class Talk:
    """Two tables, their trainer, and the phone of the first at table 1."""

    room: Room
    trainer: Trainer
    tables: dict[int, list[Person]]
    page: Page

    def does(self, at: int, name: str, **fields: Any) -> None:
        """Let one of table 1 make a move."""
        taken(self.tables[1][at].move(name, **fields))

    def discarded(self) -> list[str]:
        """List what table 1 has discarded; lots may have chosen it."""
        board = min(self.room.read(Board), key=lambda board: board.table_id)
        return [one["statement"] for one in board.content["discarded"]]


def talk(on: Talk) -> Iterator[str]:
    """Play the talk of two tables, from the reveal to the plenary."""
    on.trainer.phase("solo")
    for people in on.tables.values():
        for person, own in zip(people, OWN, strict=False):
            person.rank(own.split(), "s3")
            taken(person.move("say_why", reason="It is about us <only>"))
    yield "all have answered alone"
    on.trainer.phase("discard")
    yield "the nominations"
    yield from they_discard(on)
    on.trainer.phase("rank")
    yield "the board"
    yield from they_rank(on)
    yield from they_choose(on)
    on.trainer.phase("check")
    yield "the check"
    yield from they_check(on)


def they_discard(on: Talk) -> Iterator[str]:
    """Propose, take back, fail, go level, draw lots, agree."""
    on.does(1, "nominate_discard", statement="s5", reason="It follows <b>by itself</b>")
    yield "a proposal"
    on.does(2, "nominate_discard", statement="s7", reason="Too narrow")
    yield "another one waits"
    on.trainer.move("hide", entry="p1", hidden=True)
    yield "its reason is hidden"
    on.does(2, "withdraw", proposal="p2")
    yield "the other one is taken back"
    answer(on.tables[1][1:], 1, 4)
    yield "three have answered"
    on.page.get_by_test_id("check-4").check()
    on.page.get_by_test_id("send").tap()
    on.page.wait_for_selector("#histogram")
    yield "it has failed"
    on.does(1, "ask_either", a="s3", b="s7")
    yield "an either/or"
    for at, choice in enumerate(("s3", "s7", "s3", "s7")):
        on.does(at, "answer_either", choice=choice)
    yield "it came out even"
    on.does(3, "draw_lots")
    yield "lots are drawn"
    answer(on.tables[1], 4)
    yield "it is discarded"
    propose(on.tables[2][0])
    answer(on.tables[2], 4)
    yield "the other table discards"


def they_rank(on: Talk) -> Iterator[str]:
    """Place, take back, put into the tray, link, hide, unlink; one comes late."""
    on.does(1, "place", statement="s8", position=4)
    yield "one is placed"
    on.does(2, "place", statement="s2", position=4)
    yield "another one in its place"
    on.page.get_by_test_id("undo").tap()
    yield "it is undone"
    on.does(3, "place", statement="s8", position=None)
    yield "one goes back"
    lay(on.tables[1], [one for one in LAID if one not in on.discarded()])
    yield "all are placed"
    on.room.person("Late", "none", 1)
    yield "one comes late"
    on.trainer.phase("compare")
    yield "they compare"
    on.does(1, "link", a="s2", b="s8", relation="alike", note="<i>Nearly</i>")
    yield "a link"
    on.trainer.move("hide", entry="l1", hidden=True)
    yield "its note is hidden"
    on.does(2, "unlink", link="l1")
    yield "it is taken away"


def they_choose(on: Talk) -> Iterator[str]:
    """Mark, close the marks, place, share, ask and settle."""
    on.trainer.phase("top")
    yield "the marks"
    mark(on.tables[1][:3], (*TOP, "s9"), (*TOP, "s6"))
    yield "three have marked"
    on.trainer.move("close_check")
    yield "the marks are closed"
    on.does(1, "ask_either", a="s6", b="s9")
    yield "an either/or on the fifth"
    answers_either(on)
    yield "the either/or is closed"
    on.does(2, "place_top", statement="s6", position=None)
    on.does(2, "place_top", statement="s9", position=5)
    yield "one is placed by talk"
    on.does(2, "place_top", statement="s6", position=5, joint=True)
    yield "the place is shared"
    on.does(3, "place_top", statement="s6", position=None)
    yield "and is not"
    mark(on.tables[2], (*TOP, "s9"))
    yield "the other table has marked"


def answers_either(on: Talk) -> None:
    """Two answer differently, and the trainer closes it."""
    on.does(1, "answer_either", choice="s6")
    on.does(2, "answer_either", choice="s6")
    on.trainer.move("close_check")


def they_check(on: Talk) -> Iterator[str]:
    """Fail, amend, fail, end with reservations, lock, open again, lock; the other table agrees, and all meet."""
    answer(on.tables[1][1:], 1, 4)
    yield "three have answered"
    on.trainer.move("close_check")
    yield "the trainer closes it"
    on.does(1, "place_top", statement="s9", position=4)
    yield "the list is changed"
    on.page.get_by_test_id("check-again").tap()
    on.page.wait_for_selector("#check")
    yield "it is checked again"
    answer(on.tables[1], 2, 4)
    on.trainer.move("close_check")
    yield "and does not hold"
    on.does(2, "choose_ending", ending="with_reservations", note="Room to <try>")
    yield "an ending is chosen"
    on.trainer.phase("locked", 1)
    yield "one table locks"
    on.trainer.move("reopen", phase="top")
    yield "its places are opened again"
    on.trainer.phase("check", 1)
    on.trainer.phase("locked", 1)
    yield "and locked again"
    answer(on.tables[2], 3)
    yield "the other table agrees"
    on.trainer.phase("locked", 2)
    yield "all meet"
    close(on.room)
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
