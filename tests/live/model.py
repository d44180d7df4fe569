"""A small model of a workshop with one ranking, written from the product's description and not from its rules.

A move that is made on it changes it or is refused; whatever it does not foretell (lots, the mirror) it is told.
"""

from dataclasses import dataclass, field
from typing import Any

PHASES = ("read", "solo", "discard", "rank", "compare", "top", "check", "locked")
TOGETHER = ("discard", "rank", "compare", "top", "check")
RULES = {
    "all-at-3": lambda values: min(values) >= 3,
    "none-at-0": lambda values: min(values) > 0,
    "most-at-3": lambda values: 100 * sum(value >= 3 for value in values) >= 80 * len(values),
}


class No(Exception):
    """The move is refused."""


def need(fine: object) -> None:
    """Refuse unless it is fine."""
    if not fine:
        raise No


@dataclass
class Person:
    """One seat: where it is, and what it has said in private."""

    table: int
    here: bool = True
    gone: bool = False
    said: bool = False
    unclear: tuple[str, ...] = ()
    ballot: tuple[str | None, tuple[str, ...]] | None = None
    done: bool = False
    why: str = ""
    show: bool = False
    check: tuple[int, int, str] | None = None
    either: tuple[int, str] | None = None
    marks: tuple[int, tuple[str, ...]] | None = None

    def private(self) -> tuple[object, ...]:
        """All that this seat has said."""
        return (self.unclear, self.ballot, self.done, self.why, self.show, self.check, self.either, self.marks)


@dataclass
class Asked:
    """A check or an either/or: what about, and how it came out."""

    number: int
    about: tuple[str, ...]
    subject: str
    outcome: Any = None
    away: bool = False


@dataclass
class Place:
    """A table: where it is, what it has kept, agreed, and locked."""

    phase: str = "read"
    kept: dict[int, tuple[str | None, tuple[str, ...]] | None] | None = None
    proposals: list[dict[str, Any]] = field(default_factory=list)
    discarded: list[tuple[str, str]] = field(default_factory=list)
    earlier: list[tuple[str, str]] = field(default_factory=list)
    nothing: bool = False
    checks: list[Asked] = field(default_factory=list)
    eithers: list[Asked] = field(default_factory=list)
    failed: dict[str, int] = field(default_factory=lambda: {"discard": 0, "top": 0})
    closed: int = 0
    passed: bool = False
    ending: str = ""
    open_place: int | None = None
    note: str = ""
    round: int = 0
    places: list[str | None] = field(default_factory=list)
    back: list[list[str | None]] = field(default_factory=list)
    touched: bool = False
    laid: bool = False
    links: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    lists: dict[int, tuple[str, ...]] = field(default_factory=dict)
    marks: tuple[int, tuple[str, ...], tuple[str, ...], tuple[str, ...]] | None = None
    top: list[list[str]] = field(default_factory=list)
    results: list[tuple[Any, ...]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)

    @property
    def check(self) -> Asked | None:
        """The check that is open."""
        last = self.checks[-1] if self.checks else None
        return last if last and last.outcome is None and not last.away else None

    @property
    def either(self) -> Asked | None:
        """The either/or that is open."""
        last = self.eithers[-1] if self.eithers else None
        return last if last and last.outcome is None and not last.away else None


@dataclass
class Model:
    """The whole workshop."""

    statements: tuple[str, ...]
    discards: int
    wanted: int
    blank: bool
    rule: str
    by_table: bool
    people: dict[int, Person] = field(default_factory=dict)
    tables: dict[int, Place] = field(default_factory=dict)

    @property
    def path(self) -> tuple[str, ...]:
        """The phases that a table goes through."""
        return tuple(one for one in PHASES if one != "discard" or self.discards)

    def at(self, number: int) -> dict[int, Person]:
        """Who sits at a table."""
        return {seat: one for seat, one in self.people.items() if one.table == number and not one.gone}

    def left(self, table: Place) -> list[str]:
        """What is not discarded."""
        out = {statement for statement, _ in table.discarded}
        return [one for one in self.statements if one not in out]

    def settled(self, table: Place) -> bool:
        """Whether the discard is."""
        return table.nothing or len(table.discarded) >= self.discards

    def known(self, *statements: str, table: Place | None = None) -> None:
        """Refuse what is not on the list, or not any more."""
        need(all(one in (self.left(table) if table else self.statements) for one in statements))

    # What is asked

    def ask(self, table: Place, subject: str, statement: str = "") -> None:
        """Open a check."""
        table.checks.append(Asked(len(table.checks) + 1, (statement,), subject))

    def next_proposal(self, table: Place) -> None:
        """Open the check on what waits longest."""
        if table.check or table.either:
            return
        for one in table.proposals:
            if one["waits"] and one["statement"] in self.left(table):
                one["waits"] = False
                self.ask(table, "discard", one["statement"])
                one["check"] = table.checks[-1]
                return

    def propose(self, table: Place, statement: str, seat: int | None) -> None:
        """Add a proposal."""
        table.proposals.append({"statement": statement, "seat": seat, "waits": True, "check": None})
        self.next_proposal(table)

    def waiting(self, table: Place) -> list[str]:
        """What is proposed and had no check yet."""
        return [one["statement"] for one in table.proposals if one["waits"] and one["statement"] in self.left(table)]

    def close_check(self, number: int, table: Place) -> None:
        """Close the check with the answers there are."""
        check = table.check
        need(check)
        assert check is not None
        told = [one.check for one in self.at(number).values() if one.check and one.check[0] == check.number]
        need(told)
        values = [value for _, value, _ in told]
        table.told |= {note for *_, note in told}
        passed = bool(RULES[self.rule](values))
        counts = tuple(values.count(value) for value in range(6)) if len(values) >= 5 else None
        check.outcome = (passed, len(values), counts, sorted(note for *_, note in told if note))
        if check.subject == "top":
            table.closed += 1
            table.passed = passed
            table.failed["top"] += not passed
            return
        table.failed["discard"] = 0 if passed else table.failed["discard"] + 1
        if passed:
            table.discarded.append((check.about[0], "agreed"))
        if not self.settled(table):
            self.next_proposal(table)

    def close_either(self, number: int, table: Place) -> None:
        """Close the either/or with the choices there are."""
        either = table.either
        assert either is not None
        told = [one.either[1] for one in self.at(number).values() if one.either and one.either[0] == either.number]
        need(told)
        a, b = (told.count(one) for one in either.about)
        winner = None if a == b else either.about[a < b]
        either.outcome = (winner, len(told), (a, b) if len(told) >= 5 else None)
        self.decide(table, either, winner)

    def decide(self, table: Place, either: Asked, winner: str | None) -> None:
        """Draw what follows from an either/or."""
        if either.subject == "top":
            if winner and winner not in self.placed(table) and self.first_open(table):
                self.put(table, winner, self.first_open(table))
        elif not self.settled(table):
            if winner:
                waits = [one for one in table.proposals if one["waits"] and one["statement"] == winner]
                table.proposals = [one for one in table.proposals if one not in waits]
                self.propose(table, winner, None)
            else:
                self.next_proposal(table)

    def close_marks(self, number: int, table: Place) -> None:
        """Sort the statements by the marks there are."""
        told = [one.marks[1] for one in self.at(number).values() if one.marks and one.marks[0] == table.round]
        need(told)
        if len(told) < 3:
            table.marks = (len(told), (), (), ())
            return
        left = self.left(table)
        order = [one for one in table.places if one in left] + [one for one in left if one not in table.places]
        by = {one: sum(one in marks for marks in told) for one in left}
        all_, none = (tuple(one for one in order if one and by[one] == count) for count in (len(told), 0))
        some = tuple(one for one in order if one and one not in all_ + none)
        table.marks = (len(told), all_, some, none)
        for one in all_:
            if one not in self.placed(table) and self.first_open(table):
                self.put(table, one, self.first_open(table))

    def settle(self, number: int) -> None:
        """Close what all present have answered."""
        table, people = self.tables.get(number), self.at(number).values()
        if table is None:
            return

        def all_have(answers: list[bool]) -> bool:
            here = [has for has, one in zip(answers, people, strict=True) if one.here] or answers
            return bool(here) and all(here)

        either = table.either
        if either and all_have([bool(one.either and one.either[0] == either.number) for one in people]):
            self.close_either(number, table)
        marked = [bool(one.marks and one.marks[0] == table.round) for one in people]
        if table.phase == "top" and table.marks is None and all_have(marked):
            self.close_marks(number, table)
        check = table.check
        if check and all_have([bool(one.check and one.check[0] == check.number) for one in people]):
            self.close_check(number, table)
        ballots = {seat: one for seat, one in (table.kept or {}).items() if one}
        pair = set(ballots) == set(self.at(number)) and len(ballots) == 2
        if pair and not table.lists and all(one.show for one in people):
            table.lists = {seat: one[1] for seat, one in ballots.items()}

    # The board and the top places

    def shift(self, row: list[Any], what: Any, target: int, came: int | None, free: list[int]) -> None:
        """Put something on a taken place: those between it and a free one move up by one towards that."""
        hole = came if came is not None else min(free, key=lambda at: (abs(at - target), at < target))
        step = 1 if target > hole else -1
        while hole != target:
            row[hole] = row[hole + step]
            hole += step
        row[target] = what

    def placed(self, table: Place) -> list[str]:
        """What stands among the top."""
        return [one for tier in table.top for one in tier]

    def tiers(self, table: Place) -> list[list[str]]:
        """All top places."""
        return [*table.top, *([] for _ in range(self.wanted))][: self.wanted]

    def first_open(self, table: Place) -> int | None:
        """The first place that is free and not used up by one that several share."""
        taken = 0
        for at, tier in enumerate(self.tiers(table)):
            if not tier and taken <= at:
                return at + 1
            taken += len(tier)
        return None

    def put(self, table: Place, statement: str, position: int | None, joint: bool = False) -> None:
        """Put a statement on a top place, or take it out."""
        row = self.tiers(table)
        came = next((at for at, tier in enumerate(row) if statement in tier), None)
        if position is not None and came == position - 1 and (joint or row[came] == [statement]):
            return
        row = [[one for one in tier if one != statement] for tier in row]
        if position is not None:
            target = position - 1
            free = [at for at, tier in enumerate(row) if not tier]
            if not row[target]:
                row[target] = [statement]
            elif joint:
                row[target].append(statement)
            else:
                need(free)
                self.shift(row, [statement], target, came if came in free else None, free)
        table.top = row

    # Phases

    def unsettle(self, table: Place) -> None:
        """Begin a new round of checks."""
        table.round += 1
        table.failed = {"discard": 0, "top": 0}
        table.closed, table.passed, table.ending, table.open_place, table.note = 0, False, "", None, ""

    def put_away(self, table: Place) -> None:
        """Put away what is open."""
        for one in (table.check, table.either):
            if one:
                one.away = True

    def arrive(self, table: Place, phase: str) -> None:
        """Do what entering a phase does."""
        self.put_away(table)
        if phase not in ("check", "locked") and (table.passed or table.ending):
            self.unsettle(table)
        table.back = [] if phase == "rank" else table.back
        if phase == "rank":
            left = self.left(table)
            table.top = [[one for one in tier if one in left] for tier in table.top]
            if table.touched or table.results:
                row = [one for one in table.places if one is None or one in left]
                while len(row) > len(left):
                    del row[len(row) - 1 - row[::-1].index(None)]
                table.places = row + [None] * (len(left) - len(row))
            else:
                table.places, table.laid = [None] * len(left), True
        is_over = table.passed or table.ending or table.failed["top"] >= 3
        if phase == "check" and self.placed(table) and not is_over:
            self.ask(table, "top")
        if phase == "locked":
            ending = "agreed" if table.passed else table.ending or "unchecked"
            top = tuple(tuple(tier) for tier in self.tiers(table))
            table.results.append((ending, top, tuple(table.places), table.open_place, table.note, table.closed))

    def enter(self, number: int, to: str, *, reopening: bool = False) -> None:
        """Bring a table to a phase."""
        table = self.tables[number]
        if table.phase == to and not reopening:
            return
        at, goal = self.path.index(table.phase), self.path.index(to)
        if at <= self.path.index("solo") < goal:
            table.kept = self.counted(number)
            if sum(1 for ballot in table.kept.values() if ballot) >= 3:
                table.told |= {one.why for one in self.at(number).values() if one.ballot and one.ballot[0]}
        if reopening or (table.phase == "locked" and goal < at):
            self.put_away(table)
            self.unsettle(table)
            if to in ("read", "solo", "discard"):
                table.earlier += table.discarded
                table.discarded, table.nothing = [], False
                table.proposals = [one for one in table.proposals if not one["waits"]]
            if to != "check":
                table.marks = None
        table.phase = to
        for name in self.path[at + 1 : goal + 1] or (to,):
            self.arrive(table, name)

    def counted(self, number: int) -> dict[int, Any]:
        """Whose answers count as a table closes its solo.

        One counts at one table, and stays counted when gone; one or two newcomers stay out where an order was shown.
        """
        others = [table.kept or {} for at, table in self.tables.items() if at != number]
        now = {
            seat: one.ballot
            for seat, one in self.at(number).items()
            if one.said and not any(kept.get(seat) for kept in others)
        }
        before = self.tables[number].kept or {}
        shown = [seat for seat, ballot in before.items() if ballot]
        new = [seat for seat, ballot in now.items() if ballot and seat not in shown]
        out = new if (len(shown) >= 3 or self.tables[number].lists) and len(new) < 3 else []
        return {seat: ballot for seat, ballot in (before | now).items() if seat not in out}

    def phase(self, to: str, number: int | None, tables: int) -> None:
        """Let the trainer move one table, or all that are just before a phase, or all."""
        for one in range(1, tables + 1):
            self.tables.setdefault(one, Place())
        chosen = [number] if number else list(self.tables)
        at = self.path.index(to)
        before = [one for one in chosen if at and self.tables[one].phase == self.path[at - 1]]
        for one in chosen if number or not before else before:
            self.enter(one, to)

    def late(self, seat: int) -> bool:
        """Whether a seat's table closed solo without it."""
        kept = self.tables[self.people[seat].table].kept
        return kept is not None and seat not in kept
