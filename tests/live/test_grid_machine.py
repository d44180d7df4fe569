"""A grid in any order of events: what was saved is shown once at the reveal or the lock, and nobody reads too early."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from app.activities.grid import naming
from tests.cast import GRID
from tests.live.grid_played import PATH, SETUP, TABLES, WORD, GridPlayed, Person, Said, during
from tests.live.grid_staged import GridStage
from tests.running import Concord

MOST_PEOPLE = 8
AGENCIES = ("education", "health", "health", "police", None)
WHO, ROWS = st.integers(0, 30), st.sampled_from(("r1", "r1", "r1", "r2"))
COLUMNS = st.sampled_from(SETUP.column_ids)


class Grid(GridPlayed):
    """Everything that can happen to a grid, one step after another."""

    @initialize(
        sits=st.lists(st.sampled_from((1, 1, 2)), min_size=4, max_size=6), begins=st.sampled_from((1, 2, 4, 4, 4, 5))
    )
    def open(self, sits: list[int], begins: int) -> None:
        self.stage = GridStage(self.concord, GRID, TABLES, "all-at-3", "trainer")
        for table in sits:
            self.join(table)
        for name in PATH[: begins + 1]:
            self.go(name, None)
            for table in (1, 2) if name != "locked" else ():
                self.play(table)

    # Events

    @rule(table=st.integers(1, TABLES))
    @precondition(lambda self: len(self.people) < MOST_PEOPLE)
    def join(self, table: int) -> None:
        agency = AGENCIES[len(self.people) % len(AGENCIES)]
        seat = self.at.join(f"Nameless{len(self.people)}", agency or "none", table)
        self.people[seat] = Person(table, agency)

    @rule(which=WHO)
    def leave(self, which: int) -> None:
        seat = self.pick(which)
        if seat is not None and which % 3 == 0:
            assert self.at.remove(seat)
            self.people[seat].gone = True

    @rule(table=st.sampled_from((None, 1, 1, 2)), often=st.integers(0, 2))
    def next_phase(self, table: int | None, often: int) -> None:
        if often:
            return
        at = max(PATH.index(self.phases[one]) for one in ((table,) if table else (1, 2)))
        self.go(PATH[min(at + 1, len(PATH) - 1)], table)

    @rule(to=st.sampled_from(PATH), table=st.sampled_from((None, 1, 2)), often=st.integers(0, 3))
    def jump(self, to: str, table: int | None, often: int) -> None:
        if not often:
            self.go(to, table)

    @rule(table=st.integers(1, TABLES), to=st.sampled_from(("caucus", "caucus", "joint", "joint", "jot", "locked")))
    @during("joint", "check", "locked")
    def reopen(self, table: int, to: str) -> None:
        self.act(None, "reopen", table, phase=to)
        self.look_where()

    @rule(which=WHO)
    def move_on(self, which: int) -> None:
        seat = self.pick(which)
        if seat is not None:
            at = PATH.index(self.phases[self.people[seat].table])
            self.act(seat, "move_on", phase=PATH[min(at + 1, len(PATH) - 1)])
            self.look_where()

    @rule(which=WHO, row=ROWS)
    @during("jot")
    def jot(self, which: int, row: str) -> None:
        seat = self.pick(which, "jot")
        if seat is not None:
            self.act(seat, "jot", row=row, text=self.word(seat, "jot", self.column(seat) or ""))

    @rule(which=WHO, column=COLUMNS)
    @during("jot", "caucus")
    def speak_for(self, which: int, column: str) -> None:
        seat = self.pick(which, "jot", "caucus")
        if seat is not None and which % 2 and self.act(seat, "speak_for", column=column):
            # What one had jotted goes along to the column that one speaks for now.
            for word, said in list(self.words.items()):
                if said.seat == seat and said.sort == "jot":
                    self.words[word] = Said(seat, "jot", said.table, "")

    @rule(which=WHO, row=ROWS, other=st.none() | COLUMNS)
    @during("caucus")
    def type_in_a_cell(self, which: int, row: str, other: str | None) -> None:
        """Somebody writes in the cell of their agency, or tries to in another's."""
        seat = self.pick(which, "caucus")
        if seat is None:
            return
        mine, phase = self.column(seat), self.phases[self.people[seat].table]
        column = other or mine
        if column is not None:
            taken = self.write(seat, naming.cell(row, column))
            agreed = column in self.board(self.people[seat].table).agreed.get(row, ())
            assert taken is (phase == "caucus" and column == mine and not agreed)

    @rule(which=WHO, row=ROWS, times=st.integers(1, 2))
    @during("joint", "check")
    def type_together(self, which: int, row: str, times: int) -> None:
        seat = self.pick(which, "joint", "check")
        for _ in range(times if seat is not None else 0):
            taken = self.write(seat or 0, naming.joint(row))
            assert not taken or self.phases[self.people[seat or 0].table] in ("joint", "check")

    @rule(which=WHO)
    def type_too_late(self, which: int) -> None:
        """A page that has not heard of a freeze yet goes on typing."""
        frozen = [(at, kept) for at, kept in self.at.texts().items() if not kept.is_open]
        if frozen:
            at, _ = frozen[which % len(frozen)]
            assert not self.at.write_late(at, " CanaryLate")

    @rule(which=WHO, row=ROWS, agreed=st.sampled_from((True, True, False)))
    @during("caucus")
    def agree(self, which: int, row: str, agreed: bool) -> None:
        seat = self.pick(which, "caucus")
        if seat is not None:
            self.act(seat, "agree_cell", row=row, agreed=agreed)

    @rule(which=WHO, row=ROWS, column=COLUMNS, mark=st.sampled_from(("shared", "question", "tension", "")))
    @during("reveal")
    def mark(self, which: int, row: str, column: str, mark: str) -> None:
        seat = self.pick(which, "reveal")
        if seat is not None:
            self.act(seat, "mark", row=row, column=column, mark=mark, text=self.word(seat, "question"))

    @rule(which=WHO, row=ROWS, column=COLUMNS, what=st.sampled_from(("reply", "guess")))
    @during("reveal", "answer", "joint")
    def say(self, which: int, row: str, column: str, what: str) -> None:
        seat = self.pick(which, "reveal", "answer", "joint")
        if seat is not None:
            self.act(seat, what, row=row, column=column, text=self.word(seat, what))

    @rule(which=WHO, row=ROWS)
    @during("joint", "check")
    def open_check(self, which: int, row: str) -> None:
        seat = self.pick(which, "joint", "check")
        if seat is not None:
            self.put_to_check(seat, row)

    def put_to_check(self, seat: int, row: str) -> None:
        self.write(seat, naming.joint(row))
        self.act(seat, "open_check", row=row if self.phases[self.people[seat].table] == "joint" else "")

    @rule(table=st.integers(1, TABLES), value=st.sampled_from((1, 4)), some=st.integers(0, 3))
    @precondition(lambda self: any(self.board(table).check for table in self.phases))
    def answer(self, table: int, value: int, some: int) -> None:
        """All at a table answer the open check, or one of them."""
        for place, seat in enumerate([one for one, person in self.people.items() if person.table == table]):
            if not self.people[seat].gone and (some or place == 0):
                self.act(seat, "answer_check", value=value, note=self.word(seat, "note"))

    @rule(table=st.integers(1, TABLES), value=st.sampled_from((1, 1, 4)), then=st.sampled_from(("lock_row", "none")))
    @during("joint")
    def check_whole(self, table: int, value: int, then: str) -> None:
        """A table writes, checks and answers, and locks the row where it can."""
        here = [seat for seat, one in self.people.items() if one.table == table and not one.gone]
        if here and self.phases[table] == "joint":
            self.put_to_check(here[0], "r1")
            for seat in here:
                self.act(seat, "answer_check", row="r1", value=value, note=self.word(seat, "note"))
            if then == "lock_row":
                self.act(here[-1], then, row="r1")

    @rule(which=WHO, row=ROWS, what=st.sampled_from(("lock_row", "reopen_row", "end", "close")))
    @during("joint", "check")
    def finish(self, which: int, row: str, what: str) -> None:
        seat = self.pick(which, "joint", "check")
        if seat is None:
            return
        if what == "close":
            self.act(None, "close_check", self.people[seat].table)
        elif what == "end":
            other = self.word(seat, "other")
            whole = self.phases[self.people[seat].table] == "check"
            self.act(seat, "choose_ending", row="" if whole else row, ending="not_agreed", other=other)
        else:
            self.act(seat, what, row=row)

    @rule(which=WHO)
    def bring_back(self, which: int) -> None:
        """The trainer brings a version back: its words stand there again, and what they replace is kept."""
        found = [(at, kept) for at, kept in self.at.texts().items() if kept.versions]
        if found:
            at, kept = found[which % len(found)]
            number = 1 + which % len(kept.versions)
            if self.at.bring_back(kept.id, number) and at[0] in self.phases:
                assert kept.is_open
                self.saved[at] = WORD.findall(kept.versions[number - 1])


def test_what_is_saved_in_a_grid_is_shown_once_and_nobody_reads_too_early(concord: Concord) -> None:
    machine = type("Played", (Grid,), {"concord": concord})
    thorough = settings.default is not None and settings.default.max_examples > 100
    usual = 8 if concord.settings.database_url is None else 3
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=100 if thorough else usual,
            stateful_step_count=40 if thorough else 25,
            derandomize=not thorough,
            database=None,
            deadline=None,
            # What fails is shown as it was found: to make it small takes minutes.
            phases=(Phase.generate, Phase.shrink) if thorough else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
