"""What small numbers hide: the thresholds and complements that every screen and export keeps.

Law: nobody else decides how many answers are enough; they ask here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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

    Where a count is masked, the smallest of the others is, too. Where the whole leaves the masked ones but one way to
    come to it, all that are not 0 are masked alike; where each is one, the zeros with them.

    >>> counts_for_export([0, 0, 3, 4]), counts_for_export([0, 2, 0, 4, 3])
    (['0', '0', '3', '4'], ['0', '1–2', '0', '4', '3 or more'])
    >>> counts_for_export([0, 1, 1, 3]), counts_for_export([0, 1, 1, 1, 1, 1])
    (['0', '1 or more', '1 or more', '1 or more'], ['0–2', '0–2', '0–2', '0–2', '0–2', '0–2'])
    """
    told = [count_for_export(count) for count in counts]
    few = [count for count in counts if 0 < count < MIN_AGENCY]
    others = [place for place, count in enumerate(counts) if count >= MIN_AGENCY]
    if not few:
        return told
    if others:
        smallest = min(others, key=lambda place: counts[place])
        told[smallest] = "3 or more"
        one_way = counts[smallest] == MIN_AGENCY and sum(few) == len(few)
    elif sum(few) == len(few):
        return ["0–2"] * len(counts)
    else:
        one_way = sum(few) == 2 * len(few)
    return ["1 or more" if count else "0" for count in counts] if one_way else told


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
    is taken for known. Where the rest of the tables would leave but one way for a small one, the whole is told as the
    least that it can be; where the agencies would give it back, they are not counted.

    >>> took_part(9, [5, 4], [4, 4, 1])
    TookPart(people='9', tables=('5', '4'), agencies=('3 or more', '4', '1–2'))
    >>> took_part(7, [5, 2], [4, 3, 0])
    TookPart(people='6 or more', tables=('5', '1–2'), agencies=('1 or more', '1 or more', '0'))
    """
    at_tables = tuple(count_for_export(count) for count in tables)
    least = sum(count if count >= MIN_AGENCY else min(count, 1) for count in tables)
    of_agencies: tuple[tuple[str | None, ...], ...] = (
        tuple(counts_for_export(agencies)),
        tuple("1 or more" if count else "0" for count in agencies),
        tuple(None for _ in agencies),
    )
    ways = [(whole, part) for whole in (count_for_export(people), f"{least} or more") for part in of_agencies]
    found = next((way for way in ways if not _gives_away(way[0], at_tables, way[1])), ("", of_agencies[-1]))
    return TookPart(found[0], at_tables, found[1])


def _gives_away(people: str, tables: tuple[str, ...], agencies: tuple[str | None, ...]) -> bool:
    """Say whether two lists that count the same people leave but one way for a count that is masked."""
    lists = [[_reach(told) for told in one] for one in (tables, agencies) if one]
    ends = [_reach(people), *((sum(low for low, _ in one), sum(high for _, high in one)) for one in lists)]
    low, high = max(low for low, _ in ends), min(high for _, high in ends)
    return any(one == other for told in lists for one, other in _within(told, low, high))


def _within(told: list[tuple[int, int]], low: int, high: int) -> Iterator[tuple[int, int]]:
    """Narrow what each masked count can be by what all of them come to, from `low` to `high`."""
    least, most = sum(one for one, _ in told), sum(one for _, one in told)
    for one, other in told:
        if one != other:
            yield max(one, low - (most - other)), min(other, high - (least - one))


MANY = 10**9
REACH = {"1–2": (1, 2), "3 or more": (3, MANY), "1 or more": (1, MANY), "0–2": (0, 2)}


def _reach(told: str | None) -> tuple[int, int]:
    """Say from where to where a count can be that is told so."""
    if told is None:
        return 0, MANY
    if told in REACH:
        return REACH[told]
    number = int(told.split()[0])
    return number, MANY if told.endswith("more") else number
