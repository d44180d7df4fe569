"""Passwords: hashed, compared, and refused when weak."""

import pytest

from app.accounts.passwords import fits, hashed, refuse_weak
from app.errors import Unclear

pytestmark = pytest.mark.anyio
PASSWORD = "three unusual words"


async def test_password_fits_its_own_hash_only() -> None:
    kept = await hashed(PASSWORD)
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept
    assert await fits(PASSWORD, kept)
    assert not await fits(PASSWORD + " ", kept)
    assert not await fits("", kept)


async def test_password_is_salted() -> None:
    assert await hashed(PASSWORD) != await hashed(PASSWORD)


async def test_nothing_fits_where_no_password_was_kept() -> None:
    assert not await fits(PASSWORD, None)
    assert not await fits("nobody has this password", None)


async def test_password_of_any_signs_is_taken() -> None:
    odd = "llwybr ŵ 🌱 \x00 spaces"
    assert await fits(odd, await hashed(odd))


def test_strong_password_is_taken() -> None:
    refuse_weak(PASSWORD, "ann@example.org")
    refuse_weak("x7 !" * 50, "ann@example.org")


@pytest.mark.parametrize("password", ["short", "1234567890", "QwertyUiop", "ann@example.org"])
def test_weak_password_is_refused(password: str) -> None:
    with pytest.raises(Unclear):
        refuse_weak(password, "ann@example.org")
