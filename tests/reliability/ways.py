"""How a table comes to each move: the acts that lead there, the move itself last; a move without its way fails.

A new move adds a line here, by its kind and name. Statements and the like are those of the kind's `examples.json`,
where `SETUPS` has none for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# Everybody sits at table 1, numbered from 1: of education, of health, and of the police.
SEATS = 3

Held = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a seat does, by its number, or the trainer; a value may be found on the board as it is then."""

    seat: int | None
    sent: Mapping[str, Any]

    def fields(self, board: Held) -> dict[str, Any]:
        """Write what is sent, on a table whose board holds this."""
        return {name: value(board) if callable(value) else value for name, value in self.sent.items()}


Way = tuple[Act, ...]


def seat(number: int, move: str, **fields: Any | Callable[[Held], Any]) -> Act:
    """Let a seat make a move."""
    return Act(number, {"move": move, **fields})


def trainer(move: str, **fields: Any | Callable[[Held], Any]) -> Act:
    """Let the trainer make a move at the table."""
    return Act(None, {"move": move, "table": 1, **fields})


def wrote(number: int, text: str, words: str) -> Act:
    """Let a seat write at the end of a shared text, until that is saved."""
    return Act(number, {"shared": text, "words": words})


def phase(name: str) -> Act:
    """Let the trainer move the table on to a phase; the first one begins the activity."""
    return Act(None, {"phase": name})


READ = (phase("read"),)
SOLO = (*READ, phase("solo"))
RANKED = (
    *SOLO,
    seat(1, "put_ballot", discard="s4", order=["s1", "s2", "s3"]),
    seat(2, "put_ballot", discard="s4", order=["s2", "s1", "s3"]),
    seat(3, "put_ballot", discard="s3", order=["s1", "s4", "s2"]),
)

DISCARD = (*RANKED, phase("discard"))
COMPARE = (*RANKED, phase("compare"))
LINKED = (*COMPARE, seat(1, "link", a="s1", b="s2", relation="alike", note="Both are about results."))
NOMINATED = (*DISCARD, seat(1, "nominate_discard", statement="s4", reason="The others hold it."))
ASKED = (*DISCARD, seat(1, "ask_either", a="s3", b="s4"))
RANK = (*RANKED, phase("rank"))
PLACED = (*RANK, *(seat(1, "place", statement=f"s{place}", position=place) for place in (1, 2, 3)))
TOP = (*PLACED, phase("top"))
MARKED = (*TOP, *(seat(number, "mark_top", statements=["s1", "s2"]) for number in (1, 2, 3)))
REFUSED = tuple(seat(number, "answer_check", value=1) for number in (1, 2, 3))
AMENDED = (*MARKED, phase("check"), *REFUSED, seat(1, "place_top", statement="s2", position=1))
AGAIN = (*AMENDED, seat(1, "check_again"))

# One whose agency has a column beside it, one that has none, and a column that nobody speaks for.
GRID = {
    "rows": [{"id": "r1", "prompt": "Together we mean …"}, {"id": "r2", "prompt": "We begin by …"}],
    "columns": [{"id": name, "label": name.title()} for name in ("education", "health", "housing")],
    "agreed": "Our joint statement",
}
SETUPS: Mapping[str, Mapping[str, Any]] = {"grid": GRID}

JOTTED = (phase("jot"), seat(1, "jot", row="r1", text="One plan"), seat(2, "jot", row="r1", text="One key worker"))
CAUCUS = (*JOTTED, phase("caucus"))
WRITTEN = (*CAUCUS, wrote(1, "cell-r1-education", "One plan for all"), wrote(2, "cell-r1-health", "One key worker"))
AGREED = (*WRITTEN, *(seat(number, "agree_cell", row="r1", agreed=True) for number in (1, 2)))
REVEALED = (*WRITTEN, phase("reveal"))
IN_QUESTION = (*REVEALED, seat(1, "mark", row="r1", column="health", mark="question", text="Who pays?"))
ANSWERING = (*IN_QUESTION, phase("answer"))
TOGETHER = (*ANSWERING, phase("joint"), wrote(1, "joint-r1", "one plan."), wrote(2, "joint-r2", "listening."))
CHECKING = (*TOGETHER, seat(1, "open_check", row="r1"))
PASSED = (*CHECKING, *(seat(number, "answer_check", value=4, row="r1") for number in (1, 2, 3)))
FAILED = (*CHECKING, *REFUSED, wrote(3, "joint-r1", " For all."), seat(2, "open_check", row="r1"), *REFUSED)
LOCKED_ROW = (*PASSED, seat(1, "lock_row", row="r1"))

# What lots will say cannot be foretold, and so not compared.
BY_LOT = {("ranking", "draw_lots")}

WAYS: Mapping[str, Mapping[str, Way]] = {
    "ranking": {
        "flag": (*READ, seat(1, "flag", statement="s2")),
        "put_ballot": (*RANKED, seat(1, "put_ballot", discard="s3", order=["s4", "s2", "s1"])),
        "done": (*RANKED, seat(1, "done", done=True)),
        "say_why": (*RANKED, seat(1, "say_why", reason="The others hold it.")),
        "clarify": (*READ, trainer("clarify", statement="s2", text="Work that is held up.")),
        "show_list": (*COMPARE, seat(1, "show_list", show=True)),
        "place": (*RANK, seat(1, "place", statement="s2", position=1)),
        "undo": (*RANK, seat(1, "place", statement="s2", position=1), seat(2, "undo")),
        "link": LINKED,
        "unlink": (*LINKED, seat(2, "unlink", link=lambda board: board["links"][0]["id"])),
        "nominate_discard": NOMINATED,
        "answer_check": (*NOMINATED, seat(1, "answer_check", value=3)),
        "open_check": (*DISCARD, trainer("open_check", subject="s4")),
        "close_check": (
            *NOMINATED,
            *(seat(number, "answer_check", value=3) for number in (1, 2)),
            trainer("close_check"),
        ),
        "hide": (*NOMINATED, trainer("hide", entry=lambda board: board["proposals"][0]["id"])),
        "ask_either": ASKED,
        "answer_either": (*ASKED, seat(1, "answer_either", choice="s3")),
        "mark_top": (*TOP, seat(1, "mark_top", statements=["s1", "s2"])),
        "place_top": (*MARKED, seat(1, "place_top", statement="s2", position=1)),
        "check_again": AGAIN,
        "choose_ending": (*AGAIN, *REFUSED, seat(1, "choose_ending", ending="not_agreed")),
        "end": (*AGAIN, *REFUSED, trainer("end", ending="not_agreed")),
        "withdraw": (*NOMINATED, seat(1, "withdraw", proposal=lambda board: board["proposals"][0]["id"])),
    },
    "grid": {
        "jot": (*JOTTED, seat(1, "jot", row="r2", text="Fewer meetings")),
        "drop_jot": (*JOTTED, seat(1, "drop_jot", id="j1")),
        "speak_for": (*JOTTED, seat(3, "speak_for", column="housing")),
        "done": (*JOTTED, seat(1, "done", done=True)),
        "agree_cell": (*WRITTEN, seat(1, "agree_cell", row="r1", agreed=True)),
        "mark": IN_QUESTION,
        "reply": (*ANSWERING, seat(2, "reply", row="r1", column="health", text="The trust does.")),
        "guess": (*REVEALED, seat(1, "guess", row="r1", column="housing", text="They would want one number.")),
        "draw_on": (*TOGETHER, seat(1, "draw_on", row="r1", column="health", drawn=True)),
        "open_check": CHECKING,
        "answer_check": (*CHECKING, *REFUSED[:2], seat(3, "answer_check", value=2, note="Too short.", row="r1")),
        "lock_row": LOCKED_ROW,
        "choose_ending": (
            *FAILED,
            seat(1, "choose_ending", row="r1", ending="not_agreed", other="Each as before.", note="Costs are open."),
        ),
        "reopen_row": (*LOCKED_ROW, seat(2, "reopen_row", row="r1")),
        "close_check": (*CHECKING, *REFUSED[:2], trainer("close_check")),
        "hide": (*REVEALED, trainer("hide", entry="cell-r1-health", hidden=True)),
        "show_row": (*REVEALED, trainer("show_row", row="r2")),
    },
}
