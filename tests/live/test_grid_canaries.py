"""Canaries in a grid: a word in every free text is looked for in every byte that others receive, at every moment."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from app.workshops.find import id_of
from app.workshops.models import Answer, Board
from tests.cast import GRID, Cast, assemble
from tests.live.acting import move, phase
from tests.live.grid_canaries import EXPORTS, Bytes, everything, readers
from tests.live.pads import write
from tests.live.test_grid import agree, board, with_wall
from tests.rights.stage import all_rows
from tests.running import Concord

HEALTH = {"Ann", "Dee"}
TABLE = HEALTH | {"Ben", "Nel"}
# To whom may go what a table has shown, or need not.
MAY_BE_TOLD = {"desk", "wall", "versions", *(f"{version} export" for version in EXPORTS)}
WORDS = ("HeronAnn", "OspreyBen", "wagtail", "linnet", "merlin", "Gannettwo")


@pytest.fixture
def grid_cast(concord_on_sqlite: Concord) -> Cast:
    """Everybody with a grid before them: who reads what is the same on both databases."""
    return assemble(concord_on_sqlite, kind="grid", setup=GRID)


@pytest.fixture
def wall(grid_cast: Cast) -> TestClient:
    """A wall, with four people at table 1: two of health, one of the police, one of no agency that has a column."""
    grid_cast.join("Dee", "health", 1)
    grid_cast.join("Nel", "none", 1)
    return with_wall(grid_cast)


def act(cast: Cast, who: str, name: str, **fields: Any) -> None:
    """Make a move, which is taken."""
    device = cast.trainer if who == "trainer" else cast.seats[who]
    reply = move(cast, device, name, **fields)
    assert reply.status_code == 200, reply.text[-300:]


def hide(cast: Cast, *entries: str) -> None:
    """Hide entries of table 1."""
    for entry in entries:
        act(cast, "trainer", "hide", table=1, entry=entry)


def told(found: Bytes, word: str) -> set[str]:
    """Name the seats that read a word; the trainer, the wall and the files may read it or not."""
    return readers(found, word) - MAY_BE_TOLD


def jot_and_write(cast: Cast) -> None:
    """Let two agencies of table 1 and one of table 2 jot in private and write with their own."""
    phase(cast, "jot")
    for name in ("Ann", "Dee", "Ben", "Cat"):
        act(cast, name, "jot", row="r1", text=f"Heron{name} stands")
    phase(cast, "caucus")
    write(cast, cast.ann, "cell-r1-health", "OspreyAnn dives")
    write(cast, cast.ben, "cell-r1-police", "OspreyBen dives")
    write(cast, cast.cat, "cell-r1-health", "OspreyCat dives", table=2)


def test_jots_are_read_by_ones_own_agency_at_ones_table_once_jotting_is_over(grid_cast: Cast, wall: TestClient) -> None:
    phase(grid_cast, "jot")
    for name in ("Ann", "Dee", "Ben", "Cat"):
        act(grid_cast, name, "jot", row="r1", text=f"Heron{name} stands")
    found = everything(grid_cast, wall)
    assert {name: readers(found, f"Heron{name}") for name in ("Ann", "Ben", "Cat")} == {
        "Ann": {"Ann"},
        "Ben": {"Ben"},
        "Cat": {"Cat"},
    }
    for name in ("caucus", "reveal", "locked"):
        phase(grid_cast, name)
        found = everything(grid_cast, wall)
        assert readers(found, "HeronAnn") <= HEALTH
        assert readers(found, "HeronBen") <= {"Ben"}
        assert readers(found, "HeronCat") <= {"Cat"}
        if name == "caucus":
            assert readers(found, "HeronAnn") == readers(found, "HeronDee") == HEALTH


def test_a_cell_is_read_by_nobody_but_its_agency_before_the_reveal_and_by_its_table_after(
    grid_cast: Cast, wall: TestClient
) -> None:
    jot_and_write(grid_cast)
    found = everything(grid_cast, wall, tables=(1, 2, 0))
    before = {"Ann": HEALTH, "Ben": {"Ben"}, "Cat": {"Cat"}}
    assert {name: readers(found, f"Osprey{name}") for name in before} == before
    act(grid_cast, "Ann", "agree_cell", row="r1")
    found = everything(grid_cast, wall, tables=(1, 2, 0))
    assert {name: readers(found, f"Osprey{name}") for name in before} == before
    phase(grid_cast, "reveal", table=1)
    found = everything(grid_cast, wall, tables=(1, 2, 0))
    assert told(found, "OspreyAnn") == told(found, "OspreyBen") == TABLE
    assert readers(found, "OspreyCat") == {"Cat"}
    # Gone back to, a cell is its agency's alone again.
    phase(grid_cast, "caucus", table=1)
    assert {"Ann"} <= told(everything(grid_cast, wall), "OspreyAnn") <= HEALTH


def test_a_hidden_cell_is_read_by_nobody_but_the_trainer_who_may_show_it_again(
    grid_cast: Cast, wall: TestClient
) -> None:
    jot_and_write(grid_cast)
    phase(grid_cast, "reveal")
    hide(grid_cast, "cell-r1-health")
    for name in ("reveal", "joint", "locked"):
        phase(grid_cast, name)
        act(grid_cast, "trainer", "show_row", table=1, row="r1")
        found = everything(grid_cast, wall)
        assert readers(found, "OspreyAnn") <= {"desk"}
        assert told(found, "OspreyBen") == TABLE
    act(grid_cast, "trainer", "hide", table=1, entry="cell-r1-health", hidden=False)
    assert told(everything(grid_cast, wall), "OspreyAnn") == TABLE


def test_questions_replies_and_guesses_are_read_at_their_table_and_nowhere_once_hidden(
    grid_cast: Cast, wall: TestClient
) -> None:
    jot_and_write(grid_cast)
    phase(grid_cast, "reveal")
    act(grid_cast, "Ben", "mark", row="r1", column="health", mark="question", text="Why a wagtail?")
    act(grid_cast, "Nel", "mark", row="r1", column="health", mark="tension", text="Not a bunting.")
    act(grid_cast, "Ben", "guess", row="r1", column="education", text="They want a plover.")
    found = everything(grid_cast, wall)
    assert {"Ben"} <= told(found, "wagtail") <= TABLE
    assert told(found, "plover") == TABLE
    assert readers(found, "bunting") == set()
    phase(grid_cast, "answer")
    act(grid_cast, "Ann", "reply", row="r1", column="health", text="Ask the linnet.")
    for name in ("answer", "joint"):
        phase(grid_cast, name)
        found = everything(grid_cast, wall)
        assert told(found, "linnet") == told(found, "wagtail") == TABLE
    here = board(grid_cast)
    hide(grid_cast, here["asked"]["r1"]["health"][0]["id"], here["guesses"]["r1"]["education"][0]["id"])
    hide(grid_cast, "reply-r1-health")
    for name in ("joint", "reveal", "locked"):
        phase(grid_cast, name)
        found = everything(grid_cast, wall)
        # Who asked sees their own mark as they made it.
        assert readers(found, "wagtail") <= {"desk", "Ben"}
        assert readers(found, "plover") | readers(found, "linnet") <= {"desk"}


def check_twice(cast: Cast) -> Iterator[str]:
    """Let two checks on the first sentence fail, each with a note of Ben's; stops while Ben alone has answered."""
    for turn in ("one", "two"):
        act(cast, "Ann", "open_check", row="r1")
        act(cast, "Ben", "answer_check", row="r1", value=1, note=f"Gannet{turn} says no.")
        yield turn
        agree(cast, "r1", 2, "Ann", "Dee", "Nel")


def test_notes_are_read_by_nobody_until_their_check_is_closed_and_never_with_whose(
    grid_cast: Cast, wall: TestClient
) -> None:
    phase(grid_cast, "joint")
    write(grid_cast, grid_cast.ann, "joint-r1", "the merlin flies.")
    for turn in check_twice(grid_cast):
        found = everything(grid_cast, wall)
        assert readers(found, f"Gannet{turn}") == {"Ben"}
        assert told(found, "merlin") == TABLE
    found = everything(grid_cast, wall)
    assert told(found, "Gannettwo") == TABLE
    reasons = [reason for check in board(grid_cast)["checks"] for reason in check["outcome"]["reasons"]]
    assert [{*reason} for reason in reasons] == [{"id", "about", "text"}] * 2
    hide(grid_cast, *(reason["id"] for reason in reasons))
    assert readers(everything(grid_cast, wall), "Gannet") <= {"desk", "Ben"}


def test_a_row_without_agreement_is_read_at_its_table_and_nowhere_once_hidden(
    grid_cast: Cast, wall: TestClient
) -> None:
    phase(grid_cast, "joint")
    write(grid_cast, grid_cast.ann, "joint-r1", "the merlin flies.")
    for _ in check_twice(grid_cast):
        pass
    said = {"other": "The pipit sings.", "note": "Mind the siskin."}
    act(grid_cast, "Ann", "choose_ending", row="r1", ending="not_agreed", **said)
    words = ("merlin", "pipit", "siskin")
    found = everything(grid_cast, wall, tables=(1, 2))
    for word in words:
        assert told(found, word) == TABLE, word
    hide(grid_cast, "joint-r1", "other-r1", "note-r1")
    for name in ("joint", "check", "locked"):
        phase(grid_cast, name)
        found = everything(grid_cast, wall, tables=(1, 2))
        for word in words:
            assert readers(found, word) <= {"desk"}, (name, word)


def test_an_ending_of_the_whole_grid_is_read_at_its_table_and_nowhere_once_hidden(
    grid_cast: Cast, wall: TestClient
) -> None:
    phase(grid_cast, "joint")
    write(grid_cast, grid_cast.ann, "joint-r1", "the merlin flies.")
    phase(grid_cast, "check")
    for _ in range(2):
        agree(grid_cast, "", 1, "Ann", "Ben", "Dee", "Nel")
        move(grid_cast, grid_cast.ann, "open_check", row="")
    agree(grid_cast, "", 1, "Ann", "Ben", "Dee", "Nel")
    act(grid_cast, "Ben", "choose_ending", ending="with_reservations", note="Keep the curlew.")
    assert told(everything(grid_cast, wall), "curlew") == TABLE
    phase(grid_cast, "locked", table=1)
    assert told(everything(grid_cast, wall), "curlew") == TABLE
    hide(grid_cast, "note")
    assert readers(everything(grid_cast, wall), "curlew") <= {"desk"}


def test_after_closing_a_confidential_workshop_no_seat_stands_beside_words(grid_cast: Cast, wall: TestClient) -> None:
    jot_and_write(grid_cast)
    act(grid_cast, "Nel", "speak_for", column="education")
    phase(grid_cast, "reveal")
    act(grid_cast, "Ben", "mark", row="r1", column="health", mark="question", text="Why a wagtail?")
    phase(grid_cast, "answer")
    act(grid_cast, "Ann", "reply", row="r1", column="health", text="Ask the linnet.")
    phase(grid_cast, "joint")
    write(grid_cast, grid_cast.ann, "joint-r1", "the merlin flies.")
    for _ in check_twice(grid_cast):
        pass
    seats = {id_of(grid_cast.seat(name)) for name in (*TABLE, "Cat")}
    assert seats_in(board(grid_cast)) & seats
    assert grid_cast.trainer.post(f"/trainer/w/{grid_cast.code}/close").status_code == 303
    answers, boards, rows = grid_cast.read(
        lambda session: (list(session.exec(select(Answer))), list(session.exec(select(Board))), all_rows(session))
    )
    assert {word for word in WORDS if word not in repr((rows["answer"], rows["board"], rows["text_version"]))} == set()
    assert not {one.seat_id for one in answers} & seats
    assert not seats_in([one.frozen for one in boards]) & seats
    assert seats_in([one.content for one in boards]) == set()
    assert rows["text_update"] == []


def seats_in(value: Any) -> set[int]:
    """Find all seats that are named in what is kept as JSON: called so, or what something is filed under."""
    if isinstance(value, list):
        return set().union(*map(seats_in, value))
    if not isinstance(value, dict):
        return set()
    called = {value["seat"]} if value.get("seat") is not None else set()
    filed = {int(key) for key in value if key.isdigit()}
    return called | filed | set().union(*map(seats_in, value.values()))
