"""A grid that a machine plays on and a small model of it: what was saved, and who may read what."""

import re
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition

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

TABLES = 2
PATH = ("jot", "caucus", "reveal", "answer", "joint", "check", "locked")
SETUP = Setup.model_validate(GRID)
WORD = re.compile(r"Canary[a-z]+\d+")


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


class GridPlayed(RuleBasedStateMachine):
    """A grid, what is known of it, and what must hold after every step."""

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
