"""Making a file from a workshop, wherever that happens: its record, its report in words, and the format."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from app.activities.summary import Version
from app.errors import Refusal
from app.exports.build import build
from app.exports.formats import File, Paper, Progress, Work, write
from app.exports.report import report
from app.exports.wording import in_words

Language = Literal["en", "cy"]

PARTS = 100
"""Of how many parts all that is told of the progress is; the record and the report are the first of them."""
RECORDED, REPORTED = 5, 10


@dataclass(frozen=True, slots=True)
class Wish:
    """Which file somebody asks for."""

    format: str
    version: Version = "trainer"
    language: Language = "en"
    paper: Paper = "a4"


class NotMade(Refusal):
    """A file that could not be made."""

    status = 500
    code = "not-made"


def make(session: Session, workshop_id: int, wish: Wish, progress: Progress) -> File:
    """Make a file from a workshop as it stands; refused where there is nothing to write yet."""
    progress(0, PARTS)
    record = build(session, workshop_id, wish.version)
    progress(RECORDED, PARTS)
    told = in_words(report(record), wish.language)
    progress(REPORTED, PARTS)

    def written(done: int, total: int) -> None:
        progress(REPORTED + (PARTS - REPORTED) * min(done, total) // max(total, 1), PARTS)

    return write(wish.format, Work(record, told, wish.language, wish.paper), written)


def file_name(title: str, version: str = "") -> str:
    """Make a file's name from a title; with the version, so that none is given to the wrong reader.

    >>> file_name("Joint training: Môn, half a day/../"), file_name("工作坊", "commissioner")
    ('concord-joint-training-mon-half-a-day', 'concord-workshop-commissioner')
    """
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    name = f"concord-{re.sub('[^a-z0-9]+', '-', plain).strip('-')[:60].rstrip('-') or 'workshop'}"
    return f"{name}-{version}" if version else name
