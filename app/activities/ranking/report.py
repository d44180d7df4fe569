"""The ranking's part of a workshop's record."""

from typing import Any

from app.activities.base import TableScene
from app.activities.ranking.mirror import Mirror
from app.activities.ranking.shapes import Setup


def record(scene: TableScene) -> dict[str, Any]:
    """Record what one table has revealed so far, as plain data."""
    setup: Setup = scene.setup
    mirror: Mirror | None = scene.revealed.get("solo")
    clarifications = [one.model_dump() for one in scene.board.clarifications]
    kept: dict[str, Any] = {
        "phase": scene.phase,
        "statements": [one.model_dump() for one in setup.statements],
        "clarifications": clarifications,
    }
    if mirror is None:
        return kept
    places = [
        {"statement": place.id, "text": place.text, "first": place.first, "last": place.last} for place in mirror.places
    ]
    figures = mirror.figures
    return kept | {
        "mirror": {
            "orders": mirror.orders,
            "left_out": mirror.left_out,
            "agreement": mirror.words.say(str) if mirror.words else None,
            "places": places,
            "most_shared": list(mirror.most_shared),
            "most_split": list(mirror.most_split),
            "kendall_w": figures.w if figures else None,
            "tau": figures.tau if figures else None,
            "p": figures.p if figures else None,
        }
    }
