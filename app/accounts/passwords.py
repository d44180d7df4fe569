"""Passwords: hashed by argon2, in threads of their own, as one check keeps a core busy for a while."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.errors import N_, Unclear

SHORTEST, LONGEST = 10, 200

# The commonest that are long enough, from what was found in stolen lists again and again.
WELL_KNOWN = {
    "1234567890", "0123456789", "0987654321", "1111111111", "0000000000", "12345678910", "123456789a", "1q2w3e4r5t",
    "qwertyuiop", "qwerty12345", "qwerty1234", "q1w2e3r4t5", "1qaz2wsx3edc", "asdfghjkl1", "password12", "password123",
    "password1234", "passw0rd123", "iloveyou12", "letmein123", "welcome123", "liverpool1", "manchester", "consensus1",
}  # fmt: skip

# Two at once leave the rest of the machine, and its memory, to the room.
THREADS = ThreadPoolExecutor(2, thread_name_prefix="password")

T = TypeVar("T")


def refuse_weak(password: str, email: str) -> None:
    """Refuse a password that is short, well known, or the e-mail address itself."""
    if len(password) < SHORTEST:
        raise Unclear(N_("Choose a password of at least {least} characters."), least=SHORTEST)
    if len(password) > LONGEST:
        raise Unclear(N_("Choose a password of at most {most} characters."), most=LONGEST)
    plain = password.lower()
    if plain in WELL_KNOWN or plain in (email, email.partition("@")[0]) or len(set(plain)) < 4:
        raise Unclear(N_("That password is one of the first that somebody would guess. Choose another."))


async def hashed(password: str) -> str:
    """Hash a password for keeping."""
    return await _in_thread(lambda: _hasher().hash(password))


async def fits(password: str, kept: str | None) -> bool:
    """Tell whether a password is the one that was kept; without one it takes as long, and does not fit."""

    def check() -> bool:
        right = _hasher().verify(password[: LONGEST + 1], kept or _nobodys())
        return right and kept is not None

    return await _in_thread(check)


@cache
def _hasher() -> PasswordHash:
    # OWASP's first choice for argon2id: as hard to guess, without stalling the laptop that runs the hall.
    return PasswordHash((Argon2Hasher(memory_cost=19 * 1024, time_cost=2, parallelism=1),))


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody has this password")


async def _in_thread(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(THREADS, work)
