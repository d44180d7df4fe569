"""The desk: cards, what moving on leaves behind, what the trainer does at one table, entries, the message."""

import re
from html import unescape
from typing import Any

import pytest
from httpx2 import Response
from sqlmodel import Session, select

from app.workshops.models import Seat, Step
from tests.cast import Cast, assemble
from tests.live.acting import AS_PAGE, move, phase
from tests.live.test_ranking import board, ok, phase_at, solo, table_of
from tests.live.test_screens import desk

REASON = "because of s5"


def words(html: str) -> str:
    """Read the words of a piece of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def part(cast: Cast, id_: str, tag: str = "section") -> str:
    """Cut a region out of the desk."""
    return desk(cast).partition(f'<{tag} id="{id_}"')[2].partition(f"</{tag}>")[0]


def card(cast: Cast, table: int) -> str:
    """Cut a table's card out of the desk."""
    return desk(cast).partition(f'id="table-{table}"')[2].partition("</li>")[0]


def trainers(cast: Cast, name: str, table: int, **fields: Any) -> Response:
    """Make a trainer's move at a table."""
    return move(cast, cast.trainer, name, table=table, **fields)


def moved_by_tables(cast: Cast) -> None:
    """Let the tables move themselves."""
    which = cast.step()

    def change(session: Session, version: int) -> None:
        step = session.get_one(Step, which)
        step.moved_by = "table"
        session.add(step)

    cast.concord.db.change_now(cast.workshop_id, change)


def everybody_leaves(cast: Cast, table: int) -> None:
    """Let all at a table be away."""

    def change(session: Session, version: int) -> None:
        for seat in session.exec(select(Seat).where(Seat.table_id == table)):
            seat.here = False
            session.add(seat)

    cast.concord.db.change_now(cast.workshop_id, change)


def test_the_big_button_says_what_it_leaves_behind(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    solo(cast, table_of(cast, 3))
    phase(cast, "discard")
    assert "Tables 1, 2 move. Tables 1, 2: the discard is not agreed, so all 5 stay in." in words(part(cast, "next"))
    for name in ("rank", "compare", "top", "check"):
        phase(cast, name)
    assert "Tables 1, 2: it locks without a check." in words(part(cast, "next"))
    phase(cast, "locked", table=1)
    assert "Table 2 moves. Table 1 stays where it is. Table 2: it locks" in words(part(cast, "next"))


def test_a_table_without_people_is_quiet_and_counts_for_nothing(cast_on_sqlite: Cast) -> None:
    cast = assemble(cast_on_sqlite.concord, tables=3)
    assert "0 of 5 seats taken" in words(card(cast, 3))
    assert "all here" not in card(cast, 3)
    phase(cast, "read")
    assert desk(cast).count("table-card--quiet") == 1
    assert "Nobody here" in card(cast, 3)
    assert "not clear" not in card(cast, 3)
    for table in (1, 2):
        phase(cast, "solo", table=table)
    # most tables with people are further than the one that nobody sits at
    assert "Move on: Discard" in words(part(cast, "next"))
    assert "Table 3" not in words(part(cast, "next"))


def test_the_big_button_brings_along_whoever_is_behind_the_others_that_have_locked(cast_on_sqlite: Cast) -> None:
    cast = assemble(cast_on_sqlite.concord, tables=3)
    cast.join("Dee", "police", 3)
    phase(cast, "check")
    assert 'name="seconds"' in part(cast, "next")
    for table in (1, 2):
        phase(cast, "locked", table=table)
    said = words(part(cast, "next"))
    assert "Move on: Locked" in said
    assert "Table 3 moves. Tables 1, 2 stay where they are." in said
    phase(cast, "locked")
    # a phase that takes no time of its own offers no more of it
    assert "This was the last of the agenda." in words(part(cast, "next"))
    assert 'name="seconds"' not in desk(cast)


def test_a_table_that_everybody_has_left_does_not_lead_but_is_brought_along_at_the_end(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "rank")
    everybody_leaves(cast, cast.seat("Cat").table_id)
    phase(cast, "check", table=1)
    # one table each: of two that are at work the earlier one would lead
    assert "Move on: Locked" in words(part(cast, "next"))
    phase(cast, "locked", table=1)
    assert "Move on: Compare" in words(part(cast, "next"))
    assert "Table 2 moves." in words(part(cast, "next"))


def test_where_tables_move_themselves_the_desk_says_so_and_still_can(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "read")
    assert "move themselves on" not in words(part(cast, "next"))
    moved_by_tables(cast)
    assert "The tables move themselves on. You can still move them." in words(part(cast, "next"))
    assert "moves itself on" in words(card(cast, 1))
    assert phase(cast, "solo", table=1).status_code == 200
    assert (phase_at(cast, 1), phase_at(cast, 2)) == ("solo", "read")


def test_before_answers_are_shown_a_card_knows_only_how_many_are_done(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    move(cast, cast.ann, "done", done=True)
    first = re.sub(r'data-version="\d+"|value="\d+"', "", card(cast, 1))
    move(cast, cast.ben, "put_ballot", order=["s1", "s2", "s3", "s4"], discard="s5")
    move(cast, cast.ben, "say_why", reason=REASON)
    assert re.sub(r'data-version="\d+"|value="\d+"', "", card(cast, 1)) == first
    assert REASON not in desk(cast)


def test_the_trainer_closes_a_check_of_which_the_desk_learns_no_count_below_five(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    people = table_of(cast, 3)
    solo(cast, people)
    phase(cast, "discard")
    ok(move(cast, people[0], "nominate_discard", statement="s5", reason="It is not ours."))
    assert 'data-testid="close_check-1"' not in desk(cast)
    ok(move(cast, people[1], "answer_check", value=1, note="No."))
    assert "1 of 3 have answered the check" in words(card(cast, 1))
    # How one answer came out would be that answer.
    assert 'data-testid="close_check-1"' not in desk(cast)
    assert trainers(cast, "close_check", 1).status_code == 409
    ok(move(cast, people[2], "answer_check", value=4))
    assert 'data-testid="close_check-1"' in desk(cast)
    ok(trainers(cast, "close_check", 1))
    shown = words(card(cast, 1))
    assert "1 proposal 1 check that did not pass" in shown
    assert "below" not in shown


def test_two_failed_checks_are_told_and_the_trainer_may_choose_an_ending(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    people = table_of(cast, 3)
    solo(cast, people)
    phase(cast, "discard")
    for statement in ("s5", "s4"):
        ok(trainers(cast, "open_check", 1, subject=statement))
        for person in people:
            ok(move(cast, person, "answer_check", value=2))
    assert "Table 1: two checks did not pass" in words(part(cast, "cues"))
    ok(trainers(cast, "end", 1, ending="not_agreed"))
    assert board(cast).nothing_discarded
    assert "Nothing discarded, by agreement to differ" in words(card(cast, 1))
    assert "two checks" not in words(part(cast, "cues"))
    assert "Ready" in words(card(cast, 1))


def test_one_table_is_opened_again_where_it_had_settled(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    people = table_of(cast, 3)
    solo(cast, people)
    phase(cast, "discard")
    assert ">Discard</button>" not in card(cast, 1)
    ok(move(cast, people[0], "nominate_discard", statement="s5", reason=""))
    for person in people:
        ok(move(cast, person, "answer_check", value=4))
    assert "1 discarded the check passed" in words(card(cast, 1))
    assert 'value="discard">Discard</button>' in card(cast, 1)
    ok(trainers(cast, "reopen", 1, phase="discard"))
    assert board(cast).discarded == ()
    assert "0 proposals" in words(card(cast, 1))


def test_an_entry_that_is_hidden_leaves_the_seats_and_can_come_back(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    people = table_of(cast, 5)
    solo(cast, people)
    assert "entries" not in re.findall(r'<section id="(\w+)"', desk(cast))
    phase(cast, "discard")
    ok(move(cast, people[0], "nominate_discard", statement="s5", reason="It is not ours."))
    shown = part(cast, "entries")
    assert "It is not ours." in shown
    assert "because of s4" in words(shown)
    assert not {"Ann", "Ben", "Health", "Police"} & set(re.findall(r"\w+", words(shown)))
    ok(trainers(cast, "hide", 1, entry="p1", hidden="true"))
    assert "It is not ours." not in cast.ann.get(f"/w/{cast.code}").text
    assert "Show again" in part(cast, "entries")
    ok(trainers(cast, "hide", 1, entry="p1", hidden="false"))
    assert "It is not ours." in cast.ann.get(f"/w/{cast.code}").text


def test_the_message_is_shown_with_a_way_to_take_it_away(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    address = f"/trainer/w/{cast.code}/message"
    assert "Take away" not in part(cast, "message-form")
    cast.trainer.post(address, data={"text": "Tea at <ten>.\nBring cups."}, headers=AS_PAGE)
    form = part(cast, "message-form")
    assert "Tea at &lt;ten&gt;.<br>Bring cups." in form
    assert f'action="{address}"><input type="hidden" name="text" value="">' in form


def test_the_desk_leads_to_the_workshops_other_pages(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    bar = desk(cast).partition('<header id="desk-bar"')[2].partition("</nav>")[0]
    for address in re.findall(r'<a href="([^"]+)"', bar):
        assert cast.trainer.get(address).status_code == 200, address
    assert f'href="/trainer/w/{cast.code}/people"' in bar


@pytest.mark.parametrize("seconds", ["60", "180"])
def test_a_table_and_all_tables_can_be_given_a_minute_or_three(cast_on_sqlite: Cast, seconds: str) -> None:
    cast = cast_on_sqlite
    phase(cast, "read")
    assert f'name="seconds" value="{seconds}"' in part(cast, "next")
    assert f'name="seconds" value="{seconds}"' in card(cast, 2)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_twelve_tables_have_twelve_cards(cast_on_sqlite: Cast, language: str) -> None:
    cast = assemble(cast_on_sqlite.concord, tables=12)
    phase(cast, "read")
    page = cast.trainer.get(f"/trainer/w/{cast.code}", headers={"Accept-Language": language}).text
    assert re.findall(r'data-testid="table-(\d+)"', page) == [str(number) for number in range(1, 13)]
    assert "tables--many" in page
