"""A table that plays a grid by its rules alone: no database, no clock, no screens, texts that are a dict of words."""

from dataclasses import dataclass, field
from typing import Any

from app.activities.base import Asking, Gathering, Given, TableScene, TextRight, Turn
from app.activities.grid import activity
from app.activities.grid.shapes import Answer, Board, Setup
from tests.activities.words import PaperTexts

SETUP = Setup.model_validate(
    {
        "rows": [{"id": f"r{n}", "prompt": f"Sentence {n} is …"} for n in (1, 2, 3)],
        "columns": [
            {"id": "education", "label": "Education"},
            {"id": "health", "label": "Health"},
            {"id": "police", "label": "Police"},
        ],
        "agreed": "Joint statement",
    }
)
PATH = [phase.name for phase in activity.path(SETUP)]


@dataclass
class GridTable:
    """People by their agencies, in seats 1 and on; moves are made as the product makes them."""

    agencies: tuple[str | None, ...] = ("education", "health", "health", "education", "health")
    setup: Setup = SETUP
    rule: str = "all-at-3"
    phase: str = "jot"
    board: Board = field(default_factory=Board)
    answers: dict[int, Answer] = field(default_factory=dict)
    away: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    kept: dict[str, tuple[Given, ...]] = field(default_factory=dict)
    texts: PaperTexts = field(default_factory=PaperTexts)

    def gathering(self, phase: str = "") -> Gathering:
        """Gather the table as it is."""
        return Gathering(self.setup, phase or self.phase, self.rule, self.board, self.given(), self.kept, self.texts)

    def given(self) -> tuple[Given, ...]:
        """List what each seat holds that still sits here."""
        return tuple(
            Given(seat, agency, self.answer(seat), seat not in self.away)
            for seat, agency in enumerate(self.agencies, 1)
            if seat not in self.gone
        )

    def answer(self, seat: int) -> Answer:
        """Give what a seat holds."""
        return self.answers.get(seat, Answer())

    def make(self, seat: int | None, name: str, **fields: Any) -> None:
        """Make a move, by a seat or by the trainer, in the phase the table is in."""
        move = activity.move(name)
        assert move is not None
        assert self.phase in move.phases, f"{name} in {self.phase}"
        assert (seat is None) == (move.by == "trainer")
        held: Any = self.board if move.changes == "board" else self.answer(seat or 0)
        turn = Turn(
            self.setup,
            self.phase,
            seat,
            held,
            self.rule,
            board=lambda: self.board,
            gather=self.gathering,
            texts=self.texts,
        )
        new = move.apply(turn, move.shape.model_validate(fields))
        if move.changes == "board":
            self.board = self.stored(new)
        else:
            self.answers[seat or 0] = Answer.model_validate_json(new.model_dump_json())
            if move.settles:
                self.settle()

    def settle(self) -> None:
        """Look whether all have done what the table waits for."""
        self.board = self.stored(activity.settle(self.gathering()))

    def to(self, phase: str) -> None:
        """Go on to a phase through those between, or back to it."""
        at, goal = PATH.index(self.phase), PATH.index(phase)
        if self.phase == "jot":
            self.kept["jot"] = self.given()
        for name in PATH[at + 1 : goal + 1] or [phase]:
            self.board = self.stored(activity.enter(self.gathering(name)))
        self.phase = phase

    def reopen(self, phase: str) -> None:
        """Open a phase again, as the trainer does."""
        self.board = self.stored(activity.reopen(self.gathering(phase)))
        self.board = self.stored(activity.enter(self.gathering(phase)))
        self.phase = phase

    def right(self, seat: int | None, name: str) -> TextRight:
        """Ask what a seat may do with a text; None for the desk and the wall."""
        given = next((one for one in self.given() if one.seat == seat), None)
        return activity.text(Asking(self.setup, self.phase, self.board, name, given))

    def write(self, seat: int, name: str, words: str) -> None:
        """Write in a shared text as a phone does, which must be allowed and not frozen."""
        assert self.right(seat, name).may == "write"
        assert name not in self.texts.frozen
        self.texts.words[name] = words
        self.board = self.stored(activity.wrote(self.setup, self.board, name))

    def check(self, *values: int, row: str = "", note: str = "") -> None:
        """Let the seats answer the open check in turn."""
        for seat, value in enumerate(values, 1):
            self.make(seat, "answer_check", value=value, row=row, note=note if value < 3 else "")

    def scene(self) -> TableScene:
        """Stand at the table as the desk does."""
        revealed = {name: activity.reveal(self.setup, name, given, ()) for name, given in self.kept.items()}
        return TableScene(
            self.setup, self.phase, 1, self.board, 7, "/moves", revealed, (), 0, len(self.agencies), self.rule
        )

    def stored(self, board: Any) -> Board:
        """Write a board down and read it again."""
        return Board.model_validate_json(board.model_dump_json())


def at_reveal(**more: Any) -> GridTable:
    """Play to the reveal: education has written on rows 1 and 2, health on row 1, nobody for the police."""
    table = GridTable(**more)
    table.to("caucus")
    table.write(1, "cell-r1-education", "School says one plan.\n- and one list")
    table.write(2, "cell-r1-health", " Clinic says one worker. ")
    table.write(1, "cell-r2-education", "School says time.")
    table.make(1, "agree_cell", row="r1")
    table.to("reveal")
    return table


def at_joint(*rows: str, **more: Any) -> GridTable:
    """Play to the joint statements, and write those of some rows."""
    table = at_reveal(**more)
    table.to("joint")
    for row in rows:
        table.write(1, f"joint-{row}", f"Sentence {row[1:]} is ours.")
    return table


def at_check(**more: Any) -> GridTable:
    """Play to the check on the whole grid: row 1 is locked, row 2 written and row 3 not."""
    table = at_joint("r1", "r2", **more)
    table.make(1, "open_check", row="r1")
    table.check(3, 4, 5, 3, 4, row="r1")
    table.make(2, "lock_row", row="r1")
    table.to("check")
    return table
