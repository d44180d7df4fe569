"""The summary's pages: what each reader gets, drawn once for all who read the same."""

import asyncio
from datetime import datetime

import pytest
from sqlmodel import Session

from app.exports import copied, showing
from app.exports.copied import Copy
from tests.cast import Cast, a_workshop
from tests.exports.test_links import make
from tests.live.acting import move, phase
from tests.running import Concord

OWN = "Agreement before the talk"


def revealed(cast: Cast, table: int | None = None) -> None:
    """Let all answer alone, and compare at all tables, or at one."""
    phase(cast, "solo")
    for name, order in (("Ann", "s1 s2 s3 s4"), ("Ben", "s2 s1 s3 s4"), ("Cat", "s4 s3 s2 s1")):
        assert move(cast, cast.seats[name], "put_ballot", discard="s5", order=order.split()).status_code == 200
    assert phase(cast, "compare", table).status_code == 200


def test_trainer_chooses_a_version_and_a_language_by_links(cast: Cast) -> None:
    at = f"/trainer/w/{cast.code}/summary"
    for query, now in (
        ("", "participant"),
        ("?version=commissioner", "commissioner"),
        ("?version=none", "participant"),
    ):
        page = cast.trainer.get(at + query).text
        assert page.count('aria-current="page" data-testid="version-') == 1
        assert f'aria-current="page" data-testid="version-{now}"' in page
        assert f'<input type="hidden" name="version" value="{now}">' in page
        assert "What is left out, and why" in page
    assert '<article class="report" lang="cy"' in cast.trainer.get(f"{at}?language=cy").text


def test_page_says_how_the_workshop_stands(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    at = f"/trainer/w/{cast.code}/summary"
    assert "The workshop is open." in cast.trainer.get(at).text
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    assert "The workshop was closed on 23 November 2026." in cast.trainer.get(at).text


def test_workshop_to_which_nobody_came_has_nothing_to_take_home(concord: Concord) -> None:
    a_workshop(concord)
    device = concord.trainer()
    at = device.get("/trainer").text.split('href="/trainer/w/')[1].split('"')[0]
    page = device.get(f"/trainer/w/{at}/summary")
    assert (page.status_code, "There is nothing to take home yet." in page.text) == (200, True)
    assert 'name="format"' not in page.text
    made = device.post(f"/trainer/w/{at}/summary/links").text.count("There is nothing to take home yet.")
    assert made == 1


def test_seat_reads_its_own_table_and_nobody_else_s_before_the_room_is_together(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    revealed(cast, 1)
    pages = {name: cast.seats[name].get(f"/w/{cast.code}/summary").text for name in ("Ann", "Ben", "Cat")}
    assert {name: OWN in page for name, page in pages.items()} == {"Ann": True, "Ben": True, "Cat": False}
    assert [name for name, page in pages.items() if "Back to your seat" not in page] == []
    assert OWN not in cast.nobody.get(make(cast)).text


def test_page_of_a_closed_workshop_stays_for_a_day(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    revealed(cast)
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    at = f"/w/{cast.code}/summary"
    assert f'href="{at}"' in cast.ann.get(f"/w/{cast.code}").text
    page = cast.ann.get(at)
    assert (page.status_code, "Back to your seat" in page.text) == (200, False)
    cast.concord.clock.forward(hours=25)
    gone = cast.ann.get(at)
    assert (gone.status_code, "ask the trainer for a link" in gone.text) == (401, True)


def test_summary_is_drawn_once_for_all_who_read_the_same_and_anew_after_a_change(
    cast_on_sqlite: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = cast_on_sqlite
    drawn: list[str] = []
    draw = showing.draw

    def count(copy: Copy, wish: showing.Wish, since: datetime) -> showing.Shown:
        drawn.append(wish.language)
        return draw(copy, wish, since)

    monkeypatch.setattr(showing, "draw", count)
    at = f"/w/{cast.code}/summary"
    for name in ("Ann", "Ben", "Ann"):
        assert cast.seats[name].get(at).status_code == 200
    assert drawn == ["en"]
    cast.ann.get(at, headers={"Accept-Language": "cy"})
    assert drawn == ["en", "cy"]
    revealed(cast)
    assert OWN in cast.ann.get(at).text
    assert drawn == ["en", "cy", "en"]


@pytest.mark.anyio
async def test_those_who_come_at_once_wait_for_one_drawing(
    cast_on_sqlite: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, wish = showing.Shelf(), showing.Wish(cast_on_sqlite.workshop_id, "participant", "en", 1)
    reads: list[int] = []
    take = copied.take

    def count(session: Session, workshop_id: int) -> Copy:
        reads.append(workshop_id)
        return take(session, workshop_id)

    monkeypatch.setattr(copied, "take", count)
    shown = await asyncio.gather(*(shelf.take(cast_on_sqlite.concord.state, wish) for _ in range(40)))
    assert {id(one) for one in shown} == {id(shown[0])}
    assert (reads, shelf.making) == ([wish.workshop_id], {})
