"""Whatever people do at a table: what is agreed is told, and nothing that is hidden or was jotted alone ever is."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.activities.grid import activity, result
from app.activities.grid.shapes import Board
from tests.activities.grid.playing import GridTable
from tests.activities.grid.telling import telling, texts
from tests.activities.grid.test_grid_random import AGENCIES, Played

VERSIONS: tuple[dict[str, Any], ...] = (
    {"version": "trainer"},
    {"version": "commissioner"},
    {"version": "participant"},
    {"version": "participant", "own": 1},
    {"version": "participant", "own": 2},
    {"version": "participant", "first": 0},
)


def agreed(board: Board) -> set[str]:
    """List the words of all sentences that a table stands behind, by hand."""
    return {
        text
        for row, held in board.joints.items()
        if held.ending in ("agreed", "with_reservations") and f"joint-{row}" not in board.hidden
        for text in (held.text,)
        if text
    }


def apart(board: Board) -> set[str]:
    """List both sentences of all rows without agreement."""
    return {
        text
        for row, held in board.joints.items()
        if held.ending == "not_agreed"
        for sort, text in (("joint", held.text), ("other", held.other))
        if text and f"{sort}-{row}" not in board.hidden
    }


def hidden(board: Board) -> set[str]:
    """List the words of all that the trainer hid."""
    said: list[tuple[str, str]] = [(f"joint-{row}", held.text) for row, held in board.joints.items()]
    said += [
        (f"{sort}-{one.row}", getattr(one, name))
        for held in board.results
        for one in held.rows
        for sort, name in (("joint", "text"), ("other", "other"), ("note", "note"))
    ]
    said += [(f"cell-{row}-{column}", text) for row, here in board.cells.items() for column, text in here.items()]
    said += [(f"reply-{row}-{column}", one.text) for row, here in board.replies.items() for column, one in here.items()]
    said += [(one.id, one.text) for one in result.spoken(board)]
    said += [(one.id, one.text) for check in board.checks if check.outcome for one in check.outcome.reasons]
    return {text for name, text in said if name in board.hidden and text}


def end_row(played: Played, row: str, how: str) -> None:
    """Let a table write a sentence together and end it so."""
    table, value = played.table, 4 if how == "agreed" else 1
    table.write(1, f"joint-{row}", f"Sentence {row[1:]} is {played.word('joint')}")
    for _ in range(1 if how == "agreed" else 2):
        table.make(1, "open_check", row=row)
        for seat in range(1, len(AGENCIES) + 1):
            table.make(seat, "answer_check", value=value, row=row, note=played.word("reason") if value < 3 else "")
    if how == "agreed":
        table.make(2, "lock_row", row=row)
        return
    other = played.word("other") if how == "not_agreed" else ""
    table.make(2, "choose_ending", row=row, ending=how, other=other, note=played.word("note"))


def play(played: Played, data: st.DataObject) -> None:
    """Play a table to somewhere: some of its sentences ended, then whatever people do, then to the end or not."""
    first = data.draw(st.sampled_from(["reveal", "joint", "joint"]))
    played.start(first)
    for row in played.table.setup.row_ids if first == "joint" else ():
        how = data.draw(st.sampled_from(["", "agreed", "with_reservations", "not_agreed"]))
        if how:
            end_row(played, row, how)
    for _ in range(data.draw(st.integers(0, 30))):
        played.step(data)
    if played.table.phase != "locked" and data.draw(st.booleans()):
        played.table.to("locked")


@settings(max_examples=60)
@given(st.data())
def test_what_is_agreed_is_told_and_nothing_hidden_or_private_ever(data: st.DataObject) -> None:
    played = Played()
    play(played, data)
    table = played.table
    found = sorted(result.entries(table.board))
    if table.phase not in ("jot", "caucus"):
        for entry in data.draw(st.lists(st.sampled_from(found), max_size=4)):
            table.make(None, "hide", entry=entry)
    other = GridTable(agencies=AGENCIES)
    for more in VERSIONS:
        tables = (table,) if "first" in more else (table, other)
        made = activity.summary(telling(*tables, **more))
        words = [" ".join(texts(one)) for one in (made.blocks, made.sheets)]
        for text in agreed(table.board) | apart(table.board):
            own = text.split()[-1]
            assert [own in there for there in words] == [True, True], (more, text)
        whole = " ".join(texts(made))
        assert not any(f"jot{number}x" in whole for number in range(played.said + 1))
        assert [text for text in hidden(table.board) if text.split()[-1] in whole] == [], more
