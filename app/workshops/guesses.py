"""Wrong codes: a budget for all together, so that nobody guesses into a room, and nobody is locked out of one.

Law: what is right is always let in from any address; only what is wrong is counted.
"""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, func, select

from app.workshops.models import WrongGuess

# With 50 open rooms this many guesses a day find one of 31**8 codes with a chance below one in a million.
DAY_BUDGET = 17_000

COUNT = text(
    "INSERT INTO wrong_guess (hour, count) VALUES (:hour, 1) "
    "ON CONFLICT (hour) DO UPDATE SET count = wrong_guess.count + 1"
)


def count_guess(session: Session, now: datetime) -> None:
    """Count one wrong code, whoever typed it."""
    session.connection().execute(COUNT, {"hour": _hour(now)})


def is_spent(session: Session, now: datetime) -> bool:
    """Tell whether a day's wrong codes are used up, so that typed codes are not looked at."""
    wanted = select(func.coalesce(func.sum(WrongGuess.count), 0)).where(col(WrongGuess.hour) > _hour(now) - 24)
    return int(session.exec(wanted).one()) >= DAY_BUDGET


def _hour(now: datetime) -> int:
    return int(now.timestamp()) // 3600
