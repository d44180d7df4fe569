"""Links to the participants' page: made by a trainer, shown once, open to whoever has one until it is withdrawn.

Law: a link's token is kept only as a hash, and stands in no log.
"""

import base64
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from app.errors import N_, Closed, Gone, NotFound
from app.exports.models import SummaryLink
from app.web.tokens import derived, new_token, token_hash
from app.workshops.find import id_of
from app.workshops.models import Workshop

MOST_LINKS = 40
# A form's own secret has 43 signs; anything short might be another's.
LONG_ENOUGH = 32


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as its trainer's list shows it: the how-manieth of the workshop it is, and whether it still works."""

    id: int
    number: int
    made_at: datetime
    withdrawn_at: datetime | None


def make_link(session: Session, workshop: Workshop, now: datetime, key: bytes, once: str = "") -> str:
    """Make a link, and give its token; `once` comes from the form: sent twice, it makes one link."""
    token = _token(key, workshop, once)
    made = _by_token(session, token)
    if made is not None and made.withdrawn_at is not None:
        raise Closed(N_("This link was withdrawn. Make another one."))
    if made is None:
        count = select(func.count()).where(
            SummaryLink.workshop_id == id_of(workshop), col(SummaryLink.withdrawn_at).is_(None)
        )
        if session.exec(count).one() >= MOST_LINKS:
            raise Closed(N_("There are {most} links already. Withdraw some first."), most=MOST_LINKS)
        session.add(SummaryLink(workshop_id=id_of(workshop), token_hash=token_hash(token), made_at=now))
        session.flush()
    return token


def links_of(session: Session, workshop_id: int) -> list[LinkRow]:
    """List a workshop's links, the newest first."""
    wanted = select(SummaryLink).where(SummaryLink.workshop_id == workshop_id).order_by(col(SummaryLink.id))
    rows = [
        LinkRow(link.id or 0, number, link.made_at, link.withdrawn_at)
        for number, link in enumerate(session.exec(wanted), 1)
    ]
    return rows[::-1]


def withdraw_link(session: Session, workshop: Workshop, link_id: int, now: datetime) -> None:
    """Withdraw a link: from now on it opens nothing."""
    link = session.get(SummaryLink, link_id)
    if link is None or link.workshop_id != id_of(workshop):
        raise NotFound(N_("There is no such link of this workshop."))
    if link.withdrawn_at is None:
        link.withdrawn_at = now
        session.add(link)
        session.flush()


def drop_link(session: Session, token: str) -> None:
    """Forget a link that nobody was given."""
    link = _by_token(session, token)
    if link is not None:
        session.delete(link)
        session.flush()


def opened_by(session: Session, token: str) -> Workshop | None:
    """Find the workshop that a link opens; None for a token that nobody was given, a Refusal for one withdrawn."""
    link = _by_token(session, token)
    if link is None:
        return None
    if link.withdrawn_at is not None:
        raise Gone(N_("The trainer has withdrawn this link. Ask for another one if you still need the summary."))
    return session.get_one(Workshop, link.workshop_id)


def _by_token(session: Session, token: str) -> SummaryLink | None:
    return session.exec(select(SummaryLink).where(SummaryLink.token_hash == token_hash(token))).one_or_none()


def _token(key: bytes, workshop: Workshop, once: str) -> str:
    # 128 bits, as in the QR square that leads into the room: a small square is read from further away.
    secret = once if len(once) >= LONG_ENOUGH else new_token()
    return base64.urlsafe_b64encode(derived(key, "summary link", id_of(workshop), secret)[:16]).decode().rstrip("=")
