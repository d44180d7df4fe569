"""The desk in a browser: cues that time brings, writing in peace, acts at one table, small screens and large rooms."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from app.workshops.models import Board
from tests.e2e.conftest import Axe, Device
from tests.e2e.fit import misfits
from tests.e2e.hall import Hall, Person, Room
from tests.e2e.screens import shows_the_truth

S = [f"s{n}" for n in range(1, 11)]
READ_SECONDS = 3 * 60 * 1.3


def press_phase(desk: Page, name: str) -> None:
    """Press the big button, and wait until the track is at a phase."""
    desk.get_by_test_id("next-phase").click()
    expect(desk.locator("#phase .track .now")).to_contain_text(name)


def to_discard(room: Room, desk: Page) -> list[Person]:
    """Bring three people to table 1 and one to table 2, let them rank alone, and go on to the discard."""
    people = [room.person(name, "health", table) for name, table in (("Ann", 1), ("Ben", 1), ("Cat", 1), ("Dan", 2))]
    press_phase(desk, "Read")
    press_phase(desk, "On your own")
    for number, person in enumerate(people):
        person.rank([*S[number + 1 : 9], *S[: number + 1]], "s10")
    press_phase(desk, "Discard")
    return people


def was_entered(room: Room, ago: float) -> None:
    """Let the tables have been in their phase for so many seconds."""
    since = datetime.now(UTC) - timedelta(seconds=ago)

    def change(session: Session, version: int) -> None:
        for board in session.exec(select(Board).where(Board.workshop_id == room.id)):
            board.since, board.ends_at, board.version = since, since + timedelta(minutes=3), version
            session.add(board)

    room.hall.db.change_now(room.id, change)


def test_time_alone_brings_a_cue(room: Room, laptop: Device) -> None:
    desk = room.desk(laptop())
    room.person("Ann", "health", 1)
    press_phase(desk, "Read")
    expect(desk.locator("#cues h2")).to_have_text("Nothing to look at", use_inner_text=True)
    was_entered(room, READ_SECONDS - 3)
    version = room.version()
    expect(desk.locator("#cues h2")).to_have_text("One table to look at", use_inner_text=True)
    expect(desk.locator("#cue-1-longer")).to_be_visible()
    expect(desk.locator("#table-1 .chip")).to_have_text("Taking longer", use_inner_text=True)
    expect(desk.locator("#table-1 .table-card__cue")).to_contain_text("longer than planned on “Read”")
    assert room.version() == version
    # what the room does now leaves the cue where it is
    room.person("Ben", "health", 2)
    expect(desk.locator("#desk-head")).to_contain_text("2 people")
    expect(desk.locator("#cue-1-longer")).to_be_visible()


def test_a_message_is_written_in_peace_and_taken_away_by_keyboard(room: Room, laptop: Device, phone: Device) -> None:
    desk = room.desk(laptop())
    ann = room.person("Ann", "health", 1)
    seat = room.seat(phone(), ann)
    press_phase(desk, "Read")
    text = desk.get_by_test_id("message-text")
    text.focus()
    desk.keyboard.type("Tea at ")
    ann.move("flag", statement="s9")
    expect(desk.locator("#flagged-s9")).to_be_visible()
    desk.keyboard.type("ten.")
    expect(text).to_have_value("Tea at ten.")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(seat.locator("#message")).to_contain_text("Tea at ten.")
    expect(desk.get_by_test_id("message-now")).to_have_text("Tea at ten.")
    expect(text).to_have_value("")
    desk.get_by_test_id("message-away").press("Enter")
    expect(seat.locator("#message")).to_have_count(0)
    expect(desk.get_by_test_id("message-now")).to_have_count(0)
    shows_the_truth(desk, "the message is gone")


def test_the_trainer_puts_a_statement_to_one_tables_check_and_closes_it(room: Room, laptop: Device) -> None:
    desk = room.desk(laptop())
    people = to_discard(room, desk)
    desk.locator("#only-1 summary").click()
    choice = desk.locator("#open_check-subject-1")
    choice.select_option("s7")
    room.person("Eve", "police", 2)
    expect(desk.locator("#table-2")).to_contain_text("2 seats")
    expect(choice).to_have_value("s7")
    desk.get_by_test_id("open_check-1").click()
    expect(desk.locator("#table-1")).to_contain_text("0 of 3 have answered the check")
    people[0].move("answer_check", value=2, note="We need this one.")
    people[1].move("answer_check", value=4)
    desk.get_by_test_id("close_check-1").click()
    expect(desk.locator("#table-1")).to_contain_text("1 check that did not pass")
    assert room.phases() == ["discard", "discard"]
    shows_the_truth(desk, "the check is closed")


def test_what_was_written_is_hidden_from_phones_and_shown_again(room: Room, laptop: Device, phone: Device) -> None:
    desk = room.desk(laptop())
    people = to_discard(room, desk)
    seat = room.seat(phone(), people[1])
    people[0].move("nominate_discard", statement="s9", reason="Ask Mrs Jones.")
    expect(seat.locator("#proposal")).to_contain_text("Ask Mrs Jones.")
    desk.locator("#entries summary").click()
    hide = desk.get_by_test_id("hide-1-p1")
    hide.press("Enter")
    expect(hide).to_have_text("Show again")
    expect(hide).to_be_focused()
    expect(seat.locator("body")).not_to_contain_text("Ask Mrs Jones.")
    hide.press("Enter")
    expect(seat.locator("#proposal")).to_contain_text("Ask Mrs Jones.")


@pytest.mark.parametrize(("width", "columns"), [(1280, 3), (1024, 2), (360, 1)])
def test_twelve_tables_fit(hall: Hall, laptop: Device, axe: Axe, width: int, columns: int) -> None:
    room = hall.a_workshop(tables=12)
    desk = room.desk(laptop(viewport={"width": width, "height": 800}))
    for table in range(1, 12):
        room.person(f"Person {table}", "health", table)
    press_phase(desk, "Read")
    room.person("Another", "police", 1)
    expect(desk.locator("#table-1")).to_contain_text("2 seats")
    expect(desk.locator("#table-12")).to_contain_text("Nobody here")
    places = desk.locator(".table-card").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().x))"
    )
    assert len(set(places)) == columns
    desk.locator("#only-1 summary").click()
    assert [*axe(desk), *misfits(desk)] == []


def test_on_a_phone_the_big_button_comes_before_the_tables(room: Room, phone: Device, ann: Person) -> None:
    desk = room.desk(phone())
    press_phase(desk, "Read")
    button, card = desk.get_by_test_id("next-phase").bounding_box(), desk.locator("#table-1").bounding_box()
    assert button is not None
    assert card is not None
    assert button["y"] < card["y"]
