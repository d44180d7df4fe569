"""What people typed, made safe to keep and to show: composed, without control and direction marks, in single spaces.

Law: nothing is cut silently; what is too long is refused with a sentence.
"""

import re
import unicodedata

from app.errors import N_, Unclear

NAME_LIMIT = 80
TITLE_LIMIT = 200
TEXT_LIMIT = 2000

# Marks that turn the direction of what follows, and others that only hide: a name must not reach beyond itself.
HIDING = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
UNWANTED = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff{HIDING}]")
LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
BLANKS = re.compile(r"\s+")
# Letters by their category that show nothing at all.
BLANK_LETTERS = set("\u115f\u1160\u2800\u3164\uffa0")


def line(text: str) -> str:
    r"""Make one line of a text.

    >>> line(" Zo\u0065\u0308\x00\u202e \n from\thealth ")
    'Zoë from health'
    """
    composed = unicodedata.normalize("NFC", UNWANTED.sub("", LINE_ENDS.sub(" ", text)))
    return BLANKS.sub(" ", composed).strip()


def lines(text: str) -> list[str]:
    r"""List the lines of a text that say anything.

    >>> lines("one\r\n\r\n  two ")
    ['one', 'two']
    """
    return [told for told in map(line, LINE_ENDS.split(text)) if says_something(told)]


def block(text: str) -> str:
    r"""Keep a text's line ends and clean each line.

    >>> block("one \r\ntwo\x07\n\n")
    'one\ntwo'
    """
    return "\n".join(map(line, LINE_ENDS.split(text))).strip()


def says_something(text: str) -> bool:
    """Tell whether anything can be seen of a text.

    >>> says_something("\u200d\u3164"), says_something("🌱")
    (False, True)
    """
    return any(unicodedata.category(sign)[0] in "LNPS" and sign not in BLANK_LETTERS for sign in text)


def name(text: str) -> str:
    """Clean the name or alias somebody gives, at most 80 signs."""
    cleaned = line(text)
    if not says_something(cleaned):
        raise Unclear(N_("Tell us what to call you: a first name or an alias."))
    if len(cleaned) > NAME_LIMIT:
        raise Unclear(N_("That name is too long for the screens: use at most {most} letters."), most=NAME_LIMIT)
    return cleaned


def title(text: str) -> str:
    """Clean a title, at most 200 signs."""
    cleaned = line(text)
    if not says_something(cleaned):
        raise Unclear(N_("Give it a title, so that people know what it is."))
    if len(cleaned) > TITLE_LIMIT:
        raise Unclear(N_("That title is too long: use at most {most} letters."), most=TITLE_LIMIT)
    return cleaned
