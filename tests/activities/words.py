"""Shared texts on paper: a dict of words that is frozen and thawed, and remembers what was done to it."""

from collections.abc import Mapping


class PaperTexts:
    """Stands in for a table's shared texts, whatever they say."""

    def __init__(self, words: Mapping[str, str] | None = None) -> None:
        self.words = dict(words or {})
        self.frozen: set[str] = set()
        self.done: list[tuple[str, str]] = []
        self.kept: dict[str, list[str]] = {}

    def freeze(self, name: str) -> str:
        """Close a text and give its words."""
        self.frozen.add(name)
        self.done.append(("freeze", name))
        words = self.words.get(name, "")
        self.kept.setdefault(name, []).append(words)
        return words

    def thaw(self, name: str) -> None:
        """Open a text again."""
        self.frozen.discard(name)
        self.done.append(("thaw", name))
