"""Who looks: a seat, the trainer's desk, or the wall."""

from dataclasses import dataclass
from typing import Literal

As = Literal["seat", "desk", "wall"]


@dataclass(frozen=True, slots=True)
class Audience:
    """Somebody who may see a workshop; `seat` is the seat's id for a seat, else 0."""

    kind: As
    seat: int = 0

    def __hash__(self) -> int:
        """Hash quickly: every drawing of every seat looks itself up."""
        return self.seat


DESK = Audience("desk")
WALL = Audience("wall")
