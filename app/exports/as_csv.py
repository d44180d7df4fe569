"""A report as CSV: a zip of what is read, and of a sheet for every table in it.

Law: no cell is ever a formula, also where a program divides a row in other places than we do, and nothing is cut.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from app.exports.cells import Value
from app.exports.formats import File, Progress, Work
from app.exports.sheets import Sheet, book, summary

Row = dict[str, Any]

# What makes spreadsheets read a text as a formula, also after blanks, and in its full-width form. A text is guarded at
# its beginning, and after what a program could take for the end of a cell: a new line, a tab, a semicolon.
FORMULA = re.compile(r"^(?=\s*[=+\-@＝＋－＠|%\t\r\n])|(?<=[\n;\t])(?=[^\S\n]{0,20}[=+\-@＝＋－＠|%])")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# A byte order mark: without it Excel reads UTF-8 as something else.
MARK = "\ufeff"


def write(work: Work, progress: Progress) -> File:
    """Write a zip of CSV files."""
    made = book(work.report, work.language)
    files = [summary(made, [f"{one.name}.csv" for one in made.sheets], work.language), *made.sheets]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, one in enumerate(files, 1):
            # A fixed date: a file's time would tell when something was looked at.
            archive.writestr(zipfile.ZipInfo(f"{one.name}.csv"), written(one), zipfile.ZIP_DEFLATED)
            progress(place, len(files))
    return File(packed.getvalue(), "csv.zip", "application/zip")


def written(made: Sheet) -> bytes:
    """Write rows under their header as RFC 4180 has it.

    >>> written(Sheet("a", "A", ("one", "two"), ((1, "x"), (None, "2")))).decode()
    '\\ufeffone,two\\r\\n1,x\\r\\n,2\\r\\n'
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([cell(column) for column in made.columns])
    writer.writerows([cell(value) for value in row] for row in made.rows)
    return (MARK + lines.getvalue()).encode()


def cell(value: Value) -> str | int | float:
    """Make a value safe for a spreadsheet: numbers stay numbers, a text is never a formula.

    >>> cell("=HYPERLINK(1)"), cell(" -1"), cell("a;=1"), cell("a - b"), cell(-1), cell(None)
    ("'=HYPERLINK(1)", "' -1", "a;'=1", 'a - b', -1, '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return FORMULA.sub("'", CONTROL.sub("", value))
    return value


def as_csv(record: Mapping[str, Any]) -> bytes:
    """Write a record as a zip of CSV sheets."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in sheets(record).items():
            # A fixed date: a file's time would tell when something was looked at.
            archive.writestr(zipfile.ZipInfo(f"{name}.csv"), sheet(rows), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def sheets(record: Mapping[str, Any]) -> dict[str, list[Row]]:
    """Lay a record out as sheets by name: each list is a sheet, all single values go to "facts"."""
    found: dict[str, list[Row]] = {"facts": []}
    _lay_out("workshop", record["workshop"], {}, found)
    for step in record["steps"]:
        begun = f"{step['position']}-{step['kind']}"
        for name, value in step.items():
            _lay_out(begun if name in ("tables", "room") else f"{begun}-{name}", value, {}, found)
    _lay_out("people", record.get("people", []), {}, found)
    return {name: rows for name, rows in found.items() if rows}


def sheet(rows: list[Row]) -> bytes:
    """Write rows as RFC 4180 has it, headed by every column that any row has.

    >>> sheet([{"a": 1, "b": "x"}, {"a": "2"}]).decode()
    '\\ufeffa,b\\r\\n1,x\\r\\n2,\\r\\n'
    """
    columns = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([cell(name) for name in columns])
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    return (MARK + written.getvalue()).encode()


def _lay_out(name: str, value: object, keys: Row, found: dict[str, list[Row]]) -> None:
    """Put a value where it belongs; `keys` say which row of a list it stands in."""
    if isinstance(value, Mapping):
        for inner, one in value.items():
            _lay_out(f"{name}-{inner}", one, keys, found)
    elif isinstance(value, list):
        for place, one in enumerate(value, 1):
            _lay_out_one(name, place, one, keys, found)
    else:
        found["facts"].append(keys | {"what": name, "value": value})


def _lay_out_one(name: str, place: int, one: object, keys: Row, found: dict[str, list[Row]]) -> None:
    if not isinstance(one, Mapping):
        found.setdefault(name, []).append(keys | {"place": place, "value": one})
        return
    own = dict(_singles(one))
    within = keys | {key: own[key] for key in ("table", "name", "step", "phase") if key in own}
    rest = {inner: value for inner, value in one.items() if isinstance(value, Mapping | list)}
    found.setdefault(name, []).append(keys | own)
    for inner, value in rest.items():
        if isinstance(value, Mapping):
            value = [dict(value)]
        _lay_out(f"{name}-{inner}", value, within, found)


def _singles(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in values.items() if not isinstance(value, Mapping | list))
