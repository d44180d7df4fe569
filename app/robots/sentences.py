"""What a grid's seat page tells whoever looks: its sentences, its texts, and what may be marked, answered and locked.

Ids are those of the page's fields; a text's name is the end of its address.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.robots.page import Element, Form, Page

CELL, JOINT = "cell-", "joint-"


@dataclass(frozen=True, slots=True)
class Text:
    """A shared text on the page."""

    name: str
    address: str
    may: str


def prompts(page: Page) -> Mapping[str, str]:
    """Read the sentences' openings by their rows, in the order of the page."""
    heads = page.region("phase").all(data_row="*")
    return {one.get("data-row"): heading(one) for one in heads}


def heading(element: Element) -> str:
    """Read a heading; spaces that do not break are spaces."""
    found = next(iter(element.all("h1")), None)
    return found.text if found is not None else ""


def texts(page: Page, start: str) -> Mapping[str, Text]:
    """List the shared texts whose names begin so."""
    found = {}
    for one in page.root.all(data_text="*"):
        address = one.get("data-text")
        name = address.partition("?")[0].rpartition("/")[2]
        if name.startswith(start):
            found[name] = Text(name, address, one.get("data-may"))
    return found


def is_rooms(page: Page) -> bool:
    """Say whether the grid is the whole room's: its texts are those of table 0."""
    return any(one.address.rpartition("/")[0].endswith("/0") for one in texts(page, "").values())


def own_cell(page: Page, row: str) -> Text | None:
    """Find the cell of a row that this seat's people write."""
    found = texts(page, f"{CELL}{row}-")
    return next((one for one in found.values() if one.may == "write"), None)


def column(cell: Text, row: str) -> str:
    """Read a cell's column from its name."""
    return cell.name.removeprefix(f"{CELL}{row}-")


def label(page: Page, name: str) -> str:
    """Read how a column is called where a choice names it; empty where none does."""
    options = (one for form in page.moves("speak_for") for one in form.element.all("option", value=name))
    return next((one.text for one in options), "")


def open_rows(page: Page) -> tuple[str, ...]:
    """List the rows whose joint words may be written, in the order of the page."""
    writable = [name.removeprefix(JOINT) for name, text in texts(page, JOINT).items() if text.may == "write"]
    order = list(prompts(page)) or writable
    return tuple(row for row in order if row in writable)


def cells(page: Page, move: str) -> tuple[tuple[str, str], ...]:
    """List the cells, by row and column, that a move is offered for."""
    found = (
        (form.fields["row"], one)
        for form in page.moves(move)
        if form.fields.get("row")
        for one in values(form, "column")
    )
    return tuple(dict.fromkeys(found))


def values(form: Form, name: str) -> list[str]:
    """List the values that a form offers for a field."""
    fields = [one for one in form.element if one.get("name") == name]
    found = [
        one.get("value") for field in fields for one in ([field] if field.tag != "select" else field.all("option"))
    ]
    return [one for one in found if one]


def unanswered(page: Page) -> tuple[tuple[str, str], ...]:
    """List the own cells with questions that nobody has answered."""
    forms = page.moves("reply")
    return tuple(
        (form.fields["row"], form.fields["column"])
        for form in forms
        if not form.fields.get("text") and form.fields.get("row") and form.fields.get("column")
    )


def rows_of(page: Page, move: str) -> tuple[str, ...]:
    """List the rows that a move is offered for."""
    return tuple(dict.fromkeys(one for form in page.moves(move) for one in values(form, "row")))


def endings(page: Page) -> Mapping[str, tuple[str, ...]]:
    """List the endings that may be chosen, by row; those of the whole grid by none."""
    found: dict[str, tuple[str, ...]] = {}
    for form in page.moves("choose_ending"):
        row = form.fields.get("row", "")
        found[row] = (*found.get(row, ()), *values(form, "ending"))
    return {row: names for row, names in found.items() if names}
