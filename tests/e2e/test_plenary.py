"""The plenary on a real wall and real phones: it begins by itself when the last table locks, and it fits."""

import httpx2 as httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.album import Album
from tests.e2e.conftest import Axe, Device
from tests.e2e.fit import misfits
from tests.e2e.hall import Hall, Person, Room

S = [f"s{n}" for n in range(1, 11)]
FIRST = ["s1", "s8", "s2", "s10", "s9", "s4", "s6", "s7", "s5"]
# Each table's five, as they lock them, and the four below.
LISTS = (
    ("s1", "s10", "s8", "s9", "s2", "s4", "s6", "s7", "s5"),
    ("s1", "s10", "s8", "s2", "s4", "s9", "s6", "s7", "s5"),
    ("s10", "s1", "s9", "s8", "s4", "s2", "s6", "s5", "s7"),
    ("s10", "s1", "s6", "s9", "s8", "s2", "s4", "s7", "s5"),
)
OVERLAPS = """
() => {
  const box = one => document.querySelector(one).getBoundingClientRect();
  const { scrollWidth, scrollHeight } = document.documentElement;
  const found = [];
  if (scrollWidth > innerWidth || scrollHeight > innerHeight) found.push(`${scrollWidth} by ${scrollHeight}`);
  const foot = box('#wall-foot').top;
  for (const one of document.querySelectorAll('#wall tr, #wall li, #wall p, #wall svg')) {
    if (one.getBoundingClientRect().bottom > foot) found.push(`${one.localName} under the foot`);
  }
  const rows = [...document.querySelectorAll('#wall tbody tr')].map(one => one.getBoundingClientRect());
  const dots = [...document.querySelectorAll('#wall .plenary__journey circle:not([cx="16"])')];
  dots.forEach((dot, place) => {
    const { top, height } = dot.getBoundingClientRect(), row = rows[place];
    if (row && Math.abs(top + height / 2 - row.top - row.height / 2) > 3) found.push(`dot ${place} beside its row`);
  });
  return found;
}
"""

WIDER = """
() => [...document.querySelectorAll('#wall td, #wall th')]
  .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)
"""


class Tables:
    """Tables of three that have answered alone, and their trainer."""

    def __init__(self, room: Room, tables: int) -> None:
        self.room = room
        self.people = {number: self.seat(number) for number in range(1, tables + 1)}
        self.trainer = httpx.Client(base_url=room.hall.base, follow_redirects=True)
        room.hall.around.callback(self.trainer.close)
        self.trainer.get(room.hall.link())
        self.phase("solo")
        for number, people in self.people.items():
            for place, person in enumerate(people):
                turned = FIRST[: 6 + place] + FIRST[: 5 + place : -1] if number % 2 else FIRST
                person.rank(turned, "s3")

    def seat(self, table: int) -> list[Person]:
        """Seat three at a table."""
        agencies = ("education", "health", "police")
        return [self.room.person(f"Person {table}.{place}", one, table) for place, one in enumerate(agencies)]

    def phase(self, name: str, table: int | None = None) -> None:
        """Let the trainer move all tables on, or one."""
        told = {"phase": name} | ({"table": str(table)} if table else {})
        reply = self.trainer.post(f"/w/{self.room.code}/steps/{self.room.step}/phase", data=told)
        assert reply.status_code == 200, reply.text

    def discard(self) -> None:
        """Agree on the discard at every table."""
        self.phase("discard")
        for people in self.people.values():
            taken(people[0].move("nominate_discard", statement="s3", reason="It is about us."))
            for person in people:
                taken(person.move("answer_check", value=4))

    def lists(self) -> None:
        """Put every table's order on its board and its five on their places, and everybody's answer to the check."""
        self.phase("rank")
        for number, people in self.people.items():
            for place, one in enumerate(LISTS[(number - 1) % 4], 1):
                taken(people[place % 3].move("place", statement=one, position=place))
        self.phase("top")
        for number, people in self.people.items():
            for place, one in enumerate(LISTS[(number - 1) % 4][:5], 1):
                taken(people[0].move("place_top", statement=one, position=place))
        self.phase("check")
        for people in self.people.values():
            for person in people:
                taken(person.move("answer_check", value=5))


def taken(reply: httpx.Response) -> None:
    """Insist that a move was taken."""
    assert reply.status_code == 200, reply.text


def ready(hall: Hall, tables: int) -> Tables:
    """Bring tables to their lists."""
    found = Tables(hall.a_workshop(tables=tables), tables)
    found.discard()
    found.lists()
    return found


@pytest.fixture
def four(hall: Hall) -> Tables:
    """Four tables that only have to lock their lists."""
    return ready(hall, 4)


def test_the_plenary_begins_on_every_screen_when_the_last_table_locks(
    four: Tables, projector: Device, phone: Device, album: Album
) -> None:
    wall = four.room.wall(projector())
    ann = four.room.seat(phone(), four.people[1][0])
    for table in (1, 2, 3):
        four.phase("locked", table)
    expect(wall.get_by_test_id("progress")).to_contain_text("locked")
    expect(ann.get_by_test_id("plenary")).to_have_count(0)
    album.take(wall, "wall-progress")
    four.phase("locked", 4)
    expect(wall.get_by_role("heading", name="Where the four tables meet")).to_be_visible()
    expect(wall.locator("#wall tbody tr")).to_have_count(10)
    expect(wall.locator("#statement-s1 ~ .heat__told")).to_have_text("4 of 4")
    expect(ann.get_by_test_id("plenary")).to_contain_text("only in table 4’s five")
    expect(ann.locator("#plenary li").filter(has_text="your table discarded it")).to_have_count(1)
    assert wall.evaluate(OVERLAPS) == []
    album.take(wall, "wall-plenary")
    album.take(ann, "seat-plenary")


def test_the_plenary_is_without_barriers_and_fits_a_narrow_phone(
    four: Tables, projector: Device, phone: Device, axe: Axe
) -> None:
    four.phase("locked")
    wall = four.room.wall(projector())
    expect(wall.locator(".plenary")).to_be_visible()
    assert axe(wall) == []
    ann = four.room.seat(phone(), four.people[1][0])
    expect(ann.get_by_test_id("plenary")).to_be_visible()
    assert axe(ann) == []
    assert misfits(ann) == []
    ann.get_by_test_id("plenary").locator("summary").click()
    expect(ann.get_by_test_id("plenary")).to_contain_text("Kendall’s tau between each two tables’ orders")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 720}, {"width": 1024, "height": 768}])
def test_the_plenary_fits_any_projector(four: Tables, device: Device, size: dict[str, int]) -> None:
    four.phase("locked")
    wall: Page = four.room.wall(device(viewport=size))
    expect(wall.locator(".plenary")).to_be_visible()
    assert wall.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("tables", [2, 6])
def test_the_plenary_fits_in_welsh(hall: Hall, device: Device, tables: int) -> None:
    many = ready(hall, tables)
    many.phase("locked")
    wall = many.room.wall(device(viewport={"width": 1920, "height": 1080}, locale="cy"))
    expect(wall.get_by_role("heading", name="o fyrddau’n cwrdd")).to_be_visible()
    assert wall.evaluate(OVERLAPS) == []
    assert wall.evaluate(WIDER) == []


def test_one_table_alone_has_its_five_large(hall: Hall, projector: Device, phone: Device, album: Album) -> None:
    alone = ready(hall, 1)
    alone.phase("locked")
    wall = alone.room.wall(projector())
    expect(wall.get_by_role("heading", name="What the table agreed")).to_be_visible()
    expect(wall.locator(".plenary__list > li")).to_have_count(5)
    assert wall.evaluate(OVERLAPS) == []
    album.take(wall, "wall-alone")
    ann = alone.room.seat(phone(), alone.people[1][0])
    expect(ann.get_by_test_id("result")).to_be_visible()
    expect(ann.get_by_test_id("plenary")).to_have_count(0)
