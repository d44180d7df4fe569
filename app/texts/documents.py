"""Documents as pycrdt has them: made from what is stored, read as plain text, and changed by ourselves.

What is stored reads quickly: whatever made a document work long was compacted at once, see `applying`.
"""

from collections.abc import Iterable

from pycrdt import Doc, Text

from app.texts.updates import ROOT

# The client that the server writes as; of browsers' ids, drawn from 2^53, none is this small.
OURS = 1


def document(snapshot: bytes, updates: Iterable[bytes] = (), client: int | None = None) -> Doc[Text]:
    """Make a document from a snapshot and the updates after it."""
    made: Doc[Text] = Doc(client_id=client, allow_multithreading=True)
    text_in(made)
    if snapshot:
        made.apply_update(snapshot)
    for one in updates:
        made.apply_update(one)
    return made


def text_in(doc: Doc[Text]) -> Text:
    """Find the one text in a document."""
    return doc.get(ROOT, type=Text)


def seeded(seed: str) -> bytes:
    """Make the snapshot of a document that begins with a text; of none for an empty one."""
    if not seed:
        return b""
    made = document(b"", client=OURS)
    text_in(made).insert(0, seed)
    return bytes(made.get_update())


def flatten(snapshot: bytes, updates: Iterable[bytes]) -> str:
    """Read a stored document as plain text."""
    return str(text_in(document(snapshot, updates)))


def rewritten(snapshot: bytes, updates: Iterable[bytes], wanted: str) -> bytes | None:
    """Make the update that turns a stored document's text into another; None when it is that already."""
    doc = document(snapshot, updates)
    text, made = text_in(doc), list[bytes]()
    now = str(text)
    if now == wanted:
        return None
    subscription = doc.observe(lambda event: made.append(event.update))
    front = _shared(now, wanted)
    back = _shared(now[front:][::-1], wanted[front:][::-1])
    # pycrdt counts in bytes.
    begin, end = len(now[:front].encode()), len(now[: len(now) - back].encode())
    with doc.transaction():
        if end > begin:
            del text[begin:end]
        if wanted[front : len(wanted) - back]:
            text.insert(begin, wanted[front : len(wanted) - back])
    doc.unobserve(subscription)
    return bytes(made[0])


def _shared(one: str, other: str) -> int:
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
