"""What people have written that their table can see now, for the trainer to hide; never who wrote it."""

from app.activities.base import Region, TableScene
from app.activities.entries import Entry, TableEntries, region
from app.activities.ranking.mirror import Mirror, Said
from app.activities.ranking.shapes import Board
from app.activities.ranking.views.pieces import texts_of
from app.errors import N_


def entries(scenes: tuple[TableScene, ...]) -> tuple[Region, ...]:
    """List what tables have written, where there is anything."""
    found = [TableEntries(scene.number, of_table(scene)) for scene in scenes if scene.phase not in ("read", "solo")]
    return region(scenes[0].moves_url, found) if found else ()


def of_table(scene: TableScene) -> tuple[Entry, ...]:
    """List one table's texts: reasons of the first answers, of proposals and checks, links' notes, the ending's."""
    board: Board = scene.board
    texts = texts_of(scene.setup)
    found = [(said.id, N_("Why to discard"), about, said.text) for said, about in nominated(scene)]
    found += [(one.id, N_("Proposal"), texts[one.statement], one.reason) for one in board.proposals]
    about = {one.id: texts[one.statement] for one in board.proposals}
    for check in board.checks:
        for reason in check.outcome.reasons if check.outcome else ():
            beside = texts.get(reason.about) or about.get(check.subject, "")
            found.append((reason.id, N_("Beside a low answer"), beside, reason.text))
    found += [(one.id, N_("Link"), f"{texts[one.a]} – {texts[one.b]}", one.note) for one in board.links]
    found.append(("note", N_("Beside the ending"), "", board.note))
    return tuple(Entry(*one, one[0] in board.hidden) for one in found if one[3])


def nominated(scene: TableScene) -> list[tuple[Said, str]]:
    """List the reasons that were shown as the private answers closed, and what each is about where that is told."""
    mirror: Mirror | None = scene.revealed.get("solo")
    if mirror is None:
        return []
    found = [(said, one.text) for one in mirror.nominations for said in one.reasons]
    return found + [(said, "") for said in mirror.reasons]
