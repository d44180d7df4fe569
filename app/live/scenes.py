"""What of a snapshot each audience is handed.

Law: a seat's scene holds that seat's own answer and nobody else's; private answers reach all only through `reveal`.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from app.activities.base import Given, Person, SeatScene, TableScene
from app.activities.registry import KINDS
from app.live import shared
from app.live.shared import Clock, Heading
from app.live.snapshot import AnswerRead, BoardRead, SeatRead, Snapshot, StepRead, TableRead


class Kept:
    """A table's private answers as their phase closed; equal by where and when, so that they are worked out once.

    `without` is what their reveal leaves out by now.
    """

    def __init__(
        self, step: StepRead, table_id: int, phase: str, version: int, entries: Any, without: Hashable = ()
    ) -> None:
        self.step = step
        self.phase = phase
        self.entries = entries
        self.without = without
        self.key = (step.id, table_id, phase, version, without)

    def __eq__(self, other: object) -> bool:
        # The answers as well: a database that was put back may have said something else at the same version.
        if not isinstance(other, Kept) or self.key != other.key or self.step != other.step:
            return False
        return self.entries is other.entries or bool(self.entries == other.entries)

    def __hash__(self) -> int:
        return hash(self.key)

    def given(self) -> tuple[Given, ...]:
        """Read the kept answers through their kind's shape."""
        shape = KINDS[self.step.kind].Answer
        return tuple(Given(one["seat"], one["agency"], shape.model_validate(one["answer"])) for one in self.entries)


@lru_cache(maxsize=1024)
def reveal(kept: Kept) -> Any:
    """Make what everybody at the table may see of its closed private answers."""
    return KINDS[kept.step.kind].reveal(kept.step.setup, kept.phase, kept.given(), kept.without)


def revealed(step: StepRead, table_id: int, board: BoardRead, seat: Given | None = None) -> dict[str, Any]:
    """Reveal a table's closed private phases, as far as a seat may see them, or the desk and the wall."""
    kind = KINDS[step.kind]
    without = kind.leaves_out(board.content)
    return {
        phase: kind.narrow(step.setup, phase, reveal(kept), seat)
        for phase, kept in all_kept(step, table_id, board, without).items()
    }


def all_kept(step: StepRead, table_id: int, board: BoardRead, without: Hashable) -> dict[str, Kept]:
    """List a table's closed private phases."""
    return {
        phase: Kept(step, table_id, phase, kept["version"], kept["answers"], without)
        for phase, kept in board.kept.items()
        if phase != board.phase and "@" not in phase
    }


def work_out(snapshot: Snapshot) -> None:
    """Work out all reveals of a snapshot, so that drawing finds them done."""
    if snapshot.step is not None:
        for table_id, board in snapshot.boards.items():
            revealed(snapshot.step, table_id, board)
        room(snapshot)


def reveals_anew(snapshot: Snapshot, table_id: int, content: Any) -> bool:
    """Tell whether a table's new board changes what is revealed, which is worked out beside the loop."""
    step, board = snapshot.step, snapshot.boards.get(table_id)
    if step is None or board is None:
        return True
    kind = KINDS[step.kind]
    at_end = board.phase == kind.path(step.setup)[-1].name
    return at_end or kind.leaves_out(board.content) != kind.leaves_out(content)


def room(snapshot: Snapshot) -> Any:
    """Make what all may see of all tables, once every table that has people is at the step's end; None before."""
    step = snapshot.step
    if step is None:
        return None
    end = KINDS[step.kind].path(step.setup)[-1].name
    tables = [group for group in snapshot.groups if snapshot.in_group(group) and group.id in snapshot.boards]
    if not tables or any(snapshot.boards[table.id].phase != end for table in tables):
        return None
    return whole_room(Room(snapshot, step, tables))


class Room:
    """All tables at a step's end; equal by their boards' versions, so that they are put together once."""

    def __init__(self, snapshot: Snapshot, step: StepRead, tables: list[TableRead]) -> None:
        self.snapshot = snapshot
        self.step = step
        self.tables = tables
        self.boards = [snapshot.boards[table.id] for table in tables]
        versions = tuple((table.id, board.version) for table, board in zip(tables, self.boards, strict=True))
        self.key = (snapshot.id, step.id, snapshot.agencies, versions)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Room) or self.key != other.key or self.step != other.step:
            return False
        return self.boards == other.boards

    def __hash__(self) -> int:
        return hash(self.key)

    def given(self, table: TableRead) -> tuple[Given, ...]:
        """Read what a table's seats held as its private phases closed, the last of them."""
        kept = {name: one for name, one in self.snapshot.boards[table.id].kept.items() if "@" not in name}
        found = [Kept(self.step, table.id, name, one["version"], one["answers"]) for name, one in kept.items()]
        return found[-1].given() if found else ()


@lru_cache(maxsize=256)
def whole_room(whole: Room) -> Any:
    """Put a room's tables together."""
    found = [for_room(whole.snapshot, whole.step, table) for table in whole.tables]
    scenes = tuple(scene for scene in found if scene is not None)
    given = tuple(whole.given(table) for table in whole.tables)
    return KINDS[whole.step.kind].room(whole.step.setup, scenes, given)


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


def counted(snapshot: Snapshot, group: TableRead) -> tuple[int, int]:
    """Count the seats that have done what their phase asks, and those that are expected to.

    All are expected to answer alone; whatever a table does together asks those who are here.
    """
    seats, step = snapshot.in_group(group), snapshot.step
    done = snapshot.done.get(group.id, frozenset())
    board = snapshot.boards.get(group.id)
    phase = KINDS[step.kind].phase(board.phase) if step and board else None
    if phase is None or phase.private:
        return len(done), len(seats)
    return len(done), sum(1 for seat in seats if seat.here or seat.id in done)


def people(snapshot: Snapshot, seats: tuple[SeatRead, ...]) -> tuple[Person, ...]:
    """Say who sits at a table, as the others there may see it."""
    labels, numbers = dict(snapshot.agencies), {table.id: table.number for table in snapshot.tables}
    return tuple(
        Person(seat.id, seat.number, labels.get(seat.agency or "", ""), seat.here, seat.agency, numbers[seat.table_id])
        for seat in seats
    )


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
    group: TableRead
    board: BoardRead | None
    done: int
    seats: int
    people: tuple[Person, ...]
    room: Any

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
        return shared.heading(self.step, kind.seat_words(self.step.setup, self.board.phase, self.board.content))


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
    group = snapshot.group_of(table_id)
    done, seats = counted(snapshot, group)
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
        group=group,
        board=snapshot.boards.get(group.id),
        done=done,
        seats=seats,
        people=people(snapshot, snapshot.in_group(group)),
        room=room(snapshot),
    )


def for_seat(sight: Sight, step: StepRead, board: BoardRead, code: str) -> SeatScene:
    """Gather all that one seat's page may draw on while a step runs; `code` is the workshop's."""
    kind, seat, answer, group = KINDS[step.kind], sight.seat, sight.answer, sight.table.group
    held = own(step, seat.id, board)
    content = answer.content if answer else kind.start_answer(step.setup)
    given = Given(seat.id, seat.agency, content, seat.here)
    return SeatScene(
        setup=step.setup,
        phase=board.phase,
        seat=seat.id,
        place=seat.number,
        answer=content,
        answer_version=answer.version if answer else board.version,
        board=board.content,
        board_version=board.version,
        revealed=revealed(step, group.id, board, given),
        own=held,
        done=sight.table.done,
        seats=sight.table.seats,
        moves_url=moves_address(code, step),
        rule=step.rule,
        by_table=step.moved_by == "table",
        late=bool(board.kept) and not held,
        people=sight.table.people,
        table=group.number,
        room=sight.table.room,
        agency=seat.agency,
        texts_url=texts_address(code, step, group),
    )


def moves_address(code: str, step: StepRead) -> str:
    """Write where a step's moves go."""
    return f"/w/{code}/steps/{step.id}/moves"


def texts_address(code: str, step: StepRead, group: TableRead) -> str:
    """Write where a table's shared texts are, each at its name after a slash."""
    return f"/w/{code}/texts/{step.id}/{group.number}"


def for_room(
    snapshot: Snapshot, step: StepRead, table: TableRead, code: str = "", *, acts: bool = False
) -> TableScene | None:
    """Gather what the desk and the wall may draw on of one table; None before it has begun.

    `acts`: moves are made there.
    """
    board = snapshot.boards.get(table.id)
    if board is None:
        return None
    seats = snapshot.in_group(table)
    done, expected = counted(snapshot, table)
    answers = tuple(snapshot.answers[seat.id].content for seat in seats if seat.id in snapshot.answers)
    return TableScene(
        setup=step.setup,
        phase=board.phase,
        number=table.number,
        board=board.content,
        board_version=board.version,
        moves_url=moves_address(code, step) if acts else "",
        revealed=revealed(step, table.id, board),
        answers=answers,
        done=done,
        seats=expected,
        rule=step.rule,
        by_table=step.moved_by == "table",
        people=people(snapshot, seats),
        texts_url=texts_address(code, step, table),
    )
