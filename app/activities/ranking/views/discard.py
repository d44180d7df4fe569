"""The seat page while a table agrees on what to discard."""

from app.activities.base import Region, SeatScene


def discard(scene: SeatScene) -> tuple[Region, ...]:
    """Draw the phase."""
    return ()
