"""The check on phones: nothing written is lost to a push, it works by keyboard alone, and no phase has a barrier."""

import httpx2 as httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Axe, Device
from tests.e2e.hall import Person, Room
from tests.e2e.hands import is_saved
from tests.e2e.screens import shows_the_truth

S = [f"s{n}" for n in range(1, 11)]
FIVE = ("s1", "s10", "s8", "s2", "s4")


class Table:
    """Table 1 with its trainer: Ann, who has a phone, and others who need none."""

    def __init__(self, room: Room, ann: Person, others: int) -> None:
        self.room = room
        self.people = [ann, *(room.person(f"Person {number}", "none", 1) for number in range(others))]
        self.trainer = httpx.Client(base_url=room.hall.base, follow_redirects=True)
        room.hall.around.callback(self.trainer.close)
        self.trainer.get(room.hall.link())
        self.phase("solo")
        for person in self.people:
            person.rank([one for one in S if one != "s3"], "s3")

    @property
    def others(self) -> list[Person]:
        """All but Ann."""
        return self.people[1:]

    def phase(self, name: str) -> None:
        """Let the trainer move all tables on."""
        reply = self.trainer.post(f"/w/{self.room.code}/steps/{self.room.step}/phase", data={"phase": name})
        assert reply.status_code == 200, reply.text

    def discard(self) -> None:
        """Agree on the discard without a word."""
        self.phase("discard")
        taken(self.others[0].move("nominate_discard", statement="s3", reason="It is about us."))
        for person in self.people:
            taken(person.move("answer_check", value=4))

    def check(self) -> None:
        """Fill the top places and put them to the check."""
        self.discard()
        self.phase("top")
        for place, one in enumerate(FIVE, 1):
            taken(self.others[0].move("place_top", statement=one, position=place))
        self.phase("check")


def taken(reply: httpx.Response) -> None:
    """Insist that a move was taken."""
    assert reply.status_code == 200, reply.text


@pytest.fixture
def three(room: Room, ann: Person) -> Table:
    """A table of three."""
    return Table(room, ann, 2)


@pytest.fixture
def five(room: Room, ann: Person) -> Table:
    """A table of five."""
    return Table(room, ann, 4)


def test_no_push_takes_away_what_somebody_is_writing(phone: Device, three: Table, ann: Person) -> None:
    three.phase("discard")
    ben, cat = three.others
    page = three.room.seat(phone(), ann)
    taken(ben.move("nominate_discard", statement="s3", reason="It is about us."))
    page.get_by_test_id("check-2").check()
    page.locator("#check-note").fill("It matters for schools")
    page.get_by_test_id("propose").locator("summary").click()
    page.get_by_test_id("propose-statement").select_option("s5")
    page.get_by_test_id("propose-reason").fill("It follows from")
    taken(ben.move("answer_check", value=4))
    expect(page.get_by_test_id("progress")).to_have_text("1 of 3 has answered")
    taken(cat.move("nominate_discard", statement="s7", reason="Too narrow."))
    expect(page.get_by_test_id("queue")).to_contain_text("Too narrow.")
    taken(ann.move("answer_check", value=1, note="From my other phone"))
    expect(page.get_by_test_id("check-1")).to_be_checked()
    expect(page.locator("#check-note")).to_have_value("It matters for schools")
    expect(page.get_by_test_id("propose-statement")).to_have_value("s5")
    expect(page.get_by_test_id("propose-reason")).to_have_value("It follows from")
    page.get_by_test_id("send").click()
    is_saved(page)
    taken(cat.move("answer_check", value=4))
    expect(page.get_by_test_id("histogram")).to_contain_text("Not everybody yet")
    expect(page.get_by_test_id("histogram")).to_contain_text("“It matters for schools”")
    expect(page.get_by_test_id("histogram")).not_to_contain_text("From my other phone")
    expect(page.get_by_test_id("proposal")).to_contain_text("Too narrow.")
    expect(page.locator("#check-note")).to_have_value("")
    expect(page.get_by_test_id("propose-reason")).to_have_value("It follows from")


def test_two_devices_of_a_seat_show_the_same_answer(phone: Device, five: Table, ann: Person) -> None:
    five.check()
    one, other = five.room.seat(phone(), ann), five.room.seat(phone(), ann)
    one.get_by_test_id("check-2").check()
    one.locator("#check-note").fill("Room to try new ideas")
    one.locator("#check-about").select_option("s2")
    one.get_by_test_id("send").click()
    is_saved(one)
    for page in (one, other):
        expect(page.get_by_test_id("send")).to_have_text("Change my answer")
        expect(page.get_by_test_id("check-2")).to_be_checked()
        expect(page.locator("#check-note")).to_have_value("Room to try new ideas")
        expect(page.locator("#check-about")).to_have_value("s2")
    other.get_by_test_id("check-4").check()
    other.locator("#check-note").fill("")
    other.get_by_test_id("send").click()
    for page in (one, other):
        expect(page.get_by_test_id("check-4")).to_be_checked()
        expect(page.locator("#check-note")).to_be_hidden()
        shows_the_truth(page, "an answer was changed")
    for person in five.others:
        taken(person.move("answer_check", value=3))
    for page in (one, other):
        expect(page.get_by_test_id("histogram")).to_contain_text("Everybody can stand behind it")
        shows_the_truth(page, "the check has closed")
    other.get_by_test_id("on").click()
    for page in (one, other):
        expect(page.get_by_test_id("result")).to_contain_text("Agreed by all 5 of you")
        shows_the_truth(page, "the result is locked")


def test_a_check_is_answered_by_keyboard_alone(laptop: Device, five: Table, ann: Person) -> None:
    five.check()
    page = five.room.seat(laptop(), ann)
    page.locator("#again-list summary").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_test_id("check-5")).to_be_checked()
    expect(page.locator("#check-note")).to_be_hidden()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_test_id("check-1")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("#check-about")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Less friction first")
    tab_to(page, "send")
    page.keyboard.press("Enter")
    is_saved(page)
    expect(page.get_by_test_id("send")).to_be_focused()
    held = five.room.answer(ann.seat_id)["check"]
    assert (held["value"], held["note"]) == (1, "Less friction first")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until a control has the focus."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.dataset.testid") == name:
            return
    raise AssertionError(f"Tab does not come to {name}")


def test_from_the_discard_to_the_result_there_is_no_barrier(
    small_phone: Device, five: Table, ann: Person, axe: Axe
) -> None:
    five.phase("discard")
    page = five.room.seat(small_phone(), ann)
    page.get_by_test_id("propose").locator("summary").click()
    looked_at = {"nominations": barriers(page, axe)}
    ben = five.others[0]
    for statement, words in (("s5", "Good changes"), ("s3", "Our setting")):
        taken(ben.move("nominate_discard", statement=statement, reason="Nice to have."))
        expect(page.locator("#proposal-h")).to_contain_text(words)
        page.get_by_test_id("check-2").check()
        looked_at[f"the proposal of {statement}"] = barriers(page, axe)
        page.get_by_test_id("send").click()
        is_saved(page)
        for person in five.others:
            taken(person.move("answer_check", value=4))
    page.get_by_test_id("ending-with_reservations").check()
    looked_at["endings of the discard"] = barriers(page, axe)
    page.get_by_test_id("choose-ending").click()
    expect(page.get_by_test_id("discarded")).to_contain_text("with reservations")
    page.get_by_test_id("on").click()
    page.wait_for_selector("#board")
    five.phase("top")
    for place, one in enumerate(FIVE, 1):
        taken(ben.move("place_top", statement=one, position=place))
    five.phase("check")
    page.wait_for_selector("#check")
    for round_ in (1, 2):
        page.get_by_test_id("check-0").check()
        page.locator("#check-note").fill("People’s own wellbeing is missing.")
        looked_at[f"check {round_}"] = barriers(page, axe)
        page.get_by_test_id("send").click()
        is_saved(page)
        for person in five.others:
            taken(person.move("answer_check", value=5))
        expect(page.get_by_test_id("histogram")).to_contain_text("Not everybody yet")
        looked_at[f"after check {round_}"] = barriers(page, axe)
        if round_ == 1:
            page.get_by_test_id("check-again").click()
            page.wait_for_selector("#check")
            expect(page.locator("#check-note")).to_have_value("")
    page.get_by_test_id("ending-not_agreed").check()
    page.locator("#ending-note").fill("One of us holds that wellbeing belongs here.")
    looked_at["endings"] = barriers(page, axe)
    page.get_by_test_id("choose-ending").click()
    expect(page.get_by_test_id("on")).to_contain_text("Lock our five")
    looked_at["ended"] = barriers(page, axe)
    page.get_by_test_id("on").click()
    expect(page.get_by_test_id("result")).to_contain_text("One of us holds that wellbeing belongs here.")
    looked_at["locked"] = barriers(page, axe)
    assert looked_at == {name: [] for name in looked_at}


def barriers(page: Page, axe: Axe) -> list[str]:
    """List what stands in somebody's way: what axe finds, and what is wider than the phone."""
    wide = page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    return axe(page) + (["wider than the screen"] if wide else [])


def test_a_latecomer_orders_a_list_of_its_own_and_counts_in_the_check(phone: Device, three: Table) -> None:
    three.phase("discard")
    late = three.room.person("Late", "none", 1)
    page = three.room.seat(phone(), late)
    own = page.get_by_test_id("own-list")
    first = own.locator("[data-order] > li").first.get_attribute("data-id")
    page.get_by_test_id(f"own-down-{first}").click()
    page.wait_for_function(
        "id => document.querySelector('#own-list [data-order]').children[1].dataset.id === id", arg=first
    )
    page.get_by_test_id("own-done").click()
    expect(page.get_by_test_id("own-done")).to_have_attribute("aria-pressed", "true")
    assert three.room.ballot(late.seat_id)["order"][1] == first
    taken(three.others[0].move("nominate_discard", statement="s3", reason="It is about us."))
    for person in three.people:
        taken(person.move("answer_check", value=4))
    expect(page.get_by_test_id("progress")).to_have_text("3 of 4 have answered")
    page.get_by_test_id("check-3").check()
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("discarded")).to_contain_text("It is about us.")
    shows_the_truth(page, "a latecomer answered")
