"""A report as CSV: a zip of what is read, and of a sheet for every table in it.

Law: no cell is ever a formula, also where a program divides a row in other places than we do, and nothing is cut.
"""

import csv
import io
import re
import zipfile

from app.exports.cells import Value
from app.exports.formats import File, Progress, Work
from app.exports.sheets import Sheet, book, summary

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
