"""Where shared texts and those who know the activities meet: each floor above puts in here what the other needs.

Law: without a gate nobody may read or write; no gate is even asked about another table's text, or another workshop's.
"""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from app.activities.base import NoTexts, TextRight, Texts

# Session, the workshop, the seat that asks or None for the desk and the wall, step, table's number (0: the whole
# room's) and the text's name.
Gate = Callable[[Session, int, int | None, int, int, str], TextRight]
GATES: list[Gate] = []

# Session, step, the table by its id or None for the whole room, and now; without one nothing can be frozen.
Keeper = Callable[[Session, int, int | None, datetime | None], Texts]
KEEPERS: list[Keeper] = []

# Session, the workshop's new version, step, table's number and the name of a text that has its first words.
Begun = Callable[[Session, int, int, int, str], None]
BEGUN: list[Begun] = []


def texts_of(session: Session, step_id: int, table_id: int | None, now: datetime | None) -> Texts:
    """Find the shared texts of a table, or of the whole room, within a change."""
    return KEEPERS[0](session, step_id, table_id, now) if KEEPERS else NoTexts()


def begun(session: Session, version: int, step_id: int, table: int, name: str) -> None:
    """Tell that a text has its first words."""
    for tell in BEGUN:
        tell(session, version, step_id, table, name)
