"""What follows when seats leave tables: floors above put in here what must be looked at again, in the same change."""

from collections.abc import Callable

from sqlmodel import Session

# Session, the workshop's new version, its id, and the tables that somebody left or came to.
After = Callable[[Session, int, int, tuple[int, ...]], None]
AFTER: list[After] = []

# Session, the workshop's new version, and the seat that goes to another table.
Going = Callable[[Session, int, int], None]
GOING: list[Going] = []


def left(session: Session, version: int, workshop_id: int, table_ids: tuple[int, ...]) -> None:
    """Tell that seats have left these tables, or come to them: what waited for somebody may be complete now."""
    for look_again in AFTER:
        look_again(session, version, workshop_id, table_ids)


def going(session: Session, version: int, seat_id: int) -> None:
    """Tell that a seat goes to another table: what it had said on what is open at its own stays behind."""
    for leave_behind in GOING:
        leave_behind(session, version, seat_id)
