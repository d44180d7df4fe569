"""What of a snapshot each audience is handed.

Law: a seat's scene holds that seat's own answer and nobody else's; private answers reach all only through `reveal`.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from app.activities.base import Given, SeatScene, TableScene
from app.activities.registry import KINDS
from app.live import shared
from app.live.shared import Clock, Heading
from app.live.snapshot import AnswerRead, BoardRead, SeatRead, Snapshot, StepRead, TableRead


class Kept:
    """A table's private answers as their phase closed; equal by where and when, so that they are worked out once."""

    def __init__(self, step: StepRead, table_id: int, phase: str, version: int, entries: Any) -> None:
        self.step = step
        self.phase = phase
        self.entries = entries
        self.key = (step.id, table_id, phase, version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and self.key == other.key and self.step == other.step

    def __hash__(self) -> int:
        return hash(self.key)

    def given(self) -> tuple[Given, ...]:
        """Read the kept answers through their kind's shape."""
        shape = KINDS[self.step.kind].Answer
        return tuple(Given(one["seat"], one["agency"], shape.model_validate(one["answer"])) for one in self.entries)


@lru_cache(maxsize=1024)
def reveal(kept: Kept) -> Any:
    """Make what everybody at the table may see of its closed private answers."""
    return KINDS[kept.step.kind].reveal(kept.step.setup, kept.phase, kept.given())


def revealed(step: StepRead, table_id: int, board: BoardRead) -> dict[str, Any]:
    """Reveal a table's closed private phases."""
    return {
        phase: reveal(Kept(step, table_id, phase, kept["version"], kept["answers"]))
        for phase, kept in board.kept.items()
        if phase != board.phase and "@" not in phase
    }


def work_out(snapshot: Snapshot) -> None:
    """Work out all reveals of a snapshot, so that drawing finds them done."""
    if snapshot.step is not None:
        for table_id, board in snapshot.boards.items():
            revealed(snapshot.step, table_id, board)


def own(step: StepRead, seat_id: int, board: BoardRead) -> dict[str, Any]:
    """Find what this seat had said as each private phase closed."""
    shape = KINDS[step.kind].Answer
    return {
        phase: shape.model_validate(one["answer"])
        for phase, kept in board.kept.items()
        if "@" not in phase
        for one in kept["answers"]
        if one["seat"] == seat_id
    }


def counted(snapshot: Snapshot, seats: tuple[SeatRead, ...]) -> tuple[int, int]:
    """Count the seats that say they are done, and those that are expected to."""
    return (snapshot.done[seats[0].table_id] if seats else 0), len(seats)


@dataclass(frozen=True)
class TableSight:
    """All of a workshop that the pages of one table's seats are made from alike."""

    workshop_id: int
    code_turn: int
    title: str
    disclosure: str
    agencies: tuple[tuple[str, str], ...]
    message: str
    is_closed: bool
    step: StepRead | None
    table: int
    board: BoardRead | None
    done: int
    seats: int

    @cached_property
    def clock(self) -> Clock | None:
        """The deadline of the table's phase."""
        return shared.clock(self.board)

    @cached_property
    def heading(self) -> Heading | None:
        """The heading of the phase; None before the first step."""
        if self.step is None or self.board is None:
            return None
        kind = KINDS[self.step.kind]
        return shared.heading(self.step, kind.seat_words(self.step.setup, self.board.phase))


@dataclass(frozen=True, slots=True)
class Sight:
    """All of a workshop that one seat's page is made from; while it stays equal, so does the page."""

    seat: SeatRead
    answer: AnswerRead | None
    table: TableSight


def sight(snapshot: Snapshot, seat_id: int) -> Sight | None:
    """Hand a seat its part of a snapshot; None once the seat was removed."""
    seat = snapshot.seats.get(seat_id)
    if seat is None:
        return None
    table: TableSight | None = snapshot.sights.get(seat.table_id)
    if table is None:
        table = snapshot.sights[seat.table_id] = table_sight(snapshot, seat.table_id)
    return Sight(seat, snapshot.answers.get(seat_id), table)


def table_sight(snapshot: Snapshot, table_id: int) -> TableSight:
    """Hand a table's seats what they see alike."""
    done, seats = counted(snapshot, snapshot.at_table(table_id))
    return TableSight(
        workshop_id=snapshot.id,
        code_turn=snapshot.code_turn,
        title=snapshot.title,
        disclosure=snapshot.disclosure,
        agencies=snapshot.agencies,
        message=snapshot.message,
        is_closed=snapshot.is_closed,
        step=snapshot.step,
        table=next(table.number for table in snapshot.tables if table.id == table_id),
        board=snapshot.boards.get(table_id),
        done=done,
        seats=seats,
    )


def for_seat(sight: Sight, step: StepRead, board: BoardRead, moves_url: str) -> SeatScene:
    """Gather all that one seat's page may draw on while a step runs."""
    kind, seat, answer = KINDS[step.kind], sight.seat, sight.answer
    return SeatScene(
        setup=step.setup,
        phase=board.phase,
        seat=seat.id,
        place=seat.number,
        answer=answer.content if answer else kind.start_answer(step.setup),
        answer_version=answer.version if answer else board.version,
        board=board.content,
        board_version=board.version,
        revealed=revealed(step, seat.table_id, board),
        own=own(step, seat.id, board),
        done=sight.table.done,
        seats=sight.table.seats,
        moves_url=moves_url,
    )


def for_room(snapshot: Snapshot, step: StepRead, table: TableRead, moves_url: str) -> TableScene | None:
    """Gather what the desk and the wall may draw on of one table; None before it has begun."""
    board = snapshot.boards.get(table.id)
    if board is None:
        return None
    seats = snapshot.at_table(table.id)
    done, expected = counted(snapshot, seats)
    answers = tuple(snapshot.answers[seat.id].content for seat in seats if seat.id in snapshot.answers)
    return TableScene(
        setup=step.setup,
        phase=board.phase,
        number=table.number,
        board=board.content,
        board_version=board.version,
        moves_url=moves_url,
        revealed=revealed(step, table.id, board),
        answers=answers,
        done=done,
        seats=expected,
    )
