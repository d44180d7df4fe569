"""A workshop that many have come to, whose tables stand anywhere on the way of a ranking."""

from typing import Any

from sqlmodel import Session

from app.activities.registry import KINDS
from app.workshops.models import Board
from tests.cast import Cast, assemble
from tests.running import Concord

ORDERS = (("s1", "s2", "s3", "s4"), ("s2", "s1", "s3", "s4"), ("s1", "s3", "s2", "s4"))


def reveal(cast: Cast, phase: str = "compare", board: dict[str, Any] | None = None) -> None:
    """Let everybody have ranked, and the tables be in a phase, all with the same board."""
    step = cast.step()
    seats = [cast.seat(name) for name in cast.seats if name != "Rob"]

    def write(session: Session, version: int) -> None:
        for table in {seat.table_id for seat in seats}:
            answers = [
                {
                    "seat": seat.id,
                    "agency": seat.agency,
                    "answer": {"done": True, "ballot": {"discard": "s5", "order": list(ORDERS[place % 3])}},
                }
                for place, seat in enumerate(seats)
                if seat.table_id == table
            ]
            session.add(
                Board(
                    step_id=step,
                    table_id=table,
                    workshop_id=cast.workshop_id,
                    version=version,
                    phase=phase,
                    since=cast.concord.clock(),
                    content=board or KINDS["ranking"].start_board(None).model_dump(mode="json"),
                    frozen={"solo": {"version": version, "answers": answers}},
                )
            )

    cast.concord.db.change_now(cast.workshop_id, write)


def locked(cast: Cast, **more: Any) -> dict[str, Any]:
    """Make the board of a table that has been through everything; `CANARY` marks what never leaves."""
    ann = cast.seat("Ann").id
    order = ["s2", "s1", "s3", "s4"]
    gone = {"statement": "s5", "reason": "Too vague.", "reason_id": "p1", "check": 1}
    said = [{"id": "c1r1", "about": "s1", "text": "Put it first."}, {"id": "c1r2", "about": "", "text": "CANARY rude"}]
    counts = [0, 1, 0, 0, 4, 0]
    outcome = {"passed": True, "answered": 5, "counts": counts, "reasons": said}
    board = {
        "clarifications": [],
        "proposals": [{"id": "p1", "statement": "s5", "reason": "Too vague.", "seat": ann, "how": "talk"}],
        "discarded": [gone],
        "checks": [{"id": 1, "subject": "top", "rule": "all-at-3", "outcome": outcome}],
        "eithers": [
            {"id": 1, "a": "s1", "b": "s2", "subject": "top"}
            | {"outcome": {"winner": "s2", "answered": 5, "counts": [2, 3], "how": "either"}}
        ],
        "places": order,
        "last": [{"seat": ann, "statement": "s1", "to": 2, "before": [None, "s2", "s3", "s4"]}],
        "moved": {str(ann): 987654},
        "lists": {str(ann): {"discard": None, "order": ["s4", "s3", "s2", "s1"]}},
        "links": [
            {"id": "l1", "a": "s1", "b": "s2", "relation": "alike", "note": "Both are about time.", "seat": ann},
            {"id": "l2", "a": "s1", "b": "s3", "relation": "apart", "note": "CANARY name", "seat": ann},
        ],
        "marks": {"answered": 5, "for_all": ["s1"], "contested": ["s2"], "out": ["s4"]},
        "top": [["s2"], ["s1"]],
        "settled": {"s2": "either"},
        "results": [
            {"number": 1, "top": [["s2"], ["s1"]], "order": order, "discarded": [gone], "ending": "agreed", "checks": 1}
        ],
        "hidden": ["c1r2", "l2"],
    }
    return board | more


def crowd(concord: Concord, **details: object) -> Cast:
    """Bring five to table 1 and two to table 2."""
    cast = assemble(concord, **details)
    for name in ("Dee", "=Eve()", "Fay"):
        cast.join(name, "health", 1)
    cast.join("Gus", "police", 2)
    return cast
