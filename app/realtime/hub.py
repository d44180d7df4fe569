"""The hub: this worker's open lines, by workshop.

Law: a line has a flag and the newest picture, never a queue; a slow phone gets the latest, not a backlog.
"""

import asyncio
from collections.abc import Hashable, Iterator
from itertools import count
from time import monotonic
from typing import Any

_numbers = count(1)


class Line:
    """One open socket: who looks through it, and what it was last sent."""

    def __init__(self, workshop_id: int, viewer: Hashable) -> None:
        self.number = next(_numbers)
        self.workshop_id = workshop_id
        self.viewer: Any = viewer
        self.sent: Any = None
        self.newest: Any = None
        # On the monotonic clock: since when the oldest picture that has not wholly gone out waits.
        self.unsent_since: float | None = None
        self._shown_at = 0.0
        self.ending: int | None = None
        self.tick_due = False
        self.woken = asyncio.Event()

    def show(self, screen: Any) -> None:
        """Give the line the newest picture; its writer sends what differs when it can."""
        self.newest = screen
        self._shown_at = monotonic()
        if self.unsent_since is None:
            self.unsent_since = self._shown_at
        self.woken.set()

    def went_out(self) -> None:
        """Note that what was taken from `newest` is at the other end: what was shown since then still waits."""
        self.unsent_since = None if self.newest is None else self._shown_at

    def tick(self) -> None:
        """Ask the writer for a heartbeat."""
        self.tick_due = True
        self.woken.set()

    def end(self, code: int) -> None:
        """Ask the writer to close the socket with this code."""
        self.ending = code
        self.woken.set()


class Hub:
    """All lines of this worker."""

    def __init__(self) -> None:
        self._lines: dict[int, dict[int, Line]] = {}

    def open(self, line: Line) -> None:
        """Put a line on the hub: from now on it is shown every change."""
        self._lines.setdefault(line.workshop_id, {})[line.number] = line

    def close(self, line: Line) -> None:
        """Take a line off the hub."""
        lines = self._lines.get(line.workshop_id, {})
        lines.pop(line.number, None)
        if not lines:
            self._lines.pop(line.workshop_id, None)

    def lines(self, workshop_id: int) -> tuple[Line, ...]:
        """List the open lines of a workshop."""
        return tuple(self._lines.get(workshop_id, {}).values())

    def workshops(self) -> tuple[int, ...]:
        """List the workshops that have open lines here."""
        return tuple(self._lines)

    def __iter__(self) -> Iterator[Line]:
        return iter([line for lines in self._lines.values() for line in lines.values()])

    def __len__(self) -> int:
        return sum(len(lines) for lines in self._lines.values())
