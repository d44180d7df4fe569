"""What happens to accounts: adding trainers, signing in and out, and the audit of it.

Law: of a token only its hash is kept, and a link is spent in the transaction that signs in.
"""

import re
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.accounts.models import Act, SignedIn, SignInLink, Trainer
from app.errors import N_, Refusal, Unclear
from app.web.tokens import new_token, token_hash

LINK_LASTS = timedelta(hours=24)
SIGNED_IN_LASTS = timedelta(days=30)
# How long somebody who came by a link may set a password without the old one.
FRESH = timedelta(hours=1)
SEEN_AGAIN = timedelta(hours=1)
FIRST_EMAIL = "trainer@localhost"

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")


class LinkSpent(Refusal):
    """A one-time link that was used, or is too old."""

    status = 410
    code = "link-spent"


def clean_email(email: str) -> str:
    """Read an e-mail address, in small letters; refuse what cannot be one."""
    plain = email.strip().lower()
    if not EMAIL.fullmatch(plain) or not plain.isprintable():
        raise Unclear(N_("Type an e-mail address, as name@example.org."))
    return plain


def add_trainer(session: Session, email: str, now: datetime) -> Trainer:
    """Make an account; refuse an address that has one."""
    plain = clean_email(email)
    if find_trainer_by_email(session, plain):
        raise Unclear(N_("There is an account with this e-mail address already."))
    trainer = Trainer(email=plain, created_at=now)
    session.add(trainer)
    session.flush()
    return trainer


def first_trainer(session: Session, now: datetime) -> Trainer | None:
    """Find or make the trainer who gets a link at the start; None once anybody has a password."""
    everybody = session.exec(select(Trainer).order_by(col(Trainer.id))).all()
    if any(trainer.password_hash for trainer in everybody):
        return None
    return everybody[0] if everybody else add_trainer(session, FIRST_EMAIL, now)


def find_trainer_by_email(session: Session, email: str) -> Trainer | None:
    """Find an account by its e-mail address, however it is typed."""
    return session.exec(select(Trainer).where(Trainer.email == email.strip().lower())).one_or_none()


def find_trainer_by_token(session: Session, token: str, now: datetime) -> Trainer | None:
    """Find who is signed in with a cookie's token."""
    row = find_device(session, token, now)
    if row is None:
        return None
    if now - row.seen_at >= SEEN_AGAIN:
        row.seen_at = now
        session.add(row)
    return session.get(Trainer, row.trainer_id)


def find_device(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Find the signed-in device that holds a token."""
    found = select(SignedIn).where(SignedIn.token_hash == token_hash(token), col(SignedIn.expires_at) > now)
    return session.exec(found).one_or_none()


def make_link(session: Session, trainer: Trainer, now: datetime, goes_to: str = "/trainer") -> str:
    """Make a link's token, which signs a trainer in once within a day."""
    token = new_token()
    session.add(
        SignInLink(
            token_hash=token_hash(token), trainer_id=known(trainer), goes_to=goes_to, expires_at=now + LINK_LASTS
        )
    )
    return token


def spend_link(session: Session, token: str, device: str, now: datetime) -> tuple[str, str]:
    """Sign in by a link, and spend it; gives the cookie's token and where the link goes to."""
    spent = delete(SignInLink).where(col(SignInLink.token_hash) == token_hash(token)).returning(SignInLink)
    link = session.scalars(spent).one_or_none()
    trainer = session.get(Trainer, link.trainer_id) if link else None
    if link is None or trainer is None or link.expires_at <= now:
        raise LinkSpent(N_("This link has been used already, or is more than a day old."))
    return sign_in(session, trainer, device, now, by_link=True), link.goes_to


def sign_in(session: Session, trainer: Trainer, device: str, now: datetime, *, by_link: bool = False) -> str:
    """Sign a device in with a token of its own, and clear away devices whose time is over."""
    token = new_token()
    session.execute(delete(SignedIn).where(col(SignedIn.expires_at) <= now))
    session.execute(delete(SignInLink).where(col(SignInLink.expires_at) <= now))
    session.add(
        SignedIn(
            trainer_id=known(trainer),
            token_hash=token_hash(token),
            device=device[:120],
            by_link=by_link,
            created_at=now,
            seen_at=now,
            expires_at=now + SIGNED_IN_LASTS,
        )
    )
    record(session, trainer, "signed in by a link" if by_link else "signed in by password", now)
    return token


def sign_out(session: Session, token: str) -> None:
    """Sign the device out that holds a token."""
    session.execute(delete(SignedIn).where(col(SignedIn.token_hash) == token_hash(token)))


def sign_out_devices(session: Session, trainer: Trainer, now: datetime, *, but: str | None = None) -> None:
    """Sign a trainer out everywhere, but for the device that holds the token `but`; open links end, too."""
    others = delete(SignedIn).where(col(SignedIn.trainer_id) == known(trainer))
    if but is not None:
        others = others.where(col(SignedIn.token_hash) != token_hash(but))
    session.execute(others)
    session.execute(delete(SignInLink).where(col(SignInLink.trainer_id) == known(trainer)))
    record(session, trainer, "signed out everywhere" if but is None else "signed out other devices", now)


def devices_of(session: Session, trainer: Trainer, now: datetime) -> list[SignedIn]:
    """List the devices on which a trainer is signed in, the last used first."""
    mine = select(SignedIn).where(SignedIn.trainer_id == known(trainer), col(SignedIn.expires_at) > now)
    return list(session.exec(mine.order_by(col(SignedIn.seen_at).desc(), col(SignedIn.id).desc())).all())


def change_account(session: Session, trainer: Trainer, email: str, name: str, now: datetime) -> None:
    """Keep a trainer's e-mail address and name."""
    kept = session.get_one(Trainer, known(trainer))
    plain = clean_email(email)
    other = find_trainer_by_email(session, plain)
    if other is not None and other.id != kept.id:
        raise Unclear(N_("There is an account with this e-mail address already."))
    kept.email, kept.name = plain, name
    session.add(kept)
    record(session, kept, "changed the account", now)


def keep_password(session: Session, trainer: Trainer, password_hash: str, token: str, now: datetime) -> None:
    """Keep a new password, and sign out every device but the one that set it."""
    kept = session.get_one(Trainer, known(trainer))
    kept.password_hash = password_hash
    session.add(kept)
    sign_out_devices(session, kept, now, but=token)
    record(session, kept, "set a password", now)


def needs_old_password(trainer: Trainer, device: SignedIn | None, now: datetime) -> bool:
    """Tell whether a new password asks for the old one: not with a first one, nor fresh from a link."""
    fresh = device is not None and device.by_link and now - device.created_at < FRESH
    return trainer.password_hash is not None and not fresh


def record(session: Session, trainer: Trainer, what: str, now: datetime, workshop_id: int | None = None) -> None:
    """Write a trainer's act into the audit: what was done, never what anybody said."""
    session.add(Act(trainer_id=trainer.id, workshop_id=workshop_id, what=what, at=now))


def known(trainer: Trainer) -> int:
    """Give the id of a trainer who has been stored."""
    assert trainer.id is not None  # noqa: S101  # flushed before anybody sees it
    return trainer.id
