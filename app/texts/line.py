"""One socket at a shared text: who writes through it, what it may, and what is still to be sent to it."""

import asyncio
from collections import deque
from itertools import count
from time import monotonic
from typing import Literal

from app.texts.rights import Who
from app.texts.updates import Update

_numbers = count(1)

May = Literal["none", "read", "write"]

# What a slow reader may have waiting; then it is let go, and comes back for the whole.
MOST_UNSENT = 1024 * 1024
# What one socket may have handed in and not settled.
MOST_WAITING = 64
# What waits for what it builds upon.
MOST_HELD, MOST_HELD_BYTES = 64, 256 * 1024
WRITING_SECONDS = 3.0
# Browsers forget after half a minute whom they have not heard of.
TOLD_AGAIN_SECONDS = 10.0

SIGNED_OUT, GONE, OUT_OF_STEP, SPENT = 4401, 4403, 4409, 4429
TRY_AGAIN = 1013


class Line:
    """An open socket of a shared text."""

    def __init__(self, who: Who, may: May) -> None:
        self.number = next(_numbers)
        self.who = who
        self.may: May = may
        # Asked once more after it came: what it may might have changed as it opened.
        self.asked_again = False
        self.settled = 0
        self.waiting = 0
        self.held: list[Update] = []
        self.clock = 0
        self.writing = False
        self.wrote_at = 0.0
        self.told_at = 0.0
        self.ending: int | None = None
        self.out: deque[bytes] = deque()
        self.unsent = 0
        self.woken = asyncio.Event()
        self.room_for_more = asyncio.Event()

    def send(self, frame: bytes) -> None:
        """Put a frame behind those that are still to be sent; never waits."""
        if self.ending is not None:
            return
        self.out.append(frame)
        self.unsent += len(frame)
        if self.unsent > MOST_UNSENT:
            self.out.clear()
            self.end(TRY_AGAIN)
        self.woken.set()

    def end(self, code: int) -> None:
        """Ask for the socket to be closed, after what is still to be sent."""
        if self.ending is None:
            self.ending = code
        self.woken.set()

    def hold(self, update: Update) -> bool:
        """Keep an update until what it builds upon is there; False when that is too much."""
        self.held.append(update)
        return len(self.held) <= MOST_HELD and sum(len(one.data) for one in self.held) <= MOST_HELD_BYTES

    def wrote(self) -> bool:
        """Note that it wrote; tells whether others are to hear so, as they do again before they would forget it."""
        self.wrote_at = now = monotonic()
        if self.writing and now - self.told_at < TOLD_AGAIN_SECONDS:
            return False
        self.writing, self.told_at = True, now
        self.clock += 1
        return True

    def rests(self) -> bool:
        """Note whether it has written nothing for a while; tells whether others are to hear so."""
        if not self.writing or monotonic() - self.wrote_at < WRITING_SECONDS:
            return False
        self.writing = False
        self.clock += 1
        return True

    @property
    def told(self) -> tuple[int, int, dict[str, object] | None]:
        """What others are told of it."""
        return self.number, self.clock, self.who.said | {"writing": self.writing}
