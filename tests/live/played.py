"""A workshop and its model side by side: moves made on both, and what must hold after every step.

What tables hold is what the model says; exactly what was acknowledged is counted; a locked result changes only by
another version; private answers show nowhere; open pages equal fresh ones; versions only go on.
"""

import copy
import re
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition

from app.live import screens
from app.live.audiences import DESK, Audience
from app.live.snapshot import Snapshot
from tests.live import compared, model_moves
from tests.live.model import Model, No, Place
from tests.live.staged import PLACE, Stage, html_of
from tests.running import Concord

Event = TypeVar("Event", bound=Callable[..., Any])

TABLES = 2
WORD = re.compile(r"Canary[a-z]+\d+")
FIRST, ANY = st.integers(0, 30), st.integers(0, 10**6)
PLACES = st.none() | st.integers(1, 7)
STATEMENTS = st.sampled_from(("s1", "s2", "s3", "s4", "s5", "s5", "s6", "s9"))


def during(*phases: str) -> Callable[[Event], Event]:
    """Let an event come only while some table is in one of these phases; what comes too late is tried elsewhere."""
    return precondition(lambda machine: any(one.phase in phases for one in machine.model.tables.values()))


class Played(RuleBasedStateMachine):
    """A workshop and its model, to both of which the same is done."""

    concord: Concord
    kind: type[Stage] = Stage
    model: Model

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
