"""Sending the participants' link by e-mail, where this Concord has a mail server; without one there is no such page.

Law: addresses are written to and forgotten: they stand in no row and in no log.
"""

import re

from fastapi import APIRouter, Request
from limits import RateLimitItemPerHour
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import Trainer
from app.accounts.service import clean_email, known, record
from app.errors import N_, NN_, NotFound, Phrase, Refusal, Unclear
from app.exports import links
from app.exports.pages import around, chosen
from app.web.addresses import phones_address
from app.web.mail import Mail, NotSent, send
from app.web.state import State
from app.web.templates import say
from app.workshops.deps import Here, LedWorkshop
from app.workshops.forms import Asking, Sent
from app.workshops.models import Workshop
from app.workshops.preparing import Me

router = APIRouter()

MOST_ADDRESSES = 100
MAILS = RateLimitItemPerHour(300)
BETWEEN = re.compile(r"[\s,;]+")

SUBJECT = N_("Summary: {title}")
TEXT = N_(
    "Here is the summary of “{title}”, to read and to print:\n\n{address}\n\n"
    "Whoever has this link can read it until the trainer withdraws it."
)


@router.post("/trainer/w/{code}/summary/mail")
async def mail_link(request: Request, here: Here, me: Me, workshop: LedWorkshop, form: Sent) -> Response:
    """Send a link of its own to some addresses; it can be withdrawn like any other."""
    server = here.settings.smtp_url
    if not server:
        raise NotFound(N_("This Concord sends no e-mail. Hand out the link."))
    choice = chosen(workshop, form.get("version", ""), form.get("language", ""))
    asking = Asking()
    to = asking.hear("to", lambda: addresses(form.get("to", ""))) or []
    if asking.wrong:
        return await around(request, here, workshop, choice, status=422, wrong=asking.wrong, form=dict(form))
    spend(here, me, len(to))
    token = await here.db.run(lambda session: _make(session, workshop, here))
    mail = _mail(workshop, choice.language, f"{phones_address(request)}/summary/{token}", to)
    try:
        refused = await send(server, mail)
        if len(refused) == len(to):
            raise NotSent(N_("The mail server took none of these addresses, so nothing was sent. Look at them again."))
    except NotSent as trouble:
        await here.db.run(lambda session: links.drop_link(session, token))
        wrong = {"to": trouble.sentence}
        return await around(request, here, workshop, choice, status=trouble.status, wrong=wrong, form=dict(form))
    await here.db.run(lambda session: record(session, me, "summary link sent by e-mail", here.now(), workshop.id))
    return await around(request, here, workshop, choice, saved=("links", told(len(to) - len(refused), refused)))


def addresses(text: str) -> list[str]:
    """Read addresses, however they are parted; each is written to once."""
    found = list(dict.fromkeys(_address(one) for one in BETWEEN.split(text) if one))
    if not found:
        raise Unclear(N_("Type at least one e-mail address, as name@example.org."))
    if len(found) > MOST_ADDRESSES:
        raise Unclear(N_("That is more than {most} addresses. Send it in parts."), most=MOST_ADDRESSES)
    return found


def told(sent: int, refused: list[str]) -> Phrase:
    """Say how many were written to, and who was not."""
    if not refused:
        return NN_("Sent to {n} address.", "Sent to {n} addresses.", sent)
    return NN_(
        "Sent to {n} address. Not taken by the mail server: {refused}.",
        "Sent to {n} addresses. Not taken by the mail server: {refused}.",
        sent,
        refused=", ".join(refused),
    )


def spend(here: State, me: Trainer, mails: int) -> None:
    """Refuse a trainer who has had too many mails sent within an hour."""
    counted = ("mails", str(known(me)))
    here.limits.check(MAILS, *counted)
    for _ in range(mails):
        here.limits.failed(MAILS, *counted)


def _make(session: Session, workshop: Workshop, here: State) -> str:
    return links.make_link(session, session.get_one(Workshop, workshop.id), here.now(), here.settings.key)


def _mail(workshop: Workshop, language: str, address: str, to: list[str]) -> Mail:
    values: dict[str, object] = {"title": workshop.title, "address": address}
    return Mail(say(language, Phrase(SUBJECT, values)), say(language, Phrase(TEXT, values)) + "\n", to)


def _address(text: str) -> str:
    try:
        return clean_email(text)
    except Refusal:
        raise Unclear(
            N_("“{address}” is no e-mail address. Type one as name@example.org."), address=text[:80]
        ) from None
