"""The wall's part of a grid."""

from typing import Any

from app.activities.base import Region, TableScene


def wall(tables: tuple[TableScene, ...], room: Any) -> tuple[Region, ...]:
    """Draw the wall's part."""
    return ()
