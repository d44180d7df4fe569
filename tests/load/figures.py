"""Figures of a load run: what was measured, its limit, the anchor beside it, and whether the promise holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One promise, by medians of repetitions; `limit` is for the ratio to the anchor, or without one for the figure."""

    promise: str
    what: str
    ours: float
    unit: str
    limit: float
    anchor: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """Ours over the anchor."""
        return None if self.anchor is None else self.ours / max(self.anchor, 1e-12)

    @property
    def holds(self) -> bool:
        """Say whether the promise is kept."""
        measured = self.ours if self.ratio is None else self.ratio
        return measured >= self.limit if self.at_least else measured <= self.limit


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


def middle(values: Sequence[float]) -> float:
    """The median of repetitions."""
    return float(median(values))


def table(figures: Sequence[Figure]) -> Table:
    """Lay out all figures."""
    drawn = Table("", "figure", "ours", "anchor", "ratio", "limit", "holds", title="Promises about speed and load")
    for one in figures:
        bound = ("≥ " if one.at_least else "≤ ") + f"{one.limit:g}" + ("×" if one.ratio is not None else f" {one.unit}")
        beside = "–" if one.anchor is None else f"{one.anchor:,.3g} {one.unit}"
        ratio = "–" if one.ratio is None else f"{one.ratio:.2f}×"
        ours = f"{one.ours:,.3g} {one.unit}" if one.ours < 1000 else f"{one.ours:,.0f} {one.unit}"
        drawn.add_row(one.promise, one.what, ours, beside, ratio, bound, "yes" if one.holds else "NO")
    return drawn
