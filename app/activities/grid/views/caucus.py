"""The seat page while the people of each agency put their jots together into one cell for each sentence.

Law: a seat is shown its own column's jots and text; of the others it is told nothing before the reveal.
"""

from dataclasses import dataclass

from app.activities.base import Person, Region, SeatScene
from app.activities.grid import naming
from app.activities.grid.shapes import Board, Setup
from app.activities.grid.views import frame
from app.activities.grid.views.alone import column_label, speak
from app.errors import N_, Phrase


@dataclass(frozen=True, slots=True)
class CellView:
    """One's own agency's cell for one sentence: the jots it may draw on, the text, and whether it is agreed."""

    moves_url: str
    row: str
    is_first: bool
    column: str
    label: str
    jots: tuple[str, ...]
    pad: frame.Pad | None
    others: tuple[frame.Writer, ...] = ()
    is_begun: bool = False
    is_agreed: bool = False


def caucus(scene: SeatScene) -> tuple[Region, ...]:
    """Draw one's own agency's cells, sentence by sentence."""
    return (
        frame.head(scene, heading(scene)),
        *speak(scene),
        frame.rows(scene),
        *(cell(scene, one) for one in frame.sentences(scene)),
        *frame.foot(scene),
    )


def heading(scene: SeatScene) -> Phrase | str:
    """Say with whom this seat writes."""
    label = column_label(scene)
    if not label:
        return N_("each agency writes its own view")
    # Table 0 is the whole room.
    words = N_("with {agency} at your table") if scene.table else N_("with {agency} in the room")
    return Phrase(words, {"agency": label})


def people(scene: SeatScene) -> tuple[Person, ...]:
    """List who writes for the same column as this seat, itself too."""
    column = frame.column(scene)
    there = naming.speakers(scene.setup, scene.board, scene.people)
    return there.get(column, ()) if column else ()


def cell(scene: SeatScene, sentence: frame.Sentence) -> Region:
    """Draw the cell of one's own agency for one sentence."""
    board: Board = scene.board
    column, row = frame.column(scene), sentence.id
    name = naming.cell(row, column or "")
    jots = scene.revealed.get("jot")
    view = CellView(
        moves_url=scene.moves_url,
        row=row,
        is_first=sentence.is_first,
        column=column or "",
        label=column_label(scene),
        jots=jots.of(column, row) if jots is not None and column else (),
        pad=pad(scene, sentence, column) if column else None,
        others=frame.writers(tuple(one for one in people(scene) if one.seat != scene.seat)),
        is_begun=name in board.begun,
        is_agreed=column in board.agreed.get(row, ()),
    )
    return Region(f"row-{row}", "grid/_row_caucus.html", view)


def pad(scene: SeatScene, sentence: frame.Sentence, column: str) -> frame.Pad:
    """Lay out the text of one's own agency's cell."""
    setup: Setup = scene.setup
    row, name = sentence.id, naming.cell(sentence.id, column)
    return frame.Pad(
        id=name,
        area=f"cell-text-{row}",
        test=name,
        address=f"{scene.texts_url}/{name}",
        label=Phrase(
            N_("What {agency} says to sentence {number}"), {"agency": column_label(scene), "number": sentence.number}
        ),
        advised=setup.words,
        writers=frame.writers(people(scene)),
        heading=N_("In our words"),
        may=frame.may(scene, name),
    )
