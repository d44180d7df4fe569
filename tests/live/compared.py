"""What of a workshop is compared with its model, and how a snapshot is changed to see whether that shows."""

from dataclasses import replace
from typing import Any

from app.activities.ranking.shapes import Answer, Board
from app.live import scenes
from app.live.snapshot import BoardRead, Snapshot
from tests.live.model import Asked, Model, Place

OTHER = "Alteredword"


def board_seen(board: Board, wanted: int) -> dict[str, Any]:
    """Write a table's board as it is compared."""
    return {
        "discarded": [(one.statement, one.ending) for one in board.discarded],
        "earlier": [(one.statement, one.ending) for one in board.earlier],
        "nothing": board.nothing_discarded,
        "proposals": [one.statement for one in board.proposals],
        "checks": [
            one.outcome
            and (
                one.outcome.passed,
                one.outcome.answered,
                one.outcome.counts,
                sorted(said.text for said in one.outcome.reasons),
            )
            for one in board.checks
        ],
        "open": (bool(board.check), bool(board.either)),
        "eithers": [
            one.outcome and (one.outcome.winner, one.outcome.answered, one.outcome.counts) for one in board.eithers
        ],
        "places": list(board.places),
        "back": [list(one.before) for one in board.last],
        "links": [(one.a, one.b, one.relation) for one in board.links],
        "lists": {seat: one.order for seat, one in board.lists.items()},
        "marks": board.marks and (board.marks.answered, board.marks.for_all, board.marks.contested, board.marks.out),
        "top": [list(tier) for tier in (*board.top, *((),) * wanted)][:wanted],
        "ending": (board.ending, board.open_place, board.note),
        "results": results_of(board),
        "hidden": set(board.hidden),
        "round": board.round,
    }


def results_of(board: Board) -> list[tuple[Any, ...]]:
    """Write what a table has locked."""
    return [(one.ending, one.top, one.order, one.open_place, one.note, one.checks) for one in board.results]


def model_seen(model: Model, table: Place) -> dict[str, Any]:
    """Write a model's table as it is compared."""

    def out(one: Asked) -> Any:
        return (None, 0, None) if one.away and one.subject != "list" else one.outcome

    return {
        "discarded": table.discarded,
        "earlier": table.earlier,
        "nothing": table.nothing,
        "proposals": [one["statement"] for one in table.proposals],
        "checks": [one.outcome for one in table.checks],
        "open": (bool(table.check), bool(table.either)),
        "eithers": [out(one) for one in table.eithers],
        "places": table.places,
        "back": table.back,
        "links": list(table.links.values()),
        "lists": table.lists,
        "marks": table.marks,
        "top": model.tiers(table),
        "ending": (table.ending, table.open_place, table.note),
        "results": table.results,
        "hidden": table.hidden,
        "round": table.round,
    }


def entries_of(snapshot: Snapshot, table_id: int) -> dict[str, str]:
    """Find what somebody has said at a table, by what it is hidden by."""
    read = snapshot.boards[table_id]
    board: Board = read.content
    found = {one.id: one.reason for one in board.proposals} | {one.id: one.note for one in board.links}
    found |= {said.id: said.text for one in board.checks if one.outcome for said in one.outcome.reasons}
    assert snapshot.step is not None
    mirror = scenes.revealed(snapshot.step, table_id, read).get("solo")
    if mirror is not None:
        said = [*mirror.reasons, *(reason for one in mirror.nominations for reason in one.reasons)]
        found |= {one.id: one.text for one in said}
    return found | {"note": board.note}


def altered(snapshot: Snapshot, but: int | None, turn: int) -> Snapshot:
    """Let everybody but one have said something else: all that is private still, and kept orders too few to show."""
    answers = {
        seat: one if seat == but else replace(one, content=another(one.content, board_of(snapshot, seat)))
        for seat, one in snapshot.answers.items()
    }
    boards = {table: with_others(board, but, turn) for table, board in snapshot.boards.items()}
    if scenes.room(snapshot) is not None:
        boards = dict(snapshot.boards)
    return replace(snapshot, answers=answers, boards=boards)


def board_of(snapshot: Snapshot, seat: int) -> Board | None:
    """Find the board of a seat's table."""
    sits = snapshot.seats.get(seat)
    read = snapshot.boards.get(sits.table_id) if sits else None
    return read.content if read else None


def another(answer: Answer, board: Board | None) -> Answer:
    """Make an answer that says something else, at the same time and on the same questions."""
    new: dict[str, Any] = {"reason": OTHER}
    if answer.ballot is not None:
        order = tuple(reversed(answer.ballot.order))
        new["ballot"] = answer.ballot.model_copy(update={"order": order})
        if answer.ballot.discard:
            swapped = {"discard": order[0], "order": (*order[1:], answer.ballot.discard)}
            new["ballot"] = answer.ballot.model_copy(update=swapped)
    if answer.check is not None:
        new["check"] = answer.check.model_copy(update={"value": 5 - answer.check.value, "note": OTHER})
    if answer.either is not None and board is not None:
        pair = {one for either in board.eithers if either.id == answer.either.either for one in (either.a, either.b)}
        other = min(pair - {answer.either.choice}, default=answer.either.choice)
        new["either"] = answer.either.model_copy(update={"choice": other})
    if answer.marks:
        new["marks"] = (*answer.marks[1:], "s1" if "s1" not in answer.marks else "s5")
    return answer.model_copy(update=new)


def with_others(board: BoardRead, but: int | None, turn: int) -> BoardRead:
    """Let the others of a table of one or two have put another order."""
    kept = board.kept.get("solo")
    if kept is None or sum(1 for one in kept["answers"] if one["answer"].get("ballot")) > 2 or board.content.lists:
        return board
    changed = [
        one
        if one["seat"] == but
        else one | {"answer": another(Answer.model_validate(one["answer"]), None).model_dump(mode="json")}
        for one in kept["answers"]
    ]
    # Reveals are worked out once for a table, phase and version: this one was never there.
    return replace(board, kept={**board.kept, "solo": {"version": -turn, "answers": changed}})
