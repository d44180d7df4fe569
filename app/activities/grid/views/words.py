"""The headings of a grid's phases."""

from typing import Any

from app.activities.telling import Words


def seat_words(setup: Any, phase: str, board: Any) -> Words:
    """Head the seat page."""
    return Words("", "")


def wall_words(setup: Any, phase: str) -> Words:
    """Head the wall."""
    return Words("", "")
