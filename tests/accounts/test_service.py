"""What happens to accounts, beneath the pages."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from app.accounts import service
from app.accounts.models import SignedIn, SignInLink, Trainer
from app.db import Database
from app.errors import Unclear

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_first_trainer_is_made_once_and_kept_until_there_is_a_password(database: Database) -> None:
    first = database.run_now(lambda session: service.first_trainer(session, NOW))
    again = database.run_now(lambda session: service.first_trainer(session, NOW))
    assert first is not None
    assert again is not None
    assert (first.id, first.email) == (again.id, "trainer@localhost")

    def protect(session: Session) -> None:
        trainer = session.get_one(Trainer, first.id)
        trainer.password_hash = "argon2"
        session.add(trainer)

    database.run_now(protect)
    assert database.run_now(lambda session: service.first_trainer(session, NOW)) is None


def test_account_is_made_once_for_an_address(database: Database) -> None:
    database.run_now(lambda session: service.add_trainer(session, "ann@example.org", NOW))
    with pytest.raises(Unclear):
        database.run_now(lambda session: service.add_trainer(session, " Ann@Example.org", NOW))


def test_signing_in_clears_away_what_is_over(database: Database) -> None:
    def fill(session: Session) -> None:
        trainer = service.add_trainer(session, "ann@example.org", NOW)
        service.make_link(session, trainer, NOW)
        service.sign_in(session, trainer, "", NOW)

    database.run_now(fill)

    def later(session: Session) -> tuple[int, int]:
        trainer = session.exec(select(Trainer)).one()
        service.sign_in(session, trainer, "", NOW + timedelta(days=31))
        return len(session.exec(select(SignedIn)).all()), len(session.exec(select(SignInLink)).all())

    assert database.run_now(later) == (1, 0)


def test_being_seen_is_written_down_once_an_hour(database: Database) -> None:
    def enter(session: Session) -> str:
        return service.sign_in(session, service.add_trainer(session, "ann@example.org", NOW), "", NOW)

    token = database.run_now(enter)

    def look(moment: datetime) -> datetime:
        database.run_now(lambda session: service.find_trainer_by_token(session, token, moment))
        return database.run_now(lambda session: session.exec(select(SignedIn)).one().seen_at)

    after = [timedelta(minutes=minutes) for minutes in (59, 61, 90)]
    assert [look(NOW + time) - NOW for time in after] == [timedelta(0), after[1], after[1]]
