"""What a file holds once it is read: statements, ballots, how many handed in each, and the policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.consensus.ballots import HEAD_COUNT, Ballot, Policy
from app.consensus.files.trouble import FileTrouble, shown
from app.consensus.profile import Profile

MOST_STATEMENTS = 500
MOST_COUNT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """The ballots of a file.

    items – the statements' names; before – an earlier round over the same statements, if the file has one
    read_as – in one sentence, how the file was understood
    """

    items: tuple[str, ...]
    ballots: tuple[Ballot, ...]
    counts: tuple[int, ...]
    policy: Policy = HEAD_COUNT
    before: tuple[Ballot, ...] | None = None
    read_as: str = ""

    def profile(self) -> Profile:
        """Resolve the ballots under the policy."""
        return Profile.from_ballots(self.ballots, len(self.items), counts=self.counts, policy=self.policy)


def text_of(path: Path, *, older: bool = False) -> str:
    """Read a file as UTF-8; refuse one that cannot be opened, is empty, or is not text.

    `older` files may be in Latin-1, as the names in some PrefLib files are.
    """
    try:
        raw = path.read_bytes()
    except OSError as trouble:
        raise FileTrouble(path, f"a file that can be read ({trouble.strerror or 'it cannot'})") from trouble
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileTrouble(path, "text in UTF-8, found UTF-16")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        if older:
            return raw.decode("latin-1")
        before = raw[: trouble.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig", "replace")) + 1
        raise FileTrouble(path, "text in UTF-8", before.count(b"\n") + 1, column) from trouble
    if not text.strip():
        raise FileTrouble(path, "a ranking, found an empty file")
    return text


def lines_of(text: str) -> list[tuple[int, str]]:
    """Split a text into numbered lines as an editor does, without the empty ones."""
    lines = enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)
    return [(number, line) for number, line in lines if line.strip()]


def count_of(path: Path, text: str, line: int, column: int, what: str, most: int = MOST_COUNT) -> int:
    """Read a whole number from 1 to `most`."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12 or not 1 <= int(digits) <= most:
        raise FileTrouble(path, f"{what} (a whole number from 1 to {most}), found {_or_nothing(digits)}", line, column)
    return int(digits)


def _or_nothing(text: str) -> str:
    return shown(text) if text else "nothing"


def check_number_of(path: Path, items: Sequence[object], line: int = 1, column: int = 1) -> None:
    """Refuse no statements, and more than can be compared two by two in good time."""
    if not 1 <= len(items) <= MOST_STATEMENTS:
        raise FileTrouble(path, f"1 to {MOST_STATEMENTS} statements, found {len(items)}", line, column)
