"""The seat page in a phase of its own."""

from app.activities.base import Region, SeatScene


def joint(scene: SeatScene) -> tuple[Region, ...]:
    """Draw the page."""
    return ()
