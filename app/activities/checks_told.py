"""What is kept of a check when a workshop is taken home, and what a summary tells of it; shared by several kinds.

Law: a count stands here as it may be told, and a reason without who gave it.
"""

import re
from collections.abc import Callable

from app import disclosure
from app.activities.base import Shape
from app.activities.checks import VALUES, Check, Reason, told_counts
from app.activities.pictures import Bar, Histogram
from app.activities.summary import Block, Cell, Paragraph, Picture, Quote, Quotes, Section, Table, Told, said_count
from app.errors import N_, Phrase

PASSED = {
    "all-at-3": N_("It passed: all who answered were at 3 or more."),
    "none-at-0": N_("It passed: nobody was at 0."),
    "most-at-3": N_("It passed: at least 80 % of those who answered were at 3 or more."),
}
FAILED = {
    "all-at-3": N_("It did not pass: not all who answered were at 3 or more."),
    "none-at-0": N_("It did not pass: somebody was at 0."),
    "most-at-3": N_("It did not pass: fewer than 80 % of those who answered were at 3 or more."),
}
NUMBER = re.compile(r"\d+")


class CheckReason(Shape):
    """What somebody said beside a low answer; `about` is what in it the answer is about, if anything."""

    about: str = ""
    text: str


class CheckRecord(Shape):
    """How a check came out; `counts` of the answers 0 … 5 as they may be told, None where they may not."""

    number: int
    subject: str
    round: int = 0
    rule: str
    passed: bool
    answered: str
    counts: tuple[str, ...] | None = None
    reasons: tuple[CheckReason, ...] = ()


def keep(check: Check, said: Callable[[Reason], str]) -> CheckRecord | None:
    """Keep how a check came out, nothing of one that is open; `said` gives a reason's words, or "" for a hidden one."""
    outcome = check.outcome
    if outcome is None:
        return None
    shown = outcome.counts
    return CheckRecord(
        number=check.id,
        subject=check.subject,
        round=check.round,
        rule=check.rule,
        passed=outcome.passed,
        answered=disclosure.count_for_export(outcome.answered),
        counts=None if shown is None else told_counts(check.rule, outcome.passed, shown, len(outcome.reasons)),
        reasons=tuple(CheckReason(about=one.about, text=text) for one in outcome.reasons if (text := said(one))),
    )


def told(title: Told, check: CheckRecord, name: str, about: Callable[[str], Told]) -> Section:
    """Tell how a check came out; `name` is for its table's file, `about` words what a reason is about."""
    return Section(title, blocks(check, name, about))


def blocks(check: CheckRecord, name: str, about: Callable[[str], Told]) -> tuple[Block, ...]:
    """Tell how a check came out: whether it passed, how many gave each answer, what was said beside low ones."""
    found: list[Block] = [Paragraph(passed(check)), *histogram(check, name)]
    if check.counts is None:
        found.append(Paragraph(Phrase(N_("Of so few answers there are words and no numbers.")), "note"))
    if check.reasons:
        quotes = tuple(Quote(one.text, about(one.about)) for one in check.reasons)
        found.append(Quotes(Phrase(N_("What was said, without names")), quotes))
    return tuple(found)


def passed(check: CheckRecord) -> Phrase:
    """Say whether a check passed, by its rule."""
    words = PASSED if check.passed else FAILED
    return Phrase(words.get(check.rule, words["all-at-3"]))


def histogram(check: CheckRecord, name: str) -> tuple[Picture, ...]:
    """Draw how many gave each answer, where that may be told."""
    if check.counts is None:
        return ()
    bars = tuple(
        Bar(value, Phrase(VALUES[value]), said_count(count), height(count), not count.isdecimal())
        for value, count in enumerate(check.counts)
    )
    title = Phrase(N_("How people answered, from 0 to 5"))
    alt = tuple(
        Phrase(N_("{count} at {value}."), {"count": said_count(count), "value": value})
        for value, count in enumerate(check.counts)
        if count != "0"
    )
    rows = tuple(
        (Phrase(N_("{value} {words}"), {"value": bar.value, "words": bar.words}), cell(count))
        for bar, count in zip(bars, check.counts, strict=True)
    )
    columns = (Phrase(N_("Answer")), Phrase(N_("How many")))
    line = 1 if check.rule == "none-at-0" else 3
    return (Picture(title, alt, Histogram(bars, line), Table(name, title, columns, rows)),)


def height(count: str) -> float:
    """Draw a count that is told roughly in the middle of what it may be.

    >>> height("4"), height("1–2"), height("3 or more")
    (4.0, 1.5, 3.0)
    """
    ends = [int(one) for one in NUMBER.findall(count)]
    return sum(ends) / len(ends) if ends else 0.0


def cell(count: str) -> Cell:
    """Write a count as a number, where it is one."""
    return int(count) if count.isdecimal() else said_count(count)
