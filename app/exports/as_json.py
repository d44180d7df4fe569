"""A workshop's record as JSON, by the schema that stands beside it; `concord import` brings it back."""

from app.exports.formats import File, Progress, Work
from app.exports.record import Record


def write(work: Work, progress: Progress) -> File:
    """Write the record itself, so that people can read it, too."""
    content = as_json(work.record)
    progress(1, 1)
    return File(content, "json", "application/json")


def as_json(record: Record) -> bytes:
    """Write a record as JSON."""
    return (record.model_dump_json(indent=2) + "\n").encode()
