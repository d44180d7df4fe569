"""The seat page while a table agrees on its top places."""

from app.activities.base import Region, SeatScene


def top(scene: SeatScene) -> tuple[Region, ...]:
    """Draw the phase."""
    return ()


def places_part(scene: SeatScene) -> tuple[Region, ...]:
    """The top places as they stand."""
    return ()
