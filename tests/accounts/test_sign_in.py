"""Signing in by link and by password, and signing out."""

import asyncio

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from app.accounts.models import SignedIn, SignInLink, Trainer
from app.accounts.passwords import hashed
from app.web.tokens import token_hash
from tests.running import PASSWORD, Concord

EMAIL = "ann@example.org"


@pytest.fixture(scope="session")
def kept_password() -> str:
    """A hash of the cast's password."""
    return asyncio.run(hashed(PASSWORD))


@pytest.fixture
def ann(concord: Concord, kept_password: str) -> Concord:
    """A Concord where Ann has an account with a password."""
    add(concord, EMAIL, kept_password)
    return concord


def add(concord: Concord, email: str, password_hash: str | None) -> None:
    """Give somebody an account."""

    def make(session: Session) -> None:
        session.add(Trainer(email=email, password_hash=password_hash, created_at=concord.clock()))

    concord.db.run_now(make)


def is_in(device: TestClient) -> bool:
    """Tell whether a device is let into a trainer's pages."""
    return device.get("/trainer/account").status_code == 200


def sign_in(device: TestClient, email: str = EMAIL, password: str = PASSWORD, goes_to: str = "/trainer") -> int:
    """Send the form, and give its status."""
    return device.post("/trainer/sign-in", data={"email": email, "password": password, "next": goes_to}).status_code


def test_link_signs_in_and_leads_to_a_clean_address(concord: Concord) -> None:
    device, token = concord.visitor(), concord.link()
    reply = device.get(f"/sign-in/{token}")
    assert (reply.status_code, reply.headers["location"]) == (303, "/trainer")
    assert token not in reply.headers["set-cookie"]
    assert is_in(device)


def test_link_signs_in_once(concord: Concord) -> None:
    token = concord.link()
    concord.visitor().get(f"/sign-in/{token}")
    late = concord.visitor()
    reply = late.get(f"/sign-in/{token}")
    assert reply.status_code == 410
    assert "This link has been used already, or is more than a day old." in reply.text
    assert "/trainer/sign-in" in reply.text
    assert not is_in(late)


def test_link_tapped_twice_on_one_device_leads_on(concord: Concord) -> None:
    device, token = concord.visitor(), concord.link()
    device.get(f"/sign-in/{token}")
    reply = device.get(f"/sign-in/{token}")
    assert (reply.status_code, reply.headers["location"]) == (303, "/trainer")


def test_link_lasts_a_day(concord: Concord) -> None:
    fresh, old = concord.link(), concord.link()
    concord.clock.forward(hours=23, minutes=59)
    assert concord.visitor().get(f"/sign-in/{fresh}").status_code == 303
    concord.clock.forward(minutes=2)
    assert concord.visitor().get(f"/sign-in/{old}").status_code == 410


@pytest.mark.parametrize("token", ["x", "%00", "..%2Ftrainer", "ŵ", "a" * 5000])
def test_link_that_nobody_made_signs_nobody_in(concord: Concord, token: str) -> None:
    assert concord.visitor().get(f"/sign-in/{token}").status_code in (404, 410)


def test_looking_at_a_link_does_not_spend_it(concord: Concord) -> None:
    token = concord.link()
    assert concord.visitor().head(f"/sign-in/{token}").status_code == 405
    assert concord.visitor().get(f"/sign-in/{token}").status_code == 303


def test_tokens_are_kept_as_hashes_only(concord: Concord) -> None:
    device, spent, open_link = concord.visitor(), concord.link(), concord.link()
    device.get(f"/sign-in/{spent}")
    links = concord.db.run_now(lambda session: [row.token_hash for row in session.exec(select(SignInLink))])
    devices = concord.db.run_now(lambda session: [row.token_hash for row in session.exec(select(SignedIn))])
    assert links == [token_hash(open_link)]
    assert devices == [token_hash(device.cookies["concord_trainer"])]


def test_password_signs_in_and_leads_on(ann: Concord) -> None:
    device = ann.visitor()
    reply = device.post(
        "/trainer/sign-in", data={"email": " ANN@example.org ", "password": PASSWORD, "next": "/library"}
    )
    assert (reply.status_code, reply.headers["location"]) == (303, "/library")
    assert is_in(device)


def test_password_never_leads_off_the_site(ann: Concord) -> None:
    reply = ann.visitor().post(
        "/trainer/sign-in", data={"email": EMAIL, "password": PASSWORD, "next": "//evil.example"}
    )
    assert reply.headers["location"] == "/trainer"


def test_wrong_sign_ins_are_not_told_apart(ann: Concord) -> None:
    add(ann, "bob@example.org", None)
    wrong = [(EMAIL, "wrong"), ("bob@example.org", ""), ("bob@example.org", PASSWORD), ("nobody@example.org", PASSWORD)]
    pages = set()
    for email, password in wrong:
        reply = ann.visitor().post("/trainer/sign-in", data={"email": email, "password": password})
        pages.add((reply.status_code, reply.text.replace(email, "EMAIL")))
    assert len(pages) == 1
    status, page = pages.pop()
    assert status == 422
    assert "do not fit together" in page


@pytest.mark.parametrize("email", ["", "\x00", "ann@example.org\x00", "a" * 300, "<b>@x", "' OR 1=1 --", "\u202eann@x"])
def test_hostile_sign_in_is_an_answer(ann: Concord, email: str) -> None:
    reply = ann.visitor().post("/trainer/sign-in", data={"email": email, "password": "\x00\ud83d"[:1] + "x" * 900})
    assert reply.status_code == 422
    assert "<b>@x" not in reply.text


def test_signing_in_gives_a_new_cookie_and_ends_the_old(ann: Concord) -> None:
    device = ann.visitor()
    sign_in(device)
    first = device.cookies["concord_trainer"]
    sign_in(device)
    assert device.cookies["concord_trainer"] != first
    stolen = ann.visitor()
    stolen.cookies.set("concord_trainer", first)
    assert not is_in(stolen)


def test_planted_cookie_is_not_taken_over(ann: Concord) -> None:
    device = ann.visitor()
    device.cookies.set("concord_trainer", "planted")
    sign_in(device)
    planted = ann.visitor()
    planted.cookies.set("concord_trainer", "planted")
    assert not is_in(planted)


def test_signed_in_lasts_thirty_days(ann: Concord) -> None:
    device = ann.visitor()
    sign_in(device)
    ann.clock.forward(days=29, hours=23)
    assert is_in(device)
    ann.clock.forward(hours=2)
    assert not is_in(device)


def test_sign_in_page_sends_who_is_in_already_on(ann: Concord) -> None:
    device = ann.visitor()
    assert device.get("/trainer/sign-in?next=/library").status_code == 200
    sign_in(device)
    reply = device.get("/trainer/sign-in?next=/library")
    assert (reply.status_code, reply.headers["location"]) == (303, "/library")


def test_signing_out_ends_this_device_only(ann: Concord) -> None:
    here, there = ann.visitor(), ann.visitor()
    sign_in(here)
    sign_in(there)
    cookie = here.cookies["concord_trainer"]
    assert here.post("/trainer/sign-out").headers["location"] == "/"
    here.cookies.set("concord_trainer", cookie)
    assert not is_in(here)
    assert is_in(there)


def test_page_that_needs_a_trainer_leads_to_the_sign_in_and_back(concord: Concord) -> None:
    reply = concord.visitor().get("/trainer/account?saved=1")
    assert reply.headers["location"] == "/trainer/sign-in?next=/trainer/account%3Fsaved%3D1"
    form = concord.visitor().get(reply.headers["location"])
    assert '<input type="hidden" name="next" value="/trainer/account?saved=1">' in form.text


def test_guessing_at_an_account_has_to_wait(ann: Concord) -> None:
    guesser = ann.visitor("203.0.113.5")
    statuses = [sign_in(guesser, password=f"guess {n}") for n in range(11)]
    assert statuses == [422] * 10 + [429]
    assert sign_in(guesser) == 429
    assert sign_in(ann.visitor("192.0.2.7")) == 303


def test_guessing_at_no_account_waits_just_as_long(ann: Concord) -> None:
    guesser = ann.visitor("203.0.113.6")
    statuses = [sign_in(guesser, email="nobody@example.org", password=f"guess {n}") for n in range(11)]
    assert statuses == [422] * 10 + [429]


def test_hall_of_trainers_behind_one_address_is_not_held_up(ann: Concord) -> None:
    assert [sign_in(ann.visitor("203.0.113.7")) for _ in range(40)] == [303] * 40
