"""A report in plain lines, as a trainer would read it."""

from __future__ import annotations

from collections.abc import Iterator

from app.consensus.files.reading import Reading
from app.consensus.report import Report, report

LIST = 5
"""How many statements a table agrees on, unless there are fewer."""


def tell(reading: Reading) -> str:
    """Write the report on a file's ballots; it holds no more than a screen would show."""
    told = report(reading.profile(), k=min(LIST, len(reading.items)))
    return "\n".join(_lines(told, [_clean(name) for name in reading.items])) + "\n"


def _clean(name: str) -> str:
    """Keep a name from moving the reader's cursor."""
    return "".join(letter if letter.isprintable() else " " for letter in name).strip() or "(no name)"


def _lines(told: Report, names: list[str]) -> Iterator[str]:
    yield told.summary.say()
    if told.agreement is not None:
        yield f"Agreement: {told.agreement.say()}"
    if told.likeness is not None:
        yield told.likeness.say()
    yield from _order(told, names)
    yield from _figures(told)
    for title, items in (("Most shared", told.most_shared), ("Most split", told.most_split)):
        if items:
            yield f"{title}: {', '.join(names[item] for item in items)}"
    if told.contested_pair is not None:
        pair = told.contested_pair
        yield (
            f"Closest pair: {names[pair.above]} before {names[pair.below]} for {pair.in_favour:g}, after it for"
            f" {pair.against:g}"
        )
    for warning in told.warnings:
        yield f"Mind: {warning.say()}"
    for prompt in told.prompts:
        yield f"You could ask: {prompt.say()}"


def _order(told: Report, names: list[str]) -> Iterator[str]:
    if not told.order:
        yield "No order is shown for fewer than three answers."
        return
    yield "Order by mean rank (= level, * contested):"
    place = 1
    for tier in told.order:
        for item in tier:
            level = "=" if len(tier) > 1 else " "
            mark = " *" if item in told.contested else ""
            mean = "" if told.mean_ranks is None else f" ({told.mean_ranks[item]:.2f})"
            yield f"{place:4}{level} {names[item]}{mean}{mark}"
        place += len(tier)
    if told.parity_order is not None:
        tiers = (" = ".join(names[item] for item in tier) for tier in told.parity_order)
        yield f"If each agency counts the same: {'; '.join(tiers)}"


def _figures(told: Report) -> Iterator[str]:
    if told.figures is None:
        return
    found = told.figures
    yield f"Average likeness of two orders (r): {found.r:.2f} (1 is the same, 0 is chance)"
    yield f"Kendall’s W: {found.w:.2f} (chance alone gives {found.chance_w:.2f})"
    if found.tau is not None:
        yield f"Mean Kendall’s tau: {found.tau:.2f}"
    if found.p is not None:
        yield f"Chance alone would agree as well with probability {found.p:.4f} ({found.method})"
