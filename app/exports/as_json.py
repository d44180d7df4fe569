"""A workshop's record as JSON, by the schema that stands beside it; `concord import` brings it back."""

import json

from app.exports.formats import File, Progress, Work
from app.exports.record import FORMAT, Record

SCHEMA = {"$schema": f"urn:concord:record:{FORMAT}"}
"""By which schema a file is written."""


def write(work: Work, progress: Progress) -> File:
    """Write the record itself, so that people can read it, too."""
    content = as_json(work.record)
    progress(1, 1)
    return File(content, "json", "application/json")


def as_json(record: Record) -> bytes:
    """Write a record as JSON, whose every text is as people have written it."""
    told = SCHEMA | record.model_dump(mode="json")
    return (json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode(errors="replace")
