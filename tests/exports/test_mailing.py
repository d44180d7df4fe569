"""Sending the participants' link by e-mail: only where there is a mail server, and nobody's address is kept."""

import re
from collections.abc import Iterator

import pytest
from limits import RateLimitItemPerHour
from sqlmodel import select

from app.config import Settings
from app.exports import mailing
from app.exports.models import SummaryLink
from tests.cast import Cast, assemble
from tests.rights.stage import all_rows
from tests.running import run
from tests.web.test_mail import Post, post  # noqa: F401  # a fixture

LINK = re.compile(r"/summary/[A-Za-z0-9_-]{22}")


@pytest.fixture
def mailed(sqlite_settings: Settings, post: Post) -> Iterator[Cast]:  # noqa: F811  # the fixture
    """Everybody, where there is a mail server."""
    for concord in run(sqlite_settings.model_copy(update={"smtp_url": post.address})):
        yield assemble(concord)


def links(cast: Cast) -> list[SummaryLink]:
    """Read all links there are."""
    return cast.read(lambda session: list(session.exec(select(SummaryLink))))


def mail(cast: Cast, to: str) -> tuple[int, str]:
    """Send the trainer's form; gives status and page."""
    reply = cast.trainer.post(f"/trainer/w/{cast.code}/summary/mail", data={"to": to})
    return reply.status_code, reply.text


def test_without_a_server_there_is_no_form_and_no_address(cast_on_sqlite: Cast) -> None:
    assert 'name="to"' not in cast_on_sqlite.trainer.get(f"/trainer/w/{cast_on_sqlite.code}/summary").text
    assert mail(cast_on_sqlite, "ann@example.org")[0] == 404
    assert links(cast_on_sqlite) == []


def test_mail_brings_a_link_that_opens_the_page(mailed: Cast, post: Post) -> None:  # noqa: F811  # the fixture
    assert 'name="to"' in mailed.trainer.get(f"/trainer/w/{mailed.code}/summary").text
    status, page = mail(mailed, "Una@example.org, dai@example.org\nuna@example.org")
    assert (status, "Sent to 2 addresses." in page) == (200, True)
    assert [to for _, to, _ in post.got] == [["una@example.org"], ["dai@example.org"]]
    whole = post.got[0][2]
    assert str(whole["Subject"]) == "Summary: Joint training"
    (address,) = LINK.findall(whole.get_content())
    assert mailed.nobody.get(address).status_code == 200
    assert "example.org" not in re.sub(r"(ann|bob)@example\.org", "", str(mailed.read(all_rows)))
    assert "una@example.org" not in page


def test_link_that_nobody_got_is_forgotten(mailed: Cast, post: Post) -> None:  # noqa: F811  # the fixture
    status, page = mail(mailed, "a@nowhere.example")
    assert (status, "nothing was sent" in page, "a@nowhere.example" in page) == (503, True, True)
    post.most = 0
    assert mail(mailed, "una@example.org")[0] == 503
    assert links(mailed) == []


def test_those_who_were_not_reached_are_named(mailed: Cast) -> None:
    status, page = mail(mailed, "a@nowhere.example una@example.org")
    assert (status, "Not taken by the mail server: a@nowhere.example." in page) == (200, True)
    assert len(links(mailed)) == 1


@pytest.mark.parametrize(
    "to", ["", "nobody", "a@b\r\nBcc: c", ", ;", " ".join(f"p{n}@example.org" for n in range(101))]
)
def test_what_is_no_address_is_asked_for_again(mailed: Cast, post: Post, to: str) -> None:  # noqa: F811  # the fixture
    status, page = mail(mailed, to)
    assert (status, 'id="to-wrong"' in page) == (422, True)
    assert (links(mailed), post.got) == ([], [])


def test_only_so_many_mails_go_out_in_an_hour(mailed: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing, "MAILS", RateLimitItemPerHour(2))
    assert [mail(mailed, f"una{n}@example.org")[0] for n in range(3)] == [200, 200, 429]
