"""The seat page in a phase of its own."""

from app.activities.base import Region, SeatScene


def reveal(scene: SeatScene) -> tuple[Region, ...]:
    """Draw the page."""
    return ()


def answer(scene: SeatScene) -> tuple[Region, ...]:
    """Draw the page."""
    return ()
