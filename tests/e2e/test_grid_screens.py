"""Every screen of a grid shows the truth: a page kept open through every move equals a fresh one, for every audience.

The sentence that is shown, folds, and what is heard of a shared text are the page's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Device
from tests.e2e.grids import a_grid, goes_on, jots, says, turn_to, types
from tests.e2e.hall import Hall, Person, Room, close
from tests.e2e.screens import shows_the_truth, steps_back, write_versions_down
from tests.e2e.tables import Trainer, answer, taken


def test_a_page_kept_open_through_every_move_of_a_grid_equals_a_fresh_one(
    hall: Hall, phone: Device, laptop: Device, projector: Device
) -> None:
    room = a_grid(hall)
    people = {name: room.person(name, agency) for name, agency in (("Ann", "health"), ("Ben", "education"))}
    pages: dict[str, Page] = {}
    for language in ("en", "cy"):
        seat, desk, wall = (device(locale=f"{language}-GB") for device in (phone, laptop, projector))
        for device in (seat, desk, wall):
            write_versions_down(device)
        pages[f"seat {language}"] = room.seat(seat, people["Ann"])
        pages[f"desk {language}"] = room.desk(desk)
        pages[f"wall {language}"] = room.wall(wall)
    seats = (pages["seat en"], pages["seat cy"])
    for act in play(Play(room, Trainer(room), people, seats[0], seats[1])):
        for name, page in pages.items():
            shows_the_truth(page, f"{name}, {act}")
    assert {name: steps_back(page) for name, page in pages.items()} == {name: {} for name in pages}


@dataclass(frozen=True, slots=True)
class Play:
    """A table, its trainer, and the two pages of Ann's seat."""

    room: Room
    trainer: Trainer
    people: dict[str, Person]
    page: Page
    welsh: Page

    def does(self, who: str, name: str, **fields: Any) -> None:
        """Let somebody make a move."""
        taken(self.people[who].move(name, **fields))

    def sits_down(self, name: str, agency: str, table: int = 1) -> None:
        """Bring somebody."""
        self.people[name] = self.room.person(name, agency, table)

    def to(self, phase: str) -> None:
        """Move on, and wait for both pages of the seat."""
        goes_on(self.trainer, phase, (self.page, self.welsh))

    def writes(self, name: str, words: str) -> None:
        """Write in a shared text on the English page."""
        types(self.page, name, words)
        says(self.page, name, "saved")


def play(on: Play) -> Iterator[str]:
    """Play a grid, act by act."""
    on.to("jot")
    yield "the grid begins"
    on.sits_down("Cat", "none")
    on.sits_down("Dan", "education", 2)
    yield "two more sit down, one without an agency"
    yield from they_jot(on)
    on.to("caucus")
    yield from they_merge(on)
    on.to("reveal")
    yield "the columns open"
    yield from they_mark(on)
    on.to("answer")
    yield "what was asked"
    on.does("Ann", "reply", row="r1", column="health", text="The one <whom> the family names")
    yield "an answer"
    on.trainer.move("hide", entry="reply-r1-health")
    yield "it is hidden"
    on.to("joint")
    yield "they write together"
    yield from they_write(on)
    yield from they_end_a_sentence(on)
    on.to("check")
    yield "the whole grid is asked about"
    yield from they_check(on)


def they_jot(on: Play) -> Iterator[str]:
    """Jot, take one back, choose a view, be done."""
    jots(on.page, "r1", "one <b>plan</b>")
    yield "the seat jots"
    on.does("Ann", "jot", row="r2", text="a name")
    yield "and again, elsewhere"
    on.page.locator("#row-r1 [data-testid^=drop-]").click()
    expect(on.page.locator("#row-r1 .jot")).to_have_count(0)
    yield "and takes one away"
    on.does("Ann", "jot", row="r1", text="one plan")
    on.does("Cat", "speak_for", column="other")
    yield "one chooses whose view to write"
    on.does("Ben", "done", done=True)
    on.does("Ann", "done", done=True)
    yield "two are done"


def they_merge(on: Play) -> Iterator[str]:
    """Write cells, agree, and take it back."""
    yield "agencies write"
    on.page.get_by_test_id("put-r1-1").tap()
    says(on.page, "cell-r1", "saved")
    yield "a jot is put into the text"
    on.does("Ann", "agree_cell", row="r1")
    yield "a cell is agreed"
    on.does("Ann", "agree_cell", row="r1", agreed=False)
    yield "and is not"
    on.does("Ann", "agree_cell", row="r1")
    turn_to(on.page, "r2")
    on.writes("cell-r2", "a team\n- with a name")
    turn_to(on.page, "r1")
    yield "another is begun"


def they_mark(on: Play) -> Iterator[str]:
    """Mark, ask, guess; the trainer hides, and shows a sentence on the wall."""
    on.does("Ben", "mark", row="r1", column="health", mark="question", text="Who <i>holds</i> it?")
    yield "a question"
    on.does("Cat", "mark", row="r2", column="health", mark="tension")
    on.does("Ben", "mark", row="r2", column="health", mark="shared")
    yield "marks"
    on.does("Cat", "mark", row="r2", column="health", mark=None)
    yield "one is taken back"
    on.does("Ann", "guess", row="r1", column="social-care", text="We are <told> too late")
    yield "a guess"
    on.trainer.move("show_row", row="r1")
    yield "a sentence on the wall"
    on.trainer.move("hide", entry="cell-r1-health")
    yield "a cell is hidden"
    on.trainer.move("hide", entry="cell-r1-health", hidden=False)
    on.trainer.move("show_row", row="")
    yield "and shown, and the wall as it was"


def they_write(on: Play) -> Iterator[str]:
    """Write, draw on cells, fail a check, write on, pass it, lock, open again, lock."""
    for page in (on.page, on.welsh):
        turn_to(page, "r1")
    on.trainer.move("show_row", row="r1")
    on.writes("joint-r1", "one plan")
    yield "the first words"
    on.does("Ben", "draw_on", row="r1", column="health")
    yield "it draws on a cell"
    on.does("Cat", "open_check", row="r1")
    yield "a check is open"
    on.does("Ann", "answer_check", row="r1", value=2, note="Say <who> keeps it")
    yield "one has answered"
    answer([on.people["Ben"], on.people["Cat"]], 4)
    yield "it has failed"
    on.writes("joint-r1", ", kept by one of us")
    on.does("Ann", "open_check", row="r1")
    answer([on.people[name] for name in ("Ann", "Ben", "Cat")], 4)
    yield "it has passed"
    on.does("Ben", "lock_row", row="r1")
    yield "it is locked"
    on.does("Ben", "reopen_row", row="r1")
    yield "and open again"
    on.does("Ann", "open_check", row="r1")
    answer([on.people["Ann"], on.people["Ben"]], 4)
    on.trainer.move("close_check")
    on.does("Cat", "lock_row", row="r1")
    yield "and locked again"


def they_end_a_sentence(on: Play) -> Iterator[str]:
    """Fail twice, and keep both sentences."""
    for page in (on.page, on.welsh):
        turn_to(page, "r2")
    on.writes("joint-r2", "to plan once")
    for _ in range(2):
        on.does("Ann", "open_check", row="r2")
        answer([on.people[name] for name in ("Ann", "Ben", "Cat")], 1, 4)
    yield "two checks have failed"
    on.does("Ben", "choose_ending", row="r2", ending="not_agreed", other="To keep <children> safe first")
    yield "both sentences are kept"
    on.trainer.move("hide", entry="other-r2")
    yield "one of them is hidden"


def they_check(on: Play) -> Iterator[str]:
    """Fail, open a sentence again, pass, lock, open again by the trainer; the workshop closes."""
    on.does("Ann", "answer_check", value=1, row="r2", note="Not yet")
    answer([on.people["Ben"], on.people["Cat"]], 4)
    yield "the grid does not hold"
    on.does("Ben", "reopen_row", row="r2")
    yield "a sentence is open again"
    on.writes("joint-r2", ", and kindly")
    on.does("Cat", "open_check")
    yield "it is checked again"
    answer([on.people[name] for name in ("Ann", "Ben", "Cat")], 4)
    yield "it holds"
    on.trainer.phase("locked", 1)
    yield "it is locked"
    on.trainer.move("show_row", row="r1")
    yield "with one sentence on the wall"
    on.trainer.move("reopen", phase="joint")
    yield "it is open again"
    on.trainer.phase("locked")
    yield "all tables are locked"
    close(on.room)
    yield "the workshop closes"
