"""Finds the kinds: every folder beside this file whose package offers `activity`."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from app.activities.base import Activity
from app.errors import N_, NotFound


def find_kinds() -> Mapping[str, Activity]:
    """Import every kind's folder once, by name."""
    folders = sorted(entry.parent.name for entry in Path(__file__).parent.glob("*/__init__.py"))
    found: dict[str, Activity] = {name: import_module(f"app.activities.{name}").activity for name in folders}
    return MappingProxyType(found)


KINDS = find_kinds()


def activity(kind: str) -> Activity:
    """Look up a kind; one that this Concord does not have is a Refusal."""
    try:
        return KINDS[kind]
    except KeyError:
        raise NotFound(N_("This Concord does not have that kind of activity.")) from None
