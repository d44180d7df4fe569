"""The formats: by its name, how each is written, and what its file is called and sent as."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from app.errors import N_, Refusal
from app.exports.record import Record
from app.exports.report import Report

Paper = Literal["a4", "a3"]
# How far the writing of one file is: what is done, of how much.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Work:
    """What a file is written from: the record, and the same told in the wished language, all words in it plain."""

    record: Record
    report: Report
    language: str = "en"
    paper: Paper = "a4"


@dataclass(frozen=True, slots=True)
class File:
    """A file that has been written; `ending` is without the leading dot."""

    content: bytes
    ending: str
    media_type: str


Write = Callable[[Work, Progress], File]


CANNOT_WRITE = N_(
    "This server lacks a part that it needs to write this format. Take another format; "
    "whoever runs the server can see with `concord doctor` what is missing."
)


class CannotWrite(Refusal):
    """A format for which this machine lacks something."""

    status = 503
    code = "cannot-write"


def write(name: str, work: Work, progress: Progress) -> File:
    """Write a workshop in a format; what only some formats need is loaded by them."""
    try:
        module = import_module(FORMATS[name])
    except (ImportError, OSError):  # a library that this machine lacks
        raise CannotWrite(CANNOT_WRITE) from None
    written: File = module.write(work, progress)
    return written


FORMATS: Mapping[str, str] = {
    "pdf": "app.exports.as_pdf",
    "docx": "app.exports.as_docx",
    "xlsx": "app.exports.as_xlsx",
    "csv": "app.exports.as_csv",
    "json": "app.exports.as_json",
    "preflib": "app.exports.as_preflib",
    "all": "app.exports.as_all",
}
"""Where each format is written."""
