"""The names, titles and lists that people type: cleaned as `app.typed` does, and refused where they say nothing."""

import unicodedata

from app.errors import N_, Unclear
from app.typed import clean_line, clean_text

NAME_LIMIT = 80
TITLE_LIMIT = 200
# A page's whole body is smaller than this.
ANY_LENGTH = 2_000_000

# Letters by their category that show nothing at all.
BLANK_LETTERS = set("\u115f\u1160\u2800\u3164\uffa0")


def lines(text: str) -> list[str]:
    r"""List the lines of a text that say anything.

    >>> lines("one\r\n\r\n  two \n\u200b")
    ['one', 'two']
    """
    return [told for told in clean_text(text, ANY_LENGTH).split("\n") if says_something(told)]


def says_something(text: str) -> bool:
    """Tell whether anything can be seen of a text.

    >>> says_something("\u200d\u3164"), says_something("🌱")
    (False, True)
    """
    return any(unicodedata.category(sign)[0] in "LNPS" and sign not in BLANK_LETTERS for sign in text)


def name(text: str) -> str:
    """Clean the name or alias somebody gives, at most 80 characters."""
    cleaned = clean_line(text, ANY_LENGTH)
    if not says_something(cleaned):
        raise Unclear(N_("Tell us what to call you: a first name or an alias."))
    if len(cleaned) > NAME_LIMIT:
        raise Unclear(N_("That name is too long for the screens: use at most {most} letters."), most=NAME_LIMIT)
    return cleaned


def title(text: str) -> str:
    """Clean a title, at most 200 characters."""
    cleaned = clean_line(text, ANY_LENGTH)
    if not says_something(cleaned):
        raise Unclear(N_("Give it a title, so that people know what it is."))
    if len(cleaned) > TITLE_LIMIT:
        raise Unclear(N_("That title is too long: use at most {most} letters."), most=TITLE_LIMIT)
    return cleaned
