"""Who took part in a workshop and when, as every version of its record tells it.

Law: no count below three is here, nor can one be had from the others.
"""

from sqlmodel import Session

from app.disclosure import took_part
from app.exports.record import Agency, Outline, TableCount
from app.live.snapshot import Snapshot
from app.workshops.models import Workshop


def outline(session: Session, whole: Snapshot) -> Outline:
    """Tell a workshop as a whole; where only the room is told, nothing is counted by table."""
    workshop = session.get_one(Workshop, whole.id)
    tables = {table.number: len(whole.at_table(table.id)) for table in whole.tables}
    if whole.disclosure == "aggregate":
        tables = {}
    spoken_for = [seat.agency for seat in whole.seats.values()]
    ids = [id_ for id_, _ in whole.agencies]
    counts = [spoken_for.count(id_) for id_ in ids]
    told = took_part(len(whole.seats), tuple(tables.values()), (*counts, len(spoken_for) - sum(counts)))
    return Outline(
        title=whole.title,
        purpose=workshop.purpose,
        language=workshop.language,
        disclosure=whole.disclosure,
        agencies=tuple(
            Agency(id=id_, label=label, people=people)
            for (id_, label), people in zip(whole.agencies, told.agencies, strict=False)
        ),
        no_agency=told.agencies[-1],
        people=told.people,
        tables=tuple(
            TableCount(table=number, people=people) for number, people in zip(tables, told.tables, strict=True)
        ),
        opened=workshop.opened_at.date() if workshop.opened_at else None,
        closed=workshop.closed_at.date() if workshop.closed_at else None,
        review=workshop.review_on,
    )
