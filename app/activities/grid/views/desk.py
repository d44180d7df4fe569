"""The desk's part of a grid."""

from app.activities.base import Region, TableScene
from app.activities.telling import Fact


def fact(scene: TableScene) -> Fact:
    """Say on the table's card how far it is."""
    return Fact(None, "")


def desk(scenes: tuple[TableScene, ...]) -> tuple[Region, ...]:
    """Draw the desk's part."""
    return ()
