"""What each audience may see of a grid, as regions with plain frozen views."""

from app.activities.base import Region, SeatScene
from app.activities.grid.views.alone import jot
from app.activities.grid.views.caucus import caucus
from app.activities.grid.views.check import check
from app.activities.grid.views.cues import cues
from app.activities.grid.views.desk import desk, fact
from app.activities.grid.views.joint import joint
from app.activities.grid.views.result import locked
from app.activities.grid.views.reveal import answer, reveal
from app.activities.grid.views.wall import wall
from app.activities.grid.views.words import seat_words, wall_words

__all__ = ["cues", "desk", "fact", "seat", "seat_words", "wall", "wall_words"]

PAGES = {
    "jot": jot,
    "caucus": caucus,
    "reveal": reveal,
    "answer": answer,
    "joint": joint,
    "check": check,
    "locked": locked,
}


def seat(scene: SeatScene) -> tuple[Region, ...]:
    """Draw the seat page's regions for the phase."""
    return PAGES[scene.phase](scene)
