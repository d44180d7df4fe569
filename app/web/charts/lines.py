"""Words broken into lines for pictures, which cannot break them themselves.

Law: no sign is lost. A line is measured by how wide its signs are at least about, so that it rather ends early than
runs over.
"""

import re
import unicodedata
from functools import lru_cache

# How wide the signs of our text face are, in thousandths of their size, at the weight of headings; each up to the next.
WIDTHS = (
    (240, "',.:;`j|‘’‚"),
    (320, " !il\xa0¡ìíîïī"),
    (400, '()[]ft"-_r{}‹›°'),
    (480, "/1I\\“”„ˆ˝•ÌÍÎÏ"),
    (520, "*csvyzçśşšźżž–ýÿỳŷ"),
    (560, "7?JLaekux~àáâãäåāèéêëēùúûüūũ§×"),
    (600, "+239<>EFT^bdghnopq¤ÈÉÊËòóôõöøñ"),
    (640, "$4568=BPRSVYZ£¥«»ßŶŸÝ←→≤≥"),
    (680, "0ACKX€ÀÁÂÃÄÅĀÇ"),
    (720, "DGHNUÑÙÚÛÜŪ"),
    (760, "#&OQw…ŵẁẃẅÒÓÔÕÖ"),
    (880, "@©®—¼½¾mMWæŴẀẂẄ"),
    (1000, "%Æœ™"),
)
WIDTH_OF = {sign: width / 1000 for width, signs in WIDTHS for sign in signs}
# A sign of another script: wide ones, pictures, and all others.
WIDE, PICTURE, OTHER = 1.05, 1.4, 0.8

# More lines than these are no heading; they fill their width.
MOST_BALANCED = 5
JOINER = "\u200d"
# A space, or what stands after a hyphen or a slash, begins a new word.
WORDS = re.compile(r"[^\s\u200b/\-‐–—]*(?:[/\-‐–—]+|[\s\u200b]+|$)")


def broken(text: str, width: float, size: float) -> tuple[str, ...]:
    """Break a text into lines of at most `width`, in letters of `size`; a word too long for a line is divided.

    >>> broken("We find ways of working that get better results.", 130, 12)
    ('We find ways of', 'working that get', 'better results.')
    >>> broken("", 100, 12)
    ('',)
    """
    lines, line = [], ""
    for word in WORDS.findall(" ".join(text.split())):
        if line and length((line + word).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        if length(word.rstrip(), size) > width:
            *full, word = _divided(word, width, size)
            lines += full
        line += word
    return (*lines, line.rstrip()) if line or not lines else tuple(lines)


@lru_cache(maxsize=4096)
def balanced(text: str, width: float, size: float) -> tuple[str, ...]:
    """Break a text into as many lines as it needs, none much shorter than the others.

    >>> balanced("All agencies own decisions together and share them.", 300, 12)
    ('All agencies own decisions', 'together and share them.')
    """
    lines = broken(text, width, size)
    if not 1 < len(lines) <= MOST_BALANCED:
        return lines
    # Never so narrow that a word is divided for it.
    too_narrow, enough = max(width * (1 - 1 / len(lines)), longest(text, size)), width
    while enough - too_narrow > size / 2:
        tried = (too_narrow + enough) / 2
        if len(broken(text, tried, size)) > len(lines):
            too_narrow = tried
        else:
            enough = tried
    return broken(text, enough, size)


def length(text: str, size: float) -> float:
    """Measure about how long a line is."""
    return size * sum(map(_wide, text))


def longest(text: str, size: float) -> float:
    """Measure about how long the longest word is."""
    return max((length(word.rstrip(), size) for word in WORDS.findall(text)), default=0.0)


def clusters(text: str) -> list[str]:
    r"""Divide a text into what must stay together: a letter and its marks, the parts of one emoji.

    >>> [len(one) for one in clusters("ab\u0301👩\u200d🚒🇬🇧c")]
    [1, 2, 3, 2, 1]
    """
    found: list[str] = []
    for sign in text:
        if found and _stays(found[-1], sign):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _divided(word: str, width: float, size: float) -> list[str]:
    pieces, room = [""], width
    for part in clusters(word):
        taken = length(part, size)
        if pieces[-1] and taken > room and not part.isspace():
            pieces.append("")
            room = width
        pieces[-1] += part
        room -= taken
    return pieces


def _stays(before: str, sign: str) -> bool:
    if sign == JOINER or before.endswith(JOINER) or _adds(sign):
        return True
    flags = [one for one in before if _is_flag(one)]
    return _is_flag(sign) and len(flags) == len(before) == 1


def _is_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _adds(sign: str) -> bool:
    return (
        unicodedata.category(sign) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
        or "\U000e0020" <= sign <= "\U000e007f"
    )


@lru_cache(maxsize=2048)
def _wide(sign: str) -> float:
    known = WIDTH_OF.get(sign)
    if known is not None:
        return known
    if _adds(sign) or unicodedata.category(sign) == "Cf":
        return 0.0
    if sign >= "\U0001f000" or "\u2600" <= sign <= "\u27bf":
        return PICTURE
    return WIDE if unicodedata.east_asian_width(sign) in "WF" else OTHER
