"""A whole grid on real screens: four phones of four agencies and a laptop, a desk and a wall, to the locked grid.

Law: every character that was shown as saved is there, once, on every screen and in the database, whatever breaks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.album import Album
from tests.e2e.cable import Cable
from tests.e2e.conftest import Device
from tests.e2e.grids import (
    OPENINGS,
    Soft,
    a_grid,
    answers_all,
    begins,
    comes_in,
    comes_to,
    goes_on,
    jots,
    marks,
    pad,
    says,
    shows,
    stored,
    turn_to,
    type_at_once,
    types,
)
from tests.e2e.hall import Hall, Person, Room
from tests.e2e.tables import Trainer, says_nothing_of, sees
from tests.e2e.troubles import CUT_OFF, Troubles

PEOPLE = (("Ann", "education"), ("Ben", "health"), ("Cat", "social-care"), ("Dan", "police"), ("Eve", "health"))
LIST = "- seen once\n- heard once\n\n- helped together"
WORRY = "Say who keeps the plan."


@dataclass
class Stage:
    """All who take part, and all screens; Ben is on a cable of his own, and Eve at a laptop."""

    room: Room
    trainer: Trainer
    people: dict[str, Person]
    pages: dict[str, Page]
    desk: Page
    wall: Page
    cable: Cable
    phone: Device
    album: Album

    @property
    def all(self) -> list[Page]:
        """The pages of all seats."""
        return list(self.pages.values())

    def the(self, *names: str) -> list[Page]:
        """The pages of some."""
        return [self.pages[name] for name in names]

    def all_but(self, *names: str) -> list[Page]:
        """The pages of the others."""
        return [page for name, page in self.pages.items() if name not in names]

    def take(self, name: str, *screens: str) -> None:
        """Take a picture of Ann's phone, Eve's laptop, the desk or the wall."""
        at = {"seat": self.pages["Ann"], "laptop": self.pages["Eve"], "desk": self.desk, "wall": self.wall}
        for screen in screens:
            at[screen].evaluate("() => scrollTo(0, 0)")
            self.album.take(at[screen], f"{screen}-grid-{name}")


@pytest.fixture
def stage(
    own_hall: Hall, phone: Device, laptop: Device, projector: Device, troubles: Troubles, album: Album
) -> Iterator[Stage]:
    """One table, and a screen for everybody."""
    troubles.expect(CUT_OFF)
    room = a_grid(own_hall)
    people = {name: room.person(name, agency) for name, agency in PEOPLE}
    with Cable(own_hall.port).lying() as cable:
        pages = {}
        for name, person in people.items():
            base = cable.base if name == "Ben" else None
            pages[name] = room.seat(laptop() if name == "Eve" else phone(), person, base)
        desk, wall = room.desk(laptop()), room.wall(projector())
        yield Stage(room, Trainer(room), people, pages, desk, wall, cable, phone, album)


def test_a_whole_grid_is_filled_and_agreed_though_lines_break_and_the_server_is_killed(stage: Stage) -> None:
    each_jots_in_private(stage)
    agencies_write_their_cells(stage)
    all_columns_open_at_one_moment(stage)
    a_question_is_answered(stage)
    two_write_at_once_while_one_is_away_and_the_server_dies(stage)
    a_check_fails_is_answered_and_passes(stage)
    the_grid_is_checked_and_locked(stage)


def each_jots_in_private(stage: Stage) -> None:
    """Jot by keyboard; nobody else's page has a word of it, not even a colleague's."""
    goes_on(stage.trainer, "jot", stage.all)
    said = {name: f"what {name} jotted" for name, _ in PEOPLE}
    for name, page in stage.pages.items():
        jots(page, "r1", said[name])
    stage.take("jot", "seat")
    for name in stage.pages:
        says_nothing_of([*stage.all_but(name), stage.desk, stage.wall], said[name])


def agencies_write_their_cells(stage: Stage) -> None:
    """Write one text with two people at once, keep lists and line breaks, and go to the next sentence."""
    goes_on(stage.trainer, "caucus", stage.all)
    ann, ben, cat, dan, eve = stage.all
    types(ben, "cell-r1", "one plan for each child")
    shows([eve], "cell-r1", "one plan for each child")
    begins(eve, "cell-r1")
    eve.keyboard.press("Enter")
    shows([ben], "cell-r1", "one plan for each child\n")
    begins(ben, "cell-r1", after="for each child")
    type_at_once((ben, ", which we keep to"), (eve, LIST))
    health = f"one plan for each child, which we keep to\n{LIST}"
    shows([ben, eve], "cell-r1", health)
    for page in (ben, eve):
        says(page, "cell-r1", "saved")
    assert stored(stage.room, "cell-r1-health") == health
    says_nothing_of([*stage.all_but("Ben", "Eve"), stage.desk, stage.wall], "one plan for each child", "heard once")
    types(ann, "cell-r1", "the whole day, not only school")
    stage.take("caucus", "seat")
    types(cat, "cell-r1", "early help")
    begins(dan, "cell-r1")
    Soft(dan).writes("being asked first")
    # turned at once after the last letter: nothing of it may be lost
    for page, words in ((ann, "a team with a name"), (eve, "families first"), (cat, "trust"), (dan, "nothing alone")):
        turn_to(page, "r2")
        types(page, "cell-r2", words)
    comes_in(stage.room, "cell-r1-education", "the whole day, not only school")
    comes_in(stage.room, "cell-r1-other", "being asked first ")
    turn_to(ann, "r1")
    ann.get_by_test_id("agree-r1").tap()
    expect(ann.get_by_test_id("agreed-r1")).to_be_visible()
    for page in (cat, dan, eve):
        says(page, "cell-r2", "saved")
    comes_in(stage.room, "cell-r2-education", "a team with a name")


def all_columns_open_at_one_moment(stage: Stage) -> None:
    """See all cells on all pages, and mark those of others."""
    goes_on(stage.trainer, "reveal", stage.all)
    for page in stage.all:
        words = page.locator("#row-r1 .cell__words")
        expect(words).to_have_count(4)
        assert [one.strip() for one in words.all_text_contents()] == [
            "the whole day, not only school",
            f"one plan for each child, which we keep to\n{LIST}",
            "early help",
            "being asked first",
        ]
    ann, ben, cat, dan, eve = stage.all
    for page in (ben, cat, dan, eve):
        turn_to(page, "r1")
        expect(page.get_by_test_id("cell-r1-health")).to_contain_text("heard once")
    for page in (ann, dan):
        marks(page, "r1", "health", "shared")
    expect(ben.get_by_test_id("mark-r1-health-shared")).to_have_count(0)
    marks(ben, "r1", "education", "tension")
    cat.locator("#ask-r1 > summary").tap()
    cat.get_by_test_id("ask-who-r1").select_option(label="Health")
    cat.get_by_test_id("ask-text-r1").click()
    cat.keyboard.type("Who holds the plan?")
    cat.get_by_test_id("ask-send-r1").tap()
    expect(cat.get_by_test_id("cell-r1-health")).to_contain_text("Who holds the plan?")
    for page in (ann, ben):
        turn_to(page, "r1")
        expect(page.get_by_test_id("cell-r1-health")).to_contain_text("2 say shared")
    stage.take("reveal", "seat", "wall")


def a_question_is_answered(stage: Stage) -> None:
    """Answer in a line, on the laptop; the whole table reads it."""
    goes_on(stage.trainer, "answer", stage.all)
    eve = stage.pages["Eve"]
    turn_to(eve, "r1")
    eve.get_by_test_id("reply-text-r1-health").click()
    eve.keyboard.type("The one whom the family names.")
    eve.get_by_test_id("reply-send-r1-health").click()
    for page in stage.all:
        expect(page.get_by_test_id("cell-r1-health")).to_contain_text("The one whom the family names.")


def two_write_at_once_while_one_is_away_and_the_server_dies(stage: Stage) -> None:
    """Type in one text at once; Ben's line breaks and he goes on; the server is killed; all of it is there, once."""
    goes_on(stage.trainer, "joint", stage.all)
    ann, ben, cat, dan, eve = stage.all
    for page in stage.all:
        turn_to(page, "r1")
    stage.trainer.move("show_row", row="r1")
    stage.desk.get_by_test_id("grid-1-r1").locator("summary").click()
    opening = OPENINGS["r1"]
    shows(stage.all, "joint-r1", opening)
    types(dan, "joint-r1", "\n")
    shows(stage.all, "joint-r1", f"{opening}\n")
    begins(ann, "joint-r1", after=opening)
    type_at_once((ann, "one plan, "), (dan, "- asked at the start"))
    shows(stage.all, "joint-r1", f"{opening}one plan, \n- asked at the start")
    expect(eve.locator("[data-writers-of=joint-text-r1]")).to_contain_text("is writing")
    types(cat, "joint-r1", "\n- with a date")
    for page in (ann, cat, dan):
        says(page, "joint-r1", "saved")

    begins(ben, "joint-r1", after="one plan, ")
    stage.cable.pull()
    soft = Soft(ben)
    soft.writes("made early")
    says(ben, "joint-r1", "not")
    expect(ben.get_by_test_id("joint-r1-state")).to_have_text("Not saved, trying again", use_inner_text=True)
    type_at_once((ann, "a family tells us once, "), (dan, "\n- and kept to"))
    for page in (ann, dan):
        says(page, "joint-r1", "saved")
    saved = f"{opening}one plan, a family tells us once, \n- asked at the start\n- and kept to\n- with a date"
    shows([ann, cat, dan, eve], "joint-r1", saved)

    type_at_once((ann, "that we "), (dan, "\n- by "))
    stage.room.hall.kill()
    assert is_within(saved, stored(stage.room, "joint-r1"))
    type_at_once((ann, "keep. "), (dan, "all\n\n- for good"))
    for page in (ann, dan):
        says(page, "joint-r1", "not")
    cat.context.close()
    stage.room.hall.start()
    for page in (ann, dan):
        says(page, "joint-r1", "saved")
    # what the others wrote comes while Ben's keyboard composes a word
    soft.begins("together")
    stage.cable.plug()
    says(ben, "joint-r1", "saved")
    assert "keep" not in pad(ben, "joint-r1").input_value()
    soft.ends("together ")
    says(ben, "joint-r1", "saved")
    stage.pages["Cat"] = stage.room.seat(stage.phone(), stage.people["Cat"])
    turn_to(stage.pages["Cat"], "r1")
    rest = "\n- asked at the start\n- and kept to\n- by all\n\n- for good\n- with a date"
    both = ("made early together ", "a family tells us once, that we keep. ")
    all_see(stage, "r1", *(f"{opening}one plan, {one}{other}{rest}" for one, other in (both, both[::-1])))


def is_within(part: str, whole: str) -> bool:
    """Say whether all of a text is in another, in order; there may be more in between."""
    letters = iter(whole)
    return all(letter in letters for letter in part)


def all_see(stage: Stage, row: str, *either: str) -> str:
    """Hold that all seats, the desk, the wall and the database have the same text, and that it is one of these."""
    text = pad(stage.pages["Ben"], f"joint-{row}")
    expect(text).to_have_value(re.compile(f"^({'|'.join(map(re.escape, either))})$"))
    words = text.input_value()
    shows(stage.all, f"joint-{row}", words)
    expect(stage.desk.locator(f"#joint-text-desk-1-{row}")).to_have_value(words)
    expect(stage.wall.get_by_test_id("wall-text")).to_have_value(words)
    assert stored(stage.room, f"joint-{row}") == words
    return words


def a_check_fails_is_answered_and_passes(stage: Stage) -> None:
    """Check the first; change it; check it again and lock it; write, check and lock the second."""
    ann, ben, cat, dan, eve = stage.all
    eve.get_by_test_id("draw-r1-health").click()
    ann.locator("#cells-r1 > summary").tap()
    ann.get_by_test_id("draw-r1-education").tap()
    for page in stage.all:
        expect(page.get_by_test_id("said-r1")).to_have_text("Two of four services are in the joint words")
    stage.take("joint", "seat", "laptop", "desk", "wall")
    before = pad(ben, "joint-r1").input_value()
    is_checked(stage, "r1", ann, before, 2, 4)
    sees(stage.all, "histogram", "Not everybody yet")
    sees(stage.all, "histogram", WORRY)
    says(dan, "joint-r1", "saved")
    types(dan, "joint-r1", "\n- Eve's team keeps it")
    after = f"{before}\n- Eve's team keeps it"
    all_see(stage, "r1", after)
    is_checked(stage, "r1", eve, after, 4)
    cat.get_by_test_id("lock-r1").tap()
    for page in stage.all:
        expect(page.locator("#words-r1 .frozen")).to_have_text(after, use_inner_text=True)
        expect(pad(page, "joint-r1")).to_be_hidden()

    stage.trainer.move("show_row", row="r2")
    stage.desk.get_by_test_id("grid-1-r2").locator("summary").click()
    for page in stage.all:
        turn_to(page, "r2")
    # two at the very same place, at the same moment: whoever comes first, neither's words are torn apart
    for page in (ann, eve):
        begins(page, "joint-r2")
    type_at_once((ann, "to know each child. "), (eve, "to plan once. "))
    for page in (ann, eve):
        says(page, "joint-r2", "saved")
    shows([ann], "joint-r2", pad(eve, "joint-r2").input_value())
    both = ("to know each child. ", "to plan once. ")
    second = all_see(stage, "r2", *(f"{OPENINGS['r2']}{one}{other}" for one, other in (both, both[::-1])))
    is_checked(stage, "r2", dan, second.strip(), 5, 4)
    ben.get_by_test_id("lock-r2").tap()
    for page in stage.all:
        expect(page.locator("#words-r2 .frozen")).to_have_text(second.strip(), use_inner_text=True)


def tidy(words: str) -> str:
    """Read words as they are, but for the breaks of lines."""
    return " ".join(words.split())


def is_checked(stage: Stage, row: str, by: Page, words: str, *values: int) -> None:
    """Put a sentence to the check on one page, and answer it on all, on the same words."""
    by.get_by_test_id(f"open-check-{row}").click()
    for page in stage.all:
        expect(page.get_by_test_id("check").locator(".frozen")).to_have_text(words, use_inner_text=True)
        expect(pad(page, f"joint-{row}")).to_be_hidden()
    if by is stage.pages["Ann"]:
        stage.take("check", "seat")
    answers_all(stage.all, *values, note=WORRY)
    for page in stage.all:
        expect(page.get_by_test_id("check")).to_have_count(0)


def the_grid_is_checked_and_locked(stage: Stage) -> None:
    """Check the whole, and lock it: every screen has the very words."""
    ann = stage.pages["Ann"]
    words = {row: ann.locator(f"#words-{row} .frozen").inner_text() for row in OPENINGS}
    ann.get_by_test_id("on").tap()
    comes_to("check", stage.all)
    answers_all(stage.all, 4)
    sees(stage.all, "histogram", "Everybody can stand behind it")
    ann.get_by_test_id("on").tap()
    comes_to("locked", stage.all)
    for page in stage.all:
        expect(page.get_by_test_id("result")).to_contain_text("Agreed by all 5 of you")
        for row, said in words.items():
            line = page.get_by_test_id(f"result-{row}").locator(".vision__words")
            expect(line).to_have_text(said, use_inner_text=True)
    stage.take("locked", "seat", "laptop")
    whole = stage.pages["Eve"].get_by_test_id("whole").locator("td.whole__agreed .whole__words")
    assert [tidy(one) for one in whole.all_inner_texts()] == [tidy(one) for one in words.values()]
    for row, said in words.items():
        stage.trainer.move("show_row", row=row)
        # a wall has room for so many lines; the rest is on phones, as it says there
        begun = tidy(said.removeprefix(OPENINGS[row]))
        line = stage.wall.locator(".wall-statements__words")
        expect(line).to_contain_text(begun[:30])
        assert begun.startswith(tidy(line.inner_text().split("… more")[0]))
        expect(stage.desk.get_by_test_id(f"grid-1-{row}").locator(".frozen")).to_have_text(said, use_inner_text=True)
        assert stored(stage.room, f"joint-{row}").strip() == said
