"""Secrets people carry: random tokens, kept only as hashes, and what is derived from the secret key."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """Make a secret of 256 random bits that fits into an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Hash a token for the database: it is random, so nothing slower is needed.

    >>> token_hash("abc")[:16]
    'ba7816bf8f01cfea'
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def derived(key: bytes, *parts: str | int) -> bytes:
    """Derive 32 bytes from the secret key for one purpose, named by its parts.

    >>> derived(b"k", "ab", "c") == derived(b"k", "a", "bc")
    False
    """
    # Each part carries its length, so that no two lists of parts run into the same text.
    text = "".join(f"{len(str(part))}:{part}," for part in parts)
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")
