"""What a summary tells of a ranking's checks: the last one on each list, and the last ones of all tables together.

Law: the sum of all tables is made of what each table shows, and a table that shows no counts is not in it.
"""

from collections.abc import Callable, Sequence

from app.activities import checks_told
from app.activities.checks import VALUES
from app.activities.checks_told import CheckRecord
from app.activities.pictures import Bar, Histogram
from app.activities.ranking.record import Record
from app.activities.ranking.shapes import Setup
from app.activities.ranking.summary_words import holding, tables, texts
from app.activities.summary import Block, Cell, Details, Paragraph, Picture, Section, Sentence, Table, Told, said_count
from app.errors import N_, Phrase

LEAST = {"1–2": 1, "0–2": 0}
"""The least that a count is which is told as one of two ends."""


def last_on_list(record: Record) -> CheckRecord | None:
    """Find the check that a table's list rests on, or the latest on it while it is open."""
    held = holding(record)
    if held is not None:
        return next((one for one in record.checks if one.number == held.check), None)
    return next((one for one in reversed(record.checks) if not one.subject), None)


def last(setup: Setup, record: Record) -> tuple[Block, ...]:
    """Tell how the last check on a table's list came out."""
    found = last_on_list(record)
    return () if found is None else (checks_told.told(Phrase(N_("The last check")), found, "last-check", about(setup)),)


def about(setup: Setup) -> Callable[[str], Told]:
    """Word what a reason is about: a statement, or the list as a whole."""
    words = texts(setup)
    return lambda one: words(one) if one else Phrase(N_("The list as a whole"))


def others(setup: Setup, record: Record) -> tuple[Block, ...]:
    """Tell all other checks: on lists that were changed, and on what was to be discarded."""
    found = [one for one in record.checks if one != last_on_list(record)]
    if not found:
        return ()
    title = Phrase(N_("All other checks"))
    columns = tuple(
        Phrase(one) for one in (N_("Check"), N_("On"), N_("Version of the list"), N_("Passed"), N_("Answered"))
    )
    rows = tuple(row(setup, one) for one in found)
    told = tuple(
        checks_told.told(Phrase(N_("Check {number}"), {"number": one.number}), one, f"check-{one.number}", about(setup))
        for one in found
        if one.counts or one.reasons
    )
    return (Details(title, (Table("other-checks", title, columns, rows), *told)),)


def row(setup: Setup, one: CheckRecord) -> tuple[Cell | Sentence, ...]:
    """Write one check as a row."""
    on: Cell = texts(setup)(one.subject) if one.subject else Phrase(N_("the list"))
    return (one.number, on, one.round + 1, passed(one), checks_told.cell(one.answered))


def passed(one: CheckRecord) -> Phrase:
    """Say in a word whether a check passed."""
    return Phrase(N_("yes") if one.passed else N_("no"))


def together(found: Sequence[tuple[int, Record]]) -> tuple[Block, ...]:
    """Tell the last checks of all tables that show how many gave each answer."""
    lasts = [(number, check) for number, record in found if (check := last_on_list(record)) is not None]
    shown = [(number, check.counts) for number, check in lasts if check.counts is not None]
    if not shown:
        return ()
    title = Phrase(N_("The last checks, all tables"))
    blocks: list[Block] = [summed(title, [counts for _, counts in shown])]
    silent = [number for number, _ in found if number not in {one for one, _ in shown}]
    if silent:
        said = Phrase(
            N_("Not in this picture, for want of a check or because few answered it: {tables}."),
            {"tables": tables(silent)},
        )
        blocks.append(Paragraph(said, "note"))
    return (Section(title, tuple(blocks)),)


def summed(title: Told, found: Sequence[tuple[str, ...]]) -> Picture:
    """Add up what the tables show: where one of them tells a count roughly, the sum says the least that it can be."""
    counts = [add([counts[value] for counts in found]) for value in range(6)]
    heights = [sum(checks_told.height(counts[value]) for counts in found) for value in range(6)]
    bars = tuple(
        Bar(value, Phrase(VALUES[value]), said_count(count), heights[value], not count.isdecimal())
        for value, count in enumerate(counts)
    )
    alt = tuple(
        Phrase(N_("{count} at {value}."), {"count": said_count(count), "value": value})
        for value, count in enumerate(counts)
        if count != "0"
    )
    rows = tuple(
        (Phrase(N_("{value} {words}"), {"value": bar.value, "words": bar.words}), checks_told.cell(count))
        for bar, count in zip(bars, counts, strict=True)
    )
    columns = (Phrase(N_("Answer")), Phrase(N_("How many")))
    return Picture(title, alt, Histogram(bars, 3), Table("last-checks", title, columns, rows))


def add(counts: Sequence[str]) -> str:
    """Add counts as they are told.

    >>> add(["3", "4"]), add(["1–2", "4"]), add(["1–2", "3 or more", "0"]), add(["1–2", "0"]), add(["0–2", "0"])
    ('7', '5 or more', '4 or more', '1–2', '0–2')
    """
    some = [one for one in counts if one != "0"]
    if len(some) == 1:
        return some[0]
    least = sum(int(one) if one.isdecimal() else LEAST.get(one, int(one[:1])) for one in some)
    return str(least) if all(one.isdecimal() for one in some) else f"{least} or more"
