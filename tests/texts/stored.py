"""What the database has of a shared text, read beside the server."""

from sqlmodel import Session, col, select

from app.config import Settings
from app.texts import keeping
from app.texts.models import SharedText, TextUpdate
from app.texts.service import Key
from tests.rooms import Room, reading


def key_of(room: Room, name: str = "joint", table: int = 1) -> Key:
    """Name a room's text."""
    return Key(room.id, room.step, table, name)


def stored_text(settings: Settings, room: Room, name: str = "joint") -> str:
    """Read a text in plain."""
    return reading(settings, lambda session: keeping.flatten(session, key_of(room, name)))


def stored_updates(settings: Settings, room: Room, name: str = "joint") -> int:
    """Count the updates that are kept beside the snapshot."""

    def count(session: Session) -> int:
        wanted = select(TextUpdate).join(SharedText, col(SharedText.id) == col(TextUpdate.text_id))
        found = wanted.where(SharedText.step_id == room.step, SharedText.name == name)
        return len(session.exec(found).all())

    return reading(settings, count)
