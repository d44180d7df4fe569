"""What a table does together, as events of a machine: the discard, either/ors and checks, the board, the top places."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.live.played import ANY, FIRST, PLACES, STATEMENTS, TABLES, Played, during


class Together(Played):
    """Everything that a table and its trainer do from the discard on."""

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
