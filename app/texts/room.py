"""A shared text that is open here: its document, its sockets, and its turns.

Law: all that happens to a document happens in turns, one after the other; nothing is told to anybody before it is
stored, and no update is in the document that is not in the database, but for the turn under way.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from pycrdt import Doc, Text
from sqlmodel import Session

from app.db import Database
from app.errors import N_, Closed, Refusal
from app.texts import documents, frames, service
from app.texts.applying import apply
from app.texts.company import Company
from app.texts.line import OUT_OF_STEP, SPENT, TRY_AGAIN, Line
from app.texts.rights import Who, ask
from app.texts.service import Added, Key, Stored
from app.texts.updates import Update, read_update
from app.workshops.wording import begun

log = structlog.get_logger()

MOST_CHARACTERS = 20_000
# Pages that ever wrote in one text; more make documents that are slow to read.
MOST_WRITERS = 2000
# What worked longer is compacted at once: read from a snapshot it costs little.
QUICK_SECONDS = 0.05
# Whoever makes the document work longer than this is shown out.
LONGEST_SECONDS = 0.5
AT_A_TIME = 64
COMPACT_EVERY, COMPACT_AT_LEAST = 200, 20

Heard = Callable[[int, int], None]


class Spoilt(Exception):
    """The document holds something that must not be in it, and has to be made anew."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing for a turn: a client's update, or its question for what it has not."""

    line: Line
    what: Update | frames.Asks


class Room(Company):
    """One open document."""

    def __init__(self, db: Database, key: Key, stored: Stored, doc: "Doc[Text]", heard: Heard) -> None:
        super().__init__(stored.is_open)
        self.key = key
        self.id = stored.id
        self.number = stored.number
        self.compacted = stored.number - len(stored.updates)
        self.broken = False
        self._db = db
        self._heard = heard
        self._waiting: deque[Wanted] = deque()
        self._look = False
        self._slow = False
        self._turn: asyncio.Task[None] | None = None
        self._take_document(doc)

    def _take_document(self, doc: "Doc[Text]") -> None:
        self.doc = doc
        self.state = frames.read_state(doc.get_state())
        # Never less than what stands there; worked out exactly only near the limit.
        self._length = len(self.text)
        self._changed = False
        self._watch = doc.observe(self._note)

    def _note(self, event: Any) -> None:
        self._changed = True

    @property
    def text(self) -> str:
        """The text as it is now."""
        return str(documents.text_in(self.doc))

    # What sockets ask for

    def come(self, line: Line) -> None:
        """Let a socket in: it hears what it may, who is here, and is asked what it has."""
        self.let_in(line)
        line.send(frames.sync(frames.STEP_1, self.doc.get_state()))
        if line.may == "write":
            self.tell_of(line)

    def want(self, line: Line, what: Update | frames.Asks) -> None:
        """Put something of a socket's into the next turn."""
        line.waiting += 1
        self._waiting.append(Wanted(line, what))
        self._begin()

    def look_again(self) -> None:
        """Hear that others may have added something."""
        self._look = True
        self._begin()

    def _begin(self) -> None:
        if self._turn is None and not self.broken:
            self._turn = asyncio.create_task(self._take_turns())

    async def settle(self) -> None:
        """Wait until what was asked for is done, and make what was written one snapshot."""
        while self._turn is not None:
            await asyncio.gather(self._turn, return_exceptions=True)
        with contextlib.suppress(Refusal):
            await self._compact(COMPACT_AT_LEAST)

    async def cancel(self) -> None:
        """Stop in the middle: the server ends."""
        self.broken = True
        if self._turn is not None:
            self._turn.cancel()
            await asyncio.gather(self._turn, return_exceptions=True)

    # Turns

    async def _take_turns(self) -> None:
        try:
            while (self._waiting or self._look) and not self.broken:
                await self._take_turn()
                # Within the loop: what comes in meanwhile is still seen to.
                await self._compact(1 if self._slow else COMPACT_EVERY)
                self._slow = False
        except Refusal:
            self._break()
        except Exception:
            log.exception("a shared text broke")
            self._break()
        finally:
            self._turn = None

    def _break(self) -> None:
        """Give up this document: what is in it may not be stored. Whoever writes comes back and brings it again."""
        self.broken = True
        self._waiting.clear()
        for line in self.lines.values():
            line.end(TRY_AGAIN)

    async def _take_turn(self) -> None:
        taken = [self._waiting.popleft() for _ in range(min(AT_A_TIME, len(self._waiting)))]
        look, self._look = self._look, False
        try:
            news: list[tuple[Line, Update]] = []
            spoilt = await self._apply_all(taken, news)
            await self._store(news, look)
            if spoilt:
                await self._load_anew()
            for wanted in taken:
                if isinstance(wanted.what, frames.Asks):
                    await self._answer(wanted.line, wanted.what)
        finally:
            for wanted in taken:
                wanted.line.waiting -= 1
                wanted.line.room_for_more.set()

    async def _apply_all(self, taken: list[Wanted], news: list[tuple[Line, Update]]) -> bool:
        """Apply what was brought; gives whether the document is spoilt, which leaves the rest for another turn."""
        for place, wanted in enumerate(taken, 1):
            if not isinstance(wanted.what, Update) or wanted.line.ending is not None:
                continue
            if wanted.line.may != "write":
                self._turn_down(wanted.line, wanted.what, news)
                continue
            try:
                await self._bring(wanted.line, wanted.what, news)
            except Spoilt:
                self._waiting.extendleft(reversed(taken[place:]))
                del taken[place:]
                return True
        return False

    def _turn_down(self, line: Line, update: Update, news: list[tuple[Line, Update]]) -> None:
        """Take nothing of one who may only read; a seat whose text was closed as it wrote is told that it was late."""
        if line.who.seat_id is not None and any(at > self.state.get(one, 0) for one, at in update.reaches.items()):
            self._refuse(line, "closed")
        else:
            # Every page says what it has as it comes, and waits for that to be settled.
            news.append((line, Update(b"")))

    async def _bring(self, line: Line, update: Update, news: list[tuple[Line, Update]]) -> None:
        if not update.fits(self.state):
            if not line.hold(update):
                self._refuse(line, "gap")
            return
        await self._bring_one(line, update, news)
        while line.held and (ready := next((one for one in line.held if one.fits(self.state)), None)):
            line.held.remove(ready)
            await self._bring_one(line, ready, news)

    async def _bring_one(self, line: Line, update: Update, news: list[tuple[Line, Update]]) -> None:
        if update.is_empty or update.is_known(self.state):
            news.append((line, Update(b"")))
        elif not await self._has_room_for(update):
            self._refuse(line, "long")
        elif not self.is_open and not await self._is_open_by_now():
            self._refuse(line, "closed")
        else:
            news.append((line, update if await self._apply(line, update) else Update(b"")))

    async def _is_open_by_now(self) -> bool:
        """Look whether a text that was frozen has been opened again: who hears of that at once may write at once."""
        found = await self._db.read(lambda session: service.stand(session, [self.id]))
        self.set_open(found.get(self.id, (0, False))[1])
        return self.is_open

    def _refuse(self, line: Line, reason: str) -> None:
        """Tell a socket that it has something we do not take: it has to begin with what is stored."""
        line.held.clear()
        line.send(frames.refused(reason))
        line.end(OUT_OF_STEP)

    async def _has_room_for(self, update: Update) -> bool:
        if len(self.state.keys() | update.reaches.keys()) > MOST_WRITERS:
            return False
        if self._length + update.inserted <= MOST_CHARACTERS:
            return True
        self._length = len(self.text)
        if self._length + update.inserted <= MOST_CHARACTERS or not update.inserted:
            return True
        if not update.deletes:
            return False
        return await asyncio.to_thread(self._would_fit, update)

    def _would_fit(self, update: Update) -> bool:
        trial = documents.document(self.doc.get_update(), [update.data])
        return len(str(documents.text_in(trial))) <= MOST_CHARACTERS

    async def _apply(self, line: Line, update: Update) -> bool:
        """Apply an update; gives whether it changed anything."""
        self._changed = False
        try:
            took = await apply(self.doc, update)
        except (KeyboardInterrupt, SystemExit, asyncio.CancelledError):
            raise
        except BaseException as trouble:  # pycrdt panics with something that is no Exception
            log.warning("an update was not taken", trouble=type(trouble).__name__)
            self._refuse(line, "unclear")
            raise Spoilt from trouble
        self._slow = self._slow or took > QUICK_SECONDS
        self._reach(update)
        if len(update.reaches) > 1 and frames.read_state(self.doc.get_state()) != self.state:
            self._refuse(line, "gap")
            raise Spoilt
        if took > LONGEST_SECONDS:
            line.end(SPENT)
        return self._changed

    def _reach(self, update: Update) -> None:
        for client, clock in update.reaches.items():
            self.state[client] = max(clock, self.state.get(client, 0))
        self._length += update.inserted

    async def _store(self, news: list[tuple[Line, Update]], look: bool) -> None:
        """Store what is new, then tell of it: first all others, then its writers."""
        fresh = [(line, update) for line, update in news if update.data]
        try:
            added = await self._add(fresh, look)
        except Closed:
            self.set_open(False)
            for line, _ in fresh:
                self._refuse(line, "closed")
            await self._load_anew()
            self._acknowledge([one for one in news if not one[1].data])
            return
        if added.behind:
            await self._load_anew()
        else:
            await self._take_missed(added.missed)
            self.number = max(self.number, added.number)
        self._tell_news(fresh)
        self._acknowledge(news)

    async def _add(self, fresh: list[tuple[Line, Update]], look: bool) -> Added:
        """Add updates to what is stored, or only look; gives what others have added, too."""
        updates = [update.data for _, update in fresh]
        if updates and not self.number:
            # Its first words are news to the whole workshop; what comes after them is not.
            return await self._begin_with(updates, {line.who for line, _ in fresh})
        if updates:
            return await self._db.run(lambda session: service.add(session, self.id, self.number, updates))
        found = await self._db.read(lambda session: service.look(session, self.id, self.number)) if look else None
        return found or Added(self.number)

    async def _begin_with(self, updates: list[bytes], writers: set[Who]) -> Added:
        """Store a text's first words if whoever writes them still may: what nobody had begun, no rule has frozen."""
        key = self.key

        def add(session: Session, version: int) -> Added:
            if any(ask(session, who, key).may != "write" for who in writers):
                raise Closed(N_("This text is closed, so nothing more can be written in it."))
            added = service.add(session, self.id, self.number, updates)
            begun(session, version, key.step_id, key.table, key.name)
            return added

        return (await self._db.change(key.workshop_id, add)).value

    def _tell_news(self, fresh: list[tuple[Line, Update]]) -> None:
        for line, update in fresh:
            self.tell_all(frames.sync(frames.UPDATE, update.data), but=line)
            if line.wrote():
                self.tell_of(line)
        if fresh:
            self._heard(self.id, self.number)

    def _acknowledge(self, news: list[tuple[Line, Update]]) -> None:
        state = self.doc.get_state() if news else b""
        for line, _ in news:
            line.settled += 1
        for line in {line.number: line for line, _ in news}.values():
            line.send(frames.saved(state, line.settled))

    async def _take_missed(self, missed: tuple[bytes, ...]) -> None:
        for content in missed:
            await self._take_stored(content)
            self.tell_all(frames.sync(frames.UPDATE, content))
        if missed:
            self.state = frames.read_state(self.doc.get_state())
            self._length = len(self.text)

    async def _take_stored(self, content: bytes) -> None:
        try:
            await apply(self.doc, read_update(content))
        except frames.Malformed:  # ours, and longer than what a client may send
            self.doc.apply_update(content)

    async def _load_anew(self) -> None:
        """Make the document anew from what is stored, and tell all what they have not."""
        stored = await self._db.read(lambda session: service.load(session, self.key))
        if stored is None:
            self._break()
            return
        had = self.doc.get_state()
        doc = await asyncio.to_thread(documents.document, stored.snapshot, stored.updates)
        self.doc.unobserve(self._watch)
        self.number, self.compacted = stored.number, stored.number - len(stored.updates)
        self.set_open(stored.is_open)
        self._take_document(doc)
        self.tell_all(frames.sync(frames.UPDATE, await asyncio.to_thread(doc.get_update, had)))

    async def _answer(self, line: Line, asks: frames.Asks) -> None:
        try:
            missing = await asyncio.to_thread(self.doc.get_update, asks.state)
        except ValueError:
            line.end(1007)
            return
        line.send(frames.sync(frames.STEP_2, missing))

    async def _compact(self, least: int) -> None:
        """Put a snapshot in the place of updates once there are many; nothing of them is ever pending."""
        if self.broken or self.number - self.compacted < least:
            return
        number, snapshot = self.number, await asyncio.to_thread(self.doc.get_update)
        await self._db.run(lambda session: service.compact(session, self.id, number, snapshot))
        self.compacted = number
