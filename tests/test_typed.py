"""What people type, read the same way everywhere."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Unclear
from app.typed import clean_line, clean_text

ANYTHING = st.text(st.characters())


@given(ANYTHING)
def test_line_is_one_line_without_anything_invisible_that_turns_or_breaks(typed: str) -> None:
    line = clean_line(typed, 10_000)
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"} for sign in line)
    assert not set(line) & set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
    assert line == " ".join(line.split())
    line.encode()


@given(ANYTHING)
def test_text_read_twice_is_the_same(typed: str) -> None:
    once = clean_text(typed, 10_000)
    assert clean_text(once, 10_000) == once


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ann\u202e\u2066gro.live", "Anngro.live"),
        ("A\x00n\x1bn\x7f", "Ann"),
        ("Siân Ŵyn", "Siân Ŵyn"),
        ("👩‍👧 and 🏴󠁧󠁢󠁷󠁬󠁳󠁿", "👩‍👧 and 🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
        ("half \ud83d of it", "half of it"),
        ("one\u2028two", "one two"),
        ("\u00a0 \u3000", ""),
    ],
)
def test_line_keeps_words_and_drops_what_harms(typed: str, kept: str) -> None:
    assert clean_line(typed, 80) == kept


def test_length_is_counted_after_reading_and_never_cut() -> None:
    assert clean_line("e\u0301" * 80 + "\x00" * 500, 80) == "é" * 80
    with pytest.raises(Unclear, match="longer than 80 characters"):
        clean_line("x" * 81, 80)
    with pytest.raises(Unclear, match="longer than 3 characters"):
        clean_text("1\n2\n3", 3)


def test_text_keeps_its_paragraphs() -> None:
    assert clean_text("  one\r\n\r\n\r\n two\x0bthree\r", 100) == "one\n\ntwo\nthree"
