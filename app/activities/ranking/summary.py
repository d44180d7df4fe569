"""The ranking's part of a summary: for each version the tables and the room in the order its readers need.

Law: it is made from records alone. What a version may not read is not in them, and is named among what was left out.
"""

from collections import Counter
from collections.abc import Iterator

from app.activities.checks import RULES
from app.activities.ranking import summary_pictures, summary_room, summary_sheets, summary_table
from app.activities.ranking.record import Record
from app.activities.ranking.shapes import Setup
from app.activities.ranking.summary_table import Length
from app.activities.ranking.summary_words import holding, is_bare
from app.activities.summary import (
    Block,
    Card,
    Fact,
    Paragraph,
    Part,
    Section,
    Telling,
    Told,
    Withheld,
    in_short,
    nothing_yet,
    told_in_short,
)
from app.errors import N_, NN_, Phrase

Tables = tuple[tuple[int, Record], ...]

COUNTED = {
    "agreed": N_("{n} agreed"),
    "with_reservations": N_("{n} with reservations"),
    "all_but_one": N_("{n} but for one place"),
    "not_agreed": N_("{n} not agreed"),
    "unchecked": N_("{n} without a passed check"),
}
"""How many tables ended how."""


def summary(telling: Telling) -> Part:
    """Tell a ranking."""
    setup: Setup = telling.setup
    if not telling.tables:
        return of_room(telling)
    begun = tuple((number, record) for number, record in telling.tables if not is_bare(record))
    people = telling.people
    if not begun:
        return Part(telling.title, nothing_yet(telling).blocks, method=method(telling))
    return Part(
        title=telling.title,
        blocks=tuple(blocks(telling, begun)),
        facts=facts(begun),
        sheets=summary_sheets.sheets(setup, begun, telling.room, people),
        orders=summary_sheets.orders(setup, telling.title, begun, people),
        withheld=tuple(withheld(telling)),
        method=method(telling),
    )


def of_room(telling: Telling) -> Part:
    """Tell a ranking of which only the room's figures may be told."""
    setup: Setup = telling.setup
    told = summary_room.of_whole(setup, telling.whole, telling.room)
    mirror = telling.whole.mirror if telling.whole is not None else None
    if mirror is not None and mirror.agreement is not None:
        title = Phrase(N_("Agreement before the talk"))
        shown = summary_pictures.meter(mirror.agreement, mirror.meter)
        told = (
            *told,
            Card(
                title,
                (shown, Paragraph(summary_table.counted(mirror)), *summary_table.figures(setup, mirror)),
            ),
        )
    if not told:
        return Part(telling.title, nothing_yet(telling).blocks, method=method(telling))
    whole: Tables = () if telling.whole is None else ((0, telling.whole),)
    return Part(
        title=telling.title,
        blocks=told,
        sheets=summary_sheets.sheets(setup, whole, telling.room, ()),
        orders=summary_sheets.orders(setup, telling.title, whole, ()),
        withheld=(
            Withheld(
                Phrase(N_("What single tables discarded, placed and said")),
                Phrase(N_("This workshop was opened so that only the figures of the whole room are told.")),
            ),
        ),
        method=method(telling),
    )


def blocks(telling: Telling, begun: Tables) -> Iterator[Block]:
    """Bring the tables and the room in the order that the version's readers need."""
    setup: Setup = telling.setup
    if len(telling.tables) == 1:
        yield from summary_table.told(setup, begun[0][1], "full")
        return
    yield from (of_table(telling, number, record) for number, record in begun if number == telling.own)
    yield from summary_room.told(setup, telling.room, begun)
    yield from told_in_short(telling)
    yield from (of_table(telling, number, record) for number, record in begun if number != telling.own)
    yield from summary_room.under_way(telling.tables)


def of_table(telling: Telling, number: int, record: Record) -> Section:
    """Tell one table, at the length that its reader wants."""
    own = number == telling.own
    title = N_("Your table: table {number}") if own else N_("Table {number}")
    length: Length = "full" if own or telling.version == "trainer" else "middle"
    if in_short(telling, number):
        length = "short"
    told = summary_table.told(telling.setup, record, length)
    return Section(Phrase(title, {"number": number}), told, "new" if length == "full" else "flow", folds=not own)


def facts(begun: Tables) -> tuple[Fact, ...]:
    """Count, for the head of the whole summary, how the tables ended."""
    ended = Counter(held.ending for _, record in begun if (held := holding(record)) is not None)
    label = Phrase(N_("How the ranking ended"))
    if not ended:
        return (Fact(label, Phrase(N_("under way"))),)
    parts = [Phrase(words, {"n": ended[name]}) for name, words in COUNTED.items() if ended[name]]
    working = len(begun) - ended.total()
    if working:
        parts.append(Phrase(N_("{n} under way"), {"n": working}))
    told = parts[-1]
    for one in reversed(parts[:-1]):
        told = Phrase(N_("{first}, {more}"), {"first": one, "more": told})
    return (Fact(label, told),)


def withheld(telling: Telling) -> Iterator[Withheld]:
    """Name what was left out, by what the records lack."""
    records = [record for _, record in telling.tables]
    mirrors = [one.mirror for one in records if one.mirror is not None]
    counts = [one.counts for record in records for one in record.checks]
    masked = [count for there in counts if there for count in there if not count.isdecimal()]
    if any(one.agreement is None for one in mirrors):
        yield Withheld(
            Phrase(N_("First answers of tables at which fewer than three ranked")),
            Phrase(N_("Whoever knows one of two orders could read the other.")),
        )
    if any(one.agreement is not None and one.figures is None for one in mirrors):
        yield Withheld(
            Phrase(N_("Figures of agreement of some tables")),
            Phrase(N_("Of three orders there are words and no figures, and some orders have no figure.")),
        )
    if any(there is None for there in counts):
        yield Withheld(
            Phrase(N_("How many gave each answer to some checks")),
            Phrase(N_("Fewer than five answered, or a single answer could be worked out.")),
        )
    if masked:
        yield Withheld(
            Phrase(N_("Small numbers of answers to checks, exactly")),
            Phrase(N_("One or two people could be recognised by them, also by subtraction.")),
        )
    if telling.room is not None and not any(row.parity for row in telling.room.statements):
        yield Withheld(
            Phrase(N_("An order in which each agency counts the same")),
            Phrase(
                N_("It is the same as the order of all, or not every agency in the room has three answers of its own.")
            ),
        )
    if mirrors:
        yield Withheld(
            Phrase(N_("Orders of single agencies")),
            Phrase(N_("No agency is to be named as the one that differs.")),
        )
    if any(record.hidden for record in records):
        yield Withheld(
            Phrase(N_("Entries that the trainer has hidden")),
            Phrase(N_("They may name somebody, or were not meant to be read by others.")),
        )


def method(telling: Telling) -> tuple[Told, ...]:
    """Say how people came to their lists, and how figures are worked out."""
    setup: Setup = telling.setup
    told: list[Told] = [Phrase(N_("People first ranked the statements alone, in private."))]
    if setup.discard:
        told.append(
            NN_(
                "Each table agreed on {n} statement to discard, then ranked the rest together.",
                "Each table agreed on {n} statements to discard, then ranked the rest together.",
                setup.discard,
            )
        )
    told += [
        NN_(
            "Then it agreed on the {n} statement all stand behind, and checked it in private from 0 to 5.",
            "Then it agreed on the {n} statements all stand behind, in order, and checked them in private from 0 to 5.",
            setup.top,
        ),
        Phrase(RULES.get(telling.rule, RULES["all-at-3"])),
        Phrase(
            N_(
                "The order of the first answers is by mean place. Where another fair way of counting would change a "
                "place, it is called so. Level statements share their places; nothing is settled silently."
            )
        ),
        Phrase(
            N_(
                "Words of agreement rest on the mean correlation of two orders, and are used only where chance would "
                "rarely agree as well."
            )
        ),
    ]
    if len(telling.tables) > 1:
        told.append(
            Phrase(
                N_(
                    "In the room’s order each table counts once; what a table discarded stands last. How alike two "
                    "tables are is Kendall’s tau of their orders."
                )
            )
        )
    return tuple(told)
