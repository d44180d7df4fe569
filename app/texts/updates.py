"""What an update says, read to its end before pycrdt sees it.

Law: an update is nothing but text put into and taken out of the one text of a document, in bounded pieces.
"""

from dataclasses import dataclass, field

from app.texts.frames import Malformed, Reader

# The one text in a document, as the browser calls it.
ROOT = "t"
# The names a document's writers go by: one for each page that somebody wrote in.
MOST_CLIENTS = 256
# Insertions and deletions in one update: an hour written offline comes to hundreds.
MOST_PIECES = 4000
LARGEST_CLOCK = 2**31 - 1

GARBAGE, DELETED, STRING, SKIP = 0, 1, 4, 10
HAS_ORIGIN, HAS_RIGHT, HAS_KEY = 0x80, 0x40, 0x20
KIND = 0x1F


@dataclass(slots=True)
class Update:
    """An update that may be applied: what it adds, and what must be known before.

    Clocks by client: up to where each must be known before it `begins`, what it `reaches`, and, as `needs`, what its
    origins and deletions point at.
    """

    data: bytes
    begins: dict[int, int] = field(default_factory=dict)
    reaches: dict[int, int] = field(default_factory=dict)
    needs: dict[int, int] = field(default_factory=dict)
    inserted: int = 0
    pieces: int = 0
    deletes: bool = False
    deletes_at: int = 0
    # By client: each piece's clock, and where it begins and ends.
    sections: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict, repr=False)

    @property
    def is_empty(self) -> bool:
        """Tell whether it says nothing at all."""
        return not self.reaches and not self.deletes

    def fits(self, state: dict[int, int]) -> bool:
        """Tell whether all that it builds upon is known, so that nothing of it would have to wait."""
        if any(clock > state.get(client, 0) for client, clock in self.begins.items()):
            return False
        return all(clock <= max(state.get(one, 0), self.reaches.get(one, 0)) for one, clock in self.needs.items())

    def is_known(self, state: dict[int, int]) -> bool:
        """Tell whether it surely brings nothing new: no deletions, and no clock that is not known."""
        return not self.deletes and all(clock <= state.get(one, 0) for one, clock in self.reaches.items())

    def wants(self, client: int, clock: int) -> None:
        """Note that it builds on what a client has written up to a clock."""
        if clock > LARGEST_CLOCK:
            raise Malformed("a clock out of bounds")
        self.needs[client] = max(clock, self.needs.get(client, 0))

    def count(self) -> None:
        """Count one piece."""
        self.pieces += 1
        if self.pieces > MOST_PIECES:
            raise Malformed("too many pieces")


def read_update(data: bytes) -> Update:
    """Read an update; what is no change to a plain text is malformed."""
    reader, update = Reader(data), Update(data)
    claimed = reader.number()
    # A client's section takes three bytes at least: a number that claims more would cost memory and time.
    if claimed > reader.left // 3 or claimed > MOST_CLIENTS:
        raise Malformed("more clients than bytes")
    for _ in range(claimed):
        _read_section(reader, update)
    update.deletes_at = reader.at
    _read_deletions(reader, update)
    reader.end()
    return update


def _read_section(reader: Reader, update: Update) -> None:
    claimed, client, clock = reader.number(), reader.number(), reader.number(LARGEST_CLOCK)
    if claimed == 0 or claimed > reader.left // 2 or client in update.reaches:
        raise Malformed("pieces that are not there")
    update.begins[client] = clock
    pieces = update.sections[client] = []
    for _ in range(claimed):
        update.count()
        begin, at = reader.at, clock
        clock += _read_piece(reader, update, client, clock)
        pieces.append((at, begin, reader.at))
        if clock > LARGEST_CLOCK:
            raise Malformed("a clock out of bounds")
    update.reaches[client] = clock


def _read_piece(reader: Reader, update: Update, client: int, clock: int) -> int:
    """Read one piece; gives how many clocks it takes."""
    info = reader.byte()
    kind = info & KIND
    if info == GARBAGE:
        return _length(reader)
    if info == SKIP:
        # What it skips is not in it, so it must be known.
        length = _length(reader)
        update.begins[client] = clock + length
        return length
    _read_place(reader, update, info, client, clock)
    if kind == DELETED:
        return _length(reader)
    if kind != STRING:
        raise Malformed("not a plain text")
    text = reader.string()
    if not text:
        raise Malformed("an empty piece")
    update.inserted += len(text)
    return len(text.encode("utf-16-le")) // 2


def _read_place(reader: Reader, update: Update, info: int, client: int, clock: int) -> None:
    if info & HAS_KEY:
        raise Malformed("not a plain text")
    if not info & (HAS_ORIGIN | HAS_RIGHT):
        if reader.number() != 1 or reader.string() != ROOT:
            raise Malformed("another text")
        return
    for flag in (HAS_ORIGIN, HAS_RIGHT):
        if info & flag:
            whose, at = reader.number(), reader.number(LARGEST_CLOCK)
            if whose == client and at >= clock:
                raise Malformed("a piece that builds on itself")
            if whose != client:
                update.wants(whose, at + 1)


def _read_deletions(reader: Reader, update: Update) -> None:
    claimed = reader.number()
    if claimed > reader.left // 4 or claimed > 4 * MOST_CLIENTS:
        raise Malformed("more clients than bytes")
    for _ in range(claimed):
        client, ranges = reader.number(), reader.number()
        if ranges == 0 or ranges > reader.left // 2:
            raise Malformed("deletions that are not there")
        for _ in range(ranges):
            update.count()
            clock = reader.number(LARGEST_CLOCK)
            update.wants(client, clock + _length(reader))
        update.deletes = True


def _length(reader: Reader) -> int:
    length = reader.number(LARGEST_CLOCK)
    if length == 0:
        raise Malformed("an empty piece")
    return length
