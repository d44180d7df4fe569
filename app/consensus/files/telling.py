"""A report in plain lines, as a trainer would read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.consensus.files.reading import Reading
from app.consensus.report import Report, report
from app.consensus.words import N_, Phrase

LIST = 5
"""How many statements a table agrees on, unless there are fewer."""

AGREEMENT = N_("Agreement: %(words)s")
NO_ORDER = N_("No order is shown for fewer than three answers.")
ORDER = N_("Order by mean rank (= level, * contested):")
PARITY = N_("If each agency counts the same: %(order)s")
LIKENESS = N_("Average likeness of two orders (r): %(r)s (1 is the same, 0 is chance)")
W = N_("Kendall’s W: %(w)s (chance alone gives %(chance)s)")
TAU = N_("Mean Kendall’s tau: %(tau)s")
P = N_("Chance alone would agree as well with probability %(p)s (%(method)s)")
SHARED = N_("Most shared: %(statements)s")
SPLIT = N_("Most split: %(statements)s")
SPLIT_ON = N_("The camps differ most over: %(statements)s")
CLOSEST = N_("Closest pair: %(above)s before %(below)s for %(for)s, after it for %(against)s")
MIND = N_("Mind: %(warning)s")
ASK = N_("You could ask: %(question)s")


def tell(reading: Reading, translate: Callable[[str], str] = str) -> str:
    """Write the report on a file's ballots; it holds no more than a screen would show."""
    told = report(reading.profile(), k=min(LIST, len(reading.items)))
    names = tuple(_clean(name) for name in reading.items)
    return "\n".join(_Teller(told, names, translate).lines()) + "\n"


def _clean(name: str) -> str:
    """Keep a name from moving the reader's cursor."""
    return "".join(letter if letter.isprintable() else " " for letter in name).strip() or "?"


@dataclass(frozen=True, slots=True)
class _Teller:
    """One report being written."""

    told: Report
    names: tuple[str, ...]
    translate: Callable[[str], str]

    def lines(self) -> Iterator[str]:
        yield self.told.summary.say(self.translate)
        if self.told.agreement is not None:
            yield self._say(AGREEMENT, words=self.told.agreement.say(self.translate))
        yield from self._said(self.told.likeness)
        yield from self._order()
        yield from self._figures()
        yield from self._statements()
        yield from self._said(self.told.steady, self.told.drawn_again, self.told.camps)
        if self.told.split_on:
            yield self._say(SPLIT_ON, statements=self._list(self.told.split_on))
        for warning in self.told.warnings:
            yield self._say(MIND, warning=warning.say(self.translate))
        for prompt in self.told.prompts:
            yield self._say(ASK, question=prompt.say(self.translate))

    def _say(self, text: str, **values: str) -> str:
        return self.translate(text) % values

    def _said(self, *phrases: Phrase | None) -> Iterator[str]:
        return (phrase.say(self.translate) for phrase in phrases if phrase is not None)

    def _list(self, items: tuple[int, ...]) -> str:
        return ", ".join(self.names[item] for item in items)

    def _order(self) -> Iterator[str]:
        if not self.told.order:
            yield self._say(NO_ORDER)
            return
        yield self._say(ORDER)
        place = 1
        for tier in self.told.order:
            for item in tier:
                level = "=" if len(tier) > 1 else " "
                mark = " *" if item in self.told.contested else ""
                mean = "" if self.told.mean_ranks is None else f" ({self.told.mean_ranks[item]:.2f})"
                yield f"{place:4}{level} {self.names[item]}{mean}{mark}"
            place += len(tier)
        if self.told.parity_order is not None:
            tiers = (" = ".join(self.names[item] for item in tier) for tier in self.told.parity_order)
            yield self._say(PARITY, order="; ".join(tiers))

    def _figures(self) -> Iterator[str]:
        found = self.told.figures
        if found is None:
            return
        yield self._say(LIKENESS, r=f"{found.r:.2f}")
        yield self._say(W, w=f"{found.w:.2f}", chance=f"{found.chance_w:.2f}")
        if found.tau is not None:
            yield self._say(TAU, tau=f"{found.tau:.2f}")
        if found.p is not None:
            yield self._say(P, p=f"{found.p:.4f}", method=str(found.method))

    def _statements(self) -> Iterator[str]:
        for text, items in ((SHARED, self.told.most_shared), (SPLIT, self.told.most_split)):
            if items:
                yield self._say(text, statements=self._list(items))
        pair = self.told.contested_pair
        if pair is not None:
            values = {"for": f"{pair.in_favour:g}", "against": f"{pair.against:g}"}
            yield self._say(CLOSEST, above=self.names[pair.above], below=self.names[pair.below], **values)
