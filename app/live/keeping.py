"""What is kept of a table's private answers as their phase closes, and who counts when it closes again.

Law: two reveals of one phase never differ by one or two people who came in between: theirs would be had by subtraction.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from app.activities.base import Activity, Phase
from app.workshops.models import Answer, Board, Seat, Step

# One seat's answer as its phase closed: its seat, its agency, the answer.
Entry = dict[str, Any]


def keep(session: Session, version: int, kind: Activity, board: Board, phase: Phase) -> None:
    """Keep what the table's seats have said as a private phase closes; what was kept before stays as well."""
    kept = dict(board.frozen)
    before: dict[int, Entry] = {}
    if phase.name in kept:
        before = {one["seat"]: one for one in kept[phase.name]["answers"]}
        kept[f"{phase.name}@{kept[phase.name]['version']}"] = kept[phase.name]
    held = kind.Board.model_validate(board.content)
    answers = counted(kind, held, before, said(session, kind, board, phase))
    board.frozen = kept | {phase.name: {"version": version, "answers": answers}}


def counted(kind: Activity, held: Any, before: Mapping[int, Entry], now: Mapping[int, Entry]) -> list[Entry]:
    """Choose whose answers count as a phase closes again.

    Whoever has gone counts with what they said before. One or two who are new stay out where an order was shown.
    """
    told = {seat for seat, one in before.items() if says(kind, one)}
    new = {seat for seat, one in now.items() if says(kind, one)} - told
    out = set() if kind.may_join(held, len(told), len(new)) else new
    whole = {**before, **now}
    return [whole[seat] for seat in sorted(whole) if seat not in out]


def said(session: Session, kind: Activity, board: Board, phase: Phase) -> dict[int, Entry]:
    """Read what the seats of a table hold, less those whose answer another table has kept."""
    wanted = (
        select(Seat, Answer)
        .join(Answer, col(Answer.seat_id) == col(Seat.id))
        .where(Answer.step_id == board.step_id, col(Seat.removed_at).is_(None))
    )
    if not kind.is_room(kind.Setup.model_validate(session.get_one(Step, board.step_id).setup)):
        wanted = wanted.where(Seat.table_id == board.table_id)
    gone = elsewhere(session, kind, board, phase)
    return {
        seat.id: {"seat": seat.id, "agency": seat.agency, "answer": answer.content}
        for seat, answer in session.exec(wanted)
        if seat.id is not None and seat.id not in gone
    }


def elsewhere(session: Session, kind: Activity, board: Board, phase: Phase) -> set[int]:
    """Find the seats that have come from another table after it had closed this phase: they count there."""
    others = session.exec(select(Board.frozen).where(Board.step_id == board.step_id, Board.table_id != board.table_id))
    return {
        one["seat"]
        for frozen in others
        for one in frozen.get(phase.name, {"answers": ()})["answers"]
        if says(kind, one)
    }


def says(kind: Activity, entry: Entry) -> bool:
    """Tell whether an entry has anything in it that counts."""
    return kind.says(kind.Answer.model_validate(entry["answer"]))
