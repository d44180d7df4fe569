"""What people type: read the same way wherever they type it, before anything keeps it.

Law: nothing invisible is kept that could turn a line round or break a file, and nothing is cut silently.
"""

import unicodedata

from app.errors import N_, Unclear

# Marks that turn the direction of what follows, also of words that are not the writer's.
TURNING = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
# Unicode's own line breaks, which word processors leave behind.
BREAKS = {0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
# Control characters, halves of characters, and places without a character; private ones have no common meaning.
NOTHING = {"Cc", "Cs", "Cn", "Co"}


def clean_text(text: str, most: int) -> str:
    r"""Read text of several lines, each without spaces around it; refuse more than `most` characters.

    >>> clean_text("one \x00\r\n\u202etwo\n\n\n\nthree ", 100)
    'one\ntwo\n\nthree'
    """
    lines = [" ".join(line.split()) for line in _visible(text).split("\n")]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return _not_longer("\n".join(kept).strip(), most)


def clean_line(text: str, most: int) -> str:
    r"""Read one line, as a name; refuse more than `most` characters.

    >>> clean_line("  Cafe\u0301\n\tKate ", 80)
    'Café Kate'
    """
    return _not_longer(" ".join(_visible(text).split()), most)


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text  # as ids and numbers are, of which moves are full
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(BREAKS).translate(TURNING))
    return "".join(sign for sign in whole if sign in "\n\t" or unicodedata.category(sign) not in NOTHING)


def _not_longer(text: str, most: int) -> str:
    if len(text) > most:
        raise Unclear(N_("That is longer than {most} characters. Shorten it a little."), most=most)
    return text
