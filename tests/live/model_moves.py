"""What each move does to the model of a workshop, and when it is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.live.model import TOGETHER, Asked, Model, No, Person, Place, need


@dataclass(frozen=True, slots=True)
class By:
    """Who makes a move at which table; `lot` is what lots came to, `known` whether a hidden entry is there."""

    model: Model
    number: int
    table: Place
    seat: int | None = None
    lot: str | None = None
    known: bool = False

    @property
    def person(self) -> Person:
        """The seat that moves."""
        return self.model.people[self.seat or 0]

    def within(self, *phases: str, late: bool = False) -> None:
        """Refuse outside these phases; `late`: open afterwards to a seat that came late."""
        fine = self.table.phase in phases
        need(fine or (late and self.table.phase in TOGETHER and self.model.late(self.seat or 0)))


def flag(by: By, statement: str) -> None:
    by.within("read")
    by.model.known(statement)
    had = by.person.unclear
    by.person.unclear = tuple(one for one in had if one != statement) if statement in had else (*had, statement)


def put_ballot(by: By, discard: str | None, order: list[str]) -> None:
    by.within("solo", late=True)
    need(discard is None or by.model.discards)
    named = [*order, *([discard] if discard else [])]
    need(sorted(named) == sorted(by.model.statements))
    by.person.ballot = discard, tuple(order)


def done(by: By, done: bool) -> None:
    by.within("solo", late=True)
    by.person.done = done


def say_why(by: By, reason: str) -> None:
    by.within("solo")
    by.person.why = reason


def show_list(by: By, show: bool) -> None:
    by.within(*TOGETHER)
    changed = by.person.show != show
    by.person.show = show
    if changed:
        by.model.settle(by.number)


def nominate_discard(by: By, statement: str, reason: str = "") -> None:
    by.within("discard")
    by.model.known(statement, table=by.table)
    need(not by.model.settled(by.table))
    now = by.table.check
    need(statement not in by.model.waiting(by.table) and not (now and now.about == (statement,)))
    by.model.propose(by.table, statement, by.seat)


def withdraw(by: By, proposal: int | None) -> None:
    by.within("discard")
    need(proposal is not None)
    one = by.table.proposals[proposal or 0]
    need(one["seat"] == by.seat)
    if not one["waits"]:
        check = one["check"]
        people = by.model.at(by.number).values()
        need(check is by.table.check and check is not None)
        need(not any(person.check and person.check[0] == check.number for person in people))
        check.away = True
    by.table.proposals = [other for other in by.table.proposals if other is not one]
    if not one["waits"]:
        by.model.next_proposal(by.table)


def ask_either(by: By, a: str, b: str) -> None:
    by.within("discard", "top")
    by.model.known(a, b, table=by.table)
    need(a != b and not by.table.check and not by.table.either)
    need(by.table.phase == "top" or not by.model.settled(by.table))
    by.table.eithers.append(Asked(len(by.table.eithers) + 1, (a, b), by.table.phase))


def answer_either(by: By, choice: str) -> None:
    by.within("discard", "top")
    either = by.table.either
    need(either and choice in either.about)
    assert either is not None
    new = either.number, choice
    changed, by.person.either = by.person.either != new, new
    if changed:
        by.model.settle(by.number)


def draw_lots(by: By) -> None:
    by.within("discard", "top")
    last = by.table.eithers[-1] if by.table.eithers else None
    need(last and last.outcome and last.outcome[0] is None and last.subject == by.table.phase)
    assert last is not None
    by.model.known(*last.about, table=by.table)
    if by.lot is not None:
        assert by.lot in last.about
        last.outcome = (by.lot, *last.outcome[1:])
        by.model.decide(by.table, last, by.lot)


def place(by: By, statement: str, position: int | None) -> None:
    by.within("rank", "compare")
    table = by.table
    by.model.known(statement, table=table)
    need(position is None or position <= len(table.places))
    before, row = list(table.places), list(table.places)
    came = row.index(statement) if statement in row else None
    if came is not None:
        row[came] = None
    if position is not None:
        free = [at for at, one in enumerate(row) if one is None]
        if row[position - 1] is None:
            row[position - 1] = statement
        else:
            by.model.shift(row, statement, position - 1, came, free)
    if row != before:
        table.places, table.touched = row, True
        table.back = [*table.back, before][-10:]


def undo(by: By) -> None:
    by.within("rank", "compare")
    need(by.table.back)
    by.table.places = by.table.back.pop()


def link(by: By, a: str, b: str, relation: str, note: str = "") -> None:
    by.within("compare")
    by.model.known(a, b)
    need(a != b and not any(set(one[:2]) == {a, b} and one[2] == relation for one in by.table.links.values()))
    by.table.links[max(by.table.links, default=0) + 1] = a, b, relation


def unlink(by: By, link: int | None) -> None:
    by.within("compare")
    need(link is not None)
    links = list(by.table.links)
    del by.table.links[links[link or 0]]


def mark_top(by: By, statements: list[str]) -> None:
    by.within("top")
    by.model.known(*statements, table=by.table)
    need(len(set(statements)) == len(statements) == by.model.wanted and by.table.marks is None)
    new = by.table.round, tuple(statements)
    changed, by.person.marks = by.person.marks != new, new
    if changed:
        by.model.settle(by.number)


def may_amend(by: By) -> None:
    table = by.table
    need(not table.check and not table.passed and not table.ending and table.failed["top"] < 3)


def place_top(by: By, statement: str, position: int | None, joint: bool = False) -> None:
    by.within("top", "check")
    by.model.known(statement, table=by.table)
    if by.table.phase == "check":
        may_amend(by)
    need(position is None or position <= by.model.wanted)
    by.model.put(by.table, statement, position, joint)


def answer_check(by: By, value: int, note: str = "") -> None:
    by.within("discard", "check")
    check = by.table.check
    need(check)
    assert check is not None
    new = check.number, value, note
    changed, by.person.check = by.person.check != new, new
    if changed:
        by.model.settle(by.number)


def check_again(by: By) -> None:
    by.within("check")
    may_amend(by)
    need(by.model.placed(by.table))
    by.model.ask(by.table, "top")


def open_check(by: By, subject: str = "") -> None:
    if by.table.phase != "discard":
        check_again(by)
        return
    need(not by.model.settled(by.table))
    waits = by.model.waiting(by.table)
    need(subject or waits)
    if not subject or subject in waits:
        by.model.next_proposal(by.table)
    else:
        nominate_discard(by, subject)


def close_check(by: By) -> None:
    by.within("discard", "top", "check")
    seated = by.model.at(by.number).values()
    if by.table.check:
        number = by.table.check.number
        need(len(seated) < 2 or sum(1 for one in seated if one.check and one.check[0] == number) > 1)
        by.model.close_check(by.number, by.table)
    elif by.table.either:
        number = by.table.either.number
        need(len(seated) < 2 or sum(1 for one in seated if one.either and one.either[0] == number) > 1)
        by.model.close_either(by.number, by.table)
    else:
        need(by.table.phase == "top" and by.table.marks is None)
        by.model.close_marks(by.number, by.table)


def end(by: By, ending: str, position: int | None = None, note: str = "") -> None:
    by.within("discard", "check")
    table = by.table
    need(not table.check)
    if table.phase == "discard":
        need(not table.either and not by.model.settled(table))
        need(table.failed["discard"] >= 2 and ending != "all_but_one")
        if ending == "not_agreed":
            table.nothing = True
        else:
            last = next(one for one in reversed(table.checks) if one.outcome and one.subject == "discard")
            table.discarded.append((last.about[0], "with_reservations"))
            table.failed["discard"] = 0
        return
    taken = [at for at, tier in enumerate(by.model.tiers(table), 1) if tier]
    need(not table.passed and not table.ending and table.failed["top"] >= 2)
    need(position is None or position in taken)
    need(taken or ending == "not_agreed")
    table.ending, table.note = ending, note
    table.open_place = (position or taken[-1]) if ending == "all_but_one" else None


def hide(by: By, entry: str, hidden: bool = True) -> None:
    by.within(*TOGETHER, "locked")
    need(by.known or entry in by.table.hidden)
    by.table.hidden = by.table.hidden | {entry} if hidden else by.table.hidden - {entry}


def move_on(by: By, phase: str) -> None:
    model, table = by.model, by.table
    at = model.path.index(table.phase)
    need(at + 1 < len(model.path) and phase == model.path[at + 1])
    ready = not table.check and not table.either
    if table.phase == "discard":
        ready = ready and model.settled(table)
    elif table.phase == "rank":
        ready = ready and None not in table.places
    elif table.phase == "top":
        ready = ready and model.first_open(table) is None and len(model.placed(table)) >= model.wanted
    elif table.phase == "check":
        ready = ready and bool(table.passed or table.ending)
    else:
        ready = False
    if not ready:
        need(model.by_table)
        here = [one for one in model.at(by.number).values() if one.here]
        need(table.phase != "solo" or (here and all(one.done for one in here)))
    model.enter(by.number, phase)


def reopen(by: By, phase: str) -> None:
    path = by.model.path
    need(phase in path[:-1] and path.index(phase) <= path.index(by.table.phase))
    by.model.enter(by.number, phase, reopening=True)


BY_TRAINER: dict[str, Callable[..., None]] = {
    "open_check": open_check,
    "close_check": close_check,
    "end": end,
    "hide": hide,
    "reopen": reopen,
}
BY_SEAT: dict[str, Callable[..., None]] = {
    one.__name__: one
    for one in (
        flag,
        put_ballot,
        done,
        say_why,
        show_list,
        nominate_discard,
        withdraw,
        ask_either,
        answer_either,
        draw_lots,
        place,
        undo,
        link,
        unlink,
        mark_top,
        place_top,
        answer_check,
        check_again,
        move_on,
    )
} | {"choose_ending": end}


def make(
    model: Model, number: int, seat: int | None, name: str, fields: dict[str, Any], *, lot: str | None, known: bool
) -> None:
    """Make a move on the model, or refuse it."""
    table = model.tables.get(number)
    if table is None:
        raise No
    moves = BY_TRAINER if seat is None else BY_SEAT
    before = model.people[seat].private() if seat is not None else ()
    moves[name](By(model, number, table, seat, lot, known), **fields)
    if seat is not None and model.people[seat].private() != before:
        model.people[seat].said = True
