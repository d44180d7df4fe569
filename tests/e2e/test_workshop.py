"""A whole workshop on real screens: six phones and three at two tables, a desk and a wall, to the plenary.

Law: at every step each screen shows what is its own to see, and nothing private is on anybody else's page.
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.album import Album
from tests.e2e.conftest import Device
from tests.e2e.hall import Hall, Person, Room
from tests.e2e.hands import is_saved, join, move_on
from tests.e2e.tables import answer, answers, lay, mark, propose, put, says_nothing_of, sees, stands, taken

FIVE = (("Ann", "health"), ("Ben", "police"), ("Cat", "education"), ("Dan", "social-care"), ("Eve", "none"))
THREE = (("Flo", "health"), ("Gus", "education"), ("Hal", "police"))
# What people put in private, best first, and what they would discard. All of the five put s1 first and s5 last.
ALONE = {
    "Ann": ("s1 s10 s8 s2 s4 s9 s6 s7 s5", "s3"),
    "Ben": ("s1 s7 s6 s9 s4 s2 s8 s10 s5", "s3"),
    "Cat": ("s1 s2 s4 s7 s10 s6 s9 s8 s5", "s3"),
    "Dan": ("s1 s9 s10 s4 s6 s8 s2 s3 s5", "s7"),
    "Eve": ("s1 s8 s9 s6 s2 s4 s10 s3 s5", "s7"),
    "Flo": ("s1 s10 s8 s2 s4 s9 s6 s7 s5", "s3"),
    "Gus": ("s10 s1 s8 s9 s2 s4 s7 s6 s5", "s3"),
    "Hal": ("s8 s10 s1 s4 s9 s2 s6 s7 s3", "s5"),
}
BOARD = ("s1", "s10", "s8", "s2", "s4", "s9", "s6", "s7", "s5")
SURE = ("s1", "s10", "s8", "s2")
TRY = "Room to try new ideas belongs among the five"


REASONS = {
    "Ann": "It is about us, not about children.",
    "Ben": "Nobody comes to us because of it.",
    "Cat": "It follows from the others.",
    "Dan": "Too narrow to stand on its own.",
    "Eve": "We have had that one for years.",
    "Flo": "Nice to have, no more.",
    "Gus": "I could not say how we would see it.",
    "Hal": "The same as another, in other words.",
}


def why(name: str) -> str:
    """Say what a person wrote in private beside the one to discard."""
    return REASONS[name]


@dataclass(frozen=True, slots=True)
class Stage:
    """All who take part, and all screens."""

    room: Room
    people: dict[str, Person]
    phones: dict[str, Page]
    desk: Page
    wall: Page
    album: Album

    def table(self, number: int) -> list[Page]:
        """Give the phones of a table."""
        names = [name for name, _ in (FIVE, THREE)[number - 1]]
        return [page for name, page in self.phones.items() if name in names or (name == "Kim" and number == 1)]

    @property
    def shared(self) -> tuple[Page, Page]:
        """The desk and the wall."""
        return self.desk, self.wall

    def others(self, *names: str) -> list[Page]:
        """Give every screen but these people's phones."""
        return [page for name, page in self.phones.items() if name not in names] + list(self.shared)

    def take(self, name: str, *screens: str) -> None:
        """Take a picture of Ann's phone, the desk and the wall, or only of some of the three."""
        self.phones["Ann"].evaluate("() => scrollTo(0, 0)")
        for where, page in (("seat", self.phones["Ann"]), ("desk", self.desk), ("wall", self.wall)):
            if where in (screens or (where,)):
                self.album.take(page, f"{where}-{name}")


@pytest.fixture
def stage(hall: Hall, phone: Device, laptop: Device, projector: Device, album: Album) -> Stage:
    """Two tables that have answered alone, none of them done yet, with a phone for everybody."""
    room = hall.a_workshop(places=6)
    people = {
        name: room.person(name, agency, table) for table, names in ((1, FIVE), (2, THREE)) for name, agency in names
    }
    desk, wall = room.desk(laptop()), room.wall(projector())
    move_on(desk, "solo")
    for name, person in people.items():
        order, discard = ALONE[name]
        person.rank(order.split(), discard, done=False)
        taken(person.move("say_why", reason=why(name)))
    return Stage(room, people, {name: room.seat(phone(), person) for name, person in people.items()}, desk, wall, album)


def test_a_workshop_from_the_first_answers_to_the_plenary(stage: Stage, phone: Device) -> None:
    what_is_put_alone_is_nobody_elses(stage)
    both_tables_discard(stage)
    somebody_comes_late(stage, phone)
    both_tables_rank(stage)
    they_compare(stage)
    they_mark_in_private(stage)
    they_settle_the_tie(stage)
    a_check_fails_on_a_phone_that_dies(stage, phone)
    the_list_is_amended_and_holds(stage)
    they_lock_and_meet(stage)


def what_is_put_alone_is_nobody_elses(stage: Stage) -> None:
    """Say that all are done; until the trainer moves on, every page shows how many and nothing else."""
    for name, page in stage.phones.items():
        says_nothing_of(stage.others(name), why(name))
        page.get_by_test_id("done").click()
        expect(page.get_by_test_id("done")).to_have_attribute("aria-pressed", "true")
    sees(stage.table(1), "progress", "5 of 5 are done")
    sees(stage.table(2), "progress", "3 of 3 are done")
    sees([stage.wall], "progress", "5 of 5 done")
    sees([stage.desk], "table-1", "5 of 5 are done")
    for page in (*stage.phones.values(), *stage.shared):
        expect(page.locator("#nominations, #mirror, .tally, table.heat")).to_have_count(0)


def both_tables_discard(stage: Stage) -> None:
    """Show all nominations at one moment; propose, check, and lock the discard with its reason."""
    move_on(stage.desk, "discard", *stage.phones.values())
    told = "all => all.map(one => one.textContent.replace(/\\s+/g, ' ').trim())"
    seen = [page.locator("#nominations .tally__top").evaluate_all(told) for page in stage.table(1)]
    assert seen[1:] == seen[:-1]
    assert [line[:2] for line in seen[0]] == ["3 ", "2 "]
    for page in stage.table(1):
        said = page.locator("#nominations blockquote").all_inner_texts()
        assert sorted(said) == sorted(f"“{why(name)}”" for name, _ in FIVE)
    for page in stage.table(2):
        expect(page.get_by_test_id("nominations")).to_contain_text("With fewer than five answers there are no numbers")
        expect(page.locator("#nominations .tally__count")).to_have_count(0)
    says_nothing_of([*stage.table(1), stage.wall], *(why(name) for name, _ in THREE))
    says_nothing_of([*stage.table(2), stage.wall], *(why(name) for name, _ in FIVE))

    ben = stage.phones["Ben"]
    ben.get_by_test_id("propose").locator("summary").tap()
    ben.get_by_test_id("propose-statement").select_option("s3")
    ben.get_by_test_id("propose-reason").fill("Being known is not why we do this.")
    ben.get_by_test_id("propose-send").tap()
    sees(stage.table(1), "proposal", "“Being known is not why we do this.”")
    for page in stage.table(1)[1:]:
        answers(page, 4)
    sees(stage.table(1), "progress", "4 of 5 have answered")
    stage.take("discard")
    for page in (*stage.table(1), *stage.shared):
        expect(page.locator("#histogram")).to_have_count(0)
    answers(stage.phones["Ann"], 5)
    sees(stage.table(1), "discarded", "Being known is not why we do this.")
    expect(stage.phones["Ann"].locator("#histogram svg")).to_have_count(1)

    propose(stage.people["Gus"], "s3", "We would do this unseen.")
    sees(stage.table(2), "proposal", "We would do this unseen.")
    for page in stage.table(2):
        answers(page, 4)
    sees(stage.table(2), "discarded", "We would do this unseen.")
    words_and_no_counts(stage)
    says_nothing_of([*stage.table(1), stage.wall], "We would do this unseen.")


def words_and_no_counts(stage: Stage) -> None:
    """Hold that a check among three came out in words."""
    for page in stage.table(2):
        expect(page.get_by_test_id("histogram")).to_contain_text("With fewer than five answers there are words")
        expect(page.locator("#histogram svg, #histogram table")).to_have_count(0)
    expect(stage.desk.get_by_test_id("table-2").locator("svg.mini--bars")).to_have_count(0)


def somebody_comes_late(stage: Stage, phone: Device) -> None:
    """Join at the full table after the first answers: a short list of one's own, for nobody else."""
    page = phone().new_page()
    page.goto(f"{stage.room.hall.base}/join/{stage.room.code}")
    join(page, "Kim", "Police", 1)
    first = page.locator("#own-list [data-order] > li").first.get_attribute("data-id")
    page.get_by_test_id(f"own-down-{first}").tap()
    expect(page.locator("#own-list [data-order] > li").nth(1)).to_have_attribute("data-id", str(first))
    page.get_by_test_id("own-done").tap()
    expect(page.get_by_test_id("own-done")).to_have_attribute("aria-pressed", "true")
    page.locator("#own-list > summary").tap()
    stage.phones["Kim"] = page
    for other in stage.others("Kim"):
        expect(other.locator("#own-list")).to_have_count(0)


def both_tables_rank(stage: Stage) -> None:
    """Put the board in order by taps on all phones; what all put alike stands there before anybody has moved."""
    move_on(stage.desk, "rank", *stage.phones.values())
    stands(stage.table(1), {"s1": 1, "s5": 9})
    phones, kim = stage.table(1), stage.phones["Kim"]
    assert kim.locator(".tray [data-statement]").count() == 7
    sees([stage.desk], "table-1", "7 in the tray")
    stage.take("rank-tray", "seat")
    for place, statement in enumerate(BOARD[1:8], 2):
        put(phones[place % len(phones)], statement, place)
    stands(phones, {one: place for place, one in enumerate(BOARD, 1)})
    sees([kim], "who-moved", "moved one to place 8")
    sees([stage.desk], "table-1", "board complete")
    stage.take("rank", "seat", "desk")
    sees([stage.wall], "progress", "9 of 9 placed")
    lay([stage.people[name] for name, _ in THREE], BOARD)
    stands(stage.table(2), {one: place for place, one in enumerate(BOARD, 1)})


def they_compare(stage: Stage) -> None:
    """See oneself beside one's own table, and link two statements."""
    move_on(stage.desk, "compare", *stage.phones.values())
    cat = stage.phones["Cat"]
    cat.get_by_test_id("link-a").select_option("s2")
    cat.get_by_test_id("link-b").select_option("s7")
    cat.get_by_label("Nearly the same").check()
    cat.get_by_test_id("link-note").fill("One is the wide view, the other a case of it.")
    cat.get_by_test_id("link").tap()
    sees(stage.table(1), "link-l1", "One is the wide view")
    says_nothing_of([*stage.table(2), stage.wall], "One is the wide view")
    for name, page in stage.phones.items():
        places = page.locator("#strips .strip__told").all_inner_texts()
        assert len(places) == 9
        assert all(told.startswith("You ") for told in places) == (name != "Kim")
    ann = strips(stage.phones["Ann"])
    assert ann["All agencies own decisions together and share responsibility for them."].startswith("You 2 · table 2")
    stage.wall.wait_for_selector("table.heat")
    stage.take("compare")


def strips(page: Page) -> dict[str, str]:
    """Read what a phone says of each statement, of its own seat and its table."""
    return dict(
        page.locator("#strips .strip").evaluate_all(
            "all => all.map(one => ['.strip__words', '.strip__told']"
            ".map(part => one.querySelector(part).textContent.trim()))"
        )
    )


def they_mark_in_private(stage: Stage) -> None:
    """Mark five by taps; what all marked is in, and two are level at the fifth place."""
    move_on(stage.desk, "top", *stage.phones.values())
    for at, page in enumerate(stage.table(1)):
        marks(page, (*SURE, "s4" if at % 2 else "s9"))
        if at == 0:
            stage.take("marks", "seat")
        for other in (*stage.table(1)[at + 1 :], *stage.shared):
            expect(other.locator("#sorted, #places")).to_have_count(0)
        page.get_by_test_id("send-marks").tap()
        is_saved(page)
    stands(stage.table(1), {one: place for place, one in enumerate(SURE, 1)})
    for page in stage.table(1):
        expect(page.get_by_test_id("contested").locator("[data-testid^=statement-]")).to_have_count(2)
        expect(page.get_by_test_id("for-all")).to_contain_text("all 6 marked it")
    mark([stage.people["Flo"], stage.people["Gus"]], (*SURE, "s4"), (*SURE, "s9"))
    hal = stage.phones["Hal"]
    marks(hal, (*SURE, "s4"))
    hal.get_by_test_id("send-marks").tap()
    stands(stage.table(2), {one: place for place, one in enumerate(SURE, 1)})
    for page in stage.table(2):
        expect(page.get_by_test_id("for-all")).to_contain_text("all marked it")


def marks(page: Page, five: tuple[str, ...]) -> None:
    """Mark five on the page, without sending them."""
    for statement in five:
        page.get_by_test_id(f"mark-{statement}").check()


def they_settle_the_tie(stage: Stage) -> None:
    """Settle the fifth place: six by an either/or that comes out even and then by lots, three by sharing it."""
    eve = stage.phones["Eve"]
    eve.locator("#ask-either > summary").tap()
    eve.locator("#either-a").select_option("s4")
    eve.locator("#either-b").select_option("s9")
    eve.get_by_test_id("ask-either").tap()
    for at, page in enumerate(stage.table(1)):
        page.get_by_test_id("either-s4" if at % 2 else "either-s9").check()
        page.get_by_test_id("send").tap()
        is_saved(page)
    sees(stage.table(1), "either", "It came out even")
    sees([stage.desk], "table-1", "2 contested")
    stage.take("top")
    stage.phones["Kim"].get_by_test_id("draw-lots").tap()
    sees(stage.table(1), "either", "Lots have decided")
    sees(stage.table(1), "places", "settled by lots")

    stage.phones["Hal"].get_by_test_id("put-s4").tap()
    stands(stage.table(2), {"s4": 5})
    taken(stage.people["Gus"].move("place_top", statement="s9", position=5, joint=True))
    stands(stage.table(2), {"s4": 5, "s9": 5})
    sees(stage.table(2), "statement-s9", "shared place")


def a_check_fails_on_a_phone_that_dies(stage: Stage, phone: Device) -> None:
    """Six answer; one has a concern, and one goes on from another device with the seat code."""
    dan = stage.phones["Dan"]
    dan.get_by_text("Your seat code").click()
    seat_code = dan.get_by_test_id("seat-code").inner_text()
    move_on(stage.desk, "check", *stage.phones.values())
    for page in stage.phones.values():
        page.wait_for_selector("#check")
    dan.get_by_test_id("check-5").check()
    stage.phones.pop("Dan").context.close()
    lowest = stage.table(1)[-1]
    for page in stage.table(1)[:-1]:
        answers(page, 4)
    lowest.get_by_test_id("check-2").check()
    lowest.locator("#check-note").fill(TRY)
    stage.take("check", "seat")
    lowest.get_by_test_id("send").tap()
    is_saved(lowest)
    sees(stage.table(1), "progress", "5 of 6 have answered")
    says_nothing_of([page for page in (*stage.phones.values(), *stage.shared) if page is not lowest], TRY)

    again = phone().new_page()
    again.goto(f"{stage.room.hall.base}/rejoin")
    again.get_by_test_id("rejoin-code").fill(stage.room.code)
    again.get_by_test_id("rejoin-seat-code").fill(seat_code)
    again.get_by_test_id("rejoin-submit").click()
    again.wait_for_selector("#check")
    for value in range(6):
        expect(again.get_by_test_id(f"check-{value}")).not_to_be_checked()
    stage.phones["Dan"] = again
    answers(again, 4)
    for page in stage.table(1):
        histogram = page.get_by_test_id("histogram")
        expect(histogram).to_contain_text("Not everybody yet")
        expect(histogram).to_contain_text(f"“{TRY}”")
        expect(histogram.locator("rect")).to_have_count(6)
    sees([stage.desk], "table-1", "1 of 6 below the rule")
    expect(stage.desk.get_by_test_id("table-1").locator("svg.mini--bars")).to_have_count(1)
    stage.take("check-failed", "seat", "desk")
    says_nothing_of([*stage.table(2), stage.wall], TRY)
    answer([stage.people["Flo"], stage.people["Gus"]], 2, 4)
    answers(stage.phones["Hal"], 4)
    sees(stage.table(2), "histogram", "Not everybody yet")
    words_and_no_counts(stage)
    sees([stage.desk], "table-2", "The check did not pass")
    expect(stage.desk.get_by_test_id("table-2")).not_to_contain_text("below the rule")


def the_list_is_amended_and_holds(stage: Stage) -> None:
    """Change the fifth place and check again: the six agree; the three talk, and agree in words."""
    cat, ann = stage.phones["Cat"], stage.phones["Ann"]
    fifth = cat.locator("#places [data-place='5']").get_attribute("data-testid") or ""
    inn = fifth.removeprefix("statement-")
    out = {"s4": "s9", "s9": "s4"}[inn]
    cat.locator(f"#more-top-{inn} > summary").tap()
    cat.get_by_test_id(f"take-out-{inn}").tap()
    ann.get_by_test_id(f"put-{out}").tap()
    stands(stage.table(1), {out: 5})
    stage.phones["Kim"].get_by_test_id("check-again").tap()
    for page in stage.table(1):
        page.wait_for_selector("#check")
        answers(page, 4)
    sees(stage.table(1), "histogram", "Everybody can stand behind it")
    sees([stage.desk], "table-1", "The check passed")
    taken(stage.people["Gus"].move("check_again"))
    answer([stage.people["Flo"], stage.people["Gus"]], 3)
    answers(stage.phones["Hal"], 4)
    sees(stage.table(2), "histogram", "Everybody can stand behind it")
    words_and_no_counts(stage)
    stage.take("check-passed", "seat")


def they_lock_and_meet(stage: Stage) -> None:
    """Lock by the table and by the trainer; when the last has locked, the plenary is on every screen."""
    stage.phones["Ben"].get_by_test_id("on").tap()
    sees(stage.table(1), "result", "Agreed by all 6 of you")
    sees(stage.table(1), "result", "changed after the first check")
    sees([stage.wall], "progress", "locked")
    stage.take("locked", "seat", "desk")
    for page in stage.phones.values():
        expect(page.locator("#plenary")).to_have_count(0)
    move_on(stage.desk, "locked")
    sees(stage.table(2), "result", "Agreed by all 3 of you")
    expect(stage.wall.get_by_role("heading", name="Where the two tables meet")).to_be_visible()
    for page in stage.phones.values():
        page.wait_for_selector("#plenary")
    sees(stage.table(1), "plenary", "in every five")
    stage.album.take(stage.desk, "desk-plenary")
    says_nothing_of([stage.wall], TRY, *(why(name) for name in ALONE))
