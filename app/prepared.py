"""Statements that are written once and run all the time, on the driver itself where that is SQLite's.

What SQLAlchemy does around one run costs ten times as much as SQLite's run; every move runs a handful.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Select, TextClause, Update
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

Turned = Callable[[Any], Any]


class Written:
    """A statement as one driver takes it: its text, its values in their order, and how columns are read."""

    def __init__(self, statement: ClauseElement, dialect: Dialect, names: list[str]) -> None:
        taken = names if isinstance(statement, Insert) else None
        compiled = statement.compile(dialect=dialect, column_keys=taken)
        if not isinstance(compiled, SQLCompiler) or compiled.positiontup is None:
            raise TypeError("a statement that cannot be prepared")
        if compiled.literal_execute_params or compiled.post_compile_params or compiled.insert_prefetch:
            raise TypeError("a statement that has to be written anew for each run")
        self.text = str(compiled)
        known = compiled.construct_params(_check=False)
        self.values = [(name, known[name], binding(compiled, dialect, name)) for name in compiled.positiontup]
        columns = list(statement.selected_columns) if isinstance(statement, Select) else []
        self.row: Any = namedtuple("Row", [str(column.key) for column in columns]) if columns else None
        self.readers = [
            (place, reader)
            for place, column in enumerate(columns)
            if (reader := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        ]

    def bound(self, values: Mapping[str, Any]) -> list[Any]:
        """Put values into the order that the text wants them in."""
        given = ((values.get(name, known), turn) for name, known, turn in self.values)
        return [value if turn is None else turn(value) for value, turn in given]

    def read(self, row: Sequence[Any]) -> Any:
        """Read a row's columns by their types."""
        if self.row is None:
            return row
        columns = list(row)
        for place, reader in self.readers:
            columns[place] = reader(columns[place])
        return self.row._make(columns)


def binding(compiled: SQLCompiler, dialect: Dialect, name: str) -> Turned | None:
    """Find how a value becomes what the driver takes; None where it is that already."""
    return compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)


class Prepared:
    """A statement that asks or changes within a transaction; it takes named values, and takes part in no ORM."""

    def __init__(self, statement: Select[Any] | Insert | Update | TextClause) -> None:
        self.statement = statement
        self._written: Written | None = None

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Read all rows."""
        if connection.dialect.name != "sqlite":
            return list(connection.execute(self.statement, dict(values)))
        written = self._write(connection, values)
        return [written.read(row) for row in self._on_driver(connection, written, values).fetchall()]

    def one(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Read the first row; None where there is none."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self.statement, dict(values)).first()
        written = self._write(connection, values)
        row = self._on_driver(connection, written, values).fetchone()
        return None if row is None else written.read(row)

    def run(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Change what it changes."""
        if connection.dialect.name != "sqlite":
            connection.execute(self.statement, dict(values))
        else:
            self._on_driver(connection, self._write(connection, values), values)

    def _write(self, connection: Connection, values: Mapping[str, Any]) -> Written:
        if self._written is None:
            self._written = Written(self.statement, connection.dialect, list(values))
        return self._written

    def _on_driver(self, connection: Connection, written: Written, values: Mapping[str, Any]) -> Any:
        driver: Any = connection.connection.driver_connection
        return driver.execute(written.text, written.bound(values))
