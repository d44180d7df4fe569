"""How a table comes to each move: the acts that lead there, the move itself last; a move without its way fails.

A new move adds a line here, by its kind and name. Statements and the like are those of the kind's `examples.json`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# Everybody sits at table 1, numbered from 1.
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

WAYS: Mapping[str, Mapping[str, Way]] = {
    "ranking": {
        "flag": (*READ, seat(1, "flag", statement="s2")),
        "put_ballot": (*RANKED, seat(1, "put_ballot", discard="s3", order=["s4", "s2", "s1"])),
        "done": (*RANKED, seat(1, "done", done=True)),
        "clarify": (*READ, trainer("clarify", statement="s2", text="Work that is held up.")),
    },
}
