"""Words that several parts of a ranking's summary are made of: statements, tables, places, endings.

Law: none of the endings is told as a failure, and what was not agreed is never called agreed.
"""

from collections.abc import Callable, Iterable, Sequence

from app.activities.pictures import Text
from app.activities.ranking.record import Record, ResultRecord, TopRecord
from app.activities.ranking.shapes import Setup
from app.errors import N_, NN_, Phrase

ENDED = {
    "agreed": N_("Agreed"),
    "with_reservations": N_("Agreed with reservations"),
    "all_but_one": N_("All but one place agreed"),
    "not_agreed": N_("Not agreed"),
    "unchecked": N_("Locked without a passed check"),
}
TOLD = {
    "with_reservations": N_("The list stands. What some still miss is kept beside it."),
    "not_agreed": N_("Most go with this list. What the others say stands beside it, in their own words."),
    "unchecked": N_("The list was locked without a check that passed."),
}
HELD = {
    "all-at-3": N_("All who answered the last check can at least live with the list."),
    "none-at-0": N_("Nobody who answered the last check said no to the list."),
    "most-at-3": N_("At least 80 % of those who answered the last check can live with the list."),
}
STANDS = ("agreed", "with_reservations", "all_but_one")
"""Endings with which all at the table stand behind their list, but for a place that is left open."""


def texts(setup: Setup) -> Callable[[str], str]:
    """Give the words of statements by their ids; of anything else the id."""
    words = {one.id: one.text for one in setup.statements}
    return lambda one: words.get(one, one)


def five(setup: Setup, of_five: str, of_others: str, **values: object) -> Phrase:
    """Choose between the sentence that says "five" and the one that fits any number."""
    return Phrase(of_five if setup.top == 5 else of_others, values)


def table(number: int) -> Phrase:
    """Call a table by its number; 0 is the whole room."""
    return Phrase(N_("Table {number}"), {"number": number}) if number else Phrase(N_("The whole room"))


def tables(numbers: Sequence[int]) -> Phrase:
    """Name tables by their numbers."""
    listed = ", ".join(map(str, numbers))
    return NN_("Table {tables}", "Tables {tables}", len(numbers), tables=listed)


def quoted(listed: Iterable[str]) -> str:
    """Put statements in quotation marks, one after the other.

    >>> quoted(["A", "B."])
    '“A”, “B”'
    """
    return ", ".join(f"“{within(one)}”" for one in listed)


def within(text: str) -> str:
    """Write a statement within a sentence, which has a full stop of its own.

    >>> within("We agree."), within("Do we …"), within("And so on...")
    ('We agree', 'Do we …', 'And so on...')
    """
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def span(first: int, last: int) -> str:
    """Write a place, or the places that level statements share.

    >>> span(2, 2), span(2, 4)
    ('2', '2–4')
    """
    return str(first) if first == last else f"{first}–{last}"


def holding(record: Record) -> ResultRecord | None:
    """Find the list that holds: none while it is open, or open again."""
    return record.result if record.phase == "locked" else None


def earlier(record: Record) -> tuple[ResultRecord, ...]:
    """List what was locked and has been opened again."""
    again = record.result if record.result is not None and holding(record) is None else None
    return record.earlier if again is None else (*record.earlier, again)


def ended(held: ResultRecord | None) -> Phrase:
    """Say in a few words how a list ended."""
    return Phrase(N_("Not locked") if held is None else ENDED.get(held.ending, ENDED["unchecked"]))


def stand_behind(held: ResultRecord | None) -> tuple[TopRecord, ...]:
    """List what all at a table stand behind, best first; nothing where they have not agreed."""
    if held is None or held.ending not in STANDS:
        return ()
    return tuple(one for one in held.top if one.place != held.open_place)


def is_bare(record: Record) -> bool:
    """Say whether a table has shown and placed nothing yet that could be told."""
    shown = record.mirror or record.nominations or record.discarded or record.nothing_discarded or record.proposals
    return not (shown or record.board or record.top or record.result or record.links)


def place_words(first: int, last: int) -> Text:
    """Write a place in a sentence: "place 4", or "places 4–5" that level statements share."""
    return NN_("place {places}", "places {places}", last - first + 1, places=span(first, last))
