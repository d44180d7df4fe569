"""Putting an update into a document without holding up the loop.

Law: pycrdt keeps the interpreter while it works, in a thread as well, and one piece may cost a walk through the whole
document. So what is not small goes in by slices, with a turn for everybody else between two.
"""

import asyncio
from time import perf_counter

from pycrdt import Doc, Text

from app.texts.frames import number
from app.texts.updates import Update

# What goes in at once.
SMALL, FEW = 2048, 4
FIRST_SLICE = 4
SHORT_SECONDS, LONG_SECONDS = 0.002, 0.008


async def apply(doc: "Doc[Text]", update: Update) -> float:
    """Apply an update; gives the seconds that the document worked."""
    if len(update.data) <= SMALL and update.pieces <= FEW:
        return _timed(doc, update.data)
    worked, size = 0.0, FIRST_SLICE
    for client, pieces in update.sections.items():
        at = 0
        while at < len(pieces):
            took = _timed(doc, _slice(client, pieces[at : at + size], update.data))
            worked, at = worked + took, at + size
            size = size * 2 if took < SHORT_SECONDS else max(1, size // 2) if took > LONG_SECONDS else size
            await asyncio.sleep(0)
    if update.deletes:
        worked += _timed(doc, b"\0" + update.data[update.deletes_at :])
    return worked


def _slice(client: int, pieces: list[tuple[int, int, int]], data: bytes) -> bytes:
    """Write some pieces of one client as an update of their own."""
    begin, end = pieces[0][1], pieces[-1][2]
    return b"\1" + number(len(pieces)) + number(client) + number(pieces[0][0]) + data[begin:end] + b"\0"


def _timed(doc: "Doc[Text]", data: bytes) -> float:
    begun = perf_counter()
    doc.apply_update(data)
    return perf_counter() - begun
