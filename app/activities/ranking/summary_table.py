"""What a summary tells of one table's ranking: its list first, then how it came about, then what is kept beside it.

Law: it tells what the record holds; whoever may not read something has a record without it.
"""

from typing import Literal

from app.activities.pictures import Text
from app.activities.ranking import summary_checks, summary_inner, summary_pictures
from app.activities.ranking.record import DiscardRecord, MirrorRecord, Record, ResultRecord, TopRecord
from app.activities.ranking.shapes import Setup
from app.activities.ranking.summary_words import (
    HELD,
    STANDS,
    TOLD,
    ended,
    five,
    holding,
    quoted,
    stand_behind,
    texts,
    within,
)
from app.activities.summary import (
    Block,
    Bullets,
    Card,
    Cell,
    Details,
    Fact,
    Facts,
    Paragraph,
    Place,
    Places,
    Quote,
    Quotes,
    Section,
    Sentence,
    Table,
    Told,
)
from app.errors import N_, Phrase

Length = Literal["short", "middle", "full"]
SETTLED = {
    "either": N_("settled by a private either/or"),
    "lots": N_("settled by lots"),
    "shared": N_("shared by choice"),
}
LEAST = 0.001
"""Figures are told to three places."""

CHOSEN = {
    "talk": N_("Proposed in the talk, and carried by a check."),
    "either": N_("Chosen in a private either/or, and carried by a check."),
    "lots": N_("Chosen by lots after an even either/or, and carried by a check."),
}
RESERVED = {
    "talk": N_("Proposed in the talk, and discarded with reservations."),
    "either": N_("Chosen in a private either/or, and discarded with reservations."),
    "lots": N_("Chosen by lots after an even either/or, and discarded with reservations."),
}


def told(setup: Setup, record: Record, length: Length) -> tuple[Block, ...]:
    """Tell one table: its list and what stands beside it; at more length also how it came about, and the rest."""
    blocks: list[Block] = [*head(setup, record, length), *the_list(setup, record), *discards(setup, record)]
    if length == "short":
        return tuple(blocks)
    blocks += [*before(setup, record.mirror, length), *summary_pictures.journeys(setup, record)]
    if length == "full" or holding(record) is None:
        blocks += summary_pictures.diamond(setup, record)
    blocks += [*contested(setup, record), *links(setup, record), *summary_checks.last(setup, record)]
    if length == "full":
        blocks += summary_inner.told(setup, record)
    return tuple(blocks)


def head(setup: Setup, record: Record, length: Length) -> tuple[Block, ...]:
    """Say how a list ended, and what is kept beside it."""
    held = holding(record)
    facts = [Fact(Phrase(N_("How it ended")), ended(held))]
    if length == "short" and record.mirror is not None and record.mirror.agreement is not None:
        facts.append(Fact(Phrase(N_("Agreement before the talk")), record.mirror.agreement))
    if held is not None and held.checks:
        facts.append(Fact(Phrase(N_("Checks of the list")), str(held.checks)))
    blocks: list[Block] = [Facts(tuple(facts)), Paragraph(ending(setup, record, held))]
    if held is not None and held.note:
        blocks.append(beside(held))
    return tuple(blocks)


def beside(held: ResultRecord) -> Quotes:
    """Quote what stands beside a list."""
    apart = held.ending == "not_agreed"
    label = N_("What the others say, in their own words") if apart else N_("Kept beside the list")
    return Quotes(Phrase(label), (Quote(held.note),))


def ending(setup: Setup, record: Record, held: ResultRecord | None) -> Phrase:
    """Say in a sentence how a list ended."""
    if held is None:
        if record.result is not None:
            return Phrase(N_("The table had locked its list and opened it again. What stands here is as far as it is."))
        return Phrase(N_("The table has not locked its list. What stands here is as far as it had come."))
    if held.ending == "agreed":
        last = next((one for one in record.checks if one.number == held.check), None)
        return Phrase(
            HELD.get(last.rule, HELD["all-at-3"]) if last is not None else N_("The table agreed on its list.")
        )
    if held.ending == "all_but_one" and held.open_place is not None:
        open_ = quoted(texts(setup)(one.statement) for one in held.top if one.place == held.open_place)
        values: dict[str, object] = {"place": held.open_place, "statement": open_}
        return Phrase(N_("Place {place} stays open: {statement}. The others stand."), values)
    return Phrase(TOLD.get(held.ending, TOLD["unchecked"]))


def the_list(setup: Setup, record: Record) -> tuple[Block, ...]:
    """Write the list in order, with how each place was settled, and call it what it is."""
    held = holding(record)
    listed = record.top if held is None else held.top
    if not listed:
        if held is None:
            return ()
        return (Paragraph(Phrase(N_("The table locked its board without a list of its own.")), "note"),)
    return (Section(list_title(setup, held), (places(setup, listed, held, record),)),)


def list_title(setup: Setup, held: ResultRecord | None) -> Phrase:
    """Call a list by how it ended."""
    if held is None:
        return Phrase(N_("The list as far as it had come"))
    if held.ending == "not_agreed":
        return Phrase(N_("The majority’s list, in order"))
    if held.ending not in STANDS:
        return Phrase(N_("The list as it was locked"))
    return five(setup, N_("The five, in order"), N_("The list, in order"))


def places(setup: Setup, listed: tuple[TopRecord, ...], held: ResultRecord | None, record: Record) -> Places:
    """Put statements on their places, with what is to be known of how they came there."""
    words = texts(setup)
    return Places(
        tuple(
            Place(
                one.place,
                words(one.statement),
                notes(one, held, record),
                shared=one.shared,
                open=held is not None and one.place == held.open_place,
            )
            for one in listed
        )
    )


def notes(one: TopRecord, held: ResultRecord | None, record: Record) -> tuple[Told, ...]:
    """Say how a place was settled, whether it was contested, and whether it moved between checks."""
    found: list[Told] = []
    if one.settled in SETTLED:
        found.append(Phrase(SETTLED[one.settled]))
    if record.marks is not None and one.statement in record.marks.contested:
        found.append(Phrase(N_("contested at first")))
    if held is not None and one.statement in held.changed:
        found.append(Phrase(N_("moved here after the first check")))
    return tuple(found)


def discards(setup: Setup, record: Record) -> tuple[Block, ...]:
    """Tell what was discarded, how that was chosen and why."""
    held = holding(record)
    gone = record.discarded if held is None else held.discarded
    if not gone:
        if not record.nothing_discarded:
            return ()
        title = Phrase(N_("Discarded, and why"))
        return (Section(title, (Paragraph(Phrase(N_("The table discarded nothing and ranked all statements."))),)),)
    blocks: list[Block] = []
    for one in gone:
        blocks += discarded(setup, one)
    return (Section(Phrase(N_("Discarded, and why")), tuple(blocks)),)


def discarded(setup: Setup, one: DiscardRecord) -> tuple[Block, ...]:
    """Tell one discard."""
    text = texts(setup)(one.statement)
    how = Phrase((RESERVED if one.ending == "with_reservations" else CHOSEN)[one.how])
    if one.reason:
        return (Quotes(text, (Quote(one.reason, how),)),)
    why = N_("The trainer has hidden the reason.") if one.hidden else N_("No reason was written down.")
    return (Bullets((text,)), Paragraph(how, "note"), Paragraph(Phrase(why), "note"))


def before(setup: Setup, mirror: MirrorRecord | None, length: Length) -> tuple[Block, ...]:
    """Tell how far the first answers agreed, in words, with the figures beneath."""
    if mirror is None:
        return ()
    title = Phrase(N_("Agreement before the talk"))
    if mirror.agreement is None:
        few = N_("Too few people ranked alone here for anything to be shown of their first answers.")
        return (Card(title, (Paragraph(Phrase(few)),)),)
    return (
        Card(
            title,
            (
                summary_pictures.meter(mirror.agreement, mirror.meter),
                Paragraph(counted(mirror)),
                *alike(mirror),
                *figures(setup, mirror, length),
            ),
        ),
    )


def counted(mirror: MirrorRecord) -> Phrase:
    """Say how many orders the mirror was made of."""
    values: dict[str, object] = {"orders": mirror.orders, "statements": len(mirror.places), "out": mirror.left_out}
    if mirror.left_out == "0":
        return Phrase(
            N_(
                "{orders} private orders of {statements} statements, none left out. "
                "This is the starting mirror, taken before anybody spoke."
            ),
            values,
        )
    return Phrase(
        N_(
            "{orders} private orders of {statements} statements; people without an order: {out}. "
            "This is the starting mirror, taken before anybody spoke."
        ),
        values,
    )


def alike(mirror: MirrorRecord) -> tuple[Paragraph, ...]:
    """Say in plain words how alike two people's first answers were, where that may be told."""
    times = mirror.likeness.values.get("times") if mirror.likeness is not None else None
    if times is None:
        return ()
    said = N_(
        "Take two of these people and two statements at random: they had put them the same way round {times} times "
        "in 10; 5 is chance."
    )
    return (Paragraph(Phrase(said, {"times": times})),)


def figures(setup: Setup, mirror: MirrorRecord, length: Length = "full") -> tuple[Block, ...]:
    """Keep beneath the words what they rest on: what to keep in mind, the first order, and figures where there are."""
    words = texts(setup)
    rows: list[tuple[Cell | Sentence, ...]] = [
        (span_of(one.first, one.last), words(one.statement), contested_words(one.contested)) for one in mirror.places
    ]
    columns = (Phrase(N_("Place")), Phrase(N_("Statement")), Phrase(N_("How sure")))
    blocks: list[Block] = []
    if mirror.warnings:
        blocks.append(Bullets(mirror.warnings))
    if mirror.most_shared:
        shared: dict[str, object] = {"statements": quoted(mirror.most_shared)}
        blocks.append(Paragraph(Phrase(N_("Placed most alike at first: {statements}"), shared)))
    if mirror.most_split:
        split: dict[str, object] = {"statements": quoted(mirror.most_split)}
        blocks.append(Paragraph(Phrase(N_("Placed most apart at first: {statements}"), split)))
    if length == "full":
        blocks.append(Table("first-order", Phrase(N_("The first answers, in one order")), columns, tuple(rows)))
    blocks += measured(mirror)
    return (Details(Phrase(N_("How is this worked out?")), tuple(blocks)),)


def span_of(first: int, last: int) -> Cell:
    """Write a place as a number, or those that level statements share."""
    return first if first == last else f"{first}–{last}"


def contested_words(contested: bool) -> Text:
    """Say whether another fair way of counting would change a place."""
    return Phrase(N_("another fair count would change it") if contested else N_("the same in every fair count"))


def measured(mirror: MirrorRecord) -> tuple[Block, ...]:
    """Lay out the figures of agreement, where their number lets them be told."""
    found = mirror.figures
    if found is None:
        return ()
    every: tuple[tuple[str, float | None], ...] = (
        (N_("Mean correlation of two orders (r), from −1 to 1"), found.r),
        (N_("Kendall’s W, from 0 to 1"), found.w),
        (N_("Kendall’s W that chance alone gives"), found.chance_w),
        (N_("Mean Kendall tau of two orders, from −1 to 1"), found.tau),
        (N_("How often chance alone agrees as well (p)"), found.p),
    )
    rows = tuple(
        (Phrase(name), rounded(value) if value is found.p else round(value, 3))
        for name, value in every
        if value is not None
    )
    columns = (Phrase(N_("Figure")), Phrase(N_("Value")))
    return (Table("figures", Phrase(N_("Figures of agreement")), columns, rows),)


def rounded(chance: float) -> Cell:
    """Round how often chance does as well; what would read 0 is told to be below the least that is told."""
    return round(chance, 3) if chance >= LEAST else Phrase(N_("below {least}"), {"least": LEAST})


def contested(setup: Setup, record: Record) -> tuple[Block, ...]:
    """Tell what not everybody had marked, and what became of it."""
    marks = record.marks
    if marks is None or not marks.contested:
        return ()
    words, held = texts(setup), holding(record)
    behind = {one.statement for one in stand_behind(held)}
    listed = {one.statement for one in (record.top if held is None else held.top)}
    points: tuple[Told, ...] = tuple(words(one) for one in marks.contested)
    if held is not None:
        points = tuple(
            Phrase(became(one in behind, one in listed), {"statement": within(words(one))}) for one in marks.contested
        )
    note = five(
        setup,
        N_("Some had these among the five they stand behind, and some had not."),
        N_("Some had these among those they stand behind, and some had not."),
    )
    return (Section(Phrase(N_("What was contested")), (Paragraph(note, "note"), Bullets(points))),)


def became(agreed: bool, listed: bool) -> str:
    """Choose the sentence on what became of a contested statement."""
    if agreed:
        return N_("“{statement}” came into the list.")
    return N_("“{statement}” is on the list, and stays contested.") if listed else N_("“{statement}” was left out.")


def links(setup: Setup, record: Record) -> tuple[Block, ...]:
    """Tell which statements the table found alike, and which pulling apart."""
    words = texts(setup)
    heads = (("alike", N_("Nearly the same")), ("apart", N_("Pulling apart")))
    found: list[Block] = []
    for relation, title in heads:
        there = [one for one in record.links if one.relation == relation]
        pairs: dict[tuple[str, str], list[str]] = {}
        for one in there:
            pairs.setdefault((one.a, one.b), []).append(one.note)
        points = tuple(pair(words(a), words(b), [note for note in said if note]) for (a, b), said in pairs.items())
        if points:
            found.append(Section(Phrase(title), (Bullets(points),)))
    return (Section(Phrase(N_("Likenesses and differences")), tuple(found)),) if found else ()


def pair(one: str, other: str, said: list[str]) -> Phrase:
    """Name two statements, and quote what was said of them."""
    values: dict[str, object] = {"one": within(one), "other": within(other), "notes": quoted(said)}
    if said:
        return Phrase(N_("“{one}” and “{other}”, with a note: {notes}"), values)
    return Phrase(N_("“{one}” and “{other}”"), values)
