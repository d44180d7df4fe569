"""Where this Concord is reached: what links, codes and QR squares are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """The public address without a slash at its end, and the key that codes are derived from."""

    public_url: str
    key: bytes

    def __hash__(self) -> int:
        """Hash quickly: every drawing of every seat looks itself up."""
        return hash(self.public_url)
