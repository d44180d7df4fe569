"""Codes and keys: as likely as any others, found again however they are typed, and nothing without the key."""

from hypothesis import given
from hypothesis import strategies as st

from app.workshops import codes

KEY = b"a key for tests that is long enough"


@given(st.integers(1, 10**9), st.integers(0, 99))
def test_join_code_has_eight_symbols_that_nobody_confuses(workshop_id: int, turn: int) -> None:
    code = codes.join_code(KEY, workshop_id, turn)
    assert len(code) == 8
    assert set(code) <= set(codes.ALPHABET)
    assert codes.normal(codes.shown(code).lower()) == code


def test_codes_change_with_key_workshop_and_turn() -> None:
    made = {
        codes.join_code(key, workshop, turn)
        for key in (KEY, b"another")
        for workshop in range(1, 500)
        for turn in (0, 1)
    }
    assert len(made) == 2 * 499 * 2


def test_join_codes_use_every_symbol_in_every_place() -> None:
    made = [codes.join_code(KEY, workshop, 0) for workshop in range(1, 3000)]
    assert all({code[place] for code in made} == set(codes.ALPHABET) for place in range(8))


@given(st.text(max_size=80))
def test_normal_reads_any_text_without_trouble(text: str) -> None:
    read = codes.normal(text)
    assert read is None or (len(read) == 8 and set(read) <= set(codes.ALPHABET))


@given(st.text(max_size=80))
def test_qr_workshop_reads_any_text_without_trouble(text: str) -> None:
    read = codes.qr_workshop(text)
    assert read is None or 0 < read < 10**9


def test_qr_token_names_its_workshop_and_is_no_typed_code() -> None:
    token = codes.qr_token(KEY, 17, 0)
    assert codes.qr_workshop(token) == 17
    assert codes.normal(token) is None


def test_keys_of_one_workshop_tell_nothing_of_each_other() -> None:
    made = [codes.qr_token(KEY, 17, 0), codes.wall_key(KEY, 17, 0), codes.join_code(KEY, 17, 0)]
    assert len({text.partition(".")[2] or text for text in made}) == 3
    assert not codes.same(made[1], codes.wall_key(KEY, 17, 1))
