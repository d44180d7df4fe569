"""Pieces that seat page, desk and wall show alike: the clock, the heading, where a step stands."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from app.activities.base import Phase, most
from app.activities.registry import KINDS
from app.activities.telling import Words
from app.live.snapshot import BoardRead, Snapshot, StepRead


@dataclass(frozen=True, slots=True)
class Clock:
    """A phase's deadline, in UTC, and the seconds it had in all; no deadline, no clock."""

    ends_at: str
    total: int

    @property
    def words(self) -> str:
        """The whole time as m:ss: what stands there until the page counts down by itself."""
        return f"{self.total // 60}:{self.total % 60:02d}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A screen's heading."""

    words: Words
    title: str


@dataclass(frozen=True, slots=True)
class Next:
    """What the desk's big button does: which step goes to which phase."""

    step_id: int
    phase: str
    title: str
    starts: str


def clock(board: BoardRead | None) -> Clock | None:
    """Read a board's deadline."""
    return None if board is None or board.ends_at is None else until(board.since, board.ends_at)


@lru_cache(maxsize=1024)
def until(since: datetime, ends_at: datetime) -> Clock:
    """Make the clock of a phase."""
    total = max(1, round((ends_at - since).total_seconds()))
    return Clock(ends_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"), total)


def heading(step: StepRead, words: Words) -> Heading:
    """Head a screen; a phase without a question of its own has the step's title."""
    return Heading(words if words.heading else replace(words, heading=step.title), step.title)


def path(step: StepRead) -> tuple[Phase, ...]:
    """List the phases this step goes through."""
    return KINDS[step.kind].path(step.setup)


def leading(snapshot: Snapshot, step: StepRead) -> str | None:
    """Find the phase that the tables at work are in; None before any has begun."""
    boards = snapshot.boards
    seated = {table: snapshot.in_group(snapshot.group_of(table)) for table in boards}
    here = [boards[table].phase for table, seats in seated.items() if any(seat.here for seat in seats)]
    peopled = [boards[table].phase for table, seats in seated.items() if seats]
    names = tuple(phase.name for phase in path(step))
    return most(names, here, peopled or [board.phase for board in boards.values()])


def coming(snapshot: Snapshot) -> Next | None:
    """Work out what comes next: the phase after the leading one, or the next step; None at the end."""
    step = snapshot.step
    if step is not None:
        phases = path(step)
        now = leading(snapshot, step)
        at = next((place for place, phase in enumerate(phases) if phase.name == now), -1)
        if at + 1 < len(phases):
            return Next(step.id, phases[at + 1].name, phases[at + 1].title, "")
    later = [one for one in snapshot.steps if step is None or one.position > step.position]
    if not later:
        return None
    first = path(later[0])[0]
    return Next(later[0].id, first.name, first.title, later[0].title)
