"""What each audience may see of a ranking, as regions with plain frozen views."""

from app.activities.base import Region, SeatScene
from app.activities.ranking.views.alone import read, solo
from app.activities.ranking.views.board import rank
from app.activities.ranking.views.check import check
from app.activities.ranking.views.compare import compare
from app.activities.ranking.views.desk import cues, desk, fact
from app.activities.ranking.views.discard import discard
from app.activities.ranking.views.result import locked
from app.activities.ranking.views.top import top
from app.activities.ranking.views.wall import wall
from app.activities.ranking.views.words import seat_words, wall_words

__all__ = ["cues", "desk", "fact", "seat", "seat_words", "wall", "wall_words"]

PAGES = {
    "read": read,
    "solo": solo,
    "discard": discard,
    "rank": rank,
    "compare": compare,
    "top": top,
    "check": check,
    "locked": locked,
}


def seat(scene: SeatScene) -> tuple[Region, ...]:
    """Draw the seat page's regions for the phase."""
    return PAGES[scene.phase](scene)
