"""Reads the ready-made activities and agendas, once; only kinds that this Concord has are offered."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.activities.registry import KINDS
from app.errors import N_, NotFound

ITEMS = Path(__file__).parent / "items"
AGENDA = "agenda"
# What is said of every item; all else is its kind's own.
COMMON = {"id", "kind", "title", "summary", "source", "minutes", "group_size", "activities"}
# How texts are called within an item's lists.
TEXTS = ("text", "label", "prompt")


@dataclass(frozen=True, slots=True)
class Item:
    """One ready-made activity, or a whole agenda, which names the items it holds in `activities`."""

    id: str
    kind: str
    title: str
    summary: str
    source: str
    minutes: int
    group_size: tuple[int, int] | None
    activities: tuple[str, ...]
    fields: Mapping[str, Any]

    @property
    def is_agenda(self) -> bool:
        """Whether this is a whole agenda."""
        return self.kind == AGENDA

    @property
    def texts(self) -> dict[str, list[str]]:
        """All the words that people would read, by the field they stand in."""
        own = {name: value for name, value in self.fields.items() if name not in COMMON}
        return {name: found for name, value in own.items() if (found := list(_texts(value)))}

    def mentions(self, words: Iterable[str]) -> bool:
        """Tell whether each of some words stands somewhere in the item."""
        all_words = " ".join([self.title, self.summary, *(text for found in self.texts.values() for text in found)])
        return all(word.casefold() in all_words.casefold() for word in words)


@cache
def everything() -> Mapping[str, Item]:
    """Read every item by its id, agendas first, then by kind and title."""
    read = [_item(path) for path in ITEMS.glob("*/*.toml")]
    ordered = sorted(read, key=lambda item: (not item.is_agenda, item.kind, item.title))
    return {item.id: item for item in ordered}


def offered() -> list[Item]:
    """List the items that can be used here: known kinds, and agendas that hold any of them."""
    return [item for item in everything().values() if held(item)]


def held(item: Item) -> list[Item]:
    """List the activities that come of an item and that this Concord has: an agenda's, or the item itself."""
    named = [everything()[name] for name in item.activities] if item.is_agenda else [item]
    return [one for one in named if one.kind in KINDS]


def missing(item: Item) -> list[Item]:
    """List the activities of an agenda whose kinds this Concord does not have."""
    here = held(item)
    return [one for name in item.activities if (one := everything()[name]) not in here]


def find(name: str) -> Item:
    """Look up an item that can be used here."""
    item = everything().get(name)
    if item is None or not held(item):
        raise NotFound(N_("There is nothing of that name in the library."))
    return item


def search(kinds: Iterable[str], words: str) -> list[Item]:
    """List the offered items of some kinds (of all when none is named) that mention all the words."""
    wanted, sought = set(kinds), words.split()[:20]
    return [item for item in offered() if (not wanted or item.kind in wanted) and item.mentions(sought)]


def _item(path: Path) -> Item:
    fields = tomllib.loads(path.read_text(encoding="utf-8"))
    size = fields.get("group_size")
    return Item(
        id=fields["id"],
        kind=fields.get("kind", AGENDA),
        title=fields["title"],
        summary=fields["summary"],
        source=fields.get("source", ""),
        minutes=fields["minutes"],
        group_size=(size["min"], size["max"]) if size else None,
        activities=tuple(fields.get("activities", ())),
        fields=fields,
    )


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        named = [name for name in TEXTS if name in value]
        for name in named or value:
            yield from _texts(value[name])
