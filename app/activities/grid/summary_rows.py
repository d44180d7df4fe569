"""How each sentence of a grid stands in a summary: agreed, with both sentences kept, open, hidden, or without words.

Law: what was not agreed is called so, and a sentence that only the whole grid's ending carries says that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.activities.grid import naming
from app.activities.grid.record import Record, ResultRecord, StatementRecord
from app.activities.grid.shapes import Row, Setup
from app.activities.summary import Statement, Told
from app.errors import N_, Phrase

State = Literal["agreed", "both", "open", "hidden", "nothing"]

WHOLE_CARRIES = ("with_reservations", "all_but_one")
"""Endings of the whole grid that carry sentences which had no check of their own."""

STATES: dict[State, str] = {
    "agreed": N_("agreed"),
    "both": N_("both sentences kept"),
    "open": N_("not agreed"),
    "hidden": N_("hidden by the trainer"),
    "nothing": N_("nothing written"),
}


@dataclass(frozen=True, slots=True)
class Stand:
    """A sentence and how it stands; `whole` is how the grid ended that it stands in, empty while none is locked."""

    row: Row
    said: StatementRecord
    state: State
    whole: str = ""
    apart: bool = False


def stands(setup: Setup, record: Record) -> tuple[Stand, ...]:
    """Say how each sentence stands now, in the trainer's order."""
    held = holding(record)
    by_row = {one.row: one for one in record.statements}
    return tuple(stand(row, by_row.get(row.id) or StatementRecord(row=row.id), held) for row in setup.rows)


def of_result(setup: Setup, result: ResultRecord) -> tuple[Stand, ...]:
    """Say how each sentence stood as a grid was locked."""
    by_row = {one.row: one for one in result.rows}
    return tuple(stand(row, by_row.get(row.id) or StatementRecord(row=row.id), result) for row in setup.rows)


def holding(record: Record) -> ResultRecord | None:
    """Find the result that holds: none while the grid is open, or open again."""
    return record.result if record.phase == "locked" else None


def stand(row: Row, said: StatementRecord, held: ResultRecord | None) -> Stand:
    """Say how one sentence stands."""
    whole = held.ending if held is not None else ""
    apart = whole == "all_but_one" and held is not None and held.open_row == row.id
    return Stand(row, said, state_of(said, whole, apart=apart), whole, apart)


def state_of(said: StatementRecord, whole: str, *, apart: bool) -> State:
    """Decide how a sentence stands, by its own ending and the whole grid's."""
    if said.ending == "not_agreed" and (said.text or said.other):
        return "both"
    if said.hidden:
        return "hidden"
    if not said.text:
        return "nothing"
    if apart:
        return "open"
    carried = said.ending == "unchecked" and whole in WHOLE_CARRIES
    return "agreed" if carried or said.ending in ("agreed", "with_reservations") else "open"


def statements(found: Iterable[Stand], record: Record, labels: dict[str, str]) -> tuple[Statement, ...]:
    """Write sentences to be read, each with what stands beside it."""
    return tuple(
        Statement(
            opening=one.row.prompt,
            text=continued(one.row, one.said.text or one.said.other),
            other=continued(one.row, one.said.other) if one.said.text else "",
            notes=notes(one, record, labels),
        )
        for one in found
    )


def continued(row: Row, text: str) -> str:
    """Give what a statement adds to its opening, which stands over it; one that begins otherwise stays whole.

    >>> row = Row(id="r1", prompt="We begin by …")
    >>> continued(row, "We begin by listening."), continued(row, "Listening."), continued(row, "We begin by")
    ('listening.', 'Listening.', 'We begin by')
    """
    return text.removeprefix(naming.opening(row.prompt)).lstrip() or text


def notes(one: Stand, record: Record, labels: dict[str, str]) -> tuple[Told, ...]:
    """Say what is to be known of how a sentence stands."""
    told: list[Told] = [*how(one, record)]
    if one.said.note:
        told.append(Phrase(N_("Beside it stands: “{note}”"), {"note": one.said.note}))
    drawn = [labels[name] for name in one.said.draws_on if name in labels]
    if drawn:
        told.append(Phrase(N_("It draws on the views of: {agencies}."), {"agencies": ", ".join(drawn)}))
    return tuple(told)


def how(one: Stand, record: Record) -> tuple[Phrase, ...]:
    """Say how a sentence came to stand as it does, where its heading does not say it all."""
    if one.state == "agreed":
        if one.said.ending == "with_reservations":
            return (Phrase(N_("Agreed with reservations.")),)
        if one.said.ending == "unchecked":
            return (Phrase(N_("Agreed as a part of the whole grid, without a check of its own.")),)
        return ()
    if one.state == "both":
        both = one.said.text and one.said.other
        return () if both else (Phrase(N_("The trainer has hidden the other of the two sentences.")),)
    if one.apart and one.state == "open":
        return (Phrase(N_("It alone stays open; the other sentences stand.")),)
    return (still_open(one, record),) if one.state == "open" else ()


def still_open(one: Stand, record: Record) -> Phrase:
    """Say how far a sentence has come that is not agreed."""
    on_it = [check for check in record.checks if (check.subject, check.round) == (one.row.id, one.said.round)]
    if not on_it:
        return Phrase(N_("It was not checked by itself."))
    if on_it[-1].passed:
        return Phrase(N_("The last check on it passed. It was not locked."))
    return Phrase(N_("The last check on it did not pass."))
