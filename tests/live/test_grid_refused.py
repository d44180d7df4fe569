"""What a grid does not take: too long, unknown, not theirs, too late; each said in a sentence, and nothing changed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.cast import GRID, Cast, assemble
from tests.live.acting import move, phase
from tests.live.pads import pad, write
from tests.live.test_grid import board, closed_with, open_text
from tests.rights.stage import PRESENCE, all_rows
from tests.running import Concord

SENTENCE = re.compile(r'hx-target="#notice".*?>([^<>]{12,})<', re.S)
FAR = 10**8


@pytest.fixture
def at_joint(concord_on_sqlite: Concord) -> Cast:
    """Table 1 with cells, a question, and a joint statement that was begun; the rules are alike on both databases."""
    cast = assemble(concord_on_sqlite, kind="grid", setup=GRID)
    phase(cast, "caucus")
    write(cast, cast.ann, "cell-r1-health", "Seeing families")
    write(cast, cast.ben, "cell-r1-police", "Being called early")
    phase(cast, "reveal")
    assert move(cast, cast.ben, "mark", row="r1", column="health", mark="question", text="Who pays?").status_code == 200
    phase(cast, "joint")
    write(cast, cast.ann, "joint-r1", "one plan.")
    return cast


@contextmanager
def unchanged(cast: Cast) -> Iterator[None]:
    """Insist that nothing that is stored changes but who is here."""
    before = cast.read(all_rows)
    yield
    after = cast.read(all_rows)
    assert [name for name in before if name not in PRESENCE and before[name] != after[name]] == []


def told(reply: Response) -> str:
    """Read the sentence of a refusal."""
    found = SENTENCE.search(reply.text)
    assert found is not None, reply.text[-300:]
    return found[1].strip()


def refused(cast: Cast, device: TestClient, status: int, name: str, **fields: Any) -> str:
    """Insist that a move is refused and changes nothing; gives its sentence."""
    with unchanged(cast):
        reply = move(cast, device, name, **fields)
    assert reply.status_code == status, (name, fields, reply.status_code, reply.text[-300:])
    return told(reply)


TOO_LONG: dict[str, dict[str, Any]] = {
    "reply": {"row": "r1", "column": "health", "text": "x" * 281},
    "guess": {"row": "r1", "column": "education", "text": "x" * 281},
    "answer_check": {"value": 3, "note": "x" * 281},
    "choose_ending": {"row": "r1", "ending": "not_agreed", "other": "x" * 1001},
    "draw_on": {"row": "r" * 41, "column": "health"},
    "lock_row": {"row": "r" * 41},
}
UNKNOWN: dict[str, dict[str, Any]] = {
    "draw_on": {"row": "r9", "column": "health"},
    "guess": {"row": "r1", "column": "army", "text": "More boots."},
    "reply": {"row": "r9", "column": "health", "text": "The trust."},
    "open_check": {"row": "r9"},
    "lock_row": {"row": "r9"},
    "reopen_row": {"row": "r9"},
    "choose_ending": {"row": "r9", "ending": "with_reservations"},
}


@pytest.mark.parametrize("name", TOO_LONG)
def test_what_is_too_long_is_refused_whole(at_joint: Cast, name: str) -> None:
    refused(at_joint, at_joint.ann, 422, name, **TOO_LONG[name])


@pytest.mark.parametrize("name", UNKNOWN)
def test_rows_and_columns_that_are_not_there_are_named(at_joint: Cast, name: str) -> None:
    fields = UNKNOWN[name]
    unknown = "army" if fields.get("column") == "army" else "r9"
    assert unknown in refused(at_joint, at_joint.ann, 422, name, **fields)


def test_a_jot_that_is_too_long_or_one_too_many_says_both_numbers(at_joint: Cast) -> None:
    phase(at_joint, "jot")
    sentence = refused(at_joint, at_joint.ann, 422, "jot", row="r1", text="x" * 141)
    assert ("141" in sentence, "140" in sentence) == (True, True)
    refused(at_joint, at_joint.ann, 422, "jot", row="r1", text=" \n ")
    refused(at_joint, at_joint.ann, 422, "jot", row="r1", text="x" * 4001)
    refused(at_joint, at_joint.ann, 422, "jot", row="r9", text="Nowhere")
    for turn in range(3):
        assert move(at_joint, at_joint.ann, "jot", row="r1", text=f"Jot {turn}").status_code == 200
    assert "3" in refused(at_joint, at_joint.ann, 422, "jot", row="r1", text="One more")
    refused(at_joint, at_joint.ben, 409, "drop_jot", id="j1")


STALE: dict[str, dict[str, Any]] = {
    "open_check": {"row": "r1"},
    "close_check": {"table": 1},
    "lock_row": {"row": "r1"},
    "reopen_row": {"row": "r1"},
}


def test_a_board_that_has_changed_refuses_what_was_meant_for_the_one_before_with_the_fresh_page(at_joint: Cast) -> None:
    seen = at_joint.workshop().version
    assert move(at_joint, at_joint.ben, "draw_on", row="r1", column="health").status_code == 200
    for name, fields in STALE.items():
        device = at_joint.trainer if name == "close_check" else at_joint.ann
        with unchanged(at_joint):
            reply = move(at_joint, device, name, at=seen, **fields)
        assert (reply.status_code, 'id="live"' in reply.text, bool(told(reply))) == (409, True, True), name
    # What adds stands beside it, and the words that were being written are all there.
    assert move(at_joint, at_joint.ann, "draw_on", at=seen, row="r1", column="police").status_code == 200
    assert board(at_joint)["joints"]["r1"]["draws"] == ["health", "police"]
    assert write(at_joint, at_joint.ann, "joint-r1", " For all.") == "Together we mean one plan. For all."


def test_a_check_of_another_table_is_not_answered_closed_or_locked_from_here(at_joint: Cast) -> None:
    assert move(at_joint, at_joint.ann, "open_check", row="r1").status_code == 200
    refused(at_joint, at_joint.cat, 409, "answer_check", row="r1", value=0, note="Never.")
    refused(at_joint, at_joint.cat, 409, "lock_row", row="r1")
    refused(at_joint, at_joint.cat, 409, "reopen_row", row="r1")
    refused(at_joint, at_joint.cat, 409, "reply", row="r1", column="health", text="Not ours.")
    assert move(at_joint, at_joint.cat, "draw_on", row="r1", column="health").status_code == 422
    assert board(at_joint)["checks"][0]["outcome"] is None
    refused(at_joint, at_joint.ann, 403, "close_check", table=1)
    refused(at_joint, at_joint.trainer, 409, "close_check", table=2)


def test_a_check_is_on_one_sentence_at_a_time_and_an_answer_on_the_one_that_was_seen(at_joint: Cast) -> None:
    assert move(at_joint, at_joint.ann, "open_check", row="r1").status_code == 200
    write(at_joint, at_joint.ann, "joint-r2", "listening.")
    refused(at_joint, at_joint.ben, 409, "open_check", row="r2")
    refused(at_joint, at_joint.ben, 409, "answer_check", row="r2", value=4)
    refused(at_joint, at_joint.ben, 409, "answer_check", row="r1", value=4, check=7)
    refused(at_joint, at_joint.ben, 409, "lock_row", row="r1")
    refused(at_joint, at_joint.ben, 409, "choose_ending", row="r1", ending="with_reservations")
    refused(at_joint, at_joint.ben, 422, "choose_ending", row="r1", ending="all_but_one", open_row="r2")


MOVES: dict[str, dict[str, Any]] = {
    "jot": {"row": "r1", "text": "Late"},
    "mark": {"row": "r1", "column": "health", "mark": "shared"},
    "reply": {"row": "r1", "column": "health", "text": "The trust."},
    "open_check": {"row": "r1"},
    "draw_on": {"row": "r1", "column": "health"},
}


def test_a_closed_workshop_takes_no_move_and_no_word(at_joint: Cast) -> None:
    seats = (at_joint.ann, at_joint.ben)
    with pad(at_joint, at_joint.ann, "joint-r1") as page:
        assert at_joint.trainer.post(f"/trainer/w/{at_joint.code}/close").status_code == 303
        page.write(" Too late.")
        # Whichever comes first: the word is refused, or the line has been ended.
        assert page.refused in (["closed"], ["gone"])
    for device in seats:
        for name, fields in MOVES.items():
            with unchanged(at_joint):
                reply = move(at_joint, device, name, at=FAR, **fields)
            assert reply.status_code in (401, 409), (name, reply.status_code)
            assert told(reply)
    with unchanged(at_joint):
        reply = move(at_joint, at_joint.trainer, "hide", at=FAR, table=1, entry="cell-r1-health")
    assert (reply.status_code, bool(told(reply))) == (409, True)
    with closed_with(4401):
        open_text(at_joint, at_joint.ann, "joint-r1")
    assert board(at_joint)["joints"]["r1"]["text"] == "Together we mean one plan."
