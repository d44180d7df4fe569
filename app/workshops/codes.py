"""Codes and keys of a workshop: what people type, what a QR square carries, and what opens the wall.

Law: codes are derived from the secret key and kept only as peppered hashes; a database without the key opens nothing.
"""

import base64
import hmac
import re
from functools import lru_cache

from app.web.tokens import derived

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
JOIN_SYMBOLS = 8
SEAT_SYMBOLS = 6

# The signs people see in a code's place, and blanks and dashes of any sort.
BETWEEN = re.compile(r"[\s\-‐‑‒–—−_.]+")
QR_TOKEN = re.compile(r"([1-9][0-9]{0,8})\.[A-Za-z0-9_-]{22}")


# Every screen shows its codes: they are derived once.
@lru_cache(maxsize=4096)
def join_code(key: bytes, workshop_id: int, turn: int) -> str:
    """Derive the code that people type: eight symbols, as likely as any others."""
    return _symbols(derived(key, "join code", workshop_id, turn), JOIN_SYMBOLS)


@lru_cache(maxsize=8192)
def seat_code(key: bytes, workshop_id: int, token_hash: str) -> str:
    """Derive the code that brings a seat back on another device, so that its own page can always show it."""
    return _symbols(derived(key, "seat code", workshop_id, token_hash), SEAT_SYMBOLS)


def shown(code: str) -> str:
    """Write a code as people read it.

    >>> shown("K7QM4TXR"), shown("K7QM4T")
    ('K7QM-4TXR', 'K7Q-M4T')
    """
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


def normal(text: str, symbols: int = JOIN_SYMBOLS) -> str | None:
    """Read a code as people type it; None when it cannot be one.

    >>> normal(" k7qm – 4txr "), normal("k7qm"), normal("K7Q-M4T", 6)
    ('K7QM4TXR', None, 'K7QM4T')
    """
    if len(text) > 60:
        return None
    code = BETWEEN.sub("", text).upper()
    return code if len(code) == symbols and set(code) <= set(ALPHABET) else None


def code_hash(key: bytes, code: str) -> str:
    """Hash a join code for finding its workshop."""
    return derived(key, "join code hash", code).hex()


def seat_code_hash(key: bytes, workshop_id: int, code: str) -> str:
    """Hash a seat code for finding its seat within a workshop."""
    return derived(key, "seat code hash", workshop_id, code).hex()


def qr_token(key: bytes, workshop_id: int, turn: int) -> str:
    """Make what the QR square carries in a code's place: the workshop's id and 128 bits that nobody guesses."""
    return f"{workshop_id}.{_tag(derived(key, 'qr', workshop_id, turn))}"


def qr_workshop(token: str) -> int | None:
    """Read which workshop a QR token speaks of, without believing it."""
    read = QR_TOKEN.fullmatch(token)
    return int(read[1]) if read else None


@lru_cache(maxsize=4096)
def wall_key(key: bytes, workshop_id: int, turn: int) -> str:
    """Make the key in the wall's address."""
    return _tag(derived(key, "wall", workshop_id, turn))


def same(given: str, right: str) -> bool:
    """Compare two secrets in a time that tells nothing of how they differ."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), right.encode())


def _symbols(secret: bytes, count: int) -> str:
    number = int.from_bytes(secret, "big")
    symbols = ""
    for _ in range(count):
        number, rest = divmod(number, len(ALPHABET))
        symbols += ALPHABET[rest]
    return symbols


def _tag(secret: bytes) -> str:
    return base64.urlsafe_b64encode(secret[:16]).decode().rstrip("=")
