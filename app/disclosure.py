"""What small numbers hide: the thresholds and complements that every screen and export keeps.

Law: nobody else decides how many answers are enough; they ask here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product

Reach = tuple[int, int]
Reaches = tuple[Reach, ...]
"""From where to where each of several counts can be."""

Known = tuple[tuple[int, int, int], ...]
"""How many of the first counts come to at least how much, and to at most how much; fewer before more."""

MIN_PAIR = 2
"""Two answers: a sentence about the pair, and no order that either could read the other's from."""

MIN_ORDER = 3
"""Three answers: an order and words."""

MIN_FIGURES = 4
"""Four answers: the figures behind the words (of three: words, no figures)."""

MIN_TOTALS = 5
"""Five answers: totals, spreads, pair counts and histograms."""

MIN_AGENCY = 3
"""An agency's line needs this many answers of its own …"""

MIN_AGENCIES = 3
"""… and this many agencies that have them."""


def may_show_order(answers: int) -> bool:
    """Say whether a computed order and agreement words may be shown."""
    return answers >= MIN_ORDER


def may_show_figures(answers: int) -> bool:
    """Say whether the agreement figures behind the words may be shown."""
    return answers >= MIN_FIGURES


def may_show_totals(answers: int) -> bool:
    """Say whether totals, mean ranks, spreads and pair counts may be shown."""
    return answers >= MIN_TOTALS


def may_show_histogram(answers: int) -> bool:
    """Say whether a histogram of private answers may be shown."""
    return answers >= MIN_TOTALS


def may_join(shown: int, joining: int) -> bool:
    """Say whether further answers may join those that an order was shown of: one or two would be had by subtraction.

    Everybody knows who came late, and sees what is named, and why, that was not before.

    >>> may_join(5, 1), may_join(5, 3), may_join(3, 1), may_join(2, 1), may_join(5, 0)
    (False, True, False, True, True)
    """
    return joining == 0 or not may_show_order(shown) or joining >= MIN_ORDER


def countable(answers: Sequence[int]) -> tuple[bool, ...]:
    """Say which tables' answers may count in what is shown of the whole room.

    The order of a table with three is known to all who sit there. If those without one of their own have one or two
    answers between them, these would be what is left of the room.

    >>> countable([4, 2, 3]), countable([4, 2, 1]), countable([4, 3])
    ((True, False, True), (True, True, True), (True, True))
    """
    shy = sum(count for count in answers if not may_show_order(count))
    return tuple(shy == 0 or may_show_order(shy) or may_show_order(count) for count in answers)


def may_close(answers: int, seats: int) -> bool:
    """Say whether so many answers may be closed at a table of so many seats: how one alone comes out is that answer.

    >>> may_close(1, 5), may_close(2, 5), may_close(1, 1)
    (False, True, True)
    """
    return answers >= min(MIN_PAIR, seats)


def may_tell_how_many_below(answers: int) -> bool:
    """Say whether the desk may learn how many were below the rule, not only that it did not pass."""
    return answers >= MIN_TOTALS


def count_for_export(count: int) -> str:
    """Write a count of people as an export may: one and two read "1–2".

    >>> [count_for_export(count) for count in (0, 1, 2, 3)]
    ['0', '1–2', '1–2', '3']
    """
    return "1–2" if 0 < count < MIN_AGENCY else str(count)


def counts_for_export(counts: Sequence[int]) -> list[str]:
    """Write the counts of one question so that none below three can be had by taking the others from the whole.

    Where a count is masked, the first of the larger ones is, too: the first, for which of them it is must tell
    nothing of what they are. Where the whole leaves the masked ones but one way to come to it, all read alike, and
    where it is so little that all of them may be few.

    >>> counts_for_export([0, 0, 3, 4]), counts_for_export([0, 2, 0, 4, 3])
    (['0', '0', '3', '4'], ['0', '1–2', '0', '3 or more', '3'])
    >>> counts_for_export([0, 1, 1, 3])
    ['0', '1 or more', '1 or more', '1 or more']
    """
    told = [count_for_export(count) for count in counts]
    if FEW not in told:
        return told
    whole, some = sum(counts), sum(count > 0 for count in counts)
    larger = next((place for place, count in enumerate(counts) if count >= MIN_AGENCY), None)
    if larger is not None:
        told[larger] = MORE
    if whole <= some * (MIN_AGENCY - 1) or _settles(_narrowed(told, whole)):
        return ["1 or more" if count else "0" for count in counts]
    return told


def histogram_for_export(counts: Sequence[int], known: Known = ()) -> list[str] | None:
    """Write a check’s counts, where more is known than their whole: that so many of the first come to how much.

    So much tells whether a check passed, and how many reasons stand beside it. None where whatever could be written
    would leave but one way for some count below three, also for somebody who knows how this is decided: that hangs on
    nothing but what is known anyway.

    >>> histogram_for_export([0, 0, 1, 0, 5, 0])
    ['0', '0', '1–2', '0', '3 or more', '0']
    >>> histogram_for_export([0, 0, 1, 0, 4, 0], ((3, 0, 1),)) is None
    True
    """
    if not any(0 < count < MIN_AGENCY for count in counts):
        return [str(count) for count in counts]
    ways = _ways(len(counts), sum(counts), known)
    told = tuple("0" if count == 0 else FEW if count < MIN_AGENCY else MORE for count in counts)
    if told in ways:
        return list(told)
    alike = tuple("1 or more" if count else "0" for count in counts)
    return list(alike) if alike in ways else None


@lru_cache(maxsize=1024)
def _ways(cells: int, whole: int, known: Known) -> frozenset[tuple[str, ...]]:
    """List in which ways counts that come to a whole may be told.

    At first by which are few and which more; what that would give away, by which are not 0; and what that would give
    away not at all. Where nothing at all gives a count away, nothing is told that has few.
    """
    ways: set[tuple[str, ...]] = set()
    rest: list[Reaches] = []
    every: list[Reaches] = []
    for some in product((False, True), repeat=cells):
        untold: list[Reaches] = []
        for told in product(*((FEW, MORE) if one else ("0",) for one in some)):
            reaches = _narrowed(told, whole, known) if FEW in told else ()
            if not reaches:
                continue
            every.append(reaches)
            if _settles(reaches):
                untold.append(reaches)
            else:
                ways.add(told)
        if _settles(_together(untold)):
            rest += untold
        elif untold:
            ways.add(tuple("1 or more" if one else "0" for one in some))
    return frozenset() if _settles(_together(rest)) else frozenset(ways)


def agency_lines(answers: Mapping[str | None, int]) -> tuple[str, ...]:
    """Choose the agencies whose own line may be shown, in alphabetical order.

    `answers` counts answers per agency; None stands for those who named no agency. A line needs
    three answers, and three agencies that have them. What is left without a line must be nobody or
    at least three answers, or it could be had by subtracting the lines from the whole: the smallest
    lines are given up until that holds.

    >>> agency_lines({"health": 4, "police": 3, "education": 3})
    ('education', 'health', 'police')
    >>> agency_lines({"health": 4, "police": 3, "education": 3, "voluntary": 1})
    ()
    >>> agency_lines({"health": 4, "police": 3, "education": 5, "voluntary": 1, "housing": 6})
    ('education', 'health', 'housing')
    """
    named = {name: count for name, count in answers.items() if name is not None}
    shown = sorted(name for name, count in named.items() if count >= MIN_AGENCY)
    hidden = sum(answers.values()) - sum(named[name] for name in shown)
    while shown and 0 < hidden < MIN_AGENCY:
        smallest = min(shown, key=lambda name: (named[name], name))
        shown.remove(smallest)
        hidden += named[smallest]
    return tuple(shown) if len(shown) >= MIN_AGENCIES else ()


def may_show_parity(answers: Mapping[str | None, int]) -> bool:
    """Say whether an order in which each agency counts the same may stand beside the head count.

    A group of one or two would weigh as much as any other and could be read off, so every group
    present, those who named no agency too, needs three answers, and there must be three groups.
    """
    present = [count for count in answers.values() if count > 0]
    return len(present) >= MIN_AGENCIES and min(present) >= MIN_AGENCY


@dataclass(frozen=True, slots=True)
class TookPart:
    """How many took part, by table and by agency, as an export may tell it; None where a count may not be told."""

    people: str
    tables: tuple[str, ...]
    agencies: tuple[str | None, ...]


def took_part(people: int, tables: Sequence[int], agencies: Sequence[int]) -> TookPart:
    """Write how many took part so that no count below three can be had from the others, or from the other list.

    Both lists count the same people. How many a table of three or more had stands beside what it has answered, so it
    is taken for known. Beside a table of one or two the whole is told as the least that it can be, and agencies no
    closer than as few or more, or they would come to it. Where people are few for so many agencies, these are not
    counted as soon as one has one or two.

    >>> took_part(9, [5, 4], [4, 4, 1])
    TookPart(people='9', tables=('5', '4'), agencies=('3 or more', '4', '1–2'))
    >>> took_part(10, [8, 2], [6, 3, 1])
    TookPart(people='9 or more', tables=('8', '1–2'), agencies=('3 or more', '3 or more', '1–2'))
    >>> took_part(7, [5, 2], [4, 3, 0])
    TookPart(people='6 or more', tables=('5', '1–2'), agencies=(None, None, None))
    """
    at_tables = tuple(count_for_export(count) for count in tables)
    nothing = TookPart(count_for_export(people), at_tables, tuple(None for _ in agencies))
    small = sum(told == FEW for told in at_tables)
    if small:
        least = small + sum(count for count in tables if count >= MIN_AGENCY)
        told = tuple("0" if count == 0 else FEW if count < MIN_AGENCY else MORE for count in agencies)
        counted = least >= MIN_AGENCY * len(agencies)
        return replace(nothing, people=f"{least} or more", agencies=told if counted else nothing.agencies)
    if people < MIN_AGENCY * len(agencies) and any(0 < count < MIN_AGENCY for count in agencies):
        return nothing
    return replace(nothing, agencies=tuple(counts_for_export(agencies)))


FEW, MORE = "1–2", "3 or more"
MANY = 10**9
REACH = {"0": (0, 0), FEW: (1, 2), MORE: (3, MANY)}


def _share(counts: Sequence[Reach], low: int, high: int) -> Reaches:
    """Narrow what each count can be by what all of them come to, from `low` to `high`."""
    least, most = sum(one for one, _ in counts), sum(one for _, one in counts)
    return tuple((max(one, low - (most - other)), min(other, high - (least - one))) for one, other in counts)


def _narrowed(told: Sequence[str], whole: int, known: Known = ()) -> Reaches:
    """Narrow what counts can be by their whole, and by what the first of them come to; () where nothing fits."""
    reaches = [REACH[one] if one in REACH else (int(one), int(one)) for one in told]
    ends = [(0, 0, 0), *known, (len(told), whole, whole)]
    parts = [reaches[before:upto] for (before, _, _), (upto, _, _) in pairwise(ends)]
    sums = [(sum(low for low, _ in part), sum(high for _, high in part)) for part in parts]
    low, high = [least for _, least, _ in ends], [most for _, _, most in ends]
    for at, (least, most) in enumerate(sums):
        low[at + 1], high[at + 1] = max(low[at + 1], low[at] + least), min(high[at + 1], high[at] + most)
    for at, (least, most) in reversed(list(enumerate(sums))):
        low[at], high[at] = max(low[at], low[at + 1] - most), min(high[at], high[at + 1] - least)
    if any(one > other for one, other in zip(low, high, strict=True)):
        return ()
    shares = [_share(part, low[at + 1] - high[at], high[at + 1] - low[at]) for at, part in enumerate(parts)]
    return tuple(reach for share in shares for reach in share)


def _together(reaches: Sequence[Reaches]) -> Reaches:
    """Say what each count can be where it is not known which of several holds."""
    return tuple((min(one for one, _ in cell), max(one for _, one in cell)) for cell in zip(*reaches, strict=True))


def _settles(reaches: Reaches) -> bool:
    """Say whether some count below three can be but one."""
    return any(one == other and 0 < one < MIN_AGENCY for one, other in reaches)
