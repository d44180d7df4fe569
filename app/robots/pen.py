"""A robot's pen: it writes in a shared text together with others, as a page does.

Law: what is written counts as saved only once the server has said so.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from pycrdt import Decoder, Doc, Text, create_sync_message, create_update_message, handle_sync_message

from app.robots.line import Hung, Line

ROOT = "t"
SYNC, SAVED, MAY, REFUSED = 0, 100, 101, 102
SECONDS = 20.0
"""How long the server may take to bring a text, and to save it."""
WORDS_AT_ONCE = 3
EACH_PIECE = 0.6
"""Seconds that people take for so many words."""

Pause = Callable[[float], Awaitable[None]]


class Unwritten(Exception):
    """A text that could not be written, and why."""


class Pen:
    """One visit to a shared text."""

    def __init__(self, line: Line, pause: Pause) -> None:
        self.may = ""
        self._line = line
        self._pause = pause
        self._doc: Doc[Text] = Doc()
        self._words: Text = self._doc.get(ROOT, type=Text)
        self._trouble = ""
        self._sent = self._settled = 0
        self._stored: dict[int, int] = {}
        self._synced = False
        self._told = asyncio.Condition()
        self._hearing = asyncio.create_task(self._hear())

    @property
    def text(self) -> str:
        """The text as it is here now."""
        return str(self._words)

    @property
    def is_saved(self) -> bool:
        """Whether the server has said that all which was written here is stored."""
        mine = clocks(self._doc.get_state()).get(self._doc.client_id, 0)
        return self._settled >= self._sent and self._stored.get(self._doc.client_id, 0) >= mine

    async def begin(self) -> None:
        """Ask for the text, and wait until it is here and may be written."""
        await self._line.send(create_sync_message(self._doc))
        await self.until(lambda: self._synced and self.may != "", "the text did not come")
        if self.may != "write":
            raise Unwritten("the text may only be read")

    async def type(self, words: str, after: str | None = None) -> None:
        """Type words in pieces: after some that stand there, else at the end."""
        typed = ""
        for piece in pieces(words):
            if typed:
                await self._pause(EACH_PIECE)
            self._still_well()
            before = self._doc.get_state()
            self._put(piece, (after + typed) if after is not None else None)
            typed += piece
            await self._line.send(create_update_message(self._doc.get_update(before)))
            self._sent += 1

    def _put(self, piece: str, after: str | None) -> None:
        text = self.text
        at = text.find(after) if after is not None else -1
        # pycrdt counts bytes, not characters.
        place = len(text[: at + len(after)].encode()) if after is not None and at >= 0 else len(self._words)
        self._words.insert(place, piece)

    async def sees(self, words: str) -> None:
        """Wait until others' words are here."""
        await self.until(lambda: words in self.text, "the others' words did not come")

    async def save(self) -> str:
        """Wait until the server has said that all is stored; gives the text."""
        await self.until(lambda: self.is_saved, "the server did not say that it was saved")
        return self.text

    async def until(self, true: Callable[[], bool], otherwise: str) -> None:
        """Wait until the server has told so much that something is so."""
        try:
            async with asyncio.timeout(SECONDS), self._told:
                await self._told.wait_for(lambda: bool(self._trouble) or true())
        except TimeoutError:
            raise Unwritten(otherwise) from None
        if not true():
            self._still_well()

    def _still_well(self) -> None:
        if self._trouble:
            raise Unwritten(self._trouble)

    async def close(self) -> None:
        """Put the pen away."""
        self._hearing.cancel()
        await asyncio.gather(self._hearing, return_exceptions=True)
        await self._line.close()

    async def _hear(self) -> None:
        trouble = ""
        while not trouble:
            try:
                trouble = await self._take(await self._line.hear())
            except Hung as hung:
                trouble = str(hung)
            async with self._told:
                self._trouble = self._trouble or trouble
                self._told.notify_all()

    async def _take(self, frame: bytes) -> str:
        """Take in a frame; gives what is wrong, if anything is."""
        kind, rest = frame[0], frame[1:]
        if kind == SYNC:
            answer = handle_sync_message(rest, self._doc)
            self._synced = self._synced or rest[0] == 1
            if answer is not None:
                self._sent += 1
                await self._line.send(answer)
        elif kind == SAVED:
            told = Decoder(rest)
            self._stored, self._settled = clocks(told.read_message() or b""), told.read_var_uint()
        elif kind == MAY:
            self.may = word(rest)
        elif kind == REFUSED:
            return f"the server refused it: {word(rest)}"
        return ""


@asynccontextmanager
async def writing(opening: Awaitable[Line], pause: Pause) -> AsyncIterator[Pen]:
    """Bring a pen to a text, ready to write, by a line that is being opened; it is put away when the block is over."""
    pen = None
    try:
        pen = Pen(await opening, pause)
        await pen.begin()
        yield pen
    except Hung as hung:
        raise Unwritten(str(hung)) from hung
    finally:
        if pen is not None:
            await pen.close()


def pieces(words: str) -> list[str]:
    """Cut words into pieces as people type them; together they are the same again.

    >>> pieces("we make one plan early, and keep to it")
    ['we make one ', 'plan early, and ', 'keep to it']
    """
    found = [""]
    for part in words.split(" "):
        if found[-1].count(" ") == WORDS_AT_ONCE:
            found.append("")
        found[-1] += f"{part} "
    found[-1] = found[-1].removesuffix(" ")
    return [one for one in found if one]


def clocks(state: bytes) -> dict[int, int]:
    """Read a state vector: up to which clock each page is known."""
    told = Decoder(state)
    found = {}
    for _ in range(told.read_var_uint() if state else 0):
        page = told.read_var_uint()
        found[page] = told.read_var_uint()
    return found


def word(rest: bytes) -> str:
    """Read a word that says its length first."""
    return (Decoder(rest).read_message() or b"").decode()
