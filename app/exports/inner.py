"""What of a table's record only those who sit there and the trainer read, taken out for everybody else."""

from collections.abc import Iterable, Mapping
from typing import Any

Plain = dict[str, Any]


def without(plain: Mapping[str, Any], names: Iterable[str]) -> Plain:
    """Write a record without some of its fields; a dot leads into what is within one, also into each of a list.

    >>> without({"a": 1, "b": [{"c": 2, "d": 3}], "e": None}, {"a", "b.c", "e.f"})
    {'b': [{'d': 3}], 'e': None}
    """
    left: Plain = dict(plain)
    for name in names:
        outer, dot, within = name.partition(".")
        if outer not in left:
            continue
        if dot:
            left[outer] = _within(left[outer], within)
        else:
            del left[outer]
    return left


def _within(value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        return without(value, (name,))
    if isinstance(value, list | tuple):
        return [_within(one, name) for one in value]
    return value
