"""The desk's cues: facts about tables with their evidence and a sentence to say, each with the moment it is due.

Law: a cue is a rule, not a guess, and names nobody. What becomes due by time alone is drawn before, and waits.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.activities.base import Phase, TableScene
from app.activities.registry import KINDS
from app.activities.telling import Cue
from app.errors import N_, Phrase
from app.live import shared
from app.live.snapshot import BoardRead, Snapshot, StepRead

LONGER = "longer"
"""A kind's own cue of this name stands in place of the general one."""

FAILED = "failed"
"""A kind's cue of this name says why a table takes longer, so that the general one is not told beside it."""

PATIENCE = 1.3
"""A table takes longer once it has had this much of its time."""


DONE = "done"


@dataclass(frozen=True, slots=True)
class TableCue:
    """A cue on tables, hidden until `due`; "" is due at once. `since`: from when it tells of a time."""

    tables: tuple[int, ...]
    name: str
    fact: Phrase
    evidence: Phrase
    say: str
    due: str
    since: str


@dataclass(frozen=True, slots=True)
class CuesView:
    """All cues; `tables` is how many tables have any, `now` how many have one that waits for nothing."""

    cues: tuple[TableCue, ...]

    @property
    def tables(self) -> int:
        """How many tables have a cue, due or not."""
        return len({table for cue in self.cues for table in cue.tables})

    @property
    def now(self) -> int:
        """How many tables have a cue that is due from the beginning."""
        return len({table for cue in self.cues if not cue.due for table in cue.tables})


@dataclass(frozen=True, slots=True)
class OfTable:
    """A table's cues as its card has them, and from when it takes longer than planned, "" if never.

    `told` are those for the list of all cues.
    """

    told: tuple[TableCue, ...] = ()
    longer: str = ""

    @property
    def on_card(self) -> tuple[TableCue, ...]:
        """The cues that the card does not say anyway."""
        return tuple(cue for cue in self.told if cue.name != DONE)


def together(cues: Iterable[TableCue]) -> CuesView:
    """Tell what is the same at several tables once."""
    found: list[TableCue] = []
    for cue in cues:
        at = next((at for at, one in enumerate(found) if replace(one, tables=cue.tables) == cue), None)
        if at is None:
            found.append(cue)
        else:
            found[at] = replace(cue, tables=(*found[at].tables, *cue.tables))
    return CuesView(tuple(found))


def stamp(moment: datetime) -> str:
    """Write a moment as the page's clock reads it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def of_table(snapshot: Snapshot, step: StepRead, scene: TableScene, board: BoardRead) -> OfTable:
    """Work out one table's cues, the kind's own first."""
    kind = KINDS[step.kind]
    phase = kind.phase(board.phase)
    if phase is None or not scene.people:
        return OfTable()
    own = (*kind.cues(scene), *done_before_others(snapshot, step, scene, phase))
    told = [placed(cue, scene.number, board) for cue in own]
    if is_over(step, scene, phase):
        return OfTable(tuple(told))
    late = next((cue for cue in told if cue.name == LONGER), None)
    if late is None:
        late = placed(longer(step, board, phase), scene.number, board)
        if all(cue.name != FAILED for cue in told):
            told.append(late)
    return OfTable(tuple(told), late.due)


def placed(cue: Cue, table: int, board: BoardRead) -> TableCue:
    """Say of which table a cue is, and when it is due."""
    due = stamp(board.since + timedelta(seconds=cue.after)) if cue.after else ""
    return TableCue((table,), cue.name, cue.fact, cue.evidence, cue.say, due, stamp(board.since) if cue.after else "")


def is_over(step: StepRead, scene: TableScene, phase: Phase) -> bool:
    """Say whether the table has done what the phase is for, or is at the end: nobody waits for it."""
    kind = KINDS[step.kind]
    is_done = phase.private and scene.done == scene.seats
    return is_done or phase == shared.path(step)[-1] or kind.ready(scene.setup, scene.phase, scene.board)


def longer(step: StepRead, board: BoardRead, phase: Phase) -> Cue:
    """Tell of a table that takes longer than planned; time that the trainer has added is planned."""
    clock = shared.clock(board)
    seconds = clock.total if clock else 60 * step.minutes.get(phase.name, phase.minutes)
    minutes = round(seconds / 60)
    evidence = N_("One minute was meant for it.") if minutes == 1 else N_("{minutes} minutes were meant for it.")
    return Cue(
        LONGER,
        Phrase(N_("longer than planned on “{phase}”"), {"phase": Phrase(phase.title)}),
        Phrase(evidence, {"minutes": minutes}),
        N_("What do you still need before you can go on?"),
        round(seconds * PATIENCE),
    )


def done_before_others(snapshot: Snapshot, step: StepRead, scene: TableScene, phase: Phase) -> tuple[Cue, ...]:
    """Tell of a table of which all are done alone, while others are not."""
    if not phase.private or not scene.seats or scene.done < scene.seats:
        return ()
    waiting = 0
    for table in snapshot.groups:
        board = snapshot.boards.get(table.id)
        if board is not None and board.phase == phase.name:
            seats = snapshot.in_group(table)
            waiting += len(seats) - len(snapshot.done.get(table.id, ()))
    if not waiting:
        return ()
    evidence = N_("One person elsewhere is not.") if waiting == 1 else N_("{n} people elsewhere are not.")
    return (
        Cue(
            DONE,
            Phrase(N_("everybody is done")),
            Phrase(evidence, {"n": waiting}),
            N_("Talk about anything but your lists until the others are done."),
        ),
    )
