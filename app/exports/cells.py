"""Cells of sheets: what stays a number, what sheets and files are called, and where a long text is divided."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from app.activities.summary import Sentence, Told
from app.errors import Phrase

Value = str | int | float | None
# Whole numbers beyond this lose their last digits in a spreadsheet.
WHOLE = 2**53


def plain(told: Told) -> str:
    """Take a text of a report that is in words.

    >>> plain("As it is.")
    'As it is.'
    """
    if not isinstance(told, str):
        raise TypeError("this report is not in words yet")
    return told


def value(cell: Told | float | None) -> Value:
    """Take a cell: numbers stay numbers, unless a spreadsheet could not hold them.

    >>> value(0.5), value(float("nan")), value(2**60), value(None)
    (0.5, 'nan', '1152921504606846976', None)
    """
    if isinstance(cell, Phrase | Sentence):
        return plain(cell)
    if isinstance(cell, int | float) and not abs(cell) <= WHOLE:
        return str(cell)
    return cell


def file_names(names: Iterable[str]) -> list[str]:
    """Make names of files, no two alike and none that a system keeps for itself.

    >>> file_names(["results", "Results", "../x", "…", "con"])
    ['results', 'results-2', 'x', 'sheet', 'con-sheet']
    """
    made: list[str] = []
    for name in names:
        letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
        begun = re.sub("[^a-z0-9]+", "-", letters)[:60].strip("-") or "sheet"
        if re.fullmatch(r"con|prn|aux|nul|(com|lpt)\d|summary", begun):
            begun += "-sheet"
        made.append(_unlike(begun, made, lambda text, n: f"{text}-{n}"))
    return made


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Make names of sheets as Excel takes them, no two alike.

    >>> sheet_names(["Tables: side by side", "tables  side by side", "'", "history"])
    ['Tables side by side', 'tables side by side (2)', 'Sheet', 'history (2)']
    """
    # Excel keeps this name for itself.
    made = ["History"]
    for title in titles:
        legal = _short(" ".join(re.sub(r"[\[\]:*?/\\\s]+", " ", title).split()), 31).strip("' ") or "Sheet"
        made.append(_unlike(legal, made, lambda text, n: f"{_short(text, 30 - len(f'({n})'))} ({n})"))
    return made[1:]


def pieces(text: str, most: int) -> list[str]:
    r"""Divide a text into pieces of at most `most` signs as spreadsheets count them, after a blank where there is one.

    >>> pieces("abc def ghi", 8), pieces("abcdef", 4), pieces("👍👍👍", 4)
    (['abc def ', 'ghi'], ['abcd', 'ef'], ['👍👍', '👍'])
    """
    found = []
    while (end := _fits(text, most)) < len(text):
        blank = max(text.rfind(" ", end // 2, end), text.rfind("\n", end // 2, end))
        end = blank + 1 if blank >= 0 else _between(text, end)
        found.append(text[:end])
        text = text[end:]
    return [*found, text]


def _fits(text: str, most: int) -> int:
    """Count how many signs fit; those beyond the first plane count twice."""
    if len(text) * 2 <= most:
        return len(text)
    used = 0
    for place, sign in enumerate(text):
        used += 1 + (sign > "\uffff")
        if used > most:
            return place
    return len(text)


def _between(text: str, end: int) -> int:
    """Step back to where no sign is torn from what it is joined to, if there is such a place."""
    for place in range(end, max(1, end - 40), -1):
        joined = unicodedata.category(text[place])[0] == "M" or "\U0001f3fb" <= text[place] <= "\U0001f3ff"
        if not joined and "\u200d" not in text[place - 1 : place + 1] and text[place] < "\U000e0000":
            return place
    return end


def _short(text: str, most: int) -> str:
    return text[: _fits(text, most)].strip()


def _unlike(begun: str, made: list[str], again: Callable[[str, int], str]) -> str:
    taken = {one.casefold() for one in made}
    name, n = begun, 1
    while name.casefold() in taken:
        n += 1
        name = again(begun, n)
    return name
