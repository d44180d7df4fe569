"""A workshop's rows, taken out of the database and opened again elsewhere, to make its record from.

Law: no token, no code, nothing that people answer at the moment, and no name but in *named* workshops is among them.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import create_engine, select
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel

import app.accounts.models  # noqa: F401  # workshops name their trainers' table
from app.exports.models import BroughtRecord
from app.workshops.models import Answer, Board, Seat, Step, Table, Workshop

# By the name of each table, its rows. Parents before their children.
Copy = Mapping[str, list[dict[str, Any]]]
COPIED = tuple(
    SQLModel.metadata.tables[model.__tablename__] for model in (Workshop, Step, Table, Seat, Board, BroughtRecord)
)
# What people answer at the moment is looked for, too, and is not there.
EMPTY = (SQLModel.metadata.tables[Answer.__tablename__],)
SECRETS = ("token_hash", "code_hash")


def take(session: Session, workshop_id: int) -> Copy:
    """Read the rows of a workshop, without what no record may hold."""
    connection = session.connection()
    found: dict[str, list[dict[str, Any]]] = {}
    for table in COPIED:
        owner = table.c.id if table.name == "workshop" else table.c.workshop_id
        rows = connection.execute(select(table).where(owner == workshop_id)).mappings()
        found[table.name] = [_without_secrets(place, row) for place, row in enumerate(rows)]
    if any(workshop["disclosure"] != "named" for workshop in found["workshop"]):
        found["seat"] = [seat | {"name": ""} for seat in found["seat"]]
    return found


@contextmanager
def opened(copy: Copy) -> Iterator[Session]:
    """Open a copy as a database in memory, which is gone afterwards."""
    engine = create_engine("sqlite://", poolclass=StaticPool, hide_parameters=True)
    try:
        SQLModel.metadata.create_all(engine, tables=[*COPIED, *EMPTY])
        with Session(engine) as session:
            for table in COPIED:
                if copy[table.name]:
                    session.connection().execute(table.insert(), copy[table.name])
            yield session
    finally:
        engine.dispose()


def _without_secrets(place: int, row: Mapping[Any, Any]) -> dict[str, Any]:
    # Some have to differ from row to row.
    return {name: f"{place}" if name in SECRETS else value for name, value in row.items()}
