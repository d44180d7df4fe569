"""Links to the participants' page: shown once, open to whoever has one, and closed for good once withdrawn."""

import re

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from app.errors import TooMany
from app.exports import links
from app.exports.models import SummaryLink
from app.web.limits import FROM_ONE_ADDRESS
from app.web.tokens import new_token, token_hash
from app.workshops import deps
from app.workshops.models import Workshop, WrongGuess
from tests.cast import Cast

GIVEN = re.compile(r'href="[^"]*(/summary/[A-Za-z0-9_-]{22})"')


def make(cast: Cast, once: str = "") -> str:
    """Make a link by the trainer's page; gives its address."""
    reply = cast.trainer.post(f"/trainer/w/{cast.code}/summary/links", data={"once": once or new_token()})
    assert reply.status_code == 200
    (given,) = GIVEN.findall(reply.text)
    return str(given)


def rows(cast: Cast) -> list[SummaryLink]:
    """Read all links there are."""
    return cast.read(lambda session: list(session.exec(select(SummaryLink))))


def withdraw(cast: Cast, device: TestClient) -> int:
    """Withdraw the newest link; gives the status."""
    newest = rows(cast)[-1].id
    return device.post(f"/trainer/w/{cast.code}/summary/links/{newest}/withdraw").status_code


def test_link_opens_the_page_to_anybody_until_it_is_withdrawn(cast: Cast) -> None:
    address = make(cast)
    page = cast.nobody.get(address)
    assert (page.status_code, "Joint training" in page.text) == (200, True)
    assert page.headers["cache-control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in page.text
    assert withdraw(cast, cast.other_trainer) == 404
    assert cast.nobody.get(address).status_code == 200
    assert withdraw(cast, cast.trainer) == 303
    gone = cast.nobody.get(address)
    assert (gone.status_code, "The trainer has withdrawn this link." in gone.text) == (410, True)
    assert "Joint training" not in gone.text
    assert cast.nobody.get(f"{address}/review.ics").status_code == 410


def test_link_is_shown_once_and_kept_as_a_hash(cast: Cast) -> None:
    token = make(cast).rpartition("/")[2]
    page = cast.trainer.get(f"/trainer/w/{cast.code}/summary").text
    assert "Link 1, made on 23 November 2026" in page
    assert token not in page
    assert [link.token_hash for link in rows(cast)] == [token_hash(token)]


def test_form_that_is_sent_twice_makes_one_link(cast: Cast) -> None:
    once = new_token()
    assert make(cast, once) == make(cast, once)
    assert len(rows(cast)) == 1
    withdraw(cast, cast.trainer)
    again = cast.trainer.post(f"/trainer/w/{cast.code}/summary/links", data={"once": once})
    assert (again.status_code, "This link was withdrawn." in again.text) == (409, True)


def test_each_link_stands_for_itself(cast: Cast) -> None:
    first, second = make(cast), make(cast)
    withdraw(cast, cast.trainer)
    assert [cast.nobody.get(address).status_code for address in (first, second)] == [200, 410]
    page = cast.trainer.get(f"/trainer/w/{cast.code}/summary").text
    assert "Link 1, made on" in page
    assert "Link 2, withdrawn on" in page


def test_there_are_only_so_many_links(cast_on_sqlite: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MOST_LINKS", 2)
    make(cast_on_sqlite)
    make(cast_on_sqlite)
    path = f"/trainer/w/{cast_on_sqlite.code}/summary/links"
    assert cast_on_sqlite.trainer.post(path).status_code == 409
    withdraw(cast_on_sqlite, cast_on_sqlite.trainer)
    assert cast_on_sqlite.trainer.post(path).status_code == 200


@pytest.mark.parametrize("token", ["x", "A" * 22, "A" * 5000, "ABCDEFGH", "%00", "é"])
def test_address_that_nobody_was_given_is_not_found(cast_on_sqlite: Cast, token: str) -> None:
    make(cast_on_sqlite)
    reply = cast_on_sqlite.nobody.get(f"/summary/{token}")
    assert (reply.status_code, "No summary has this address." in reply.text) == (404, True)


def test_wrong_links_slow_an_address_down_and_spend_no_guess_of_a_hall(
    cast_on_sqlite: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deps, "SLOW", 0)
    guesser, limits = cast_on_sqlite.concord.visitor("203.0.113.9"), cast_on_sqlite.concord.state.limits
    for _ in range(30):
        limits.check(FROM_ONE_ADDRESS, "code", "203.0.113.9")
        assert guesser.get("/summary/ABCDEFGH").status_code == 404
    with pytest.raises(TooMany):
        limits.check(FROM_ONE_ADDRESS, "code", "203.0.113.9")
    assert cast_on_sqlite.read(lambda session: list(session.exec(select(WrongGuess)))) == []


def test_no_log_holds_a_token(cast_on_sqlite: Cast, capfd: pytest.CaptureFixture[str]) -> None:
    address = make(cast_on_sqlite)
    cast_on_sqlite.nobody.get(address)
    cast_on_sqlite.nobody.get(f"{address}x")
    withdraw(cast_on_sqlite, cast_on_sqlite.trainer)
    cast_on_sqlite.nobody.get(address)
    told = capfd.readouterr()
    assert address.rpartition("/")[2] not in told.out + told.err


def test_links_go_with_their_workshop(cast: Cast) -> None:
    address = make(cast)
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    assert cast.nobody.get(address).status_code == 200
    cast.trainer.post(f"/trainer/w/{cast.code}/delete", data={"sure": "yes"})
    assert (rows(cast), cast.nobody.get(address).status_code) == ([], 404)


def test_link_leads_nowhere_but_to_its_own_workshop(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    token = make(cast).rpartition("/")[2]

    def opened(session: Session) -> Workshop | None:
        return links.opened_by(session, token)

    found = cast.read(opened)
    assert found is not None
    assert found.id == cast.workshop_id
    page = cast.nobody.get(f"/summary/{token}").text
    assert cast.code not in page
    assert "/trainer/" not in page
