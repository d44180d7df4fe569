"""A workshop in any order of events, against a small model of it: the rules hold, nobody sees too much or too early.

After every step: what tables hold is what the model says; exactly what was acknowledged is counted; a locked result
changes only by another version; private answers show nowhere; open pages equal fresh ones; versions only go on.
"""

import copy
import re
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.live import screens
from app.live.audiences import DESK, Audience
from app.live.snapshot import Snapshot
from tests.live import compared, model_moves
from tests.live.model import Model, No, Person, Place
from tests.live.staged import PLACE, Hall, Stage, html_of
from tests.running import Concord

Event = TypeVar("Event", bound=Callable[..., Any])

TABLES = 2
WORD = re.compile(r"Canary[a-z]+\d+")
HIGH, LOW = st.integers(3, 5), st.integers(0, 2)
FIRST, ANY = st.integers(0, 30), st.integers(0, 10**6)
PLACES = st.none() | st.integers(1, 7)
STATEMENTS = st.sampled_from(("s1", "s2", "s3", "s4", "s5", "s5", "s6", "s9"))


def during(*phases: str) -> Callable[[Event], Event]:
    """Let an event come only while some table is in one of these phases; what comes too late is tried elsewhere."""
    return precondition(lambda machine: any(one.phase in phases for one in machine.model.tables.values()))


class Workshop(RuleBasedStateMachine):
    """Everything that can happen, one step after another."""

    concord: Concord
    kind: type[Stage] = Stage

    def __init__(self) -> None:
        super().__init__()
        self.stage: Stage | None = None
        self.words: dict[str, int | None] = {}
        self.results: dict[int, list[Any]] = {}
        self.seen: Snapshot | None = None
        self.last: tuple[int | None, int, int, str, str, dict[str, Any]] | None = None
        self.turn = 0

    def teardown(self) -> None:
        if self.stage is not None:
            self.stage.close()

    @initialize(
        discards=st.sampled_from((1, 1, 1, 0, 2)),
        wanted=st.integers(1, 3),
        start=st.sampled_from(("mirror", "blank")),
        rule_=st.sampled_from(("all-at-3", "none-at-0", "most-at-3")),
        moved_by=st.sampled_from(("trainer", "table")),
        sits=st.lists(st.sampled_from((1, 1, 2)), min_size=4, max_size=8),
        begins=st.integers(0, 7),
        shuffle=ANY,
        alike=st.booleans(),
    )
    def open(
        self,
        discards: int,
        wanted: int,
        start: str,
        rule_: str,
        moved_by: str,
        sits: list[int],
        begins: int,
        shuffle: int,
        alike: bool,
    ) -> None:
        ids = tuple(f"s{n}" for n in range(1, 7))
        texts = [{"id": one, "text": f"Statement {one}"} for one in ids]
        setup = {"statements": texts, "discard": discards, "top": wanted, "start": start}
        self.model = Model(ids, discards, wanted, start == "blank", rule_, moved_by == "table")
        self.stage = self.kind(self.concord, setup, TABLES, rule_, moved_by)
        for table in sits:
            self.join(table)
        self.phase_of(1, None)
        if begins > 1:
            self.all_rank_alone(shuffle, shuffle, alike)
            for at in range(2, begins):
                self.phase_of(at, None)
                self.play_through(1 + at % TABLES)

    # What is done to the workshop and to its model

    @property
    def at(self) -> Stage:
        assert self.stage is not None
        return self.stage

    def pick(self, which: int, *phases: str) -> int | None:
        """Choose somebody whose table is in one of these phases, if anybody is; now and then anybody at all."""
        everybody = [seat for seat, one in self.model.people.items() if not one.gone]
        found = [seat for seat in everybody if self.model.tables[self.model.people[seat].table].phase in phases]
        found = found if found and which % 16 else everybody
        return found[which % len(found)] if found else None

    def word(self, seat: int | None, what: str) -> str:
        """Make a word that stands nowhere else."""
        word = f"Canary{what}{len(self.words)}"
        self.words[word] = seat
        return word

    def act(
        self, seat: int | None, name: str, table: int = 1, *, send: dict[str, Any] | None = None, **fields: Any
    ) -> bool:
        """Make a move on both, which must both take it or both refuse it; `send` differs where ids are given."""
        number = table if seat is None else self.model.people[seat].table
        known = name == "hide" and fields["entry"] in self.entries(number)
        trial = copy.deepcopy(self.model)
        expected = self.foretold(trial, number, seat, name, fields, known=known)
        version, key = self.at.version(), secrets.token_hex(8)
        sent = fields if send is None else send
        taken = self.at.move(seat, number, version, key, name, sent)
        assert taken is expected, (name, sent, self.at.refused[-1:])
        if not taken:
            assert self.at.version() == version
            return False
        if name == "draw_lots":
            lot = self.at.fresh().boards[self.ids[number]].content.eithers[-1].outcome.winner
            trial = copy.deepcopy(self.model)
            model_moves.make(trial, number, seat, name, fields, lot=lot, known=known)
        self.model = trial
        if self.at.version() > version:
            self.last = (seat, number, version, key, name, sent)
        self.adopt()
        return True

    def foretold(
        self, trial: Model, number: int, seat: int | None, name: str, fields: dict[str, Any], *, known: bool
    ) -> bool:
        """Say whether the model takes a move."""
        try:
            model_moves.make(trial, number, seat, name, fields, lot=None, known=known)
        except No:
            return False
        return True

    @property
    def ids(self) -> dict[int, int]:
        """The tables' ids by number."""
        return {table.number: table.id for table in self.at.fresh().tables}

    def entries(self, number: int) -> dict[str, str]:
        """What was said at a table, by what it is hidden by."""
        snapshot = self.at.fresh()
        id_ = next(table.id for table in snapshot.tables if table.number == number)
        return compared.entries_of(snapshot, id_) if id_ in snapshot.boards else {}

    def adopt(self) -> None:
        """Take over how a board was laid out from the mirror, which the model does not foretell."""
        for number, table in self.model.tables.items():
            if not table.laid:
                continue
            table.laid = False
            board = self.at.fresh().boards[self.ids[number]].content
            places, ballots = list(board.places), [one for one in (table.kept or {}).values() if one]
            standing = [one for one in places if one]
            assert len(places) == len(self.model.left(table))
            assert len(set(standing)) == len(standing)
            assert set(standing) <= set(self.model.left(table))
            if self.model.blank or len(ballots) < 3:
                assert standing == []
            elif len({self.whole(one, table) for one in ballots}) == 1:
                assert tuple(places) == self.whole(ballots[0], table)
            if table.results and table.phase == "locked":
                table.results[-1] = (*table.results[-1][:2], tuple(places), *table.results[-1][3:])
            table.places = places

    def whole(self, ballot: Any, table: Place) -> tuple[str, ...]:
        """Write a whole order of what stays, the one that would go last."""
        discard, order = ballot
        left = self.model.left(table)
        return tuple(one for one in (*order, discard) if one in left)

    def phase_of(self, to: int, table: int | None) -> None:
        """Move one table or all to a phase."""
        name = self.model.path[to % len(self.model.path)]
        assert self.at.phase(name, table)
        self.model.phase(name, table, TABLES)
        self.adopt()

    # Events

    @rule(table=st.integers(1, TABLES))
    @precondition(lambda self: len(self.model.people) < 12)
    def join(self, table: int) -> None:
        """Somebody takes a seat, perhaps late."""
        agency = ("education", "health", "police")[len(self.model.people) % 3]
        name = f"Nameless{len(self.words)}"
        seat = self.at.join(name, agency, table)
        self.model.people[seat] = Person(table)

    @rule(which=FIRST)
    def leave(self, which: int) -> None:
        """A seat is taken away."""
        seat = self.pick(which)
        if seat is not None and which % 3 == 0:
            assert self.at.remove(seat)
            self.model.people[seat].gone = True
            self.model.settle(self.model.people[seat].table)

    @rule(which=FIRST, table=st.integers(1, TABLES))
    def sit_elsewhere(self, which: int, table: int) -> None:
        """A seat is moved to another table; what it had said on what is open stays behind."""
        seat = self.pick(which)
        if seat is None:
            return
        person = self.model.people[seat]
        before = person.table
        self.at.seat_at(seat, table)
        if table != before:
            person.table, person.check, person.either, person.marks, person.show = table, None, None, None, False
            for number in (before, table):
                self.model.settle(number)

    @rule(which=FIRST)
    @precondition(lambda self: self.kind is Stage)
    def go_or_come(self, which: int) -> None:
        """Somebody has been away for three minutes, or comes back."""
        seat = self.pick(which)
        if seat is None:
            return
        self.model.people[seat].here = not self.model.people[seat].here
        self.at.here([one for one, person in self.model.people.items() if person.here and not person.gone])
        if not self.model.people[seat].here:
            self.model.settle(self.model.people[seat].table)

    @rule(blank=st.booleans())
    def blank(self, blank: bool) -> None:
        """The wall is blanked, or shown."""
        self.at.show(blank=blank)

    @rule(text=st.sampled_from(("", "Two minutes more.")))
    def tell(self, text: str) -> None:
        """The trainer tells everybody something."""
        self.at.show(message=text)

    # Phases

    @rule(table=st.sampled_from((None, 1, 1, 2)))
    def next_phase(self, table: int | None) -> None:
        """The trainer moves tables on."""
        at = max(self.model.path.index(self.model.tables[one].phase) for one in ((table,) if table else (1, 2)))
        if at + 1 < len(self.model.path):
            self.phase_of(at + 1, table)

    @rule(to=st.integers(0, 7), table=st.sampled_from((None, 1, 2)), often=st.integers(0, 3))
    def jump(self, to: int, table: int | None, often: int) -> None:
        """The trainer moves tables anywhere, forward or back."""
        if not often:
            self.phase_of(to, table)

    @rule(
        table=st.integers(1, TABLES), to=st.sampled_from(("read", "solo", "discard", "rank", "top", "check", "locked"))
    )
    def reopen(self, table: int, to: str) -> None:
        """The trainer opens a phase again."""
        if to == "locked" or self.model.tables[table].phase in ("locked", "check", "rank"):
            self.act(None, "reopen", table, phase=to)

    @rule(which=FIRST, more=st.integers(0, 3))
    def move_on(self, which: int, more: int) -> None:
        """A seat brings its table on, or further than it may."""
        seat = self.pick(which)
        if seat is not None:
            at = self.model.path.index(self.model.tables[self.model.people[seat].table].phase)
            self.act(seat, "move_on", phase=[*self.model.path, "never"][min(at + 1 + more // 3, len(self.model.path))])

    @rule(table=st.integers(1, TABLES))
    def play_through(self, table: int) -> None:
        """A table does what its phase is for."""
        seats = list(self.model.at(table))
        phase = self.model.tables[table].phase
        if not seats or phase not in ("discard", "rank", "top", "check"):
            return
        if phase == "discard" and self.model.tables[table].check is None:
            left = self.model.left(self.model.tables[table])
            self.act(seats[0], "nominate_discard", statement=left[-1], reason="")
        if phase == "rank":
            self.fill_board_by(seats[-1])
        if phase == "top":
            self.mark(table, 1, 1, alike=False)
            self.fill_top_by(seats[0])
        self.all_answer_check(table, [4] * 9, fine=True)

    # Alone

    @rule(which=FIRST, statement=STATEMENTS)
    @during("read")
    def flag(self, which: int, statement: str) -> None:
        seat = self.pick(which, "read")
        if seat is not None:
            self.act(seat, "flag", statement=statement)

    def order_of(self, shuffle: int, gone: int) -> dict[str, Any]:
        """Write an order out of two numbers."""
        left = list(self.model.statements)
        order = [left.pop((shuffle // (n + 1)) % len(left)) for n in range(len(left))]
        return {"discard": order.pop(gone % 3 - 3) if self.model.discards else None, "order": order}

    @rule(which=FIRST, shuffle=ANY, gone=FIRST, broken=st.sampled_from((0, 0, 0, 1, 2, 3)))
    @during("solo")
    def rank_alone(self, which: int, shuffle: int, gone: int, broken: int) -> None:
        """One puts an order, perhaps one that does not fit."""
        seat, fields = self.pick(which, "solo"), self.order_of(shuffle, gone)
        if broken == 1:
            fields["order"] = fields["order"][1:]
        elif broken == 2:
            fields["order"][0] = fields["order"][1]
        elif broken == 3:
            fields["order"][0] = "s9"
        if seat is not None:
            self.act(seat, "put_ballot", **fields)

    @rule(shuffle=ANY, gone=FIRST, alike=st.booleans())
    @during("solo")
    def all_rank_alone(self, shuffle: int, gone: int, alike: bool) -> None:
        """All who can put an order, with a reason, and say that they are done."""
        for turn, seat in enumerate([seat for seat, one in self.model.people.items() if not one.gone]):
            if self.model.tables[self.model.people[seat].table].phase == "solo":
                self.act(seat, "put_ballot", **self.order_of(shuffle + turn * (not alike) * 97, gone))
                self.act(seat, "say_why", reason=self.word(seat, "why"))
                self.act(seat, "done", done=True)

    @rule(which=FIRST, done=st.booleans())
    @during("solo")
    def say_done(self, which: int, done: bool) -> None:
        seat = self.pick(which, "solo")
        if seat is not None:
            self.act(seat, "done", done=done)

    @rule(which=FIRST)
    @during("solo")
    def say_why(self, which: int) -> None:
        seat = self.pick(which, "solo")
        if seat is not None:
            self.act(seat, "say_why", reason=self.word(seat, "why"))

    @rule(table=st.integers(1, TABLES), show=st.sampled_from((True, True, False)))
    @during("discard", "rank", "compare", "top", "check")
    def show_lists(self, table: int, show: bool) -> None:
        for seat in list(self.model.at(table)):
            self.act(seat, "show_list", show=show)

    # The discard, either/ors, checks

    def said(self, table: int, word: str) -> None:
        """From now on everybody at a table may read a word."""
        self.model.tables[table].told.add(word)

    @rule(which=FIRST, statement=STATEMENTS)
    @during("discard")
    def propose(self, which: int, statement: str) -> None:
        seat = self.pick(which, "discard")
        if seat is not None:
            word = self.word(seat, "proposal")
            if self.act(seat, "nominate_discard", statement=statement, reason=word):
                self.said(self.model.people[seat].table, word)

    @rule(which=FIRST, last=st.integers(0, 2))
    @during("discard")
    def withdraw(self, which: int, last: int) -> None:
        seat = self.pick(which, "discard")
        if seat is None:
            return
        board = self.at.fresh().boards[self.ids[self.model.people[seat].table]].content
        proposals = [one.id for one in board.proposals]
        index = len(proposals) - 1 - last
        fine = index >= 0
        sent = {"proposal": proposals[index] if fine else "p99"}
        self.act(seat, "withdraw", send=sent, proposal=index if fine else None)

    @rule(which=FIRST, a=STATEMENTS, b=STATEMENTS)
    @during("discard", "top")
    def ask_either(self, which: int, a: str, b: str) -> None:
        seat = self.pick(which, "discard", "top")
        if seat is not None:
            self.act(seat, "ask_either", a=a, b=b)

    @rule(table=st.integers(1, TABLES), choices=ANY, some=st.integers(0, 4))
    @during("discard", "top")
    def answer_either(self, table: int, choices: int, some: int) -> None:
        """All answer the either/or, or some of them."""
        for turn, seat in enumerate(list(self.model.at(table))):
            either = self.model.tables[table].either
            if either and (some or turn == 0):
                self.act(seat, "answer_either", choice=either.about[choices >> turn & 1])

    @rule(which=FIRST, statement=STATEMENTS)
    @during("discard", "top")
    def answer_either_alone(self, which: int, statement: str) -> None:
        seat = self.pick(which, "discard", "top")
        if seat is not None:
            self.act(seat, "answer_either", choice=statement)

    @rule(which=FIRST)
    @during("discard", "top")
    def draw_lots(self, which: int) -> None:
        seat = self.pick(which, "discard", "top")
        if seat is not None:
            self.act(seat, "draw_lots")

    @rule(which=FIRST, value=st.integers(0, 5))
    @during("discard", "check")
    def answer_check(self, which: int, value: int) -> None:
        seat = self.pick(which, "discard", "check")
        if seat is not None:
            self.act(seat, "answer_check", value=value, note=self.word(seat, "note"))

    @rule(table=st.integers(1, TABLES), values=st.lists(st.integers(0, 5), min_size=9, max_size=9), fine=st.booleans())
    @during("discard", "check")
    def all_answer_check(self, table: int, values: list[int], fine: bool) -> None:
        """All at a table answer, so that it passes or as it comes."""
        check = self.model.tables[table].check
        for seat, value in zip(list(self.model.at(table)), values, strict=False):
            if check and self.model.tables[table].check is not None:
                number = self.model.tables[table].check
                if number is not None and number.number == check.number:
                    note = self.word(seat, "note")
                    self.act(seat, "answer_check", value=max(value, 3) if fine else value, note=note)

    @rule(table=st.integers(1, TABLES), again=st.booleans())
    @during("discard", "check")
    def all_refuse(self, table: int, again: bool) -> None:
        """The check at a table fails, and perhaps the next one."""
        for _ in range(1 + again):
            held, seats = self.model.tables[table], list(self.model.at(table))
            if seats and held.phase == "discard" and held.check is None and not self.model.settled(held):
                self.act(seats[0], "nominate_discard", statement=self.model.left(held)[again - 1], reason="")
            elif seats and held.phase == "check" and held.check is None:
                self.act(seats[0], "check_again")
            self.all_answer_check(table, [0] * 9, fine=False)

    @rule(table=st.integers(1, TABLES), even=st.booleans(), a=STATEMENTS, b=STATEMENTS)
    @during("discard", "top")
    def settle_a_tie(self, table: int, even: bool, a: str, b: str) -> None:
        """A table asks an either/or, answers it, and draws lots where it came out even."""
        seats = list(self.model.at(table))
        if seats and self.act(seats[0], "ask_either", a=a, b=b):
            self.answer_either(table, 0b10101010 if even else 0, 1)
            self.act(seats[-1], "draw_lots")

    @rule(which=FIRST)
    @during("check")
    def check_again(self, which: int) -> None:
        seat = self.pick(which, "check")
        if seat is not None:
            self.act(seat, "check_again")

    @rule(
        which=FIRST,
        ending=st.sampled_from(("with_reservations", "all_but_one", "not_agreed")),
        position=PLACES,
        trainer=st.booleans(),
    )
    @during("discard", "check")
    def end(self, which: int, ending: str, position: int | None, trainer: bool) -> None:
        seat = self.pick(which, "discard", "check")
        if seat is None:
            return
        word, table = self.word(seat, "ending"), self.model.people[seat].table
        fields: dict[str, Any] = {"ending": ending, "position": position, "note": word}
        if self.act(None, "end", table, **fields) if trainer else self.act(seat, "choose_ending", **fields):
            self.said(table, word)

    @rule(table=st.integers(1, TABLES), subject=st.sampled_from(("", "s6", "s5", "s9")))
    @during("discard", "check")
    def open_check(self, table: int, subject: str) -> None:
        self.act(None, "open_check", table, subject=subject)

    @rule(table=st.integers(1, TABLES))
    @during("discard", "top", "check")
    def close_check(self, table: int) -> None:
        self.act(None, "close_check", table)

    # Together

    @rule(which=FIRST, statement=STATEMENTS, position=PLACES)
    @during("rank", "compare")
    def place(self, which: int, statement: str, position: int | None) -> None:
        seat = self.pick(which, "rank", "compare")
        if seat is not None:
            self.act(seat, "place", statement=statement, position=position)

    @rule(which=FIRST)
    @during("rank")
    def fill_board(self, which: int) -> None:
        """One places all that waits."""
        seat = self.pick(which, "rank")
        if seat is not None:
            self.fill_board_by(seat)

    def fill_board_by(self, seat: int) -> None:
        table = self.model.people[seat].table
        for statement in self.model.left(self.model.tables[table]):
            places = self.model.tables[table].places
            if statement not in places and None in places:
                self.act(seat, "place", statement=statement, position=places.index(None) + 1)

    @rule(which=FIRST)
    @during("rank", "compare")
    def undo(self, which: int) -> None:
        seat = self.pick(which, "rank", "compare")
        if seat is not None:
            self.act(seat, "undo")

    @rule(which=FIRST, a=STATEMENTS, b=STATEMENTS, relation=st.sampled_from(("alike", "apart")))
    @during("compare")
    def link(self, which: int, a: str, b: str, relation: str) -> None:
        seat = self.pick(which, "compare")
        if seat is not None:
            word = self.word(seat, "link")
            if self.act(seat, "link", a=a, b=b, relation=relation, note=word):
                self.said(self.model.people[seat].table, word)

    @rule(which=FIRST, index=st.integers(0, 2))
    @during("compare")
    def unlink(self, which: int, index: int) -> None:
        seat = self.pick(which, "compare")
        if seat is None:
            return
        board = self.at.fresh().boards[self.ids[self.model.people[seat].table]].content
        fine = index < len(board.links)
        sent = {"link": board.links[index].id if fine else "l99"}
        self.act(seat, "unlink", send=sent, link=index if fine else None)

    @rule(table=st.integers(1, TABLES), shuffle=ANY, some=st.integers(0, 4), alike=st.booleans())
    @during("top")
    def mark(self, table: int, shuffle: int, some: int, alike: bool) -> None:
        """All mark, or the first of them does."""
        for turn, seat in enumerate(list(self.model.at(table))[: None if some else 1]):
            left = self.model.left(self.model.tables[table])
            start = (shuffle + turn * (not alike)) % len(left)
            self.act(seat, "mark_top", statements=[*left, *left][start : start + self.model.wanted])

    @rule(which=FIRST, statement=STATEMENTS, position=PLACES, joint=st.booleans())
    @during("top", "check")
    def place_top(self, which: int, statement: str, position: int | None, joint: bool) -> None:
        seat = self.pick(which, "top", "check")
        if seat is not None:
            self.act(seat, "place_top", statement=statement, position=position, joint=joint)

    @rule(which=FIRST)
    @during("top", "check")
    def fill_top(self, which: int) -> None:
        """One fills the open places."""
        seat = self.pick(which, "top", "check")
        if seat is not None and self.model.tables[self.model.people[seat].table].phase in ("top", "check"):
            self.fill_top_by(seat)

    def fill_top_by(self, seat: int) -> None:
        table = self.model.people[seat].table
        for statement in self.model.left(self.model.tables[table]):
            now = self.model.tables[table]
            if statement not in self.model.placed(now) and self.model.first_open(now):
                self.act(seat, "place_top", statement=statement, position=self.model.first_open(now))

    @rule(table=st.integers(1, TABLES), which=FIRST, hidden=st.sampled_from((True, True, False)))
    @during("discard", "rank", "compare", "top", "check", "locked")
    def hide(self, table: int, which: int, hidden: bool) -> None:
        entries = sorted(self.entries(table)) or ["p1"]
        entry = [*entries, "x9"][which % (len(entries) + 1)]
        self.act(None, "hide", table, entry=entry, hidden=hidden)

    @rule()
    @precondition(lambda self: self.last is not None)
    def send_again(self) -> None:
        """The last move arrives once more, as by a lost reply."""
        assert self.last is not None
        seat, number, version, key, name, sent = self.last
        if seat is None or not self.model.people[seat].gone:
            before = self.at.version()
            assert self.at.move(seat, number, version, key, name, sent)
            assert self.at.version() == before

    # What holds after every step

    @invariant()
    def holds(self) -> None:
        if self.stage is None:
            return
        self.turn += 1
        now, fresh = self.at.newest(), self.at.fresh()
        assert now == fresh, "a reading that was carried on is not what the database has"
        assert self.seen is None or now.version >= self.seen.version
        if self.seen is not None and self.seen.version == now.version:
            assert now == self.seen, "something changed without a version"
        self.seen = now
        assert all(status in (403, 404, 409, 422) and len(told) > 10 for status, told in self.at.refused)
        self.agree(now)
        shown = self.at.look(now)
        self.at.keep_open(shown)
        for audience, screen in self.at.look(fresh).items():
            page, drawn = self.at.pages[audience][1], html_of(screen)
            assert list(page) == list(drawn)
            for region, html in drawn.items():
                assert page[region] == html, "a page that was kept open shows something else than a fresh one"
        self.nothing_leaks(now, {audience: screens.whole(screen) for audience, screen in shown.items()})
        self.nothing_depends_on_what_is_private(now, shown)

    def agree(self, now: Snapshot) -> None:
        """What tables hold is what the model says, and a locked result stays."""
        for table in now.tables:
            if table.id not in now.boards:
                assert table.number not in self.model.tables
                continue
            read, wanted = now.boards[table.id], self.model.tables[table.number]
            assert read.phase == wanted.phase
            assert compared.board_seen(read.content, self.model.wanted) == compared.model_seen(self.model, wanted)
            kept = read.kept.get("solo")
            assert (kept is None) is (wanted.kept is None)
            if kept is not None:
                ballots = {one["seat"]: one["answer"]["ballot"] for one in kept["answers"]}
                told = {seat: one and (one["discard"], tuple(one["order"])) for seat, one in ballots.items()}
                assert told == wanted.kept
            results = compared.results_of(read.content)
            before = self.results.get(table.number, [])
            assert results[: len(before)] == before
            self.results[table.number] = results
        for seat, person in self.model.people.items():
            assert (seat in now.seats) is not person.gone
            held = now.answers[seat].content if seat in now.answers else None
            ballot = held.ballot and (held.ballot.discard, held.ballot.order) if held else None
            assert ballot == person.ballot

    def nothing_leaks(self, now: Snapshot, pages: dict[Audience, str]) -> None:
        """Each word is read by who wrote it and, once it is told, by those at its table and on the desk."""
        tables = {table.number: table.id for table in now.tables}
        hidden: set[str] = set()
        told: dict[int, set[str]] = {}
        for number, table in self.model.tables.items():
            entries = compared.entries_of(now, tables[number])
            hidden |= {entries[one] for one in table.hidden if one in entries}
            told[number] = table.told
        anywhere = set().union(*told.values())
        for audience, page in pages.items():
            found = set(WORD.findall(page))
            if audience.kind == "seat":
                mine = {word for word, seat in self.words.items() if seat == audience.seat}
                assert found - mine <= told.get(self.model.people[audience.seat].table, set()) - hidden
            else:
                assert found <= (anywhere if audience == DESK else set())
            assert "Nameless" not in page

    def nothing_depends_on_what_is_private(self, now: Snapshot, shown: dict[Audience, screens.Screen]) -> None:
        """Had everybody else said something else, one would see the same."""
        for audience, screen in shown.items():
            but = audience.seat if audience.kind == "seat" else None
            other = screens.screen(compared.altered(now, but, self.turn), audience, "en", PLACE)
            assert other is not None
            assert other.regions == screen.regions


def play(concord: Concord, kind: type[Stage], examples: int, steps: int) -> None:
    """Let the machine play."""
    machine = type("Played", (Workshop,), {"concord": concord, "kind": kind})
    thorough = settings.default is not None and settings.default.max_examples > 100
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples * (10 if thorough else 1),
            stateful_step_count=steps,
            derandomize=not thorough,
            database=None,
            deadline=None,
            # What fails is shown as it was found: to make it small takes minutes, and to explain it more.
            phases=(Phase.generate, Phase.shrink) if thorough else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_rules_hold_in_any_order_of_events(concord: Concord) -> None:
    play(concord, Stage, examples=24, steps=40)


def test_the_rules_hold_through_the_addresses(concord_on_sqlite: Concord) -> None:
    play(concord_on_sqlite, Hall, examples=4, steps=25)
