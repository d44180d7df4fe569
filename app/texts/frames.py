"""The frames of a shared text: the y-websocket protocol as bytes, and four messages of our own.

Law: nothing that a client sends reaches pycrdt before it was read here to its end; see `updates`.

Ours, down only: `SAVED` (100) with the state vector that is stored, then how many of this socket's writes are settled;
`MAY` (101) with a word, "read" or "write"; `REFUSED` (102) with why a write was not taken.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

SYNC, AWARENESS, SAVED, MAY, REFUSED = 0, 1, 100, 101, 102
STEP_1, STEP_2, UPDATE = 0, 1, 2
LARGEST_FRAME = 64 * 1024
# What a number may come to: client ids are 53 bits long, clocks and lengths 31.
MOST_BITS = 53


class Malformed(ValueError):
    """Bytes that are no frame of this protocol."""


class Reader:
    """Reads numbers, strings and pieces off a frame, never past its end."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    @property
    def left(self) -> int:
        """How many bytes are still to be read."""
        return len(self.data) - self.at

    def number(self, most: int = (1 << MOST_BITS) - 1) -> int:
        """Read a number of seven bits a byte, least first; one above `most` is no number."""
        value = shift = 0
        data, at = self.data, self.at
        while True:
            if at >= len(data) or shift > MOST_BITS:
                raise Malformed("a number without an end")
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                break
            shift += 7
        if value > most:
            raise Malformed("a number out of bounds")
        self.at = at
        return value

    def byte(self) -> int:
        """Read one byte."""
        if self.at >= len(self.data):
            raise Malformed("cut off")
        self.at += 1
        return self.data[self.at - 1]

    def piece(self) -> bytes:
        """Read a piece that says its length first."""
        length = self.number()
        if length > self.left:
            raise Malformed("longer than the frame")
        self.at += length
        return self.data[self.at - length : self.at]

    def string(self) -> str:
        """Read a string."""
        try:
            return self.piece().decode()
        except UnicodeDecodeError:
            raise Malformed("not a string") from None

    def end(self) -> None:
        """Insist that nothing is left."""
        if self.left:
            raise Malformed("more than a frame")


@dataclass(frozen=True, slots=True)
class Asks:
    """A client that says what it has, its state vector, and wants the rest."""

    state: bytes


@dataclass(frozen=True, slots=True)
class Writes:
    """A client that brings an update."""

    update: bytes


@dataclass(frozen=True, slots=True)
class Beats:
    """A client that is still there: what it says of itself is not listened to."""


def read_frame(data: bytes) -> Asks | Writes | Beats:
    """Read one frame of a client's; anything but sync, update and awareness is malformed."""
    if len(data) > LARGEST_FRAME:
        raise Malformed("too large")
    reader = Reader(data)
    kind = reader.number()
    if kind == AWARENESS:
        reader.piece()
        reader.end()
        return Beats()
    if kind != SYNC:
        raise Malformed("an unknown message")
    step, piece = reader.number(), reader.piece()
    reader.end()
    if step == STEP_1:
        read_state(piece)
        return Asks(piece)
    if step not in (STEP_2, UPDATE):
        raise Malformed("an unknown step")
    return Writes(piece)


def read_state(data: bytes) -> dict[int, int]:
    """Read a state vector: up to which clock each client is known."""
    reader = Reader(data)
    claimed = reader.number()
    if claimed > reader.left // 2:
        raise Malformed("more clients than bytes")
    known = {}
    for _ in range(claimed):
        client = reader.number()
        known[client] = reader.number()
    reader.end()
    return known


def number(value: int) -> bytes:
    """Write a number."""
    made = bytearray()
    while value > 127:
        made.append(128 | value & 127)
        value >>= 7
    made.append(value)
    return bytes(made)


def piece(data: bytes) -> bytes:
    """Write a piece with its length first."""
    return number(len(data)) + data


def sync(step: int, data: bytes) -> bytes:
    """Write a message of the sync protocol."""
    return bytes((SYNC, step)) + piece(data)


def saved(state: bytes, settled: int) -> bytes:
    """Write that all up to a state vector is stored, and so many of this socket's writes are settled."""
    return bytes((SAVED,)) + piece(state) + number(settled)


def may(word: str) -> bytes:
    """Write what this socket may do: "read" or "write"."""
    return bytes((MAY,)) + piece(word.encode())


def refused(reason: str) -> bytes:
    """Write that a write was not taken, and why in a word."""
    return bytes((REFUSED,)) + piece(reason.encode())


# What answers a client that shows it is there.
ALIVE = bytes((AWARENESS, 1, 0))


def present(people: Iterable[tuple[int, int, dict[str, object] | None]]) -> bytes:
    """Write who is here as awareness: a number of ours for the client, its clock, and what we say; None has left."""
    told = [
        number(client) + number(clock) + piece(json.dumps(said, ensure_ascii=False).encode())
        for client, clock, said in people
    ]
    return bytes((AWARENESS,)) + piece(number(len(told)) + b"".join(told))
