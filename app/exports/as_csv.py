"""A workshop's record as CSV: a zip of one sheet for each list in it, and one for what stands alone.

Law: no cell is ever a formula, and no sign is left that could break a row or a file.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

Row = dict[str, Any]

# What makes spreadsheets read a text as a formula, also after blanks, and in its full-width form.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%\t\r\n]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# A byte order mark: without it Excel reads UTF-8 as something else.
MARK = "\ufeff"


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


def cell(value: object) -> object:
    """Make a value safe for a spreadsheet: numbers stay numbers, a text is never a formula.

    >>> cell("=HYPERLINK(1)"), cell(" -1"), cell(-1), cell(True), cell(None)
    ("'=HYPERLINK(1)", "' -1", -1, 'yes', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = CONTROL.sub("", str(value))
    return f"'{text}" if FORMULA.match(text) else text


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
