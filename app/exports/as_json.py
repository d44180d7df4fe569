"""A workshop's record as JSON."""

import json
from collections.abc import Mapping
from typing import Any


def as_json(record: Mapping[str, Any]) -> bytes:
    """Write a record as JSON that people can read, too."""
    return (json.dumps(record, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode()
