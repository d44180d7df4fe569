"""The open check on a sentence, how it came out, and what follows it."""

from app.activities.base import Region, SeatScene


def row_check(scene: SeatScene) -> tuple[Region, ...]:
    """Draw what there is about checks on sentences."""
    return ()
