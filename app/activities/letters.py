"""Letters that name what stands on a list where people write by hand, and reading them back."""

import re
from collections.abc import Sequence

from app.errors import N_, Unclear

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BETWEEN = re.compile(r"[\s,;.:>/|]+")


def letter(number: int) -> str:
    """Name what stands at a place of a list, from 0, by letters that are quick to write by hand.

    >>> [letter(number) for number in (0, 25, 26, 29)]
    ['A', 'Z', 'AA', 'AD']
    """
    times, rest = divmod(number, len(LETTERS))
    return (LETTERS[times - 1] if times else "") + LETTERS[rest]


def listed(ids: Sequence[str], typed: str) -> tuple[str, ...]:
    """Read which of a list somebody typed, by letters, by numbers from 1 or by ids; letters need nothing between them.

    >>> listed(("s1", "s2", "s3"), "c A,b"), listed(("s1", "s2", "s3"), "cab"), listed(("s1", "s2", "s3"), "3 1 s2")
    (('s3', 's1', 's2'), ('s3', 's1', 's2'), ('s3', 's1', 's2'))
    """
    known = {one.casefold(): one for one in ids}
    known |= {str(number): one for number, one in enumerate(ids, 1)}
    known |= {letter(number).casefold(): one for number, one in enumerate(ids)}
    signs = [sign for sign in BETWEEN.split(typed.casefold()) if sign]
    if len(signs) == 1 and signs[0] not in known and signs[0].isalpha():
        signs = list(signs[0])
    for sign in signs:
        if sign not in known:
            raise Unclear(N_("“{sign}” is none of the statements on this sheet."), sign=sign[:20])
    return tuple(known[sign] for sign in signs)
