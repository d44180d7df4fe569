"""Setups read through their kind's shape, once for as long as they stay the same."""

from collections import OrderedDict
from typing import Any

from app.activities.base import Activity

KEPT = 1024

_read: OrderedDict[int, tuple[str, Any, Any]] = OrderedDict()


def read_setup(step_id: int, kind: Activity, stored: Any) -> Any:
    """Read a step's setup; one that is stored as it was before is the same object as before."""
    held = _read.get(step_id)
    if held is not None and held[0] == kind.kind and held[1] == stored:
        return held[2]
    setup = kind.Setup.model_validate(stored)
    _read[step_id] = (kind.kind, stored, setup)
    while len(_read) > KEPT:
        _read.popitem(last=False)
    return setup
