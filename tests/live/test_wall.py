"""The wall while tables work together: how far each is, and the plenary once every table that has people has locked."""

import re

import pytest
from httpx2 import Response

from tests.cast import Cast, assemble
from tests.live.acting import move, phase
from tests.live.test_screens import wall
from tests.running import Concord

ORDER = ["s1", "s2", "s3", "s4"]


@pytest.fixture
def five(concord_on_sqlite: Concord) -> Cast:
    """Three at table 1 and two at table 2 who have all answered alone."""
    cast = assemble(concord_on_sqlite)
    cast.join("Dee", "police", 1)
    cast.join("Gus", "police", 2)
    ok(phase(cast, "solo"))
    for name in ("Ann", "Ben", "Dee", "Cat", "Gus"):
        ok(move(cast, cast.seats[name], "put_ballot", discard="s5", order=ORDER))
        ok(move(cast, cast.seats[name], "say_why", reason="CANARY why"))
    return cast


def ok(reply: Response) -> None:
    """Insist that a move was taken."""
    assert reply.status_code == 200, reply.text[-600:]


def progress(page: str) -> list[str]:
    """Read what the wall says of each table."""
    edge = re.search(r'<section id="progress".*?</section>', page, flags=re.S)
    assert edge is not None
    lines = re.findall(r"<li.*?</li>", edge[0], flags=re.S)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", line)).strip() for line in lines]


def lock(cast: Cast, table: int, name: str, order: tuple[str, str] = ("s1", "s2")) -> None:
    """Let a table lock its list, unchecked."""
    ok(phase(cast, "top", table=table))
    for place, statement in enumerate(order, 1):
        ok(move(cast, cast.seats[name], "place_top", statement=statement, position=place))
    ok(phase(cast, "locked", table=table))


def test_the_wall_says_how_far_each_table_is(five: Cast) -> None:
    ok(phase(five, "discard"))
    assert progress(wall(five)) == ["Table 1 talking", "Table 2 talking"]
    ok(move(five, five.ann, "nominate_discard", statement="s5", reason="CANARY reason"))
    ok(move(five, five.ben, "answer_check", value=4))
    page = wall(five)
    assert progress(page) == ["Table 1 1 of 3 answered", "Table 2 talking"]
    assert "Which one can we do without?" in page
    for name in ("Ann", "Dee"):
        ok(move(five, five.seats[name], "answer_check", value=5))
    assert progress(wall(five)) == ["Table 1 settled", "Table 2 talking"]
    ok(phase(five, "rank"))
    assert progress(wall(five))[0] == "Table 1 4 of 4 placed"
    assert "CANARY" not in page + wall(five)


def test_the_wall_counts_marks_and_then_places(five: Cast) -> None:
    ok(phase(five, "top"))
    ok(move(five, five.ann, "mark_top", statements=["s1", "s2"]))
    assert progress(wall(five)) == ["Table 1 1 of 3 marked", "Table 2 0 of 2 marked"]
    for name in ("Ben", "Dee"):
        ok(move(five, five.seats[name], "mark_top", statements=["s1", "s2"]))
    assert progress(wall(five))[0] == "Table 1 2 of 2 placed"


def test_a_table_that_has_locked_is_marked_and_shows_nothing_yet(five: Cast) -> None:
    lock(five, 1, "Ann")
    page = wall(five)
    assert progress(page)[0] == "Table 1 locked"
    assert 'class="plenary"' not in page
    assert 'id="plenary"' not in five.ann.get(f"/w/{five.code}").text


def test_the_plenary_begins_when_the_last_table_has_locked(five: Cast) -> None:
    lock(five, 1, "Ann")
    lock(five, 2, "Cat", ("s2", "s3"))
    page = wall(five)
    assert "Where the two tables meet" in page
    assert "In every table’s top 2" in page
    # The two of table 2 could be had by subtraction.
    assert "comes from 3 private answers" in page
    assert page.count('<footer id="wall-foot"') == page.count('<section id="phase"') == 1
    for name in ("Ann", "Cat"):
        assert 'id="plenary"' in five.seats[name].get(f"/w/{five.code}").text
    ok(five.trainer.post(f"/w/{five.code}/steps/{five.step()}/phase", data={"phase": "top", "table": "2"}))
    assert "Where the two tables meet" not in wall(five)


def test_a_table_without_people_keeps_nobody_waiting(concord_on_sqlite: Concord) -> None:
    cast = assemble(concord_on_sqlite)
    cast.trainer.post(f"/trainer/w/{cast.code}/seats/{cast.seat('Cat').id}/remove")
    ok(phase(cast, "solo"))
    for name in ("Ann", "Ben"):
        ok(move(cast, cast.seats[name], "put_ballot", discard="s5", order=ORDER))
    lock(cast, 1, "Ann")
    page = wall(cast)
    assert "What the table agreed" in page
    assert "too few private answers" in page


def test_tables_in_different_phases_each_say_their_own(five: Cast) -> None:
    ok(phase(five, "rank", table=1))
    page = wall(five)
    assert progress(page) == ["Table 1 5 of 5 placed", "Table 2 0 of 2 done"]
    assert page.count('data-testid="progress"') == 1
