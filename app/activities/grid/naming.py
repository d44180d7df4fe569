"""Who speaks for which column, and how a grid's shared texts are called."""

from collections.abc import Iterable, Mapping

from app.activities.base import Given, Person
from app.activities.grid.shapes import Board, Setup

OTHER = "other"
REVEALED = frozenset({"reveal", "answer", "joint", "check", "locked"})
"""The phases in which a table sees all its cells; before them nobody sees another agency's."""
WHOLE = "grid"
"""The subject of a check on the whole grid."""


def column_of(setup: Setup, agency: str | None, chosen: str | None) -> str | None:
    """Find the column that a seat writes for: its agency's, else the one for others, else the one it has chosen.

    Who named no agency chooses, or writes for none.
    """
    if agency in setup.column_ids:
        return agency
    if chosen in setup.column_ids:
        return chosen
    return OTHER if agency is not None and OTHER in setup.column_ids else None


def may_choose(setup: Setup, agency: str | None) -> bool:
    """Say whether a seat may choose its column: its own agency has none."""
    return agency not in setup.column_ids


def column_given(setup: Setup, given: Given) -> str | None:
    """Find the column of a seat within a change."""
    return column_of(setup, given.agency, given.answer.column)


def column_of_person(setup: Setup, board: Board, person: Person) -> str | None:
    """Find the column of somebody at the table, as all there may know it."""
    return column_of(setup, person.agency_id, board.speakers.get(person.seat))


def speakers(setup: Setup, board: Board, people: Iterable[Person]) -> Mapping[str, tuple[Person, ...]]:
    """List who speaks for each column, in the columns' order; an empty one has nobody."""
    found: dict[str, list[Person]] = {name: [] for name in setup.column_ids}
    for person in people:
        column = column_of_person(setup, board, person)
        if column is not None:
            found[column].append(person)
    return {name: tuple(there) for name, there in found.items()}


def cell(row: str, column: str) -> str:
    """Name a cell's shared text."""
    return f"cell-{row}-{column}"


def joint(row: str) -> str:
    """Name a row's joint statement."""
    return f"joint-{row}"


def cell_named(setup: Setup, name: str) -> tuple[str, str] | None:
    """Find the row and column of a cell's shared text; ids may have hyphens of their own."""
    every = ((row, column) for row in setup.row_ids for column in setup.column_ids)
    return next(((row, column) for row, column in every if cell(row, column) == name), None)


def joint_named(setup: Setup, name: str) -> str | None:
    """Find the row of a joint statement's shared text."""
    return next((row for row in setup.row_ids if joint(row) == name), None)


def text_title(setup: Setup, name: str) -> str:
    """Call a shared text by its column and its sentence opening."""
    at, row = cell_named(setup, name), joint_named(setup, name)
    heading = next((one.label for one in setup.columns if at and one.id == at[1]), setup.agreed)
    found = setup.row(at[0] if at else row or "")
    return f"{heading}: {found.prompt}" if found else name


def opening(prompt: str) -> str:
    """Begin a joint statement with its sentence opening.

    >>> opening("We can get past these barriers by …")
    'We can get past these barriers by '
    """
    return prompt.rstrip(" .…") + " "


def written(setup: Setup, row: str, text: str) -> str:
    """Give a joint statement's words; nothing where only the opening stands there.

    >>> rows = ({"id": "r1", "prompt": "We begin by …"},)
    >>> setup = Setup(rows=rows, columns=({"id": "a", "label": "A"}, {"id": "b", "label": "B"}), agreed="Joint")
    >>> written(setup, "r1", "We begin by  "), written(setup, "r1", "We begin by listening. ")
    ('', 'We begin by listening.')
    """
    found = setup.row(row)
    bare = text.strip()
    return "" if found is not None and bare == opening(found.prompt).strip() else bare
