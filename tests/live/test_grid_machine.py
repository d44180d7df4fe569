"""A grid in any order of events: what was saved is shown once at the reveal or the lock, and nobody reads too early."""

import re
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
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

from app.activities.grid import naming
from app.activities.grid.shapes import Board, Setup
from app.live import screens
from app.live.audiences import DESK, WALL, Audience
from app.live.snapshot import Snapshot
from tests.cast import GRID
from tests.live.grid_staged import GridStage, Kept, Place
from tests.live.staged import html_of
from tests.running import Concord

Event = TypeVar("Event", bound=Callable[..., Any])

TABLES, MOST_PEOPLE = 2, 8
PATH = ("jot", "caucus", "reveal", "answer", "joint", "check", "locked")
SETUP = Setup.model_validate(GRID)
AGENCIES = ("education", "health", "health", "police", None)
WORD = re.compile(r"Canary[a-z]+\d+")
WHO, ROWS = st.integers(0, 30), st.sampled_from(("r1", "r1", "r1", "r2"))
COLUMNS = st.sampled_from(SETUP.column_ids)


def during(*phases: str) -> Callable[[Event], Event]:
    """Let an event come only while some table is in one of these phases."""
    return precondition(lambda machine: any(one in phases for one in machine.phases.values()))


@dataclass
class Person:
    """A seat: where it sits, for which column it speaks, and whether it has gone."""

    table: int
    agency: str | None
    gone: bool = False


@dataclass(frozen=True)
class Said:
    """A word: by whom, of which sort, at which table and about what."""

    seat: int
    sort: str
    table: int
    place: str = ""


class Grid(RuleBasedStateMachine):
    """Everything that can happen to a grid, one step after another."""

    concord: Concord

    def __init__(self) -> None:
        super().__init__()
        self.stage: GridStage | None = None
        self.people: dict[int, Person] = {}
        self.phases: dict[int, str] = {}
        self.saved: dict[Place, list[str]] = {}
        self.words: dict[str, Said] = {}
        self.results: dict[int, Any] = {}
        self.versions: dict[Place, tuple[str, ...]] = {}

    def teardown(self) -> None:
        if self.stage is not None:
            self.stage.close()

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

    # What is at hand

    @property
    def at(self) -> GridStage:
        assert self.stage is not None
        return self.stage

    def pick(self, which: int, *phases: str) -> int | None:
        """Choose somebody whose table is in one of these phases, if anybody is; now and then anybody at all."""
        here = [seat for seat, one in self.people.items() if not one.gone]
        found = [seat for seat in here if self.phases[self.people[seat].table] in phases]
        found = found if found and which % 16 else here
        return found[which % len(found)] if found else None

    def board(self, table: int) -> Board:
        """Read a table's board."""
        now = self.at.fresh()
        board: Board = now.boards[next(one.id for one in now.tables if one.number == table)].content
        return board

    def column(self, seat: int) -> str | None:
        """Find the column that a seat speaks for."""
        person = self.people[seat]
        return naming.column_of(SETUP, person.agency, self.board(person.table).speakers.get(seat))

    def word(self, seat: int, sort: str, place: str = "") -> str:
        """Make a word that stands nowhere else."""
        word = f"Canary{sort}{len(self.words)}"
        self.words[word] = Said(seat, sort, self.people[seat].table, place)
        return word

    def act(self, seat: int | None, name: str, table: int = 1, **fields: Any) -> bool:
        """Make a move; what is refused changes nothing."""
        number = table if seat is None else self.people[seat].table
        version = self.at.version()
        taken = self.at.move(seat, number, version, secrets.token_hex(8), name, fields)
        assert taken or self.at.version() == version
        return taken

    def go(self, name: str, table: int | None) -> None:
        """Let the trainer move tables to a phase."""
        assert self.at.phase(name, table)
        self.look_where()

    def look_where(self) -> None:
        """Note where the tables are."""
        now = self.at.fresh()
        numbers = {one.id: one.number for one in now.tables}
        self.phases = {numbers[id_]: read.phase for id_, read in now.boards.items()}

    def write(self, seat: int, name: str) -> bool:
        """Write a word in a text; it is saved or refused."""
        table = self.people[seat].table
        sort = "cell" if name.startswith("cell") else "joint"
        word = self.word(seat, sort, name)
        taken = self.at.write(seat, (table, name), f" {word}")
        if taken:
            self.saved.setdefault((table, name), []).append(word)
        return taken

    def play(self, table: int) -> None:
        """Let a table do what its phase is for."""
        here = [seat for seat, one in self.people.items() if one.table == table and not one.gone]
        for seat in here:
            column = self.column(seat)
            if self.phases[table] == "jot" and column:
                self.act(seat, "jot", row="r1", text=self.word(seat, "jot", column))
            if self.phases[table] == "caucus" and column:
                self.write(seat, naming.cell("r1", column))
            if self.phases[table] == "reveal":
                text = self.word(seat, "question")
                self.act(seat, "mark", row="r1", column="health", mark="question", text=text)
            if self.phases[table] == "joint":
                self.write(seat, "joint-r1")

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

    # What holds after every step

    @invariant()
    def holds(self) -> None:
        if self.stage is None:
            return
        now, texts = self.at.fresh(), self.at.texts()
        assert self.at.newest() == now, "a reading that was carried on is not what the database has"
        assert all(status in (403, 404, 409, 422) and len(told) > 10 for status, told in self.at.refused)
        self.every_word_is_there_once(texts)
        for table in now.tables:
            if table.id in now.boards:
                self.board_and_texts_agree(table.number, now.boards[table.id].content, texts)
        shown = self.at.look(now)
        self.at.keep_open(shown)
        for audience, screen in shown.items():
            assert self.at.pages[audience][1] == html_of(screen), "an open page shows something else than a fresh one"
        self.nothing_is_read_too_early(now, {audience: screens.whole(screen) for audience, screen in shown.items()})

    def every_word_is_there_once(self, texts: dict[Place, Kept]) -> None:
        """What was saved stands in its text exactly once, and nothing that was refused; versions stay."""
        for at, kept in texts.items():
            assert Counter(WORD.findall(kept.words)) == Counter(self.saved.get(at, [])), at
            assert "CanaryLate" not in kept.words
            before = self.versions.get(at, ())
            assert kept.versions[: len(before)] == before
            assert kept.is_open or kept.versions[-1] == kept.words
            self.versions[at] = kept.versions

    def board_and_texts_agree(self, table: int, board: Board, texts: dict[Place, Kept]) -> None:
        """What is revealed or frozen is on the board as it was saved, and nothing before."""
        phase = self.phases[table]
        cells = {
            (row, column): texts[table, name]
            for row in SETUP.row_ids
            for column in SETUP.column_ids
            if (table, name := naming.cell(row, column)) in texts
        }
        if phase in ("jot", "caucus"):
            assert board.cells == {}
        else:
            wanted = {at: kept.words.strip() for at, kept in cells.items() if kept.words.strip()}
            assert {(row, one): words for row, there in board.cells.items() for one, words in there.items()} == wanted
            assert not any(kept.is_open for kept in cells.values())
        for row in SETUP.row_ids:
            held, kept = board.joints.get(row), texts.get((table, naming.joint(row)))
            closed = held is not None and (held.frozen or held.locked)
            if board.check is not None and board.check.subject == row:
                assert closed
            if closed and kept is not None and held is not None:
                assert not kept.is_open
                assert held.text == naming.written(SETUP, row, kept.words)
            assert closed or phase not in ("check", "locked") or kept is None or held is None or held.round
        assert board.results[: len(self.results.get(table, ()))] == self.results.get(table, ())
        self.results[table] = board.results

    def nothing_is_read_too_early(self, now: Snapshot, pages: dict[Audience, str]) -> None:
        """Each word is read by who wrote it, and by others only where and when it is shown to them."""
        for audience, page in pages.items():
            for word in set(WORD.findall(page)):
                assert self.may_read(audience, self.words[word]), (audience, word, self.words[word], self.phases)
            assert "Nameless" not in page

    def may_read(self, audience: Audience, said: Said) -> bool:
        """Say whether somebody may read a word now."""
        phase = self.phases[said.table]
        if audience in (DESK, WALL):
            return said.sort != "jot" and (said.sort != "cell" or phase not in ("jot", "caucus"))
        seat = audience.seat
        return seat == said.seat or self.is_told(seat, said, phase)

    def is_told(self, seat: int, said: Said, phase: str) -> bool:
        """Say whether a seat may read what somebody else has said."""
        if self.people[seat].table != said.table:
            return said.sort in ("joint", "other") and bool(self.results.get(said.table))
        if said.sort == "jot":
            return phase == "caucus" and self.column(said.seat) == self.column(seat)
        if said.sort == "cell" and phase == "caucus":
            return said.place.endswith(f"-{self.column(seat)}")
        if said.sort == "note":
            closed = [one.outcome for one in self.board(said.table).checks if one.outcome]
            return any(self.words.get(reason.text) == said for one in closed for reason in one.reasons)
        return phase not in ("jot", "caucus")


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
