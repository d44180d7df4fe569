"""What every phase's seat page has: the sentence's heading, the list of sentences, the way from one to the next.

Law: all sentences are drawn, the first shown; the page's script shows the chosen one and asks nobody for it.
"""

from dataclasses import dataclass

from app.activities.base import Asking, Given, Person, Region, SeatScene
from app.activities.grid import cells, joint, naming, rights, rules
from app.activities.grid.shapes import Answer, Board, Row, Setup
from app.errors import N_, Phrase

# Where the table goes on to, in the words of the button that brings it there.
LEADS_TO = {
    "caucus": N_("Put our jots together"),
    "reveal": N_("Open all columns"),
    "answer": N_("Answer the questions"),
    "joint": N_("Write together"),
    "check": N_("Check the whole grid"),
    "locked": N_("Lock our grid"),
}
# From `answer` on the sentences stand in the table's order, the least tense first.
BY_TENSION = frozenset({"answer", "joint", "check"})

ICONS = {
    "nothing": "arrow-right",
    "empty": "arrow-right",
    "jotting": "arrow-right",
    "jotted": "pen",
    "draft": "pen",
    "writing": "pen",
    "asked": "question",
    "checking": "clock",
    "passed": "check",
    "written": "pen",
    "agreed": "check",
    "answered": "check",
    "marked": "check",
    "locked": "lock",
}
DONE = frozenset({"jotted", "agreed", "marked", "answered", "locked"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A row by the number that it has on every screen and sheet; `is_first`: it comes first on this page."""

    id: str
    number: int
    prompt: str
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class HeadView:
    """The headings of all sentences; `step` tells one grid from another on the same phone."""

    step: str
    phase: str
    label: str | Phrase
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class RowState:
    """A sentence in the list, and how far it is: the state's name, what it counts, what else it says."""

    sentence: Sentence
    state: str
    count: int = 0
    word: str = ""

    @property
    def icon(self) -> str:
        """The drawing beside the words."""
        return ICONS.get(self.state, "arrow-right")

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do here for now."""
        return self.state in DONE


@dataclass(frozen=True, slots=True)
class DoneView:
    """The seat's own word that it is done."""

    moves_url: str
    version: int
    done: bool
    alone: bool = False


@dataclass(frozen=True, slots=True)
class RowsView:
    """The list of sentences; with `done`, where the seat says that it is."""

    rows: tuple[RowState, ...]
    done: DoneView | None = None


@dataclass(frozen=True, slots=True)
class TurnView:
    """Back and Next, where there is more than one sentence."""

    rows: int


@dataclass(frozen=True, slots=True)
class OnView:
    """A table's button that brings it to the next phase."""

    moves_url: str
    version: int
    phase: str
    label: str


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who may write in a text: the key that the line tells, and who that is."""

    key: str
    agency: str
    place: int


@dataclass(frozen=True, slots=True)
class Pad:
    """A shared text on the page. `id` ends the ids around it, `area` is the text area's own, `label` names it.

    `test` is how tests find it. `heading` stands beside the count of words, over the text.
    """

    id: str
    area: str
    test: str
    address: str
    label: Phrase
    advised: int
    writers: tuple[Writer, ...]
    heading: str = ""
    hint: str | Phrase = ""
    may: str = "write"


def may(scene: SeatScene, name: str) -> str:
    """Say what this seat may do with a text, as its line will."""
    seat = Given(scene.seat, scene.agency, scene.answer)
    return rights.text(Asking(scene.setup, scene.phase, scene.board, name, seat)).may


def joint_pad(scene: SeatScene, one: Sentence, heading: str) -> Pad:
    """Lay out a joint statement's text."""
    setup: Setup = scene.setup
    name = naming.joint(one.id)
    return Pad(
        id=one.id,
        area=f"joint-text-{one.id}",
        test=name,
        address=f"{scene.texts_url}/{name}",
        label=Phrase(N_("Joint statement for sentence {number}"), {"number": one.number}),
        advised=setup.words,
        writers=writers(scene.people),
        heading=heading,
        hint=N_("Everyone at the table can write here at once."),
        may=may(scene, name),
    )


def order(scene: SeatScene) -> tuple[Row, ...]:
    """List the rows in the order in which the phase goes through them: where questions are answered, these first."""
    setup: Setup = scene.setup
    if scene.phase not in BY_TENSION:
        return setup.rows
    board: Board = scene.board
    found = [row for name in cells.order(setup, board) if (row := setup.row(name)) is not None]
    if scene.phase == "answer":
        found.sort(key=lambda row: not any(board.asked.get(row.id, {}).values()))
    return tuple(found)


def sentences(scene: SeatScene) -> tuple[Sentence, ...]:
    """List the sentences as the phase goes through them; each keeps the number by which people speak of it."""
    numbers = {row: number for number, row in enumerate(scene.setup.row_ids, 1)}
    rows = order(scene)
    return tuple(Sentence(row.id, numbers[row.id], row.prompt, row is rows[0]) for row in rows)


def head(scene: SeatScene, label: str | Phrase) -> Region:
    """Head the page with the sentence; `label` follows "Sentence 3 of 7"."""
    view = HeadView(scene.moves_url, scene.phase, label, sentences(scene))
    return Region("phase", "grid/_phase.html", view)


def rows(scene: SeatScene, done: DoneView | None = None) -> Region:
    """List the sentences, each with how far it is."""
    return Region("rows", "grid/_rows.html", RowsView(tuple(state(scene, one) for one in sentences(scene)), done))


def turn(scene: SeatScene) -> Region:
    """Offer the sentence before and the one after."""
    setup: Setup = scene.setup
    return Region("turn", "grid/_turn.html", TurnView(len(setup.rows)), "foot")


def foot(scene: SeatScene) -> tuple[Region, ...]:
    """What stands below every phase: from sentence to sentence, and the table's way on."""
    return (turn(scene), *on(scene))


def on(scene: SeatScene) -> tuple[Region, ...]:
    """Offer the table the way on, once it has what the phase is for or where it moves itself."""
    path = [phase.name for phase in rules.PHASES]
    at = path.index(scene.phase)
    if at + 1 == len(path):
        return ()
    waits = scene.phase == "jot" and scene.done < sum(1 for person in scene.people if person.here)
    if waits or not (scene.by_table or rules.ready(scene.setup, scene.phase, scene.board)):
        return ()
    name = path[at + 1]
    return (Region("on", "grid/_on.html", OnView(scene.moves_url, scene.board_version, name, LEADS_TO[name]), "foot"),)


def column(scene: SeatScene) -> str | None:
    """Find the column that this seat writes for."""
    answer: Answer = scene.answer
    return naming.column_of(scene.setup, scene.agency, answer.column)


def writers(people: tuple[Person, ...]) -> tuple[Writer, ...]:
    """List who may write in a text, as the line will tell of them."""
    return tuple(Writer(f"{one.table}:{one.place}", one.agency, one.place) for one in people)


def state(scene: SeatScene, sentence: Sentence) -> RowState:
    """Say how far a sentence is, in the phase's own terms."""
    made = {
        "jot": jotted,
        "caucus": merged,
        "reveal": marked,
        "answer": questions,
        "joint": together,
        "check": together,
        "locked": together,
    }[scene.phase]
    return made(scene, sentence)


def jotted(scene: SeatScene, sentence: Sentence) -> RowState:
    """Count the seat's own jots."""
    answer: Answer = scene.answer
    count = len(answer.jots.get(sentence.id, ()))
    return RowState(sentence, "jotted" if count else "nothing", count)


def merged(scene: SeatScene, sentence: Sentence) -> RowState:
    """Say how far one's own column's cell is."""
    board: Board = scene.board
    own, jots = column(scene), scene.revealed.get("jot")
    if own is None:
        return RowState(sentence, "nothing")
    count = 0 if jots is None else jots.count(own, sentence.id)
    return RowState(sentence, cells.state(scene.setup, board, sentence.id, own, bool(count)), count)


def marked(scene: SeatScene, sentence: Sentence) -> RowState:
    """Count the marks that this seat has made."""
    answer: Answer = scene.answer
    board: Board = scene.board
    count = sum(1 for one in answer.marks.get(sentence.id, {}).values() if one.round == board.reveals)
    return RowState(sentence, "marked" if count else "nothing", count)


def open_questions(board: Board, row: str) -> int:
    """Count the cells of a row with questions that nobody has answered."""
    return sum(1 for at, _ in cells.open_questions(board) if at == row)


def questions(scene: SeatScene, sentence: Sentence) -> RowState:
    """Count the questions that wait for an answer."""
    board: Board = scene.board
    count = open_questions(board, sentence.id)
    if count:
        return RowState(sentence, "asked", count)
    return RowState(sentence, "answered" if any(board.asked.get(sentence.id, {}).values()) else "unasked")


def together(scene: SeatScene, sentence: Sentence) -> RowState:
    """Say how far a joint statement is; where nobody has begun it, what its cells are like."""
    setup: Setup = scene.setup
    board: Board = scene.board
    row = sentence.id
    held = joint.of(board, row)
    if held.locked or held.ending:
        return RowState(sentence, "locked" if held.locked else "written", word=how_locked(scene, row))
    if joint.is_checked(board, row):
        return RowState(sentence, "checking")
    if joint.has_passed(board, row):
        return RowState(sentence, "passed")
    if naming.joint(row) in board.begun:
        return RowState(sentence, "writing")
    if scene.phase != "joint":
        return RowState(sentence, "nothing")
    return cells_like(setup, board, sentence)


def how_locked(scene: SeatScene, row: str) -> str:
    """Name how a row was locked; one agreed by the rule of its check."""
    ending = joint.of(scene.board, row).ending
    if ending != "agreed":
        return ending
    check = joint.last_check(scene.board, row)
    return check.rule if check else scene.rule


def cells_like(setup: Setup, board: Board, sentence: Sentence) -> RowState:
    """Say what stands out among a row's cells."""
    row = sentence.id
    if count := open_questions(board, row):
        return RowState(sentence, "asked", count)
    if count := sum(heat.tension for heat in board.heat.get(row, {}).values()):
        return RowState(sentence, "tense", count)
    written = sum(1 for text in board.cells.get(row, {}).values() if text)
    if written < len(setup.columns):
        return RowState(sentence, "lacking", len(setup.columns) - written)
    return RowState(sentence, "cells", written)
