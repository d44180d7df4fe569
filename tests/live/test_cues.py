"""The desk's cues: when they are due, what they are told of, and that time alone brings them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.errors import Phrase
from app.live.cues import TableCue, stamp, together
from tests.cast import Cast
from tests.live.acting import AS_PAGE, move, phase
from tests.live.test_screens import desk

CUE = TableCue((1,), "split", Phrase("split in two"), Phrase("By {n}.", {"n": 2}), "And now?", "", "")


def cues(cast: Cast) -> str:
    """Read the desk's cues."""
    return desk(cast).partition('<section id="cues"')[2].partition("</section>")[0]


def due(cast: Cast, seconds: float) -> str:
    """Write the moment so many seconds from now, as a cue's."""
    return f'data-after="{stamp(cast.concord.clock() + timedelta(seconds=seconds))}" hidden'


def test_what_is_the_same_at_several_tables_is_told_once() -> None:
    other = replace(CUE, tables=(2,), evidence=Phrase("By {n}.", {"n": 3}))
    found = together([CUE, other, replace(CUE, tables=(4,))])
    assert [(cue.tables, cue.evidence.values) for cue in found.cues] == [((1, 4), {"n": 2}), ((2,), {"n": 3})]
    assert (found.tables, found.now) == (3, 3)


def test_tables_and_not_cues_are_counted() -> None:
    later = replace(CUE, name="longer", due=stamp(datetime(2026, 1, 1, tzinfo=UTC)))
    found = together([CUE, replace(CUE, name="level"), later, replace(later, tables=(2,))])
    assert (found.tables, found.now) == (2, 1)


def test_before_the_first_activity_there_are_no_cues(cast_on_sqlite: Cast) -> None:
    assert cues(cast_on_sqlite) == ""


def test_a_table_that_takes_longer_than_planned_is_told_by_time_alone(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "read")
    shown = cues(cast)
    # three minutes, and almost a third of that again
    assert due(cast, 180 * 1.3) in shown
    assert "Tables 1, 2: longer than planned on “Read”" in shown
    assert "3 minutes were meant for it." in shown
    assert '<span data-count="0">Nothing to look at</span>' in shown
    assert '<span data-count="2" hidden>Two tables to look at</span>' in shown
    assert f'class="chip chip--wait" id="longer-1" {due(cast, 180 * 1.3)}' in desk(cast)


def test_time_that_the_trainer_adds_is_planned(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "read")
    address = f"/w/{cast.code}/steps/{cast.step()}/time"
    cast.trainer.post(address, data={"seconds": "180", "table": "1"}, headers=AS_PAGE)
    shown = cues(cast)
    assert due(cast, 360 * 1.3) in shown
    assert due(cast, 180 * 1.3) in shown


def test_a_table_that_is_done_before_others_is_told_and_takes_no_longer(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    move(cast, cast.cat, "put_ballot", order=["s1", "s2", "s3", "s4"], discard="s5")
    move(cast, cast.cat, "done", done=True)
    shown = cues(cast)
    assert "Table 2: everybody is done" in shown
    assert "2 people elsewhere are not." in shown
    assert "Table 1: longer than planned" in shown
    assert "Table 2: longer" not in shown
    assert 'id="longer-2"' not in desk(cast)
    for person in (cast.ann, cast.ben):
        move(cast, person, "put_ballot", order=["s1", "s2", "s3", "s4"], discard="s5")
        move(cast, person, "done", done=True)
    assert "everybody is done" not in cues(cast)


def test_at_the_end_and_at_a_table_without_people_nothing_takes_longer(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    phase(cast, "locked", table=1)
    assert "Table 1" not in cues(cast)


@pytest.mark.parametrize("secret", ["Ann", "Ben", "Cat", "Health", "Police"])
def test_cues_name_nobody_and_no_agency(cast_on_sqlite: Cast, secret: str) -> None:
    cast = cast_on_sqlite
    for name in ("read", "solo", "discard", "rank", "compare", "top", "check"):
        phase(cast, name)
        for number in range(12):
            move(cast, cast.ann, "place", statement="s1", position=1 + number % 2)
        assert secret not in cues(cast)
