"""Where in a JSON text a value stands, so that a refusal can name its line and column."""

from __future__ import annotations

import json
import re

Trail = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""

SPACE = re.compile(r"[ \t\n\r]*")
DECODER = json.JSONDecoder()


def place_of(text: str, trail: Trail) -> tuple[int, int]:
    """Find the line and column, from 1, of the value at a trail in valid JSON; of the last part that is there.

    >>> place_of('{"a": [1, 2]}', ("a", 1))
    (1, 11)
    """
    position = _skip(text, 0)
    for step in trail:
        found = _enter(text, position, step)
        if found is None:
            break
        position = found
    before = text[:position]
    return before.count("\n") + 1, position - before.rfind("\n")


def _skip(text: str, position: int) -> int:
    found = SPACE.match(text, position)
    return position if found is None else found.end()


def _enter(text: str, position: int, step: str | int) -> int | None:
    """Find where a member of the object or list at `position` starts; the last one, if a key comes twice."""
    opening = text[position]
    if opening not in "[{" or (opening == "{") != isinstance(step, str):
        return None
    at, index, found = _skip(text, position + 1), 0, None
    while text[at] not in "]}":
        key: str | int = index
        if opening == "{":
            key, at = DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        if key == step:
            found = at
        at = _skip(text, DECODER.raw_decode(text, at)[1])
        if text[at] == ",":
            at = _skip(text, at + 1)
        index += 1
    return found
