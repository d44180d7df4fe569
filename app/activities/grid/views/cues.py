"""The desk's cues on a grid."""

from app.activities.base import TableScene
from app.activities.telling import Cue


def cues(scene: TableScene) -> tuple[Cue, ...]:
    """Tell what the trainer may want to look at."""
    return ()
