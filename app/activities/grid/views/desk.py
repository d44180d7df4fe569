"""The desk's part: what each table's card says, each table's grid at a glance, and what people have written."""

from collections import Counter
from dataclasses import dataclass, replace

from app import disclosure
from app.activities import checks
from app.activities.base import Region, TableScene
from app.activities.checks import Check
from app.activities.grid import cells, joint, naming, result, rules
from app.activities.grid.shapes import Board, Setup
from app.activities.grid.views import frame, glance
from app.activities.grid.views.acts import acts
from app.activities.grid.views.cues import cues
from app.activities.grid.views.entries import entries
from app.activities.grid.views.glance import Column, Line
from app.activities.telling import Fact
from app.errors import N_, Phrase

__all__ = ["cues", "desk", "fact"]

ANSWERED = N_("of {seats} have answered the check")
ENDED = {
    "agreed": N_("Agreed"),
    "unchecked": N_("Locked without a check"),
    **checks.ENDINGS,
    "all_but_one": N_("All but one sentence agreed"),
}
TITLES = {phase.name: phase.title for phase in rules.PHASES}


@dataclass(frozen=True, slots=True)
class RowView:
    """A sentence's joint statement: how far it is, its words live or as they were frozen, and its last check.

    `words` is "" where nothing is frozen, or hidden; `bars` are the last check's answers 0 … 5 where they may be shown.
    """

    state: frame.RowState
    pad: frame.Pad | None
    words: str = ""
    other: str = ""
    hidden: bool = False
    draws: tuple[str, ...] = ()
    fails: int = 0
    bars: tuple[int, ...] = ()
    named: int = 0


@dataclass(frozen=True, slots=True)
class GridView:
    """One table's grid: `lines` are empty while people jot, `rows` before they write together."""

    number: int
    is_first: bool
    phase: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    rows: tuple[RowView, ...] = ()
    agreed: str = ""
    jots: int | None = None
    choosing: int = 0


def fact(scene: TableScene) -> Fact:
    """Say on the table's card how far it is, never what anybody wrote; and what the trainer can do there."""
    told = FACTS[scene.phase](scene, scene.board)
    return replace(told, acts=acts(scene))


def jot(scene: TableScene, board: Board) -> Fact:
    """Count who is done, and all jots together; name the columns without people."""
    count = glance.jots(scene)
    told = Phrase(N_("1 jot") if count == 1 else N_("{n} jots"), {"n": count})
    note = glance.joined((told, *glance.thin(scene)))
    return Fact(scene.done, N_("of {seats} are done"), (("seats", scene.seats),), note)


def caucus(scene: TableScene, board: Board) -> Fact:
    """Count the cells that are agreed of those with people, and how far the others are."""
    found = Counter(one.state for line in glance.states(scene) for one in line.cells)
    peopled = sum(found.values()) - found["nobody"]
    parts = (
        Phrase(N_("1 draft") if found["draft"] == 1 else N_("{n} drafts"), {"n": found["draft"]}),
        Phrase(N_("{n} with jots only"), {"n": found["jotting"]}),
        Phrase(N_("{n} empty"), {"n": found["empty"]}),
    )
    note = glance.joined(part for part in parts if part.values["n"])
    leaves = N_("not every cell is agreed") if found["agreed"] < peopled else ""
    return Fact(found["agreed"], N_("of {of} cells agreed"), (("of", peopled),), note, leaves=leaves)


def reveal(scene: TableScene, board: Board) -> Fact:
    """Count all marks so far, and say which sentence is the tensest."""
    heat = [one for in_row in board.heat.values() for one in in_row.values()]
    count = sum(one.shared + one.question + one.tension for one in heat)
    by_row = {one.number: tensions(board, one.id) for one in glance.sentences(scene)}
    most = max(by_row, key=lambda number: by_row[number], default=0)
    note: Phrase | str = ""
    if by_row.get(most):
        note = Phrase(N_("most tension on sentence {number}"), {"number": most})
    return Fact(count, N_("mark so far") if count == 1 else N_("marks so far"), note=note)


def tensions(board: Board, row: str) -> int:
    """Count the tensions marked on a sentence."""
    return sum(one.tension for one in board.heat.get(row, {}).values())


def answer(scene: TableScene, board: Board) -> Fact:
    """Count the cells that are asked about and have no reply."""
    asked = sum(1 for in_row in board.asked.values() for said in in_row.values() if said)
    count = len(cells.open_questions(board))
    if not asked:
        return Fact(None, N_("No questions were asked"))
    if not count:
        return Fact(None, N_("All questions have a reply"))
    told = N_("of {of} cells with questions wait for a reply")
    return Fact(count, told, (("of", asked),), leaves=N_("some questions have no reply"))


def together(scene: TableScene, board: Board) -> Fact:
    """Count the sentences that are locked, those being written, and the one in a check."""
    locked, rows = joint.progress(scene.setup, board)
    taken = tuple(joint.of(board, one.id).locked for one in glance.sentences(scene))
    if board.check is not None:
        leaves = N_("a check is open")
        note = Phrase(N_("1 in a check, {done} of {seats} answered"), {"done": scene.done, "seats": scene.seats})
    else:
        leaves = N_("not every sentence is locked") if locked < rows else ""
        writing = sum(1 for row in scene.setup.row_ids if is_written_now(board, row))
        note = Phrase(N_("{n} being written"), {"n": writing}) if writing else Phrase(N_("none being written"))
    return Fact(locked, N_("of {rows} sentences locked"), (("rows", rows),), note, taken, leaves=leaves)


def is_written_now(board: Board, row: str) -> bool:
    """Say whether a joint statement is begun and open."""
    return naming.joint(row) in board.begun and joint.is_open(board, row)


def check(scene: TableScene, board: Board) -> Fact:
    """Count the answers, then say how the check came out, as far as their number allows."""
    fails = result.fails(board)
    failed: Phrase | str = ""
    if fails:
        told = N_("1 check that did not pass") if fails == 1 else N_("{n} checks that did not pass")
        failed = Phrase(told, {"n": fails})
    if board.check is not None:
        leaves = N_("the check is still open, so it locks without one")
        return Fact(scene.done, ANSWERED, (("seats", scene.seats),), failed, leaves=leaves)
    if board.ending:
        return Fact(None, ENDED[board.ending], note=failed)
    last = result.last_check(board)
    if last is None or last.outcome is None:
        return Fact(None, N_("No check yet"), leaves=N_("it locks without a check"))
    if last.outcome.passed:
        return Fact(None, N_("The check passed"), bars=last.outcome.counts or ())
    return not_passed(last, failed)


def not_passed(last: Check, failed: Phrase | str) -> Fact:
    """Say of how many a check did not pass, where that many answered that it may be told."""
    outcome, leaves = last.outcome, N_("it locks without a check that passed")
    if outcome is None or outcome.counts is None or not disclosure.may_tell_how_many_below(outcome.answered):
        return Fact(None, N_("The check did not pass"), note=failed, leaves=leaves)
    below = sum(outcome.counts[: 1 if last.rule == "none-at-0" else 3])
    told = N_("of {answered} below the rule")
    return Fact(below, told, (("answered", outcome.answered),), failed, bars=outcome.counts, leaves=leaves)


def locked(scene: TableScene, board: Board) -> Fact:
    """Say how the table has ended; none of the endings is a failure."""
    last = result.last(board)
    if last is None:
        return Fact(None, N_("Locked"))
    again = Phrase(N_("version {n}"), {"n": last.number}) if last.number > 1 else ""
    taken = tuple(one.ending in ("agreed", "with_reservations") for one in last.rows)
    return Fact(None, ENDED[last.ending], note=again, dots=taken)


FACTS = {
    "jot": jot,
    "caucus": caucus,
    "reveal": reveal,
    "answer": answer,
    "joint": together,
    "check": check,
    "locked": locked,
}


def desk(scenes: tuple[TableScene, ...]) -> tuple[Region, ...]:
    """Draw the grid of each table with people, each a region so that only what changed is drawn again; then entries."""
    peopled = tuple(scene for scene in scenes if scene.people) or scenes
    grids = (
        Region(f"grid-{scene.number}", "grid/_grid.html", grid(scene, is_first=not at))
        for at, scene in enumerate(peopled)
    )
    return (*grids, *entries(scenes))


def grid(scene: TableScene, *, is_first: bool) -> GridView:
    """Lay out one table's grid as its phase has it."""
    setup: Setup = scene.setup
    lines: tuple[Line, ...] = ()
    if scene.phase != "jot":
        lines = glance.states(scene) if scene.phase == "caucus" else glance.heats((scene,))
    return GridView(
        number=scene.number,
        is_first=is_first,
        phase=scene.phase,
        title=TITLES[scene.phase],
        columns=glance.columns(scene),
        lines=lines,
        rows=tuple(map_row(scene, one) for one in glance.sentences(scene)) if is_together(scene) else (),
        agreed=setup.agreed,
        jots=glance.jots(scene) if scene.phase == "jot" else None,
        choosing=sum(1 for one in scene.people if naming.column_of_person(setup, scene.board, one) is None),
    )


def is_together(scene: TableScene) -> bool:
    """Say whether the table has come to its joint statements."""
    return scene.phase in ("joint", "check", "locked")


def map_row(scene: TableScene, sentence: frame.Sentence) -> RowView:
    """Say how far a joint statement is, and let the trainer read it."""
    setup: Setup = scene.setup
    board: Board = scene.board
    row, hidden = sentence.id, frozenset(board.hidden)
    held, last = joint.of(board, row), joint.last_check(board, row)
    is_hidden = f"joint-{row}" in hidden
    live = scene.phase == "joint" and joint.is_open(board, row) and not is_hidden
    grid_check = result.last_check(board)
    reasons = grid_check.outcome.reasons if grid_check and grid_check.outcome else ()
    return RowView(
        state=glance.row_state(scene, sentence),
        pad=pad(scene, sentence, "desk") if live else None,
        words="" if live or is_hidden else held.text,
        other="" if f"other-{row}" in hidden else held.other,
        hidden=is_hidden,
        draws=tuple(column.label for column in setup.columns if column.id in held.draws),
        fails=joint.fails(board, row),
        bars=(last.outcome.counts or ()) if last and last.outcome else (),
        named=sum(1 for one in reasons if one.about == row),
    )


def pad(scene: TableScene, sentence: frame.Sentence, audience: str) -> frame.Pad:
    """Lay out a joint statement to be read while it is written."""
    setup: Setup = scene.setup
    name = naming.joint(sentence.id)
    at = f"{audience}-{scene.number}-{sentence.id}"
    return frame.Pad(
        id=at,
        area=f"joint-text-{at}",
        test=f"{name}-{scene.number}",
        address=f"{scene.texts_url}/{name}?as={audience}",
        label=Phrase(N_("Joint statement for sentence {number}"), {"number": sentence.number}),
        advised=setup.words,
        writers=frame.writers(scene.people),
        may="read",
    )
