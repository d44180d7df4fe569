"""The wall's part: how far cells are, the heat view, one sentence at a time, and in the end what tables have agreed."""

from collections import Counter
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from app.activities.base import Region, TableScene, most
from app.activities.grid import joint, naming, result, room, rules
from app.activities.grid.shapes import Board, Setup
from app.activities.grid.views import frame, glance
from app.activities.grid.views.desk import pad, tensions
from app.activities.grid.views.glance import Line

LONGEST_CELL, LONGEST_JOINT = 260, 620
"""How much of a text the wall shows: the rest is on phones."""

SIZES = (
    ("one", 2.75, 1.5),
    ("few", 1.875, 1.5),
    ("some", 1.4375, 1.0),
    ("many", 1.1875, 0.5),
    ("more", 1.125, 0.375),
    ("most", 1.0, 0.375),
)
"""How large statements are drawn: the size’s name, its letters and half the gap, in the wall’s rem, as in wall.css."""

LINE, CHARACTER = 58.0, 0.47
"""How long a line is, in the wall's rem, and how wide a character, beside its height."""

UNDER_HEADING, UNDER_PROMPT = 36.0, 30.0
"""How much room statements have, in the wall's rem."""

MANY_WORDS = 150
"""From so many characters on, cells are set smaller."""

CLIPPED = (620, 310, 220, 160, 110, 70)
"""How much of each statement is kept, the most that fits."""

DRAWN = ("reveal", "answer", "joint")


@dataclass(frozen=True, slots=True)
class Words:
    """A text as far as the wall shows it; `more` is True where the rest is on phones."""

    text: str
    more: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What an agency says to a sentence, with its marks; `drawn` where the joint statement draws on it."""

    label: str
    words: Words
    is_hidden: bool
    guesses: tuple[Words, ...]
    shared: int
    question: int
    tension: int
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One sentence of one table: its cells, and beneath them the joint statement, live or as it was frozen.

    `table` is 0 where there is no other one that it could be of.
    """

    table: int
    prompt: str
    number: int
    of: int
    agreed: str
    cells: tuple[Cell, ...]
    is_long: bool
    pad: frame.Pad | None
    joint: Words
    other: Words
    note: Words
    state: frame.RowState


@dataclass(frozen=True, slots=True)
class HeatView:
    """All cells by their marks; `tables` is of how many tables they are the sums, `rows` how far each sentence is."""

    tables: int
    lines: tuple[Line, ...]
    columns: tuple[str, ...]
    tense: tuple[int, ...]
    rows: tuple[frame.RowState, ...]


@dataclass(frozen=True, slots=True)
class StatesView:
    """How far all cells of one table are: agencies down, sentences across."""

    numbers: tuple[int, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one table is: a state, and how many of how many."""

    number: int
    state: str
    count: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """A locked sentence: its opening apart from what was added, how it ended, and the other view beside it."""

    number: int
    opening: str
    words: Words
    ending: str
    other: Words
    note: Words
    table: int = 0


@dataclass(frozen=True, slots=True)
class AgreedView:
    """Locked statements: those of one table, or where `is_one` of one sentence at all tables."""

    statements: tuple[Statement, ...]
    size: str
    is_one: bool


@dataclass(frozen=True, slots=True)
class EndingsView:
    """Sentences × tables: how each ended at each table, "" where it has no words."""

    tables: tuple[int, ...]
    rows: tuple[tuple[int, str, tuple[str, ...]], ...]


def wall(scenes: tuple[TableScene, ...], whole: Any) -> tuple[Region, ...]:
    """Draw what the trainer shows, or else what the tables' phase is for."""
    peopled = tuple(scene for scene in scenes if scene.seats or scene.people)
    if not peopled:
        return ()
    if isinstance(whole, room.Room):
        return agreed(peopled)
    phase = leading(peopled)
    here = tuple(scene for scene in peopled if scene.phase == phase)
    if phase == "caucus":
        return caucus(here, peopled)
    shown = tuple(scene for scene in peopled if scene.phase in naming.REVEALED and chosen(scene) is not None)
    if shown and phase in naming.REVEALED:
        return one_row(max(shown, key=lambda scene: scene.board_version), len(peopled))
    if phase in DRAWN:
        return heat(here)
    return () if phase == "jot" else (progress(peopled),)


def leading(scenes: tuple[TableScene, ...]) -> str | None:
    """Find the phase that the tables at work are in, as the wall's heading has it."""
    here = [scene.phase for scene in scenes if any(person.here for person in scene.people)]
    return most([phase.name for phase in rules.PHASES], here, [scene.phase for scene in scenes])


def chosen(scene: TableScene) -> frame.Sentence | None:
    """Find the sentence of a table that the trainer shows."""
    board: Board = scene.board
    return next((one for one in glance.sentences(scene) if one.id == board.shown), None)


def clipped(text: str, longest: int) -> Words:
    """Keep as much of a text as the wall has room for; the lines of a list stay lines.

    >>> clipped("short", 20), clipped("many words in one line", 12)
    (Words(text='short', more=False), Words(text='many words', more=True))
    """
    bare = text.strip()
    lines = bare.splitlines()
    fits = "\n".join(lines[:6])
    if len(fits) <= longest:
        return Words(fits, more=len(lines) > 6)
    kept = fits[:longest]
    return Words((kept.rsplit(" ", 1)[0] if " " in kept else kept).rstrip(), more=True)


def caucus(here: tuple[TableScene, ...], peopled: tuple[TableScene, ...]) -> tuple[Region, ...]:
    """Show how far the cells are: of one table each, of several their sums."""
    if len(peopled) > 1:
        return (progress(peopled),)
    lines = glance.states(here[0])
    across = tuple(
        (column.label, tuple(line.cells[at].state for line in lines))
        for at, column in enumerate(glance.columns(here[0]))
    )
    view = StatesView(tuple(line.number for line in lines), across)
    return (Region("progress", "grid/_progress_states.html", view, "foot"),)


def progress(scenes: tuple[TableScene, ...]) -> Region:
    """Say how far each table is."""
    return Region("progress", "grid/_progress_wall.html", tuple(map(far, scenes)), "foot")


def far(scene: TableScene) -> Progress:
    """Say how far a table is, in what everybody may know."""
    board: Board = scene.board
    if scene.phase == "caucus":
        found = Counter(cell.state for line in glance.states(scene) for cell in line.cells)
        return Progress(scene.number, "cells", found["agreed"], sum(found.values()) - found["nobody"])
    if board.check is not None:
        return Progress(scene.number, "answered", scene.done, scene.seats)
    if scene.phase == "joint":
        return Progress(scene.number, "locking", *joint.progress(scene.setup, board))
    if scene.phase == "check":
        return Progress(scene.number, "settled" if result.is_settled(scene.setup, board) else "talking")
    return Progress(scene.number, "locked" if scene.phase == "locked" else "talking")


def heat(here: tuple[TableScene, ...]) -> tuple[Region, ...]:
    """Show how all cells were marked; of one table also how far each sentence is."""
    setup: Setup = here[0].setup
    lines = glance.heats(here)
    boards: list[Board] = [scene.board for scene in here]
    late = len(here) == 1 and here[0].phase != "reveal"
    view = HeatView(
        tables=len(here),
        lines=lines,
        columns=tuple(column.label for column in setup.columns),
        tense=tuple(sum(tensions(board, line.id) for board in boards) for line in lines),
        rows=tuple(glance.row_state(here[0], one) for one in glance.sentences(here[0])) if late else (),
    )
    foot = tuple(map(far, here)) if len(here) > 1 and here[0].phase == "joint" else ()
    return (
        Region("phase", "grid/_phase_wall_heat.html", (here[0].phase, len(here))),
        Region("wall", "grid/_wall_heat.html", view),
        Region("wall-foot", "grid/_wall_foot_heat.html", foot, "foot"),
    )


def one_row(scene: TableScene, tables: int) -> tuple[Region, ...]:
    """Show one sentence of one table."""
    sentence = chosen(scene)
    if sentence is None:
        return ()
    if scene.phase == "locked":
        return agreed((scene,))
    view = row(scene, sentence, scene.number if tables > 1 else 0)
    return (
        Region("phase", "grid/_phase_wall_row.html", (view.table, view.number, view.of, view.prompt)),
        Region("wall", "grid/_wall_row.html", view),
        Region("wall-foot", "grid/_wall_foot_row.html", (scene.phase, view.state), "foot"),
    )


def row(scene: TableScene, sentence: frame.Sentence, table: int) -> RowView:
    """Lay out one sentence: its cells, and the joint statement beneath."""
    setup: Setup = scene.setup
    board: Board = scene.board
    name, held = sentence.id, joint.of(board, sentence.id)
    hidden = frozenset(board.hidden)
    is_hidden = naming.joint(name) in hidden
    live = scene.phase == "joint" and joint.is_open(board, name) and not is_hidden
    cells = tuple(cell(scene, name, column.id) for column in setup.columns)
    return RowView(
        table=table,
        prompt=sentence.prompt,
        number=sentence.number,
        of=len(setup.rows),
        agreed=setup.agreed,
        cells=cells,
        is_long=any(len(one.words.text) > MANY_WORDS for one in cells),
        pad=pad(scene, sentence, "wall") if live else None,
        joint=Words("") if live or is_hidden else clipped(held.text, LONGEST_JOINT),
        other=Words("") if f"other-{name}" in hidden else clipped(held.other, LONGEST_JOINT),
        note=Words("") if f"note-{name}" in hidden else clipped(held.note, LONGEST_CELL),
        state=glance.row_state(scene, sentence),
    )


def cell(scene: TableScene, row: str, column: str) -> Cell:
    """Show what an agency says to a sentence; guesses stand only where it has said nothing."""
    setup: Setup = scene.setup
    board: Board = scene.board
    counted = glance.marked((scene,), row, column, "")
    found = setup.column(column)
    hidden = frozenset(board.hidden)
    is_hidden = naming.cell(row, column) in hidden
    guesses = board.guesses.get(row, {}).get(column, ())
    text = board.cells.get(row, {}).get(column, "")
    return Cell(
        label=found.label if found else "",
        words=Words("") if is_hidden else clipped(text, LONGEST_CELL),
        is_hidden=is_hidden and bool(text),
        guesses=() if text else tuple(clipped(one.text, 90) for one in guesses[:3] if one.id not in hidden),
        shared=counted.shared,
        question=counted.question,
        tension=counted.tension,
        is_drawn=column in joint.of(board, row).draws,
    )


def agreed(scenes: tuple[TableScene, ...]) -> tuple[Region, ...]:
    """Show what was locked: one sentence at all tables, all sentences of one table, or how all of them ended."""
    shown = [scene for scene in scenes if chosen(scene) is not None]
    setup: Setup = scenes[0].setup
    if shown:
        latest = max(shown, key=lambda scene: scene.board_version)
        return one_sentence(scenes, latest.board.shown)
    if len(scenes) == 1:
        return pictured(setup.agreed, tuple((scenes[0], row) for row in setup.row_ids))
    tables = tuple(scene.number for scene in scenes)
    rows = tuple(
        (number, row.prompt, tuple(statement(scene, row.id, 0).ending for scene in scenes))
        for number, row in enumerate(setup.rows, 1)
    )
    return framed(setup.agreed, "", Region("wall", "grid/_wall_endings.html", EndingsView(tables, rows)))


def one_sentence(scenes: tuple[TableScene, ...], row: str) -> tuple[Region, ...]:
    """Show what every table has locked for a sentence."""
    setup: Setup = scenes[0].setup
    prompt = next((one.prompt for one in setup.rows if one.id == row), "")
    return pictured(setup.agreed, tuple((scene, row) for scene in scenes), prompt)


def pictured(heading: str, which: tuple[tuple[TableScene, str], ...], prompt: str = "") -> tuple[Region, ...]:
    """Draw locked statements as large as all of them fit, and only then clip them."""
    several = len({scene.number for scene, _ in which}) > 1
    height = UNDER_PROMPT if prompt else UNDER_HEADING
    found: tuple[Statement, ...] = ()
    size = ""
    for longest in CLIPPED:
        found = tuple(
            replace(statement(scene, row, longest), table=scene.number if several else 0) for scene, row in which
        )
        if prompt:
            # The opening stands above them all.
            found = tuple(replace(one, opening="") for one in found)
        if size := size_of(found, height):
            break
    view = AgreedView(found, size or SIZES[-1][0], bool(prompt))
    return framed(heading, prompt, Region("wall", "grid/_wall_agreed.html", view))


def framed(heading: str, prompt: str, picture: Region) -> tuple[Region, ...]:
    """Head what was locked."""
    return (
        Region("phase", "grid/_phase_wall_agreed.html", (heading, prompt)),
        picture,
        Region("wall-foot", "grid/_wall_foot_heat.html", (), "foot"),
    )


def size_of(found: tuple[Statement, ...], height: float) -> str:
    """Find the largest size in which statements fit beneath each other; "" where none does."""
    return next((name for name, words, gap in SIZES if sum(tall(one, words, gap) for one in found) <= height), "")


def tall(one: Statement, words: float, gap: float) -> float:
    """Estimate how high a statement is, in the wall's rem."""
    line = LINE / (CHARACTER * words) / (2 if one.other.text else 1)
    longest = max(len(one.opening) + len(one.words.text), len(one.other.text))
    lines = ceil((longest + 20 * one.words.more) / line) + one.words.text.count("\n")
    return lines * words * 1.28 + 2 * gap + (1.5 * ceil(len(one.note.text) / 110))


def statement(scene: TableScene, row: str, longest: int) -> Statement:
    """Take a sentence as a table has locked it, less what is hidden."""
    setup: Setup = scene.setup
    board: Board = scene.board
    last, number = result.last(board), setup.row_ids.index(row) + 1
    held = next((one for one in last.rows if one.row == row), None) if last is not None else None
    if held is None or not held.text or naming.joint(row) in board.hidden:
        return Statement(number, "", Words(""), "", Words(""), Words(""))
    found = setup.row(row)
    begins = naming.opening(found.prompt) if found else ""
    opening = begins if begins and held.text.startswith(begins) else ""
    return Statement(
        number,
        opening,
        clipped(held.text.removeprefix(opening), longest),
        held.ending,
        Words("") if f"other-{row}" in board.hidden else clipped(held.other, longest),
        Words("") if f"note-{row}" in board.hidden else clipped(held.note, LONGEST_CELL),
    )
