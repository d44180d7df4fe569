"""The seat page while the table writes its joint statements: the cells above, the shared text, what it draws on.

Law: which cells a statement draws on is what its writers have marked; nothing is guessed from the words.
"""

from dataclasses import dataclass

from app.activities import checks
from app.activities.base import Region, SeatScene
from app.activities.grid import joint as rules
from app.activities.grid import naming
from app.activities.grid.shapes import Board
from app.activities.grid.views import cells, checking, frame
from app.activities.grid.views.cells import Cell, Coverage, Said
from app.activities.grid.views.frame import Pad, Sentence
from app.activities.grid.views.reveal import replying
from app.activities.grid.views.whole import whole
from app.errors import N_

# How a row was locked, by its ending, or by the rule of the check that it passed.
HOW = {
    "all-at-3": N_("Agreed: all at 3 or more"),
    "none-at-0": N_("Agreed: nobody at 0"),
    "most-at-3": N_("Agreed: most at 3 or more"),
    "with_reservations": N_("Agreed with reservations"),
    "not_agreed": N_("Not agreed: both sentences are kept"),
    "unchecked": N_("Written, not checked"),
    "passed": N_("The check has passed"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """Joint words as they were frozen: `how` they were locked or checked, "" before; the other sentence, a note."""

    said: Said
    how: str
    is_locked: bool
    other: Said | None
    note: Said | None


@dataclass(frozen=True, slots=True)
class JointView:
    """A sentence's cells and its joint statement: the text while it is open, its words once they are frozen."""

    moves_url: str
    mode: cells.Mode
    row: str
    is_first: bool
    cells: tuple[Cell, ...]
    coverage: Coverage
    pad: Pad | None
    words: Words | None
    may_draw: bool

    @property
    def noted(self) -> tuple[Cell, ...]:
        """While it is written: the cells not in yet, once others are, and those with a question nobody has answered."""
        if self.words is not None:
            return ()
        begun = self.coverage.drawn > 0
        return tuple(one for one in self.cells if one.is_waiting or (begun and one.may_draw and not one.drawn))


@dataclass(frozen=True, slots=True)
class ToCheck:
    """What the foot says of a sentence: what it draws on, and whether its words can be put to the check.

    `elsewhere` is the sentence whose check is open.
    """

    row: str
    is_first: bool
    coverage: Coverage
    is_offered: bool
    is_begun: bool
    elsewhere: Sentence | None


@dataclass(frozen=True, slots=True)
class OpenCheckView:
    """The button that puts a sentence to the check, for each sentence."""

    moves_url: str
    version: int
    rows: tuple[ToCheck, ...]


def joint(scene: SeatScene) -> tuple[Region, ...]:
    """Draw the joint statements, sentence by sentence, with their checks."""
    sentences = frame.sentences(scene)
    parts = [region for one in sentences for region in (row(scene, one), *late_reply(scene, one))]
    return (
        frame.head(scene, N_("together")),
        frame.rows(scene),
        *parts,
        *checking.row_check(scene),
        whole(scene),
        open_check(scene, sentences),
        *frame.foot(scene),
    )


def late_reply(scene: SeatScene, one: Sentence) -> tuple[Region, ...]:
    """Let a cell's people still answer what is asked about it, while the joint words are open."""
    return replying(scene, one, folded=True) if rules.is_open(scene.board, one.id) else ()


def row(scene: SeatScene, one: Sentence) -> Region:
    """Draw a sentence's cells and its joint statement."""
    board: Board = scene.board
    found = cells.lay(scene, one.id)
    locked = rules.of(board, one.id).locked
    view = JointView(
        moves_url=scene.moves_url,
        mode="joint",
        row=one.id,
        is_first=one.is_first,
        cells=found,
        coverage=cells.coverage(found),
        pad=None if locked else pad(scene, one),
        words=None if rules.is_open(board, one.id) else frozen(scene, one),
        may_draw=not locked and scene.phase == "joint",
    )
    return Region(f"row-{one.id}", "grid/_row_joint.html", view)


def pad(scene: SeatScene, one: Sentence) -> Pad:
    """Lay out a joint statement's text.

    It stays in the page while its words are frozen, out of sight: what was on its way and is not taken must be told.
    """
    return frame.joint_pad(scene, one, N_("Joint statement"))


def frozen(scene: SeatScene, one: Sentence) -> Words:
    """Give a joint statement's words as they were frozen, and how it was locked."""
    board: Board = scene.board
    held = rules.of(board, one.id)
    ended = held.locked or held.ending
    passed = HOW["passed"] if rules.has_passed(board, one.id) else ""
    return Words(
        said=cells.unless_hidden(board, naming.joint(one.id), held.text),
        how=HOW.get(frame.how_locked(scene, one.id), "") if ended else passed,
        is_locked=held.locked,
        other=cells.unless_hidden(board, f"other-{one.id}", held.other) if held.other else None,
        note=cells.unless_hidden(board, f"note-{one.id}", held.note) if held.note else None,
    )


def open_check(scene: SeatScene, sentences: tuple[Sentence, ...]) -> Region:
    """Offer the check on each sentence, one at a time at a table."""
    rows = tuple(to_check(scene, one, sentences) for one in sentences)
    return Region(
        "open-check", "grid/_open_check.html", OpenCheckView(scene.moves_url, scene.board_version, rows), "foot"
    )


def to_check(scene: SeatScene, one: Sentence, sentences: tuple[Sentence, ...]) -> ToCheck:
    """Say whether a sentence can be put to the check now, and where one is open already."""
    board: Board = scene.board
    subject = board.check.subject if board.check is not None else ""
    elsewhere = next((other for other in sentences if other.id == subject and other.id != one.id), None)
    may = rules.is_open(board, one.id) and rules.fails(board, one.id) < checks.MOST_CHECKS
    return ToCheck(
        row=one.id,
        is_first=one.is_first,
        coverage=cells.coverage(cells.lay(scene, one.id)),
        is_offered=may and board.check is None,
        is_begun=naming.joint(one.id) in board.begun,
        elsewhere=elsewhere,
    )
