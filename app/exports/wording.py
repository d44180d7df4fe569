"""A report in one language: every sentence translated and filled, every sign that could break a file taken out.

Law: after this a report holds strings, numbers and nothing to translate; nobody's words are cut.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from babel.dates import format_date

from app.activities.summary import Sentence
from app.errors import Phrase
from app.exports.report import Report
from app.web.templates import DATES, say

# Control signs but new lines and tabs, halves of signs, what is no sign, and marks that turn the direction of writing.
# Joiners stay: emoji and several scripts are made with them.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)


def in_words(report: Report, language: str) -> Report:
    """Write a report in a language; every text in it is a plain string afterwards."""
    written: Report = _written(report, language)
    return written


def clean(text: str) -> str:
    r"""Take out of somebody's words what no file can hold, and nothing that can be read.

    >>> clean("a\x00b\u202e\nc"), clean("👩\u200d🚒")
    ('ab\nc', '👩\u200d🚒')
    """
    return UNSAFE.sub("", unicodedata.normalize("NFC", text))


def _dated(said: Phrase | Sentence, language: str) -> Phrase | Sentence:
    """Write days within a sentence as its language has them."""
    days = {name: value for name, value in said.values.items() if isinstance(value, date)}
    if isinstance(said, Sentence) or not days:
        return said
    told = {name: format_date(day, "long", locale=DATES[language]) for name, day in days.items()}
    return replace(said, values=said.values | told)


def _written(value: Any, language: str) -> Any:
    if isinstance(value, Phrase | Sentence):
        return clean(say(language, _dated(value, language)))
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_written(one, language) for one in value)
    if isinstance(value, Mapping):
        return {name: _written(one, language) for name, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        # A field that is a word of ours, such as a tone, stays what it is: cleaning changes nothing of it.
        return replace(value, **{one.name: _written(getattr(value, one.name), language) for one in fields(value)})
    return value
