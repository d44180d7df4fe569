"""What a form sent: each field once, as text; files and repeats have no place in ours."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from app.errors import N_, Phrase, Unclear
from app.typed import clean_text
from app.web.forms import read_form
from app.web.wording import ANY_LENGTH

Wrong = dict[str, Phrase]
T = TypeVar("T")
# Days that calendars know, and that people may mean.
YEARS = range(2000, 2200)


async def sent(request: Request) -> Mapping[str, str]:
    """Read a form's fields by name, cleaned of what only hides or turns text round."""
    form = await read_form(request)
    return {name: clean_text(value, ANY_LENGTH) for name, value in form.items() if isinstance(value, str)}


class Asking:
    """Collects what is wrong with a form by the id of the field, so that people hear all of it at once."""

    def __init__(self) -> None:
        self.wrong: Wrong = {}

    def hear(self, field: str, reading: Callable[[], T]) -> T | None:
        """Read a field; where it is unclear, keep what is wrong with it and go on."""
        try:
            return reading()
        except Unclear as unclear:
            self.wrong[field] = unclear.sentence
            return None


def whole(text: str | None) -> int | None:
    """Read a whole number of at most four digits; None when it is none.

    >>> whole(" 12 "), whole("twelve"), whole(None)
    (12, None, None)
    """
    told = (text or "").strip()
    return int(told) if told.isascii() and told.isdigit() and len(told) <= 4 else None


def day(text: str | None) -> date | None:
    """Read a day as browsers send it; None where nothing was given, and a Refusal for what is no day.

    >>> day("2027-02-01"), day(" ")
    (datetime.date(2027, 2, 1), None)
    """
    told = (text or "").strip()
    if not told:
        return None
    try:
        given = date.fromisoformat(told)
    except ValueError:
        raise Unclear(N_("Give the day as year, month and day, as in 2027-02-01.")) from None
    if given.year not in YEARS:
        raise Unclear(N_("That year is too far away. Look at it again."))
    return given


Sent = Annotated[Mapping[str, str], Depends(sent)]
