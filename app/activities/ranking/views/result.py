"""The seat page once the table has locked its result."""

from app.activities.base import Region, SeatScene


def locked(scene: SeatScene) -> tuple[Region, ...]:
    """Draw the phase."""
    return ()
