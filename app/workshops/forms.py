"""What a form sent: each field once, as text; files and repeats have no place in ours."""

from collections.abc import Callable, Mapping
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from app.errors import Phrase, Unclear
from app.typed import clean_text
from app.web.forms import read_form
from app.web.wording import ANY_LENGTH

Wrong = dict[str, Phrase]
T = TypeVar("T")


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


Sent = Annotated[Mapping[str, str], Depends(sent)]
