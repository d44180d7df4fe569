"""A database as the first release left it: a row in every table, and more where rows differ."""

import datetime as dates
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine, MetaData, create_engine
from sqlalchemy.pool import NullPool

from app.config import Settings

NOW = dates.datetime(2026, 11, 23, 9, 0, tzinfo=dates.UTC)
FROZEN = {"solo": {"answers": [{"seat": 1, "agency": "health", "answer": {"order": ["s2", "s1"]}}]}}
WORKSHOP = {"title": "Joint training", "agencies": [{"id": "health", "label": "Health"}], "disclosure": "named"}
ROWS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("trainer", {"email": "ann@example.org", "name": "Ann", "password_hash": "scrypt$…"}),
    ("wrong_guess", {"hour": 495_000, "count": 3}),
    ("act", {"trainer_id": 1, "workshop_id": 1, "what": "workshop opened"}),
    ("sign_in_link", {"token_hash": "a" * 64, "trainer_id": 1}),
    ("signed_in", {"trainer_id": 1, "token_hash": "b" * 64}),
    ("workshop", WORKSHOP | {"trainer_id": 1, "version": 41, "code_hash": "c" * 64, "message": "Back at eleven."}),
    ("made_move", {"maker": "seat:1", "key": "k" * 20, "workshop_id": 1, "version": 40}),
    ("step", {"workshop_id": 1, "kind": "ranking", "setup": {"statements": []}, "minutes": {"solo": 6}}),
    ("workshop_table", {"workshop_id": 1, "number": 1, "places": 5}),
    ("board", {"step_id": 1, "table_id": 1, "workshop_id": 1, "phase": "discard", "frozen": FROZEN}),
    ("seat", {"workshop_id": 1, "table_id": 1, "number": 1, "name": "Ann", "token_hash": "d" * 64}),
    ("seat", {"workshop_id": 1, "table_id": 1, "number": 2, "name": "Ŵyn", "token_hash": "e" * 64, "code_hash": "2"}),
    ("answer", {"step_id": 1, "seat_id": 1, "workshop_id": 1, "version": 41, "content": {"order": ["s2"]}}),
    ("lease", {"seat_id": 1, "workshop_id": 1}),
    ("seat_device", {"token_hash": "f" * 64, "seat_id": 2}),
)
Everything = dict[str, list[dict[str, Any]]]


def fill(settings: Settings) -> None:
    """Write the rows; columns that a row does not name get something of their type."""
    engine = engine_of(settings)
    tables = tables_of(engine)
    with engine.begin() as connection:
        for name, row in ROWS:
            told = {one.name: plain(one) for one in tables[name].columns if not one.nullable and not counted(one)}
            connection.execute(sa.insert(tables[name]).values(told | row))


def everything(settings: Settings, as_it_was: Everything | None = None) -> Everything:
    """Read every row of every table; `as_it_was` leaves out the tables and columns that came later."""
    engine = engine_of(settings)
    found: Everything = {}
    with engine.connect() as connection:
        for name, table in tables_of(engine).items():
            if as_it_was is not None and name not in as_it_was:
                continue
            rows = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            kept = as_it_was[name][0].keys() if as_it_was is not None else {one.name for one in table.columns}
            found[name] = sorted(({key: row[key] for key in row if key in kept} for row in rows), key=str)
    return found


def added_to_workshops(settings: Settings) -> list[tuple[Any, ...]]:
    """Read what the next release added to workshops."""
    engine = engine_of(settings)
    workshop = tables_of(engine)["workshop"].c
    with engine.connect() as connection:
        rows = connection.execute(sa.select(workshop.locked, workshop.rehearsal, workshop.rehearsal_of))
        return [tuple(row) for row in rows]


def engine_of(settings: Settings) -> Engine:
    """Reach the database as it is, not as the models have it."""
    return create_engine(settings.database_address, poolclass=NullPool)


def tables_of(engine: Engine) -> dict[str, sa.Table]:
    """Read which tables there are."""
    metadata = MetaData()
    metadata.reflect(engine)
    return {name: table for name, table in metadata.tables.items() if name != "alembic_version"}


def counted(column: sa.Column[Any]) -> bool:
    """Tell whether the database numbers the rows by this column."""
    return column.name == "id"


def plain(column: sa.Column[Any]) -> Any:
    """Make up a value of a column's type."""
    if isinstance(column.type, sa.JSON):
        return {}
    of_type = column.type.python_type
    return NOW if of_type is dates.datetime else of_type()
