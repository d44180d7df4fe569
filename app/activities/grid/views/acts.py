"""What the trainer can do at one table of a grid, of which only what makes sense now is offered."""

from collections.abc import Hashable

from app import disclosure
from app.activities.base import TableScene
from app.activities.grid import naming
from app.activities.grid.shapes import Board
from app.activities.grid.views import glance
from app.activities.telling import Act, Choice
from app.errors import N_, Phrase

LONGEST = 60
"""How much of a sentence opening a list of choices shows."""


def acts(scene: TableScene) -> tuple[Act, ...]:
    """List the acts for a table's phase: close the open check, and choose what the wall shows."""
    return (*close(scene), *show(scene))


def close(scene: TableScene) -> tuple[Act, ...]:
    """Close the open check with the answers there are, once there are enough."""
    board: Board = scene.board
    if board.check is None or not scene.done or not disclosure.may_close(scene.done, len(scene.people)):
        return ()
    return (Act("close_check", N_("Close the check with the answers there are")),)


def show(scene: TableScene) -> tuple[Act, ...]:
    """Show a sentence on the wall, or all of them; what it shows now is no choice."""
    if scene.phase not in naming.REVEALED:
        return ()
    board: Board = scene.board
    whole = N_("All sentences") if scene.phase == "locked" else N_("The heat view")
    options: list[tuple[str, Hashable]] = [
        (one.id, Phrase(N_("{number}. {sentence}"), {"number": one.number, "sentence": cut(one.prompt)}))
        for one in glance.sentences(scene)
        if one.id != board.shown
    ]
    if board.shown is not None:
        options.insert(0, ("", whole))
    return (Act("show_row", N_("Show it"), (Choice("row", N_("On the wall"), tuple(options)),)),)


def cut(text: str) -> str:
    """Keep the beginning of a long sentence.

    >>> cut("short"), cut("word " * 40)[-6:]
    ('short', 'word …')
    """
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
