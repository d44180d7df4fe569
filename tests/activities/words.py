"""Shared texts on paper: a dict of words that is frozen and thawed, and remembers what was done to it."""

from collections.abc import Mapping


class PaperTexts:
    """Stands in for a table's shared texts, whatever they say."""

    def __init__(self, words: Mapping[str, str] | None = None) -> None:
        self.words = dict(words or {})
        self.frozen: set[str] = set()
        self.done: list[tuple[str, str]] = []

    def freeze(self, name: str) -> str:
        """Close a text and give its words."""
        self.frozen.add(name)
        self.done.append(("freeze", name))
        return self.words.get(name, "")

    def thaw(self, name: str) -> None:
        """Open a text again."""
        self.frozen.discard(name)
        self.done.append(("thaw", name))
