"""What is read of frames and updates: all that browsers send, nothing else, and whatever passes does no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Text

from app.texts import documents, frames
from app.texts.frames import Asks, Beats, Malformed, Writes, read_frame, read_state, sync
from app.texts.updates import ROOT, read_update

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def typed(words: list[tuple[str, int, int]]) -> tuple["Doc[Text]", list[bytes]]:
    """Type and delete here and there; gives the document and its updates."""
    doc: Doc[Text] = Doc(client_id=7)
    text, made = doc.get(ROOT, type=Text), list[bytes]()
    watch = doc.observe(lambda event: made.append(event.update))
    for word, at, gone in words:
        now = str(text)
        begin = len(now[: at % (len(now) + 1)].encode())
        end = len(now[: at % (len(now) + 1) + gone].encode())
        with doc.transaction():
            if end > begin:
                del text[begin:end]
            if word:
                text.insert(begin, word)
    doc.unobserve(watch)
    return doc, made


EDITS = st.lists(st.tuples(WORDS, st.integers(0, 50), st.integers(0, 5)), min_size=1, max_size=8)


@given(EDITS)
def test_what_is_typed_is_read_and_reaches_what_pycrdt_reaches(words: list[tuple[str, int, int]]) -> None:
    doc, made = typed(words)
    state: dict[int, int] = {}
    for data in made:
        update = read_update(data)
        assert update.fits(state)
        state |= update.reaches
    assert state == read_state(doc.get_state())
    whole = read_update(doc.get_update())
    assert whole.fits({})
    assert whole.inserted == len(str(doc.get(ROOT, type=Text)))


@given(EDITS, st.data())
def test_a_changed_update_is_refused_or_leaves_nothing_pending(
    words: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    whole = bytearray(typed(words)[0].get_update())
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        update = read_update(bytes(whole))
    except Malformed:
        return
    if not update.fits({}) or len(update.reaches) > 1:
        return
    doc = documents.document(b"", [update.data])
    assert read_state(doc.get_state()) == {one: clock for one, clock in update.reaches.items() if clock}


@given(st.binary(max_size=80))
def test_any_bytes_are_a_frame_or_malformed(data: bytes) -> None:
    try:
        frame = read_frame(data)
        if isinstance(frame, Writes):
            read_update(frame.update)
    except Malformed:
        return
    assert isinstance(frame, Asks | Writes | Beats)


@given(st.integers(0, 2**53 - 1))
def test_numbers_come_back(value: int) -> None:
    assert frames.Reader(frames.number(value)).number() == value


@pytest.mark.parametrize("claimed", [b"\xff\xff\xff\xff\x07", b"\xff" * 8 + b"\x01"])
def test_a_claim_of_clients_is_looked_at_before_anything_is_made_for_them(claimed: bytes) -> None:
    with pytest.raises(Malformed):
        read_update(claimed + b"\0\0\0\0")
    with pytest.raises(Malformed):
        read_frame(sync(0, claimed + b"\0"))


@given(WORDS, WORDS)
def test_a_text_is_rewritten_into_another(before: str, after: str) -> None:
    seed = documents.seeded(before)
    made = documents.rewritten(seed, [], after)
    assert documents.flatten(seed, [made] if made else []) == after
    assert (made is None) == (before == after)
