"""What stands at a report's end: how to read it, how its figures are worked out, and what was left out and why."""

from collections.abc import Sequence

from app.activities.summary import Block, Bullets, Details, Paragraph, Part, Section, Table, Told, Withheld
from app.errors import N_, Phrase
from app.exports.record import Outline, Record

MODES = {
    "named": N_("This workshop names people: its trainer’s summary has their names and what they answered alone."),
    "confidential": N_("What anybody answered alone is in no summary, and whose it was is forgotten when it closes."),
    "aggregate": N_("Only what the whole room comes to is told, and nothing of a single table."),
}
"""What people were told when they joined, as a summary says it."""


def how_to_read(parts: Sequence[Part], workshop: Outline) -> Section:
    """Tell how people worked and how figures are worked out, each sentence once."""
    said: list[Told] = []
    for part in parts:
        said += [one for one in part.method if one not in said]
    blocks: list[Block] = [
        Paragraph(
            Phrase(N_("Everybody answered alone and in private before a table spoke. What tables agreed is theirs."))
        ),
        Paragraph(Phrase(MODES[workshop.disclosure])),
        Paragraph(Phrase(N_("A count of one or two people reads 1–2, and others may read 3 or more beside it."))),
    ]
    if said:
        blocks.append(Details(Phrase(N_("How figures are worked out")), (Bullets(tuple(said)),)))
    return Section(Phrase(N_("How to read this")), tuple(blocks))


def left_out(withheld: Sequence[Withheld]) -> Section:
    """Tell what is not here, and why."""
    columns = Phrase(N_("What")), Phrase(N_("Why"))
    rows = tuple((one.what, one.why) for one in withheld)
    title = Phrase(N_("What was left out, and why"))
    if not rows:
        return Section(title, (Paragraph(Phrase(N_("Nothing was left out."))),))
    return Section(title, (Table("left-out", title, columns, rows),))


def withheld(record: Record, parts: Sequence[Part]) -> tuple[Withheld, ...]:
    """List what was left out, each once: by the workshop's mode, by the version, by small numbers, by each kind."""
    found = [*_by_mode(record), *_by_version(record), *_by_numbers(record.workshop)]
    for part in parts:
        found += [one for one in part.withheld if one not in found]
    return tuple(found)


def _by_mode(record: Record) -> list[Withheld]:
    mode = record.workshop.disclosure
    if mode == "named" and record.version == "trainer":
        return []
    why = {
        "named": N_("They are in the trainer’s summary alone."),
        "confidential": N_("People were told when they joined that this stays confidential."),
        "aggregate": N_("People were told when they joined that only the room’s figures leave it."),
    }
    found = [Withheld(Phrase(N_("Names, and what anybody answered alone")), Phrase(why[mode]))]
    if mode == "aggregate":
        found.append(Withheld(Phrase(N_("What single tables talked about and agreed")), Phrase(why[mode])))
    return found


def _by_version(record: Record) -> list[Withheld]:
    if record.version == "trainer" or record.workshop.disclosure == "aggregate":
        return []
    found = [
        Withheld(
            Phrase(N_("How a table came to what it agreed, as far as it is its own")),
            Phrase(N_("Those who sat there and the trainer read it.")),
        )
    ]
    waiting = record.workshop.closed is None and any(step.room is None for step in record.steps)
    if record.version == "participant" and waiting:
        why = N_("They are shown once every table has come to the end of the step, or the workshop has closed.")
        found.append(Withheld(Phrase(N_("Other tables, in steps that are under way")), Phrase(why)))
    return found


def _by_numbers(workshop: Outline) -> list[Withheld]:
    told = [*(agency.people for agency in workshop.agencies), workshop.no_agency, workshop.people]
    told += [table.people for table in workshop.tables]
    if all(one is not None and one.isdecimal() for one in told):
        return []
    why = N_("They, or others beside them, are one or two people, who could be told from it.")
    return [Withheld(Phrase(N_("Some counts of those who took part")), Phrase(why))]
