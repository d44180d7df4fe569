"""E-mail, where this Concord has a server for it: plain text, one message for each address.

Law: who was written to is neither kept nor logged; nothing that anybody typed can become a header.
"""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from starlette.concurrency import run_in_threadpool

from app.errors import N_, Unavailable
from app.web.addresses import is_loopback

# Connecting, and each answer of the server.
SECONDS = 15
NOTHING_SENT = N_("The mail server did not take it, so nothing was sent. Try again, or hand out the link.")
PORTS = {"smtp": 587, "smtps": 465}


class NotSent(Unavailable):
    """The mail server was not reached, or took nothing."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One text for several people, none of whom sees who else got it."""

    subject: str
    text: str
    to: Sequence[str]


async def send(address: str, mail: Mail) -> list[str]:
    """Send a mail by the server at `smtp://user:password@host:587`; gives the addresses that were refused.

    `smtps://` speaks TLS from the start, `smtp://` as soon as the server offers it; a password is never sent without,
    but to this very machine. The sender is the user, or `?from=` says who.
    """
    return await run_in_threadpool(_send, urlsplit(address), mail)


def sender(parts: SplitResult) -> str:
    """Say who a mail comes from.

    >>> sender(urlsplit("smtp://me%40example.org:x@mail.example.org")), sender(urlsplit("smtp://mail.example.org"))
    ('me@example.org', 'concord@mail.example.org')
    """
    named = parse_qs(parts.query).get("from", [""])[0]
    user = unquote(parts.username or "")
    return named or (user if "@" in user else f"concord@{parts.hostname}")


def _send(parts: SplitResult, mail: Mail) -> list[str]:
    left, refused = list(mail.to), []
    try:
        with _line(parts) as line:
            while left:
                if not _takes(line, parts, mail, left[0]):
                    refused.append(left[0])
                del left[0]
    except (OSError, smtplib.SMTPException, ValueError):
        # Of those before, the server has said that it took them, or did not.
        if len(left) + len(refused) == len(mail.to):
            # No detail: servers quote addresses in what they answer.
            raise NotSent(NOTHING_SENT) from None
    return refused + left


def _takes(line: smtplib.SMTP, parts: SplitResult, mail: Mail, to: str) -> bool:
    try:
        message = _message(parts, mail, to)
    except (ValueError, IndexError, MessageError):
        return False  # no address after all
    try:
        line.send_message(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError, UnicodeError):
        line.rset()
        return False
    return True


@contextmanager
def _line(parts: SplitResult) -> Iterator[smtplib.SMTP]:
    host = parts.hostname or ""
    port = parts.port or PORTS.get(parts.scheme, 587)
    trusted = ssl.create_default_context()
    line = (
        smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=trusted)
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, port, timeout=SECONDS)
    )
    with line:
        line.ehlo()
        safe = parts.scheme == "smtps"
        if not safe and line.has_extn("starttls"):
            line.starttls(context=trusted)
            line.ehlo()
            safe = True
        if parts.username:
            if not safe and not is_loopback(host):
                raise ValueError("a password for a line that others can read")
            line.login(unquote(parts.username), unquote(parts.password or ""))
        yield line


def _message(parts: SplitResult, mail: Mail, to: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = " ".join(mail.subject.split())
    message["From"] = Address(addr_spec=sender(parts))
    message["To"] = Address(addr_spec=to)
    message["Message-ID"] = make_msgid(domain=parts.hostname)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message
