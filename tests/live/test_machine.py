"""A workshop in any order of events, against a small model of it: the rules hold, nobody sees too much or too early."""

from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from tests.live.events import Together
from tests.live.model import Model, Person
from tests.live.played import ANY, FIRST, STATEMENTS, TABLES, during
from tests.live.staged import Hall, Stage
from tests.running import Concord


class Workshop(Together):
    """Everything that can happen, one step after another."""

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
        if seat is not None:
            self.seat_elsewhere(seat, table)

    def seat_elsewhere(self, seat: int, table: int) -> None:
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


def test_who_goes_to_another_table_answers_nothing_there_with_what_was_said_before(concord: Concord) -> None:
    machine = type("Played", (Workshop,), {"concord": concord, "kind": Stage})()
    asked: dict[str, Any] = {"discards": 1, "wanted": 2, "start": "blank", "rule_": "all-at-3", "moved_by": "trainer"}
    machine.open(**asked, sits=[1, 1, 1, 2, 2, 2], begins=2, shuffle=7, alike=True)
    machine.next_phase(None)
    first, second = (list(machine.model.at(table)) for table in (1, 2))
    for seats in (first, second):
        machine.act(seats[0], "nominate_discard", statement="s6", reason="")
    machine.act(first[1], "answer_check", value=0, note="")
    machine.act(second[0], "answer_check", value=5, note="")
    machine.act(second[1], "answer_check", value=5, note="")
    machine.seat_elsewhere(first[1], 2)
    machine.act(second[2], "answer_check", value=5, note="")
    machine.holds()
    assert machine.model.tables[2].check is not None
    machine.act(first[1], "answer_check", value=5, note="")
    machine.holds()
    assert machine.model.tables[2].discarded == [("s6", "agreed")]
    machine.teardown()
