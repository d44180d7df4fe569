"""A table that plays a ranking by its rules alone: no database, no clock, no screens."""

from dataclasses import dataclass, field
from typing import Any

from app.activities.base import Gathering, Given, Turn
from app.activities.ranking import activity
from app.activities.ranking.shapes import Answer, Board, Setup


def setup_of(statements: int = 5, discard: int = 1, top: int = 2, start: str = "mirror") -> Setup:
    """Prepare so many statements, s1 and on."""
    texts = [{"id": f"s{n}", "text": f"Statement {n}"} for n in range(1, statements + 1)]
    return Setup.model_validate({"statements": texts, "discard": discard, "top": top, "start": start})


@dataclass
class Sitting:
    """So many people at a table, their answers by seat, and their board; moves are made as the product makes them."""

    people: int = 3
    setup: Setup = field(default_factory=setup_of)
    rule: str = "all-at-3"
    phase: str = "read"
    board: Board = field(default_factory=Board)
    answers: dict[int, Answer] = field(default_factory=dict)
    away: set[int] = field(default_factory=set)
    kept: dict[str, tuple[Given, ...]] = field(default_factory=dict)
    lot: int = 0

    def gathering(self) -> Gathering:
        """Gather the table as it is."""
        return Gathering(self.setup, self.phase, self.rule, self.board, self.given(), self.kept)

    def given(self) -> tuple[Given, ...]:
        """List what each seat holds."""
        return tuple(
            Given(seat, None, self.answers.get(seat, Answer()), seat not in self.away)
            for seat in range(1, self.people + 1)
        )

    def make(self, seat: int | None, name: str, **fields: Any) -> Board:
        """Make a move, by a seat or by the trainer, in the phase the table is in."""
        move = activity.move(name)
        assert move is not None
        assert self.phase in move.phases | move.late, f"{name} in {self.phase}"
        held: Any = self.board if move.changes == "board" else self.answers.get(seat or 0, Answer())
        turn = Turn(
            self.setup,
            self.phase,
            seat,
            held,
            self.rule,
            board=lambda: self.board,
            gather=self.gathering,
            draw=lambda n: self.lot,
        )
        new = move.apply(turn, move.shape.model_validate(fields))
        if move.changes == "board":
            self.board = new
        else:
            self.answers[seat or 0] = new
        if move.settles:
            self.settle()
        return self.board

    def settle(self) -> Board:
        """Look whether all have answered what is open."""
        self.board = activity.settle(self.gathering())  # type: ignore[assignment]  # a ranking's own
        return self.board

    def all(self, name: str, *each: Any, of: str, **fields: Any) -> Board:
        """Let seats 1 and on make the same move, each with a value of their own in the field `of`."""
        for seat, value in enumerate(each, 1):
            self.make(seat, name, **{of: value}, **fields)
        return self.board

    def check(self, *values: int) -> Board:
        """Answer the open check, seat by seat."""
        return self.all("answer_check", *values, of="value")

    def go(self, *phases: str) -> Board:
        """Enter phases one after the other."""
        for name in phases:
            if self.phase == "solo":
                self.kept["solo"] = self.given()
            self.phase = name
            self.board = activity.enter(self.gathering())  # type: ignore[assignment]
        return self.board

    def reopen(self, name: str) -> Board:
        """Go back to a phase."""
        self.phase = name
        self.board = activity.reopen(self.gathering())  # type: ignore[assignment]
        return self.go(name)

    def solo(self, *orders: str) -> Board:
        """Let each put an order, written "s1 s2 s3 s4/s5", and close solo by going on to the discard."""
        self.go("solo")
        for seat, order in enumerate(orders, 1):
            ranked, _, gone = order.partition("/")
            self.make(seat, "put_ballot", order=ranked.split(), discard=gone or None)
        return self.go("discard" if self.setup.discard else "rank")

    def propose(self, seat: int, statement: str, reason: str = "") -> Board:
        """Propose to discard a statement."""
        return self.make(seat, "nominate_discard", statement=statement, reason=reason)


LIKE = "s1 s2 s3 s4/s5"


def ranked(people: int = 3, **more: Any) -> Sitting:
    """Bring a table to its board, s5 discarded and s1 … s4 placed in this order."""
    table = Sitting(people=people, **more)
    table.solo(*[LIKE] * people)
    table.propose(1, "s5", "It follows from the others.")
    table.check(*[4] * people)
    table.go("rank")
    for place in range(1, 5):
        table.make(1, "place", statement=f"s{place}", position=place)
    return table


def listed(people: int = 3, **more: Any) -> Sitting:
    """Bring a table to the check on its list: s1, then s2."""
    table = ranked(people, **more)
    table.go("compare", "top")
    table.all("mark_top", *[["s1", "s2"]] * people, of="statements")
    for place in (1, 2):
        table.make(1, "place_top", statement=f"s{place}", position=place)
    table.go("check")
    return table
