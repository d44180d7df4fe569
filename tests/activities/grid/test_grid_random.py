"""Whatever people do at a table: nothing unfrozen on the board, no jots across columns, no seat that only marks."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.activities.base import Given
from app.activities.grid import activity
from app.activities.grid.shapes import Board
from app.errors import Refusal
from tests.activities.grid.playing import PATH, SETUP, GridTable

AGENCIES: tuple[str | None, ...] = ("education", "education", "health", None, "housing")
SEATS = st.integers(1, len(AGENCIES))
ROWS, COLUMNS = st.sampled_from([*SETUP.row_ids, "r9"]), st.sampled_from([*SETUP.column_ids, "army"])
FIELDS: dict[str, dict[str, Any]] = {
    "jot": {"row": ROWS},
    "drop_jot": {"id": st.sampled_from(["j1", "j2", "j9"])},
    "speak_for": {"column": st.sampled_from(["", *SETUP.column_ids])},
    "done": {"done": st.booleans()},
    "agree_cell": {"row": ROWS, "agreed": st.booleans()},
    "mark": {"row": ROWS, "column": COLUMNS, "mark": st.sampled_from(["", "shared", "question", "tension"])},
    "reply": {"row": ROWS, "column": COLUMNS},
    "guess": {"row": ROWS, "column": COLUMNS},
    "draw_on": {"row": ROWS, "column": COLUMNS, "drawn": st.booleans()},
    "open_check": {"row": st.sampled_from(["", *SETUP.row_ids])},
    "answer_check": {"value": st.sampled_from([0, 2, 3, 5])},
    "lock_row": {"row": ROWS},
    "choose_ending": {
        "row": st.sampled_from(["", *SETUP.row_ids]),
        "ending": st.sampled_from(["with_reservations", "all_but_one", "not_agreed"]),
        "open_row": st.sampled_from(["", *SETUP.row_ids]),
    },
    "reopen_row": {"row": ROWS},
    "close_check": {},
    "show_row": {"row": ROWS},
}
WORDY = {"jot": "text", "reply": "text", "guess": "text"}


class Played:
    """A table at which every word that is said is one of its own kind, so that it can be found again."""

    def __init__(self) -> None:
        self.table = GridTable(agencies=AGENCIES)
        self.said = 0
        self.in_texts: dict[str, str] = {}

    def word(self, sort: str) -> str:
        """Make a word that nobody has said yet."""
        self.said += 1
        return f"{sort}{self.said}x"

    def start(self, phase: str) -> None:
        """Let some jot and write first, so that there is something to mark, and go on to a phase."""
        self.table.make(1, "jot", row="r1", text=self.word("jot"))
        self.table.make(4, "speak_for", column="police")
        self.table.to("caucus")
        for seat, name in ((1, "cell-r1-education"), (3, "cell-r1-health"), (3, "cell-r2-health")):
            self.table.write(seat, name, self.word("text"))
        self.table.to(phase)

    def step(self, data: st.DataObject) -> None:
        """Write, move, go on, go back, or let somebody go away, at random."""
        kind = data.draw(st.sampled_from(["move"] * 6 + ["write"] * 3 + ["on", "on", "back", "away"]))
        if kind == "write":
            self.write(data)
        elif kind == "move":
            self.move(data)
        elif kind == "away":
            self.table.away ^= {data.draw(SEATS)}
            self.table.settle()
        else:
            at = PATH.index(self.table.phase)
            if kind == "on":
                self.table.to(PATH[min(at + 1, len(PATH) - 1)])
            else:
                self.table.reopen(data.draw(st.sampled_from(PATH[: at + 1])))

    def write(self, data: st.DataObject) -> None:
        """Write in a text that a seat may write in."""
        seat = data.draw(SEATS)
        row, column = data.draw(st.sampled_from(SETUP.row_ids)), data.draw(st.sampled_from(SETUP.column_ids))
        for name in (f"cell-{row}-{column}", f"joint-{row}"):
            if self.table.right(seat, name).may == "write":
                # Who may write never meets a closed text.
                assert name not in self.table.texts.frozen
                self.table.write(seat, name, self.word("text"))

    def move(self, data: st.DataObject) -> None:
        """Make a move that the phase has; a refusal is fine, and changes nothing."""
        here = sorted(one.name for one in activity.moves if self.table.phase in one.phases and one.name in FIELDS)
        if not here:
            return
        name = data.draw(st.sampled_from(here))
        fields = {key: data.draw(value) for key, value in FIELDS[name].items()}
        if name in WORDY:
            fields[WORDY[name]] = self.word(name)
        found = activity.move(name)
        assert found is not None
        seat = None if found.by == "trainer" else data.draw(SEATS)
        before, frozen, done = self.table.board, set(self.table.texts.frozen), len(self.table.texts.done)
        try:
            self.table.make(seat, name, **fields)
        except Refusal:
            assert self.table.board == before
            # What was frozen on the way is undone with the change that was refused.
            self.table.texts.frozen = frozen
            del self.table.texts.done[done:]


def seats_on(board: Board) -> set[int]:
    """Find all seats that a board names."""
    found = set(board.speakers)
    for in_rows in (board.asked, board.guesses):
        for in_row in in_rows.values():
            found |= {one.seat for here in in_row.values() for one in here if one.seat}
    return found | {one.seat for in_row in board.replies.values() for one in in_row.values() if one.seat}


def may_be_named(table: GridTable) -> set[int]:
    """Find the seats that ask, or have chosen whose view they write."""
    asks = {
        seat
        for seat, answer in table.answers.items()
        for in_row in answer.marks.values()
        for one in in_row.values()
        if one.mark == "question"
    }
    return asks | {seat for seat, answer in table.answers.items() if answer.column}


def nothing_unfrozen_is_on_the_board(table: GridTable) -> None:
    told = table.board.model_dump_json()
    for name, words in table.texts.words.items():
        assert words not in told or words in table.texts.kept.get(name, ())
    if table.phase in ("jot", "caucus"):
        assert table.board.cells == {}
        assert not any(words in told for name, words in table.texts.words.items() if name.startswith("cell-"))


def jots_stay_in_their_column(table: GridTable) -> None:
    for phase, kept in table.kept.items():
        made = activity.reveal(SETUP, phase, kept, ())
        for one in table.given():
            others = {
                jot.text
                for other in kept
                if column(other) != column(one)
                for there in other.answer.jots.values()
                for jot in there
            }
            seen = repr(activity.narrow(SETUP, phase, made, one))
            assert not any(text in seen for text in others)
        desk = repr(activity.narrow(SETUP, phase, made, None))
        assert "jot" not in desk.replace("JotsAt", "").replace("Jots", "")


def column(one: Given) -> str | None:
    """Work out a seat's column by hand: its agency's, else the one it has chosen."""
    chosen: str | None = one.answer.column
    return one.agency if one.agency in SETUP.column_ids else chosen


@settings(max_examples=60)
@given(st.data())
def test_nothing_leaks_whatever_people_do(data: st.DataObject) -> None:
    played = Played()
    first = data.draw(st.sampled_from(["jot", "reveal", "joint"]))
    if first != "jot":
        played.start(first)
    named = may_be_named(played.table)
    for _ in range(data.draw(st.integers(1, 40))):
        said = played.table.board.replies, played.table.board.guesses
        played.step(data)
        table = played.table
        nothing_unfrozen_is_on_the_board(table)
        jots_stay_in_their_column(table)
        spoken = {
            one.seat
            for in_rows in (*said, table.board.replies, table.board.guesses)
            for in_row in in_rows.values()
            for here in in_row.values()
            for one in (here if isinstance(here, tuple) else (here,))
            if one.seat
        }
        named |= may_be_named(table) | spoken
        assert seats_on(table.board) <= named
        kept = activity.record(table.scene())
        assert activity.Record.model_validate_json(kept.model_dump_json()) == kept
        assert not any(f"jot{number}x" in table.board.model_dump_json() for number in range(played.said + 1))
